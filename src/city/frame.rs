//! From the earth to the picture: one local east-north-up frame per scene, f64 until the last step.
//!
//! `_world` is Bevy's frame: f32 metres relative to the floating origin, x east, y up, z south.

use bevy::prelude::*;
use glam::{DMat4, DVec3, DVec4};
use veduta_geo::{EnuFrame, Geodetic};

/// The floating origin moves when the eye is farther than this from it; f32 is then still exact
/// to 0.1 mm near the eye.
const REBASE_DISTANCE_M: f64 = 1_000.0;

/// Places the scene on the earth and the picture in the scene.
#[derive(Resource, Debug, Clone)]
pub struct SceneFrame {
    enu: EnuFrame,
    floating_origin_enu: DVec3,
}

impl SceneFrame {
    /// A frame whose origin is at `origin`.
    pub fn at(origin: Geodetic) -> Self {
        Self {
            enu: EnuFrame::at(origin),
            floating_origin_enu: DVec3::ZERO,
        }
    }

    /// The local tangent frame.
    pub fn enu(&self) -> &EnuFrame {
        &self.enu
    }

    /// Where `_world` zero is, metres.
    pub fn floating_origin_enu(&self) -> DVec3 {
        self.floating_origin_enu
    }

    /// Moves the floating origin to the eye if the eye has gone far from it; tells whether it did.
    pub fn follow(&mut self, eye_enu: DVec3) -> bool {
        let far = self.floating_origin_enu.distance(eye_enu) > REBASE_DISTANCE_M;
        if far {
            // Whole metres keep the numbers exact.
            self.floating_origin_enu = eye_enu.round();
        }
        far
    }

    /// f64 matrix from scene metres to Bevy's frame.
    pub fn world_from_enu(&self) -> DMat4 {
        // x east → x, z up → y, y north → -z.
        let axes = DMat4::from_cols(
            DVec4::new(1.0, 0.0, 0.0, 0.0),
            DVec4::new(0.0, 0.0, -1.0, 0.0),
            DVec4::new(0.0, 1.0, 0.0, 0.0),
            DVec4::W,
        );
        axes * DMat4::from_translation(-self.floating_origin_enu)
    }

    /// f64 matrix from the earth-centred frame to Bevy's frame.
    pub fn world_from_ecef(&self) -> DMat4 {
        self.world_from_enu() * self.enu.enu_from_ecef()
    }

    /// A point of the scene in Bevy's frame.
    pub fn point_world_from_enu(&self, point_enu: DVec3) -> Vec3 {
        self.world_from_enu().transform_point3(point_enu).as_vec3()
    }

    /// A direction of the scene in Bevy's frame.
    pub fn direction_world_from_enu(direction_enu: DVec3) -> Vec3 {
        DVec3::new(direction_enu.x, direction_enu.z, -direction_enu.y).as_vec3()
    }

    /// A point on the earth in scene metres.
    pub fn point_enu_from_geodetic(&self, place: Geodetic) -> DVec3 {
        self.enu
            .point_enu_from_ecef(veduta_geo::ecef_from_geodetic(place))
    }

    /// A point of the scene on the earth.
    pub fn geodetic_from_enu(&self, point_enu: DVec3) -> Geodetic {
        veduta_geo::geodetic_from_ecef(self.enu.point_ecef_from_enu(point_enu))
    }
}

/// Keeps an entity in its place on the earth while the floating origin moves.
#[derive(Component, Debug, Clone, Copy)]
pub struct Placement {
    /// From the entity's local metres to the earth-centred frame.
    pub ecef_from_local: DMat4,
}

impl Placement {
    /// The entity's transform relative to the floating origin.
    pub fn transform(&self, frame: &SceneFrame) -> Transform {
        let world_from_local = frame.world_from_ecef() * self.ecef_from_local;
        Transform::from_matrix(world_from_local.as_mat4())
    }
}

/// Rewrites all transforms after the frame changed.
pub fn place_entities(
    frame: Option<Res<SceneFrame>>,
    mut placed: Query<(&Placement, &mut Transform)>,
) {
    let Some(frame) = frame else { return };
    if frame.is_changed() {
        for (placement, mut transform) in &mut placed {
            *transform = placement.transform(&frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_far_from_the_origin_keeps_its_millimetres() {
        let mut frame = SceneFrame::at(Geodetic::new(9.18, 48.78, 250.0));
        let eye = DVec3::new(60_000.0, 40_000.0, 30.0);
        assert!(frame.follow(eye));
        let point = eye + DVec3::new(2.0, 0.001, 0.0);
        let world = frame.point_world_from_enu(point);
        assert!((world - Vec3::new(2.0, 0.0, -0.001)).length() < 1e-5);
    }

    #[test]
    fn north_is_minus_z_and_up_is_y() {
        assert_eq!(SceneFrame::direction_world_from_enu(DVec3::Y), Vec3::NEG_Z);
        assert_eq!(SceneFrame::direction_world_from_enu(DVec3::Z), Vec3::Y);
    }

    #[test]
    fn the_frame_goes_there_and_back() {
        let frame = SceneFrame::at(Geodetic::new(13.4, 52.5, 40.0));
        let place = Geodetic::new(13.41, 52.51, 55.0);
        let back = frame.geodetic_from_enu(frame.point_enu_from_geodetic(place));
        assert!((back.longitude_deg - place.longitude_deg).abs() < 1e-9);
        assert!((back.height_m - place.height_m).abs() < 1e-5);
    }
}
