//! The chooser of the future that a half of the scene shows.

use egui::{ComboBox, Ui};

use super::name_control;
use crate::{
    Command,
    language::Language,
    model::{ScenarioId, ScenariosModel, SceneHalf},
};

/// The name of a scenario, "Baseline" for none; the bare id for one that the scene file does not know.
pub(crate) fn scenario_name(
    language: &Language,
    model: &ScenariosModel,
    scenario: Option<&ScenarioId>,
) -> String {
    match scenario {
        None => language.tr("scenario-baseline"),
        Some(id) => model
            .choice(id)
            .map_or_else(|| id.0.clone(), |choice| choice.name.clone()),
    }
}

/// A drop-down list of the baseline and all scenarios for one half.
pub(crate) fn scenario_chooser(
    ui: &mut Ui,
    model: &ScenariosModel,
    half: SceneHalf,
    width: f32,
) -> Option<Command> {
    let language = Language::of(ui);
    let label = language.tr(match half {
        SceneHalf::Left => "scenario-left",
        SceneHalf::Right => "scenario-right",
    });
    let shown = model.shown(half);
    let mut command = None;
    let combo = ComboBox::from_id_salt(("scenario", half))
        .selected_text(scenario_name(&language, model, shown))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            let scenarios = std::iter::once(None).chain(model.choices.iter().map(Some));
            for choice in scenarios {
                let id = choice.map(|choice| &choice.id);
                let name = scenario_name(&language, model, id);
                let response = ui.selectable_label(shown == id, name);
                let description = choice.and_then(|choice| choice.description.as_deref());
                let response = match description {
                    Some(text) => response.on_hover_text(text),
                    None => response,
                };
                if response.clicked() {
                    command = Some(Command::ChooseScenario {
                        half,
                        scenario: id.cloned(),
                    });
                }
            }
        });
    name_control(&combo.response, &label);
    combo.response.on_hover_text(label);
    command
}
