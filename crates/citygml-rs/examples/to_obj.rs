//! Writes a city model as triangles in Wavefront OBJ: `cargo run --example to_obj -- FILE OUT.obj [LOD]`.
//!
//! One group for each object. Of each object the finest level of detail is written, or only that one which is asked for.
//! Coordinates are relative to the first point, which a comment in the file states; those in degrees are not converted, so
//! use files in a projected system.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{CityObject, Diagnostics, ReadOptions, Triangulator, read_path};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (input, output, lod) = match arguments.as_slice() {
        [input, output] => (input, output, None),
        [input, output, lod] => (input, output, Some(lod.parse::<u8>()?)),
        _ => return Err("usage: to_obj FILE OUT.obj [LOD]".into()),
    };
    let mut obj = Obj {
        out: BufWriter::new(File::create(output)?),
        triangulator: Triangulator::new(),
        origin: None,
        vertices: 0,
        left_out: 0,
    };
    let mut options = ReadOptions::default();
    options.filter.levels = lod.map(|lod| BTreeSet::from([lod]));
    let mut diagnostics = Diagnostics::new();
    let mut failure = None;
    read_path(
        Path::new(input),
        &options,
        &mut diagnostics,
        &mut |object| match obj.write(&object) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        },
        &mut |_, _| {},
    )?;
    if let Some(error) = failure {
        return Err(error.into());
    }
    obj.out.flush()?;
    println!(
        "{} vertices; {} polygons could not be triangulated; {} findings of the reader",
        obj.vertices,
        obj.left_out,
        diagnostics.items.len()
    );
    Ok(())
}

struct Obj<W> {
    out: W,
    triangulator: Triangulator,
    origin: Option<[f64; 3]>,
    vertices: u64,
    left_out: u64,
}

impl<W: Write> Obj<W> {
    /// Writes an object and all that is nested in it.
    fn write(&mut self, object: &CityObject) -> std::io::Result<()> {
        for part in object.descendants() {
            let Some(finest) = part.surfaces.iter().map(|surface| surface.lod).max() else {
                continue;
            };
            writeln!(self.out, "g {}_{}", part.object_type, name(&part.id))?;
            for surface in part.surfaces.iter().filter(|surface| surface.lod == finest) {
                let polygon = &surface.polygon;
                let Ok(found) = self.triangulator.triangulate(polygon) else {
                    self.left_out += 1;
                    continue;
                };
                let first = self.vertices + 1;
                for &point in polygon
                    .exterior
                    .iter()
                    .chain(polygon.interiors.iter().flatten())
                {
                    if self.origin.is_none() {
                        let [x, y, z] = point;
                        writeln!(self.out, "# origin {x} {y} {z} in {:?}", part.srs_name)?;
                    }
                    let origin = *self.origin.get_or_insert(point);
                    let [x, y, z]: [f64; 3] =
                        std::array::from_fn(|axis| point[axis] - origin[axis]);
                    writeln!(self.out, "v {x:.4} {y:.4} {z:.4}")?;
                    self.vertices += 1;
                }
                for corners in found.triangles {
                    let [a, b, c] = corners.map(|index| first + u64::from(index));
                    writeln!(self.out, "f {a} {b} {c}")?;
                }
            }
        }
        Ok(())
    }
}

/// An id without blanks, which would end a name in OBJ.
fn name(id: &str) -> String {
    id.replace(char::is_whitespace, "_")
}
