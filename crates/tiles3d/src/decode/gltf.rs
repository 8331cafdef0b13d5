//! glTF 2.0 as tile content: triangles with feature ids, in the frame of the glTF scene.
//!
//! A thin reader of our own, for three reasons: node transforms must stay f64 (tiles carry earth-centred
//! coordinates in them), quantised and sparse accessors must be read, and one bad primitive must not cost
//! the rest. Animations, skins, morph targets and materials beyond the base colour are not read.

mod accessor;
mod container;
mod features;
mod material;
mod primitive;
mod property_table;
mod scene;
mod schema;

use std::cell::Cell;
use std::sync::Arc;

use glam::{DMat4, DVec3};

use super::feature::EMPTY_BOUNDS;
use super::gathered::unassigned_feature;
use super::limits::DecodeLimits;
use crate::content::Feature;
use crate::diagnostics::Diagnostics;
use crate::error::TilesError;
use crate::tileset::UpAxis;

use container::Document;

/// Triangles of one primitive at one node, in the frame of the scene.
#[derive(Debug, Clone, Default)]
pub(super) struct Primitive {
    pub positions: Vec<DVec3>,
    /// Unit vectors, one per position.
    pub normals: Vec<DVec3>,
    /// Linear RGBA per position, or empty.
    pub colors: Vec<[f32; 4]>,
    /// Per position, or empty.
    pub uvs: Vec<[f32; 2]>,
    /// Encoded PNG or JPEG.
    pub texture: Option<Arc<Vec<u8>>>,
    /// Three per triangle, all in range.
    pub indices: Vec<u32>,
    /// `_BATCHID` per position; empty where there is none.
    batch_ids: Vec<u32>,
    /// Index into [`Model::own_features`] per position.
    own_features: Vec<u32>,
}

impl Primitive {
    /// The batch id of a vertex; 0 where the primitive has none.
    pub fn batch_id(&self, vertex: usize) -> u32 {
        self.batch_ids.get(vertex).copied().unwrap_or(0)
    }

    /// Index into [`Model::own_features`].
    pub fn own_feature(&self, vertex: usize) -> u32 {
        self.own_features.get(vertex).copied().unwrap_or(0)
    }
}

/// A decoded glTF.
#[derive(Debug)]
pub(super) struct Model {
    pub primitives: Vec<Primitive>,
    features: Vec<Feature>,
    /// `CESIUM_RTC`, in the z-up frame.
    rtc_center: DVec3,
}

impl Model {
    /// Decodes GLB or glTF JSON. `uri` names the model in diagnostics; empty for the content itself.
    pub fn read(
        bytes: &[u8],
        uri: &str,
        limits: &DecodeLimits,
        resolve: &dyn Fn(&str) -> Option<Vec<u8>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, TilesError> {
        let document = Document::read(bytes, uri, limits, resolve, diagnostics)?;
        let features = features::FeatureTables::read(&document, limits, diagnostics)?;
        let rtc_center = document
            .gltf
            .extensions
            .cesium_rtc
            .as_ref()
            .map_or([0.0; 3], |rtc| rtc.center);
        let mut reader = scene::SceneReader {
            document: &document,
            materials: material::Materials::new(&document),
            features,
            limits,
            diagnostics,
            primitives: Vec::new(),
            nodes: Cell::new(0),
            vertices: 0,
            first_error: None,
        };
        reader.read_scene()?;
        match reader.first_error {
            Some(message) if reader.primitives.is_empty() => {
                Err(TilesError::InvalidGltf { message })
            }
            _ => Ok(Self {
                primitives: reader.primitives,
                features: reader.features.into_features(),
                rtc_center: DVec3::from_array(rtc_center),
            }),
        }
    }

    /// The features that the glTF itself knows: rows of property tables, ids without a table, or one per
    /// node with a mesh. Never empty.
    pub fn own_features(&self) -> Vec<Feature> {
        if self.features.is_empty() {
            return vec![Feature {
                bounds_local: EMPTY_BOUNDS,
                ..unassigned_feature()
            }];
        }
        self.features.clone()
    }

    /// How many vertices name a batch id of at least `length`.
    pub fn batch_ids_from(&self, length: usize) -> usize {
        self.primitives
            .iter()
            .flat_map(|primitive| &primitive.batch_ids)
            .filter(|id| **id as usize >= length)
            .count()
    }

    /// From the scene's frame to that of the tile, in which z is up: the axes, then `CESIUM_RTC`.
    pub fn zup_from_model(&self, up_axis: UpAxis) -> DMat4 {
        let turn = match up_axis {
            UpAxis::X => DMat4::from_cols_array(&[
                0., 0., 1., 0., 0., 1., 0., 0., -1., 0., 0., 0., 0., 0., 0., 1.,
            ]),
            UpAxis::Y => DMat4::from_cols_array(&[
                1., 0., 0., 0., 0., 0., 1., 0., 0., -1., 0., 0., 0., 0., 0., 1.,
            ]),
            UpAxis::Z => DMat4::IDENTITY,
        };
        DMat4::from_translation(self.rtc_center) * turn
    }
}
