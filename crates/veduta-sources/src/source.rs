//! An opened source.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tiles3d::{BoundingVolume, TileContent, TileTree};
use veduta_geo::{Geodetic, GeodeticBounds, HeightReference, geodetic_from_ecef};

use crate::{ContentLoader, SourceDiagnostic};

/// A source ready to be streamed: a tree for selection, and a loader for what selection asks for.
///
/// A terrain that is cut by tile borders has a feature with the same id in each of its tiles. Everything
/// else lies wholly in one tile.
pub struct OpenedSource {
    /// Name to show: the last part of the path or address.
    pub name: String,
    /// Tiles. Contents are loaded with [`OpenedSource::loader`].
    pub tree: TileTree,
    /// Loads contents; to be called from worker threads.
    pub loader: Arc<dyn ContentLoader>,
    /// What is known without loading any content.
    pub summary: SourceSummary,
    /// Findings so far; loading contents may add more.
    pub diagnostics: Vec<SourceDiagnostic>,
}

impl fmt::Debug for OpenedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenedSource")
            .field("name", &self.name)
            .field("tiles", &self.tree.len())
            .field("summary", &self.summary)
            .field("diagnostics", &self.diagnostics.len())
            .finish_non_exhaustive()
    }
}

/// What is known of a source once it is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceSummary {
    /// `CityGML`, `CityJSON`, `3D Tiles`, `glTF`.
    pub format: String,
    /// Version of the format.
    pub version: Option<String>,
    /// Reference system of the coordinates; `local` where they have no place on earth.
    pub crs: Option<String>,
    /// What the heights refer to, each once; empty where nothing has a place on earth. Sources whose
    /// heights refer to different things stand tens of metres apart until one of them is given
    /// [`OpenOptions::height_offset_m`](crate::OpenOptions::height_offset_m), because no geoid model is applied.
    pub heights: Vec<HeightReference>,
    /// Extent; `None` where a tileset lies in coordinates of its own.
    pub bounds: Option<GeodeticBounds>,
    /// Top-level objects by type; empty for tilesets, whose features come with their contents.
    pub features: BTreeMap<String, u64>,
    /// Nested objects by type.
    pub parts: BTreeMap<String, u64>,
    /// Triangles drawn when everything is loaded; 0 for tilesets.
    pub triangles: u64,
    /// Triangles by level of detail, whatever the theme, prototypes counted wherever they stand; empty for tilesets.
    pub triangles_by_lod: BTreeMap<u8, u64>,
    /// Appearance themes that something is drawn in.
    pub themes: Vec<String>,
}

/// Triangles of some contents by level of detail, those of no theme.
pub(crate) fn triangles_by_lod(contents: &[Arc<TileContent>]) -> BTreeMap<u8, u64> {
    let mut counts = BTreeMap::new();
    for content in contents {
        let lod_of = |row: u32| content.features.get(row as usize)?.lod;
        let mut add = |row: u32, triangles: u64| {
            if let Some(lod) = lod_of(row) {
                *counts.entry(lod).or_default() += triangles;
            }
        };
        for mesh in content.meshes.iter().filter(|mesh| mesh.theme.is_none()) {
            for corners in mesh.indices.chunks_exact(3) {
                if let Some(row) = mesh.feature_ids.get(corners[0] as usize) {
                    add(*row, 1);
                }
            }
        }
        for instances in &content.instances {
            if instances.mesh.theme.is_none() {
                let triangles = instances.mesh.indices.len() as u64 / 3;
                for (_, row) in &instances.placements {
                    add(*row, triangles);
                }
            }
        }
    }
    counts
}

/// Extent of a volume; `None` where it does not lie on the earth's surface.
pub(crate) fn geodetic_bounds(volume: &BoundingVolume) -> Option<GeodeticBounds> {
    /// Heights beyond this are not of this earth; tilesets of single objects sit at its centre.
    const PLAUSIBLE_HEIGHT_M: f64 = 1.0e6;
    if let BoundingVolume::Region(region) = volume {
        let [west, south, east, north, low_m, high_m] = region.numbers();
        return Some(GeodeticBounds {
            west_deg: west.to_degrees(),
            south_deg: south.to_degrees(),
            east_deg: east.to_degrees(),
            north_deg: north.to_degrees(),
            min_height_m: low_m,
            max_height_m: high_m,
        });
    }
    let half_axes = match volume {
        BoundingVolume::OrientedBox(oriented) => [
            oriented.axes[0] * oriented.half_lengths_m.x,
            oriented.axes[1] * oriented.half_lengths_m.y,
            oriented.axes[2] * oriented.half_lengths_m.z,
        ],
        _ => [glam::DVec3::X, glam::DVec3::Y, glam::DVec3::Z].map(|axis| axis * volume.radius_m()),
    };
    let corners = (0..8).map(|corner| {
        let side = |axis: usize| if corner >> axis & 1 == 0 { -1.0 } else { 1.0 };
        volume.center() + half_axes[0] * side(0) + half_axes[1] * side(1) + half_axes[2] * side(2)
    });
    let places: Vec<Geodetic> = corners.map(geodetic_from_ecef).collect();
    let on_surface = |place: &Geodetic| {
        place.longitude_deg.is_finite() && place.height_m.abs() < PLAUSIBLE_HEIGHT_M
    };
    if !on_surface(&geodetic_from_ecef(volume.center())) || !places.iter().all(on_surface) {
        return None;
    }
    GeodeticBounds::from_places(places)
}
