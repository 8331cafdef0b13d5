//! Reading city models with several libraries, one after the other on the same files: see README.md beside this.

mod files;
mod rivals;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

/// Each library reads a file so often; the fastest counts.
const ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let named: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let files = if named.is_empty() { files::shared()? } else { named };
    if files.is_empty() {
        println!("skipped: ../shared/data is not here; name files to compare on");
    }
    for file in files {
        let bytes = std::fs::metadata(&file)?.len();
        println!("\n{}, {:.1} MB", file.display(), bytes as f64 / 1e6);
        println!("{:<40}{:>10}{:>10}{:>8}   found", "one thread, CPU time", "ms", "MB/s", "ratio");
        let mut first = None;
        for (name, read) in rivals::ALL {
            let mut best: Option<(Duration, String)> = None;
            let mut failure = None;
            for _ in 0..ROUNDS {
                match read(&file) {
                    Ok((time, found)) => {
                        if best.as_ref().is_none_or(|(known, _)| time < *known) {
                            best = Some((time, found));
                        }
                    }
                    Err(reason) => failure = Some(reason),
                }
            }
            match (best, failure) {
                (Some((time, found)), _) => {
                    let unit = *first.get_or_insert(time);
                    println!(
                        "{name:<40}{:>10.1}{:>10.0}{:>8.2}   {found}",
                        time.as_secs_f64() * 1e3,
                        bytes as f64 / 1e6 / time.as_secs_f64(),
                        time.as_secs_f64() / unit.as_secs_f64(),
                    );
                }
                (None, reason) => {
                    let reason = reason.map_or_else(String::new, |reason| reason.to_string());
                    println!("{name:<40}   cannot read it: {}", reason.lines().next().unwrap_or(""));
                }
            }
        }
    }
    Ok(())
}
