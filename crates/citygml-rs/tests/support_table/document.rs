//! Small documents in each version, and what is read of them.

use citygml_rs::{CityGmlReader, CityJsonReader, CityObject, Diagnostics, ReadOptions};

/// A version with a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    One,
    Two,
    Three,
    Json,
}

pub const VERSIONS: [Version; 4] = [Version::One, Version::Two, Version::Three, Version::Json];

impl Version {
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "CityGML 1.0",
            Self::Two => "CityGML 2.0",
            Self::Three => "CityGML 3.0",
            Self::Json => "CityJSON 2.0",
        }
    }

    pub fn number(self) -> &'static str {
        match self {
            Self::One => "1.0",
            Self::Two | Self::Json => "2.0",
            Self::Three => "3.0",
        }
    }
}

/// The middle of a document.
pub enum Source {
    /// The version has no such thing.
    None,
    /// Members of a city model.
    Members(String),
    /// Members of the root of a CityJSON document.
    Json(String),
}

/// Prefixes and their namespaces, without the version.
const MODULES: [(&str, &str); 16] = [
    ("app", "appearance"),
    ("bldg", "building"),
    ("brid", "bridge"),
    ("con", "construction"),
    ("dem", "relief"),
    ("dyn", "dynamizer"),
    ("frn", "cityfurniture"),
    ("gen", "generics"),
    ("grp", "cityobjectgroup"),
    ("luse", "landuse"),
    ("pcl", "pointcloud"),
    ("tran", "transportation"),
    ("tun", "tunnel"),
    ("veg", "vegetation"),
    ("vers", "versioning"),
    ("wtr", "waterbody"),
];

/// All objects of a document with this middle.
pub fn read(version: Version, source: &Source) -> Vec<CityObject> {
    let mut diagnostics = Diagnostics::new();
    let mut objects = Vec::new();
    match source {
        Source::None => {}
        Source::Members(members) => {
            let number = version.number();
            let modules: String = MODULES
                .iter()
                .map(|(prefix, name)| {
                    format!(" xmlns:{prefix}=\"http://www.opengis.net/citygml/{name}/{number}\"")
                })
                .collect();
            let gml = if version == Version::Three {
                "gml/3.2"
            } else {
                "gml"
            };
            let text = format!(
                "<core:CityModel xmlns:core=\"http://www.opengis.net/citygml/{number}\" \
                 xmlns:gml=\"http://www.opengis.net/{gml}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
                 xmlns:xAL=\"urn:oasis:names:tc:ciq:xsdschema:xAL:2.0\"{modules}>{members}</core:CityModel>"
            );
            let mut reader = CityGmlReader::new(text.as_bytes(), ReadOptions::default())
                .expect("the document is CityGML");
            while let Some(object) = reader
                .next_object(&mut diagnostics)
                .expect("it is well-formed")
            {
                objects.push(object);
            }
        }
        Source::Json(members) => {
            let text = format!(
                r#"{{"type":"CityJSON","version":"2.0","transform":{{"scale":[1,1,1],"translate":[0,0,0]}},
                "vertices":[[0,0,1],[4,0,1],[4,4,1],[0,4,1],[2,2,5]],{members}}}"#
            );
            let mut reader = CityJsonReader::new(text.as_bytes(), ReadOptions::default())
                .expect("the document is CityJSON");
            while let Some(object) = reader.next_object(&mut diagnostics).expect("it is JSON") {
                objects.push(object);
            }
        }
    }
    objects
}

/// A square with an id.
pub const SQUARE: &str = "<gml:Polygon gml:id=\"p\"><gml:exterior><gml:LinearRing gml:id=\"r\"><gml:posList srsDimension=\"3\">\
    0 0 1 4 0 1 4 4 1 0 4 1 0 0 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";

pub fn multi_surface() -> String {
    format!("<gml:MultiSurface><gml:surfaceMember>{SQUARE}</gml:surfaceMember></gml:MultiSurface>")
}

/// A shell of one face: enough to see that it is a solid.
pub fn solid() -> String {
    format!(
        "<gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember>{SQUARE}</gml:surfaceMember>\
         </gml:CompositeSurface></gml:exterior></gml:Solid>"
    )
}

pub const MULTI_CURVE: &str = "<gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList srsDimension=\"3\">\
    0 0 1 4 0 1 4 4 1</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve>";

/// A member of a city model.
pub fn member(content: &str) -> Source {
    Source::Members(format!(
        "<core:cityObjectMember>{content}</core:cityObjectMember>"
    ))
}

/// Whether one of the objects, or of those nested in them, is so.
pub fn any(objects: &[CityObject], is_so: impl Fn(&CityObject) -> bool) -> bool {
    objects.iter().flat_map(CityObject::descendants).any(is_so)
}
