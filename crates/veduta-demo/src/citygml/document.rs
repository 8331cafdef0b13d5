//! The frame of a CityGML 2.0 document, and how positions and polygons are written.

use std::io::{self, Write};

use crate::city::PLAN_ORIGIN_CRS;

/// Name of the reference system: ETRS89 / UTM zone 32N with heights of DHHN92.
pub const SRS_NAME: &str = "urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::5783";

/// A document being written.
pub(crate) struct Document<W: Write> {
    out: W,
    /// Digits after the decimal point of coordinates.
    digits: usize,
}

/// Namespaces of CityGML 2.0 (OGC 12-019) and of what it builds on.
const NAMESPACES: &[(&str, &str)] = &[
    ("core", "http://www.opengis.net/citygml/2.0"),
    ("bldg", "http://www.opengis.net/citygml/building/2.0"),
    ("brid", "http://www.opengis.net/citygml/bridge/2.0"),
    ("dem", "http://www.opengis.net/citygml/relief/2.0"),
    ("frn", "http://www.opengis.net/citygml/cityfurniture/2.0"),
    ("gen", "http://www.opengis.net/citygml/generics/2.0"),
    ("luse", "http://www.opengis.net/citygml/landuse/2.0"),
    ("tran", "http://www.opengis.net/citygml/transportation/2.0"),
    ("veg", "http://www.opengis.net/citygml/vegetation/2.0"),
    ("wtr", "http://www.opengis.net/citygml/waterbody/2.0"),
    ("gml", "http://www.opengis.net/gml"),
    ("xAL", "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0"),
    ("xlink", "http://www.w3.org/1999/xlink"),
];

/// Lower and upper corner: plan metres and metres above DHHN92.
pub(crate) type Bounds = [[f64; 3]; 2];

impl<W: Write> Document<W> {
    /// Writes the head of the document.
    pub(crate) fn open(mut out: W, name: &str, digits: usize, bounds: Bounds) -> io::Result<Self> {
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            "<!-- Synthetic: an invented town, written by veduta-demo. Not a place, not a survey. -->"
        )?;
        write!(out, "<core:CityModel")?;
        for (prefix, namespace) in NAMESPACES {
            write!(out, r#" xmlns:{prefix}="{namespace}""#)?;
        }
        writeln!(out, ">")?;
        writeln!(
            out,
            "<gml:description>Synthetic demo city of Veduta; every object is invented.</gml:description>"
        )?;
        writeln!(out, "<gml:name>{}</gml:name>", escape(name))?;
        let mut document = Self { out, digits };
        let [low, high] = bounds;
        write!(
            document,
            r#"<gml:boundedBy><gml:Envelope srsName="{SRS_NAME}" srsDimension="3"><gml:lowerCorner>"#
        )?;
        document.position(low)?;
        write!(document, "</gml:lowerCorner><gml:upperCorner>")?;
        document.position(high)?;
        writeln!(
            document,
            "</gml:upperCorner></gml:Envelope></gml:boundedBy>"
        )?;
        Ok(document)
    }

    /// Writes the end and hands the output back.
    pub(crate) fn close(mut self) -> io::Result<W> {
        writeln!(self.out, "</core:CityModel>")?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Opens a city object: `element` with its id, ready for its properties.
    pub(crate) fn begin(&mut self, element: &str, id: &str) -> io::Result<()> {
        write!(
            self.out,
            r#"<core:cityObjectMember><{element} gml:id="{id}">"#
        )
    }

    /// Closes what [`Self::begin`] opened.
    pub(crate) fn end(&mut self, element: &str) -> io::Result<()> {
        writeln!(self.out, "</{element}></core:cityObjectMember>")
    }

    /// One element with text.
    pub(crate) fn text(&mut self, element: &str, text: &str) -> io::Result<()> {
        write!(self.out, "<{element}>{}</{element}>", escape(text))
    }

    /// The mark that every object carries.
    pub(crate) fn synthetic_mark(&mut self) -> io::Result<()> {
        self.generic("string", "synthetic", "true")
    }

    /// A generic attribute; `kind` is `string`, `int`, `double`.
    pub(crate) fn generic(&mut self, kind: &str, name: &str, value: &str) -> io::Result<()> {
        let value = escape(value);
        write!(
            self.out,
            r#"<gen:{kind}Attribute name="{name}"><gen:value>{value}</gen:value></gen:{kind}Attribute>"#
        )
    }

    /// A generic measure with its unit.
    pub(crate) fn measure(&mut self, name: &str, value: f64, uom: &str) -> io::Result<()> {
        write!(
            self.out,
            r#"<gen:measureAttribute name="{name}"><gen:value uom="{uom}">{value}</gen:value></gen:measureAttribute>"#
        )
    }

    /// `gml:Polygon` with an optional id.
    pub(crate) fn polygon(
        &mut self,
        id: Option<&str>,
        exterior: &[[f64; 3]],
        interiors: &[Vec<[f64; 3]>],
    ) -> io::Result<()> {
        match id {
            Some(id) => write!(self.out, r#"<gml:Polygon gml:id="{id}"><gml:exterior>"#)?,
            None => write!(self.out, "<gml:Polygon><gml:exterior>")?,
        }
        self.ring(exterior)?;
        write!(self.out, "</gml:exterior>")?;
        for interior in interiors {
            write!(self.out, "<gml:interior>")?;
            self.ring(interior)?;
            write!(self.out, "</gml:interior>")?;
        }
        write!(self.out, "</gml:Polygon>")
    }

    /// `gml:MultiSurface` of polygons without holes.
    pub(crate) fn multi_surface<'a>(
        &mut self,
        polygons: impl IntoIterator<Item = &'a Vec<[f64; 3]>>,
    ) -> io::Result<()> {
        write!(self.out, "<gml:MultiSurface>")?;
        for polygon in polygons {
            write!(self.out, "<gml:surfaceMember>")?;
            self.polygon(None, polygon, &[])?;
            write!(self.out, "</gml:surfaceMember>")?;
        }
        write!(self.out, "</gml:MultiSurface>")
    }

    /// `gml:LinearRing`: the first position is repeated at the end, as GML demands. Positions that are the same as the
    /// one before once they are rounded are written once.
    pub(crate) fn ring(&mut self, ring: &[[f64; 3]]) -> io::Result<()> {
        let scale = 10_f64.powi(self.digits as i32);
        let rounded = |position: &[f64; 3]| position.map(|value| (value * scale).round() as i64);
        let mut positions = ring.to_vec();
        positions.dedup_by_key(|position| rounded(position));
        while positions.len() > 1 && positions.first().map(rounded) == positions.last().map(rounded)
        {
            positions.pop();
        }
        write!(self.out, "<gml:LinearRing><gml:posList>")?;
        for (i, position) in positions.iter().chain(positions.first()).enumerate() {
            if i > 0 {
                write!(self.out, " ")?;
            }
            self.position(*position)?;
        }
        write!(self.out, "</gml:posList></gml:LinearRing>")
    }

    fn position(&mut self, [x, y, z]: [f64; 3]) -> io::Result<()> {
        let digits = self.digits;
        let (east, north) = (x + PLAN_ORIGIN_CRS[0], y + PLAN_ORIGIN_CRS[1]);
        write!(self.out, "{east:.digits$} {north:.digits$} {z:.digits$}")
    }

    /// Lets `write!` write to the document.
    pub(crate) fn write_fmt(&mut self, arguments: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.out.write_fmt(arguments)
    }
}

/// The smallest box round all positions; a point at the origin where there are none.
pub(crate) fn bounds(positions: impl IntoIterator<Item = [f64; 3]>) -> Bounds {
    positions
        .into_iter()
        .fold(None, |bounds: Option<Bounds>, p| {
            let [low, high] = bounds.unwrap_or([p, p]);
            Some([
                [low[0].min(p[0]), low[1].min(p[1]), low[2].min(p[2])],
                [high[0].max(p[0]), high[1].max(p[1]), high[2].max(p[2])],
            ])
        })
        .unwrap_or_default()
}

/// Text with the characters that XML reserves written as entities.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
