//! The normal of a polygon that is only nearly planar.

use crate::Polygon;

/// Unit normal of the exterior ring by Newell's method, `None` where the ring has no area.
///
/// Right-handed: the ring runs counter-clockwise seen from where the normal points. Works for rings that are only nearly
/// planar, which is what surveyed roofs are; the result is the normal of the best-fitting plane in the area sense.
///
/// The coordinates must have one unit on all axes: in degrees and metres (EPSG:6697) the result is meaningless.
pub fn polygon_normal(polygon: &Polygon) -> Option<[f64; 3]> {
    let (normal, _) = normal_and_area(&polygon.exterior)?;
    Some(normal)
}

/// Unit normal and area of a ring.
pub(crate) fn normal_and_area(ring: &[[f64; 3]]) -> Option<([f64; 3], f64)> {
    let doubled = area_vector_doubled(ring);
    let length = length(doubled);
    // Relative to the extent, so that the test does not depend on the unit. 1e-10 is far above the rounding error of
    // the sum and far below any sliver that was meant: 10 m by 1 nm.
    let extent = extent(ring);
    if !length.is_finite() || length <= 1e-10 * extent * extent {
        return None;
    }
    Some((doubled.map(|component| component / length), length / 2.0))
}

/// Newell's sum: twice the vector area. Vertices are taken relative to the first one, since products of projected
/// coordinates (5e6 m squared) would eat all digits of a small area.
pub(crate) fn area_vector_doubled(ring: &[[f64; 3]]) -> [f64; 3] {
    let mut sum = [0.0; 3];
    let Some(&origin) = ring.first() else {
        return sum;
    };
    for pair in ring[1..].windows(2) {
        let term = cross(subtract(pair[0], origin), subtract(pair[1], origin));
        for axis in 0..3 {
            sum[axis] += term[axis];
        }
    }
    sum
}

fn extent(ring: &[[f64; 3]]) -> f64 {
    let mut extent: f64 = 0.0;
    for axis in 0..3 {
        let values = ring.iter().map(|point| point[axis]);
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        extent = extent.max(high - low);
    }
    extent
}

pub(crate) fn subtract(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(crate) fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

pub(crate) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(a: [f64; 3]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counter_clockwise_from_above_points_up_even_far_from_the_origin() {
        let (x, y) = (4_479_345.123, 5_332_188.456);
        let polygon = Polygon {
            exterior: vec![
                [x, y, 512.0],
                [x + 0.1, y, 512.0],
                [x + 0.1, y + 0.1, 512.0],
                [x, y + 0.1, 512.0],
            ],
            interiors: vec![],
        };
        let normal = polygon_normal(&polygon).expect("a square has a normal");
        assert!(normal[2] > 0.999_999, "{normal:?}");
        let (_, area) = normal_and_area(&polygon.exterior).expect("a square has an area");
        assert!((area - 0.01).abs() < 1e-9, "{area}");
    }

    #[test]
    fn a_line_there_and_back_has_no_normal() {
        let polygon = Polygon {
            exterior: vec![[0.0; 3], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [1.0, 1.0, 1.0]],
            interiors: vec![],
        };
        assert_eq!(polygon_normal(&polygon), None);
        assert_eq!(polygon_normal(&Polygon::default()), None);
    }
}
