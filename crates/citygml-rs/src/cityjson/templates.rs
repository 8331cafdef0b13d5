//! Geometry templates: prototypes that many objects use (CityJSON 2.0, 3.4).

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::appearance::Appearance;
use super::fault::Fault;
use super::geometry::{Dimension, Geometry, Surroundings};
use super::raw_map::RawMap;
use super::vertices::read_vertices;
use crate::codes;
use crate::{ImplicitGeometry, ReadOptions, SurfaceKind, Template};

/// `geometry-templates` of a document, or of the first line of a sequence. Each is parsed when it is first used.
#[derive(Debug, Default)]
pub(super) struct Templates {
    json: Vec<Box<RawValue>>,
    vertices: Vec<[f64; 3]>,
    appearance: Arc<Appearance>,
    /// By index and by what surfaces without semantics are, which the object that uses the template tells.
    parsed: HashMap<(usize, SurfaceKind), Parsed>,
}

#[derive(Debug, Clone)]
struct Parsed {
    lod: Option<u8>,
    template: Arc<Template>,
}

impl Templates {
    /// Keeps the templates for later. The transform does not apply to their vertices.
    pub(super) fn read(
        json: &RawValue,
        appearance: Arc<Appearance>,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let members: RawMap<'_> = serde_json::from_str(json.get()).unwrap_or_default();
        let list = match members.get("templates") {
            Some(list) => serde_json::from_str(list.get()).unwrap_or_else(|error| {
                let message = format!("the geometry templates are no list: {error}");
                faults.push(Fault::new(codes::GEOMETRY_TEMPLATE, message));
                Vec::new()
            }),
            None => Vec::new(),
        };
        let vertices = match members.get("vertices-templates") {
            Some(vertices) => read_vertices(vertices, None, faults),
            None => Vec::new(),
        };
        Self {
            json: list,
            vertices,
            appearance,
            parsed: HashMap::new(),
        }
    }

    /// The place of a prototype that a `GeometryInstance` gives.
    pub(super) fn place(
        &mut self,
        instance: &Geometry<'_>,
        kind: SurfaceKind,
        vertices: &[[f64; 3]],
        options: &ReadOptions,
        faults: &mut Vec<Fault>,
    ) -> Result<Placed, Fault> {
        let unusable = |message: String| Fault::new(codes::GEOMETRY_TEMPLATE, message);
        let index: usize = instance
            .template
            .and_then(|json| serde_json::from_str(json.get()).ok())
            .ok_or_else(|| unusable("a geometry instance names no template".to_owned()))?;
        let matrix: [f64; 16] = match instance.matrix {
            Some(json) => serde_json::from_str(json.get()).map_err(|error| {
                unusable(format!(
                    "the matrix of a geometry instance is not 16 numbers: {error}"
                ))
            })?,
            None => return Err(unusable("a geometry instance has no matrix".to_owned())),
        };
        let anchor: Option<[usize; 1]> = instance
            .boundaries
            .and_then(|json| serde_json::from_str(json.get()).ok());
        let Some([anchor]) = anchor else {
            let message = "the boundaries of a geometry instance are not one vertex";
            return Err(unusable(message.to_owned()));
        };
        let reference_point = vertices
            .get(anchor)
            .copied()
            .filter(|point| point.iter().all(|value| value.is_finite()))
            .ok_or_else(|| unusable(format!("the anchor, vertex {anchor}, does not exist")))?;
        let Parsed { lod, template } = self.parse(index, kind, options, faults)?;
        Ok(Placed {
            has_lod: lod.is_some(),
            geometry: ImplicitGeometry {
                lod: lod.unwrap_or(0),
                matrix,
                reference_point,
                template,
                line: 0,
            },
        })
    }

    fn parse(
        &mut self,
        index: usize,
        kind: SurfaceKind,
        options: &ReadOptions,
        faults: &mut Vec<Fault>,
    ) -> Result<Parsed, Fault> {
        if let Some(parsed) = self.parsed.get(&(index, kind)) {
            return Ok(parsed.clone());
        }
        let json = self.json.get(index).ok_or_else(|| {
            let message = format!("there is no template {index}, only {}", self.json.len());
            Fault::new(codes::GEOMETRY_TEMPLATE, message)
        })?;
        let geometry = Geometry::read(json, faults)?;
        let lod = geometry.refined_lod().map(|lod| lod.level);
        let mut template = Template {
            id: Some(index.to_string()),
            ..Template::default()
        };
        if geometry.dimension() == Some(Dimension::Surfaces) {
            let surroundings = Surroundings {
                vertices: &self.vertices,
                appearance: &self.appearance,
                options,
            };
            let read = geometry.surfaces(surroundings, lod.unwrap_or(0), kind, 0);
            template.surfaces = read.surfaces;
            // A template has no list of thematic surfaces; their kind stays with the polygons.
            for surface in &mut template.surfaces {
                surface.boundary = None;
            }
            faults.extend(read.faults);
        } else {
            let found = &geometry.geometry_type;
            let message = format!("template {index} is a {found}; only surfaces are drawn");
            faults.push(Fault::new(codes::GEOMETRY_TEMPLATE, message));
        }
        let parsed = Parsed {
            lod,
            template: Arc::new(template),
        };
        self.parsed.insert((index, kind), parsed.clone());
        Ok(parsed)
    }
}

/// A placed prototype.
pub(super) struct Placed {
    pub(super) geometry: ImplicitGeometry,
    /// Whether the template says its level of detail.
    pub(super) has_lod: bool,
}
