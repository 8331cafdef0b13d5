//! The row over the track: live, play, steps, speed, and what time it is.

use egui::{Button, ComboBox, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{
    TimelineModel, TimelineState,
    changes::changes_ui,
    speed::{SPEEDS, speed_text},
    view::{later, secs_between, seek},
};
use crate::{
    Command,
    controls::{icon_button, name_control, row, small},
    language::Language,
    theme::{Tokens, metrics},
};

/// Bars wider than this have room for all controls, in points.
const ROOMY: f32 = 680.0;

pub(super) fn controls_ui(
    ui: &mut Ui,
    state: &mut TimelineState,
    model: &TimelineModel,
) -> Vec<Command> {
    let mut commands = Vec::new();
    let step_secs = state.step_secs(model);
    let is_roomy = ui.available_width() > ROOMY;
    // Both ends of the row may move the span, but never in the same frame.
    let before = *state;
    let mut moved = before;
    let (left, ()) = row(
        ui,
        |ui| {
            commands.extend(live_pill_ui(ui, model));
            commands.extend(transport_ui(ui, step_secs, model));
            commands.extend(speed_ui(ui, model));
            changes_ui(ui, &mut moved, model)
        },
        |ui| {
            zoom_ui(ui, state, model, is_roomy);
            ui.add_space(metrics::GAP);
            moment_ui(ui, model, is_roomy);
        },
    );
    if moved != before {
        *state = moved;
    }
    commands.extend(left);
    commands
}

/// Look closer, look wider, show everything. Laid out from the right.
fn zoom_ui(ui: &mut Ui, state: &mut TimelineState, model: &TimelineModel, is_roomy: bool) {
    let language = Language::of(ui);
    let fit = language.tr("timeline-fit");
    if icon_button(ui, icon::ARROWS_OUT_LINE_HORIZONTAL, &fit).clicked() {
        state.fit();
    }
    // The wheel does the same where there is no room.
    if !is_roomy {
        return;
    }
    let closer = language.tr("timeline-closer");
    if icon_button(ui, icon::MAGNIFYING_GLASS_PLUS, &closer).clicked() {
        state.zoom(model, model.now, 2.0);
    }
    let wider = language.tr("timeline-wider");
    if icon_button(ui, icon::MAGNIFYING_GLASS_MINUS, &wider).clicked() {
        state.zoom(model, model.now, 0.5);
    }
}

/// Says whether the present is shown, and how far from it one is; brings one back.
fn live_pill_ui(ui: &mut Ui, model: &TimelineModel) -> Option<Command> {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    let (text, name, fill, ink) = if model.live {
        let text = format!("{}  {}", icon::BROADCAST, language.tr("timeline-live"));
        (
            text,
            language.tr("timeline-is-live"),
            palette.live,
            palette.live.readable_ink(),
        )
    } else {
        let offset = language.offset_from_present(secs_between(model.present, model.now));
        let name = language.tr_with("timeline-go-live", &[("offset", (&offset).into())]);
        (
            format!("{}  {offset}", icon::CLOCK_COUNTER_CLOCKWISE),
            name,
            palette.accent_ground,
            palette.accent,
        )
    };
    let button = Button::new(RichText::new(text).color(ink.colour()))
        .fill(fill.colour())
        .corner_radius(metrics::TARGET / 2.0)
        .min_size(vec2(92.0, metrics::TARGET));
    let response = ui.add(button);
    name_control(&response, &name);
    (response.on_hover_text(name).clicked() && !model.live).then_some(Command::GoLive)
}

/// Step back, play or pause, step on.
fn transport_ui(ui: &mut Ui, step_secs: f64, model: &TimelineModel) -> Option<Command> {
    let language = Language::of(ui);
    let step = language.short_age(step_secs);
    let mut command = None;
    let back = language.tr_with("timeline-step-back", &[("step", (&step).into())]);
    if icon_button(ui, icon::SKIP_BACK, &back).clicked() {
        command = Some(seek(model, later(model.now, -step_secs)));
    }
    let (glyph, key) = if model.playing {
        (icon::PAUSE, "timeline-pause")
    } else {
        (icon::PLAY, "timeline-play")
    };
    if icon_button(ui, glyph, &language.tr(key)).clicked() {
        command = Some(Command::SetPlaying(!model.playing));
    }
    let on = language.tr_with("timeline-step-on", &[("step", (&step).into())]);
    ui.add_enabled_ui(!model.live, |ui| {
        if icon_button(ui, icon::SKIP_FORWARD, &on).clicked() {
            command = Some(seek(model, later(model.now, step_secs)));
        }
    });
    command
}

/// The speed; the present passes at its own.
fn speed_ui(ui: &mut Ui, model: &TimelineModel) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    ui.add_enabled_ui(!model.live, |ui| {
        let speed = if model.live { 1.0 } else { model.speed };
        let combo = ComboBox::from_id_salt("speed")
            .selected_text(speed_text(&language, speed))
            .width(84.0)
            .show_ui(ui, |ui| {
                for choice in SPEEDS {
                    if ui
                        .selectable_label(
                            (choice - speed).abs() < 1e-9,
                            speed_text(&language, choice),
                        )
                        .clicked()
                    {
                        command = Some(Command::SetSpeed(choice));
                    }
                }
            });
        let name = language.tr("timeline-speed");
        name_control(&combo.response, &name);
        combo
            .response
            .on_hover_text(&name)
            .on_disabled_hover_text(language.tr("timeline-speed-live"));
    });
    command
}

/// Date, time and zone of the shown moment. Laid out from the right.
fn moment_ui(ui: &mut Ui, model: &TimelineModel, is_roomy: bool) {
    let language = Language::of(ui);
    let moment = model.now.to_zoned(model.time_zone.clone());
    ui.label(small(ui, language.zone(&moment)));
    ui.label(RichText::new(language.time_of_day(&moment, true)).size(metrics::TEXT_TITLE));
    let date = if is_roomy {
        language.date(&moment)
    } else {
        language.day_and_month(&moment)
    };
    ui.label(small(ui, date));
}
