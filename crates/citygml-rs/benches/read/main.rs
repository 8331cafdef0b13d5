//! How fast CityGML is read, against tokenising alone: `cargo bench -p citygml-rs`.
//!
//! Everything is measured in one run, on one file, in CPU time of this process; a row's ratio is to the first row of its
//! table. Each step runs several times and the fastest counts, since other work on the machine only ever slows it down.
//! Peak memory is that of a child process that does nothing else.
//!
//! The file is made of the tiles in `../shared/data/perf` (or of `CITYGML_BENCH_FILE`), repeated with fresh ids up to
//! 93 MB, and written below the target directory.

mod input;
mod measure;
mod steps;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, step, file] = arguments.as_slice()
        && flag == "--peak-of"
    {
        return print_peak(step, Path::new(file));
    }
    let Some(file) = input::large_file()? else {
        println!("skipped: ../shared/data/perf is not here and CITYGML_BENCH_FILE is not set");
        return Ok(());
    };
    let bytes = std::fs::read(&file)?;
    let text = std::str::from_utf8(&bytes)?;
    println!("{}, {:.1} MB", file.display(), bytes.len() as f64 / 1e6);

    println!(
        "\none thread, CPU time{:>31}{:>12}{:>9}",
        "ms", "MB/s", "ratio"
    );
    let mut table = measure::Table::new(bytes.len());
    table.row("quick-xml, tokens and attributes", || steps::tokenise(text));
    // Like the first row from memory: what the system takes to hand out a file is not the library's doing.
    table.row("citygml-rs, typed model", || steps::read_bytes(&bytes));
    table.row("citygml-rs, read and triangulated", || {
        steps::triangulate_bytes(&bytes)
    });
    table.row("citygml-rs, typed model, from the file", || {
        steps::read(&file, 1)
    });
    table.row("citygml-rs, a type that is not there", || {
        steps::read_type(&file, "Bridge")
    });

    println!(
        "\nread and triangulated, wall time{:>19}{:>12}{:>9}",
        "ms", "MB/s", "ratio"
    );
    let mut table = measure::Table::wall(bytes.len());
    table.row("one thread", || steps::triangulate_in_threads(&file, 1));
    table.row("two threads", || steps::triangulate_in_threads(&file, 2));

    println!("\npeak memory of a process{:>27}{:>12}", "MB", "of file");
    for step in ["streaming", "streaming-2", "keeping"] {
        measure::print_peak_of(step, &file, bytes.len())?;
    }
    Ok(())
}

/// In the child process: one step, then the peak of this process in kilobytes.
fn print_peak(step: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    match step {
        "streaming" => {
            steps::read(file, 1);
        }
        "streaming-2" => {
            steps::read(file, 2);
        }
        "keeping" => {
            let kept = steps::keep(file);
            println!("{}", measure::peak_kilobytes()?);
            drop(kept);
            return Ok(());
        }
        _ => return Err(format!("unknown step {step}").into()),
    }
    println!("{}", measure::peak_kilobytes()?);
    Ok(())
}
