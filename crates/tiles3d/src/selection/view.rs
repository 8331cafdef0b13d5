//! A camera, as selection needs to know it.

use glam::DVec3;

use crate::bounds::{BoundingVolume, Frustum};

/// How a view maps metres to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Projection {
    /// Vertical opening angle in radians, above 0 and below π.
    Perspective {
        /// The angle.
        fov_y_rad: f64,
    },
    /// Parallel projection; also the sun's view.
    Orthographic {
        /// Metres from the bottom to the top of the picture.
        height_m: f64,
    },
}

/// A camera in earth-centred earth-fixed metres.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    position_ecef: DVec3,
    direction_ecef: DVec3,
    viewport_height_px: f64,
    projection: Projection,
    frustum: Frustum,
}

impl View {
    /// A camera at a place, looking along `direction_ecef`; `up_ecef` need only be roughly upright. Neither
    /// need be normalised. The viewport is width and height in physical pixels.
    pub fn new(
        position_ecef: DVec3,
        direction_ecef: DVec3,
        up_ecef: DVec3,
        projection: Projection,
        viewport_px: [f64; 2],
    ) -> Self {
        let direction = direction_ecef.try_normalize().unwrap_or(DVec3::NEG_Z);
        let up = (up_ecef - direction * up_ecef.dot(direction))
            .try_normalize()
            .unwrap_or_else(|| direction.any_orthonormal_vector());
        let [width, height] = viewport_px.map(|pixels| pixels.max(1.0));
        let aspect = width / height;
        let frustum = match projection {
            Projection::Perspective { fov_y_rad } => {
                let tangent = (fov_y_rad * 0.5).tan();
                Frustum::perspective(position_ecef, direction, up, tangent * aspect, tangent)
            }
            Projection::Orthographic { height_m } => Frustum::orthographic(
                position_ecef,
                direction,
                up,
                height_m * aspect * 0.5,
                height_m * 0.5,
            ),
        };
        Self {
            position_ecef,
            direction_ecef: direction,
            viewport_height_px: height,
            projection,
            frustum,
        }
    }

    /// Where the camera stands.
    pub fn position_ecef(&self) -> DVec3 {
        self.position_ecef
    }

    /// What the camera sees.
    pub fn frustum(&self) -> &Frustum {
        &self.frustum
    }

    /// How many pixels an error covers at a distance; infinite at distance 0 in a perspective.
    pub fn screen_space_error_px(&self, geometric_error_m: f64, distance_m: f64) -> f64 {
        if geometric_error_m <= 0.0 {
            return 0.0;
        }
        match self.projection {
            Projection::Perspective { fov_y_rad } => {
                geometric_error_m * self.viewport_height_px
                    / (2.0 * distance_m * (fov_y_rad * 0.5).tan())
            }
            Projection::Orthographic { height_m } => {
                geometric_error_m * self.viewport_height_px / height_m
            }
        }
    }

    /// Order of loading, smaller first: near before far, and the centre of the picture before its rim.
    pub(crate) fn rank(&self, volume: &BoundingVolume, distance_m: f64) -> f64 {
        let towards = (volume.center() - self.position_ecef)
            .try_normalize()
            .unwrap_or(self.direction_ecef);
        (1.0 - towards.dot(self.direction_ecef)) * distance_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::Sphere;

    fn view(direction: DVec3) -> View {
        let projection = Projection::Perspective {
            fov_y_rad: 60_f64.to_radians(),
        };
        View::new(
            DVec3::ZERO,
            direction,
            DVec3::Z,
            projection,
            [1600.0, 900.0],
        )
    }

    fn sphere(x: f64, y: f64, z: f64) -> BoundingVolume {
        BoundingVolume::Sphere(Sphere {
            center: DVec3::new(x, y, z),
            radius_m: 1.0,
        })
    }

    #[test]
    fn the_error_of_a_metre_in_pixels() {
        // At 60° and 900 px, 1 m at 100 m is 900 / (200 tan 30°) px.
        let pixels = view(DVec3::X).screen_space_error_px(1.0, 100.0);
        assert!((pixels - 7.794).abs() < 1e-3, "{pixels}");
        assert!(view(DVec3::X).screen_space_error_px(1.0, 0.0).is_infinite());
        assert_eq!(view(DVec3::X).screen_space_error_px(0.0, 0.0), 0.0);
    }

    #[test]
    fn what_lies_behind_or_beside_is_culled() {
        let view = view(DVec3::X);
        assert!(!sphere(100.0, 0.0, 0.0).is_outside(view.frustum()));
        assert!(sphere(-100.0, 0.0, 0.0).is_outside(view.frustum()));
        // Half height at 100 m is 57.7 m, half width 102.6 m.
        assert!(!sphere(100.0, 0.0, 57.0).is_outside(view.frustum()));
        assert!(sphere(100.0, 0.0, 60.0).is_outside(view.frustum()));
        assert!(!sphere(100.0, 102.0, 0.0).is_outside(view.frustum()));
        assert!(sphere(100.0, -106.0, 0.0).is_outside(view.frustum()));
    }

    #[test]
    fn a_parallel_view_does_not_know_distance() {
        let projection = Projection::Orthographic { height_m: 450.0 };
        let view = View::new(
            DVec3::ZERO,
            DVec3::NEG_Z,
            DVec3::Y,
            projection,
            [900.0, 900.0],
        );
        assert_eq!(view.screen_space_error_px(3.0, 7.0), 6.0);
        assert!(sphere(227.0, 0.0, -5.0).is_outside(view.frustum()));
        assert!(!sphere(225.0, 0.0, -5.0).is_outside(view.frustum()));
    }
}
