//! Writes the demo city into a folder: `cargo run --release -p veduta-demo --example write_demo -- FOLDER`.

use std::path::PathBuf;

use veduta_demo::{CityOptions, DemoError, generate_city, write_demo};

fn main() -> Result<(), DemoError> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("demo-city"), PathBuf::from);
    let city = generate_city(&CityOptions::default());
    println!("{}", write_demo(&city, &folder)?.display());
    Ok(())
}
