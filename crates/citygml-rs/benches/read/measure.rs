//! Time and memory.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

const ROUNDS: usize = 7;

/// Prints rows as they are measured, each with its ratio to the first.
pub struct Table {
    bytes: usize,
    wall: bool,
    first: Option<Duration>,
}

impl Table {
    /// A table of CPU time.
    pub fn new(bytes: usize) -> Self {
        Self {
            bytes,
            wall: false,
            first: None,
        }
    }

    /// A table of wall time, for what runs in several threads.
    pub fn wall(bytes: usize) -> Self {
        Self {
            wall: true,
            ..Self::new(bytes)
        }
    }

    /// Measures one step; what it returns is printed, so that nothing can be optimised away.
    pub fn row(&mut self, name: &str, mut step: impl FnMut() -> u64) {
        let mut best = Duration::MAX;
        let mut result = 0;
        for _ in 0..ROUNDS {
            let (cpu, wall) = (ProcessTime::now(), Instant::now());
            result = step();
            best = best.min(if self.wall {
                wall.elapsed()
            } else {
                cpu.elapsed()
            });
        }
        let first = *self.first.get_or_insert(best);
        println!(
            "{name:<39}{:>12.1}{:>12.0}{:>9.2}   ({result})",
            best.as_secs_f64() * 1e3,
            self.bytes as f64 / 1e6 / best.as_secs_f64(),
            best.as_secs_f64() / first.as_secs_f64(),
        );
    }
}

/// Runs this program again for one step and prints the peak of its resident memory.
pub fn print_peak_of(step: &str, file: &Path, bytes: usize) -> Result<(), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--peak-of")
        .arg(step)
        .arg(file)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let peak = text.trim().parse::<f64>()? * 1024.0;
    println!(
        "{step:<39}{:>12.1}{:>12.2}",
        peak / 1e6,
        peak / bytes as f64
    );
    Ok(())
}

/// Peak of this process' resident memory. Linux only.
pub fn peak_kilobytes() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .ok_or("the system does not tell its peak memory")?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}
