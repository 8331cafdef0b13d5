//! Counting what is in a source.

use std::collections::{BTreeMap, BTreeSet};

use citygml_rs::{CityObject, FileSummary, SurfaceKind};
use serde::{Deserialize, Serialize};
use veduta_geo::GeodeticBounds;

/// What was counted so far; censuses of several files add up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Census {
    /// Names of the formats met.
    pub(crate) formats: BTreeSet<String>,
    /// Versions met.
    pub(crate) versions: BTreeSet<String>,
    /// `srsName`s as written.
    pub(crate) srs_names: BTreeSet<String>,
    /// Top-level objects by type.
    pub(crate) features: BTreeMap<String, u64>,
    /// Nested objects by type.
    pub(crate) parts: BTreeMap<String, u64>,
    /// Levels of detail met.
    pub(crate) lods: BTreeSet<u8>,
    /// Polygons by semantic type.
    pub(crate) surfaces: BTreeMap<String, u64>,
    /// Appearance themes.
    pub(crate) appearances: BTreeSet<String>,
    /// Triangles.
    pub(crate) triangles: u64,
    /// Triangles by level of detail.
    pub(crate) triangles_by_lod: BTreeMap<u8, u64>,
    /// Solids.
    pub(crate) solids: u64,
    /// Prototypes placed.
    pub(crate) instances: u64,
    /// Lines.
    pub(crate) curves: u64,
    /// Single points.
    pub(crate) points: u64,
    /// References to other objects.
    pub(crate) relations: u64,
    /// Images of textures that can be used.
    pub(crate) images_found: u64,
    /// Images of textures that cannot.
    pub(crate) images_missing: u64,
    /// Extent of all geometry that has a place on earth.
    pub(crate) bounds: Option<GeodeticBounds>,
    /// Extent of geometry in local coordinates, drawn around 0°N 0°E.
    pub(crate) local_bounds: Option<GeodeticBounds>,
}

impl Census {
    /// Counts one top-level object and everything in it, geometry apart.
    pub(crate) fn count(&mut self, object: &CityObject) {
        *self.features.entry(object.object_type.clone()).or_default() += 1;
        self.count_surfaces(object);
        for child in &object.children {
            self.count_part(child);
        }
    }

    fn count_part(&mut self, part: &CityObject) {
        *self.parts.entry(part.object_type.clone()).or_default() += 1;
        self.count_surfaces(part);
        for child in &part.children {
            self.count_part(child);
        }
    }

    fn count_surfaces(&mut self, object: &CityObject) {
        self.solids += object.solids.len() as u64;
        self.instances += object.implicit_geometries.len() as u64;
        self.curves += object.curves.len() as u64;
        let points = object.points.iter().map(|set| set.points.len() as u64);
        self.points += points.sum::<u64>();
        self.relations += object.relations.len() as u64;
        let prototypes = object.implicit_geometries.iter();
        self.lods.extend(prototypes.map(|implicit| implicit.lod));
        for surface in &object.surfaces {
            self.lods.insert(surface.lod);
            let name = SurfaceKind::element_name(surface.kind).unwrap_or("Unclassified");
            match self.surfaces.get_mut(name) {
                Some(count) => *count += 1,
                None => {
                    self.surfaces.insert(name.to_owned(), 1);
                }
            }
        }
        if !object.surfaces.is_empty()
            && let Some(srs_name) = &object.srs_name
            && !self.srs_names.contains(srs_name)
        {
            self.srs_names.insert(srs_name.clone());
        }
    }

    /// Notes what the file says about itself.
    pub(crate) fn add_summary(&mut self, summary: &FileSummary) {
        self.formats.insert(summary.format.name().to_owned());
        self.versions.extend(summary.version.clone());
        self.srs_names.extend(summary.srs_name.clone());
        self.appearances.extend(summary.themes.iter().cloned());
    }

    /// Widens the extent.
    pub(crate) fn extend_bounds(&mut self, bounds: Option<GeodeticBounds>, is_local: bool) {
        let mine = if is_local {
            &mut self.local_bounds
        } else {
            &mut self.bounds
        };
        *mine = match (*mine, bounds) {
            (Some(one), Some(other)) => Some(one.union(other)),
            (one, other) => one.or(other),
        };
    }

    /// The extent to show: a stray drawing does not stretch a city's extent to 0°N 0°E.
    pub(crate) fn extent(&self) -> Option<GeodeticBounds> {
        self.bounds.or(self.local_bounds)
    }

    /// Adds the counts of another file.
    pub(crate) fn merge(&mut self, other: Self) {
        self.formats.extend(other.formats);
        self.versions.extend(other.versions);
        self.srs_names.extend(other.srs_names);
        self.lods.extend(other.lods);
        self.appearances.extend(other.appearances);
        self.triangles += other.triangles;
        self.solids += other.solids;
        self.instances += other.instances;
        self.curves += other.curves;
        self.points += other.points;
        self.relations += other.relations;
        self.images_found += other.images_found;
        self.images_missing += other.images_missing;
        for (lod, triangles) in other.triangles_by_lod {
            *self.triangles_by_lod.entry(lod).or_default() += triangles;
        }
        self.extend_bounds(other.bounds, false);
        self.extend_bounds(other.local_bounds, true);
        for (mine, theirs) in [
            (&mut self.features, other.features),
            (&mut self.parts, other.parts),
            (&mut self.surfaces, other.surfaces),
        ] {
            for (name, count) in theirs {
                *mine.entry(name).or_default() += count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_apart_and_files_add_up() {
        let building = CityObject {
            object_type: "Building".into(),
            children: vec![CityObject {
                object_type: "BuildingPart".into(),
                children: vec![CityObject {
                    object_type: "Window".into(),
                    ..CityObject::default()
                }],
                ..CityObject::default()
            }],
            ..CityObject::default()
        };
        let mut one = Census::default();
        one.count(&building);
        let mut both = one.clone();
        both.merge(one);
        assert_eq!(both.features["Building"], 2);
        assert_eq!(both.parts["BuildingPart"], 2);
        assert_eq!(both.parts["Window"], 2);
        assert!(!both.features.contains_key("BuildingPart"));
    }
}
