//! Groups of city objects: a click shows all that belongs to one.

use egui::{Button, Ui, vec2};

use super::GroupRow;
use crate::{
    Command,
    controls::{name_control, row, small},
    language::Language,
    model::ObjectKind,
    theme::metrics,
};

/// More rows than this are found by the filter.
const MAX_ROWS: usize = 200;

pub(super) fn groups_ui(ui: &mut Ui, groups: &[GroupRow], needle: &str) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    let listed = groups
        .iter()
        .filter(|group| group.name.to_lowercase().contains(needle));
    let mut left_out = 0_u64;
    for (place, group) in listed.enumerate() {
        if place >= MAX_ROWS {
            left_out += 1;
            continue;
        }
        let members = language.tr_with(
            "layers-group-members",
            &[
                ("count", group.members.into()),
                ("shown", language.count(group.members).into()),
            ],
        );
        let (name, ()) = row(
            ui,
            |ui| {
                let text = format!("{}  {}", ObjectKind::Group.icon(), group.name);
                let button = Button::selectable(group.selected, text).truncate();
                ui.add(button.min_size(vec2(0.0, metrics::TARGET)))
            },
            |ui| {
                ui.label(small(ui, language.count(group.members)));
            },
        );
        name_control(&name, &format!("{}, {members}", group.name));
        if name.on_hover_text(members).clicked() {
            command = Some(Command::FlyToObject(group.id.clone()));
        }
    }
    if left_out > 0 {
        let text = language.tr_with("layers-more-groups", &[("count", left_out.into())]);
        ui.label(small(ui, text));
    }
    command
}
