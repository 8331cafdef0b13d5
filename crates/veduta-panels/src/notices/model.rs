//! Short messages over the scene.

use crate::model::Severity;

/// A message that goes away when it is dismissed, or when the app takes it out of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Handed back in [`Command::DismissNotice`](crate::Command::DismissNotice).
    pub id: u64,
    /// How bad.
    pub severity: Severity,
    /// What happened, one sentence.
    pub title: String,
    /// What to do about it; empty if nothing.
    pub advice: String,
}
