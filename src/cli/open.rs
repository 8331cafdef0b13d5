//! `veduta` and `veduta open`: the window.

use bevy::{app::AppExit, diagnostic::FrameTimeDiagnosticsPlugin};
use clap::Args;

use super::Failure;
use crate::{
    app::windowed_app,
    scenes,
    stream::{OpenScene, SceneRequest},
};

/// What to open.
#[derive(Debug, Args)]
pub struct OpenArguments {
    /// A scene file (*.toml), CityGML (*.gml, *.xml, also .gz and .zip), CityJSON, a folder of
    /// them, a tileset.json, or an http(s) address
    #[arg(required = true, value_name = "PATH_OR_URL")]
    targets: Vec<String>,
    /// Coordinate reference system of sources that name none, or a wrong one, such as EPSG:25832
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
}

/// Opens what was named in a window.
///
/// # Errors
/// When it does not exist, or there is no display.
pub fn run(arguments: &OpenArguments) -> Result<(), Failure> {
    let request = scenes::request_for(&arguments.targets).map_err(Failure::Failed)?;
    let request = scenes::with_crs(request, arguments.crs.as_deref());
    show(Some(request))
}

/// Opens the window with the start screen.
///
/// # Errors
/// When there is no display.
pub fn start_screen() -> Result<(), Failure> {
    show(None)
}

/// Runs the window until it is closed.
pub fn show(request: Option<SceneRequest>) -> Result<(), Failure> {
    if !has_display() {
        return Err(Failure::Failed(
            "there is no display to open a window on; draw pictures with `veduta render`, or \
             start a virtual display such as Xvfb"
                .to_owned(),
        ));
    }
    let title = request
        .as_ref()
        .map(|request| request.scene.title.clone())
        .filter(|title| !title.is_empty());
    let title = title.map_or_else(|| "Veduta".to_owned(), |title| format!("{title} – Veduta"));
    let mut app = windowed_app(&title);
    app.add_plugins(FrameTimeDiagnosticsPlugin::default());
    if let Some(request) = request {
        app.world_mut().write_message(OpenScene(request));
    }
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(Failure::Failed(format!(
            "the window ended with code {code}"
        ))),
    }
}

/// Whether a window can be opened at all; asked before the graphics stack would panic.
pub fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
