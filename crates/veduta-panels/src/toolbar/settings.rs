//! How the window looks: panes, theme, language, scale.

use egui::Ui;
use egui_phosphor::regular as icon;

use crate::{
    Command, Settings,
    controls::{icon_button, menu_in_bar, section},
    dock::{Dock, Pane},
    language::{Language, Locale},
    theme::{ThemeChoice, metrics},
};

/// Sizes of texts and controls to choose from.
pub(super) const SCALES: [f32; 6] = [1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

pub(super) fn settings_ui(ui: &mut Ui, settings: &Settings, dock: &Dock) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    let name = language.tr("toolbar-settings");
    menu_in_bar(ui, "settings", icon::SLIDERS_HORIZONTAL, &name, |ui| {
        ui.set_width(230.0);
        section(ui, &language.tr("settings-panes"));
        for pane in Pane::CLOSABLE {
            let mut open = dock.is_open(pane);
            if ui
                .checkbox(&mut open, language.tr(pane.message_key()))
                .clicked()
            {
                commands.push(Command::SetPaneOpen { pane, open });
            }
        }
        if ui.button(language.tr("settings-reset-layout")).clicked() {
            commands.push(Command::ResetLayout);
        }
        section(ui, &language.tr("settings-theme"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = metrics::GAP_SMALL;
            for theme in ThemeChoice::ALL {
                if ui
                    .selectable_label(settings.theme == theme, language.tr(theme.message_key()))
                    .clicked()
                {
                    commands.push(Command::SetTheme(theme));
                }
            }
        });
        section(ui, &language.tr("settings-language"));
        ui.horizontal(|ui| {
            for locale in Locale::ALL {
                if ui
                    .selectable_label(settings.language == locale, locale.own_name())
                    .clicked()
                {
                    commands.push(Command::SetLanguage(locale));
                }
            }
        });
        section(ui, &language.tr("settings-scale"));
        commands.extend(scale_ui(ui, settings, &language));
    });
    commands
}

/// Smaller, the size, larger.
fn scale_ui(ui: &mut Ui, settings: &Settings, language: &Language) -> Option<Command> {
    let scale = settings.interface_scale;
    let smaller = SCALES.into_iter().rev().find(|size| *size < scale - 0.01);
    let larger = SCALES.into_iter().find(|size| *size > scale + 0.01);
    let mut wanted = None;
    ui.horizontal(|ui| {
        for (size, glyph, key) in [
            (smaller, icon::MINUS, "settings-smaller"),
            (larger, icon::PLUS, "settings-larger"),
        ] {
            if glyph == icon::PLUS {
                ui.label(language.quantity(f64::from(scale * 100.0), 0, "%"));
            }
            ui.add_enabled_ui(size.is_some(), |ui| {
                if icon_button(ui, glyph, &language.tr(key)).clicked() {
                    wanted = size;
                }
            });
        }
    });
    wanted.map(Command::SetInterfaceScale)
}
