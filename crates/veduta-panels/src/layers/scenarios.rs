//! Which future is shown: one as a list to choose from, two as a chooser per half.

use egui::{Grid, Ui};
use egui_phosphor::regular as icon;

use crate::{
    Command,
    controls::{outlined, scenario_chooser, scenario_name, small},
    language::Language,
    model::{ScenariosModel, SceneHalf},
};

pub(super) fn scenarios_ui(ui: &mut Ui, model: &ScenariosModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    if model.comparing {
        Grid::new("scenario-halves").num_columns(2).show(ui, |ui| {
            for (half, key) in [
                (SceneHalf::Left, "compare-left"),
                (SceneHalf::Right, "compare-right"),
            ] {
                ui.label(small(ui, language.tr(key)));
                commands.extend(scenario_chooser(ui, model, half, ui.available_width()));
                ui.end_row();
            }
        });
    } else {
        for choice in std::iter::once(None).chain(model.choices.iter().map(Some)) {
            let id = choice.map(|choice| &choice.id);
            let shown = model.left.as_ref() == id;
            let mut response = outlined(ui, |ui| {
                ui.radio(shown, scenario_name(&language, model, id))
            });
            if let Some(description) = choice.and_then(|choice| choice.description.as_deref()) {
                response = response.on_hover_text(description);
            }
            if response.clicked() && !shown {
                commands.push(Command::ChooseScenario {
                    half: SceneHalf::Left,
                    scenario: id.cloned(),
                });
            }
        }
    }
    let key = if model.comparing {
        "compare-stop"
    } else {
        "compare-start"
    };
    if ui
        .button(format!("{}  {}", icon::COLUMNS, language.tr(key)))
        .clicked()
    {
        commands.push(Command::SetComparing(!model.comparing));
    }
    commands
}
