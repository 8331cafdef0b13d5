//! The many ways files name a reference system.

use std::fmt;

use crate::identifier::identifiers;
use crate::{GeoError, adv};

/// How a name was written; it decides which axis order is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// `urn:ogc:def:crs:…` or `http://www.opengis.net/def/crs/…`: the authority's axis order
    /// (OGC 07-092r3 and OGC Name Type Specification 09-048r5).
    Authority,
    /// `EPSG:25832`, `…epsg.xml#4326`, AdV grids, plain names: east before north.
    Traditional,
}

/// A parsed `srsName`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SrsName {
    as_written: String,
    notation: Notation,
    horizontal: String,
    vertical: Option<String>,
}

/// Names that are neither URN nor code, as files use them. Compared without case, and with `_` for
/// a space. PROJ's database holds the official names, `ETRS89 / UTM zone 32N`.
const PLAIN_NAMES: &[(&str, &str)] = &[
    ("CH1903", "EPSG:21781"),
    ("CH1903 LV03", "EPSG:21781"),
    ("CH1903 / LV03", "EPSG:21781"),
    ("CH1903+", "EPSG:2056"),
    ("CH1903+ LV95", "EPSG:2056"),
    ("CH1903+ / LV95", "EPSG:2056"),
    ("LV03", "EPSG:21781"),
    ("LV95", "EPSG:2056"),
    ("RD", "EPSG:28992"),
    ("RD New", "EPSG:28992"),
    ("RDNAP", "EPSG:7415"),
    ("RD/NAP", "EPSG:7415"),
    ("Lambert93", "EPSG:2154"),
    ("Lambert 93", "EPSG:2154"),
    ("Lambert72", "EPSG:31370"),
    ("Lambert 72", "EPSG:31370"),
    ("BNG", "EPSG:27700"),
    ("PUWG 1992", "EPSG:2180"),
    ("S-JTSK", "EPSG:5514"),
    ("TM35FIN", "EPSG:3067"),
    ("ETRS-TM35FIN", "EPSG:3067"),
    ("SWEREF99 TM", "EPSG:3006"),
    ("JGD2000", "EPSG:4612"),
    ("JGD2011", "EPSG:6668"),
    ("WGS84", "EPSG:4326"),
    ("WGS 84", "EPSG:4326"),
    ("WGS1984", "EPSG:4326"),
];

/// Systems of the OGC (WMS 1.3, annex B): longitude first by definition.
const OGC_SYSTEMS: &[(&str, &str)] = &[
    ("crs84h", "OGC:CRS84h"),
    ("crs84", "OGC:CRS84"),
    ("crs:84", "OGC:CRS84"),
    ("crs83", "OGC:CRS83"),
    ("crs:83", "OGC:CRS83"),
    ("crs27", "OGC:CRS27"),
    ("crs:27", "OGC:CRS27"),
];

impl SrsName {
    /// Reads a name in any of these notations, whatever its case:
    ///
    /// | notation | example |
    /// | --- | --- |
    /// | code | `EPSG:25832`, `EPSG:25832+5783`, `25832`, `CRS:84`, `ESRI:102003`, `IGNF:LAMB93` |
    /// | URN | `urn:ogc:def:crs:EPSG::25832`, `urn:ogc:def:crs:EPSG:6.12:31467`, `urn:ogc:def:crs:OGC::CRS84h` |
    /// | compound URN | `urn:ogc:def:crs,crs:EPSG:6.12:25832,crs:EPSG:6.12:5783` |
    /// | URL | `http://www.opengis.net/def/crs/EPSG/0/6697` |
    /// | compound URL | `http://www.opengis.net/def/crs-compound?1=…/EPSG/0/25832&2=…/EPSG/0/7837` |
    /// | GML 3.1 URL | `http://www.opengis.net/gml/srs/epsg.xml#4326` |
    /// | AdV | `urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016` |
    /// | definition | PROJ string, WKT, PROJJSON, or a name that PROJ's database holds |
    ///
    /// # Errors
    /// [`GeoError::UnknownSrsName`] for an empty or foreign name, [`GeoError::LocalReference`] for
    /// a reference into the file. Whether PROJ knows the code shows when it is resolved.
    pub fn parse(text: &str) -> Result<Self, GeoError> {
        let trimmed = text.trim();
        let unknown = || GeoError::UnknownSrsName {
            as_written: text.to_owned(),
        };
        if trimmed.is_empty() {
            return Err(unknown());
        }
        if trimmed.starts_with('#') {
            return Err(GeoError::LocalReference {
                as_written: text.to_owned(),
            });
        }
        let name = |notation, horizontal: &str, vertical| Self {
            as_written: trimmed.to_owned(),
            notation,
            horizontal: horizontal.to_owned(),
            vertical,
        };
        let lower = trimmed.to_ascii_lowercase();
        if let Some(definition) = definition(trimmed, &lower) {
            return Ok(name(Notation::Traditional, &definition, None));
        }
        if let Some((_, horizontal)) = OGC_SYSTEMS
            .iter()
            .find(|(ending, _)| lower.ends_with(ending))
        {
            return Ok(name(Notation::Traditional, horizontal, None));
        }
        if let Some(adv) = adv::parse(trimmed) {
            let epsg = |code: u32| format!("EPSG:{code}");
            let horizontal = epsg(adv.horizontal_epsg);
            return Ok(name(adv.notation, &horizontal, adv.vertical_epsg.map(epsg)));
        }
        let spaced = trimmed.replace('_', " ");
        if let Some((_, horizontal)) = PLAIN_NAMES
            .iter()
            .find(|(plain, _)| plain.eq_ignore_ascii_case(&spaced))
        {
            return Ok(name(Notation::Traditional, horizontal, None));
        }
        let notation = if lower.starts_with("urn:") || lower.contains("/def/crs") {
            Notation::Authority
        } else {
            Notation::Traditional
        };
        let mut systems = identifiers(trimmed).into_iter();
        if let Some(horizontal) = systems.next() {
            return Ok(name(notation, &horizontal, systems.next()));
        }
        // What looks like an identifier but was not understood must not reach PROJ's name search,
        // which matches loosely.
        if notation == Notation::Authority || lower.contains(':') {
            return Err(unknown());
        }
        Ok(name(Notation::Traditional, trimmed, None))
    }

    /// The name as the file has it.
    pub fn as_written(&self) -> &str {
        &self.as_written
    }

    /// How it was written.
    pub fn notation(&self) -> Notation {
        self.notation
    }

    /// What PROJ is asked for: `EPSG:25832`, `OGC:CRS84`, a PROJ string or WKT.
    pub fn horizontal(&self) -> &str {
        &self.horizontal
    }

    /// The vertical reference system of a compound name, `EPSG:5783`.
    pub fn vertical(&self) -> Option<&str> {
        self.vertical.as_deref()
    }
}

/// A definition instead of a name, in the form that PROJ takes for a system.
fn definition(text: &str, lower: &str) -> Option<String> {
    if let Some(code) = lower.strip_prefix("+init=epsg:") {
        let code = code.split_whitespace().next()?;
        return Some(format!("EPSG:{code}"));
    }
    if lower.starts_with("+proj") || lower.starts_with("+init") || lower.starts_with("proj=") {
        // Without this PROJ takes the text for an operation.
        let mark = if lower.contains("type=crs") {
            ""
        } else {
            " +type=crs"
        };
        return Some(format!("{text}{mark}"));
    }
    (text.starts_with('{') || lower.contains('[')).then(|| text.to_owned())
}

impl fmt::Display for SrsName {
    /// `EPSG:25832`, `EPSG:25832+5783`: short, however it was written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let horizontal = self.horizontal.as_str();
        // WKT goes over many lines; what it calls the system stands first.
        match horizontal.split_once('[') {
            _ if horizontal.starts_with('{') => f.write_str("PROJJSON")?,
            Some((_, inside)) => f.write_str(inside.split('"').nth(1).unwrap_or("WKT"))?,
            None => f.write_str(horizontal.trim_end_matches(" +type=crs"))?,
        }
        match self.vertical.as_deref() {
            Some(vertical) => write!(f, "+{}", vertical.trim_start_matches("EPSG:")),
            None => Ok(()),
        }
    }
}
