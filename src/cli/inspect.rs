//! `veduta inspect`: what is inside, without drawing.

use std::io::{ErrorKind, Write as _};

use clap::Args;
use veduta_sources::{OpenOptions, Progress as Reading, SourceLocation, inspect, render_text};

use super::{Failure, progress::Progress};

/// What to look into.
#[derive(Debug, Args)]
pub struct InspectArguments {
    /// CityGML, CityJSON, a folder of them, a tileset.json, glTF, or an http(s) address
    #[arg(value_name = "PATH_OR_URL")]
    target: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Coordinate reference system to use instead of what the file says, such as EPSG:25832
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
}

/// Prints the report.
///
/// # Errors
/// When nothing could be loaded.
pub fn run(arguments: &InspectArguments) -> Result<(), Failure> {
    let location = SourceLocation::parse(&arguments.target).map_err(Failure::failed)?;
    let options = OpenOptions {
        crs_override: arguments.crs.clone(),
        ..OpenOptions::default()
    };
    let progress = Progress::new("reading");
    let show = |reading: Reading| match reading {
        Reading::Downloading {
            bytes_done,
            bytes_total,
        } => progress.show(
            bytes_total.unwrap_or(bytes_done) - bytes_done.min(bytes_total.unwrap_or(bytes_done)),
            bytes_done,
        ),
        Reading::Reading {
            bytes_done,
            bytes_total,
            ..
        } => progress.show(bytes_total.saturating_sub(bytes_done), bytes_done),
        Reading::Tiling {
            tiles_done,
            tiles_total,
        } => progress.show(
            (tiles_total - tiles_done.min(tiles_total)) as u64,
            tiles_done as u64,
        ),
    };
    let outcome = inspect(&location, &options, &show);
    progress.finish();
    let report = outcome.map_err(Failure::failed)?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&report).map_err(Failure::failed)?;
        print(&format!("{text}\n"))
    } else {
        print(&render_text(&report))
    }
}

/// A reader that goes away, as `head` does, has had enough.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::failed(error)),
        _ => Ok(()),
    }
}
