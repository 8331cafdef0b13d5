//! Opens each path or address given and prints what would be drawn, and how long it took:
//! `cargo run --release -p veduta-sources --example open -- city.gml`.

use std::process::ExitCode;
use std::time::Instant;

use veduta_sources::{OpenOptions, SourceLocation, open};

fn main() -> ExitCode {
    let mut failures = 0;
    for argument in std::env::args().skip(1) {
        let started = Instant::now();
        let source = SourceLocation::parse(&argument)
            .and_then(|location| open(&location, &OpenOptions::default(), &|_| {}));
        match source {
            Ok(source) => println!(
                "{}: {} tiles, {} triangles, {} findings, {:.2} s",
                source.name,
                source.tree.len(),
                source.summary.triangles,
                source.diagnostics.len(),
                started.elapsed().as_secs_f64()
            ),
            Err(error) => {
                eprintln!("{error}");
                failures += 1;
            }
        }
    }
    ExitCode::from(u8::from(failures > 0))
}
