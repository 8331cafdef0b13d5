//! `[[viewpoints]]`: named places to look from.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// WGS 84 semi-major axis, metres.
const SEMI_MAJOR_AXIS_M: f64 = 6_378_137.0;
/// WGS 84 first eccentricity squared.
const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_141_316_5e-3;

/// A camera that stands somewhere and looks somewhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Viewpoint {
    /// What `--view` refers to.
    pub name: String,
    /// Name on screen. Left out: `name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// Degrees east of Greenwich (WGS 84).
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude_deg: f64,
    /// Degrees north of the equator (WGS 84).
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude_deg: f64,
    /// Metres above the ellipsoid.
    pub height_m: f64,
    /// Direction of view: degrees clockwise from north.
    #[serde(default)]
    pub heading_deg: f64,
    /// Direction of view: degrees above the horizon; −90 looks straight down.
    #[serde(default)]
    #[schemars(range(min = -90.0, max = 90.0))]
    pub pitch_deg: f64,
    /// RFC 3339 moment to show from here. Left out: the clock stays as it is.
    #[serde(default, with = "crate::instant", skip_serializing_if = "is_default")]
    #[schemars(with = "Option<crate::instant::Rfc3339>")]
    pub time: Option<Timestamp>,
    /// Scenario to show from here. Left out: the scenario stays as it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scenario: Option<String>,
}

impl Viewpoint {
    /// A viewpoint that stands at `eye` and looks at `target`, both `[longitude_deg, latitude_deg,
    /// height_m]` on WGS 84.
    ///
    /// Reckoned in the plane that touches the ellipsoid at the eye: good to 0.1° for targets up to some
    /// ten kilometres away, which is what a viewpoint is for. A target straight below is heading 0.
    pub fn looking_at(name: &str, title: &str, eye: [f64; 3], target: [f64; 3]) -> Self {
        let latitude = eye[1].to_radians();
        let w_squared = 1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2);
        let prime_vertical_radius_m = SEMI_MAJOR_AXIS_M / w_squared.sqrt();
        let meridian_radius_m = prime_vertical_radius_m * (1.0 - ECCENTRICITY_SQUARED) / w_squared;

        let east_m = (target[0] - eye[0]).to_radians() * prime_vertical_radius_m * latitude.cos();
        let north_m = (target[1] - eye[1]).to_radians() * meridian_radius_m;
        let up_m = target[2] - eye[2];
        let along_m = east_m.hypot(north_m);
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            longitude_deg: eye[0],
            latitude_deg: eye[1],
            height_m: eye[2],
            heading_deg: east_m.atan2(north_m).to_degrees().rem_euclid(360.0),
            pitch_deg: up_m.atan2(along_m).to_degrees(),
            time: None,
            scenario: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EYE: [f64; 3] = [9.18, 48.78, 400.0];

    fn direction(target: [f64; 3]) -> (f64, f64) {
        let viewpoint = Viewpoint::looking_at("v", "V", EYE, target);
        (viewpoint.heading_deg, viewpoint.pitch_deg)
    }

    #[test]
    fn the_four_winds() {
        assert!((direction([9.18, 48.79, 400.0]).0).abs() < 1e-9);
        assert!((direction([9.19, 48.78, 400.0]).0 - 90.0).abs() < 1e-9);
        assert!((direction([9.18, 48.77, 400.0]).0 - 180.0).abs() < 1e-9);
        assert!((direction([9.17, 48.78, 400.0]).0 - 270.0).abs() < 1e-9);
    }

    #[test]
    fn pitch_is_negative_towards_lower_targets_and_minus_90_straight_down() {
        assert_eq!(direction([9.18, 48.78, 300.0]), (0.0, -90.0));
        // One hundredth of a degree of latitude is 1112 m here; looking down from the same height is 45°.
        let (_, pitch_deg) = direction([9.18, 48.79, 400.0 - 1112.2]);
        assert!((pitch_deg + 45.0).abs() < 0.05, "{pitch_deg}");
    }

    #[test]
    fn a_degree_of_longitude_is_shorter_than_one_of_latitude() {
        let (heading_deg, _) = direction([9.19, 48.79, 400.0]);
        // atan(cos 48.78°) and a little more, as the ellipsoid is flattened.
        assert!((heading_deg - 33.42).abs() < 0.1, "{heading_deg}");
    }
}
