//! Counts what is in city model files: `cargo run --example count_buildings -- FILE...`

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{CityObject, Diagnostics, ReadOptions, read_path};

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args_os().skip(1) {
        let mut types = BTreeMap::new();
        let mut kinds = BTreeMap::new();
        let mut diagnostics = Diagnostics::new();
        let summary = read_path(
            Path::new(&path),
            &ReadOptions::default(),
            &mut diagnostics,
            &mut |object| {
                count(&object, &mut types, &mut kinds);
                ControlFlow::Continue(())
            },
            &mut |_, _| {},
        )?;
        println!("{}", Path::new(&path).display());
        let version = summary.version.as_deref().unwrap_or("of unknown version");
        println!(
            "  {} {version}, {}",
            summary.format,
            summary.srs_name.as_deref().unwrap_or("no srsName")
        );
        for (object_type, count) in types {
            println!("  {count:>8} {object_type}");
        }
        for ((lod, kind), count) in kinds {
            println!("  {count:>8} surfaces, LoD {lod}, {kind}");
        }
        for (what, count) in summary.left_out {
            println!("  {count:>8} left out: {what}");
        }
        for diagnostic in diagnostics.items {
            let line = diagnostic
                .line
                .map_or(String::new(), |line| format!(" line {line}"));
            let object = diagnostic.object_id.unwrap_or_default();
            println!(
                "  {} {}{line} {object}: {}",
                diagnostic.severity, diagnostic.code, diagnostic.message
            );
        }
    }
    Ok(())
}

fn count(
    object: &CityObject,
    types: &mut BTreeMap<String, usize>,
    kinds: &mut BTreeMap<(u8, &'static str), usize>,
) {
    *types.entry(object.object_type.clone()).or_insert(0) += 1;
    for surface in &object.surfaces {
        *kinds
            .entry((
                surface.lod,
                surface.kind.element_name().unwrap_or("unclassified"),
            ))
            .or_insert(0) += 1;
    }
    for child in &object.children {
        count(child, types, kinds);
    }
}
