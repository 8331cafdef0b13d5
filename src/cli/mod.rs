//! The command line: thin. Each command reads its arguments, calls a room and turns the outcome
//! into an exit code.

mod broker;
mod demo;
mod inspect;
mod open;
mod progress;
mod render;

use std::{
    io::IsTerminal,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// Exit code for wrong usage.
const USAGE: u8 = 2;

/// A desktop 3D viewer for local digital twins.
#[derive(Debug, Parser)]
#[command(name = "veduta", version, about, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a scene file, CityGML, a folder of it, CityJSON or a tileset.json
    Open(open::OpenArguments),
    /// Open a bundled scene with its embedded broker and simulated sensors
    Demo(demo::DemoArguments),
    /// Draw a picture without a window, after everything in view has arrived
    Render(render::RenderArguments),
    /// Read without drawing and report what is inside
    Inspect(inspect::InspectArguments),
    /// Run the embedded NGSI-LD broker alone
    Broker(broker::BrokerArguments),
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    // `--help` and `--version` end with 0, anything clap refuses with 2.
    let arguments = Arguments::parse();
    start_log();
    explain_missing_driver();
    let command = AssertUnwindSafe(|| match &arguments.command {
        None => open::start_screen(),
        Some(Command::Open(arguments)) => open::run(arguments),
        Some(Command::Demo(arguments)) => demo::run(arguments),
        Some(Command::Render(arguments)) => render::run(arguments),
        Some(Command::Inspect(arguments)) => inspect::run(arguments),
        Some(Command::Broker(arguments)) => broker::run(arguments),
    });
    // A panic has told what it had to tell; it ends the program like any failure.
    let Ok(outcome) = catch_unwind(command) else {
        return ExitCode::FAILURE;
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("veduta: {failure}");
            ExitCode::from(match failure {
                Failure::Usage(_) => USAGE,
                Failure::Failed(_) => 1,
            })
        }
    }
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The arguments make no sense together.
    #[error("{0}")]
    Usage(String),
    /// It was tried and could not be done.
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    fn failed(error: impl std::fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }
}

/// The graphics stack panics where no adapter is found; people get a sentence instead.
fn explain_missing_driver() {
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic
            .payload_as_str()
            .filter(|message| message.contains("Unable to find a GPU"));
        if message.is_none() {
            return default_hook(panic);
        }
        eprintln!(
            "veduta: no Vulkan driver was found; install one, for example with \
             `apt-get install mesa-vulkan-drivers`, which also draws without a graphics card"
        );
    }));
}

/// Logs go to standard error; `RUST_LOG` chooses what.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        "warn,veduta=info,wgpu=error,naga=error,bevy_render=error,bevy_egui=error".into()
    });
    let _already_set = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time()
        .try_init();
}
