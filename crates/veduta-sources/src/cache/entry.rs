//! An entry as bytes: a mark, the key, the value, and a checksum over all.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use blake3::Hasher;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::CacheKey;

/// First bytes of every entry.
const MARK: &[u8; 16] = b"veduta drafts 1\n";
/// Bytes before the value: mark and key.
const HEAD_BYTES: usize = 16 + 32;
/// Bytes of the checksum.
const CHECKSUM_BYTES: usize = 32;

/// Writes an entry.
///
/// # Errors
/// When the writer fails, or a value cannot be written, which is an error of this crate.
pub(super) fn write(
    writer: impl Write,
    key: &CacheKey,
    value: &impl Serialize,
) -> Result<(), String> {
    let mut writer = Checked {
        inner: writer,
        hasher: Hasher::new(),
    };
    let explained = |error: io::Error| error.to_string();
    writer.write_all(MARK).map_err(explained)?;
    writer.write_all(key.as_bytes()).map_err(explained)?;
    let mut writer = postcard::to_io(value, writer).map_err(|error| error.to_string())?;
    let checksum = writer.hasher.finalize();
    writer
        .inner
        .write_all(checksum.as_bytes())
        .and_then(|()| writer.inner.flush())
        .map_err(explained)
}

/// Reads an entry; `None` if it is damaged, or not that of the key.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8], key: &CacheKey) -> Option<T> {
    let (body, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM_BYTES)?)?;
    let (head, value) = body.split_at_checked(HEAD_BYTES)?;
    let is_whole = head[..MARK.len()] == *MARK
        && head[MARK.len()..] == *key.as_bytes()
        && blake3::hash(body) == *<&[u8; CHECKSUM_BYTES]>::try_from(checksum).ok()?;
    is_whole.then(|| postcard::from_bytes(value).ok()).flatten()
}

/// Hashes what goes through.
struct Checked<W> {
    inner: W,
    hasher: Hasher,
}

impl<W: Write> Write for Checked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Reads the code of a diagnostic: there are few, and they live as long as the program.
pub(crate) fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let code = String::deserialize(deserializer)?;
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = codes.get(code.as_str()) {
        return Ok(known);
    }
    let code: &'static str = Box::leak(code.into_boxed_str());
    codes.insert(code);
    Ok(code)
}
