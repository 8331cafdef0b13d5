//! Where an image is, and its bytes.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Bytes that one image may have.
pub(crate) const MAX_IMAGE_BYTES: u64 = 128 << 20;

/// A file that a model refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum ImagePlace {
    /// A file.
    File(PathBuf),
    /// A member of a zip archive.
    Member {
        /// The archive.
        archive: PathBuf,
        /// Name in it.
        name: String,
    },
}

impl ImagePlace {
    /// All bytes, at most [`MAX_IMAGE_BYTES`].
    pub(crate) fn read(&self) -> Result<Vec<u8>, String> {
        match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| error.to_string())?;
                read_limited(file)
            }
            Self::Member { archive, name } => {
                let mut archive = open_archive(archive)?;
                let member = archive.by_name(name).map_err(|error| error.to_string())?;
                read_limited(member)
            }
        }
    }

    /// As shown to a person.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Member { archive, name } => format!("{}/{name}", archive.display()),
        }
    }
}

/// True if a file begins like a zip archive.
pub(crate) fn is_archive(path: &Path) -> bool {
    let mut start = [0; 4];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && start == *b"PK\x03\x04"
}

/// Opens a zip archive.
pub(crate) fn open_archive(path: &Path) -> Result<zip::ZipArchive<BufReader<File>>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    zip::ZipArchive::new(BufReader::new(file)).map_err(|error| error.to_string())
}

fn read_limited(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_IMAGE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_IMAGE_BYTES {
        return Err(format!("it has more than {} MiB", MAX_IMAGE_BYTES >> 20));
    }
    Ok(bytes)
}

/// An image that can be used: PNG or JPEG with a plausible size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ImageFile {
    /// Where it is.
    pub(crate) place: ImagePlace,
    /// Pixels.
    pub(crate) width: u32,
    /// Pixels.
    pub(crate) height: u32,
}
