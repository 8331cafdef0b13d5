//! A smooth way from one view to another.

use bevy::prelude::*;

use super::CameraRig;

/// How long a flight takes.
const FLIGHT_SECS: f64 = 0.9;

/// The flight in progress, if any.
#[derive(Resource, Debug, Default)]
pub struct CameraFlight {
    from: CameraRig,
    to: Option<CameraRig>,
    elapsed_secs: f64,
    /// Arrive at once: for people who asked for reduced motion, and for stills.
    pub instant: bool,
}

impl CameraFlight {
    /// Sets off from where `rig` is.
    pub fn start(&mut self, rig: &CameraRig, to: CameraRig) {
        self.from = *rig;
        self.to = Some(to);
        self.elapsed_secs = 0.0;
    }

    /// Stays where the camera is now.
    pub fn stop(&mut self) {
        self.to = None;
    }

    /// True while on the way.
    pub fn is_under_way(&self) -> bool {
        self.to.is_some()
    }

    /// The rig after `seconds` more of flight; `None` when there is no flight.
    fn advance(&mut self, seconds: f64) -> Option<CameraRig> {
        let to = self.to?;
        self.elapsed_secs += seconds;
        let part = (self.elapsed_secs / FLIGHT_SECS).min(1.0);
        if self.instant || part >= 1.0 {
            self.to = None;
            return Some(to);
        }
        // Smootherstep (Perlin 2002): starts and ends at rest.
        let eased = part * part * part * (part * (part * 6.0 - 15.0) + 10.0);
        Some(self.from.towards(&to, eased))
    }
}

/// Moves the rig along.
pub fn fly(time: Res<Time>, mut flight: ResMut<CameraFlight>, mut rig: ResMut<CameraRig>) {
    if !flight.is_under_way() {
        return;
    }
    let seconds = f64::from(time.delta_secs()).min(0.2);
    if let Some(next) = flight.advance(seconds) {
        *rig = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flight_arrives_exactly_and_ends() {
        let from = CameraRig::default();
        let to = CameraRig {
            heading_deg: 200.0,
            distance_m: 50.0,
            ..from
        };
        let mut flight = CameraFlight::default();
        flight.start(&from, to);
        let midway = flight.advance(FLIGHT_SECS / 2.0).expect("under way");
        assert!(midway.distance_m < from.distance_m && midway.distance_m > to.distance_m);
        assert_eq!(flight.advance(FLIGHT_SECS), Some(to));
        assert!(!flight.is_under_way());
    }

    #[test]
    fn without_motion_one_arrives_at_once() {
        let mut flight = CameraFlight {
            instant: true,
            ..CameraFlight::default()
        };
        let to = CameraRig {
            pitch_deg: -60.0,
            ..CameraRig::default()
        };
        flight.start(&CameraRig::default(), to);
        assert_eq!(flight.advance(0.0), Some(to));
    }
}
