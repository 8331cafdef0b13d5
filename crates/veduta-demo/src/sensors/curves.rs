//! How a town breathes: traffic, noise, air, weather, classrooms, parking and sunshine as pure
//! functions of moment and seed.

use super::moment::Moment;
use crate::random::{mix, smooth_noise_1d};

/// Noise in `[-1, 1]` that changes noticeably over `period_secs`.
fn fluctuation(seed: u64, salt: u64, moment: &Moment, period_secs: f64) -> f64 {
    smooth_noise_1d(mix(seed ^ salt), moment.unix_secs / period_secs)
}

/// Traffic in relation to the busiest hour, 0 to 1: two rush hours on working days, one long
/// afternoon at weekends.
pub(crate) fn traffic(moment: &Moment) -> f64 {
    let share = if moment.is_weekend {
        0.05 + 0.5 * moment.hump(15.0, 3.6) + 0.12 * moment.hump(21.5, 2.0)
    } else {
        0.04 + 0.78 * moment.hump(7.8, 0.95)
            + 0.84 * moment.hump(17.2, 1.4)
            + 0.42 * moment.hump(12.6, 2.9)
            + 0.1 * moment.hump(21.0, 1.6)
    };
    share.min(1.0)
}

/// Vehicles per hour, road occupancy (0 to 1) and mean speed (km/h).
pub(crate) fn traffic_flow(
    seed: u64,
    moment: &Moment,
    peak_per_hour: f64,
    free_speed_kmh: f64,
) -> (f64, f64, f64) {
    let wave = 1.0
        + 0.16 * fluctuation(seed, 1, moment, 240.0)
        + 0.08 * fluctuation(seed, 2, moment, 45.0);
    let load = (traffic(moment) * wave).clamp(0.01, 1.1);
    let occupancy = 0.02 + 0.34 * load.powf(1.3);
    let slowing = 1.0 - 0.42 * load.powi(3);
    let speed = free_speed_kmh * slowing * (1.0 + 0.05 * fluctuation(seed, 3, moment, 60.0));
    (peak_per_hour * load, occupancy.min(0.95), speed)
}

/// Equivalent continuous sound level, dB(A).
pub(crate) fn sound_level_db(seed: u64, moment: &Moment, bustle: f64) -> f64 {
    let quiet = 34.0 + 9.0 * bustle;
    // Sound adds up as energy: twice the traffic is three decibels more.
    let vehicles = 10.0 * (1.0 + 900.0 * bustle * traffic(moment)).log10();
    let voices = 4.0 * moment.hump(19.5, 2.6) * (1.0 - bustle);
    quiet
        + vehicles
        + voices
        + 2.2 * fluctuation(seed, 4, moment, 90.0)
        + 1.3 * fluctuation(seed, 5, moment, 15.0)
}

/// Air temperature, °C.
pub(crate) fn temperature_c(weather_seed: u64, moment: &Moment) -> f64 {
    let season = 0.5 + 19.5 * moment.summer();
    let day = 4.6 * moment.hump(15.5, 4.2) - 2.0;
    season
        + day
        + 3.2 * fluctuation(weather_seed, 6, moment, 140_000.0)
        + 0.4 * fluctuation(weather_seed, 7, moment, 2_400.0)
}

/// Share of the sky covered by clouds, 0 to 1.
pub(crate) fn cloudiness(weather_seed: u64, moment: &Moment) -> f64 {
    let front = 0.45 + 0.75 * fluctuation(weather_seed, 8, moment, 70_000.0);
    let drifting = 0.28 * fluctuation(weather_seed, 9, moment, 1_500.0);
    (front + drifting).clamp(0.0, 1.0)
}

/// What the air holds, µg/m³, besides temperature and humidity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Air {
    pub(crate) no2: f64,
    pub(crate) o3: f64,
    pub(crate) pm10: f64,
    pub(crate) pm25: f64,
    pub(crate) temperature_c: f64,
    pub(crate) relative_humidity: f64,
}

/// Air quality: nitrogen dioxide follows traffic and stagnant winter air, ozone follows the sun and is
/// eaten by fresh exhaust, dust follows both.
pub(crate) fn air(seed: u64, weather_seed: u64, moment: &Moment, bustle: f64) -> Air {
    let winter = 1.0 - moment.summer();
    let stagnation = 1.0 + 0.35 * winter + 0.3 * fluctuation(weather_seed, 10, moment, 50_000.0);
    let no2 = (7.0 + (4.0 + 42.0 * bustle) * traffic(moment).powf(0.8) + 5.0 * winter)
        * stagnation
        * (1.0 + 0.12 * fluctuation(seed, 11, moment, 900.0));
    let sun = moment.sunshine() * (1.0 - 0.6 * cloudiness(weather_seed, moment));
    let o3 = (38.0 + 74.0 * sun + 14.0 * moment.hump(16.0, 3.0) - 0.55 * no2
        + 5.0 * fluctuation(seed, 12, moment, 1_800.0))
    .max(3.0);
    let pm10 = (9.0 + 13.0 * bustle * traffic(moment) + 9.0 * winter * moment.hump(20.5, 3.0))
        * stagnation
        * (1.0 + 0.15 * fluctuation(seed, 13, moment, 1_200.0));
    let temperature = temperature_c(weather_seed, moment) + 0.8 * bustle;
    let humidity = 0.93 - 0.017 * (temperature - 4.0) - 0.2 * sun
        + 0.06 * fluctuation(weather_seed, 14, moment, 30_000.0);
    Air {
        no2: no2.max(2.0),
        o3,
        pm10: pm10.max(3.0),
        pm25: (pm10 * (0.55 + 0.12 * winter)).max(2.0),
        temperature_c: temperature,
        relative_humidity: humidity.clamp(0.25, 1.0),
    }
}

/// CO2 (ppm), temperature (°C) and people in a room.
pub(crate) fn indoor(seed: u64, moment: &Moment, classroom: bool) -> (f64, f64, u32) {
    let presence = if classroom {
        lessons(moment)
    } else {
        office_hours(moment)
    };
    let seats = if classroom {
        22.0 + (seed % 7) as f64
    } else {
        4.0 + (seed % 5) as f64
    };
    let crowd = presence.people * seats;
    let per_seat = if classroom { 1_150.0 } else { 520.0 };
    let tightness = 0.75 + 0.5 * ((seed >> 8) % 100) as f64 / 100.0;
    let co2 = 425.0
        + per_seat
            * presence.staleness
            * tightness
            * (1.0 + 0.06 * fluctuation(seed, 15, moment, 400.0))
        + 8.0 * fluctuation(seed, 16, moment, 60.0);
    let temperature = 19.2
        + 2.4 * presence.staleness
        + 3.0 * moment.summer()
        + 0.3 * fluctuation(seed, 17, moment, 1_800.0);
    (co2, temperature, crowd.round() as u32)
}

/// Share of the seats taken, and how stale the air has become, both 0 to 1.
struct Presence {
    people: f64,
    staleness: f64,
}

/// Lessons of 90 minutes from 7:50, windows open in the breaks, a thin afternoon.
fn lessons(moment: &Moment) -> Presence {
    const LESSONS: [(f64, f64, f64); 4] = [
        (7.83, 9.33, 1.0),
        (9.6, 11.1, 1.0),
        (11.35, 12.85, 0.95),
        (13.75, 15.25, 0.55),
    ];
    if moment.is_weekend {
        return Presence {
            people: 0.0,
            staleness: 0.0,
        };
    }
    for (start, end, share) in LESSONS {
        if (start..end).contains(&moment.hour) {
            let progress = (moment.hour - start) / (end - start);
            return Presence {
                people: share,
                staleness: share * (0.22 + 0.78 * progress.powf(0.8)),
            };
        }
    }
    // After a lesson the room airs out within minutes by its windows, over night by its cracks.
    let since = LESSONS
        .iter()
        .filter(|(_, end, _)| moment.hour >= *end)
        .map(|(_, end, share)| (moment.hour - end, *share))
        .next_back();
    let staleness = since.map_or(0.0, |(hours, share)| share * (-hours / 0.16).exp());
    Presence {
        people: 0.0,
        staleness,
    }
}

fn office_hours(moment: &Moment) -> Presence {
    if moment.is_weekend {
        return Presence {
            people: 0.0,
            staleness: 0.02,
        };
    }
    let people = (0.95 * moment.hump(10.4, 1.7) + 0.9 * moment.hump(14.8, 1.7)).min(1.0);
    let stale = (0.85 * moment.hump(11.2, 2.0) + 0.9 * moment.hump(15.6, 2.0)).min(1.0);
    Presence {
        people,
        staleness: stale,
    }
}

/// Share of parking places taken, 0 to 1.
pub(crate) fn parking(seed: u64, moment: &Moment, bustle: f64) -> f64 {
    let visitors = if moment.is_weekend {
        0.62 * moment.hump(14.5, 3.2)
    } else {
        0.58 * moment.hump(11.0, 2.6) + 0.4 * moment.hump(16.2, 2.4)
    };
    let residents = (1.0 - bustle) * 0.35 * moment.hump(1.0, 5.5);
    (0.12 + visitors + residents + 0.07 * fluctuation(seed, 18, moment, 1_500.0)).clamp(0.02, 1.0)
}

/// Whether one place (a spot, a socket) is taken, if that share of its like is.
pub(crate) fn is_taken(seed: u64, moment: &Moment, share: f64, stay_secs: f64) -> bool {
    // Smooth noise crowds round zero; its arc-sine spreads it evenly enough over 0 to 1.
    let chance = 0.5
        + fluctuation(seed, 19, moment, stay_secs)
            .clamp(-1.0, 1.0)
            .asin()
            / std::f64::consts::PI;
    chance < share
}

/// Power of solar panels, kW: sun, clouds, and a loss of 14 % on the way.
pub(crate) fn solar_power_kw(seed: u64, weather_seed: u64, moment: &Moment, peak_kw: f64) -> f64 {
    let elevation = moment.sun_elevation_deg;
    if elevation <= 0.0 {
        return 0.0;
    }
    // Light through clear air by air mass (Kasten and Young's simple form), on panels tilted 30° south.
    let air_mass = 1.0 / (elevation.to_radians().sin() + 0.15 * (elevation + 3.885).powf(-1.253));
    let clear = 1.1 * 0.7_f64.powf(air_mass.powf(0.678));
    let incidence = (elevation + 22.0).min(90.0).to_radians().sin() * (elevation / 12.0).min(1.0);
    let clouds = 1.0 - 0.78 * cloudiness(weather_seed, moment).powf(1.4);
    let passing = 1.0 - 0.1 * (1.0 + fluctuation(seed, 20, moment, 180.0));
    (peak_kw * clear * incidence * clouds * passing * 0.86).max(0.0)
}

/// Level of street lights, 0 to 1: full in the dark, dimmed in the small hours.
pub(crate) fn lamp_level(seed: u64, moment: &Moment) -> f64 {
    // Each lamp has its own eye for dusk.
    let dusk_deg = -1.5 - (seed % 100) as f64 / 100.0;
    if moment.sun_elevation_deg > dusk_deg {
        0.0
    } else if moment.hour < 4.75 || moment.hour > 23.5 {
        0.5
    } else {
        1.0
    }
}
