//! Faces into meshes whose vertices are not shared, so that every face is shaded flat.

use tiles3d::TileMesh;

use super::edges::Edge;
use super::faces::PlacedFace;

/// What a mesh learns from faces and edges.
pub(crate) trait FlatShaded {
    /// Adds a face with vertices of its own.
    fn add_face(&mut self, feature: u32, face: &PlacedFace);
    /// Sets the lines to draw.
    fn set_edges(&mut self, edges: &[Edge]);
}

impl FlatShaded for TileMesh {
    fn add_face(&mut self, feature: u32, face: &PlacedFace) {
        let first = self.positions.len() as u32;
        let normal = face.normal.as_vec3().to_array();
        for vertex in face.vertices() {
            self.positions.push(vertex.as_vec3().to_array());
            self.normals.push(normal);
            self.feature_ids.push(feature);
            self.surface_classes.push(face.kind as u8);
        }
        self.indices
            .extend(face.triangles.iter().flatten().map(|index| first + index));
    }

    fn set_edges(&mut self, edges: &[Edge]) {
        self.edge_positions = edges
            .iter()
            .flat_map(|edge| edge.ends.map(|end| end.as_vec3().to_array()))
            .collect();
        self.edge_feature_ids = edges.iter().flat_map(|edge| [edge.feature; 2]).collect();
    }
}
