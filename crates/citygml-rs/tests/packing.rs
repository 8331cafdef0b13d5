//! Files as they are sent around: encodings, gzip, zip, and things with the wrong name.

mod citygml_text;
mod shared_data;

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{Diagnostics, Format, ReadError, ReadOptions, read_path};
use citygml_text::{building, model};
use flate2::Compression;
use flate2::write::GzEncoder;
use shared_data::read;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

const CITYJSON: &str = r#"{"type":"CityJSON","version":"2.0","CityObjects":{"hut":{"type":"Building"}},"vertices":[]}"#;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a member can be started");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive
        .finish()
        .expect("memory can be written")
        .into_inner()
}

fn ids(path: &Path) -> Vec<String> {
    let reading = read(path);
    reading.outcome.expect("the file can be read");
    reading
        .objects
        .into_iter()
        .map(|object| object.id)
        .collect()
}

#[test]
fn the_content_counts_not_the_name() {
    let folder = folder();
    let gml = model(&building("house", ""));
    assert_eq!(ids(&write(&folder, "model.txt", gml.as_bytes())), ["house"]);
    assert_eq!(
        ids(&write(&folder, "packed.gml", &gzip(gml.as_bytes()))),
        ["house"]
    );
    assert_eq!(
        ids(&write(&folder, "json.xml", CITYJSON.as_bytes())),
        ["hut"]
    );
    assert_eq!(
        ids(&write(&folder, "json.gz", &gzip(CITYJSON.as_bytes()))),
        ["hut"]
    );
}

#[test]
fn every_readable_member_of_an_archive_is_read() {
    let folder = folder();
    let gml = model(&building("house", ""));
    let bytes = zip_of(&[
        ("readme.txt", b"nothing to see"),
        ("udx/bldg/a.gml", gml.as_bytes()),
        (
            "codelists/list.xml",
            b"<gml:Dictionary xmlns:gml='http://www.opengis.net/gml'/>",
        ),
        ("b.city.json", CITYJSON.as_bytes()),
        ("broken.gml", &gml.as_bytes()[..gml.len() / 2]),
    ]);
    let reading = read(&write(&folder, "city.zip", &bytes));
    let summary = reading.outcome.expect("the archive can be read");
    assert_eq!(
        (summary.format, summary.members, summary.objects),
        (Format::CityGml, 3, 2)
    );
    let found: Vec<_> = reading
        .objects
        .iter()
        .map(|object| object.id.as_str())
        .collect();
    assert_eq!(found, ["house", "hut"]);
    assert!(
        reading
            .diagnostics
            .items
            .iter()
            .all(|found| found.message.starts_with("broken.gml: "))
    );
    assert!(!reading.diagnostics.items.is_empty());

    let empty = read(&write(
        &folder,
        "empty.zip",
        &zip_of(&[("readme.txt", b"x")]),
    ));
    assert!(
        matches!(empty.outcome, Err(ReadError::EmptyArchive { members: 1 })),
        "{:?}",
        empty.outcome
    );
}

#[test]
fn objects_that_wait_in_a_member_that_breaks_off_are_handed_out() {
    let folder = folder();
    let waiting = building(
        "waiting",
        r##"<bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember xlink:href="#elsewhere"/></gml:MultiSurface></bldg:lod2MultiSurface>"##,
    );
    let too_long = building("long", &"<gml:name>a</gml:name>".repeat(100_000));
    let members = [waiting, too_long].concat();
    let bytes = zip_of(&[
        ("a.gml", model(&members).as_bytes()),
        ("b.gml", model(&building("next", "")).as_bytes()),
    ]);
    let path = write(&folder, "city.zip", &bytes);
    let mut options = ReadOptions::default();
    options.max_decompressed_bytes = 1_000_000;
    let mut diagnostics = Diagnostics::new();
    let mut ids = Vec::new();
    read_path(
        &path,
        &options,
        &mut diagnostics,
        &mut |object| {
            ids.push(object.id);
            ControlFlow::Continue(())
        },
        &mut |_, _| {},
    )
    .expect("the second member can be read");
    assert_eq!(ids, ["waiting", "next"]);
    let mut codes: Vec<_> = diagnostics.items.iter().map(|found| found.code).collect();
    codes.sort();
    assert_eq!(codes, ["GML-008", "GML-023"]);
}

#[test]
fn a_cut_gzip_file_gives_what_was_in_it() {
    let folder = folder();
    let members: String = (0..2000)
        .map(|index| building(&format!("b{index}"), "<bldg:function>1000</bldg:function>"))
        .collect();
    let packed = gzip(model(&members).as_bytes());
    let reading = read(&write(
        &folder,
        "cut.gml.gz",
        &packed[..packed.len() * 2 / 3],
    ));
    assert!(reading.outcome.is_ok(), "{:?}", reading.outcome);
    assert!(reading.objects.len() > 100, "{}", reading.objects.len());
    assert!(
        reading
            .diagnostics
            .items
            .iter()
            .any(|found| found.code == "GML-022")
    );
}

#[test]
fn unpacking_stops_at_the_limit() {
    let folder = folder();
    let path = write(
        &folder,
        "bomb.gz",
        &gzip(format!("<CityModel>{}", " ".repeat(1 << 20)).as_bytes()),
    );
    let mut options = ReadOptions::default();
    options.max_decompressed_bytes = 100_000;
    let mut diagnostics = Diagnostics::new();
    let outcome = read_path(
        &path,
        &options,
        &mut diagnostics,
        &mut |_| ControlFlow::Continue(()),
        &mut |_, _| {},
    );
    assert!(
        matches!(outcome, Err(ReadError::Limit { limit: 100_000, .. })),
        "{outcome:?}"
    );
}

#[test]
fn errors_name_the_file_or_what_it_is() {
    let folder = folder();
    let missing = read(&folder.path().join("missing.gml"))
        .outcome
        .expect_err("the file is missing");
    assert!(missing.to_string().contains("missing.gml"), "{missing}");
    let picture = read(&write(&folder, "picture.gml", b"\x89PNG\r\n\x1a\n....")).outcome;
    assert!(
        matches!(picture, Err(ReadError::UnknownFormat { .. })),
        "{picture:?}"
    );
    let geojson = read(&write(
        &folder,
        "a.json",
        br#"{"type":"FeatureCollection","features":[]}"#,
    ))
    .outcome;
    assert!(
        matches!(geojson, Err(ReadError::NotCityJson { .. })),
        "{geojson:?}"
    );
}

#[test]
fn a_consumer_can_stop_and_sees_progress() {
    let folder = folder();
    let members: String = (0..5000)
        .map(|index| building(&format!("b{index}"), ""))
        .collect();
    let path = write(&folder, "many.gml", model(&members).as_bytes());
    let size = std::fs::metadata(&path).expect("the file is there").len();
    let (mut count, mut steps) = (0, Vec::new());
    let mut diagnostics = Diagnostics::new();
    let summary = read_path(
        &path,
        &ReadOptions::default(),
        &mut diagnostics,
        &mut |_| {
            count += 1;
            if count == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
        &mut |done, total| steps.push((done, total)),
    );
    assert_eq!(
        (count, summary.expect("the file can be read").objects),
        (3, 3)
    );
    assert_eq!(steps.len(), 3);
    assert!(
        steps
            .iter()
            .all(|&(done, total)| total == size && done > 0 && done <= size)
    );
}

#[test]
fn encodings_in_real_files_are_decoded() {
    let folder = folder();
    let latin: Vec<u8> = model(&building("house", "<gml:name>Stra\u{DF}e</gml:name>"))
        .replace("UTF-8", "ISO-8859-15")
        .chars()
        .map(|character| u8::try_from(u32::from(character)).expect("the text is Latin"))
        .collect();
    let reading = read(&write(&folder, "latin.gml", &latin));
    assert_eq!(reading.objects[0].name.as_deref(), Some("Straße"));
    assert!(reading.diagnostics.items.is_empty());

    let marked = format!("\u{FEFF}{}", model(&building("house", "")));
    assert_eq!(
        ids(&write(&folder, "marked.gml", marked.as_bytes())),
        ["house"]
    );
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(ids(&write(&folder, "wide.gml", &utf16)), ["house"]);

    // The same bytes under a declaration that is wrong.
    let at = latin
        .windows(11)
        .position(|window| window == b"ISO-8859-15")
        .expect("the declaration");
    let mut wrong = latin.clone();
    wrong.splice(at..at + 11, *b"UTF-8");
    let reading = read(&write(&folder, "wrong.gml", &wrong));
    assert_eq!(reading.objects[0].name.as_deref(), Some("Stra\u{FFFD}e"));
    assert_eq!(reading.diagnostics.items[0].code, "GML-013");
}
