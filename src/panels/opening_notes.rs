//! What has to be said once about how a scene opened.

use bevy::prelude::*;
use jiff::tz::TimeZone;
use veduta_panels::{
    Severity,
    language::{Argument, Language},
};

use super::{Notices, PanelMemory};
use crate::{
    city::{CityFeatures, SceneFrame, Sun},
    clock::{SceneClock, SunMode, afternoon_within, summer_afternoon},
    compare::{CityHistory, period_with_objects},
    stream::StreamState,
};

/// Sine of the height of the sun below which it is too dark to see a city.
const LOW_SUN: f64 = 0.05;

/// Says that not everything is in view, and goes to a time at which something exists if nothing does today,
/// and to daylight if it is night there.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn tell_opening(
    stream: Res<StreamState>,
    city: Res<CityFeatures>,
    frame: Option<Res<SceneFrame>>,
    history: Res<CityHistory>,
    memory: NonSend<PanelMemory>,
    sun: Res<Sun>,
    mut sun_mode: ResMut<SunMode>,
    mut clock: ResMut<SceneClock>,
    mut notices: ResMut<Notices>,
    mut told: Local<u64>,
) {
    let Some(frame) = frame else { return };
    let is_open = !city.is_empty() && stream.is_settled();
    if *told == stream.generation() || !is_open {
        return;
    }
    *told = stream.generation();
    let language = Language::new(memory.0.settings.language);
    let present = clock.present();
    let farther = stream.farther_objects();
    if farther > 0 {
        let count = [("count", Argument::Count(farther as u64))];
        notices.say(
            Severity::Information,
            language.tr_with("notice-farther", &count),
            language.tr("notice-farther-advice"),
            present,
        );
    }
    // Who asked for a time gets it.
    if !clock.is_live() {
        return;
    }
    let now_ms = clock.now().as_millisecond();
    let period = if history.obeyed {
        period_with_objects(&city, stream.sources.len(), now_ms)
    } else {
        None
    };
    let Some(moment) = period.and_then(|period| afternoon_within(&frame, period)) else {
        let has_live_data = stream
            .scene
            .as_ref()
            .is_some_and(|scene| !scene.brokers.is_empty());
        // A model that lives by no data is looked at by day, wherever on the earth it lies.
        if !has_live_data && sun.direction_enu.z < LOW_SUN {
            let afternoon = clock.now().to_zoned(TimeZone::UTC).year();
            let afternoon = summer_afternoon(&frame, afternoon).to_zoned(clock.zone().clone());
            let minutes = i32::from(afternoon.hour()) * 60 + i32::from(afternoon.minute()) - 60;
            *sun_mode = SunMode::Fixed(minutes.rem_euclid(1_440) as u16);
            notices.say(
                Severity::Information,
                language.tr("notice-night"),
                language.tr("notice-night-advice"),
                present,
            );
        }
        return;
    };
    clock.pin(moment);
    let date = language.date(&moment.to_zoned(clock.zone().clone()));
    notices.say(
        Severity::Information,
        language.tr_with(
            "notice-other-time",
            &[("date", Argument::Text(date.into()))],
        ),
        language.tr("notice-other-time-advice"),
        present,
    );
}
