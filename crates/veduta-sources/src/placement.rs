//! Putting a design where a scenario wants it.

use glam::{DMat4, DQuat, DVec3};
use veduta_geo::{EnuFrame, Geodetic};

/// Where a design stands and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// WGS 84, degrees.
    pub longitude_deg: f64,
    /// WGS 84, degrees.
    pub latitude_deg: f64,
    /// Metres, in the heights of the scene.
    pub height_m: f64,
    /// Clockwise from north, degrees: where the design's own north (+y; −z of a glTF) points.
    pub heading_deg: f64,
    /// Size factor.
    pub scale: f64,
}

impl Placement {
    /// Upright, north up, in its own size.
    pub fn at(longitude_deg: f64, latitude_deg: f64, height_m: f64) -> Self {
        Self {
            longitude_deg,
            latitude_deg,
            height_m,
            heading_deg: 0.0,
            scale: 1.0,
        }
    }

    /// Takes metres of the design (x east, y north, z up before turning) to earth-centred metres.
    pub fn ecef_from_design(&self) -> DMat4 {
        let frame = EnuFrame::at(Geodetic::new(
            self.longitude_deg,
            self.latitude_deg,
            self.height_m,
        ));
        let turn = DQuat::from_rotation_z(-self.heading_deg.to_radians());
        frame.ecef_from_enu()
            * DMat4::from_scale_rotation_translation(DVec3::splat(self.scale), turn, DVec3::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use veduta_geo::geodetic_from_ecef;

    #[test]
    fn heading_turns_clockwise_and_scale_keeps_the_foot_in_place() {
        let placement = Placement {
            heading_deg: 90.0,
            scale: 2.0,
            ..Placement::at(9.18, 48.78, 250.0)
        };
        let ecef_from_design = placement.ecef_from_design();
        let foot = geodetic_from_ecef(ecef_from_design.transform_point3(DVec3::ZERO));
        assert!((foot.height_m - 250.0).abs() < 1e-6);
        let tip = geodetic_from_ecef(ecef_from_design.transform_point3(DVec3::Y * 10.0));
        assert!(
            tip.longitude_deg > foot.longitude_deg,
            "north of the design now points east"
        );
        assert!((tip.latitude_deg - foot.latitude_deg).abs() < 1e-6);
        let length_m = ecef_from_design.transform_vector3(DVec3::Z).length();
        assert!((length_m - 2.0).abs() < 1e-12);
    }
}
