//! References to other city objects, those of a role together.

use egui::{CollapsingHeader, Label, Ui};
use egui_phosphor::regular as icon;

use super::{RelationRow, object::part_ui};
use crate::{Command, controls::small, language::Language};

/// A list of more is folded at first.
const OPEN_UP_TO: usize = 12;
/// Rows drawn of one role.
const MAX_ROWS: usize = 300;

pub(super) fn relations_ui(ui: &mut Ui, relations: &[RelationRow], commands: &mut Vec<Command>) {
    let mut roles: Vec<&str> = Vec::new();
    for relation in relations {
        if !roles.contains(&relation.role.as_str()) {
            roles.push(&relation.role);
        }
    }
    let language = Language::of(ui);
    for role in roles {
        let of_role: Vec<&RelationRow> = relations
            .iter()
            .filter(|relation| relation.role == role)
            .collect();
        let title = format!("{role}  {}", language.count(of_role.len() as u64));
        CollapsingHeader::new(title)
            .id_salt(("relations", role))
            .default_open(of_role.len() <= OPEN_UP_TO)
            .show(ui, |ui| {
                for relation in of_role.iter().take(MAX_ROWS) {
                    relation_ui(ui, relation, commands);
                }
                if of_role.len() > MAX_ROWS {
                    let left_out = (of_role.len() - MAX_ROWS) as u64;
                    let more = language.tr_with("inspector-more", &[("count", left_out.into())]);
                    ui.label(small(ui, more));
                }
            });
    }
}

fn relation_ui(ui: &mut Ui, relation: &RelationRow, commands: &mut Vec<Command>) {
    match &relation.target {
        Some(target) => part_ui(ui, target, commands),
        None => {
            let text = format!("{}  {}", icon::LINK_BREAK, relation.target_id);
            let meaning = Language::of(ui).tr("inspector-not-loaded");
            let label = Label::new(small(ui, text)).truncate().selectable(true);
            ui.add(label).on_hover_text(meaning);
        }
    }
}
