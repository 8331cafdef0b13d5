//! Findings about the shape of polygons and solids, once for each object and kind.

use citygml_rs::{CityObject, DiagnosticCode, Fault, Polygon, ShellFace, Surface, SurfaceKind};
use citygml_rs::{check_polygon, check_solid, check_terrain_triangle};

use crate::SourceDiagnostic;

/// Faults of one object by kind: how many, and the first one's words and line.
#[derive(Default)]
pub(crate) struct FaultTally {
    kinds: Vec<(DiagnosticCode, usize, String, u64)>,
}

impl FaultTally {
    /// Checks one polygon, in metres of a local frame whose third axis points up.
    pub(crate) fn check(&mut self, surface: &Surface, polygon_enu: &Polygon) {
        for fault in check_polygon(polygon_enu) {
            self.add(&fault, surface.line);
        }
        if surface.kind == SurfaceKind::Terrain
            && let Some(fault) = check_terrain_triangle(polygon_enu)
        {
            self.add(&fault, surface.line);
        }
    }

    fn add(&mut self, fault: &Fault, line: u64) {
        let code = fault.code();
        match self.kinds.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, count, ..)) => *count += 1,
            None => self.kinds.push((code, 1, fault.to_string(), line)),
        }
    }

    /// Reports what was found.
    pub(crate) fn report(
        self,
        object: &CityObject,
        source: &str,
        diagnostics: &mut Vec<SourceDiagnostic>,
    ) {
        for (code, count, first, line) in self.kinds {
            let message = if count == 1 {
                first
            } else {
                format!("{first}; {count} times in this object")
            };
            let found = citygml_rs::Diagnostic {
                code: code.code,
                severity: code.severity,
                message,
                line: Some(line),
                object_id: Some(object.id.clone()),
            };
            diagnostics.push(SourceDiagnostic::from_reader(found, source));
        }
    }
}

/// Checks the solids of a top-level object and all that is nested in it. `polygons_enu` holds the polygons of each object
/// in the order of [`CityObject::descendants`], `None` where one could not be placed.
pub(crate) fn check_solids(
    object: &CityObject,
    polygons_enu: &[Vec<Option<Polygon>>],
    source: &str,
    diagnostics: &mut Vec<SourceDiagnostic>,
) {
    for owner in object.descendants() {
        let mut tally = FaultTally::default();
        for solid in &owner.solids {
            let shells: Option<Vec<Vec<ShellFace<'_>>>> = solid
                .shells
                .iter()
                .map(|shell| {
                    shell
                        .iter()
                        .map(|used| {
                            let polygons = polygons_enu.get(used.object as usize)?;
                            let polygon = polygons.get(used.surface as usize)?.as_ref()?;
                            Some(ShellFace {
                                polygon,
                                is_flipped: used.is_flipped,
                            })
                        })
                        .collect()
                })
                .collect();
            // Where a polygon could not be placed, that is told already.
            for fault in shells.iter().flat_map(|shells| check_solid(shells)) {
                tally.add(&fault, owner.line);
            }
        }
        tally.report(owner, source, diagnostics);
    }
}
