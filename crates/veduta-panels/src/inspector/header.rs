//! What is selected: icon, name, kind, identifier, and what can be done with it.

use egui::{Label, RichText, Ui};
use egui_phosphor::regular as icon;

use crate::{
    Command, CutChoice,
    controls::{icon_button, icon_toggle, name_control, row, small},
    language::Language,
    theme::metrics,
};

/// What the header says of a thing.
pub(super) struct Header<'a> {
    pub icon: &'a str,
    pub kind: String,
    pub name: Option<&'a str>,
    pub type_name: &'a str,
    pub identifier: &'a str,
    pub fly: Command,
    /// It has an inside; whether one looks into it.
    pub opened: Option<bool>,
}

/// Draws the header; the identifier can be copied.
pub(super) fn header_ui(ui: &mut Ui, header: Header<'_>, commands: &mut Vec<Command>) {
    let language = Language::of(ui);
    let title = header.name.unwrap_or(&header.kind);
    let (_, (close, fly, inside)) = row(
        ui,
        |ui| {
            ui.label(RichText::new(header.icon).size(metrics::TEXT_TITLE + 4.0));
            let heading =
                ui.add(Label::new(RichText::new(title).size(metrics::TEXT_TITLE)).truncate());
            name_control(&heading, title);
            heading.on_hover_text(title);
        },
        |ui| {
            let close = icon_button(ui, icon::X, &language.tr("inspector-deselect"));
            let fly = icon_button(ui, icon::CROSSHAIR_SIMPLE, &language.tr("inspector-fly"));
            let inside = header.opened.map(|opened| {
                let name = language.tr("inspector-look-inside");
                icon_toggle(ui, icon::CUBE_TRANSPARENT, &name, opened)
            });
            (close, fly, inside)
        },
    );
    if close.clicked() {
        commands.push(Command::ClearSelection);
    }
    if fly.clicked() {
        commands.push(header.fly);
    }
    if inside.is_some_and(|inside| inside.clicked()) {
        commands.push(if header.opened == Some(true) {
            Command::LookFromOutside
        } else {
            Command::SetCut(Some(CutChoice::FIRST))
        });
    }
    // A Building is a building; saying so once is enough.
    let kind = if header.kind == header.type_name {
        header.kind.clone()
    } else {
        format!("{}  ·  {}", header.kind, header.type_name)
    };
    ui.label(small(ui, kind));
    let (_, copy) = row(
        ui,
        |ui| {
            let text = RichText::new(header.identifier)
                .monospace()
                .color(ui.visuals().weak_text_color());
            ui.add(Label::new(text).truncate().selectable(true))
                .on_hover_text(header.identifier)
        },
        |ui| icon_button(ui, icon::COPY, &language.tr("inspector-copy-id")),
    );
    if copy.clicked() {
        ui.copy_text(header.identifier.to_owned());
    }
}
