//! One file in several threads gives what it gives in one.

use std::io::Write;
use std::ops::ControlFlow;

use citygml_rs::{
    CityObject, Diagnostic, Diagnostics, FileSummary, ReadOptions, read_path, read_path_mapped,
};

/// Some megabytes: pieces are about one.
const HOUSES: usize = 6_000;

fn house(number: usize) -> String {
    format!(
        "<cityObjectMember>\n<bldg:Building gml:id=\"house-{number}\">\n<gml:name>No. {number}</gml:name>\
         <bldg:measuredHeight uom=\"m\">{}</bldg:measuredHeight>\n<bldg:lod1MultiSurface><gml:MultiSurface>{}\
         </gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building></cityObjectMember>\n",
        number % 40,
        "<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList srsDimension=\"3\">\
         0 0 3 4 0 3 4 5 3 0 5 3 0 0 3</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>\n"
            .repeat(3),
    )
}

fn model(members: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CityModel xmlns=\"http://www.opengis.net/citygml/2.0\" \
         xmlns:bldg=\"http://www.opengis.net/citygml/building/2.0\" xmlns:gml=\"http://www.opengis.net/gml\">\n\
         <gml:boundedBy><gml:Envelope srsName=\"EPSG:25832\"><gml:lowerCorner>0 0 0</gml:lowerCorner>\
         <gml:upperCorner>4 5 3</gml:upperCorner></gml:Envelope></gml:boundedBy>\n{members}</CityModel>\n"
    )
}

fn houses() -> Vec<String> {
    (0..HOUSES).map(house).collect()
}

type Everything = (Vec<CityObject>, Vec<Diagnostic>, FileSummary);

fn read(text: &str, threads: usize) -> Everything {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes())
        .expect("room for a temporary file");
    let mut options = ReadOptions::default();
    options.threads = threads;
    let mut diagnostics = Diagnostics::new();
    let mut objects = Vec::new();
    let mut progress = (0, 0);
    let summary = read_path(
        file.path(),
        &options,
        &mut diagnostics,
        &mut |object| {
            objects.push(object);
            ControlFlow::Continue(())
        },
        &mut |done, total| progress = (done, total),
    )
    .expect("the file can be read");
    assert_eq!(progress, (text.len() as u64, text.len() as u64));
    (objects, diagnostics.items, summary)
}

fn assert_same(text: &str) -> Everything {
    let one = read(text, 1);
    for threads in [2, 5] {
        let several = read(text, threads);
        assert!(one.0 == several.0, "objects differ with {threads} threads");
        assert_eq!(one.1, several.1, "{threads} threads");
        assert_eq!(one.2, several.2, "{threads} threads");
    }
    one
}

#[test]
fn a_sound_file() {
    let (objects, diagnostics, summary) = assert_same(&model(&houses().concat()));
    assert_eq!(objects.len(), HOUSES);
    assert_eq!(objects[HOUSES - 1].id, format!("house-{}", HOUSES - 1));
    assert!(
        objects
            .iter()
            .all(|object| object.srs_name.as_deref() == Some("EPSG:25832"))
    );
    assert_eq!(diagnostics, []);
    assert_eq!(
        (summary.objects, summary.version.as_deref()),
        (HOUSES as u64, Some("2.0"))
    );
}

#[test]
fn a_file_with_findings_in_many_pieces() {
    let mut houses = houses();
    // The same id far apart, a ring that is none, no id at all.
    houses[HOUSES - 2] = house(3);
    houses[HOUSES / 2] = house(HOUSES / 2).replace("4 0 3 4 5 3 0 5 3", "0 0 3");
    houses[HOUSES / 3] = house(HOUSES / 3).replace("gml:id", "ID");
    let (_, diagnostics, _) = assert_same(&model(&houses.concat()));
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert!(
        codes.contains(&"GML-010") && codes.contains(&"GML-004"),
        "{codes:?}"
    );
}

#[test]
fn a_file_with_broken_tags_in_the_middle() {
    let mut houses = houses();
    houses[HOUSES / 2] = house(HOUSES / 2).replace("</bldg:Building>", "");
    let (objects, diagnostics, _) = assert_same(&model(&houses.concat()));
    assert_eq!(objects.len(), HOUSES - 1);
    assert_eq!(diagnostics.first().map(|found| found.code), Some("GML-001"));
}

#[test]
fn a_file_that_ends_early() {
    let whole = model(&houses().concat());
    let between_members = whole.rfind("</CityModel>").expect("it has an end");
    for cut in [between_members, whole.len() / 2] {
        let (_, diagnostics, _) = assert_same(&whole[..cut]);
        assert_eq!(diagnostics.first().map(|found| found.code), Some("GML-002"));
    }
}

#[test]
fn end_tags_that_are_none() {
    let mut houses = houses();
    let trap = "<!-- </cityObjectMember> -->".repeat(60_000);
    houses[10] = house(10).replace("<gml:name>", &format!("{trap}<gml:name>"));
    let (objects, _, _) = assert_same(&model(&houses.concat()));
    assert_eq!(objects.len(), HOUSES);
}

#[test]
fn whoever_has_enough_may_stop() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(model(&houses().concat()).as_bytes())
        .expect("room for a temporary file");
    let mut options = ReadOptions::default();
    options.threads = 3;
    let mut heights = Vec::new();
    read_path_mapped(
        file.path(),
        &options,
        &mut Diagnostics::new(),
        &|object| {
            object
                .attribute("measuredHeight")
                .map(|height| height.value.to_string())
        },
        &mut |height| {
            heights.extend(height);
            match heights.len() {
                2_000 => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        },
        &mut |_, _| {},
    )
    .expect("the file can be read");
    assert_eq!(heights.len(), 2_000);
    assert_eq!(heights[39], "39");
}

/// Reading ends, by the panic that was there, wherever it was: in the work on an object or in taking its result.
#[test]
fn a_panic_of_the_caller_does_not_become_waiting_for_ever() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(model(&houses().concat()).as_bytes())
        .expect("room for a temporary file");
    for panics_in_map in [true, false] {
        let mut options = ReadOptions::default();
        options.threads = 3;
        let reading = || {
            read_path_mapped(
                file.path(),
                &options,
                &mut Diagnostics::new(),
                &|object| {
                    assert!(!panics_in_map || object.id != "house-4000", "a fault");
                    object
                },
                &mut |object| {
                    assert!(panics_in_map || object.id != "house-4000", "a fault");
                    ControlFlow::Continue(())
                },
                &mut |_, _| {},
            )
        };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(reading));
        assert!(outcome.is_err());
    }
}
