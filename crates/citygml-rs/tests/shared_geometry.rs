//! Geometry that other objects and other files define.

mod citygml_text;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use citygml_rs::{CityObject, Diagnostics, ReadOptions, read_path};
use citygml_text::{TRIANGLE, building, model, polygon, read_members};

fn solid(members: &str) -> String {
    format!(
        r#"<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>{members}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>"#
    )
}

fn defining(id: &str, polygon_id: &str) -> String {
    building(
        id,
        &solid(&format!(
            "<gml:surfaceMember>{}</gml:surfaceMember>",
            polygon(polygon_id, TRIANGLE)
        )),
    )
}

fn using(id: &str, href: &str) -> String {
    building(
        id,
        &solid(&format!(
            r#"<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="{href}"/></gml:OrientableSurface></gml:surfaceMember>"#
        )),
    )
}

fn read_file(path: &Path, threads: usize) -> (Vec<CityObject>, Vec<&'static str>) {
    let mut objects = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut keep = |object| {
        objects.push(object);
        ControlFlow::Continue(())
    };
    let mut options = ReadOptions::default();
    options.threads = threads;
    read_path(path, &options, &mut diagnostics, &mut keep, &mut |_, _| {})
        .expect("the file can be read");
    objects.sort_by(|one, two| one.id.cmp(&two.id));
    let codes = diagnostics.items.iter().map(|found| found.code).collect();
    (objects, codes)
}

#[test]
fn a_wall_of_the_neighbour_is_found_before_and_after() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("city.gml");
    let members = [using("a", "#w"), defining("b", "w"), using("c", "#w")].concat();
    fs::write(&path, model(&members)).expect("the file can be written");
    for threads in [1, 2] {
        let (objects, codes) = read_file(&path, threads);
        assert_eq!(codes, Vec::<&str>::new());
        let first_points: Vec<_> = objects
            .iter()
            .map(|object| object.surfaces[0].polygon.exterior[0])
            .collect();
        // Those who use it see the other side.
        assert_eq!(
            first_points,
            [[4.0, 4.0, 1.0], [0.0, 0.0, 1.0], [4.0, 4.0, 1.0]]
        );
        assert!(objects.iter().all(|object| object.unresolved.is_empty()));
    }
    // A stream hands them out open, and says so.
    let outcome = read_members(&members);
    assert_eq!(outcome.codes(), ["GML-008", "GML-008"]);
    let open = &outcome.objects[0].unresolved[0];
    assert_eq!(
        (open.href.as_str(), open.lod, open.is_flipped),
        ("#w", Some(2), true)
    );
}

#[test]
fn other_files_are_read_where_they_may_be() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let inside = folder.path().join("tiles");
    fs::create_dir(&inside).expect("a folder can be made");
    fs::write(inside.join("other.gml"), model(&defining("b", "w"))).expect("a file");
    fs::write(
        folder.path().join("outside.gml"),
        model(&defining("b", "w")),
    )
    .expect("a file");
    let path = inside.join("city.gml");
    for (href, codes) in [
        ("other.gml#w", vec![]),
        ("../outside.gml#w", vec!["GML-008"]),
        ("other.gml#nothing", vec!["GML-008"]),
        ("missing.gml#w", vec!["GML-008"]),
        ("http://example.org/other.gml#w", vec!["GML-008"]),
    ] {
        fs::write(&path, model(&using("a", href))).expect("the file can be written");
        let (objects, found) = read_file(&path, 1);
        assert_eq!(found, codes, "{href}");
        let surfaces = usize::from(codes.is_empty());
        assert_eq!(objects[0].surfaces.len(), surfaces, "{href}");
    }
}
