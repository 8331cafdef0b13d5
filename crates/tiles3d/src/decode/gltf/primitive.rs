//! One mesh primitive: attributes to arrays, strips and fans to triangles, flat normals where there are none.

use glam::DVec3;

use super::super::limits::DecodeLimits;
use super::Primitive;
use super::container::Document;
use super::material::BaseColor;
use super::schema::MeshPrimitive;

const TRIANGLES: u32 = 4;
const TRIANGLE_STRIP: u32 = 5;
const TRIANGLE_FAN: u32 = 6;

/// A primitive in the frame of its node, and how many triangles had to be left out because their indices
/// were out of range or their positions no numbers.
pub(super) struct ReadPrimitive {
    pub primitive: Primitive,
    pub dropped_triangles: usize,
}

/// Reads everything but features' meaning. `Err` is the reason for passing the primitive over.
pub(super) fn read_primitive(
    document: &Document<'_>,
    source: &MeshPrimitive,
    base: &BaseColor,
    limits: &DecodeLimits,
) -> Result<ReadPrimitive, String> {
    let max_vertices = limits.max_vertices;
    let attribute = |name: &str| source.attributes.get(name).copied();
    let Some(position) = attribute("POSITION") else {
        return Err(match source.extensions.draco {
            Some(_) => {
                "its geometry is compressed with KHR_draco_mesh_compression, which is not read"
                    .to_owned()
            }
            None => "it has no POSITION".to_owned(),
        });
    };
    if source.extensions.draco.is_some()
        && document
            .gltf
            .accessors
            .get(position)
            .is_some_and(|a| a.buffer_view.is_none())
    {
        return Err(
            "its geometry is compressed with KHR_draco_mesh_compression, which is not read"
                .to_owned(),
        );
    }
    let positions: Vec<DVec3> = document
        .values(position, max_vertices)?
        .elements::<3>()
        .map(DVec3::from_array)
        .collect();
    let count = positions.len();
    let per_vertex = |name: &str| match attribute(name) {
        None => Ok(None),
        Some(index) => {
            let values = document.values(index, max_vertices)?;
            if values.count == count {
                Ok(Some(values))
            } else {
                Err(format!("{name} and POSITION differ in length"))
            }
        }
    };
    let normals: Vec<DVec3> = per_vertex("NORMAL")?
        .filter(|values| values.components == 3)
        .map_or_else(Vec::new, |values| {
            values.elements::<3>().map(DVec3::from_array).collect()
        });
    let mut colors: Vec<[f32; 4]> = per_vertex("COLOR_0")?.map_or_else(Vec::new, |values| {
        let opaque = values.components < 4;
        values
            .elements::<4>()
            .map(|[r, g, b, a]| {
                [
                    r as f32,
                    g as f32,
                    b as f32,
                    if opaque { 1.0 } else { a as f32 },
                ]
            })
            .collect()
    });
    if let Some(factor) = base
        .factor
        .filter(|factor| *factor != [1.0; 4] || base.texture.is_none())
    {
        colors.resize(count, [1.0; 4]);
        colors
            .iter_mut()
            .for_each(|color| (0..4).for_each(|i| color[i] *= factor[i]));
    }
    let uvs = match &base.texture {
        Some(_) => per_vertex(&format!("TEXCOORD_{}", base.tex_coord))?,
        None => None,
    };
    let uvs: Vec<[f32; 2]> = uvs.map_or_else(Vec::new, |values| {
        values
            .elements::<2>()
            .map(|[u, v]| base.transformed([u as f32, v as f32]))
            .collect()
    });
    // The first draft of b3dm wrote BATCHID, without the underscore.
    let batch_ids = match per_vertex("_BATCHID")? {
        Some(values) => values.indices(),
        None => per_vertex("BATCHID")?.map_or_else(Vec::new, |values| values.indices()),
    };
    let (indices, dropped_triangles) = read_triangles(document, source, &positions, limits)?;
    let primitive = Primitive {
        texture: base.texture.clone().filter(|_| !uvs.is_empty()),
        positions,
        normals,
        colors,
        uvs,
        indices,
        batch_ids,
        own_features: Vec::new(),
    };
    Ok(ReadPrimitive {
        primitive,
        dropped_triangles,
    })
}

fn read_triangles(
    document: &Document<'_>,
    source: &MeshPrimitive,
    positions: &[DVec3],
    limits: &DecodeLimits,
) -> Result<(Vec<u32>, usize), String> {
    let order = match source.indices {
        Some(index) => document
            .values(index, limits.max_triangles.saturating_mul(3))?
            .indices(),
        None => (0..u32::try_from(positions.len()).map_err(|_| "too many vertices")?).collect(),
    };
    let triangles: Vec<[u32; 3]> = match source.mode.unwrap_or(TRIANGLES) {
        TRIANGLES => order.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect(),
        // Every second triangle of a strip turns the other way (glTF 2.0, 3.7.2.1).
        TRIANGLE_STRIP => order
            .windows(3)
            .enumerate()
            .map(|(i, w)| {
                if i % 2 == 0 {
                    [w[0], w[1], w[2]]
                } else {
                    [w[1], w[0], w[2]]
                }
            })
            .collect(),
        TRIANGLE_FAN => match order.split_first() {
            Some((&hub, rim)) => rim.windows(2).map(|w| [hub, w[0], w[1]]).collect(),
            None => Vec::new(),
        },
        0..=3 => return Err("points and lines are not drawn yet".to_owned()),
        other => return Err(format!("mode {other} is not known")),
    };
    let usable = |index: &u32| {
        positions
            .get(*index as usize)
            .is_some_and(|position| position.is_finite())
    };
    let kept: Vec<u32> = triangles
        .iter()
        .filter(|triangle| triangle.iter().all(usable))
        .flatten()
        .copied()
        .collect();
    let dropped = triangles.len() - kept.len() / 3;
    Ok((kept, dropped))
}

impl Primitive {
    /// Gives every vertex a unit normal. Without normals each triangle gets its own vertices and its own
    /// normal (glTF 2.0, 3.7.2.1); single normals of zero length take that of a triangle they belong to.
    pub(super) fn complete_normals(&mut self) {
        if self.normals.is_empty() {
            self.unweld();
            self.normals = vec![DVec3::ZERO; self.positions.len()];
        }
        for triangle in self.indices.chunks_exact(3) {
            let corner = |i: usize| self.positions[triangle[i] as usize];
            let face = (corner(1) - corner(0))
                .cross(corner(2) - corner(0))
                .normalize_or(DVec3::Z);
            for index in triangle {
                let normal = &mut self.normals[*index as usize];
                *normal = normal.try_normalize().unwrap_or(face);
            }
        }
        for normal in &mut self.normals {
            *normal = normal.try_normalize().unwrap_or(DVec3::Z);
        }
    }

    fn unweld(&mut self) {
        fn spread<T: Copy>(values: &mut Vec<T>, indices: &[u32]) {
            if !values.is_empty() {
                *values = indices
                    .iter()
                    .map(|index| values[*index as usize])
                    .collect();
            }
        }
        spread(&mut self.positions, &self.indices);
        spread(&mut self.colors, &self.indices);
        spread(&mut self.uvs, &self.indices);
        spread(&mut self.batch_ids, &self.indices);
        spread(&mut self.own_features, &self.indices);
        self.indices = (0..self.indices.len() as u32).collect();
    }
}
