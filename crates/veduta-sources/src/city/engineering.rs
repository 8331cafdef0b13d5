//! Systems that a CityGML file defines itself and hangs on a point with a place on earth.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// Bytes at the start of a file that may hold the definition; it stands before the first object.
const HEAD_BYTES: u64 = 1 << 20;

/// Where a local system hangs (`gml:anchorDefinition`, ISO 19136 D.3.10; `gml:anchorPoint` in GML 3.1).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Anchor {
    /// System of the anchor point.
    pub(crate) srs_name: String,
    /// The point as written: two coordinates and a height.
    pub(crate) point_crs: [f64; 3],
}

/// The anchor of the engineering system with this `gml:id`; `None` if the file (plain or gzip) says none.
pub(crate) fn anchor_of(file: &Path, id: &str) -> Option<Anchor> {
    let mut head = Vec::new();
    let mut opened = File::open(file).ok()?;
    opened
        .by_ref()
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .ok()?;
    if head.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        // A cut stream ends in an error; what came before it is the head.
        let _cut = MultiGzDecoder::new(&head[..])
            .take(HEAD_BYTES)
            .read_to_end(&mut unpacked);
        head = unpacked;
    }
    anchor_in(&String::from_utf8_lossy(&head), id)
}

fn anchor_in(head: &str, id: &str) -> Option<Anchor> {
    let named = head.find(&format!("id=\"{id}\""))?;
    let tag = head[..named].rfind('<')?;
    if !head[tag..named].contains("EngineeringCRS") {
        return None;
    }
    let definition = &head[named..];
    let end = definition
        .find("EngineeringCRS>")
        .unwrap_or(definition.len());
    let definition = &definition[..end];
    let element = ["anchorDefinition", "anchorPoint"];
    let at = element.iter().find_map(|name| definition.find(name))?;
    let anchor = &definition[at..];
    let (attributes, rest) = anchor.split_once('>')?;
    let srs_name = attributes
        .split_once("codeSpace=\"")?
        .1
        .split('"')
        .next()?
        .to_owned();
    let (text, _) = rest.split_once('<')?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next()?.ok().filter(|value| value.is_finite());
    Some(Anchor {
        srs_name,
        point_crs: [next()?, next()?, next().unwrap_or(0.0)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"<core:engineeringCRS><gml:EngineeringCRS gml:id="local-1"><gml:engineeringDatum>
        <gml:EngineeringDatum gml:id="datum-1"><gml:anchorDefinition codeSpace="urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::5783">
        458868.0 5438343.0 112.0</gml:anchorDefinition></gml:EngineeringDatum></gml:engineeringDatum></gml:EngineeringCRS>"#;

    #[test]
    fn finds_the_anchor_of_the_named_system_only() {
        let anchor = anchor_in(HEAD, "local-1").expect("an anchor");
        assert_eq!(
            anchor.srs_name,
            "urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::5783"
        );
        assert_eq!(anchor.point_crs, [458_868.0, 5_438_343.0, 112.0]);
        for id in ["local-2", "datum-1"] {
            assert_eq!(anchor_in(HEAD, id), None, "{id}");
        }
        assert_eq!(
            anchor_in(&HEAD.replace("458868.0", "somewhere"), "local-1"),
            None
        );
        let older = HEAD.replace("anchorDefinition", "anchorPoint");
        assert_eq!(anchor_in(&older, "local-1"), Some(anchor));
        assert_eq!(anchor_in(&HEAD[..100], "local-1"), None);
    }
}
