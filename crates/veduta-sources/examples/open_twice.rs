//! Opens a source twice with a fresh cache and prints how much faster the second time is.
//!
//! `cargo run --release -p veduta-sources --example open_twice -- city.gml [threads]`

use std::time::Instant;

use veduta_sources::{CacheOptions, OpenOptions, SourceLocation, open};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().ok_or("name a file or folder to open")?;
    let threads = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let location = SourceLocation::parse(&target)?;
    let folder = tempfile::tempdir()?;
    let without = OpenOptions {
        threads,
        ..OpenOptions::default()
    };
    let with = OpenOptions {
        cache: Some(CacheOptions::new(folder.path())),
        ..without.clone()
    };
    let mut seconds = Vec::new();
    for (name, options) in [
        ("without a cache", &without),
        ("first, writing the cache", &with),
        ("second, from the cache", &with),
    ] {
        let started = Instant::now();
        let source = open(&location, options, &|_| {})?;
        let elapsed = started.elapsed().as_secs_f64();
        println!(
            "{elapsed:8.3} s  {name}: {} triangles",
            source.summary.triangles
        );
        seconds.push(elapsed);
    }
    let kept: u64 = std::fs::read_dir(folder.path())?
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    println!("{:8.1} MB kept on disk", kept as f64 / 1e6);
    println!("{:8.1} × faster the second time", seconds[0] / seconds[2]);
    Ok(())
}
