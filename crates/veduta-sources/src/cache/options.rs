//! Where and how much to keep.

use std::path::PathBuf;

/// A folder for what was read from city models, so that they open faster the next time.
///
/// The folder may be deleted at any time, also while sources are open, and shared by several programs at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheOptions {
    /// Folder for the entries; it is made if it is not there, and nothing else should be kept in it.
    pub folder: PathBuf,
    /// Bytes that all entries together may have; those not used for longest are deleted. Default 4 GiB.
    pub max_bytes: u64,
    /// Files with fewer bytes are read anew each time: they are read as fast as found. Default 64 KiB.
    pub smallest_file_bytes: u64,
}

impl CacheOptions {
    /// A cache in a folder, with the defaults.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            max_bytes: 4 << 30,
            smallest_file_bytes: 64 << 10,
        }
    }
}
