//! What to read if nothing is named: real files, repeated with fresh ids where they are short.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A large CityGML 1.0 file, made by `cargo bench -p citygml-rs`' recipe, and one of CityGML 3.0.
pub fn shared() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/citygml");
    let candidates = [
        (data.join("v1/berlin_open_data_sample_data.citygml"), "berlin_v1.gml"),
        (data.join("v3/lod2_buildings_v3.gml"), "lod2_buildings_v3.gml"),
    ];
    let folder = std::env::temp_dir().join("citygml-compare");
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    for (file, name) in candidates {
        if file.is_file() {
            let target = folder.join(name);
            fs::write(&target, repeated(&fs::read_to_string(&file)?, 30_000_000)?)?;
            files.push(target);
        }
    }
    Ok(files)
}

/// The members of a model again and again, each time with other ids.
fn repeated(text: &str, wanted_bytes: usize) -> Result<String, Box<dyn Error>> {
    let member = ["<core:cityObjectMember", "<cityObjectMember"]
        .into_iter()
        .find(|tag| text.contains(tag))
        .ok_or("the file has no members")?;
    let end_tag = format!("</{}>", &member[1..]);
    let start = text.find(member).ok_or("the file has no members")?;
    let end = text.rfind(&end_tag).ok_or("the last member has no end")? + end_tag.len();
    let mut whole = text[..start].to_owned();
    for round in 0.. {
        let members = text[start..end]
            .replace("gml:id=\"", &format!("gml:id=\"r{round}_"))
            .replace("href=\"#", &format!("href=\"#r{round}_"));
        whole.push_str(&members);
        if whole.len() > wanted_bytes {
            break;
        }
    }
    whole.push_str(&text[end..]);
    Ok(whole)
}
