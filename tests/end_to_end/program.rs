//! The built program in processes of its own, with folders of their own for what it keeps.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use tempfile::TempDir;

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub output: String,
    /// What it said on standard error.
    pub errors: String,
}

impl Outcome {
    /// The one sentence of a run that failed.
    pub fn complaint(&self) -> &str {
        let mut lines = self
            .errors
            .lines()
            .filter_map(|line| line.strip_prefix("veduta: "));
        let complaint = lines.next();
        assert!(
            complaint.is_some() && lines.next().is_none() && !self.errors.contains("panicked"),
            "not one clear message: {self:#?}"
        );
        complaint.unwrap_or_default()
    }

    /// What it printed, as JSON.
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, Some(0), "{self:#?}");
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// Runs `veduta` to its end, without a display.
pub fn veduta<T: AsRef<std::ffi::OsStr>>(arguments: &[T]) -> Outcome {
    let output = command()
        .args(arguments)
        .output()
        .expect("the program starts");
    Outcome {
        code: output.status.code(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// `veduta`, not started yet.
pub fn command() -> Command {
    static KEPT: OnceLock<TempDir> = OnceLock::new();
    let kept = KEPT.get_or_init(|| tempfile::tempdir().expect("a temporary folder"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_veduta"));
    command
        .env("VEDUTA_CACHE", kept.path().join("cache"))
        .env("VEDUTA_CONFIG", kept.path().join("config"))
        .stdin(Stdio::null());
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

/// A run that goes on until this value is dropped.
pub struct Running {
    /// The process.
    pub child: Child,
    /// What it printed up to the line that was waited for.
    pub printed: Vec<String>,
}

impl Running {
    /// Starts `veduta` and waits for a line of its output that holds `words`.
    pub fn start(arguments: &[&str], words: &str) -> Self {
        let mut child = command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is a pipe");
        let mut running = Self {
            child,
            printed: Vec::new(),
        };
        for line in BufReader::new(output).lines() {
            running.printed.push(line.expect("its output is text"));
            if running.printed.iter().any(|line| line.contains(words)) {
                return running;
            }
        }
        panic!(
            "it ended before it printed '{words}': {:#?}",
            running.printed
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
