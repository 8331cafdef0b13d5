//! Where the prototypes of implicit geometries stand.

use citygml_rs::ImplicitGeometry;
use glam::{DMat4, DVec3};
use veduta_geo::{EnuFrame, Geodetic, ecef_from_geodetic};

use super::placer::Placer;

/// Axes of a reference system whose unit is within these many metres are lengths; others are angles.
const METRIC_UNITS_M: std::ops::RangeInclusive<f64> = 0.1..=10.0;

/// Takes the template's frame, about `origin` in it, to earth-centred metres. `None` if the anchor cannot be converted.
///
/// By the standard the matrix acts in the source reference system (CityGML 2.0, 8.3). That is taken at its word where
/// the system is metric and right-handed, so that grid north and grid scale are kept. In degrees, and where north comes
/// before east, the template stands on local east, north and up: it is metric, and would be drawn mirrored else.
pub(crate) fn ecef_from_template(
    implicit: &ImplicitGeometry,
    origin: DVec3,
    srs_name: &Option<String>,
    placer: &Placer,
) -> Option<(DMat4, Geodetic)> {
    let matrix = DMat4::from_cols_array(&implicit.matrix).transpose();
    if !matrix.is_finite() {
        return None;
    }
    let offset = matrix.transform_point3(origin);
    let turn = DMat4::from_mat3(glam::DMat3::from_mat4(matrix));
    let reference = DVec3::from_array(implicit.reference_point);
    let axes = |anchor: DVec3| -> Option<(DVec3, Geodetic, Option<[DVec3; 3]>)> {
        let steps = [DVec3::ZERO, DVec3::X, DVec3::Y, DVec3::Z];
        let points = steps.map(|step| (anchor + step).to_array());
        let places = placer.places(srs_name, &points);
        let place = (*places.first()?)?;
        let at = ecef_from_geodetic(place);
        let axis = |index: usize| {
            let end = places.get(index).copied().flatten()?;
            let axis = ecef_from_geodetic(end) - at;
            METRIC_UNITS_M.contains(&axis.length()).then_some(axis)
        };
        let axes = match (axis(1), axis(2), axis(3)) {
            (Some(x), Some(y), Some(z)) if x.cross(y).dot(z) > 0.0 => Some([x, y, z]),
            _ => None,
        };
        Some((at, place, axes))
    };
    if let Some((at, place, Some([x, y, z]))) = axes(reference + offset) {
        let frame = DMat4::from_cols(x.extend(0.0), y.extend(0.0), z.extend(0.0), at.extend(1.0));
        return Some((frame * turn, place));
    }
    let (_, place, _) = axes(reference)?;
    let frame = EnuFrame::at(place).ecef_from_enu() * DMat4::from_translation(offset);
    Some((frame * turn, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::city::georeference_book::GeoreferenceBook;
    use citygml_rs::{CityObject, Template};
    use std::sync::Arc;

    fn tree(srs_name: &str, reference_point: [f64; 3]) -> CityObject {
        // A quarter turn to the left, twice as high, 10 above the anchor.
        let matrix = [
            0.0, -1.0, 0.0, 0.0, //
            1.0, 0.0, 0.0, 0.0, //
            0.0, 0.0, 2.0, 10.0, //
            0.0, 0.0, 0.0, 1.0,
        ];
        CityObject {
            srs_name: Some(srs_name.to_owned()),
            implicit_geometries: vec![ImplicitGeometry {
                lod: 1,
                matrix,
                reference_point,
                template: Arc::new(Template::default()),
                line: 1,
            }],
            ..CityObject::default()
        }
    }

    /// Where the template's point (3, 0, 1) comes to lie, in metres about the anchor.
    fn tip(object: &CityObject) -> DVec3 {
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::default()));
        let prepared = placer.prepare(std::slice::from_ref(object));
        assert!(prepared.is_ok(), "a single file is read at once");
        let implicit = &object.implicit_geometries[0];
        let origin = DVec3::new(1.0, 0.0, 0.0);
        let (ecef, _) =
            ecef_from_template(implicit, origin, &object.srs_name, &placer).expect("placed");
        let anchor = placer.places(&object.srs_name, &[implicit.reference_point])[0];
        EnuFrame::at(anchor.expect("on earth"))
            .point_enu_from_ecef(ecef.transform_point3(DVec3::new(3.0, 0.0, 1.0) - origin))
    }

    #[test]
    fn a_template_stands_upright_and_turned_in_metres_and_in_degrees() {
        for (srs_name, anchor) in [
            ("EPSG:25832", [691_000.0, 5_336_000.0, 515.0]),
            (
                "http://www.opengis.net/def/crs/EPSG/0/6697",
                [35.65, 139.75, 12.0],
            ),
            ("EPSG:31467", [5_427_000.0, 3_513_000.0, 300.0]),
        ] {
            let tip = tip(&tree(srs_name, anchor));
            let expected = DVec3::new(0.0, 3.0, 12.0);
            // Grid north is up to two degrees from true north.
            assert!((tip - expected).length() < 0.15, "{srs_name}: {tip}");
        }
    }

    #[test]
    fn a_matrix_that_is_no_number_places_nothing() {
        let mut object = tree("EPSG:25832", [691_000.0, 5_336_000.0, 515.0]);
        object.implicit_geometries[0].matrix[5] = f64::NAN;
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::default()));
        let prepared = placer.prepare(std::slice::from_ref(&object));
        assert!(prepared.is_ok(), "a single file is read at once");
        let implicit = &object.implicit_geometries[0];
        assert!(ecef_from_template(implicit, DVec3::ZERO, &object.srs_name, &placer).is_none());
    }
}
