//! Short messages over the scene: what happened and what to do about it.

mod model;

use egui::{Area, Frame, Id, Label, Order, Rect, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

pub use model::Notice;

use crate::{
    Command,
    controls::{icon_button, name_control, row, small},
    diagnostics::colour,
    language::Language,
    theme::metrics,
};

/// More would hide the scene; the rest waits its turn.
const NOTICES_SHOWN: usize = 4;
const WIDTH: f32 = 340.0;

/// Draws the latest notices as a stack in the upper right corner of the room that `ui` has.
pub fn notices_ui(ui: &mut Ui, notices: &[Notice]) -> Vec<Command> {
    let within: Rect = ui.max_rect().shrink(metrics::GAP_LARGE);
    let mut command = None;
    if notices.is_empty() {
        return Vec::new();
    }
    Area::new(Id::new("notices"))
        .order(Order::Foreground)
        .fixed_pos(within.right_top() - vec2(WIDTH.min(within.width()), 0.0))
        .constrain_to(within)
        .show(ui.ctx(), |ui| {
            ui.set_width(WIDTH.min(within.width()));
            let first = notices.len().saturating_sub(NOTICES_SHOWN);
            for notice in notices[first..].iter().rev() {
                Frame::window(ui.style())
                    .inner_margin(metrics::GAP)
                    .show(ui, |ui| {
                        command = notice_ui(ui, notice).or(command.take());
                    });
            }
        });
    command.into_iter().collect()
}

fn notice_ui(ui: &mut Ui, notice: &Notice) -> Option<Command> {
    let language = Language::of(ui);
    let (_, dismiss) = row(
        ui,
        |ui| {
            let mark = ui.label(
                RichText::new(notice.severity.icon())
                    .color(colour(ui, notice.severity))
                    .size(18.0),
            );
            name_control(&mark, &language.tr(notice.severity.message_key()));
            ui.add(Label::new(&notice.title).wrap());
        },
        |ui| icon_button(ui, icon::X, &language.tr("notice-dismiss")),
    );
    if !notice.advice.is_empty() {
        ui.add(Label::new(small(ui, &notice.advice)).wrap());
    }
    dismiss
        .clicked()
        .then_some(Command::DismissNotice(notice.id))
}
