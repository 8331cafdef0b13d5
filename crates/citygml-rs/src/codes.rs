//! Every diagnostic this crate can give, in one list.

use crate::Severity;

/// A kind of diagnostic: stable code, severity and meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiagnosticCode {
    /// Stable code, `GML-012`; never reused for something else.
    pub code: &'static str,
    /// How much it costs.
    pub severity: Severity,
    /// What it means, for a list of codes; the diagnostic itself says more.
    pub meaning: &'static str,
}

/// Declares the codes and the list of them, so that none can be left out of the list.
macro_rules! codes {
    ($($name:ident = $code:literal, $severity:ident, $meaning:literal;)*) => {
        $(pub(crate) const $name: DiagnosticCode =
            DiagnosticCode { code: $code, severity: Severity::$severity, meaning: $meaning };)*

        /// All codes this crate uses, in the order of the list in its README.
        pub const DIAGNOSTIC_CODES: &[DiagnosticCode] = &[$($name),*];
    };
}

codes! {
    ILL_FORMED_XML = "GML-001", Error, "The XML is not well-formed; the object concerned, or the rest of the file, is lost.";
    TRUNCATED = "GML-002", Error, "The file ends too early; the object it ends in is lost.";
    LIMIT_EXCEEDED = "GML-003", Error, "An object exceeds a limit of the reader and is left out.";
    DEGENERATE_RING = "GML-004", Warning, "A ring has fewer than three distinct points; its polygon or hole is left out.";
    BAD_COORDINATE = "GML-005", Warning, "A coordinate is not a finite number; the polygon or hole is left out.";
    COORDINATE_COUNT = "GML-006", Warning, "The number of coordinates does not fit the dimension; the polygon or hole is left out.";
    HEIGHT_MISSING = "GML-007", Warning, "Geometry of LoD 1 or more has no heights; height 0 is assumed.";
    UNRESOLVED_XLINK = "GML-008", Warning, "An XLink leads to no geometry that was found.";
    EMPTY_GEOMETRY = "GML-009", Warning, "A geometry property is empty.";
    DUPLICATE_ID = "GML-010", Warning, "Two city objects have the same gml:id; both are kept.";
    UNCLOSED_RING = "GML-011", Info, "A ring does not end where it begins; it is closed.";
    REPLACED_CHARACTERS = "GML-013", Warning, "Bytes that do not fit the file's encoding were replaced.";
    UNKNOWN_ENTITY = "GML-014", Warning, "An entity reference that is not predefined was kept as text.";
    MIXED_SRS = "GML-015", Warning, "One object has geometry in several reference systems; the first is taken for all.";
    ATTRIBUTE_TYPE = "GML-016", Info, "An attribute value is not of its declared type and was kept as text.";
    CONTROL_POINTS = "GML-017", Info, "A TIN has control points that span no area; they are points, not triangles.";
    MEMBER_BY_REFERENCE = "GML-018", Warning, "A member of the city model is only a reference and was not followed.";
    NO_OBJECTS = "GML-019", Warning, "The file holds no city object that could be read.";
    FURTHER_DIAGNOSTICS = "GML-020", Info, "Further diagnostics of one code were counted, not listed.";
    GEOMETRY_WITHOUT_LOD = "GML-021", Info, "Geometry has no level of detail; it is read as LoD 0.";
    DAMAGED_STREAM = "GML-022", Error, "The compressed data is damaged; the rest of the file is lost.";
    MEMBER_FAILED = "GML-023", Error, "A member of an archive could not be read.";
    REPEATED_SURFACE = "GML-024", Info, "A surface without meaning repeats one of the same object that has a meaning; it is left out.";
    BROKEN_APPEARANCE = "GML-025", Warning, "Part of an appearance is not as the standard says; it is left out.";
    MISSING_TARGET = "GML-026", Info, "An appearance is for geometry that is not there, or not where the appearance counts.";
    REPEATED_LOOK = "GML-027", Info, "A theme says two things about one side of one target; the first counts.";
    TEXTURE_COORDINATES = "GML-028", Warning, "Texture coordinates do not fit the points of a polygon; it is left without that texture.";
    DEGENERATE_LINE = "GML-029", Warning, "A line has fewer than two distinct points; it is left out.";
    BROKEN_IMPLICIT_GEOMETRY = "GML-030", Warning, "An implicit geometry lacks what it takes to place it; it is left out.";
    MISSING_TEMPLATE = "GML-031", Warning, "The prototype of an implicit geometry was not found.";
    REPEATED_POINT = "GML-039", Info, "A ring has a point twice in a row, of which one is kept, or two within 1 mm.";
    NO_AREA = "GML-040", Warning, "The exterior ring of a polygon has no area; it is not drawn.";
    RING_CROSSES_ITSELF = "GML-041", Warning, "A ring crosses itself; what is drawn may differ from what was meant.";
    RINGS_CROSS = "GML-042", Warning, "Two rings of a polygon cross or overlap; what is drawn may differ from what was meant.";
    RINGS_TOUCH = "GML-043", Info, "Two rings of a polygon touch, or one runs along itself.";
    MISPLACED_HOLE = "GML-044", Warning, "An interior ring lies outside the exterior ring or in another interior ring.";
    NOT_PLANAR = "GML-045", Info, "A point lies more than 1 cm off the plane of its polygon.";
    NOT_COMPARED = "GML-046", Info, "A polygon has too many edges side by side to be checked for crossings.";
    TERRAIN_FACE = "GML-047", Info, "A face of a TIN is not a triangle or looks down.";
    SHELL_OPEN = "GML-048", Warning, "The shell of a solid is not closed.";
    SHELL_ORIENTATION = "GML-049", Warning, "Faces of a solid look to the wrong side.";
    SHELL_NOT_SIMPLE = "GML-050", Info, "The shell of a solid is of several pieces, or has edges with more than two faces.";
    BROKEN_LINE = "CJ-001", Error, "A line of a CityJSONSeq is not a CityJSONFeature and is left out.";
    VERTEX_INDEX = "CJ-002", Warning, "A boundary refers to a vertex that does not exist; the surface is left out.";
    GEOMETRY_TYPE = "CJ-003", Warning, "A geometry is of unknown type or shape and is left out.";
    BROKEN_HIERARCHY = "CJ-004", Warning, "Parents and children do not agree.";
    GEOMETRY_TEMPLATE = "CJ-005", Warning, "A geometry instance has no template, place or matrix that can be used; it is left out.";
    BROKEN_OBJECT = "CJ-006", Error, "A city object is not as the standard says and is left out.";
    COARSER_LOD = "CJ-007", Info, "An object has several refinements of one level of detail; the finest is kept.";
    SEMANTICS = "CJ-008", Info, "The semantics of a geometry do not fit its surfaces and are ignored.";
    DUPLICATE_KEY = "CJ-009", Warning, "Two city objects have the same key; both are kept.";
    APPEARANCE = "CJ-010", Warning, "A material, texture or texture coordinate does not exist or does not fit the surfaces; these surfaces go without it.";
    TRANSFORM = "CJ-011", Warning, "The transform is missing, broken, or loses the coordinates.";
    NOT_A_NUMBER = "CJ-012", Warning, "NaN or Infinity, which JSON does not have, is read as null.";
    FEATURE = "CJ-013", Warning, "A line of a CityJSONSeq has another type than CityJSONFeature, or an id that none of its objects has; it is read all the same.";
    OBJECT_TYPE = "CJ-014", Info, "A city object is of a type that the standard does not have; it is read as it is.";
    VERSION = "CJ-015", Info, "The version is missing or unknown; the file is read as the nearest one.";
    TIME_SERIES = "CJ-016", Info, "Values of a dynamizer are elsewhere, or not in a form that can be read.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{DIAGNOSTIC_CODES, DiagnosticCode};

    #[test]
    fn the_readme_lists_every_code() {
        let readme = include_str!("../README.md");
        for DiagnosticCode {
            code,
            severity,
            meaning,
        } in DIAGNOSTIC_CODES
        {
            let row = format!("| {code} | {severity} | {meaning} |");
            assert!(readme.contains(&row), "missing in README.md: {row}");
        }
    }

    #[test]
    fn every_code_stands_for_one_thing() {
        let distinct: HashSet<_> = DIAGNOSTIC_CODES.iter().map(|code| code.code).collect();
        assert_eq!(distinct.len(), DIAGNOSTIC_CODES.len());
    }
}
