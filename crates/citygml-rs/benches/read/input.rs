//! The large file to read.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

/// As large as the file that the reader's rivals were measured with.
const WANTED_BYTES: usize = 93_000_000;

/// Path of the file, made if it is not there yet; `None` if there is nothing to make it of.
pub fn large_file() -> Result<Option<PathBuf>, Box<dyn Error>> {
    if let Some(file) = std::env::var_os("CITYGML_BENCH_FILE") {
        return Ok(Some(file.into()));
    }
    let tiles =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/perf/nrw_bocholt_tiles");
    if !tiles.is_dir() {
        return Ok(None);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("nrw_93mb.gml");
    if !file.is_file() {
        let unfinished = folder.join("nrw_93mb.part");
        write_large_file(&tiles, &unfinished)?;
        fs::rename(&unfinished, &file)?;
    }
    Ok(Some(file))
}

fn write_large_file(tiles: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(tiles)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut head = None;
    let mut members = Vec::new();
    for path in paths {
        let mut text = String::new();
        MultiGzDecoder::new(File::open(&path)?).read_to_string(&mut text)?;
        let Some(start) = text.find("<core:cityObjectMember") else {
            continue;
        };
        let end = text
            .rfind("</core:CityModel>")
            .ok_or("a tile without an end")?;
        members.push(text[start..end].to_owned());
        head.get_or_insert_with(|| text[..start].to_owned());
    }
    let mut output = BufWriter::new(File::create(target)?);
    let mut written = 0;
    output.write_all(head.ok_or("no tile has members")?.as_bytes())?;
    for round in 0.. {
        for part in &members {
            let fresh = match round {
                0 => part.clone(),
                _ => part
                    .replace("gml:id=\"", &format!("gml:id=\"r{round}_"))
                    .replace("href=\"#", &format!("href=\"#r{round}_")),
            };
            output.write_all(fresh.as_bytes())?;
            written += fresh.len();
            if written > WANTED_BYTES {
                output.write_all(b"</core:CityModel>\n")?;
                return Ok(output.flush()?);
            }
        }
    }
    Ok(())
}
