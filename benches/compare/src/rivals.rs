//! The libraries, each with the least work that gives a typed model (or, for the first, none).

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use citygml_rs::{Diagnostics, ReadOptions, read_path};
use cpu_time::ProcessTime;
use ecitygml::io::GmlReader;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Time it took and what was found.
type Read = fn(&Path) -> Result<(Duration, String), Box<dyn Error>>;

/// In the order of the table.
pub const ALL: [(&str, Read); 4] = [
    ("quick-xml 0.42, tokens and attributes", tokenise),
    ("citygml-rs, typed model", citygml_rs),
    ("ecitygml 0.0.2-alpha.8, typed model", ecitygml),
    ("lxml iterparse, a script's walk", lxml),
];

fn tokenise(file: &Path) -> Result<(Duration, String), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let text = std::str::from_utf8(&bytes)?;
    let start = ProcessTime::now();
    let mut reader = Reader::from_str(text);
    let (mut tags, mut values) = (0_u64, 0_usize);
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => {
                tags += 1;
                for attribute in tag.attributes() {
                    values += attribute?.value.len();
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((start.elapsed(), format!("{tags} tags, {values} bytes of values")))
}

fn citygml_rs(file: &Path) -> Result<(Duration, String), Box<dyn Error>> {
    let start = ProcessTime::now();
    let (mut objects, mut surfaces) = (0, 0);
    let on_object = &mut |object: citygml_rs::CityObject| {
        for part in object.descendants() {
            objects += 1;
            surfaces += part.surfaces.len();
        }
        ControlFlow::Continue(())
    };
    let options = ReadOptions::default();
    read_path(file, &options, &mut Diagnostics::new(), on_object, &mut |_, _| {})?;
    Ok((start.elapsed(), format!("{objects} objects, {surfaces} surfaces")))
}

fn ecitygml(file: &Path) -> Result<(Duration, String), Box<dyn Error>> {
    use ecitygml::model::common::IterFeatures;
    let start = ProcessTime::now();
    let model = GmlReader::from_path(file)?.finish()?;
    let features = model.iter_features().count();
    let elapsed = start.elapsed();
    if features == 0 {
        return Err("it finds no feature in it".into());
    }
    Ok((elapsed, format!("{features} features, thematic surfaces included")))
}

/// Python measures itself: starting it and importing are not counted.
fn lxml(file: &Path) -> Result<(Duration, String), Box<dyn Error>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("lxml_read.py");
    let output = Command::new("python3").arg(script).arg(file).output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(message.lines().last().unwrap_or("it failed").to_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let (seconds, found) = text.trim().split_once(' ').ok_or("the script says too little")?;
    Ok((Duration::from_secs_f64(seconds.parse()?), found.to_owned()))
}
