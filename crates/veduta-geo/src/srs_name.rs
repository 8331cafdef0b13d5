//! The many ways files name a reference system.

use std::fmt;

use crate::{GeoError, adv};

/// How a name was written; it decides which axis order is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// `urn:ogc:def:crs:…` or `http://www.opengis.net/def/crs/…`: the authority's axis order
    /// (OGC 07-092r3 and OGC Name Type Specification 09-048r5).
    Authority,
    /// `EPSG:25832`, `…epsg.xml#4326`, AdV names, plain names: east before north.
    Traditional,
}

/// A parsed `srsName`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SrsName {
    as_written: String,
    notation: Notation,
    horizontal: String,
    vertical_epsg: Option<u32>,
}

/// Names that are neither URN nor code, as files use them. Compared without case.
const PLAIN_NAMES: &[(&str, u32)] = &[
    ("CH1903", 21781),
    ("CH1903_LV03", 21781),
    ("CH1903 / LV03", 21781),
    ("CH1903+", 2056),
    ("CH1903+ / LV95", 2056),
    ("CH1903+_LV95", 2056),
    ("LV03", 21781),
    ("LV95", 2056),
    ("RD", 28992),
    ("RD New", 28992),
    ("Lambert93", 2154),
    ("WGS84", 4326),
    ("WGS 84", 4326),
    ("WGS1984", 4326),
];

impl SrsName {
    /// Reads a name in any of these notations:
    ///
    /// | notation | example |
    /// | --- | --- |
    /// | code | `EPSG:25832`, `EPSG:25832+5783`, `25832`, `CRS:84` |
    /// | URN | `urn:ogc:def:crs:EPSG::25832`, `urn:ogc:def:crs:EPSG:6.12:31467` |
    /// | compound URN | `urn:ogc:def:crs,crs:EPSG:6.12:25832,crs:EPSG:6.12:5783` |
    /// | URL | `http://www.opengis.net/def/crs/EPSG/0/6697` |
    /// | GML 3.1 URL | `http://www.opengis.net/gml/srs/epsg.xml#4326` |
    /// | AdV | `urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016` |
    /// | definition | PROJ string, WKT, or a name that PROJ's database holds |
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
        let lower = trimmed.to_ascii_lowercase();
        let name = |notation, horizontal: String, vertical_epsg| Self {
            as_written: trimmed.to_owned(),
            notation,
            horizontal,
            vertical_epsg,
        };
        if lower.contains("crs84") || lower == "crs:84" {
            return Ok(name(Notation::Traditional, "OGC:CRS84".to_owned(), None));
        }
        if lower.starts_with("urn:adv:crs:") {
            let rest = &trimmed["urn:adv:crs:".len()..];
            let (horizontal, vertical) = adv::epsg_codes(rest).ok_or_else(unknown)?;
            return Ok(name(Notation::Traditional, epsg(horizontal), vertical));
        }
        if let Some((_, code)) = PLAIN_NAMES
            .iter()
            .find(|(plain, _)| plain.eq_ignore_ascii_case(trimmed))
        {
            return Ok(name(Notation::Traditional, epsg(*code), None));
        }
        if lower.starts_with("+proj") || lower.starts_with("+init") || lower.contains('[') {
            return Ok(name(Notation::Traditional, trimmed.to_owned(), None));
        }
        let notation = if lower.starts_with("urn:") || lower.contains("/def/crs") {
            Notation::Authority
        } else {
            Notation::Traditional
        };
        if let Some((horizontal, vertical)) = epsg_codes(&lower) {
            return Ok(name(notation, epsg(horizontal), vertical));
        }
        // What looks like an identifier but was not understood must not reach PROJ's name search,
        // which matches loosely.
        if notation == Notation::Authority || lower.contains("://") || lower.contains(':') {
            return Err(unknown());
        }
        Ok(name(Notation::Traditional, trimmed.to_owned(), None))
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

    /// EPSG code of the vertical reference system of a compound name.
    pub fn vertical_epsg(&self) -> Option<u32> {
        self.vertical_epsg
    }
}

impl fmt::Display for SrsName {
    /// `EPSG:25832`, `EPSG:25832+5783`: short, however it was written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.horizontal)?;
        match self.vertical_epsg {
            Some(code) => write!(f, "+{code}"),
            None => Ok(()),
        }
    }
}

fn epsg(code: u32) -> String {
    format!("EPSG:{code}")
}

/// Horizontal and vertical code of a name in lower case; `None` unless it names EPSG or is a bare code.
fn epsg_codes(lower: &str) -> Option<(u32, Option<u32>)> {
    let mut codes = lower.split([',', '+', '&']).filter_map(|component| {
        let component = component.trim();
        let code = component
            .rsplit([':', '/', '#'])
            .next()
            .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))?;
        let names_epsg = component.contains("epsg") || component.len() == code.len();
        names_epsg.then(|| code.parse().ok()).flatten()
    });
    let horizontal = codes.next()?;
    Some((horizontal, codes.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> String {
        SrsName::parse(text).map_or_else(|error| error.to_string(), |name| name.to_string())
    }

    #[test]
    fn notations_found_in_real_files_name_the_same_systems() {
        for (written, expected) in [
            ("EPSG:25832", "EPSG:25832"),
            (" epsg:25832 ", "EPSG:25832"),
            ("EPSG::25832", "EPSG:25832"),
            ("25832", "EPSG:25832"),
            ("EPSG:25832+5783", "EPSG:25832+5783"),
            ("urn:ogc:def:crs:EPSG::7415", "EPSG:7415"),
            ("urn:ogc:def:crs:EPSG:6.12:31467", "EPSG:31467"),
            (
                "urn:ogc:def:crs,crs:EPSG:6.12:25832,crs:EPSG:6.12:5783",
                "EPSG:25832+5783",
            ),
            (
                "urn:ogc:def:crs,crs:EPSG::31466,crs:EPSG::5783",
                "EPSG:31466+5783",
            ),
            (
                "urn:ogc:def:crs:EPSG:25832, crs:EPSG:5783",
                "EPSG:25832+5783",
            ),
            ("http://www.opengis.net/def/crs/EPSG/0/6697", "EPSG:6697"),
            ("https://www.opengis.net/def/crs/EPSG/0/6668", "EPSG:6668"),
            (
                "http://www.opengis.net/def/crs-compound?1=http://www.opengis.net/def/crs/EPSG/0/25833&2=http://www.opengis.net/def/crs/EPSG/0/5783",
                "EPSG:25833+5783",
            ),
            ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326"),
            (
                "urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH*GCG2016",
                "EPSG:25832+7837",
            ),
            ("CRS:84", "OGC:CRS84"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
            ("CH1903", "EPSG:21781"),
            ("ch1903+", "EPSG:2056"),
        ] {
            assert_eq!(short(written), expected, "{written}");
        }
    }

    #[test]
    fn urns_and_urls_promise_the_axis_order_of_the_authority() {
        let notation = |text: &str| SrsName::parse(text).map(|name| name.notation());
        assert_eq!(
            notation("urn:ogc:def:crs:EPSG::4326"),
            Ok(Notation::Authority)
        );
        assert_eq!(
            notation("http://www.opengis.net/def/crs/EPSG/0/6697"),
            Ok(Notation::Authority)
        );
        assert_eq!(notation("EPSG:4326"), Ok(Notation::Traditional));
        assert_eq!(
            notation("http://www.opengis.net/gml/srs/epsg.xml#4326"),
            Ok(Notation::Traditional)
        );
    }

    #[test]
    fn what_cannot_be_used_says_what_to_do() {
        for text in [
            "",
            "urn:ogc:def:crs:FOO::1",
            "urn:adv:crs:ETRS89_UTM99",
            "IGNF:X",
        ] {
            let error = SrsName::parse(text).expect_err(text);
            assert!(error.to_string().contains("--crs EPSG:CODE"), "{error}");
        }
        assert_eq!(
            SrsName::parse("#local-CRS-1"),
            Err(GeoError::LocalReference {
                as_written: "#local-CRS-1".to_owned()
            })
        );
    }
}
