//! The `veduta` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    veduta::cli::run()
}
