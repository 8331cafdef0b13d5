//! A box with any orientation.

use glam::{DMat4, DVec3};

use super::Frustum;

/// A box with orthogonal unit axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrientedBox {
    /// Centre.
    pub center: DVec3,
    /// Orthogonal unit vectors.
    pub axes: [DVec3; 3],
    /// Half the extent along each axis in metres, not negative.
    pub half_lengths_m: DVec3,
}

impl OrientedBox {
    /// From centre and half axes as a tileset writes them. A flat box (an axis of length 0) is completed
    /// with a perpendicular axis, and skewed axes are enclosed by an upright box, so that the plane and
    /// distance tests hold for any input.
    pub fn from_half_axes(center: DVec3, half_axes: [DVec3; 3]) -> Self {
        let mut order = [0, 1, 2];
        order.sort_by(|&a, &b| {
            half_axes[b]
                .length_squared()
                .total_cmp(&half_axes[a].length_squared())
        });
        let first = half_axes[order[0]].try_normalize().unwrap_or(DVec3::X);
        let second_raw = half_axes[order[1]];
        let second = (second_raw - first * second_raw.dot(first))
            .try_normalize()
            .unwrap_or_else(|| first.any_orthonormal_vector());
        let third = first.cross(second);
        let mut axes = [DVec3::ZERO; 3];
        axes[order[0]] = first;
        axes[order[1]] = second;
        axes[order[2]] = third;
        let reach = |axis: DVec3| half_axes.iter().map(|half| half.dot(axis).abs()).sum();
        Self {
            center,
            axes,
            half_lengths_m: DVec3::new(reach(axes[0]), reach(axes[1]), reach(axes[2])),
        }
    }

    /// From an axis-aligned box in some local frame, as code that makes tiles has it.
    pub fn from_local_bounds(ecef_from_local: &DMat4, min: DVec3, max: DVec3) -> Self {
        let half = (max - min).max(DVec3::ZERO) * 0.5;
        Self {
            center: (min + max) * 0.5,
            axes: [DVec3::X, DVec3::Y, DVec3::Z],
            half_lengths_m: half,
        }
        .transformed(ecef_from_local)
    }

    /// The box seen from the outer frame.
    pub fn transformed(&self, outer_from_inner: &DMat4) -> Self {
        let half_axes = [0, 1, 2]
            .map(|i| outer_from_inner.transform_vector3(self.axes[i] * self.half_lengths_m[i]));
        Self::from_half_axes(outer_from_inner.transform_point3(self.center), half_axes)
    }

    /// Shortest distance from a point, 0 inside.
    pub fn distance_m(&self, point: DVec3) -> f64 {
        let offset = point - self.center;
        let beyond = |i: usize| (offset.dot(self.axes[i]).abs() - self.half_lengths_m[i]).max(0.0);
        DVec3::new(beyond(0), beyond(1), beyond(2)).length()
    }

    /// How far the box reaches from its centre along a unit direction.
    pub fn reach_along(&self, direction: DVec3) -> f64 {
        (0..3)
            .map(|i| (self.axes[i].dot(direction) * self.half_lengths_m[i]).abs())
            .sum()
    }

    /// True when the box lies wholly outside one plane of the frustum.
    pub fn is_outside(&self, frustum: &Frustum) -> bool {
        frustum
            .planes
            .iter()
            .any(|plane| plane.signed_distance_m(self.center) < -self.reach_along(plane.normal))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vector(reach: f64) -> impl Strategy<Value = DVec3> {
        (-reach..reach, -reach..reach, -reach..reach).prop_map(|(x, y, z)| DVec3::new(x, y, z))
    }

    #[test]
    fn flat_boxes_get_a_third_axis() {
        let flat =
            OrientedBox::from_half_axes(DVec3::ZERO, [DVec3::X * 2.0, DVec3::Y * 3.0, DVec3::ZERO]);
        assert!((flat.axes[2].length() - 1.0).abs() < 1e-12);
        assert!((flat.distance_m(DVec3::new(0.0, 0.0, 5.0)) - 5.0).abs() < 1e-12);
        let point = OrientedBox::from_half_axes(DVec3::ONE, [DVec3::ZERO; 3]);
        assert!((point.distance_m(DVec3::ZERO) - 3.0_f64.sqrt()).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn skewed_axes_are_enclosed(a in vector(9.0), b in vector(9.0), c in vector(9.0), s in vector(1.0)) {
            let volume = OrientedBox::from_half_axes(DVec3::ONE, [a, b, c]);
            prop_assert!(volume.distance_m(DVec3::ONE + a * s.x + b * s.y + c * s.z) < 1e-9);
        }

        #[test]
        fn distance_is_that_of_the_nearest_corner_or_less(center in vector(100.0), point in vector(300.0), turn in 0.0..6.0) {
            let local = DMat4::from_translation(center) * DMat4::from_rotation_y(turn);
            let volume = OrientedBox::from_local_bounds(&local, DVec3::new(-1.0, -2.0, -3.0), DVec3::new(1.0, 2.0, 3.0));
            let distance = volume.distance_m(point);
            for corner in 0..8 {
                let sign = |bit: i32| if corner & bit == 0 { -1.0 } else { 1.0 };
                let position = local.transform_point3(DVec3::new(sign(1), 2.0 * sign(2), 3.0 * sign(4)));
                prop_assert!(distance <= position.distance(point) + 1e-9);
            }
        }
    }
}
