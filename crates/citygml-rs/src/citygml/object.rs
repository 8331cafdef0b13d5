//! City objects, their boundary surfaces and what hangs on them.
//!
//! CityGML alternates: an object holds properties, a property holds a value, which may be an object again. Objects and
//! boundary surfaces are known by name ([`crate::vocabulary`]); properties are taken as they come, so that modules,
//! versions and application domain extensions need no code of their own.

use std::fmt;
use std::io::BufRead;
use std::sync::Arc;

use super::assembly::Assembly;
use super::cursor::{Stop, Token, XmlCursor};
use super::file_context::{FileContext, report_appearances};
use super::fragment::SeenId;
use super::geometry::GeometryContext;
use super::implicit_geometry::place_prototypes;
use super::namespaces::Namespace;
use super::property::leads_to_surfaces;
use super::ring::Numbers;
use super::shared_geometry::report_open_references;
use crate::codes::{self, DiagnosticCode};
use crate::fast_hash::{HashSet, id_hash};
use crate::findings::Findings;
use crate::vocabulary::{
    boundary_surface_kind, derived_boundary_surface_kind, is_city_object, own_surface_kind,
};
use crate::{BoundarySurface, CityObject, Diagnostics, LineKind, ReadOptions, SurfaceKind};

/// Reads one top-level object. The parts of the work live beside this file: `property`, `generic_attribute`, `address`,
/// `geometry`, `polygon`.
pub(crate) struct ObjectParser<'a, R> {
    pub(super) cursor: &'a mut XmlCursor<R>,
    pub(super) findings: &'a mut Findings,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) options: &'a ReadOptions,
    /// Hashes of the ids of all city objects of the file: eight bytes an object, whatever the length of its id.
    pub(super) seen_ids: &'a mut HashSet<u64>,
    /// The ids themselves, if this is a piece of a model.
    pub(super) piece_ids: Option<&'a mut Vec<SeenId>>,
    /// What this object shares with others of the file.
    pub(super) context: &'a mut FileContext,
    pub(super) assembly: Assembly,
    /// Pieces of geometry met, read or not; tells an empty property from one that holds something.
    pub(super) geometry_met: u64,
    /// Object and index of the set that points of the property at hand go to.
    pub(super) point_set: Option<(usize, usize)>,
    /// Room for lists of coordinates.
    pub(super) numbers: Numbers,
    /// `gml:id` of the ring that was read last.
    pub(super) ring_id: String,
    /// Object for which missing heights were reported last.
    pub(super) heights_missed_in: Option<usize>,
}

/// Whose content is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    /// Index of the city object.
    pub(super) owner: usize,
    /// What its surfaces are here.
    pub(super) kind: SurfaceKind,
    /// The boundary surface of the owner whose content it is, if it is not that of the owner itself.
    pub(super) boundary: Option<u32>,
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the object whose start tag was just read. On failure the cursor stands somewhere inside it.
    pub(crate) fn read_top_level(
        &mut self,
        default_srs_name: Option<&str>,
    ) -> Result<Option<CityObject>, Stop> {
        self.cursor.start_object();
        self.read_city_object(None, "")?;
        let mut assembly = std::mem::take(&mut self.assembly);
        let mut local = std::mem::take(&mut assembly.appearances);
        local.complete();
        for theme in local.themes() {
            self.findings.add_theme(theme);
        }
        place_prototypes(
            &mut assembly,
            self.context,
            &local,
            self.findings,
            self.diagnostics,
        );
        let completed = assembly.finish(
            default_srs_name,
            &[&local, self.context.appearances()],
            self.context.wanted.as_deref(),
        );
        for (id, surfaces) in completed.found {
            let found = &mut self.context.found.surfaces;
            found.entry(id).or_insert(surfaces);
        }
        report_appearances(&local, self.findings);
        let object = completed.object;
        if let Some(object) = &object {
            report_completion(self.findings, object, completed.repeated, completed.misfits);
            if !self.context.defers_references {
                report_open_references(object, self.findings, self.diagnostics);
            }
            if completed.excess_solids > 0 {
                self.findings.report(
                    self.diagnostics,
                    codes::LIMIT_EXCEEDED,
                    Some(object.line),
                    Some(&object.id),
                    format_args!(
                        "{} uses of solids are left out: the shells have too many surfaces in all",
                        completed.excess_solids
                    ),
                );
            }
        }
        for (line, entity) in self.cursor.take_unknown_entities() {
            self.findings.report(
                self.diagnostics,
                codes::UNKNOWN_ENTITY,
                Some(line),
                object.as_ref().map(|object| object.id.as_str()),
                format_args!("the entity &{entity}; is not defined; it was kept as text"),
            );
        }
        Ok(object)
    }

    /// Reads the city object whose start tag was just read; `property` is what nests it in its parent.
    pub(super) fn read_city_object(
        &mut self,
        parent: Option<usize>,
        property: &str,
    ) -> Result<(), Stop> {
        let line = self.cursor.line();
        let object_type = self.cursor.local_name().to_owned();
        let written_id = self.cursor.attribute("id").filter(|id| !id.is_empty());
        let scope_kind = own_surface_kind(&object_type);
        let object = CityObject {
            id: written_id.clone().unwrap_or_else(|| format!("line-{line}")),
            object_type,
            role: parent.map(|_| self.role(property)),
            line,
            ..CityObject::default()
        };
        let owner = self.assembly.add_object(object, parent);
        let mark = self.assembly.mark();
        if let Some(id) = &written_id {
            self.note_id(id, owner);
        }
        self.read_properties(
            Scope {
                owner,
                kind: scope_kind,
                boundary: None,
            },
            None,
        )?;
        if let Some(id) = written_id {
            self.assembly.add_target(&id, mark, false);
        }
        Ok(())
    }

    /// Local name of a property, also where it stands in a data type.
    pub(super) fn role(&mut self, path: &str) -> Arc<str> {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        self.context.names.shared(name)
    }

    fn note_id(&mut self, id: &str, owner: usize) {
        let hash = id_hash(id);
        if let Some(ids) = &mut self.piece_ids {
            ids.push(SeenId {
                hash,
                id: id.to_owned(),
                line: self.assembly.object(owner).line,
            });
        }
        if !self.seen_ids.insert(hash) {
            let line = self.assembly.object(owner).line;
            self.report(
                codes::DUPLICATE_ID,
                line,
                owner,
                format_args!("the gml:id {id:?} was used before in this file"),
            );
        }
    }

    /// Reads a boundary surface whose start tag was just read. Its surfaces belong to `owner`; openings in it become
    /// children of `owner`.
    pub(super) fn read_boundary(&mut self, owner: usize, kind: SurfaceKind) -> Result<(), Stop> {
        let id = self.cursor.attribute("id").filter(|id| !id.is_empty());
        let boundary = BoundarySurface {
            id: id.clone(),
            object_type: self.context.names.shared(self.cursor.local_name()),
            line: self.cursor.line(),
            ..BoundarySurface::default()
        };
        let boundary = self.assembly.add_boundary(owner, boundary);
        let mark = self.assembly.mark();
        self.read_properties(
            Scope {
                owner,
                kind,
                boundary: Some(boundary),
            },
            None,
        )?;
        if let Some(id) = id {
            self.assembly.add_target(&id, mark, false);
        }
        Ok(())
    }

    /// Reads properties up to the end of the element they are in. `path` is set inside a data type, see
    /// [`Self::read_value`].
    pub(super) fn read_properties(&mut self, scope: Scope, path: Option<&str>) -> Result<(), Stop> {
        while let Token::Start = self.cursor.advance()? {
            self.read_property(scope, path)?;
        }
        Ok(())
    }

    /// Reads an element that stands inside the property `path`: a boundary surface, a nested object or a data type.
    pub(super) fn read_value(&mut self, scope: Scope, path: &str) -> Result<(), Stop> {
        let namespace = self.cursor.namespace();
        let local = self.cursor.local_name();
        if namespace != Namespace::Gml {
            if let Some(kind) = boundary_surface_kind(local) {
                return self.read_boundary(scope.owner, kind);
            }
            if is_city_object(local) {
                return self.read_city_object(Some(scope.owner), path);
            }
            if namespace == Namespace::Other
                && leads_to_surfaces(path)
                && let Some(kind) = derived_boundary_surface_kind(local)
            {
                return self.read_boundary(scope.owner, kind);
            }
            if local == "GenericTimeseries" {
                return self.read_time_series(scope, path);
            }
            if local == "ImplicitGeometry" {
                let context = GeometryContext::new(scope, 0, LineKind::Geometry);
                return self.read_implicit_geometry(context);
            }
            // A feature of an application domain extension; data types have no id.
            if namespace == Namespace::Other && self.cursor.attribute("id").is_some() {
                return self.read_city_object(Some(scope.owner), path);
            }
        } else if is_gml_geometry(local) {
            return self.read_geometry_without_lod(scope);
        }
        self.read_data_type(scope, path)
    }

    /// Flattens a structured value: `externalReference/informationSystem`. A value without children is a leaf.
    fn read_data_type(&mut self, scope: Scope, path: &str) -> Result<(), Stop> {
        let local = self.cursor.local_name().to_owned();
        let annotations = self.annotations();
        let mut is_leaf = true;
        while let Token::Start = self.cursor.advance()? {
            is_leaf = false;
            self.read_property(scope, Some(path))?;
        }
        if is_leaf {
            self.add_text_attribute(scope, &format!("{path}/{local}"), annotations);
        }
        Ok(())
    }

    /// Geometry under a property that names no level of detail: of extensions, of groups. It counts as LoD 0.
    fn read_geometry_without_lod(&mut self, scope: Scope) -> Result<(), Stop> {
        let line = self.cursor.line();
        let before = self.assembly.surface_count();
        self.read_geometry(GeometryContext::new(scope, 0, LineKind::Geometry))?;
        if self.assembly.surface_count() > before {
            let id = &self.assembly.object(scope.owner).id;
            self.findings.gather(
                codes::GEOMETRY_WITHOUT_LOD,
                "surface geometry under a property without level of detail, read as LoD 0",
                Some(line),
                Some(id),
            );
        }
        Ok(())
    }

    /// Reports a finding about an object of this assembly.
    pub(super) fn report(
        &mut self,
        code: DiagnosticCode,
        line: u64,
        owner: usize,
        message: fmt::Arguments<'_>,
    ) {
        let id = &self.assembly.object(owner).id;
        self.findings
            .report(self.diagnostics, code, Some(line), Some(id), message);
    }
}

/// Counts surfaces and looks of an object that were left out when it was finished.
pub(super) fn report_completion(
    findings: &mut Findings,
    object: &CityObject,
    repeated: u64,
    misfits: u64,
) {
    let (line, id) = (Some(object.line), Some(object.id.as_str()));
    if repeated > 0 {
        let what = "surface without meaning that repeats one with a meaning, left out";
        findings.gather_many(codes::REPEATED_SURFACE, what, repeated, line, id);
    }
    if misfits > 0 {
        let what =
            "polygon whose texture coordinates do not fit its points, left without that texture";
        findings.gather_many(codes::TEXTURE_COORDINATES, what, misfits, line, id);
    }
}

/// GML geometry elements, as far as city models use them (GML 3.1.1 clause 10 and 11, GML 3.2.1 clause 10 and 11).
pub(super) fn is_gml_geometry(local: &str) -> bool {
    matches!(
        local,
        "Point"
            | "MultiPoint"
            | "LineString"
            | "Curve"
            | "OrientableCurve"
            | "CompositeCurve"
            | "MultiCurve"
            | "Polygon"
            | "Surface"
            | "PolyhedralSurface"
            | "TriangulatedSurface"
            | "Tin"
            | "OrientableSurface"
            | "CompositeSurface"
            | "MultiSurface"
            | "MultiPolygon"
            | "Solid"
            | "CompositeSolid"
            | "MultiSolid"
            | "MultiGeometry"
            | "GeometricComplex"
    )
}
