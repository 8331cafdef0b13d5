//! Local east-north-up frames.

use glam::{DMat4, DVec3, DVec4};
use serde::{Deserialize, Serialize};

use crate::{Geodetic, ecef_from_geodetic};

/// A right-handed metric frame tangent to the ellipsoid: x east, y north, z up.
///
/// At the poles east is the direction of growing longitude for the origin's own longitude.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Geodetic", into = "Geodetic")]
pub struct EnuFrame {
    origin: Geodetic,
    origin_ecef: DVec3,
    east_ecef: DVec3,
    north_ecef: DVec3,
    up_ecef: DVec3,
}

impl From<Geodetic> for EnuFrame {
    fn from(origin: Geodetic) -> Self {
        Self::at(origin)
    }
}

impl From<EnuFrame> for Geodetic {
    fn from(frame: EnuFrame) -> Self {
        frame.origin
    }
}

impl EnuFrame {
    /// The frame whose origin is `origin`.
    pub fn at(origin: Geodetic) -> Self {
        let (sin_longitude, cos_longitude) = origin.longitude_deg.to_radians().sin_cos();
        let (sin_latitude, cos_latitude) = origin.latitude_deg.to_radians().sin_cos();
        Self {
            origin,
            origin_ecef: ecef_from_geodetic(origin),
            east_ecef: DVec3::new(-sin_longitude, cos_longitude, 0.0),
            north_ecef: DVec3::new(
                -sin_latitude * cos_longitude,
                -sin_latitude * sin_longitude,
                cos_latitude,
            ),
            up_ecef: DVec3::new(
                cos_latitude * cos_longitude,
                cos_latitude * sin_longitude,
                sin_latitude,
            ),
        }
    }

    /// Where the frame sits.
    pub fn origin(&self) -> Geodetic {
        self.origin
    }

    /// The origin in earth-centred earth-fixed metres.
    pub fn origin_ecef(&self) -> DVec3 {
        self.origin_ecef
    }

    /// Unit vector of growing height.
    pub fn up_ecef(&self) -> DVec3 {
        self.up_ecef
    }

    /// Matrix that takes local metres to earth-centred earth-fixed metres.
    pub fn ecef_from_enu(&self) -> DMat4 {
        DMat4::from_cols(
            self.east_ecef.extend(0.0),
            self.north_ecef.extend(0.0),
            self.up_ecef.extend(0.0),
            self.origin_ecef.extend(1.0),
        )
    }

    /// Matrix that takes earth-centred earth-fixed metres to local metres.
    ///
    /// For single points prefer [`Self::point_enu_from_ecef`]: subtracting the origin first keeps
    /// a digit or two more than a 4 × 4 product of six-million-metre numbers.
    pub fn enu_from_ecef(&self) -> DMat4 {
        let (east, north, up) = (self.east_ecef, self.north_ecef, self.up_ecef);
        let origin_enu = self.rotate_enu_from_ecef(-self.origin_ecef);
        DMat4::from_cols(
            DVec4::new(east.x, north.x, up.x, 0.0),
            DVec4::new(east.y, north.y, up.y, 0.0),
            DVec4::new(east.z, north.z, up.z, 0.0),
            origin_enu.extend(1.0),
        )
    }

    /// Local metres of one earth-centred earth-fixed point.
    pub fn point_enu_from_ecef(&self, point_ecef: DVec3) -> DVec3 {
        self.rotate_enu_from_ecef(point_ecef - self.origin_ecef)
    }

    /// Earth-centred earth-fixed metres of one local point.
    pub fn point_ecef_from_enu(&self, point_enu: DVec3) -> DVec3 {
        self.origin_ecef
            + self.east_ecef * point_enu.x
            + self.north_ecef * point_enu.y
            + self.up_ecef * point_enu.z
    }

    fn rotate_enu_from_ecef(&self, vector_ecef: DVec3) -> DVec3 {
        DVec3::new(
            self.east_ecef.dot(vector_ecef),
            self.north_ecef.dot(vector_ecef),
            self.up_ecef.dot(vector_ecef),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aachen() -> EnuFrame {
        EnuFrame::at(Geodetic::new(6.0839, 50.7753, 173.0))
    }

    #[test]
    fn frame_is_orthonormal_and_right_handed() {
        let frame = aachen();
        assert!((frame.east_ecef.cross(frame.north_ecef) - frame.up_ecef).length() < 1e-15);
        assert!((frame.east_ecef.length() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn round_trip_is_exact_to_a_micrometre() {
        let frame = aachen();
        let point_enu = DVec3::new(1234.5, -876.25, 42.125);
        let point_ecef = frame.point_ecef_from_enu(point_enu);
        assert!((frame.point_enu_from_ecef(point_ecef) - point_enu).length() < 1e-6);
        let by_matrix_ecef = frame.ecef_from_enu().transform_point3(point_enu);
        assert!((by_matrix_ecef - point_ecef).length() < 1e-6);
        let by_matrix_enu = frame.enu_from_ecef().transform_point3(point_ecef);
        assert!((by_matrix_enu - point_enu).length() < 1e-6);
    }

    #[test]
    fn up_is_height_and_north_is_latitude() {
        let frame = aachen();
        let higher_ecef = ecef_from_geodetic(Geodetic {
            height_m: 183.0,
            ..frame.origin()
        });
        let higher_enu = frame.point_enu_from_ecef(higher_ecef);
        assert!((higher_enu - DVec3::new(0.0, 0.0, 10.0)).length() < 1e-6);
        let northern_ecef = ecef_from_geodetic(Geodetic {
            latitude_deg: frame.origin().latitude_deg + 0.001,
            ..frame.origin()
        });
        let northern_enu = frame.point_enu_from_ecef(northern_ecef);
        assert!(northern_enu.x.abs() < 1e-6);
        assert!((northern_enu.y - 111.25).abs() < 0.1, "{northern_enu}");
    }
}
