//! Opens each path or address given with everything in it, loads all tiles and prints what they hold:
//! `cargo run --release -p veduta-sources --example contents -- city.gml`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use veduta_sources::{
    ContentRequest, LoadedContent, OpenOptions, SourceError, SourceLocation, open,
};

fn main() -> ExitCode {
    let mut failures = 0;
    for argument in std::env::args().skip(1) {
        if let Err(error) = print(&argument) {
            eprintln!("{error}");
            failures += 1;
        }
    }
    ExitCode::from(u8::from(failures > 0))
}

fn print(argument: &str) -> Result<(), SourceError> {
    let options = OpenOptions {
        everything: true,
        ..OpenOptions::default()
    };
    let source = open(&SourceLocation::parse(argument)?, &options, &|_| {})?;
    println!("{}: {} tiles", source.name, source.tree.len());
    let mut findings = source.diagnostics.clone();
    let mut rows: BTreeMap<(String, Option<u8>), usize> = BTreeMap::new();
    for (_, node) in source.tree.iter() {
        for request in ContentRequest::of_node(node) {
            let LoadedContent::Tile {
                content,
                diagnostics,
            } = source.loader.load(&request)?
            else {
                continue;
            };
            findings.extend(diagnostics);
            for feature in &content.features {
                let mut name = feature.object_type.clone();
                if feature.is_interior {
                    name.push_str(" (inside)");
                }
                *rows.entry((name, feature.lod)).or_default() += 1;
            }
            println!(
                "  tile: {} features, {} surfaces, themes {:?}",
                content.features.len(),
                content.surfaces.len(),
                content.themes
            );
            for mesh in &content.meshes {
                println!(
                    "    mesh: theme {:?}, replaced in {:b}, {} triangles, colours {}, texture of {} bytes",
                    mesh.theme,
                    mesh.replaced_in,
                    mesh.indices.len() / 3,
                    !mesh.colors.is_empty(),
                    mesh.base_color_texture
                        .as_ref()
                        .map_or(0, |bytes| bytes.len())
                );
            }
            for instances in &content.instances {
                println!(
                    "    prototype: theme {:?}, {} triangles, {} places",
                    instances.mesh.theme,
                    instances.mesh.indices.len() / 3,
                    instances.placements.len()
                );
            }
        }
    }
    for ((name, lod), count) in rows {
        let lod = lod.map_or_else(|| "no level".to_owned(), |lod| format!("level {lod}"));
        println!("  {name}, {lod}: {count}");
    }
    for finding in findings.iter().take(20) {
        println!("  {} {}", finding.code, finding.message);
    }
    Ok(())
}
