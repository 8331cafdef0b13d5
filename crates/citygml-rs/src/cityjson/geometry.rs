//! One element of `geometry` (CityJSON 2.0, 3).

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::appearance::Appearance;
use super::boundaries::{Layout, read_points, read_polygon, surface_depth};
use super::fault::Fault;
use super::looks::Looks;
use super::raw_map::RawMap;
use super::semantics::Semantics;
use crate::codes;
use crate::{BoundarySurface, Curve, LineKind, PointSet, ReadOptions, Surface, SurfaceKind};

/// One geometry; boundaries are parsed when they are asked for.
pub(super) struct Geometry<'a> {
    pub(super) geometry_type: String,
    lod: Option<&'a RawValue>,
    pub(super) boundaries: Option<&'a RawValue>,
    semantics: Option<&'a RawValue>,
    material: Option<&'a RawValue>,
    texture: Option<&'a RawValue>,
    pub(super) template: Option<&'a RawValue>,
    pub(super) matrix: Option<&'a RawValue>,
}

/// A level of detail as CityJSON refines it: `2.2` is LoD 2, second refinement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RefinedLod {
    pub(super) level: u8,
    pub(super) refinement: u8,
}

/// What a geometry is made of; levels of detail are told apart within one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    Points,
    Lines,
    Surfaces,
    Instance,
}

/// Where vertices, materials and limits come from.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) vertices: &'a [[f64; 3]],
    pub(super) appearance: &'a Appearance,
    pub(super) options: &'a ReadOptions,
}

/// What the surfaces of one geometry became.
#[derive(Debug, Default)]
pub(super) struct SurfaceGeometry {
    pub(super) surfaces: Vec<Surface>,
    /// [`Surface::boundary`] and [`BoundarySurface::parent`] point into this list.
    pub(super) boundaries: Vec<BoundarySurface>,
    /// Solids, their shells, and which of the surfaces bound them.
    pub(super) solids: Vec<Vec<Vec<u32>>>,
    pub(super) themes: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Geometry<'a> {
    /// Reads all but boundaries and what depends on them.
    pub(super) fn read(json: &'a RawValue, faults: &mut Vec<Fault>) -> Result<Self, Fault> {
        let broken = |what: String| Fault::new(codes::GEOMETRY_TYPE, what);
        let members: RawMap<'a> = serde_json::from_str(json.get())
            .map_err(|error| broken(format!("a geometry is broken: {error}")))?;
        let geometry_type = members
            .parse("type")
            .ok_or_else(|| broken("a geometry has no type".to_owned()))?;
        if let Some(key) = members.repeated_key() {
            let message = format!("a geometry has {key:?} twice; the first counts");
            faults.push(Fault::new(codes::DUPLICATE_KEY, message));
        }
        Ok(Self {
            geometry_type,
            lod: members.get("lod"),
            boundaries: members.get("boundaries"),
            semantics: members.get("semantics"),
            material: members.get("material"),
            texture: members.get("texture"),
            template: members.get("template"),
            matrix: members.get("transformationMatrix"),
        })
    }

    /// What the type is made of; `None` if the standard does not have it.
    pub(super) fn dimension(&self) -> Option<Dimension> {
        match self.geometry_type.as_str() {
            "MultiPoint" => Some(Dimension::Points),
            "MultiLineString" => Some(Dimension::Lines),
            "GeometryInstance" => Some(Dimension::Instance),
            other => surface_depth(other).map(|_| Dimension::Surfaces),
        }
    }

    /// Level of detail; `None` where it is missing or no level.
    pub(super) fn refined_lod(&self) -> Option<RefinedLod> {
        let text = match serde_json::from_str(self.lod?.get()) {
            Ok(Value::String(text)) => text,
            Ok(Value::Number(number)) => number.to_string(),
            _ => return None,
        };
        let (level, refinement) = text.split_once('.').unwrap_or((&text, "0"));
        let level = level.parse().ok().filter(|&level| level <= 4)?;
        Some(RefinedLod {
            level,
            refinement: refinement.parse().ok()?,
        })
    }

    /// Whether semantics, materials or textures are given, which only surfaces can have in the model.
    pub(super) fn has_meaning_or_look(&self) -> bool {
        [self.semantics, self.material, self.texture]
            .iter()
            .any(Option::is_some)
    }

    /// Polygons, solids, thematic surfaces and looks. `default_kind` is what surfaces are without semantics.
    ///
    /// Surfaces that cannot be read are faults beside the others.
    pub(super) fn surfaces(
        &self,
        surroundings: Surroundings<'_>,
        lod: u8,
        default_kind: SurfaceKind,
        line: u64,
    ) -> SurfaceGeometry {
        let mut read = SurfaceGeometry::default();
        let faults = &mut read.faults;
        let Some(depth) = surface_depth(&self.geometry_type) else {
            return read;
        };
        let Some(boundaries) = self.boundaries else {
            let message = format!("a {} has no boundaries", self.geometry_type);
            faults.push(Fault::new(codes::EMPTY_GEOMETRY, message));
            return read;
        };
        let layout = Layout::read(boundaries, depth, faults);
        if layout.surfaces.is_empty() && faults.is_empty() {
            let message = format!("a {} has no surfaces", self.geometry_type);
            faults.push(Fault::new(codes::EMPTY_GEOMETRY, message));
        }
        let semantics = match self.semantics {
            Some(json) => Semantics::read(json, &layout, faults),
            None => Semantics::default(),
        };
        let appearance = surroundings.appearance;
        let mut looks = Looks::read(self.material, self.texture, appearance, &layout, faults);
        read.themes = looks.themes().map(str::to_owned).collect();
        // Solids and their shells by their path, so that one without surfaces keeps its place.
        let mut shells: BTreeMap<Vec<usize>, Vec<u32>> = BTreeMap::new();
        for (path, _) in &layout.lists {
            if path.len() + 1 == depth && depth > 1 {
                shells.insert(path.clone(), Vec::new());
            }
        }
        for (path, rings) in &layout.surfaces {
            let polygon = read_polygon(rings, surroundings.vertices, surroundings.options, faults);
            let (polygon, traces) = match polygon {
                Ok(read) => read,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let meaning = semantics.of_surface(path);
            let kind = meaning.map_or(SurfaceKind::Unclassified, |(_, kind)| kind);
            if let Some(shell) = shells.get_mut(&path[..path.len() - 1]) {
                shell.push(read.surfaces.len() as u32);
            }
            read.surfaces.push(Surface {
                id: None,
                lod,
                kind: match kind {
                    SurfaceKind::Unclassified => default_kind,
                    kind => kind,
                },
                polygon,
                boundary: meaning.map(|(boundary, _)| boundary),
                looks: looks.of_surface(path, &traces),
                line,
            });
        }
        looks.into_faults(faults);
        read.boundaries = semantics.surfaces;
        let mut last_solid = None;
        for (path, shell) in shells {
            let solid = path[..path.len() - 1].to_vec();
            if last_solid.as_ref() != Some(&solid) {
                read.solids.push(Vec::new());
                last_solid = Some(solid);
            }
            if let Some(solid) = read.solids.last_mut() {
                solid.push(shell);
            }
        }
        read
    }

    /// Lines of a `MultiLineString`. Those that cannot be read are faults.
    pub(super) fn curves(
        &self,
        vertices: &[[f64; 3]],
        lod: u8,
        faults: &mut Vec<Fault>,
    ) -> Vec<Curve> {
        let lines: Vec<&RawValue> = self.parse_boundaries(faults).unwrap_or_default();
        let mut curves = Vec::with_capacity(lines.len());
        for line in lines {
            match read_indexed(line, vertices) {
                Ok(points) if points.iter().any(|point| *point != points[0]) => {
                    curves.push(Curve {
                        lod,
                        kind: LineKind::Geometry,
                        points,
                    })
                }
                Ok(_) => {
                    let message = "a line has fewer than two distinct points";
                    faults.push(Fault::new(codes::DEGENERATE_LINE, message));
                }
                Err(fault) => faults.push(fault),
            }
        }
        curves
    }

    /// Points of a `MultiPoint`. Those that cannot be read are faults.
    pub(super) fn points(
        &self,
        vertices: &[[f64; 3]],
        lod: u8,
        faults: &mut Vec<Fault>,
    ) -> Option<PointSet> {
        let indices: Vec<&RawValue> = self.parse_boundaries(faults)?;
        let mut points = Vec::with_capacity(indices.len());
        for index in indices {
            // Each by itself, so that one that is not there costs itself only.
            let point = serde_json::from_str(index.get())
                .map_err(|error| broken_indices("point", &error))
                .and_then(|index| read_points(&[index], vertices));
            match point {
                Ok(point) => points.extend(point),
                Err(fault) => faults.push(fault),
            }
        }
        Some(PointSet {
            lod,
            kind: LineKind::Geometry,
            points,
        })
        .filter(|set| !set.points.is_empty())
    }

    fn parse_boundaries(&self, faults: &mut Vec<Fault>) -> Option<Vec<&'a RawValue>> {
        let Some(boundaries) = self.boundaries else {
            let message = format!("a {} has no boundaries", self.geometry_type);
            faults.push(Fault::new(codes::EMPTY_GEOMETRY, message));
            return None;
        };
        match serde_json::from_str::<Vec<_>>(boundaries.get()) {
            Ok(list) => {
                if list.is_empty() {
                    let message = format!("a {} is empty", self.geometry_type);
                    faults.push(Fault::new(codes::EMPTY_GEOMETRY, message));
                }
                Some(list)
            }
            Err(error) => {
                faults.push(broken_indices(&self.geometry_type, &error));
                None
            }
        }
    }
}

fn read_indexed(json: &RawValue, vertices: &[[f64; 3]]) -> Result<Vec<[f64; 3]>, Fault> {
    let indices: Vec<usize> =
        serde_json::from_str(json.get()).map_err(|error| broken_indices("line", &error))?;
    read_points(&indices, vertices)
}

fn broken_indices(what: &str, error: &serde_json::Error) -> Fault {
    let message = format!("the boundaries of a {what} are broken: {error}");
    Fault::new(codes::GEOMETRY_TYPE, message)
}
