//! Prints what is at each path or address given: `cargo run -p veduta-sources --example inspect -- city.gml`.

use std::process::ExitCode;

use veduta_sources::{OpenOptions, SourceLocation, inspect, render_text};

fn main() -> ExitCode {
    let mut failures = 0;
    for argument in std::env::args().skip(1) {
        let report = SourceLocation::parse(&argument)
            .and_then(|location| inspect(&location, &OpenOptions::default(), &|_| {}));
        match report {
            Ok(report) => println!("{argument}\n{}", render_text(&report)),
            Err(error) => {
                eprintln!("{error}");
                failures += 1;
            }
        }
    }
    ExitCode::from(u8::from(failures > 0))
}
