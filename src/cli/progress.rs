//! A bar in the terminal for work that takes long.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that grows as more turns out to be done; silent where standard error is no terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar with a name.
    pub fn new(name: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(8));
        let style = ProgressStyle::with_template("{msg:24!} {bar:40} {pos}/{len} {elapsed}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Self { bar }
    }

    /// What is done and what is still to come.
    pub fn show(&self, pending: u64, done: u64) {
        self.bar.set_length(pending + done);
        self.bar.set_position(done);
    }

    /// Another name for what is going on.
    pub fn rename(&self, name: &str) {
        self.bar.set_message(name.to_owned());
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
