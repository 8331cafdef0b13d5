//! The sheet of keys and mouse actions.

use egui::{Grid, Key, Modifiers, RichText, ScrollArea, Ui, Window, vec2};

use crate::{
    controls::{section, small},
    language::Language,
    theme::metrics,
};

/// Sections of the sheet: a heading and rows of what to do and what it does.
const SHEET: [(&str, &[(&str, &str)]); 3] = [
    (
        "help-mouse",
        &[
            ("help-mouse-pan", "help-does-pan"),
            ("help-mouse-orbit", "help-does-orbit"),
            ("help-mouse-zoom", "help-does-zoom"),
            ("help-mouse-select", "help-does-select"),
        ],
    ),
    (
        "help-keys",
        &[
            ("help-key-home", "help-does-home"),
            ("help-key-north", "help-does-north"),
            ("help-key-focus", "help-does-focus"),
            ("help-key-zoom", "help-does-zoom-middle"),
            ("help-key-height", "help-does-height"),
            ("help-key-move", "help-does-move"),
            ("help-key-turn", "help-does-turn"),
            ("help-key-views", "help-does-views"),
            ("help-key-search", "help-does-search"),
            ("help-key-escape", "help-does-escape"),
        ],
    ),
    (
        "help-time",
        &[
            ("help-key-space", "help-does-play"),
            ("help-key-end", "help-does-live"),
            ("help-key-step", "help-does-step"),
            ("help-key-bar", "help-does-bar"),
        ],
    ),
];

/// F1 opens and closes the sheet; so does Escape while it is open.
pub(super) fn help_ui(ui: &Ui, open: &mut bool) {
    let language = Language::of(ui);
    let height = ui.ctx().content_rect().height() * 0.75;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::F1) {
        *open = !*open;
    }
    if *open && pressed(Key::Escape) {
        *open = false;
    }
    Window::new(language.tr("toolbar-help"))
        .id(egui::Id::new("help"))
        .open(open)
        .collapsible(false)
        .resizable(false)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(ui.ctx().content_rect().center())
        .show(ui.ctx(), |ui| {
            ScrollArea::vertical()
                .min_scrolled_height(height)
                .max_height(height)
                .show(ui, |ui| {
                    ui.spacing_mut().interact_size.y = metrics::TEXT_BODY + 4.0;
                    for (heading, rows) in SHEET {
                        section(ui, &language.tr(heading));
                        Grid::new(heading)
                            .spacing(vec2(metrics::GAP_LARGE, 5.0))
                            .min_col_width(220.0)
                            .show(ui, |ui| {
                                for (action, effect) in rows {
                                    ui.label(RichText::new(language.tr(action)));
                                    ui.label(small(ui, language.tr(effect)));
                                    ui.end_row();
                                }
                            });
                    }
                });
        });
}
