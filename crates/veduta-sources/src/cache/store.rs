//! Entries in their folder.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::NamedTempFile;

use super::{CacheKey, CacheOptions, entry};
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// Start of the names of files that are being written; what a broken run left behind is deleted with the
/// entries that are not used.
const UNFINISHED: &str = "unfinished-";

/// The entries of one cache folder.
///
/// Several threads and programs may use one folder: entries appear whole under their names or not at all,
/// and one that disappears is as good as absent.
#[derive(Debug)]
pub(crate) struct DraftCache {
    options: CacheOptions,
    /// The moment of opening by the clock of the file system; what is used gets this date.
    opened: Option<SystemTime>,
    /// True once it was said that nothing can be written.
    told: AtomicBool,
}

/// What was found under a key.
#[derive(Debug)]
pub(crate) enum Lookup<T> {
    Found(T),
    Absent,
    /// There was something else under the name; it is gone now.
    Damaged(Box<SourceDiagnostic>),
}

impl DraftCache {
    /// Opens a cache folder, which is made if it is not there.
    pub(crate) fn open(options: &CacheOptions) -> Self {
        let opened = std::fs::create_dir_all(&options.folder)
            .and_then(|()| {
                tempfile::Builder::new()
                    .prefix(UNFINISHED)
                    .tempfile_in(&options.folder)
            })
            .and_then(|probe| probe.as_file().metadata()?.modified());
        Self {
            options: options.clone(),
            opened: opened.ok(),
            told: AtomicBool::new(false),
        }
    }

    /// What was kept under a key, and from now on counts as used.
    pub(crate) fn load<T: DeserializeOwned>(&self, key: &CacheKey) -> Lookup<T> {
        let path = self.path(key);
        let Ok(bytes) = std::fs::read(&path) else {
            return Lookup::Absent;
        };
        if let Some(value) = entry::read(&bytes, key) {
            if let (Some(opened), Ok(file)) =
                (self.opened, File::options().append(true).open(&path))
            {
                // Where dates cannot be set, entries are deleted by the date of their making.
                let _undated = file.set_modified(opened);
            }
            return Lookup::Found(value);
        }
        let deleted = match std::fs::remove_file(&path) {
            Ok(()) => "was deleted".to_owned(),
            Err(error) => format!("cannot be deleted ({error})"),
        };
        Lookup::Damaged(Box::new(self.note(format!(
            "{} is no whole cache entry and {deleted}; the file is read anew",
            path.display()
        ))))
    }

    /// Keeps a value; a finding if that is not possible, once.
    pub(crate) fn store(&self, key: &CacheKey, value: &impl Serialize) -> Option<SourceDiagnostic> {
        let reason = self.write(key, value).err()?;
        let is_new = !self.told.swap(true, Ordering::Relaxed);
        is_new.then(|| {
            self.note(format!(
                "what was read cannot be kept in {} ({reason}); it will be read anew the next time",
                self.options.folder.display()
            ))
        })
    }

    fn write(&self, key: &CacheKey, value: &impl Serialize) -> Result<(), String> {
        let unfinished: NamedTempFile = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.options.folder)
            .map_err(|error| error.to_string())?;
        entry::write(
            BufWriter::with_capacity(1 << 20, unfinished.as_file()),
            key,
            value,
        )?;
        let length = unfinished
            .as_file()
            .metadata()
            .map_err(|error| error.to_string())?
            .len();
        if length > self.options.max_bytes {
            // Larger than everything that may be kept; the temporary file goes by itself.
            return Ok(());
        }
        unfinished
            .persist(self.path(key))
            .map_err(|error| error.to_string())?;
        Ok(())
    }

    /// Deletes the entries that were not used for longest until the rest is small enough.
    pub(crate) fn prune(&self) {
        let Ok(listing) = std::fs::read_dir(&self.options.folder) else {
            return;
        };
        let mut entries: Vec<(SystemTime, u64, PathBuf)> = listing
            .flatten()
            .map(|found| found.path())
            .filter(|path| is_ours(path))
            .filter_map(|path| {
                let metadata = path.metadata().ok()?;
                Some((metadata.modified().ok()?, metadata.len(), path))
            })
            .collect();
        entries.sort();
        let mut total: u64 = entries.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, bytes, path) in entries {
            if total <= self.options.max_bytes {
                break;
            }
            // One that cannot be deleted, or that another program deleted, frees nothing here.
            if std::fs::remove_file(path).is_ok() {
                total -= bytes;
            }
        }
    }

    fn path(&self, key: &CacheKey) -> PathBuf {
        self.options.folder.join(key.file_name())
    }

    fn note(&self, message: String) -> SourceDiagnostic {
        let source = self.options.folder.display().to_string();
        SourceDiagnostic::new(code::CACHE, Severity::Info, &source, message)
    }
}

/// Nothing is deleted but what was made here.
fn is_ours(path: &std::path::Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(UNFINISHED) || name.ends_with(".drafts"))
}

#[cfg(test)]
mod tests {
    use super::super::KeyMaker;
    use super::*;

    struct Fixture {
        folder: tempfile::TempDir,
        cache: DraftCache,
    }

    fn fixture(max_bytes: u64) -> Fixture {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = DraftCache::open(&CacheOptions {
            max_bytes,
            ..CacheOptions::new(folder.path().join("cache"))
        });
        Fixture { folder, cache }
    }

    impl Fixture {
        fn key(&self, content: &str) -> CacheKey {
            let file = self.folder.path().join("city.gml");
            std::fs::write(&file, content).expect("written");
            let key = KeyMaker::new(&"", 0).key(&file).expect("readable");
            key.expect("worth it")
        }

        fn found(&self, key: &CacheKey) -> Option<Vec<u32>> {
            match self.cache.load(key) {
                Lookup::Found(value) => Some(value),
                _ => None,
            }
        }
    }

    #[test]
    fn what_is_kept_is_found_again_under_its_key_only() {
        let fixture = fixture(1 << 20);
        let [one, other] = ["one", "other"].map(|content| fixture.key(content));
        assert!(matches!(
            fixture.cache.load::<Vec<u32>>(&one),
            Lookup::Absent
        ));
        assert_eq!(fixture.cache.store(&one, &vec![1_u32, 2, 3]), None);
        assert_eq!(fixture.found(&one), Some(vec![1, 2, 3]));
        assert_eq!(fixture.found(&other), None);
    }

    #[test]
    fn whatever_byte_is_damaged_the_entry_is_refused_deleted_and_told() {
        let fixture = fixture(1 << 20);
        let key = fixture.key("one");
        fixture.cache.store(&key, &vec![7_u32; 20]);
        let path = fixture.cache.path(&key);
        let whole = std::fs::read(&path).expect("an entry");
        let mut damaged: Vec<Vec<u8>> = (0..whole.len())
            .map(|at| {
                let mut bytes = whole.clone();
                bytes[at] ^= 0x10;
                bytes
            })
            .collect();
        damaged.extend([
            vec![],
            whole[..whole.len() / 2].to_vec(),
            b"something else".to_vec(),
        ]);
        for bytes in damaged {
            std::fs::write(&path, bytes).expect("written");
            let Lookup::Damaged(told) = fixture.cache.load::<Vec<u32>>(&key) else {
                panic!("a damaged entry was taken");
            };
            assert_eq!(told.severity, Severity::Info);
            assert!(!path.exists());
        }
    }

    #[test]
    fn the_entries_not_used_for_longest_go_first_and_foreign_files_stay() {
        let fixture = fixture(2_500);
        let keys = ["a", "b", "c"].map(|content| fixture.key(content));
        for (age, key) in keys.iter().enumerate() {
            fixture.cache.store(key, &vec![1_u32; 1_000]);
            let path = fixture.cache.path(key);
            let file = File::options().append(true).open(path).expect("an entry");
            let opened = fixture.cache.opened.expect("a date");
            let date = opened - std::time::Duration::from_secs(100 - age as u64);
            file.set_modified(date).expect("dated");
        }
        let foreign = fixture.folder.path().join("cache/notes.txt");
        std::fs::write(&foreign, "mine").expect("written");
        // The oldest is used now, so the second oldest goes.
        assert!(fixture.found(&keys[0]).is_some());
        fixture.cache.prune();
        assert_eq!(
            [0, 1, 2].map(|index| fixture.cache.path(&keys[index]).exists()),
            [true, false, true]
        );
        assert!(foreign.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let occupied = folder.path().join("cache");
        std::fs::write(&occupied, "a file where a folder should be").expect("written");
        let cache = DraftCache::open(&CacheOptions::new(&occupied));
        let file = folder.path().join("city.gml");
        std::fs::write(&file, "<a/>").expect("written");
        let key = KeyMaker::new(&"", 0)
            .key(&file)
            .expect("readable")
            .expect("worth it");
        assert!(matches!(cache.load::<Vec<u32>>(&key), Lookup::Absent));
        assert!(cache.store(&key, &vec![1_u32]).is_some());
        assert!(cache.store(&key, &vec![1_u32]).is_none());
    }
}
