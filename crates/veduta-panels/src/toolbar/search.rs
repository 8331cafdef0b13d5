//! The search for objects, entities, viewpoints and addresses.

use egui::{
    Button, Id, Key, Label, Modifiers, Popup, PopupCloseBehavior, Response, TextEdit, Ui, vec2,
};
use egui_phosphor::regular as icon;

use super::{SearchResult, SearchTarget, ToolbarModel};
use crate::{
    Command,
    controls::{name_control, outlined, small},
    language::Language,
    theme::metrics,
};

const WIDTH: f32 = 260.0;
/// In a field narrower than this one does not see what one types.
const LEAST_WIDTH: f32 = 80.0;
/// More answers than these are better found with more letters.
const RESULTS_SHOWN: usize = 10;

pub(super) fn search_ui(
    ui: &mut Ui,
    query: &mut String,
    chosen: &mut usize,
    model: &ToolbarModel,
) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    let id = Id::new("scene-search");
    let results = &model.results[..model.results.len().min(RESULTS_SHOWN)];
    let focused = ui.memory(|memory| memory.has_focus(id));
    if focused {
        move_choice(ui, chosen, results.len());
    } else if ui.memory(|memory| memory.focused()).is_none()
        && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F))
    {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let entered = focused && ui.input(|input| input.key_pressed(Key::Enter));
    let name = language.tr("toolbar-search");
    let hint = format!("{} {name}", icon::MAGNIFYING_GLASS);
    let width = WIDTH.min(ui.available_width() - 2.0 * metrics::GAP);
    if width < LEAST_WIDTH {
        return commands;
    }
    let field = outlined(ui, |ui| {
        ui.add(
            TextEdit::singleline(query)
                .id(id)
                .hint_text(hint)
                .desired_width(width)
                .margin(vec2(8.0, 4.0)),
        )
    });
    name_control(&field, &name);
    if field.changed() {
        *chosen = 0;
        commands.push(Command::Search(query.trim().to_owned()));
    }
    let mut taken = results.get(*chosen).filter(|_| entered);
    if !query.trim().is_empty() {
        taken = results_ui(ui, &field, model, results, *chosen).or(taken);
    }
    if let Some(result) = taken {
        commands.extend(fly_to(&result.target));
        query.clear();
        commands.push(Command::Search(String::new()));
        field.surrender_focus();
    }
    commands
}

fn move_choice(ui: &Ui, chosen: &mut usize, results: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        *chosen = (*chosen + 1).min(results.saturating_sub(1));
    }
    if pressed(Key::ArrowUp) {
        *chosen = chosen.saturating_sub(1);
    }
}

fn results_ui<'a>(
    ui: &Ui,
    field: &Response,
    model: &ToolbarModel,
    results: &'a [SearchResult],
    chosen: usize,
) -> Option<&'a SearchResult> {
    let language = Language::of(ui);
    let mut taken = None;
    Popup::from_response(field)
        .id(field.id.with("results"))
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .width(WIDTH + 80.0)
        .show(|ui| {
            ui.set_width(WIDTH + 80.0);
            if model.searching {
                ui.spinner();
            } else if results.is_empty() {
                ui.label(small(ui, language.tr("search-nothing")));
            }
            for (index, result) in results.iter().enumerate() {
                let text = format!("{}  {}", glyph(&result.target), result.title);
                let button = Button::selectable(index == chosen, text).truncate();
                let response = ui.add(button.min_size(vec2(ui.available_width(), metrics::TARGET)));
                name_control(&response, &format!("{}, {}", result.title, result.detail));
                if response.clicked() {
                    taken = Some(result);
                }
                if !result.detail.is_empty() {
                    ui.horizontal(|ui| {
                        ui.add_space(metrics::GAP_LARGE + metrics::GAP);
                        ui.add(Label::new(small(ui, &result.detail)).truncate());
                    });
                }
            }
        });
    taken
}

fn glyph(target: &SearchTarget) -> &'static str {
    match target {
        SearchTarget::Object(_, kind) => kind.icon(),
        SearchTarget::Entity(_, kind) => kind.icon(),
        SearchTarget::Viewpoint(_) => icon::BINOCULARS,
    }
}

/// What is found is also selected, so that one sees which of the roofs it is.
fn fly_to(target: &SearchTarget) -> Vec<Command> {
    match target {
        SearchTarget::Object(id, _) => vec![
            Command::SelectObject(id.clone()),
            Command::FlyToObject(id.clone()),
        ],
        SearchTarget::Entity(id, _) => vec![
            Command::SelectEntity(id.clone()),
            Command::FlyToEntity(id.clone()),
        ],
        SearchTarget::Viewpoint(id) => vec![Command::FlyToViewpoint(id.clone())],
    }
}
