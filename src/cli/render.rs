//! `veduta render`: a picture without a window.

use std::path::PathBuf;

use bevy::{ecs::world::World, math::UVec2};
use clap::Args;
use jiff::Timestamp;
use veduta_panels::SurfaceLook;
use veduta_scene::Scenario;

use super::{Failure, progress::Progress};
use crate::{
    city::{Appearance, Cut, LookInside},
    compare::LayerVisibility,
    report::{Shot, StillError, Studio},
    scenes,
    stream::StreamState,
};

/// What to draw, and how.
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// What to draw: as for `open`
    #[arg(required = true, value_name = "PATH_OR_URL")]
    targets: Vec<String>,
    /// Coordinate reference system of sources that name none, or a wrong one, such as EPSG:25832
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
    /// File to write, PNG
    #[arg(short, long, value_name = "OUT.png")]
    output: PathBuf,
    /// Name of a viewpoint of the scene; without it, the whole scene
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "1280x720", value_parser = parse_size)]
    size: UVec2,
    /// Moment to show, which also sets the sun; without it and without one in the scene, a summer
    /// afternoon at the place
    #[arg(long, value_name = "RFC3339")]
    time: Option<Timestamp>,
    /// Scenario to show instead of the baseline
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    #[command(flatten)]
    view_options: ViewOptions,
    /// Write what it took as JSON
    #[arg(long, value_name = "FILE.json")]
    stats: Option<PathBuf>,
}

/// How the city is looked at.
#[derive(Debug, Args)]
struct ViewOptions {
    /// Look of the surfaces: `kinds`, `white`, or the name of an appearance theme; without it, the first theme that has
    /// textures
    #[arg(long, value_name = "LOOK")]
    look: Option<String>,
    /// Finest level of detail to draw
    #[arg(long, value_name = "0-4", value_parser = clap::value_parser!(u8).range(0..=4))]
    lod: Option<u8>,
    /// Take roofs and ceilings off
    #[arg(long)]
    no_roofs: bool,
    /// Draw rooms and what stands in them
    #[arg(long)]
    interiors: bool,
    /// Cut all buildings this high above their feet
    #[arg(long, value_name = "METRES")]
    cut: Option<f64>,
}

impl ViewOptions {
    fn apply(&self, world: &mut World) {
        if let Some(look) = &self.look {
            let look = match look.as_str() {
                "kinds" => SurfaceLook::Semantic,
                "white" => SurfaceLook::Neutral,
                theme => SurfaceLook::Theme(theme.to_owned()),
            };
            world.resource_mut::<Appearance>().choose(look);
        }
        if let Some(level) = self.lod {
            let sources = world.resource::<StreamState>().sources.len();
            let mut layers = world.resource_mut::<LayerVisibility>();
            for source in 0..sources {
                layers.set_finest(source, level);
            }
        }
        *world.resource_mut::<LookInside>() = LookInside {
            roofs_hidden: self.no_roofs,
            interiors: self.interiors,
            cut: self.cut.map(|height_m| Cut {
                height_m,
                everything: true,
            }),
        };
    }
}

/// Draws the picture.
///
/// # Errors
/// As usage when a name is not in the scene; else when nothing could be loaded or drawn.
pub fn run(arguments: &RenderArguments) -> Result<(), Failure> {
    let request = scenes::request_for(&arguments.targets).map_err(Failure::Failed)?;
    let mut request = scenes::with_crs(request, arguments.crs.as_deref());
    request.live = false;
    request.remember_as = None;
    request.time = arguments.time;
    if let Some(name) = arguments
        .scenario
        .as_deref()
        .filter(|name| *name != Scenario::BASELINE)
    {
        if request.scene.scenario(name).is_none() {
            let scenarios = request.scene.scenarios.iter();
            let known: Vec<&str> = scenarios.map(|scenario| scenario.name.as_str()).collect();
            return Err(Failure::Usage(format!(
                "the scene has no scenario '{name}'; it has: baseline, {}",
                known.join(", ")
            )));
        }
        request.scenario = Some(name.to_owned());
    }
    let progress = Progress::new("loading");
    let mut show = |pending, done| progress.show(pending, done);
    let mut studio = Studio::open(request, arguments.size, &mut show).map_err(failure)?;
    progress.rename("drawing");
    arguments.view_options.apply(studio.app_mut().world_mut());
    let shot = Shot {
        view: arguments.view.clone(),
        output: arguments.output.clone(),
    };
    studio.take(&shot, &mut show).map_err(failure)?;
    progress.finish();
    let statistics = studio.statistics();
    if let Some(path) = &arguments.stats {
        let text = serde_json::to_string_pretty(&statistics).map_err(Failure::failed)?;
        std::fs::write(path, text).map_err(|error| {
            Failure::Failed(format!("{} cannot be written: {error}", path.display()))
        })?;
    }
    if statistics.problems > 0 {
        eprintln!(
            "{} problems on the way; `veduta inspect` lists them",
            statistics.problems
        );
    }
    Ok(())
}

fn failure(error: StillError) -> Failure {
    match error {
        StillError::UnknownView { .. } | StillError::Size { .. } => {
            Failure::Usage(error.to_string())
        }
        _ => Failure::Failed(error.to_string()),
    }
}

fn parse_size(text: &str) -> Result<UVec2, String> {
    let wrong = || format!("'{text}' is no size; write it like 1280x720");
    let (width, height) = text.split_once(['x', 'X']).ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse().map_err(|_| wrong());
    Ok(UVec2::new(number(width)?, number(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_width_by_height() {
        assert_eq!(parse_size("1920x1080"), Ok(UVec2::new(1920, 1080)));
        assert!(parse_size("1920").is_err_and(|text| text.contains("1280x720")));
        assert!(parse_size("-3x5").is_err());
    }
}
