//! Polygons of files in metres, roughly: enough to see their shape.

#![allow(dead_code, reason = "each test program uses what it needs")]

use citygml_rs::{CityObject, Polygon};

/// Whether a reference system has degrees, latitude first.
pub fn is_in_degrees(srs_name: Option<&str>) -> bool {
    srs_name.is_some_and(|name| {
        ["6697", "6668", "4326", "4979"]
            .iter()
            .any(|code| name.ends_with(code))
    })
}

/// A point in metres, east first. Distances are right at 35 degrees north.
pub fn metric_point([latitude, longitude, height]: [f64; 3]) -> [f64; 3] {
    [longitude * 91_000.0, latitude * 111_000.0, height]
}

/// A polygon in metres.
pub fn metric_polygon(polygon: &Polygon, srs_name: Option<&str>) -> Polygon {
    if !is_in_degrees(srs_name) {
        return polygon.clone();
    }
    let convert = |ring: &Vec<[f64; 3]>| ring.iter().map(|&point| metric_point(point)).collect();
    Polygon {
        exterior: convert(&polygon.exterior),
        interiors: polygon.interiors.iter().map(convert).collect(),
    }
}

/// An object and all below it in metres.
pub fn metric_object(mut object: CityObject) -> CityObject {
    let mut open = vec![&mut object];
    while let Some(object) = open.pop() {
        for surface in &mut object.surfaces {
            surface.polygon = metric_polygon(&surface.polygon, object.srs_name.as_deref());
        }
        open.extend(&mut object.children);
    }
    object
}
