//! Polygons of a source as triangulated faces in a local frame.

use citygml_rs::{CityObject, Polygon, Surface, SurfaceKind, polygon_normal, triangulate};
use glam::DVec3;
use veduta_geo::{EnuFrame, Geodetic, ecef_from_geodetic};

use super::placer::Placer;
use super::validity::FaultTally;
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// A polygon in metres of a local frame, cut into triangles.
pub(crate) struct PlacedFace {
    /// What the file says the surface is.
    pub(crate) kind: SurfaceKind,
    /// Index of the polygon among those that the faces were made of.
    pub(crate) surface: usize,
    /// Unit normal of the exterior ring.
    pub(crate) normal: DVec3,
    /// Exterior ring first, then holes; open rings.
    pub(crate) rings: Vec<Vec<DVec3>>,
    /// Corners of triangles, indices into the rings one after the other.
    pub(crate) triangles: Vec<[u32; 3]>,
}

impl PlacedFace {
    /// All vertices, in the order that [`PlacedFace::triangles`] counts them.
    pub(crate) fn vertices(&self) -> impl Iterator<Item = DVec3> + '_ {
        self.rings.iter().flatten().copied()
    }

    /// Turns the face over.
    pub(crate) fn flip(&mut self) {
        self.normal = -self.normal;
        for triangle in &mut self.triangles {
            triangle.swap(1, 2);
        }
    }
}

/// Vertices of one surface on earth: ring by ring. `None` if one cannot be converted.
pub(crate) type PlacedRings = Option<Vec<Vec<Geodetic>>>;

/// Converts all rings of some surfaces of one object at once.
pub(crate) fn place_surfaces(
    object: &CityObject,
    surfaces: &[&Surface],
    placer: &Placer,
) -> Vec<PlacedRings> {
    let points_crs: Vec<[f64; 3]> = surfaces
        .iter()
        .flat_map(|surface| rings(&surface.polygon).flatten().copied())
        .collect();
    let mut places = placer.places(&object.srs_name, &points_crs).into_iter();
    surfaces
        .iter()
        .map(|surface| {
            // Every ring takes its share of the places, also after a bad one.
            let placed: Vec<Option<Vec<Geodetic>>> = rings(&surface.polygon)
                .map(|ring| places.by_ref().take(ring.len()).collect::<Vec<_>>())
                .map(|ring| ring.into_iter().collect())
                .collect();
            placed.into_iter().collect()
        })
        .collect()
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &Vec<[f64; 3]>> {
    std::iter::once(&polygon.exterior).chain(&polygon.interiors)
}

/// Faces of one object's surfaces; what cannot be one is reported, not dropped in silence.
pub(crate) fn faces_of(
    object: &CityObject,
    surfaces: &[&Surface],
    placed: Vec<PlacedRings>,
    frame: &EnuFrame,
    source: &str,
    diagnostics: &mut Vec<SourceDiagnostic>,
) -> Vec<PlacedFace> {
    let mut faces = Vec::with_capacity(surfaces.len());
    let mut unconverted = 0_usize;
    let mut untriangulated: Option<(usize, String, u64)> = None;
    let mut faults = FaultTally::default();
    for (index, (surface, rings)) in surfaces.iter().zip(placed).enumerate() {
        let Some(rings) = rings else {
            unconverted += 1;
            continue;
        };
        let polygon = polygon_enu(&rings, frame);
        faults.check(surface, &polygon);
        match face(surface.kind, polygon) {
            Ok(face) => faces.push(PlacedFace {
                surface: index,
                ..face
            }),
            Err(reason) => {
                let entry = untriangulated.get_or_insert((0, reason, surface.line));
                entry.0 += 1;
            }
        }
    }
    faults.report(object, source, diagnostics);
    if unconverted > 0 {
        diagnostics.push(
            SourceDiagnostic::new(
                code::NOT_CONVERTED,
                Severity::Warning,
                source,
                format!(
                    "{unconverted} of {} surfaces have coordinates outside their reference system and are left out",
                    surfaces.len()
                ),
            )
            .at_object(&object.id, object.line),
        );
    }
    if let Some((count, reason, line)) = untriangulated {
        diagnostics.push(
            SourceDiagnostic::new(
                code::NOT_TRIANGULATED,
                Severity::Warning,
                source,
                format!(
                    "{count} of {} surfaces cannot be drawn and are left out; the first: {reason}",
                    surfaces.len()
                ),
            )
            .at_object(&object.id, line),
        );
    }
    faces
}

/// Faces of a prototype's polygons, whose points are metres of a frame of its own; its origin is put at `origin`.
/// What cannot be a face is counted.
pub(crate) fn faces_of_prototype(surfaces: &[Surface], origin: DVec3) -> (Vec<PlacedFace>, usize) {
    let mut faces = Vec::with_capacity(surfaces.len());
    for (index, surface) in surfaces.iter().enumerate() {
        let shifted = |ring: &Vec<[f64; 3]>| -> Vec<[f64; 3]> {
            ring.iter()
                .map(|point| (DVec3::from_array(*point) - origin).to_array())
                .collect()
        };
        let polygon = Polygon {
            exterior: shifted(&surface.polygon.exterior),
            interiors: surface.polygon.interiors.iter().map(shifted).collect(),
        };
        if let Ok(face) = face(surface.kind, polygon) {
            faces.push(PlacedFace {
                surface: index,
                ..face
            });
        }
    }
    let left_out = surfaces.len() - faces.len();
    (faces, left_out)
}

/// The polygon that placed rings form, in metres of a frame.
pub(crate) fn polygon_enu(rings: &[Vec<Geodetic>], frame: &EnuFrame) -> Polygon {
    let place = |&place: &Geodetic| {
        let point = frame.point_enu_from_ecef(ecef_from_geodetic(place));
        point.to_array()
    };
    let mut rings = rings
        .iter()
        .filter(|ring| !ring.is_empty())
        .map(|ring| ring.iter().map(place).collect());
    Polygon {
        exterior: rings.next().unwrap_or_default(),
        interiors: rings.collect(),
    }
}

fn face(kind: SurfaceKind, polygon: Polygon) -> Result<PlacedFace, String> {
    let triangles = triangulate(&polygon).map_err(|error| error.to_string())?;
    let normal = polygon_normal(&polygon)
        .map(DVec3::from_array)
        .ok_or_else(|| "the exterior ring has no area".to_owned())?;
    let rings = rings(&polygon).filter(|ring| !ring.is_empty());
    Ok(PlacedFace {
        kind,
        surface: 0,
        normal,
        rings: rings
            .map(|ring| ring.iter().copied().map(DVec3::from_array).collect())
            .collect(),
        triangles,
    })
}
