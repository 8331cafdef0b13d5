//! What the tests share: where the real files are.

use std::path::{Path, PathBuf};

use veduta_sources::{OpenOptions, OpenedSource, SourceError, SourceLocation, open};

/// A path under the shared data, or `None` (said aloud) where the data is not here.
#[allow(dead_code, reason = "not every test file reads shared data")]
pub fn shared_data(relative: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(relative);
    if !path.exists() {
        eprintln!("skipped: ../shared/data/{relative} is not here");
        return None;
    }
    Some(path)
}

/// Opens a path with the default options.
#[allow(dead_code, reason = "not every test file opens sources")]
pub fn open_path(path: &Path) -> Result<OpenedSource, SourceError> {
    open(
        &SourceLocation::from(path),
        &OpenOptions::default(),
        &|_| {},
    )
}
