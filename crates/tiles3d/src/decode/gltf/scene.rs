//! The node hierarchy: every mesh at every node, in the frame of the scene.

use std::cell::Cell;

use glam::{DMat3, DMat4, DQuat, DVec3};

use super::super::gathered::normal_matrix;
use super::super::limits::{self, DecodeLimits};
use super::Primitive;
use super::container::Document;
use super::features::FeatureTables;
use super::material::Materials;
use super::primitive::read_primitive;
use super::schema::Node;
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::error::TilesError;

pub(super) struct SceneReader<'a> {
    pub document: &'a Document<'a>,
    pub materials: Materials<'a>,
    pub features: FeatureTables,
    pub limits: &'a DecodeLimits,
    pub diagnostics: &'a mut Diagnostics,
    pub primitives: Vec<Primitive>,
    pub nodes: Cell<usize>,
    pub vertices: usize,
    /// Why the first primitive was passed over; the error, should none be left.
    pub first_error: Option<String>,
}

impl SceneReader<'_> {
    /// Reads the default scene; without scenes, the nodes that are nobody's child.
    pub fn read_scene(&mut self) -> Result<(), TilesError> {
        let gltf = &self.document.gltf;
        let roots: Vec<usize> = match gltf.scenes.get(gltf.scene.unwrap_or(0)) {
            Some(scene) => scene.nodes.clone(),
            None => {
                let mut is_child = vec![false; gltf.nodes.len()];
                for child in gltf.nodes.iter().flat_map(|node| &node.children) {
                    if let Some(flag) = is_child.get_mut(*child) {
                        *flag = true;
                    }
                }
                (0..gltf.nodes.len())
                    .filter(|index| !is_child[*index])
                    .collect()
            }
        };
        let mut open: Vec<(usize, DMat4, usize)> = roots
            .into_iter()
            .rev()
            .map(|root| (root, DMat4::IDENTITY, 1))
            .collect();
        while let Some((index, scene_from_parent, depth)) = open.pop() {
            self.nodes.set(self.nodes.get() + 1);
            limits::check("glTF nodes", self.nodes.get(), self.limits.max_gltf_nodes)?;
            limits::check("levels of glTF nodes", depth, self.limits.max_gltf_depth)?;
            let path = format!("nodes[{index}]");
            let Some(node) = self.document.gltf.nodes.get(index) else {
                self.report(code::NODE, &path, "there is no such node");
                continue;
            };
            let scene_from_node = scene_from_parent * parent_from_node(node);
            if !scene_from_node.is_finite() {
                self.report(
                    code::NODE,
                    &path,
                    "its transform is no matrix of numbers; it is passed over",
                );
                continue;
            }
            if let Some(mesh) = node.mesh {
                self.read_mesh(index, node, mesh, &scene_from_node)?;
            }
            open.extend(
                node.children
                    .iter()
                    .rev()
                    .map(|child| (*child, scene_from_node, depth + 1)),
            );
        }
        Ok(())
    }

    fn read_mesh(
        &mut self,
        index: usize,
        node: &Node,
        mesh_index: usize,
        scene_from_node: &DMat4,
    ) -> Result<(), TilesError> {
        let Some(mesh) = self.document.gltf.meshes.get(mesh_index) else {
            self.report(
                code::NODE,
                &format!("nodes[{index}].mesh"),
                &format!("there is no meshes[{mesh_index}]"),
            );
            return Ok(());
        };
        let name = node.name.as_deref().or(mesh.name.as_deref());
        for (i, source) in mesh.primitives.iter().enumerate() {
            let path = format!("meshes[{mesh_index}].primitives[{i}]");
            let (base, texture_problem) = self.materials.base_color(source.material);
            if let Some(problem) = texture_problem {
                self.report(
                    code::TEXTURE,
                    &path,
                    &format!("drawn without its texture: {problem}"),
                );
            }
            let read = match read_primitive(self.document, source, &base, self.limits) {
                Ok(read) => read,
                Err(reason) => {
                    self.report(code::PRIMITIVE, &path, &format!("passed over: {reason}"));
                    self.first_error
                        .get_or_insert_with(|| format!("{path}: {reason}"));
                    continue;
                }
            };
            if read.dropped_triangles > 0 {
                let message = format!(
                    "{} triangles have corners that do not exist; they are left out",
                    read.dropped_triangles
                );
                self.report(code::PRIMITIVE, &path, &message);
            }
            let mut primitive = read.primitive;
            let read_vertices = primitive.positions.len();
            let problem = self.features.assign(
                self.document,
                source,
                index,
                name,
                &mut primitive,
                self.limits,
            )?;
            if let Some(problem) = problem {
                self.report(code::FEATURE_ID, &path, &problem);
            }
            primitive.complete_normals();
            into_scene(&mut primitive, scene_from_node);
            // Counted even where nothing is kept: a short file can name the same long accessor many times.
            self.vertices += read_vertices + primitive.positions.len();
            limits::check(
                "vertices",
                self.vertices,
                self.limits.max_vertices.saturating_mul(2),
            )?;
            if !primitive.indices.is_empty() {
                self.primitives.push(primitive);
            }
        }
        Ok(())
    }

    fn report(&mut self, code: &'static str, path: &str, message: &str) {
        self.diagnostics.report(
            code,
            Severity::Warning,
            self.document.location(path),
            message,
        );
    }
}

/// A node's matrix, or its translation, rotation and scale.
fn parent_from_node(node: &Node) -> DMat4 {
    if let Some(matrix) = node.matrix {
        return DMat4::from_cols_array(&matrix);
    }
    let rotation = node.rotation.map_or(DQuat::IDENTITY, |numbers| {
        let quaternion = DQuat::from_array(numbers);
        if quaternion.length_squared() > 1e-12 {
            quaternion.normalize()
        } else {
            DQuat::IDENTITY
        }
    });
    DMat4::from_scale_rotation_translation(
        node.scale.map_or(DVec3::ONE, DVec3::from_array),
        rotation,
        node.translation.map_or(DVec3::ZERO, DVec3::from_array),
    )
}

fn into_scene(primitive: &mut Primitive, scene_from_node: &DMat4) {
    if *scene_from_node == DMat4::IDENTITY {
        return;
    }
    let linear = DMat3::from_mat4(*scene_from_node);
    let normals_through = normal_matrix(&linear);
    for position in &mut primitive.positions {
        *position = scene_from_node.transform_point3(*position);
    }
    for normal in &mut primitive.normals {
        *normal = (normals_through * *normal)
            .try_normalize()
            .unwrap_or(DVec3::Z);
    }
    if linear.determinant() < 0.0 {
        primitive
            .indices
            .chunks_exact_mut(3)
            .for_each(|triangle| triangle.swap(1, 2));
    }
}
