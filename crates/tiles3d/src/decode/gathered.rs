//! What a content has yielded so far, in earth-centred earth-fixed metres and f64.

use std::sync::Arc;

use glam::{DMat3, DMat4, DVec3};

use super::feature::EMPTY_BOUNDS;
use super::gltf::{Model, Primitive};
use super::limits::{self, DecodeLimits};
use crate::content::Feature;
use crate::error::TilesError;

/// Triangles of one material.
#[derive(Debug)]
pub(super) struct Surface {
    pub positions_ecef: Vec<DVec3>,
    /// Unit vectors in earth-centred earth-fixed axes.
    pub normals_ecef: Vec<DVec3>,
    pub feature_ids: Vec<u32>,
    pub colors: Vec<[f32; 4]>,
    pub uvs: Vec<[f32; 2]>,
    pub texture: Option<Arc<Vec<u8>>>,
    pub indices: Vec<u32>,
}

/// Surfaces and the features that they name.
#[derive(Debug)]
pub(super) struct Gathered {
    pub surfaces: Vec<Surface>,
    pub features: Vec<Feature>,
    limits: DecodeLimits,
    vertices: usize,
    triangles: usize,
}

impl Gathered {
    pub fn new(limits: DecodeLimits) -> Self {
        Self {
            surfaces: Vec::new(),
            features: Vec::new(),
            limits,
            vertices: 0,
            triangles: 0,
        }
    }

    /// Appends features and returns the index of the first.
    pub fn add_features(&mut self, mut features: Vec<Feature>) -> Result<u32, TilesError> {
        let first = self.features.len();
        limits::check(
            "features",
            first + features.len(),
            self.limits.max_features.min(u32::MAX as usize),
        )?;
        self.features.append(&mut features);
        Ok(first as u32)
    }

    /// Appends a copy of a model; `feature_of` gives the feature of a vertex of a primitive.
    pub fn place(
        &mut self,
        model: &Model,
        ecef_from_model: &DMat4,
        feature_of: impl Fn(&Primitive, usize) -> u32,
    ) -> Result<(), TilesError> {
        for primitive in &model.primitives {
            self.vertices += primitive.positions.len();
            self.triangles += primitive.indices.len() / 3;
            limits::check("vertices", self.vertices, self.limits.max_vertices)?;
            limits::check("triangles", self.triangles, self.limits.max_triangles)?;
            self.surfaces
                .push(placed(primitive, ecef_from_model, &feature_of));
        }
        Ok(())
    }
}

fn placed(
    primitive: &Primitive,
    ecef_from_model: &DMat4,
    feature_of: impl Fn(&Primitive, usize) -> u32,
) -> Surface {
    let linear = DMat3::from_mat4(*ecef_from_model);
    let mirrored = linear.determinant() < 0.0;
    let normal_matrix = normal_matrix(&linear);
    let mut indices = primitive.indices.clone();
    if mirrored {
        indices
            .chunks_exact_mut(3)
            .for_each(|triangle| triangle.swap(1, 2));
    }
    Surface {
        positions_ecef: primitive
            .positions
            .iter()
            .map(|position| ecef_from_model.transform_point3(*position))
            .collect(),
        normals_ecef: primitive
            .normals
            .iter()
            .map(|normal| {
                (normal_matrix * *normal)
                    .try_normalize()
                    .unwrap_or(DVec3::Z)
            })
            .collect(),
        feature_ids: (0..primitive.positions.len())
            .map(|vertex| feature_of(primitive, vertex))
            .collect(),
        colors: primitive.colors.clone(),
        uvs: primitive.uvs.clone(),
        texture: primitive.texture.clone(),
        indices,
    }
}

/// Takes normals through a linear map: the transposed inverse, up to its length. The cofactors give the
/// same direction and also exist where the inverse does not.
pub(super) fn normal_matrix(linear: &DMat3) -> DMat3 {
    let cofactors = DMat3::from_cols(
        linear.y_axis.cross(linear.z_axis),
        linear.z_axis.cross(linear.x_axis),
        linear.x_axis.cross(linear.y_axis),
    );
    if linear.determinant() < 0.0 {
        cofactors * -1.0
    } else {
        cofactors
    }
}

/// The feature of geometry that names no feature, or one that does not exist.
pub(super) fn unassigned_feature() -> Feature {
    Feature {
        id: "(no feature)".to_owned(),
        bounds_local: EMPTY_BOUNDS,
        ..Feature::default()
    }
}
