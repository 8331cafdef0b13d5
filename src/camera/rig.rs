//! Where the eye is, in f64 east-north-up metres, and how it moves.
//!
//! The horizon stays level: the rig is a turntable about a target. It knows no input devices and
//! no Bevy camera; [`super::navigation`] turns gestures into these operations.

use bevy::prelude::Resource;
use glam::DVec3;

/// Closest the eye may come to its target, metres.
const MIN_DISTANCE_M: f64 = 2.0;
/// Farthest the eye may go from its target, metres.
const MAX_DISTANCE_M: f64 = 200_000.0;
/// Steepest view: straight down, short of the pole where heading loses its meaning.
const MIN_PITCH_DEG: f64 = -89.5;
/// Flattest view upwards.
const MAX_PITCH_DEG: f64 = 60.0;

/// A turntable camera in the scene's east-north-up frame.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct CameraRig {
    /// The point looked at, metres east, north, up of the scene origin.
    pub target_enu: DVec3,
    /// Distance of the eye from the target, metres.
    pub distance_m: f64,
    /// Direction of view, degrees clockwise from north.
    pub heading_deg: f64,
    /// Elevation of the direction of view, degrees; negative looks down.
    pub pitch_deg: f64,
}

impl Default for CameraRig {
    fn default() -> Self {
        Self {
            target_enu: DVec3::ZERO,
            distance_m: 1_000.0,
            heading_deg: 30.0,
            pitch_deg: -35.0,
        }
    }
}

impl CameraRig {
    /// A rig whose eye stands at `position_enu`; the target lies `distance_m` ahead.
    pub fn from_eye(
        position_enu: DVec3,
        heading_deg: f64,
        pitch_deg: f64,
        distance_m: f64,
    ) -> Self {
        let mut rig = Self {
            target_enu: DVec3::ZERO,
            distance_m: distance_m.clamp(MIN_DISTANCE_M, MAX_DISTANCE_M),
            heading_deg,
            pitch_deg: pitch_deg.clamp(MIN_PITCH_DEG, MAX_PITCH_DEG),
        };
        rig.target_enu = position_enu + rig.direction_enu() * rig.distance_m;
        rig
    }

    /// A rig that shows the whole box `min_enu`..`max_enu` from the present heading and pitch.
    ///
    /// `vertical_fov_deg` and `aspect` (width over height) are those of the view.
    pub fn framing(
        &self,
        min_enu: DVec3,
        max_enu: DVec3,
        vertical_fov_deg: f64,
        aspect: f64,
    ) -> Self {
        let mut rig = *self;
        let centre = (min_enu + max_enu) * 0.5;
        rig.target_enu = centre;
        let (right, up, forward) = rig.axes_enu();
        let tan_vertical = (vertical_fov_deg.to_radians() * 0.5).tan();
        let tan_horizontal = tan_vertical * aspect.max(0.1);
        // The eye must stand far enough back for every corner to lie inside both half angles.
        let mut distance = MIN_DISTANCE_M;
        for corner in 0..8_u8 {
            let pick = |bit: u8, low: f64, high: f64| if corner & bit == 0 { low } else { high };
            let offset = DVec3::new(
                pick(1, min_enu.x, max_enu.x),
                pick(2, min_enu.y, max_enu.y),
                pick(4, min_enu.z, max_enu.z),
            ) - centre;
            let ahead = offset.dot(forward);
            distance = distance
                .max(offset.dot(right).abs() / tan_horizontal - ahead)
                .max(offset.dot(up).abs() / tan_vertical - ahead);
        }
        rig.distance_m = (distance * 1.03).clamp(MIN_DISTANCE_M, MAX_DISTANCE_M);
        rig
    }

    /// Unit vector of the direction of view.
    pub fn direction_enu(&self) -> DVec3 {
        let (sin_heading, cos_heading) = self.heading_deg.to_radians().sin_cos();
        let (sin_pitch, cos_pitch) = self.pitch_deg.to_radians().sin_cos();
        DVec3::new(sin_heading * cos_pitch, cos_heading * cos_pitch, sin_pitch)
    }

    /// Right, up and forward unit vectors of the view.
    pub fn axes_enu(&self) -> (DVec3, DVec3, DVec3) {
        let forward = self.direction_enu();
        let (sin_heading, cos_heading) = self.heading_deg.to_radians().sin_cos();
        let right = DVec3::new(cos_heading, -sin_heading, 0.0);
        (right, right.cross(forward), forward)
    }

    /// Where the eye is.
    pub fn position_enu(&self) -> DVec3 {
        self.target_enu - self.direction_enu() * self.distance_m
    }

    /// Moves eye and target by the same vector.
    pub fn translate(&mut self, by_enu: DVec3) {
        self.target_enu += by_enu;
    }

    /// Turns about `pivot_enu`, which keeps its place in the picture.
    pub fn orbit(&mut self, pivot_enu: DVec3, heading_by_deg: f64, pitch_by_deg: f64) {
        let (right, up, forward) = self.axes_enu();
        let offset = pivot_enu - self.position_enu();
        let in_view = DVec3::new(offset.dot(right), offset.dot(up), offset.dot(forward));
        self.heading_deg = (self.heading_deg + heading_by_deg).rem_euclid(360.0);
        self.pitch_deg = (self.pitch_deg + pitch_by_deg).clamp(MIN_PITCH_DEG, MAX_PITCH_DEG);
        let (right, up, forward) = self.axes_enu();
        let eye = pivot_enu - (right * in_view.x + up * in_view.y + forward * in_view.z);
        self.target_enu = eye + forward * self.distance_m;
    }

    /// Brings the eye nearer to (`factor` < 1) or farther from `point_enu`, which keeps its place
    /// in the picture.
    pub fn zoom(&mut self, point_enu: DVec3, factor: f64) {
        let eye = self.position_enu();
        let to_point = point_enu - eye;
        let distance = to_point.length();
        if distance <= f64::EPSILON {
            return;
        }
        let wanted = (distance * factor).clamp(MIN_DISTANCE_M, MAX_DISTANCE_M);
        let moved = eye + to_point * (1.0 - wanted / distance);
        self.distance_m =
            (self.distance_m * wanted / distance).clamp(MIN_DISTANCE_M, MAX_DISTANCE_M);
        self.target_enu = moved + self.direction_enu() * self.distance_m;
    }

    /// Lifts the eye so that it stands at least `clearance_m` above `ground_m`.
    pub fn keep_above(&mut self, ground_m: f64, clearance_m: f64) {
        let lack = ground_m + clearance_m - self.position_enu().z;
        if lack > 0.0 {
            self.target_enu.z += lack;
        }
    }

    /// The rig part of the way from `self` to `other`; `part` runs from 0 to 1. Distances change
    /// by equal ratios, headings the short way round.
    pub fn towards(&self, other: &Self, part: f64) -> Self {
        let turn = (other.heading_deg - self.heading_deg + 540.0).rem_euclid(360.0) - 180.0;
        Self {
            target_enu: self.target_enu.lerp(other.target_enu, part),
            distance_m: self.distance_m * (other.distance_m / self.distance_m).powf(part),
            heading_deg: (self.heading_deg + turn * part).rem_euclid(360.0),
            pitch_deg: self.pitch_deg + (other.pitch_deg - self.pitch_deg) * part,
        }
    }

    /// Unit vector through a point of the picture; `ndc` runs from (-1, -1) lower left to (1, 1).
    pub fn ray_enu(&self, ndc: [f64; 2], vertical_fov_deg: f64, aspect: f64) -> DVec3 {
        let (right, up, forward) = self.axes_enu();
        let tan_vertical = (vertical_fov_deg.to_radians() * 0.5).tan();
        (forward + right * (ndc[0] * tan_vertical * aspect) + up * (ndc[1] * tan_vertical))
            .normalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_view(rig: &CameraRig, point: DVec3) -> DVec3 {
        let (right, up, forward) = rig.axes_enu();
        let offset = point - rig.position_enu();
        DVec3::new(offset.dot(right), offset.dot(up), offset.dot(forward))
    }

    #[test]
    fn axes_are_right_handed_and_level() {
        let rig = CameraRig {
            heading_deg: 73.0,
            pitch_deg: -20.0,
            ..CameraRig::default()
        };
        let (right, up, forward) = rig.axes_enu();
        assert!((right.cross(forward) - up).length() < 1e-12);
        assert_eq!(right.z, 0.0, "the horizon is level");
        assert!(up.z > 0.0);
    }

    #[test]
    fn heading_is_clockwise_from_north() {
        let east = CameraRig {
            heading_deg: 90.0,
            pitch_deg: 0.0,
            ..CameraRig::default()
        };
        assert!((east.direction_enu() - DVec3::X).length() < 1e-12);
    }

    #[test]
    fn zooming_keeps_the_point_in_its_place() {
        let mut rig = CameraRig::default();
        let point = DVec3::new(120.0, -40.0, 15.0);
        let before = in_view(&rig, point);
        rig.zoom(point, 0.5);
        let after = in_view(&rig, point);
        assert!((before.truncate() / before.z - after.truncate() / after.z).length() < 1e-9);
        assert!((after.length() / before.length() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn orbiting_keeps_the_pivot_in_its_place() {
        let mut rig = CameraRig::default();
        let pivot = DVec3::new(-80.0, 200.0, 4.0);
        let before = in_view(&rig, pivot);
        rig.orbit(pivot, 37.0, 11.0);
        assert!((before - in_view(&rig, pivot)).length() < 1e-8);
    }

    #[test]
    fn framing_holds_every_corner() {
        let (min, max) = (
            DVec3::new(-600.0, -500.0, 0.0),
            DVec3::new(600.0, 500.0, 60.0),
        );
        let rig = CameraRig::default().framing(min, max, 40.0, 16.0 / 9.0);
        let tan = 20.0_f64.to_radians().tan();
        for x in [min.x, max.x] {
            for y in [min.y, max.y] {
                for z in [min.z, max.z] {
                    let seen = in_view(&rig, DVec3::new(x, y, z));
                    assert!(seen.z > 0.0);
                    assert!((seen.y / seen.z).abs() <= tan);
                    assert!((seen.x / seen.z).abs() <= tan * 16.0 / 9.0);
                }
            }
        }
    }

    #[test]
    fn flights_take_the_short_way_round() {
        let from = CameraRig {
            heading_deg: 350.0,
            ..CameraRig::default()
        };
        let to = CameraRig {
            heading_deg: 10.0,
            ..from
        };
        assert!((from.towards(&to, 0.5).heading_deg).abs() < 1e-9);
        assert_eq!(from.towards(&to, 1.0).heading_deg, 10.0);
    }

    #[test]
    fn the_eye_stays_above_ground() {
        let mut rig = CameraRig::from_eye(DVec3::new(0.0, 0.0, 1.0), 0.0, -5.0, 50.0);
        rig.keep_above(10.0, 1.7);
        assert!((rig.position_enu().z - 11.7).abs() < 1e-9);
    }
}
