//! Lists the objects in a rectangle: `cargo run --example filter_by_bbox -- MIN_X MIN_Y MAX_X MAX_Y FILE...`.
//!
//! The rectangle is in the coordinates of the file, in the order it has them. What lies outside is passed over while it is
//! parsed.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{BoundingBox, Diagnostics, ReadOptions, read_path};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let Some((corners, files)) = arguments.split_at_checked(4) else {
        return Err("usage: filter_by_bbox MIN_X MIN_Y MAX_X MAX_Y FILE...".into());
    };
    let corners: Vec<f64> = corners
        .iter()
        .map(|text| text.parse())
        .collect::<Result<_, _>>()?;
    let mut options = ReadOptions::default();
    options.filter.bounding_box = Some(BoundingBox {
        min: [corners[0], corners[1]],
        max: [corners[2], corners[3]],
    });
    for file in files {
        let mut found = 0;
        read_path(
            Path::new(file),
            &options,
            &mut Diagnostics::new(),
            &mut |object| {
                found += 1;
                println!("{} {}", object.object_type, object.id);
                ControlFlow::Continue(())
            },
            &mut |_, _| {},
        )?;
        println!("{found} objects of {file}");
    }
    Ok(())
}
