//! `veduta demo`: a bundled scene with its broker and sensors, in a window or as pictures.

use std::path::PathBuf;

use bevy::math::UVec2;
use clap::Args;

use super::{Failure, open, progress::Progress};
use crate::{
    report::{Shot, Studio},
    scenes,
};

/// Size of the pictures, pixels.
const PICTURE_SIZE: UVec2 = UVec2::new(1280, 800);

/// Which scene, and where to.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Name of a bundled scene
    #[arg(default_value = "demo")]
    scene: String,
    /// Write the scene's viewpoints as PNG files into this folder instead of opening a window
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
}

/// Opens a bundled scene, or draws its viewpoints where that was asked for.
///
/// # Errors
/// When there is no such scene, no display, or no picture could be drawn.
pub fn run(arguments: &DemoArguments) -> Result<(), Failure> {
    let request = scenes::bundled_request(&arguments.scene).map_err(Failure::Failed)?;
    let Some(folder) = &arguments.pictures else {
        return open::show(Some(request));
    };
    let names: Vec<String> = request
        .scene
        .viewpoints
        .iter()
        .map(|viewpoint| viewpoint.name.clone())
        .collect();
    let progress = Progress::new("loading");
    let mut show = |pending, done| progress.show(pending, done);
    let mut studio = Studio::open(request, PICTURE_SIZE, &mut show).map_err(Failure::failed)?;
    for (index, name) in names.iter().enumerate() {
        progress.rename(&format!("drawing {name}"));
        let shot = Shot {
            view: Some(name.clone()),
            output: folder.join(format!("{:02}-{name}.png", index + 1)),
        };
        let total = names.len() as u64;
        let mut drawn = |_, _| progress.show(total - index as u64, index as u64);
        studio.take(&shot, &mut drawn).map_err(Failure::failed)?;
        println!("{}", shot.output.display());
    }
    progress.finish();
    Ok(())
}
