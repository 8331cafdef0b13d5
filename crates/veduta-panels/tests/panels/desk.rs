//! A window on a test bench: a model, the window's state, and the commands it has answered.

use std::{cell::RefCell, rc::Rc};

use egui_kittest::{Harness, kittest::Queryable};
use veduta_panels::{
    Command, SceneModel, WindowModel, WindowOutput, WindowScreen, WindowState, theme, window_ui,
};

/// What a test looks at after each frame.
pub struct Desk {
    pub state: WindowState,
    pub model: WindowModel,
    pub commands: Vec<Command>,
    pub output: WindowOutput,
}

impl Desk {
    /// The open scene, to change what it shows.
    pub fn scene(&mut self) -> &mut SceneModel {
        match &mut self.model.screen {
            WindowScreen::Scene(scene) => scene,
            WindowScreen::Start(_) => panic!("this desk shows the start screen"),
        }
    }
}

/// Opens a window of a size with the given screen.
pub fn open(size: [f32; 2], screen: WindowScreen) -> Harness<'static, Desk> {
    let desk = Desk {
        state: WindowState::default(),
        model: WindowModel {
            screen,
            notices: Vec::new(),
        },
        commands: Vec::new(),
        output: WindowOutput::default(),
    };
    let installed = Rc::new(RefCell::new(false));
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(12)
        .build_ui_state(
            move |ui, desk: &mut Desk| {
                if !installed.replace(true) {
                    theme::install(ui.ctx());
                }
                desk.output = window_ui(ui, &mut desk.state, &desk.model);
                desk.commands.extend(desk.output.commands.iter().cloned());
            },
            desk,
        );
    harness.run_steps(4);
    harness
}

/// Opens the fixture scene.
pub fn open_scene() -> Harness<'static, Desk> {
    open(
        [1440.0, 900.0],
        WindowScreen::Scene(Box::new(crate::scene::scene())),
    )
}

/// Clicks the control of this name and answers what that asked for.
pub fn click(harness: &mut Harness<'_, Desk>, name: &str) -> Vec<Command> {
    harness.state_mut().commands.clear();
    harness.get_by_label(name).click();
    harness.run_steps(3);
    std::mem::take(&mut harness.state_mut().commands)
}

/// Presses a key and answers what that asked for.
pub fn press(
    harness: &mut Harness<'_, Desk>,
    modifiers: egui::Modifiers,
    key: egui::Key,
) -> Vec<Command> {
    harness.state_mut().commands.clear();
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
    std::mem::take(&mut harness.state_mut().commands)
}

/// Types into the field of this name, and answers what that asked for.
pub fn type_into(harness: &mut Harness<'_, Desk>, name: &str, text: &str) -> Vec<Command> {
    harness.get_by_label(name).focus();
    harness.run_steps(2);
    harness.state_mut().commands.clear();
    harness.get_by_label(name).type_text(text);
    harness.run_steps(3);
    std::mem::take(&mut harness.state_mut().commands)
}
