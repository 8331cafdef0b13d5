//! When the sun rises, culminates and sets.

use jiff::{SignedDuration, Timestamp};
use solar_positioning::{Horizon, HorizonState, SolarEvents};

use super::{METHOD_SOURCE, instant};
use crate::{Analysed, AnalysisError, Parameter, Provenance, Site};

/// What the sun does in an interval; all lists in order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SunEvents {
    /// Beginning of the interval, included.
    pub from: Timestamp,
    /// End of the interval, not included.
    pub to: Timestamp,
    /// Whether the sun is up at the beginning.
    pub up_at_start: bool,
    /// When the upper limb appears on a flat horizon.
    pub sunrises: Vec<Timestamp>,
    /// When the upper limb vanishes behind a flat horizon.
    pub sunsets: Vec<Timestamp>,
    /// When the sun crosses the meridian: solar noon.
    pub culminations: Vec<Timestamp>,
}

impl SunEvents {
    /// Spans from sunrise to sunset within the interval, cut at its ends. One span over all of it is a
    /// midnight sun, none a polar night.
    pub fn daylight(&self) -> Vec<(Timestamp, Timestamp)> {
        let mut changes: Vec<(Timestamp, bool)> = self
            .sunrises
            .iter()
            .map(|rise| (*rise, true))
            .chain(self.sunsets.iter().map(|set| (*set, false)))
            .collect();
        changes.sort_unstable();
        let mut spans = Vec::new();
        let mut up_since = self.up_at_start.then_some(self.from);
        for (moment, rises) in changes {
            match (up_since, rises) {
                (None, true) => up_since = Some(moment),
                (Some(since), false) => {
                    spans.push((since, moment));
                    up_since = None;
                }
                _ => {}
            }
        }
        spans.extend(up_since.map(|since| (since, self.to)));
        spans
    }

    /// How long the sun is up in the interval.
    pub fn daylight_duration(&self) -> SignedDuration {
        self.daylight()
            .into_iter()
            .map(|(from, to)| to.duration_since(from))
            .sum()
    }
}

/// Longest interval that events are listed for.
const LIMIT_DAYS: u32 = 400;

/// What the sun does between two moments on a flat horizon, its centre 50′ below it counting as sunrise
/// and sunset (34′ refraction and 16′ radius, as almanacs have it). Good to some seconds, if the weather
/// and the hills allow.
///
/// # Errors
/// When the site is no place on earth, a time is out of range or the interval is empty or longer than
/// 400 days.
pub fn sun_events(
    site: Site,
    from: Timestamp,
    to: Timestamp,
) -> Result<Analysed<SunEvents>, AnalysisError> {
    let site = site.checked()?;
    if to <= from
        || to.duration_since(from) > SignedDuration::from_hours(24 * i64::from(LIMIT_DAYS))
    {
        return Err(AnalysisError::Interval {
            from,
            to,
            limit_days: LIMIT_DAYS,
        });
    }
    let delta_t_secs = instant::delta_t_secs(from)?;
    let events = SolarEvents::new()
        .for_interval_from_julian(
            instant::julian_date(from),
            instant::julian_date(to),
            site.location(),
            delta_t_secs,
            Horizon::SunriseSunset,
        )
        .map_err(|error| AnalysisError::Time {
            at: from,
            reason: error.to_string(),
        })?;

    let moments = |dates: &[f64]| {
        dates
            .iter()
            .filter_map(|date| instant::timestamp(*date))
            .collect::<Vec<_>>()
    };
    let (sunrises, sunsets) = (moments(&events.rises), moments(&events.sets));
    let up_at_start = match events.state_at_start {
        HorizonState::Above => true,
        HorizonState::Below => false,
        // On the horizon to the last digit: what comes next tells what was before.
        HorizonState::OnHorizon => match (sunrises.first(), sunsets.first()) {
            (Some(rise), Some(set)) => set < rise,
            (None, set) => set.is_some(),
            (Some(_), None) => false,
        },
    };
    let mut parameters = site.parameters();
    parameters.extend([
        Parameter::new("from", from, ""),
        Parameter::new("to", to, ""),
        Parameter::new("ΔT", delta_t_secs, "s"),
        Parameter::new("elevation of the sun's centre", -50.0 / 60.0, "°"),
    ]);
    Ok(Analysed {
        value: SunEvents {
            from,
            to,
            up_at_start,
            sunrises,
            sunsets,
            culminations: moments(&events.transits),
        },
        provenance: Provenance {
            method: "Crossings of a flat horizon by solar position algorithm (SPA)",
            source: METHOD_SOURCE,
            parameters,
        },
    })
}
