//! What the objects of a file share and may stand anywhere in it: read in a pass of its own, before them.

use std::io::{BufRead, Read, Seek};
use std::sync::Arc;

use zip::ZipArchive;

use super::{Source, unpacked};
use crate::citygml::{
    AppearanceIndex, collect_appearances, may_have_appearances, report_appearances,
};
use crate::findings::Findings;
use crate::{Diagnostics, ReadOptions};

/// A text that can be read from its start again and again.
pub(super) trait Rereadable {
    /// Hands the text to `read`; `None` if it cannot be opened.
    fn reread<T>(&mut self, read: impl FnOnce(&mut dyn BufRead) -> T) -> Option<T>;
}

impl Rereadable for &Source<'_> {
    fn reread<T>(&mut self, read: impl FnOnce(&mut dyn BufRead) -> T) -> Option<T> {
        let mut stream = self.open().ok()?;
        Some(read(&mut stream))
    }
}

/// One file in an archive.
pub(super) struct ArchiveMember<'a, R> {
    pub(super) archive: &'a mut ZipArchive<R>,
    pub(super) index: usize,
    /// Bytes it may have when it is unpacked.
    pub(super) limit: u64,
}

impl<R: Read + Seek> Rereadable for ArchiveMember<'_, R> {
    fn reread<T>(&mut self, read: impl FnOnce(&mut dyn BufRead) -> T) -> Option<T> {
        let member = self.archive.by_index(self.index).ok()?;
        Some(read(&mut unpacked(member, self.limit)))
    }
}

/// Gathers the appearances of a city model, where it has some. What goes wrong here goes wrong again, and is reported,
/// when the objects are read.
pub(super) fn gather_appearances(
    text: &mut impl Rereadable,
    options: &ReadOptions,
) -> Option<Arc<AppearanceIndex>> {
    let may_have_some = text.reread(|stream| may_have_appearances(stream))?;
    if !may_have_some.unwrap_or(false) {
        return None;
    }
    let index = text.reread(|stream| collect_appearances(stream, options))?;
    index.ok().map(Arc::new)
}

/// Reports what was wrong with appearances and what nothing was found for. To be called when all objects were read.
pub(super) fn close_appearances(
    index: &AppearanceIndex,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
) {
    if !options.filter.is_open() {
        // Whoever asks for a part of the objects does not miss the others.
        return;
    }
    let mut findings = Findings::new(options.max_diagnostics_per_code);
    report_appearances(index, &mut findings);
    findings.close(diagnostics);
}
