//! Numbers within the bounds in which they mean something.
//!
//! A number outside is reported and mended, so that no camera ends up at NaN: what has bounds takes the
//! nearer bound, what may be left out is left out.

use super::document::Step;
use super::validate::Findings;
use crate::{Addition, BrokerSettings, Edit, Overlay, Scene, SceneCode, Viewpoint};

/// A year, the longest history that is asked for on opening.
const MAX_HISTORY_HOURS: f64 = 24.0 * 366.0;

pub(super) fn mend(scene: &mut Scene, findings: &mut Findings<'_>) {
    if let Some(origin) = &mut scene.origin {
        let mut numbers = Numbers::new(&["origin".into()], findings);
        numbers.geographic(&mut origin.longitude_deg, &mut origin.latitude_deg);
        numbers.finite("height_m", &mut origin.height_m);
    }
    Numbers::new(&["picture".into()], findings).within(
        "vertical_exaggeration",
        &mut scene.picture.vertical_exaggeration,
        0.1,
        20.0,
    );
    for (index, source) in scene.sources.iter_mut().enumerate() {
        let mut numbers = Numbers::new(&["sources".into(), index.into()], findings);
        numbers.finite("height_offset_m", &mut source.height_offset_m);
        if let Some(level) = &mut source.level_of_detail {
            let mut number = f64::from(*level);
            numbers.within("level_of_detail", &mut number, 0.0, 4.0);
            *level = number as u8;
        }
    }
    for (index, broker) in scene.brokers.iter_mut().enumerate() {
        mend_broker(
            broker,
            Numbers::new(&["brokers".into(), index.into()], findings),
        );
    }
    for (index, overlay) in scene.overlays.iter_mut().enumerate() {
        mend_overlay(
            overlay,
            Numbers::new(&["overlays".into(), index.into()], findings),
        );
    }
    for (index, viewpoint) in scene.viewpoints.iter_mut().enumerate() {
        mend_viewpoint(
            viewpoint,
            Numbers::new(&["viewpoints".into(), index.into()], findings),
        );
    }
    for (index, scenario) in scene.scenarios.iter_mut().enumerate() {
        for (edit_index, edit) in scenario.edits.iter_mut().enumerate() {
            if let Edit::Add(addition) = edit {
                let way = [
                    "scenarios".into(),
                    index.into(),
                    "edits".into(),
                    edit_index.into(),
                    "add".into(),
                ];
                mend_addition(addition, Numbers::new(&way, findings));
            }
        }
    }
}

fn mend_broker(broker: &mut BrokerSettings, mut numbers: Numbers<'_, '_>) {
    numbers.positive("poll_secs", &mut broker.poll_secs);
    if let Some(hours) = &mut broker.history_hours {
        numbers.within("history_hours", hours, 0.0, MAX_HISTORY_HOURS);
    }
}

fn mend_overlay(overlay: &mut Overlay, mut numbers: Numbers<'_, '_>) {
    numbers.positive("stale_after_secs", &mut overlay.stale_after_secs);
    if let Some([low, high]) = overlay.range
        && !(low.is_finite() && high.is_finite() && low < high)
    {
        numbers.report(
            "range",
            format!(
                "the range [{low}, {high}] does not rise and is left out; write the lower end first"
            ),
        );
        overlay.range = None;
    }
}

fn mend_viewpoint(viewpoint: &mut Viewpoint, mut numbers: Numbers<'_, '_>) {
    numbers.geographic(&mut viewpoint.longitude_deg, &mut viewpoint.latitude_deg);
    numbers.finite("height_m", &mut viewpoint.height_m);
    numbers.finite("heading_deg", &mut viewpoint.heading_deg);
    numbers.within("pitch_deg", &mut viewpoint.pitch_deg, -90.0, 90.0);
}

fn mend_addition(addition: &mut Addition, mut numbers: Numbers<'_, '_>) {
    if let Some(longitude_deg) = &mut addition.longitude_deg {
        numbers.within("longitude_deg", longitude_deg, -180.0, 180.0);
    }
    if let Some(latitude_deg) = &mut addition.latitude_deg {
        numbers.within("latitude_deg", latitude_deg, -90.0, 90.0);
    }
    if let Some(height_m) = &mut addition.height_m {
        numbers.finite("height_m", height_m);
    }
    if let Some(heading_deg) = &mut addition.heading_deg {
        numbers.finite("heading_deg", heading_deg);
    }
    numbers.positive("scale", &mut addition.scale);
}

/// The numbers of one table.
struct Numbers<'f, 'd> {
    way: Vec<Step<'d>>,
    findings: &'f mut Findings<'d>,
}

impl<'f, 'd> Numbers<'f, 'd> {
    fn new(way: &[Step<'d>], findings: &'f mut Findings<'d>) -> Self {
        Self {
            way: way.to_vec(),
            findings,
        }
    }

    fn report(&mut self, key: &str, message: String) {
        let mut way: Vec<Step<'_>> = self.way.clone();
        way.push(key.into());
        self.findings.report(SceneCode::OutOfRange, &way, message);
    }

    fn geographic(&mut self, longitude_deg: &mut f64, latitude_deg: &mut f64) {
        self.within("longitude_deg", longitude_deg, -180.0, 180.0);
        self.within("latitude_deg", latitude_deg, -90.0, 90.0);
    }

    fn within(&mut self, key: &str, value: &mut f64, low: f64, high: f64) {
        if (low..=high).contains(value) {
            return;
        }
        let nearer = if value.is_nan() {
            low
        } else {
            value.clamp(low, high)
        };
        self.report(
            key,
            format!("`{key}` is {value}; it must be from {low} to {high}, so {nearer} is taken"),
        );
        *value = nearer;
    }

    fn finite(&mut self, key: &str, value: &mut f64) {
        if !value.is_finite() {
            self.report(
                key,
                format!("`{key}` is {value}, so 0 is taken; write a number"),
            );
            *value = 0.0;
        }
    }

    fn positive(&mut self, key: &str, value: &mut Option<f64>) {
        if let Some(number) = *value
            && !(number.is_finite() && number > 0.0)
        {
            self.report(
                key,
                format!("`{key}` is {number} and is left out; it must be more than 0"),
            );
            *value = None;
        }
    }
}
