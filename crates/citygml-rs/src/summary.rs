//! What a file says about itself, apart from its objects.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// The encodings this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Format {
    /// CityGML: GML 3.1.1 (0.4, 1.0, 2.0) or GML 3.2.1 (3.0).
    CityGml,
    /// CityJSON: one JSON document.
    CityJson,
    /// CityJSONSeq: a header and one `CityJSONFeature` a line.
    CityJsonSeq,
}

impl Format {
    /// The name the standards use: `CityGML`, `CityJSON`, `CityJSONSeq`.
    pub fn name(self) -> &'static str {
        match self {
            Self::CityGml => "CityGML",
            Self::CityJson => "CityJSON",
            Self::CityJsonSeq => "CityJSONSeq",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An extent as written in the file: same reference system, axis order and dimension; nothing converted.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Envelope {
    /// `srsName` of the envelope itself, where it has one.
    pub srs_name: Option<String>,
    /// Lower corner, two or three values, in source units and axis order.
    pub lower_corner: Vec<f64>,
    /// Upper corner, as many values as the lower one.
    pub upper_corner: Vec<f64>,
}

/// What stands at the head of a file. Themes grow while a CityGML file is read, since appearances may stand anywhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Header {
    /// `0.4`, `1.0`, `2.0`, `3.0` for CityGML by its namespaces; `1.0`, `1.1`, `2.0` for CityJSON by its `version`.
    pub version: Option<String>,
    /// Default reference system of the file, as written (`gml:Envelope/@srsName`, `metadata.referenceSystem`).
    pub srs_name: Option<String>,
    /// Extent of the file, as written.
    pub envelope: Option<Envelope>,
    /// Names of the appearance themes seen so far, sorted; a theme without a name counts as the empty string.
    pub themes: Vec<String>,
    /// Themes that the file wants shown at first, of materials and of textures (CityJSON `default-theme-material`,
    /// `default-theme-texture`; CityGML has no such thing).
    pub default_themes: Vec<String>,
}

/// What was found in a whole file (or archive), beside the objects handed out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileSummary {
    /// Encoding, by content; for an archive that of its first readable member.
    pub format: Format,
    /// Standard version, see [`Header::version`].
    pub version: Option<String>,
    /// Default reference system, see [`Header::srs_name`], or that of the first object that names one. Objects carry
    /// their own in [`CityObject::srs_name`](crate::CityObject::srs_name).
    pub srs_name: Option<String>,
    /// Extent, see [`Header::envelope`].
    pub envelope: Option<Envelope>,
    /// Appearance themes of all members, see [`Header::themes`].
    pub themes: Vec<String>,
    /// Top-level objects handed out.
    pub objects: u64,
    /// Top-level objects that [`ReadOptions::filter`](crate::ReadOptions::filter) did not want.
    pub filtered: u64,
    /// Files read: 1, or the readable members of a zip archive.
    pub members: u64,
    /// Content that is known and left out by design, by element name, with how often it was met: terrain intersection
    /// curves, appearances, attributes of boundary surfaces… So nothing is dropped silently.
    pub left_out: BTreeMap<String, u64>,
}
