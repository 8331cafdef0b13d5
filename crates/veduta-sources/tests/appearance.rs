//! Themes, textures and prototypes of real files.

mod common;

use std::path::Path;
use std::sync::Arc;

use tiles3d::{TextureWrap, TileContent, TileMesh};
use veduta_sources::{ContentRequest, LoadedContent, OpenOptions, SourceLocation, inspect, open};

fn contents(path: &Path) -> Vec<Arc<TileContent>> {
    let options = OpenOptions {
        everything: true,
        ..OpenOptions::default()
    };
    let source = open(&SourceLocation::from(path), &options, &|_| {}).expect("a city model");
    let requests = source
        .tree
        .iter()
        .flat_map(|(_, node)| ContentRequest::of_node(node));
    requests
        .map(|request| match source.loader.load(&request) {
            Ok(LoadedContent::Tile { content, .. }) => content,
            other => panic!("{other:?}"),
        })
        .collect()
}

/// A wall of level 2 with the picture `tex/wall.png`, its lower left corner at the origin of the picture.
const TEXTURED: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:app="http://www.opengis.net/citygml/appearance/2.0" xmlns:gml="http://www.opengis.net/gml">
  <gml:boundedBy><gml:Envelope srsName="EPSG:25832" srsDimension="3"><gml:lowerCorner>691000 5336000 510</gml:lowerCorner><gml:upperCorner>691010 5336000 520</gml:upperCorner></gml:Envelope></gml:boundedBy>
  <core:cityObjectMember><bldg:Building gml:id="house"><bldg:lod2MultiSurface><gml:MultiSurface>
    <gml:surfaceMember><gml:Polygon gml:id="wall"><gml:exterior><gml:LinearRing gml:id="ring"><gml:posList>691000 5336000 510 691010 5336000 510 691010 5336000 520 691000 5336000 520 691000 5336000 510</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
  </gml:MultiSurface></bldg:lod2MultiSurface></bldg:Building></core:cityObjectMember>
  <app:appearanceMember><app:Appearance><app:theme>photo</app:theme><app:surfaceDataMember><app:ParameterizedTexture>
    <app:imageURI>tex/wall.png</app:imageURI><app:target uri="#wall"><app:TexCoordList><app:textureCoordinates ring="#ring">0 0 1 0 1 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target>
  </app:ParameterizedTexture></app:surfaceDataMember></app:Appearance></app:appearanceMember>
</core:CityModel>
"##;

fn wall_picture() -> Vec<u8> {
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(4, 4, |_, row| {
        image::Rgb([if row < 2 { 200 } else { 20 }, 0, 0])
    })
    .write_to(&mut picture, image::ImageFormat::Png)
    .expect("encoded");
    picture.into_inner()
}

fn check_textured_wall(path: &Path) {
    let contents = contents(path);
    let content = &contents[0];
    assert_eq!(content.themes, ["photo"]);
    let mesh = content
        .meshes
        .iter()
        .find(|mesh| mesh.theme == Some(0))
        .expect("a mesh of the theme");
    assert_eq!(mesh.base_color_texture.as_deref(), Some(&wall_picture()));
    for (position, [_, v]) in mesh.positions.iter().zip(&mesh.uvs) {
        let is_top = position[2] > 5.0;
        assert_eq!(*v, if is_top { 0.0 } else { 1.0 }, "row 0 is the top row");
    }
}

#[test]
fn a_picture_stands_upright_beside_the_model_and_in_its_archive() {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("tex")).expect("folder");
    std::fs::write(folder.path().join("tex/wall.png"), wall_picture()).expect("written");
    let model = folder.path().join("house.gml");
    std::fs::write(&model, TEXTURED).expect("written");
    check_textured_wall(&model);

    let path = folder.path().join("city.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).expect("created"));
    for (name, bytes) in [
        ("city/house.gml", TEXTURED.as_bytes()),
        ("city/tex/wall.png", &wall_picture()),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("started");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished");
    check_textured_wall(&path);
}

fn triangles<'a>(meshes: impl Iterator<Item = &'a TileMesh>) -> usize {
    meshes.map(|mesh| mesh.indices.len() / 3).sum()
}

#[test]
fn each_theme_replaces_just_the_triangles_it_has() {
    for relative in [
        "citygml/v2/ogc_examples/Appearance/Appearance-EPSG25832.gml",
        "citygml/v2/citygml4j_lod3_textured/lod3_building_v2.gml",
        "pairs_citygml_3dtiles/bldg_shinjuku/citygml",
        "pairs_citygml_3dtiles/brid_tamana/citygml",
        "cityjson/cjio/material",
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let mut dressed = 0;
        for content in contents(&path) {
            for theme in 0..content.themes.len() as u16 {
                let own = content
                    .meshes
                    .iter()
                    .filter(|mesh| mesh.theme == Some(theme));
                let replaced = content
                    .meshes
                    .iter()
                    .filter(|mesh| mesh.theme.is_none() && mesh.replaced_in & 1 << theme != 0);
                let count = triangles(own);
                assert_eq!(count, triangles(replaced), "{relative}");
                dressed += count;
            }
            for mesh in &content.meshes {
                let vertices = mesh.positions.len();
                assert!([0, vertices].contains(&mesh.uvs.len()), "{relative}");
                assert!([0, vertices].contains(&mesh.colors.len()), "{relative}");
                assert_eq!(
                    mesh.base_color_texture.is_some(),
                    !mesh.uvs.is_empty(),
                    "{relative}"
                );
                if let Some(bytes) = &mesh.base_color_texture {
                    image::load_from_memory(bytes).expect(relative);
                }
            }
        }
        assert!(dressed > 0, "{relative}");
    }
}

#[test]
fn textures_that_stay_within_their_image_do_not_repeat() {
    let Some(path) =
        common::shared_data("citygml/v2/ogc_examples/Appearance/Appearance-EPSG25832.gml")
    else {
        return;
    };
    let mut wraps = Vec::new();
    for content in contents(&path) {
        assert_eq!(content.themes, ["Summer", "Winter"]);
        for mesh in content.meshes.iter().filter(|mesh| !mesh.uvs.is_empty()) {
            let is_within = mesh
                .uvs
                .iter()
                .flatten()
                .all(|value| (-0.01..=1.01).contains(value));
            assert!(!is_within || mesh.texture_wrap == TextureWrap::ClampToEdge);
            wraps.push(mesh.texture_wrap);
        }
    }
    assert!(wraps.contains(&TextureWrap::Repeat) && wraps.contains(&TextureWrap::ClampToEdge));
}

#[test]
fn prototypes_are_made_once_and_stand_at_their_features() {
    let Some(path) = common::shared_data("cityjson/fcb/geom_temp.city.jsonl") else {
        return;
    };
    let mut places = 0;
    for content in contents(&path) {
        for instances in &content.instances {
            assert!(instances.mesh.feature_ids.iter().all(|id| *id == 0));
            for (placement, row) in &instances.placements {
                places += 1;
                let feature = &content.features[*row as usize];
                let [low, high] = feature.bounds_local.map(glam::Vec3::from_array);
                for &position in &instances.mesh.positions {
                    let point = placement.transform_point3(position.into());
                    assert!(
                        (point - point.clamp(low, high)).length() < 0.01,
                        "{}: {point} outside {low} to {high}",
                        feature.id
                    );
                }
            }
        }
    }
    assert!(places >= 15, "{places}");
}

#[test]
fn images_found_and_missing_are_counted() {
    for (relative, found, missing) in [
        ("citygml/v2/citygml4j_lod3_textured", true, false),
        ("cityjson/cjio/rotterdam", true, true),
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let location = SourceLocation::from(path.as_path());
        let report = inspect(&location, &OpenOptions::default(), &|_| {}).expect(relative);
        assert_eq!(report.textures_found > 0, found, "{relative}");
        assert_eq!(report.textures_missing > 0, missing, "{relative}");
        let findings = report
            .diagnostics
            .iter()
            .filter(|finding| finding.code == "SRC-012");
        assert_eq!(
            findings.count() as u64,
            report.textures_missing.min(200),
            "{relative}"
        );
    }
}
