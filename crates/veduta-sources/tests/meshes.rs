//! What every mesh must hold, on real files.

mod common;

use std::sync::Arc;

use tiles3d::{TileContent, TileMesh, surface_class};
use veduta_geo::geodetic_from_ecef;
use veduta_sources::{ContentRequest, LoadedContent, OpenedSource};

const FILES: &[&str] = &[
    "citygml/v1/berlin_open_data_sample_data.citygml",
    "citygml/v1/nrw_lod2_3x3",
    "citygml/v1/Potsdam_LoD1.gml",
    "citygml/v1/gdal/citygml_compound_crs.gml",
    "citygml/v2/fzk_haus_lod3_v2.gml",
    "citygml/v2/terrain",
    "citygml/v2/citygml4j_lod3_textured/lod3_building_v2.gml",
    "citygml/v2/ingolstadt_lod3",
    "citygml/v2/lod4_building_v2.gml",
    "citygml/v2/ogc_examples/Building_LOD0-4",
];

fn contents(source: &OpenedSource) -> Vec<Arc<TileContent>> {
    let mut contents = Vec::new();
    for (_, node) in source.tree.iter() {
        for request in ContentRequest::of_node(node) {
            match source
                .loader
                .load(&request)
                .expect("made when the source was opened")
            {
                LoadedContent::Tile { content, .. } => contents.push(content),
                LoadedContent::External { .. } => panic!("a city model holds no tilesets"),
            }
        }
    }
    contents
}

fn check_mesh(mesh: &TileMesh, content: &TileContent, name: &str) {
    let vertices = mesh.positions.len();
    assert_eq!(mesh.normals.len(), vertices, "{name}");
    assert_eq!(mesh.feature_ids.len(), vertices, "{name}");
    assert_eq!(mesh.surface_classes.len(), vertices, "{name}");
    assert_eq!(
        mesh.edge_positions.len(),
        mesh.edge_feature_ids.len(),
        "{name}"
    );
    assert_eq!(mesh.indices.len() % 3, 0, "{name}");
    assert!(
        mesh.indices
            .iter()
            .all(|index| (*index as usize) < vertices),
        "{name}"
    );
    for feature in mesh.feature_ids.iter().chain(&mesh.edge_feature_ids) {
        assert!((*feature as usize) < content.features.len(), "{name}");
    }
    for position in mesh.positions.iter().chain(&mesh.edge_positions) {
        assert!(
            position.iter().all(|value| value.abs() < 10_000.0),
            "{name}: {position:?}"
        );
    }
    for [x, y, z] in &mesh.normals {
        let length = (x * x + y * y + z * z).sqrt();
        assert!((length - 1.0).abs() < 1e-3, "{name}: {length}");
    }
}

#[test]
fn meshes_are_whole_small_and_lie_in_their_tiles() {
    for relative in FILES {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let source = common::open_path(&path).expect(relative);
        let mut triangles = 0;
        for (_, node) in source.tree.iter() {
            for request in ContentRequest::of_node(node) {
                let Ok(LoadedContent::Tile { content, .. }) = source.loader.load(&request) else {
                    panic!("{relative}: {request:?}");
                };
                for mesh in &content.meshes {
                    check_mesh(mesh, &content, relative);
                    triangles += mesh.indices.len() as u64 / 3;
                    for &[x, y, z] in &mesh.positions {
                        let point_ecef = content
                            .ecef_from_local
                            .transform_point3(glam::DVec3::new(x.into(), y.into(), z.into()));
                        let outside_m = node.bounding_volume.distance_m(point_ecef);
                        assert!(outside_m < 0.01, "{relative}: {outside_m}");
                    }
                }
                for (index, feature) in content.features.iter().enumerate() {
                    assert!(
                        feature
                            .parent
                            .is_none_or(|parent| (parent as usize) < index),
                        "{relative}"
                    );
                }
            }
        }
        assert_eq!(triangles, source.summary.triangles, "{relative}");
        assert!(triangles > 0, "{relative}");
    }
}

#[test]
fn buildings_have_outlines_roofs_walls_and_footprints() {
    let Some(path) = common::shared_data("citygml/v1/berlin_open_data_sample_data.citygml") else {
        return;
    };
    let source = common::open_path(&path).expect("Berlin");
    let contents = contents(&source);
    let classes: Vec<u8> = contents
        .iter()
        .flat_map(|content| &content.meshes)
        .flat_map(|mesh| mesh.surface_classes.iter().copied())
        .collect();
    assert!(classes.contains(&surface_class::ROOF) && classes.contains(&surface_class::WALL));
    assert!(
        !classes.contains(&surface_class::GROUND),
        "slabs under walls are not drawn"
    );
    let edges: usize = contents
        .iter()
        .flat_map(|content| &content.meshes)
        .map(|mesh| mesh.edge_positions.len() / 2)
        .sum();
    assert!(edges > 1_000, "{edges}");
    let buildings: Vec<_> = contents
        .iter()
        .flat_map(|content| &content.features)
        .filter(|feature| feature.object_type == "Building")
        .collect();
    assert_eq!(buildings.len(), 61);
    for building in buildings {
        assert!(!building.footprint.is_empty(), "{}", building.id);
        assert!(
            building.bounds_local[0][2] < building.bounds_local[1][2],
            "{}",
            building.id
        );
        assert!(building.name.is_some(), "{}", building.id);
    }
}

#[test]
fn roofs_look_up_and_a_model_without_semantics_is_told_apart_by_shape() {
    let Some(path) = common::shared_data("citygml/v1/Potsdam_LoD1.gml") else {
        return;
    };
    let source = common::open_path(&path).expect("Potsdam");
    let mut roofs = 0;
    for content in contents(&source) {
        for mesh in &content.meshes {
            for (normal, class) in mesh.normals.iter().zip(&mesh.surface_classes) {
                match *class {
                    surface_class::ROOF => {
                        roofs += 1;
                        assert!(normal[2] > 0.9, "LoD 1 roofs are flat: {normal:?}");
                    }
                    surface_class::WALL => assert!(normal[2].abs() < 0.2, "{normal:?}"),
                    _ => {}
                }
            }
        }
    }
    assert!(roofs > 97 * 3);
}

#[test]
fn terrain_is_a_mesh_of_its_own_with_smooth_normals_and_no_edges() {
    let Some(path) = common::shared_data("citygml/v2/terrain/Terrain_LOD1.gml") else {
        return;
    };
    let source = common::open_path(&path).expect("terrain");
    let mut shared_corners = false;
    for content in contents(&source) {
        for mesh in &content.meshes {
            assert!(
                mesh.surface_classes
                    .iter()
                    .all(|class| *class == surface_class::TERRAIN)
            );
            assert!(mesh.edge_positions.is_empty());
            assert!(mesh.normals.iter().all(|normal| normal[2] > 0.0));
            shared_corners |= mesh.positions.len() < mesh.indices.len();
        }
    }
    assert!(shared_corners);
}

#[test]
fn a_source_gives_the_same_tiles_every_time() {
    let Some(path) = common::shared_data("citygml/v1/nrw_lod2_3x3") else {
        return;
    };
    let first = common::open_path(&path).expect("ten tiles");
    let second = common::open_path(&path).expect("ten tiles");
    assert_eq!(contents(&first), contents(&second));
    assert_eq!(first.diagnostics, second.diagnostics);
}

#[test]
fn only_one_level_of_detail_is_drawn() {
    let Some(path) = common::shared_data("citygml/v2/delft-citygml2.xml") else {
        return;
    };
    let source = common::open_path(&path).expect("Delft");
    for content in contents(&source) {
        for feature in &content.features {
            assert_eq!(feature.lod, Some(1), "{}", feature.id);
        }
        let origin = geodetic_from_ecef(content.ecef_from_local.w_axis.truncate());
        assert!((origin.latitude_deg - 52.0).abs() < 0.05);
    }
}
