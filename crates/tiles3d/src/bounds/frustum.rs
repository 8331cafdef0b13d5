//! Half-spaces and the pyramid of a view.

use glam::DVec3;

/// A half-space; points with a positive signed distance are inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    /// Unit normal, pointing inside.
    pub normal: DVec3,
    /// Some point on the plane.
    pub point: DVec3,
}

impl Plane {
    /// Distance from the plane, negative outside.
    pub fn signed_distance_m(&self, point: DVec3) -> f64 {
        // The difference first: near the earth's surface `normal · point - d` would lose nine digits.
        self.normal.dot(point - self.point)
    }
}

/// The intersection of half-spaces that a view sees.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frustum {
    /// Side planes; near and far planes are optional, and selection does not need them.
    pub planes: Vec<Plane>,
}

impl Frustum {
    /// The pyramid with its apex at the eye. `direction` and `up` are orthogonal unit vectors, the
    /// tangents are those of half the opening angles.
    pub fn perspective(
        eye: DVec3,
        direction: DVec3,
        up: DVec3,
        tangent_x: f64,
        tangent_y: f64,
    ) -> Self {
        let right = direction.cross(up);
        let side = |normal: DVec3| Plane {
            normal: normal.normalize_or_zero(),
            point: eye,
        };
        Self {
            planes: vec![
                side(right + direction * tangent_x),
                side(direction * tangent_x - right),
                side(up + direction * tangent_y),
                side(direction * tangent_y - up),
            ],
        }
    }

    /// The beam of a parallel projection about an axis through `eye`, unbounded along it.
    pub fn orthographic(
        eye: DVec3,
        direction: DVec3,
        up: DVec3,
        half_width_m: f64,
        half_height_m: f64,
    ) -> Self {
        let right = direction.cross(up);
        Self {
            planes: vec![
                Plane {
                    normal: right,
                    point: eye - right * half_width_m,
                },
                Plane {
                    normal: -right,
                    point: eye + right * half_width_m,
                },
                Plane {
                    normal: up,
                    point: eye - up * half_height_m,
                },
                Plane {
                    normal: -up,
                    point: eye + up * half_height_m,
                },
            ],
        }
    }
}
