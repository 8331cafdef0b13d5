//! Looking at bytes before they are read: what they hold, how far one is, how much is allowed.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::ReadError;

/// `<` or `{`, whatever byte order mark and white space come first, in UTF-8 or UTF-16.
pub(super) fn first_character(source: &mut impl BufRead) -> Result<u8, ReadError> {
    let start = loop {
        match source.fill_buf() {
            Ok(start) => break start,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    };
    let skipped = |byte: &u8| {
        byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
    };
    match start.iter().copied().find(|byte| !skipped(byte)) {
        Some(byte @ (b'<' | b'{')) => Ok(byte),
        _ => {
            let start = String::from_utf8_lossy(&start[..start.len().min(24)]).into_owned();
            Err(ReadError::UnknownFormat { start })
        }
    }
}

/// Members of an archive that are worth opening; pictures, schemas and documents are not.
pub(super) fn may_hold_objects(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let extensions = [".gml", ".xml", ".citygml", ".json", ".jsonl", ".city"];
    extensions.iter().any(|extension| name.ends_with(extension)) && !name.contains("__macosx/")
}

pub(super) fn read_fully(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// Tells how far a file was read, from below whatever unpacks it.
pub(super) struct CountingReader<R> {
    pub(super) inner: R,
    pub(super) done: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.done.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for CountingReader<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let position = self.inner.seek(position)?;
        self.done.store(position, Ordering::Relaxed);
        Ok(position)
    }
}

/// Refuses to unpack more than was allowed.
pub(super) struct LimitedReader<R> {
    pub(super) inner: R,
    pub(super) left: u64,
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(count)
    }
}
