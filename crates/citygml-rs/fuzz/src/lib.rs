//! What must hold for every object that a reader hands out, whatever the bytes were.

use citygml_rs::{
    CityObject, Polygon, ReadOptions, Surface, SurfaceData, TextureMapping, triangulate,
};

/// Limits so tight that no input of the size that a fuzzer makes may take long.
pub fn tight_options() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.max_depth = 32;
    options.max_elements_per_object = 20_000;
    options.max_points_per_ring = 5_000;
    options.max_token_bytes = 1 << 20;
    options.max_json_bytes = 1 << 20;
    options.max_decompressed_bytes = 1 << 20;
    options.max_diagnostics_per_code = 20;
    options
}

/// Panics where the object does not keep what the model promises.
pub fn check_object(object: &CityObject) {
    let members: Vec<&CityObject> = object.descendants().collect();
    for member in &members {
        let boundaries = member.boundaries.len();
        for surface in &member.surfaces {
            check_surface(surface);
            assert!(
                surface
                    .boundary
                    .is_none_or(|index| (index as usize) < boundaries)
            );
        }
        for boundary in &member.boundaries {
            assert!(
                boundary
                    .parent
                    .is_none_or(|index| (index as usize) < boundaries)
            );
        }
        for surface_use in member
            .solids
            .iter()
            .flat_map(|solid| solid.shells.iter().flatten())
        {
            let owner = members[surface_use.object as usize];
            assert!((surface_use.surface as usize) < owner.surfaces.len());
        }
        for placed in &member.implicit_geometries {
            placed.template.surfaces.iter().for_each(check_surface);
        }
        let lines = member.curves.iter().flat_map(|curve| &curve.points);
        let points = member.points.iter().flat_map(|set| &set.points);
        assert!(lines.chain(points).flatten().all(|value| value.is_finite()));
    }
}

fn check_surface(surface: &Surface) {
    let polygon = &surface.polygon;
    assert!(surface.lod <= 4);
    for ring in rings(polygon) {
        assert!(ring.len() >= 3);
        assert!(ring.iter().flatten().all(|value| value.is_finite()));
    }
    for look in &surface.looks {
        if let SurfaceData::Texture {
            mapping: TextureMapping::Coordinates(coordinates),
            ..
        } = &look.data
        {
            let found = coordinates.iter().map(Vec::len);
            assert!(found.eq(rings(polygon).map(Vec::len)));
        }
    }
    if let Ok(triangles) = triangulate(polygon) {
        let points: usize = rings(polygon).map(Vec::len).sum();
        assert!(!triangles.is_empty());
        assert!(
            triangles
                .iter()
                .flatten()
                .all(|&index| (index as usize) < points)
        );
    }
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &Vec<[f64; 3]>> {
    std::iter::once(&polygon.exterior).chain(&polygon.interiors)
}
