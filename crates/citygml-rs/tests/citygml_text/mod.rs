//! Small CityGML documents made in the test, and what comes of them.

#![allow(dead_code, reason = "each test program uses what it needs")]

use citygml_rs::{CityGmlReader, CityObject, Diagnostics, Header, ReadError, ReadOptions};

/// What a document yields, up to an error if there is one.
pub struct Outcome {
    pub objects: Vec<CityObject>,
    pub diagnostics: Diagnostics,
    pub header: Header,
    pub error: Option<ReadError>,
}

impl Outcome {
    /// Codes of the diagnostics in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics
            .items
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }
    pub fn ids(&self) -> Vec<&str> {
        self.objects
            .iter()
            .map(|object| object.id.as_str())
            .collect()
    }
}

/// Reads bytes with these options.
pub fn read_bytes(bytes: &[u8], options: ReadOptions) -> Outcome {
    let mut outcome = Outcome {
        objects: Vec::new(),
        diagnostics: Diagnostics::new(),
        header: Header::default(),
        error: None,
    };
    let mut reader = match CityGmlReader::new(bytes, options) {
        Ok(reader) => reader,
        Err(error) => {
            outcome.error = Some(error);
            return outcome;
        }
    };
    loop {
        match reader.next_object(&mut outcome.diagnostics) {
            Ok(Some(object)) => outcome.objects.push(object),
            Ok(None) => break,
            Err(error) => {
                outcome.error = Some(error);
                break;
            }
        }
    }
    outcome.header = reader.header().clone();
    outcome
}

/// A CityGML 2.0 document around these members.
pub fn model(members: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0"
  xmlns:gen="http://www.opengis.net/citygml/generics/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0"
  xmlns:app="http://www.opengis.net/citygml/appearance/2.0" xmlns:xAL="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0"
  xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ade="http://example.org/ade">
<gml:boundedBy><gml:Envelope srsName="EPSG:25832" srsDimension="3">
<gml:lowerCorner>0 0 0</gml:lowerCorner><gml:upperCorner>10 10 10</gml:upperCorner></gml:Envelope></gml:boundedBy>
{members}
</core:CityModel>"##
    )
}

/// Reads a document around these members with default options.
pub fn read_members(members: &str) -> Outcome {
    let outcome = read_bytes(model(members).as_bytes(), ReadOptions::default());
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    outcome
}

/// A member with one building with this content.
pub fn building(id: &str, content: &str) -> String {
    format!(
        r#"<core:cityObjectMember><bldg:Building gml:id="{id}">{content}</bldg:Building></core:cityObjectMember>"#
    )
}

/// A polygon with this id and position list.
pub fn polygon(id: &str, positions: &str) -> String {
    format!(
        r#"<gml:Polygon gml:id="{id}"><gml:exterior><gml:LinearRing><gml:posList srsDimension="3">{positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"#
    )
}

/// A triangle that is good for anything.
pub const TRIANGLE: &str = "0 0 1 4 0 1 4 4 1 0 0 1";
