//! Prototypes, where they stand, and who shares them.

mod citygml_text;
mod shared_data;

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use citygml_rs::{CityObject, Diagnostics, ReadOptions, read_path};
use citygml_text::{TRIANGLE, model, polygon, read_members};
use shared_data::{read, shared_data};

const MATRIX: &str = "2 0 0 1 0 2 0 2 0 0 2 3 0 0 0 1";

fn bench(id: &str, geometry: &str) -> String {
    format!(
        r#"<core:cityObjectMember><frn:CityFurniture xmlns:frn="http://www.opengis.net/citygml/cityfurniture/2.0" gml:id="{id}"><frn:lod2ImplicitRepresentation>
        <core:ImplicitGeometry>{geometry}</core:ImplicitGeometry></frn:lod2ImplicitRepresentation></frn:CityFurniture></core:cityObjectMember>"#
    )
}

fn placed(geometry: &str) -> String {
    format!(
        r#"<core:transformationMatrix>{MATRIX}</core:transformationMatrix>{geometry}
        <core:referencePoint><gml:Point srsName="EPSG:31467"><gml:pos srsDimension="3">100 200 30</gml:pos></gml:Point></core:referencePoint>"#
    )
}

fn definition() -> String {
    format!(
        r#"<core:relativeGMLGeometry><gml:MultiSurface gml:id="shape"><gml:surfaceMember>{}</gml:surfaceMember></gml:MultiSurface></core:relativeGMLGeometry>"#,
        polygon("p", TRIANGLE)
    )
}

const REFERENCE: &str = r##"<core:relativeGMLGeometry xlink:href="#shape"/>"##;

fn read_file(members: &str, threads: usize) -> (Vec<CityObject>, Vec<&'static str>) {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(model(members).as_bytes())
        .expect("the file can be written");
    let mut objects = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut keep = |object| {
        objects.push(object);
        ControlFlow::Continue(())
    };
    let mut options = ReadOptions::default();
    options.threads = threads;
    read_path(
        file.path(),
        &options,
        &mut diagnostics,
        &mut keep,
        &mut |_, _| {},
    )
    .expect("the file can be read");
    let codes = diagnostics.items.iter().map(|found| found.code).collect();
    (objects, codes)
}

#[test]
fn a_prototype_with_its_place() {
    let outcome = read_members(&bench("b", &placed(&definition())));
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let bench = &outcome.objects[0];
    assert!(
        bench.surfaces.is_empty(),
        "the template is not in the world"
    );
    let geometry = &bench.implicit_geometries[0];
    assert_eq!(geometry.lod, 2);
    assert_eq!(geometry.matrix[..4], [2.0, 0.0, 0.0, 1.0]);
    assert_eq!(geometry.reference_point, [100.0, 200.0, 30.0]);
    assert_eq!(bench.srs_name.as_deref(), Some("EPSG:31467"));
    assert_eq!(geometry.template.id.as_deref(), Some("shape"));
    assert_eq!(
        geometry.template.surfaces[0].polygon.exterior[1],
        [4.0, 0.0, 1.0]
    );
}

#[test]
fn one_prototype_serves_all_wherever_it_is_defined() {
    let members = [
        bench("before", &placed(REFERENCE)),
        bench("definition", &placed(&definition())),
        bench("after", &placed(REFERENCE)),
    ]
    .concat();
    for threads in [1, 2] {
        let (objects, codes) = read_file(&members, threads);
        assert_eq!(codes, Vec::<&str>::new());
        let templates: Vec<_> = objects
            .iter()
            .map(|object| &object.implicit_geometries[0].template)
            .collect();
        assert_eq!(templates.len(), 3);
        assert!(
            templates
                .iter()
                .all(|template| template.surfaces.len() == 1)
        );
    }
    // A stream has what came before.
    let outcome = read_members(&members);
    assert_eq!(outcome.codes(), ["GML-031"]);
    let template = |index: usize| &outcome.objects[index].implicit_geometries[0].template;
    assert_eq!(template(0).id.as_deref(), Some("#shape"));
    assert!(template(0).surfaces.is_empty());
    assert!(Arc::ptr_eq(template(1), template(2)));
}

#[test]
fn library_objects_are_named_and_shared() {
    let library = "<core:mimeType>model/vrml</core:mimeType><core:libraryObject>tree.wrl</core:libraryObject>";
    let outcome =
        read_members(&[bench("a", &placed(library)), bench("b", &placed(library))].concat());
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let template = |index: usize| &outcome.objects[index].implicit_geometries[0].template;
    assert_eq!(template(0).library_object.as_deref(), Some("tree.wrl"));
    assert_eq!(template(0).mime_type.as_deref(), Some("model/vrml"));
    assert!(Arc::ptr_eq(template(0), template(1)));
}

#[test]
fn what_cannot_be_placed_is_reported() {
    let broken = [
        placed(&definition()).replace(MATRIX, "1 0 0"),
        placed(""),
        definition(),
    ];
    for geometry in broken {
        let outcome = read_members(&bench("b", &geometry));
        assert_eq!(outcome.codes(), ["GML-030"]);
        assert!(outcome.objects[0].implicit_geometries.is_empty());
    }
    let (objects, codes) = read_file(&bench("b", &placed(REFERENCE)), 1);
    assert_eq!((objects.len(), codes), (1, vec!["GML-031"]));
}

#[test]
fn what_a_prototype_cannot_hold_is_counted_or_reported() {
    let content = r##"<core:relativeGMLGeometry><gml:MultiGeometry>
        <gml:geometryMember><gml:LineString><gml:posList srsDimension="3">0 0 0 1 1 1</gml:posList></gml:LineString></gml:geometryMember>
        <gml:geometryMember><gml:Point><gml:pos>1 2 3</gml:pos></gml:Point></gml:geometryMember>
        <gml:geometryMember xlink:href="#elsewhere"/>"##;
    let surfaces = format!("<gml:geometryMember>{}", polygon("p", TRIANGLE));
    let geometry = format!(
        "{content}{surfaces}</gml:geometryMember></gml:MultiGeometry></core:relativeGMLGeometry>"
    );
    let text = model(&bench("b", &placed(&geometry)));
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(text.as_bytes())
        .expect("the file can be written");
    let reading = read(file.path());
    let codes: Vec<_> = reading
        .diagnostics
        .items
        .iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(codes, ["GML-008"]);
    let summary = reading.outcome.expect("the file can be read");
    assert_eq!(summary.left_out["line of a prototype"], 1);
    assert_eq!(summary.left_out["points of a prototype"], 1);
    let template = &reading.objects[0].implicit_geometries[0].template;
    assert_eq!(template.surfaces.len(), 1);
}

#[test]
fn real_library_objects() {
    let Some(data) = shared_data() else { return };
    for version in ["v0_4", "v1"] {
        let path = format!("citygml/{version}/ogc_examples/GenericObjects.xml");
        let reading = read(&data.join(path));
        let placed: Vec<_> = reading
            .objects
            .iter()
            .flat_map(CityObject::descendants)
            .flat_map(|object| &object.implicit_geometries)
            .collect();
        assert_eq!(placed.len(), 2, "{version}");
        assert!(
            placed
                .iter()
                .any(|found| found.template.library_object.is_some())
        );
    }
}
