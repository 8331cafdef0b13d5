//! How the scene is lit: by the clock, or by a time of day to try.

use egui::{Slider, Ui};
use egui_phosphor::regular as icon;

use super::SunModel;
use crate::{
    Command,
    controls::{menu_in_bar, name_control, small},
    language::Language,
    theme::metrics,
};

/// Times of day worth a look, in minutes after midnight.
const PRESETS: [u16; 5] = [8 * 60, 10 * 60, 12 * 60, 15 * 60, 18 * 60];

pub(super) fn sun_ui(ui: &mut Ui, model: &SunModel) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    let glyph = if model.altitude_deg < 0.0 {
        icon::MOON
    } else {
        icon::SUN
    };
    let text = if model.follows_clock {
        glyph.to_owned()
    } else {
        format!("{glyph}  {}", time_text(model.minutes))
    };
    let name = language.tr("toolbar-sun");
    menu_in_bar(ui, "sun", &text, &name, |ui| {
        ui.set_width(240.0);
        let mut follows = model.follows_clock;
        if ui
            .checkbox(&mut follows, language.tr("sun-follows-clock"))
            .clicked()
        {
            command = Some(if follows {
                Command::SunFollowsClock
            } else {
                Command::SetSunMinutes(model.minutes)
            });
        }
        let mut minutes = model.minutes;
        ui.spacing_mut().slider_width = 150.0;
        // No steps: rounding to them would count as a change that nobody made.
        let slider = Slider::new(&mut minutes, 0..=1439)
            .custom_formatter(|minutes, _| time_text(minutes as u16))
            .custom_parser(parse_time);
        let response = ui.add(slider);
        name_control(&response, &language.tr("sun-time"));
        if response.changed() {
            command = Some(Command::SetSunMinutes(minutes));
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = metrics::GAP_SMALL;
            ui.spacing_mut().button_padding.x = 4.0;
            for preset in PRESETS {
                if ui.button(time_text(preset)).clicked() {
                    command = Some(Command::SetSunMinutes(preset));
                }
            }
        });
        ui.separator();
        let mut shadows = model.shadows;
        if ui
            .checkbox(&mut shadows, language.tr("sun-shadows"))
            .clicked()
        {
            command = Some(Command::SetShadows(shadows));
        }
        let place = [
            ("azimuth", language.number(model.azimuth_deg, 0)),
            ("altitude", language.number(model.altitude_deg, 0)),
        ];
        let arguments = place.each_ref().map(|(name, text)| (*name, text.into()));
        ui.label(small(ui, language.tr_with("sun-place", &arguments)));
    });
    command
}

fn time_text(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn parse_time(text: &str) -> Option<f64> {
    let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then(|| f64::from(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        assert_eq!(parse_time(&time_text(815)), Some(815.0));
        assert_eq!(parse_time("9"), Some(540.0));
        assert_eq!(parse_time("24:00"), None);
        assert_eq!(parse_time("noon"), None);
    }
}
