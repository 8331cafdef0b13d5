//! Which feature a vertex belongs to: `EXT_mesh_features`, or else the node that holds the mesh.

use std::collections::HashMap;

use super::super::feature::{EMPTY_BOUNDS, feature_from_row};
use super::super::gathered::unassigned_feature;
use super::super::limits::{self, DecodeLimits};
use super::Primitive;
use super::container::Document;
use super::property_table::features_of_property_table;
use super::schema::{FeatureIds, MeshPrimitive};
use crate::content::Feature;
use crate::diagnostics::Diagnostics;
use crate::error::TilesError;

/// A set of features that ids count from 0.
#[derive(Debug, Clone, Copy)]
struct Range {
    first: u32,
    count: u32,
}

/// The features of a document, as far as they are known.
pub(super) struct FeatureTables {
    features: Vec<Feature>,
    /// Per property table.
    tables: Vec<Range>,
    /// Features without attributes, by label and count, so that primitives share them.
    bare: HashMap<(Option<String>, usize), Range>,
    nodes: HashMap<usize, u32>,
    unassigned: Option<u32>,
}

impl FeatureTables {
    /// Reads the property tables.
    pub fn read(
        document: &Document<'_>,
        limits: &DecodeLimits,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, TilesError> {
        let mut tables = Self {
            features: Vec::new(),
            tables: Vec::new(),
            bare: HashMap::new(),
            nodes: HashMap::new(),
            unassigned: None,
        };
        let Some(metadata) = &document.gltf.extensions.structural_metadata else {
            return Ok(tables);
        };
        for index in 0..metadata.property_tables.len() {
            let count = metadata.property_tables[index].count;
            limits::check(
                "features",
                tables.features.len().saturating_add(count),
                limits.max_features,
            )?;
            let rows = features_of_property_table(document, metadata, index, diagnostics);
            let range = Range {
                first: tables.features.len() as u32,
                count: rows.len() as u32,
            };
            tables.features.extend(rows);
            tables.tables.push(range);
        }
        Ok(tables)
    }

    pub fn into_features(self) -> Vec<Feature> {
        self.features
    }

    /// Writes a feature per vertex into the primitive, in the node `node` of that name. Returns what was
    /// wrong with the ids, if anything.
    pub fn assign(
        &mut self,
        document: &Document<'_>,
        source: &MeshPrimitive,
        node: usize,
        name: Option<&str>,
        primitive: &mut Primitive,
        limits: &DecodeLimits,
    ) -> Result<Option<String>, TilesError> {
        let count = primitive.positions.len();
        let sets = source
            .extensions
            .mesh_features
            .as_ref()
            .map_or(&[][..], |extension| &extension.feature_ids);
        // A set with a property table says more than one without.
        let readable = |set: &&FeatureIds| set.texture.is_none();
        let chosen = sets
            .iter()
            .filter(readable)
            .find(|set| set.property_table.is_some())
            .or_else(|| sets.iter().find(readable));
        let problem = match chosen {
            Some(set) => match read_ids(document, source, set, count, limits) {
                Ok(ids) => {
                    let range = self.range_of(set, limits)?;
                    return self.write(primitive, &ids, range, set.null_feature_id, limits);
                }
                Err(reason) => Some(reason),
            },
            None if !sets.is_empty() => {
                Some("feature ids in textures are not read; the node is the feature".to_owned())
            }
            None => None,
        };
        let feature = self.feature_of_node(node, name, limits)?;
        primitive.own_features = vec![feature; count];
        Ok(problem)
    }

    fn range_of(&mut self, set: &FeatureIds, limits: &DecodeLimits) -> Result<Range, TilesError> {
        if let Some(range) = set.property_table.and_then(|table| self.tables.get(table)) {
            return Ok(*range);
        }
        let key = (set.label.clone(), set.feature_count);
        if let Some(range) = self.bare.get(&key) {
            return Ok(*range);
        }
        let first = self.features.len();
        limits::check(
            "features",
            first.saturating_add(set.feature_count),
            limits.max_features,
        )?;
        let object_type = set.label.as_deref().unwrap_or("Feature");
        self.features.extend(
            (0..set.feature_count).map(|row| feature_from_row(row, object_type, Vec::new())),
        );
        let range = Range {
            first: first as u32,
            count: set.feature_count as u32,
        };
        self.bare.insert(key, range);
        Ok(range)
    }

    fn write(
        &mut self,
        primitive: &mut Primitive,
        ids: &[u32],
        range: Range,
        null_id: Option<u32>,
        limits: &DecodeLimits,
    ) -> Result<Option<String>, TilesError> {
        let strays = ids.iter().filter(|id| **id >= range.count).count();
        let none = if strays > 0 {
            self.unassigned(limits)?
        } else {
            0
        };
        primitive.own_features = ids
            .iter()
            .map(|id| {
                if *id < range.count {
                    range.first + id
                } else {
                    none
                }
            })
            .collect();
        let wrong = ids
            .iter()
            .filter(|id| **id >= range.count && Some(**id) != null_id)
            .count();
        Ok((wrong > 0).then(|| {
            format!(
                "{wrong} vertices name feature ids of {} and above",
                range.count
            )
        }))
    }

    fn unassigned(&mut self, limits: &DecodeLimits) -> Result<u32, TilesError> {
        match self.unassigned {
            Some(index) => Ok(index),
            None => {
                let index = self.push(unassigned_feature(), limits)?;
                self.unassigned = Some(index);
                Ok(index)
            }
        }
    }

    fn feature_of_node(
        &mut self,
        node: usize,
        name: Option<&str>,
        limits: &DecodeLimits,
    ) -> Result<u32, TilesError> {
        if let Some(index) = self.nodes.get(&node) {
            return Ok(*index);
        }
        let feature = Feature {
            id: name.map_or_else(|| format!("node-{node}"), str::to_owned),
            object_type: "glTF node".to_owned(),
            name: name.map(str::to_owned),
            bounds_local: EMPTY_BOUNDS,
            ..Feature::default()
        };
        let index = self.push(feature, limits)?;
        self.nodes.insert(node, index);
        Ok(index)
    }

    fn push(&mut self, feature: Feature, limits: &DecodeLimits) -> Result<u32, TilesError> {
        limits::check("features", self.features.len() + 1, limits.max_features)?;
        self.features.push(feature);
        Ok((self.features.len() - 1) as u32)
    }
}

/// The ids of a set: an attribute, or the number of the vertex where the set names none.
fn read_ids(
    document: &Document<'_>,
    source: &MeshPrimitive,
    set: &FeatureIds,
    count: usize,
    limits: &DecodeLimits,
) -> Result<Vec<u32>, String> {
    let Some(attribute) = set.attribute else {
        return Ok((0..count as u32).collect());
    };
    let name = format!("_FEATURE_ID_{attribute}");
    let accessor = source
        .attributes
        .get(&name)
        .ok_or_else(|| format!("there is no attribute {name}"))?;
    let values = document.values(*accessor, limits.max_vertices)?;
    if values.count != count {
        return Err(format!("{name} and POSITION differ in length"));
    }
    Ok(values.indices())
}
