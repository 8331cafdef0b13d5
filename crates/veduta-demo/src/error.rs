//! What can go wrong.

use std::path::PathBuf;

/// Writing the demo failed. Growing the city itself cannot fail.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// The output did not take the bytes.
    #[error("the demo city could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// A file or folder could not be made or written.
    #[error("{path} could not be written: {source}; choose a folder you may write to, with 60 MB free", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}
