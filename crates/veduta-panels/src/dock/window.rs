//! The one function the app calls per frame.

use egui::{
    CentralPanel, Context, Frame, Id, Key, LayerId, Margin, Modifiers, Panel, Popup, Ui, UiBuilder,
};

use super::{
    Pane, SceneModel, Settings, WindowModel, WindowOutput, WindowScreen, WindowState,
    scene::over_scene_ui, tiles::tiles_ui,
};
use crate::{
    Command, Subject, language::Language, notices_ui, start_ui, status_ui, theme::metrics,
    timeline_ui, toolbar::toolbar_ui,
};

/// Interface scales that can be chosen.
const SCALE_RANGE: std::ops::RangeInclusive<f32> = 1.0..=2.0;

/// Draws the whole window on a context between `begin_pass` and `end_pass`. The theme must have been [installed](crate::theme::install).
pub fn window(ctx: &Context, state: &mut WindowState, model: &WindowModel) -> WindowOutput {
    let builder = UiBuilder::new()
        .layer_id(LayerId::background())
        .max_rect(ctx.content_rect());
    let mut ui = Ui::new(ctx.clone(), Id::new("veduta-window"), builder);
    window_ui(&mut ui, state, model)
}

/// Draws the whole window into a piece of interface that covers it.
pub fn window_ui(ui: &mut Ui, state: &mut WindowState, model: &WindowModel) -> WindowOutput {
    apply_settings(ui.ctx(), &state.settings);
    let mut output = WindowOutput::default();
    match &model.screen {
        WindowScreen::Start(start) => {
            CentralPanel::default().show(ui, |ui| {
                output
                    .commands
                    .extend(start_ui(ui, &mut state.start, start));
                output.commands.extend(notices_ui(ui, &model.notices));
            });
        }
        WindowScreen::Scene(scene) => scene_ui(ui, state, scene, model, &mut output),
    }
    for command in &output.commands {
        apply(state, command);
    }
    output
}

/// The bars along the edges first, then the tiles in what is left.
fn scene_ui(
    ui: &mut Ui,
    state: &mut WindowState,
    scene: &SceneModel,
    model: &WindowModel,
    output: &mut WindowOutput,
) {
    let bar = |ui: &Ui, vertical: i8| {
        let margin = Margin::symmetric(metrics::PANEL_MARGIN as i8, vertical);
        Frame::new()
            .fill(ui.visuals().panel_fill)
            .inner_margin(margin)
    };
    let frame = bar(ui, 6);
    Panel::top("toolbar")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            output.commands.extend(toolbar_ui(
                ui,
                &mut state.toolbar,
                &scene.toolbar,
                &state.settings,
                &state.dock,
            ));
        });
    let frame = bar(ui, 3);
    Panel::bottom("status")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            output.commands.extend(status_ui(ui, &scene.status));
        });
    let mut time_has_keys = false;
    if state.dock.is_open(Pane::Timeline) {
        let frame = bar(ui, 6);
        let timeline = Panel::bottom("timeline")
            .frame(frame)
            .resizable(false)
            .show(ui, |ui| {
                output
                    .commands
                    .extend(timeline_ui(ui, &mut state.timeline, &scene.timeline));
            });
        time_has_keys = timeline.response.contains_pointer();
    }
    CentralPanel::no_frame().show(ui, |ui| {
        let (commands, place) = tiles_ui(ui, state, scene);
        output.commands.extend(commands);
        if let Some(place) = place {
            let over = over_scene_ui(ui, place, scene, state.dock.is_open(Pane::Legend));
            output.commands.extend(over.commands);
            output.scene_rects = over.rects;
            output.pointer_over = over.pointer_over;
            let mut child = ui.new_child(UiBuilder::new().id_salt("notices").max_rect(place));
            output
                .commands
                .extend(notices_ui(&mut child, &model.notices));
        }
    });
    let is_free = ui.memory(|memory| memory.focused()).is_none() && !Popup::is_any_open(ui.ctx());
    if is_free {
        output
            .commands
            .extend(keys_ui(ui, &scene.inspector.subject));
    }
    output.keyboard_free = is_free && !time_has_keys;
}

/// Keys about the selection, which belong to the window as a whole.
fn keys_ui(ui: &Ui, subject: &Subject) -> Option<Command> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    match subject {
        Subject::Scene(_) => None,
        _ if pressed(Key::Escape) => Some(Command::ClearSelection),
        Subject::Object(object) => pressed(Key::F).then(|| Command::FlyToObject(object.id.clone())),
        Subject::Entity(entity) => pressed(Key::F).then(|| Command::FlyToEntity(entity.id.clone())),
    }
}

fn apply_settings(ctx: &Context, settings: &Settings) {
    Language::install(ctx, settings.language);
    ctx.set_theme(settings.theme.preference());
    let scale = settings
        .interface_scale
        .clamp(*SCALE_RANGE.start(), *SCALE_RANGE.end());
    if (ctx.zoom_factor() - scale).abs() > 1e-3 {
        ctx.set_zoom_factor(scale);
    }
}

/// What is about the window itself is done here.
fn apply(state: &mut WindowState, command: &Command) {
    match command {
        Command::SetTheme(theme) => state.settings.theme = *theme,
        Command::SetLanguage(locale) => state.settings.language = *locale,
        Command::SetInterfaceScale(scale) => {
            state.settings.interface_scale = scale.clamp(*SCALE_RANGE.start(), *SCALE_RANGE.end());
        }
        Command::SetPaneOpen { pane, open } => state.dock.set_open(*pane, *open),
        Command::ResetLayout => state.dock.reset(),
        _ => {}
    }
}
