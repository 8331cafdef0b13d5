//! Bounding volumes of tiles in f64: distance to a point, test against a frustum, union.
//!
//! 3D Tiles 1.1, 10.1 *Bounding volumes*: oriented boxes and spheres move with the tile transform,
//! regions are always geographic. All lengths are metres. Every answer is conservative: a distance
//! is never more than the true one, and what is called outside is outside.

mod frustum;
mod oriented_box;
mod region;

use glam::{DMat4, DVec3};

pub use frustum::{Frustum, Plane};
pub use oriented_box::OrientedBox;
pub use region::Region;

/// A sphere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sphere {
    /// Centre.
    pub center: DVec3,
    /// Radius in metres, not negative.
    pub radius_m: f64,
}

/// What encloses a tile and everything under it.
#[derive(Debug, Clone, PartialEq)]
pub enum BoundingVolume {
    /// `box`.
    OrientedBox(OrientedBox),
    /// `sphere`.
    Sphere(Sphere),
    /// `region`.
    Region(Region),
}

impl BoundingVolume {
    /// Shortest distance from a point to the volume, 0 inside.
    pub fn distance_m(&self, point_ecef: DVec3) -> f64 {
        match self {
            Self::OrientedBox(volume) => volume.distance_m(point_ecef),
            Self::Sphere(sphere) => (sphere.center.distance(point_ecef) - sphere.radius_m).max(0.0),
            Self::Region(region) => region.distance_m(point_ecef),
        }
    }

    /// True when the volume lies wholly outside the frustum.
    pub fn is_outside(&self, frustum: &Frustum) -> bool {
        match self {
            Self::OrientedBox(volume) => volume.is_outside(frustum),
            Self::Sphere(sphere) => frustum
                .planes
                .iter()
                .any(|plane| plane.signed_distance_m(sphere.center) < -sphere.radius_m),
            Self::Region(region) => region.enclosing_box().is_outside(frustum),
        }
    }

    /// Middle of the volume.
    pub fn center(&self) -> DVec3 {
        match self {
            Self::OrientedBox(volume) => volume.center,
            Self::Sphere(sphere) => sphere.center,
            Self::Region(region) => region.enclosing_box().center,
        }
    }

    /// Radius of a sphere about [`BoundingVolume::center`] that encloses the volume.
    pub fn radius_m(&self) -> f64 {
        match self {
            Self::OrientedBox(volume) => volume.half_lengths_m.length(),
            Self::Sphere(sphere) => sphere.radius_m,
            Self::Region(region) => region.enclosing_box().half_lengths_m.length(),
        }
    }

    /// The volume seen from the outer frame. Regions are geographic in every frame and stay as they are.
    pub fn transformed(&self, outer_from_inner: &DMat4) -> Self {
        match self {
            Self::OrientedBox(volume) => Self::OrientedBox(volume.transformed(outer_from_inner)),
            Self::Sphere(sphere) => Self::Sphere(Sphere {
                center: outer_from_inner.transform_point3(sphere.center),
                radius_m: sphere.radius_m * largest_scale(outer_from_inner),
            }),
            Self::Region(region) => Self::Region(region.clone()),
        }
    }

    /// A box, with the axes of the first volume, around all of them; `None` for no volumes.
    pub fn union(volumes: &[BoundingVolume]) -> Option<Self> {
        let first = volumes.first()?;
        let axes = match first {
            Self::OrientedBox(volume) => volume.axes,
            Self::Sphere(_) => [DVec3::X, DVec3::Y, DVec3::Z],
            Self::Region(region) => region.enclosing_box().axes,
        };
        let origin = first.center();
        let mut low = DVec3::INFINITY;
        let mut high = DVec3::NEG_INFINITY;
        for volume in volumes {
            let offset = volume.center() - origin;
            for (i, axis) in axes.iter().enumerate() {
                let reach = match volume {
                    Self::OrientedBox(inner) => inner.reach_along(*axis),
                    Self::Sphere(sphere) => sphere.radius_m,
                    Self::Region(region) => region.enclosing_box().reach_along(*axis),
                };
                let along = offset.dot(*axis);
                low[i] = low[i].min(along - reach);
                high[i] = high[i].max(along + reach);
            }
        }
        let middle = (low + high) * 0.5;
        let center = origin + axes[0] * middle.x + axes[1] * middle.y + axes[2] * middle.z;
        Some(Self::OrientedBox(OrientedBox {
            center,
            axes,
            half_lengths_m: (high - low) * 0.5,
        }))
    }
}

/// Largest factor by which a transform stretches a length along its axes.
pub(crate) fn largest_scale(transform: &DMat4) -> f64 {
    [transform.x_axis, transform.y_axis, transform.z_axis]
        .into_iter()
        .map(|axis| axis.truncate().length())
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cube(center: DVec3, half: f64) -> BoundingVolume {
        BoundingVolume::OrientedBox(OrientedBox::from_half_axes(
            center,
            [DVec3::X * half, DVec3::Y * half, DVec3::Z * half],
        ))
    }

    #[test]
    fn union_holds_every_corner() {
        let turned = cube(DVec3::ZERO, 1.0).transformed(&DMat4::from_rotation_z(0.7));
        let sphere = BoundingVolume::Sphere(Sphere {
            center: DVec3::new(5.0, 0.0, 1.0),
            radius_m: 2.0,
        });
        let union = BoundingVolume::union(&[turned, cube(DVec3::new(-3.0, 4.0, 0.0), 0.5), sphere])
            .expect("three");
        for point in [
            DVec3::new(7.0, 0.0, 1.0),
            DVec3::new(5.0, 2.0, 1.0),
            DVec3::new(-3.5, 4.5, -0.5),
            DVec3::new(
                0.7_f64.cos() - 0.7_f64.sin(),
                0.7_f64.sin() + 0.7_f64.cos(),
                1.0,
            ),
        ] {
            assert!(
                union.distance_m(point) < 1e-12,
                "{point} is outside {union:?}"
            );
        }
        assert!(BoundingVolume::union(&[]).is_none());
    }

    #[test]
    fn sphere_scales_with_the_largest_factor() {
        let sphere = BoundingVolume::Sphere(Sphere {
            center: DVec3::X,
            radius_m: 2.0,
        });
        let moved = sphere.transformed(&DMat4::from_scale(DVec3::new(1.0, 3.0, 2.0)));
        assert_eq!(moved.radius_m(), 6.0);
        assert_eq!(moved.distance_m(DVec3::new(11.0, 0.0, 0.0)), 4.0);
    }
}
