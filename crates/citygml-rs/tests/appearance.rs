//! Which looks surfaces get: from appearances inside and outside of objects, by every sort of target.

mod citygml_text;
mod shared_data;

use std::io::Write;
use std::ops::ControlFlow;

use citygml_rs::{
    CityObject, Diagnostics, ReadOptions, Surface, SurfaceData, TextureMapping, WrapMode, read_path,
};
use citygml_text::{TRIANGLE, building, model, polygon, read_bytes, read_members};
use shared_data::{read, shared_data};

fn solid(members: &str) -> String {
    format!(
        r#"<bldg:lod2Solid><gml:Solid gml:id="solid"><gml:exterior><gml:CompositeSurface gml:id="shell">{members}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>"#
    )
}

fn member(polygon: &str) -> String {
    format!("<gml:surfaceMember>{polygon}</gml:surfaceMember>")
}

fn appearance(theme: &str, data: &str) -> String {
    format!(
        "<app:Appearance><app:theme>{theme}</app:theme><app:surfaceDataMember>{data}</app:surfaceDataMember></app:Appearance>"
    )
}

fn material(red: &str, targets: &[&str]) -> String {
    let targets: String = targets
        .iter()
        .map(|target| format!("<app:target>{target}</app:target>"))
        .collect();
    format!(
        "<app:X3DMaterial><app:shininess>0.5</app:shininess><app:transparency>0.25</app:transparency><app:diffuseColor>{red} 0 0</app:diffuseColor>{targets}</app:X3DMaterial>"
    )
}

/// A polygon with an id for its ring; five points as written, one of them twice.
fn ringed() -> String {
    r#"<gml:Polygon gml:id="p"><gml:exterior><gml:LinearRing gml:id="r"><gml:posList srsDimension="3">0 0 0 4 0 0 4 0 0 4 4 0 0 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"#.to_owned()
}

const TEXTURE: &str = r##"<app:ParameterizedTexture gml:id="t"><app:imageURI>wall.jpg</app:imageURI><app:mimeType>image/jpeg</app:mimeType><app:wrapMode>mirror</app:wrapMode>
  <app:target uri="#p"><app:TexCoordList><app:textureCoordinates ring="#r">0 0 1 0 1 0 1 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture>"##;

/// Theme, side, and red of the material or name of the image, for each look.
fn looks(surface: &Surface) -> Vec<(String, bool, String)> {
    let looks = surface.looks.iter();
    looks
        .map(|look| {
            let what = match &look.data {
                SurfaceData::Material(material) => material.diffuse[0].to_string(),
                SurfaceData::Texture { texture, .. } => texture.image_uri.clone(),
            };
            (look.theme.to_string(), look.is_front, what)
        })
        .collect()
}

fn look(theme: &str, is_front: bool, what: &str) -> (String, bool, String) {
    (theme.to_owned(), is_front, what.to_owned())
}

fn coordinates(surface: &Surface) -> Vec<Vec<[f32; 2]>> {
    match &surface.looks[0].data {
        SurfaceData::Texture {
            mapping: TextureMapping::Coordinates(rings),
            ..
        } => rings.clone(),
        other => panic!("{other:?} has no coordinates"),
    }
}

/// Reads a document from a file, as most do.
fn read_file(members: &str) -> (Vec<CityObject>, Vec<&'static str>) {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    file.write_all(model(members).as_bytes())
        .expect("the file can be written");
    let mut objects = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut keep = |object| {
        objects.push(object);
        ControlFlow::Continue(())
    };
    read_path(
        file.path(),
        &ReadOptions::default(),
        &mut diagnostics,
        &mut keep,
        &mut |_, _| {},
    )
    .expect("the file can be read");
    let codes = diagnostics.items.iter().map(|found| found.code).collect();
    (objects, codes)
}

#[test]
fn materials_reach_polygons_shells_solids_and_boundaries() {
    for target in ["#p", "p", "#shell", "#solid", "#house"] {
        let content = [
            format!(
                "<app:appearance>{}</app:appearance>",
                appearance("summer", &material("0.5", &[target]))
            ),
            solid(&member(&polygon("p", TRIANGLE))),
        ];
        let outcome = read_members(&building("house", &content.concat()));
        assert_eq!(outcome.codes(), Vec::<&str>::new());
        let surface = &outcome.objects[0].surfaces[0];
        assert_eq!(looks(surface), [look("summer", true, "0.5")], "{target}");
        let SurfaceData::Material(material) = &surface.looks[0].data else {
            panic!("a material");
        };
        assert_eq!(
            (material.shininess, material.transparency, material.specular),
            (0.5, 0.25, [1.0; 3])
        );
        assert_eq!(outcome.header.themes, ["summer"]);
    }
}

#[test]
fn the_nearer_target_counts_and_references_lead_to_it() {
    let content = [
        format!(
            "<app:appearance>{}{}</app:appearance>",
            appearance("t", &material("0.5", &["#roof"])),
            appearance("t", &material("1", &["#p"])),
        ),
        solid(&[member(&polygon("p", TRIANGLE)), member(&polygon("q", TRIANGLE))].concat()),
        r##"<bldg:boundedBy><bldg:RoofSurface gml:id="roof"><bldg:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember xlink:href="#p"/><gml:surfaceMember xlink:href="#q"/></gml:MultiSurface></bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy>"##.to_owned(),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    let house = &outcome.objects[0];
    assert_eq!(looks(&house.surfaces[0]), [look("t", true, "1")]);
    assert_eq!(looks(&house.surfaces[1]), [look("t", true, "0.5")]);
}

#[test]
fn texture_coordinates_stay_with_their_points() {
    let content = [
        format!(
            "<app:appearance>{}</app:appearance>",
            appearance("", TEXTURE)
        ),
        solid(&member(&ringed())),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    assert_eq!(outcome.codes(), ["GML-039"]);
    let surface = &outcome.objects[0].surfaces[0];
    assert_eq!(surface.polygon.exterior.len(), 3);
    assert_eq!(coordinates(surface), [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]);
    let SurfaceData::Texture { texture, .. } = &surface.looks[0].data else {
        panic!("a texture");
    };
    assert_eq!(
        (texture.wrap, texture.mime_type.as_deref()),
        (WrapMode::Mirror, Some("image/jpeg"))
    );
}

#[test]
fn turned_polygons_turn_their_coordinates_and_sides() {
    let turned = format!(
        r#"<gml:OrientableSurface gml:id="o" orientation="-"><gml:baseSurface>{}</gml:baseSurface></gml:OrientableSurface>"#,
        ringed()
    );
    let content = [
        format!(
            "<app:appearance>{}{}</app:appearance>",
            appearance("", TEXTURE),
            appearance("m", &material("1", &["#o"]))
        ),
        solid(&member(&turned)),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    let surface = &outcome.objects[0].surfaces[0];
    assert_eq!(surface.polygon.exterior[0], [4.0, 4.0, 0.0]);
    assert_eq!(coordinates(surface), [[[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]]);
    // The texture is on the front of the polygon as written, the material on the front of what turns it.
    assert_eq!(
        looks(surface),
        [look("", false, "wall.jpg"), look("m", true, "1")]
    );
}

#[test]
fn a_matrix_places_the_texture_where_no_ring_has_an_id() {
    let texture = r##"<app:ParameterizedTexture><app:imageURI>a.png</app:imageURI><app:target uri="#p"><app:TexCoordGen>
      <app:worldToTexture>0.25 0 0 0  0 0.25 0 0  0 0 0 1</app:worldToTexture></app:TexCoordGen></app:target></app:ParameterizedTexture>"##;
    let content = [
        format!(
            "<app:appearance>{}</app:appearance>",
            appearance("", texture)
        ),
        solid(&member(&polygon("p", TRIANGLE))),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    assert_eq!(
        coordinates(&outcome.objects[0].surfaces[0]),
        [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]
    );
}

#[test]
fn the_associations_of_version_3() {
    let model = format!(
        r##"<CityModel xmlns="http://www.opengis.net/citygml/3.0" xmlns:app="http://www.opengis.net/citygml/appearance/3.0"
          xmlns:bldg="http://www.opengis.net/citygml/building/3.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink">
        <cityObjectMember><bldg:Building><appearance><app:Appearance><app:theme>t</app:theme><app:surfaceData><app:ParameterizedTexture>
          <app:imageURI>a.png</app:imageURI><app:textureParameterization><app:TextureAssociation><app:target>#p</app:target>
          <app:textureParameterization><app:TexCoordList><app:textureCoordinates>0 0 1 0 1 0 1 1 0 0</app:textureCoordinates><app:ring>#r</app:ring></app:TexCoordList></app:textureParameterization>
          </app:TextureAssociation></app:textureParameterization></app:ParameterizedTexture></app:surfaceData></app:Appearance></appearance>
          <lod2MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></lod2MultiSurface></bldg:Building></cityObjectMember></CityModel>"##,
        member(&ringed())
    );
    let outcome = read_bytes(model.as_bytes(), ReadOptions::default());
    assert_eq!(outcome.codes(), ["GML-039"]);
    let surface = &outcome.objects[0].surfaces[0];
    assert_eq!(coordinates(surface), [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]);
}

#[test]
fn surfaces_of_version_1_may_bring_their_look_along() {
    let textured = r##"<gml:surfaceMember><tex:TexturedSurface xmlns:tex="http://www.opengis.net/citygml/texturedsurface/1.0" orientation="+"><gml:baseSurface>
        <gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 0 4 0 0 4 4 0 0 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:baseSurface>
        <tex:appearance><tex:SimpleTexture><tex:textureMap>front.jpg</tex:textureMap><tex:textureCoordinates>0 0 1 0 1 1 0 0</tex:textureCoordinates></tex:SimpleTexture></tex:appearance>
        <tex:appearance><tex:Material gml:id="m"><tex:diffuseColor>0.5 0 0</tex:diffuseColor></tex:Material></tex:appearance></tex:TexturedSurface></gml:surfaceMember>"##;
    let outcome = read_members(&building("house", &solid(textured)));
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let surface = &outcome.objects[0].surfaces[0];
    assert_eq!(
        looks(surface),
        [look("", true, "front.jpg"), look("", true, "0.5")]
    );
    assert_eq!(coordinates(surface), [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]);
}

#[test]
fn appearances_of_the_model_reach_objects_before_and_after_them() {
    let object =
        |id: &str, polygon_id: &str| building(id, &solid(&member(&polygon(polygon_id, TRIANGLE))));
    let members = [
        object("before", "p"),
        format!(
            "<app:appearanceMember>{}</app:appearanceMember>",
            appearance("t", &material("1", &["#p", "#q", "#nowhere"]))
        ),
        object("after", "q"),
    ]
    .concat();
    let (objects, codes) = read_file(&members);
    assert_eq!(codes, ["GML-026"], "one target is nowhere");
    for object in &objects {
        assert_eq!(looks(&object.surfaces[0]), [look("t", true, "1")]);
    }
    // Who reads a stream has only what came before.
    let outcome = read_members(&members);
    assert_eq!(outcome.codes(), ["GML-026"]);
    assert_eq!(
        outcome
            .objects
            .iter()
            .map(|object| object.surfaces[0].looks.len())
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn what_does_not_fit_is_left_out_and_counted() {
    let short = TEXTURE.replace("0 0 1 0 1 0 1 1 0 0", "0 0 1 0");
    let broken = material("red", &["#p"]);
    let twice = [material("0.5", &["#p"]), material("1", &["#p"])].concat();
    for (data, code) in [(short, "GML-028"), (broken, "GML-025"), (twice, "GML-027")] {
        let content = [
            format!("<app:appearance>{}</app:appearance>", appearance("", &data)),
            solid(&member(&ringed())),
        ];
        let outcome = read_members(&building("house", &content.concat()));
        assert_eq!(outcome.codes(), [code, "GML-039"]);
        assert_eq!(outcome.objects.len(), 1);
    }
}

/// Surfaces with a texture, and with a look at all.
fn counts(objects: &[CityObject]) -> (usize, usize) {
    let surfaces: Vec<&Surface> = objects
        .iter()
        .flat_map(CityObject::descendants)
        .flat_map(|object| &object.surfaces)
        .collect();
    let is_texture =
        |look: &citygml_rs::SurfaceLook| matches!(look.data, SurfaceData::Texture { .. });
    (
        surfaces
            .iter()
            .filter(|surface| surface.looks.iter().any(is_texture))
            .count(),
        surfaces
            .iter()
            .filter(|surface| !surface.looks.is_empty())
            .count(),
    )
}

#[test]
fn real_files_have_their_looks() {
    let Some(data) = shared_data() else { return };
    for (file, textured, with_look) in [
        ("v2/citygml4j_lod3_textured/lod3_building_v2.gml", 100, 100),
        (
            "plateau/yokosuka-shi/udx/bldg/52397519_bldg_6697_op.gml",
            100,
            100,
        ),
        ("v2/ingolstadt_lod3/4018155/4018155.xml", 50, 50),
        ("v1/ogc_examples/Appearance.xml", 3, 5),
        ("v1/ogc_examples/TexCoord.xml", 3, 3),
        ("v1/ogc_examples/SimpleBuildings.xml", 1, 2),
        (
            "v3/ogc_ade_urbanplanning/53394517_bldg_6697_2_op_CityGML3.gml",
            20,
            20,
        ),
    ] {
        let reading = read(&data.join("citygml").join(file));
        let found = counts(&reading.objects);
        assert!(
            found.0 >= textured && found.1 >= with_look,
            "{file}: {found:?}"
        );
        let strange: Vec<_> = reading
            .diagnostics
            .items
            .iter()
            .filter(|found| ["GML-025", "GML-028"].contains(&found.code))
            .collect();
        assert!(strange.is_empty(), "{file}: {strange:?}");
    }
}
