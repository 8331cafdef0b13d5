//! What an entry is found by.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use blake3::Hasher;
use flate2::read::MultiGzDecoder;

use super::references::ReferenceScan;

/// To be raised when drafts of the same objects become different without a new version of the crate.
const FORMAT: u32 = 1;
/// Bytes read at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Unpacked bytes of a gzip file that are searched for references; a file with more is not for caching.
const MOST_UNPACKED_BYTES: u64 = 16 << 30;

/// What an entry is found by: a hash over everything that decides what drafting gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CacheKey {
    hash: blake3::Hash,
    stamp: Stamp,
}

/// Size and date of a file, to notice that it is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

/// Makes keys for the files of one source.
#[derive(Debug)]
pub(crate) struct KeyMaker {
    start: Hasher,
    smallest_file_bytes: u64,
}

impl KeyMaker {
    /// For files that are read with options that print like this.
    pub(crate) fn new(options: &dyn fmt::Debug, smallest_file_bytes: u64) -> Self {
        let mut start = Hasher::new();
        start.update(&FORMAT.to_le_bytes());
        start.update(env!("CARGO_PKG_VERSION").as_bytes());
        // Another build of the program may read files otherwise.
        let program = std::env::current_exe().and_then(|path| Stamp::of(&path));
        start.update(format!("{:?} {options:?}", program.ok()).as_bytes());
        Self {
            start,
            smallest_file_bytes,
        }
    }

    /// The key of a file; `None` if it is not worth an entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn key(&self, file: &Path) -> io::Result<Option<CacheKey>> {
        let stamp = Stamp::of(file)?;
        if stamp.bytes < self.smallest_file_bytes {
            return Ok(None);
        }
        let mut hasher = self.start.clone();
        // Diagnostics name the file, and references start from it.
        hasher.update(std::path::absolute(file)?.as_os_str().as_encoded_bytes());
        let mut references = ReferenceScan::default();
        let mut opened = File::open(file)?;
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut is_gzip = None;
        loop {
            let length = fill(&mut opened, &mut chunk)?;
            let bytes = &chunk[..length];
            if length == 0 {
                break;
            }
            hasher.update(bytes);
            if !*is_gzip.get_or_insert(bytes.starts_with(&[0x1f, 0x8b])) {
                references.take(bytes);
            }
        }
        if is_gzip == Some(true) {
            let mut unpacked = MultiGzDecoder::new(File::open(file)?).take(MOST_UNPACKED_BYTES);
            loop {
                // A damaged stream ends here for the reader too.
                let length = fill(&mut unpacked, &mut chunk).unwrap_or(0);
                if length == 0 {
                    break;
                }
                references.take(&chunk[..length]);
            }
            if unpacked.limit() == 0 {
                return Ok(None);
            }
        }
        let is_complete = references.add_to(&mut hasher, file);
        Ok(is_complete.then(|| CacheKey {
            hash: hasher.finalize(),
            stamp,
        }))
    }
}

impl CacheKey {
    /// Name of the entry.
    pub(crate) fn file_name(&self) -> String {
        format!("{}.drafts", self.hash.to_hex())
    }

    /// The hash.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.hash.as_bytes()
    }

    /// False if the file was written to since the key was made: what was read then may be half of it.
    pub(crate) fn still_describes(&self, file: &Path) -> bool {
        Stamp::of(file).is_ok_and(|stamp| stamp == self.stamp)
    }
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = path.metadata()?;
        Ok(Self {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

/// Reads until the chunk is full or the file ends.
fn fill(reader: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < chunk.len() {
        match reader.read(&mut chunk[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_options_and_place_make_the_key() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [one, copy] = ["one.gml", "copy.gml"].map(|name| folder.path().join(name));
        std::fs::write(&one, "<a/>").expect("written");
        std::fs::write(&copy, "<a/>").expect("written");
        let key = |options: &str, file: &Path| {
            let key = KeyMaker::new(&options, 0).key(file).expect("readable");
            key.expect("worth it").hash
        };
        let first = key("x", &one);
        assert_eq!(first, key("x", &one));
        assert_ne!(first, key("y", &one));
        assert_ne!(first, key("x", &copy));
        std::fs::write(&one, "<b/>").expect("written");
        assert_ne!(first, key("x", &one));
        let small = KeyMaker::new(&"x", 5).key(&one).expect("readable");
        assert_eq!(small, None);
    }

    #[test]
    fn references_within_gzip_count() {
        use std::io::Write;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("city.gml.gz");
        let packed = File::create(&file).expect("created");
        let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::fast());
        packed
            .write_all(b"<imageURI>wall.png</imageURI>")
            .and_then(|()| packed.finish())
            .expect("written");
        let key = || {
            KeyMaker::new(&"", 0)
                .key(&file)
                .expect("readable")
                .expect("worth it")
        };
        let before = key();
        std::fs::write(folder.path().join("wall.png"), "image").expect("written");
        assert_ne!(before.hash, key().hash);
    }
}
