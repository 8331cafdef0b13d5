//! The bar at the top: the scene's title, ways to look at it, the search, light, and how the window looks.

mod help;
mod inside;
mod look;
mod model;
mod search;
mod settings;
mod sun;
mod view_model;
mod viewpoints;

use egui::{Label, RichText, Ui};
use egui_phosphor::regular as icon;

pub use model::{
    SearchResult, SearchTarget, SunModel, ToolbarModel, ToolbarState, ViewpointChoice,
};
pub use view_model::{InsideModel, LookModel, StoreyChoice, ThemeRow};

use crate::{
    Command, Settings,
    controls::{icon_button, icon_toggle, name_control, row},
    dock::Dock,
    language::Language,
    theme::metrics,
};

/// Bars wider than this have room for words beside icons, in points.
const ROOMY: f32 = 860.0;

/// Draws the bar over the whole width, and the help sheet over the window while it is open.
pub fn toolbar_ui(
    ui: &mut Ui,
    state: &mut ToolbarState,
    model: &ToolbarModel,
    settings: &Settings,
    dock: &Dock,
) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    let is_roomy = ui.available_width() > ROOMY;
    let (left, right) = row(
        ui,
        |ui| {
            let mut commands = Vec::new();
            if icon_button(ui, icon::SQUARES_FOUR, &language.tr("toolbar-start")).clicked() {
                commands.push(Command::CloseScene);
            }
            let title_width = (ui.available_width() * 0.36).max(60.0);
            ui.scope(|ui| {
                ui.set_max_width(title_width);
                let title = ui.add(
                    Label::new(RichText::new(&model.title).size(metrics::TEXT_TITLE)).truncate(),
                );
                name_control(&title, &model.title);
            });
            ui.separator();
            commands.extend(viewpoints::viewpoints_ui(ui, model, is_roomy));
            commands.extend(search::search_ui(
                ui,
                &mut state.query,
                &mut state.chosen_result,
                model,
            ));
            commands
        },
        |ui| {
            let mut commands = Vec::new();
            if icon_toggle(
                ui,
                icon::QUESTION,
                &language.tr("toolbar-help"),
                state.help_open,
            )
            .clicked()
            {
                state.help_open = !state.help_open;
            }
            commands.extend(settings::settings_ui(ui, settings, dock));
            if icon_button(ui, icon::CAMERA, &language.tr("toolbar-screenshot")).clicked() {
                commands.push(Command::TakeScreenshot);
            }
            commands.extend(sun::sun_ui(ui, &model.sun));
            commands.extend(look::look_ui(ui, &model.look));
            commands.extend(inside::inside_ui(ui, &model.inside));
            if model.can_compare
                && icon_toggle(
                    ui,
                    icon::COLUMNS,
                    &language.tr("toolbar-compare"),
                    model.comparing,
                )
                .clicked()
            {
                commands.push(Command::SetComparing(!model.comparing));
            }
            commands
        },
    );
    commands.extend(left);
    commands.extend(right);
    help::help_ui(ui, &mut state.help_open);
    commands
}
