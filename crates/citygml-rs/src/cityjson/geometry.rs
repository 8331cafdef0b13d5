//! Boundaries to polygons (CityJSON 2.0, 3).

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::citygml::open_ring;
use crate::codes::{self, DiagnosticCode};
use crate::vocabulary::{boundary_surface_kind, own_surface_kind};
use crate::{Polygon, Surface, SurfaceKind};

/// One element of `geometry`; boundaries are parsed when the type is known.
#[derive(Deserialize)]
pub(super) struct Geometry<'a> {
    #[serde(rename = "type")]
    pub(super) geometry_type: String,
    pub(super) lod: Option<Value>,
    #[serde(borrow)]
    boundaries: Option<&'a RawValue>,
    semantics: Option<Value>,
    #[serde(default)]
    material: Option<Value>,
    #[serde(default)]
    texture: Option<Value>,
}

/// A level of detail as CityJSON refines it: `2.2` is LoD 2, second refinement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RefinedLod {
    pub(super) level: u8,
    pub(super) refinement: u8,
}

/// A surface is a list of rings, a ring a list of indices of vertices.
type SurfaceIndices = Vec<Vec<usize>>;

/// What is wrong with a geometry or one of its surfaces.
#[derive(Debug)]
pub(super) struct GeometryFault {
    pub(super) code: DiagnosticCode,
    pub(super) message: String,
}

impl Geometry<'_> {
    /// Level of detail; `None` where it is missing or no level.
    pub(super) fn refined_lod(&self) -> Option<RefinedLod> {
        let text = match self.lod.as_ref()? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let (level, refinement) = text.split_once('.').unwrap_or((&text, "0"));
        let level = level.parse().ok().filter(|&level| level <= 4)?;
        Some(RefinedLod {
            level,
            refinement: refinement.parse().ok()?,
        })
    }

    /// Appearance themes this geometry has values for.
    pub(super) fn themes(&self) -> impl Iterator<Item = &str> {
        [&self.material, &self.texture]
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .flat_map(|themes| themes.keys())
            .map(String::as_str)
    }

    /// The polygons of this geometry. `default_kind` is what they are without semantics.
    ///
    /// Surfaces that cannot be read come back as faults beside the others.
    pub(super) fn surfaces(
        &self,
        vertices: &[[f64; 3]],
        lod: u8,
        default_kind: SurfaceKind,
        line: u64,
    ) -> (Vec<Surface>, Vec<GeometryFault>) {
        let mut faults = Vec::new();
        let indices = match self.surface_indices() {
            Ok(indices) => indices,
            Err(fault) => return (Vec::new(), vec![fault]),
        };
        let mut surfaces = Vec::with_capacity(indices.len());
        let mut semantics_fit = true;
        for (path, rings) in indices {
            let kind = match self.semantic_kind(&path) {
                Ok(kind) => kind.filter(|&kind| kind != SurfaceKind::Unclassified),
                Err(()) => {
                    semantics_fit = false;
                    None
                }
            };
            match read_polygon(&rings, vertices, &mut faults) {
                Ok(polygon) => {
                    surfaces.push(Surface {
                        id: None,
                        lod,
                        kind: kind.unwrap_or(default_kind),
                        polygon,
                        line,
                        ..Surface::default()
                    });
                }
                Err(fault) => faults.push(fault),
            }
        }
        if !semantics_fit {
            let message = format!(
                "the semantics of a {} do not fit its boundaries",
                self.geometry_type
            );
            faults.push(GeometryFault {
                code: codes::SEMANTICS,
                message,
            });
        }
        (surfaces, faults)
    }

    /// All surfaces with their path: solid, shell, surface, as deep as the type goes.
    fn surface_indices(&self) -> Result<Vec<(Vec<usize>, SurfaceIndices)>, GeometryFault> {
        let json = self.boundaries.map_or("[]", RawValue::get);
        let broken = |error: serde_json::Error| GeometryFault {
            code: codes::GEOMETRY_TYPE,
            message: format!(
                "the boundaries of a {} are broken: {error}",
                self.geometry_type
            ),
        };
        let mut found = Vec::new();
        match self.geometry_type.as_str() {
            "MultiSurface" | "CompositeSurface" => {
                let surfaces: Vec<SurfaceIndices> = serde_json::from_str(json).map_err(broken)?;
                found.extend(
                    surfaces
                        .into_iter()
                        .enumerate()
                        .map(|(index, surface)| (vec![index], surface)),
                );
            }
            "Solid" => {
                let shells: Vec<Vec<SurfaceIndices>> =
                    serde_json::from_str(json).map_err(broken)?;
                for (shell_index, shell) in shells.into_iter().enumerate() {
                    let surfaces = shell.into_iter().enumerate();
                    found.extend(
                        surfaces.map(|(index, surface)| (vec![shell_index, index], surface)),
                    );
                }
            }
            "MultiSolid" | "CompositeSolid" => {
                let solids: Vec<Vec<Vec<SurfaceIndices>>> =
                    serde_json::from_str(json).map_err(broken)?;
                for (solid_index, solid) in solids.into_iter().enumerate() {
                    for (shell_index, shell) in solid.into_iter().enumerate() {
                        let surfaces = shell.into_iter().enumerate();
                        found.extend(surfaces.map(|(index, surface)| {
                            (vec![solid_index, shell_index, index], surface)
                        }));
                    }
                }
            }
            unknown => {
                return Err(GeometryFault {
                    code: codes::GEOMETRY_TYPE,
                    message: format!("there is no geometry of type {unknown:?}"),
                });
            }
        }
        Ok(found)
    }

    /// Kind of the surface at this path; `Err` where the semantics have another shape than the boundaries.
    fn semantic_kind(&self, path: &[usize]) -> Result<Option<SurfaceKind>, ()> {
        let Some(semantics) = self
            .semantics
            .as_ref()
            .filter(|semantics| !semantics.is_null())
        else {
            return Ok(None);
        };
        let mut value = semantics.get("values").ok_or(())?;
        for &index in path {
            // Null stands for a whole shell or solid without semantics as well.
            if value.is_null() {
                return Ok(None);
            }
            value = value.get(index).ok_or(())?;
        }
        if value.is_null() {
            return Ok(None);
        }
        let index = value.as_u64().ok_or(())?;
        let surfaces = semantics
            .get("surfaces")
            .and_then(Value::as_array)
            .ok_or(())?;
        let surface = usize::try_from(index)
            .ok()
            .and_then(|index| surfaces.get(index))
            .ok_or(())?;
        let name = surface.get("type").and_then(Value::as_str).ok_or(())?;
        Ok(Some(
            boundary_surface_kind(name).unwrap_or_else(|| own_surface_kind(name)),
        ))
    }
}

fn read_polygon(
    rings: &[Vec<usize>],
    vertices: &[[f64; 3]],
    faults: &mut Vec<GeometryFault>,
) -> Result<Polygon, GeometryFault> {
    let mut rings = rings.iter().map(|ring| read_ring(ring, vertices));
    let exterior = rings.next().unwrap_or_else(|| {
        Err(GeometryFault {
            code: codes::DEGENERATE_RING,
            message: "a surface has no ring".to_owned(),
        })
    })?;
    let mut interiors = Vec::new();
    for ring in rings {
        match ring {
            Ok(ring) => interiors.push(ring),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(Polygon {
        exterior,
        interiors,
    })
}

fn read_ring(ring: &[usize], vertices: &[[f64; 3]]) -> Result<Vec<[f64; 3]>, GeometryFault> {
    let points = ring
        .iter()
        .map(|&index| {
            vertices.get(index).copied().ok_or_else(|| GeometryFault {
                code: codes::VERTEX_INDEX,
                message: format!(
                    "there is no vertex {index}, only {} of them",
                    vertices.len()
                ),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    if points.iter().flatten().any(|value| !value.is_finite()) {
        let message = "a vertex is not finite after the transform".to_owned();
        return Err(GeometryFault {
            code: codes::BAD_COORDINATE,
            message,
        });
    }
    // Rings are open in CityJSON; one that is closed all the same loses nothing by opening.
    let (points, _) = open_ring(points).map_err(|fault| GeometryFault {
        code: fault.code,
        message: fault.message,
    })?;
    Ok(points)
}
