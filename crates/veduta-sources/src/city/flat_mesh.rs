//! Faces into meshes whose vertices are not shared, so that every face is shaded flat.

use tiles3d::TileMesh;

use super::dress::{Dress, DressedMesh, mesh_with};
use super::edges::Edge;
use super::faces::PlacedFace;
use super::looks::{FaceLook, Paint};

/// What a face is, in the numbers of its draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FaceMeaning {
    /// Row of the feature table.
    pub(crate) feature: u32,
    /// One of [`tiles3d::surface_class`].
    pub(crate) class: u8,
    /// Row of the table of thematic surfaces; `u32::MAX` for none.
    pub(crate) surface_row: u32,
}

/// Adds a face to the plain mesh of those with the same themes, whose index is returned, and to a mesh of each theme.
pub(crate) fn add_dressed(
    meshes: &mut Vec<DressedMesh>,
    meaning: FaceMeaning,
    face: &PlacedFace,
    looks: &[FaceLook],
) -> usize {
    let points = face.vertices().count();
    for look in looks {
        let index = mesh_with(meshes, look.dress());
        let mesh = &mut meshes[index].mesh;
        mesh.add_face(meaning, face);
        match &look.paint {
            Paint::Color(color) => mesh.colors.extend(std::iter::repeat_n(*color, points)),
            Paint::Image { uvs, .. } => mesh.uvs.extend(uvs),
        }
    }
    let replaced_in = looks.iter().map(|look| look.theme.clone()).collect();
    let plain = mesh_with(meshes, Dress::Plain { replaced_in });
    meshes[plain].mesh.add_face(meaning, face);
    plain
}

/// What a mesh learns from faces and edges.
pub(crate) trait FlatShaded {
    /// Adds a face with vertices of its own.
    fn add_face(&mut self, meaning: FaceMeaning, face: &PlacedFace);
    /// Adds a line to draw.
    fn add_edge(&mut self, edge: &Edge);
}

impl FlatShaded for TileMesh {
    fn add_face(&mut self, meaning: FaceMeaning, face: &PlacedFace) {
        let first = self.positions.len() as u32;
        let normal = face.normal.as_vec3().to_array();
        for vertex in face.vertices() {
            self.positions.push(vertex.as_vec3().to_array());
            self.normals.push(normal);
            self.feature_ids.push(meaning.feature);
            self.surface_classes.push(meaning.class);
        }
        self.indices
            .extend(face.triangles.iter().flatten().map(|index| first + index));
        self.surface_rows
            .extend(face.triangles.iter().map(|_| meaning.surface_row));
    }

    fn add_edge(&mut self, edge: &Edge) {
        for end in edge.ends {
            self.edge_positions.push(end.as_vec3().to_array());
            self.edge_feature_ids.push(edge.feature);
            self.edge_surface_classes.push(edge.class);
        }
    }
}
