//! What a source holds, as `veduta inspect` prints it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::census::Census;
use crate::{Severity, SourceDiagnostic};

/// Everything that can be said about a source without drawing it. Field names are those of the JSON output.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct InspectReport {
    /// `CityGML`, `CityJSON`, `CityJSONSeq`, `3D Tiles` or `glTF`; several are joined by `, `.
    pub format: String,
    /// Version of the format; several are joined by `, `.
    pub version: Option<String>,
    /// Reference system in use, `EPSG:25832+5783`; `local` where there is none.
    pub crs: Option<String>,
    /// `srsName`s as the files write them.
    pub srs_names: Vec<String>,
    /// West, south, east, north in degrees, lowest and highest height in metres; of all geometry, or
    /// of all that has a place on earth where only some has.
    pub bbox_wgs84: Option<[f64; 6]>,
    /// Top-level city objects by type; for 3D Tiles rows of the feature tables.
    pub features: BTreeMap<String, u64>,
    /// Objects nested in others, by type: building parts, installations, openings, rooms.
    pub parts: BTreeMap<String, u64>,
    /// Levels of detail that have geometry.
    pub lods: Vec<u8>,
    /// Polygons by semantic type; `Unclassified` where the file says none.
    pub surfaces: BTreeMap<String, u64>,
    /// Triangles of all polygons at all levels.
    pub triangles: u64,
    /// The same by level of detail.
    pub triangles_by_lod: BTreeMap<u8, u64>,
    /// Solids, members of composite and multi-solids one by one.
    pub solids: u64,
    /// Implicit geometries: prototypes placed.
    pub instances: u64,
    /// Lines: terrain intersections, break lines, centre lines, edges.
    pub curves: u64,
    /// Single points: mass points, symbols.
    pub points: u64,
    /// References between objects: group members, versions.
    pub relations: u64,
    /// Appearance themes; the empty name is the theme without name.
    pub appearances: Vec<String>,
    /// Images that textures name and that can be shown.
    pub textures_found: u64,
    /// Images that textures name and that are missing or in a format that is not shown; each is a finding.
    pub textures_missing: u64,
    /// Findings, in the order found.
    pub diagnostics: Vec<SourceDiagnostic>,
}

impl InspectReport {
    pub(crate) fn from_census(
        census: Census,
        crs_labels: Vec<String>,
        diagnostics: Vec<SourceDiagnostic>,
    ) -> Self {
        let extent = census.extent();
        let joined = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
        Self {
            format: joined(census.formats.into_iter().collect()).unwrap_or_default(),
            version: joined(census.versions.into_iter().collect()),
            crs: joined(crs_labels),
            srs_names: census.srs_names.into_iter().collect(),
            bbox_wgs84: extent.map(|bounds| bounds.to_array()),
            features: census.features,
            parts: census.parts,
            lods: census.lods.into_iter().collect(),
            surfaces: census.surfaces,
            triangles: census.triangles,
            triangles_by_lod: census.triangles_by_lod,
            solids: census.solids,
            instances: census.instances,
            curves: census.curves,
            points: census.points,
            relations: census.relations,
            textures_found: census.images_found,
            textures_missing: census.images_missing,
            appearances: census.appearances.into_iter().collect(),
            diagnostics,
        }
    }

    /// True if the source holds neither objects nor triangles.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty() && self.triangles == 0
    }
}

/// The report as text for a terminal: one block, aligned, diagnostics last.
pub fn render_text(report: &InspectReport) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{label:<12} {value}");
        }
    };
    let version = report.version.as_deref().unwrap_or("");
    line("format", format!("{} {version}", report.format).trim_end());
    line("crs", report.crs.as_deref().unwrap_or("none"));
    if let Some([west, south, east, north, low, high]) = report.bbox_wgs84 {
        line(
            "extent",
            &format!("{west:.6} {south:.6} to {east:.6} {north:.6}, {low:.1} to {high:.1} m"),
        );
    }
    line("features", &counts(&report.features));
    line("parts", &counts(&report.parts));
    let lods: Vec<String> = report.lods.iter().map(u8::to_string).collect();
    line("lods", &lods.join(", "));
    line("surfaces", &counts(&report.surfaces));
    line("triangles", &report.triangles.to_string());
    let by_lod: Vec<String> = report
        .triangles_by_lod
        .iter()
        .map(|(lod, triangles)| format!("{triangles} at level {lod}"))
        .collect();
    if by_lod.len() > 1 {
        line("", &by_lod.join(", "));
    }
    for (label, count) in [
        ("solids", report.solids),
        ("prototypes", report.instances),
        ("lines", report.curves),
        ("points", report.points),
        ("references", report.relations),
    ] {
        if count > 0 {
            line(label, &count.to_string());
        }
    }
    let themes: Vec<&str> = report
        .appearances
        .iter()
        .map(|theme| if theme.is_empty() { "(unnamed)" } else { theme })
        .collect();
    line("appearances", &themes.join(", "));
    if report.textures_found + report.textures_missing > 0 {
        let (found, missing) = (report.textures_found, report.textures_missing);
        line("images", &format!("{found} found, {missing} missing"));
    }
    for diagnostic in &report.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let mut place = diagnostic.source.clone();
        if let Some(line) = diagnostic.line {
            let _ = write!(place, ":{line}");
        }
        if let Some(id) = &diagnostic.object_id {
            let _ = write!(place, " ({id})");
        }
        let _ = writeln!(
            text,
            "{severity} {} {place}: {}",
            diagnostic.code, diagnostic.message
        );
    }
    text
}

fn counts(by_type: &BTreeMap<String, u64>) -> String {
    let items: Vec<String> = by_type
        .iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    items.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_holds_what_the_json_holds() {
        let report = InspectReport {
            format: "CityGML".into(),
            version: Some("2.0".into()),
            crs: Some("EPSG:25832".into()),
            bbox_wgs84: Some([8.0, 49.0, 8.1, 49.1, 110.0, 118.25]),
            features: BTreeMap::from([("Building".into(), 3)]),
            lods: vec![1, 2],
            triangles: 42,
            triangles_by_lod: BTreeMap::from([(1, 12), (2, 30)]),
            textures_found: 5,
            textures_missing: 1,
            appearances: vec![String::new()],
            diagnostics: vec![
                SourceDiagnostic::new("SRC-004", Severity::Warning, "a.gml", "cannot be drawn")
                    .at_object("b1", 12),
            ],
            ..InspectReport::default()
        };
        let text = render_text(&report);
        for part in [
            "CityGML 2.0",
            "EPSG:25832",
            "3 Building",
            "1, 2",
            "42",
            "12 at level 1, 30 at level 2",
            "5 found, 1 missing",
            "(unnamed)",
            "warning SRC-004 a.gml:12 (b1): cannot be drawn",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        for absent in ["parts", "solids", "lines "] {
            assert!(!text.contains(absent), "{absent}");
        }
    }
}
