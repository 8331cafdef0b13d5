//! The one clock: which moment is shown, and where the sun stands then.
//!
//! This room alone reads the system time, once per frame; everything else takes the moment from
//! [`SceneClock`].

mod afternoon;
mod sunlight;

use bevy::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use veduta_time::{Speed, TwinClock};

pub use afternoon::{afternoon_within, summer_afternoon};
pub use sunlight::{SunMode, daylight};

/// The twin clock of the open scene.
#[derive(Resource, Debug)]
pub struct SceneClock {
    clock: TwinClock,
    wall: Timestamp,
    zone: TimeZone,
}

impl Default for SceneClock {
    fn default() -> Self {
        Self {
            clock: TwinClock::new(),
            wall: Timestamp::now(),
            zone: TimeZone::system(),
        }
    }
}

impl SceneClock {
    /// The moment shown.
    pub fn now(&self) -> Timestamp {
        self.clock.now(self.wall)
    }

    /// The present, as read at the start of the frame.
    pub fn present(&self) -> Timestamp {
        self.wall
    }

    /// Whether the present is shown.
    pub fn is_live(&self) -> bool {
        self.clock.is_live(self.wall)
    }

    /// Whether time passes.
    pub fn is_running(&self) -> bool {
        !matches!(
            self.clock.state(self.wall),
            veduta_time::ClockState::Paused { .. }
        )
    }

    /// The replay speed.
    pub fn speed(&self) -> Speed {
        self.clock.speed()
    }

    /// The zone times are shown in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Sets the zone times are shown in.
    pub fn set_zone(&mut self, zone: TimeZone) {
        self.zone = zone;
    }

    /// Starts anew: live, with nothing known.
    pub fn reset(&mut self) {
        self.clock = TwinClock::new();
    }

    /// Shows the present.
    pub fn go_live(&mut self) {
        self.clock.go_live();
    }

    /// Stops, or runs on.
    pub fn set_playing(&mut self, playing: bool) {
        if playing != self.is_running() {
            self.clock.toggle(self.wall);
        }
    }

    /// Runs at another speed; stays paused if it is.
    pub fn set_speed(&mut self, factor: f64) {
        let speed = Speed::nearest(factor);
        let was_running = self.is_running();
        self.clock.play(speed, self.wall);
        if !was_running {
            self.clock.pause(self.wall);
        }
    }

    /// Goes to a moment, as far as anything is known of it.
    pub fn seek(&mut self, at: Timestamp) {
        self.clock.seek(at, self.wall);
    }

    /// Goes to a moment, whether anything is known of it or not.
    pub fn pin(&mut self, at: Timestamp) {
        self.clock.pin(at);
    }

    /// Says from when on something is known.
    pub fn set_earliest(&mut self, earliest: Timestamp) {
        self.clock.set_earliest(earliest);
    }
}

/// The clock room.
pub struct ClockPlugin;

impl Plugin for ClockPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<SceneClock>()
            .init_resource::<SunMode>()
            .add_systems(First, read_wall_clock)
            .add_systems(
                Update,
                sunlight::move_sun
                    .before(crate::city::CitySystems)
                    .run_if(resource_exists::<crate::city::SceneFrame>),
            );
    }
}

fn read_wall_clock(mut clock: ResMut<SceneClock>) {
    clock.wall = Timestamp::now();
    let wall = clock.wall;
    clock.clock.settle(wall);
}
