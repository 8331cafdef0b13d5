//! What the objects of a file share and may stand anywhere in it: read in a pass of its own, before them.

use std::io::{self, BufRead, Read, Seek};
use std::sync::Arc;

use memchr::memmem::Finder;
use zip::ZipArchive;

use super::packing::first_character;
use super::{Source, unpacked};
use crate::citygml::{FileKnowledge, collect_appearances, collect_geometry, report_appearances};
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

/// What the property is called that holds an appearance of the city model, in all versions.
const APPEARANCE: &[u8] = b"appearanceMember";
/// A property with attributes: a prototype that is only referred to.
const TEMPLATE_REFERENCES: [&[u8]; 2] = [b"relativeGMLGeometry ", b"relativeGeometry "];

/// Gathers the appearances of a city model, and its prototypes if any is referred to. `None` if there is nothing to
/// gather, as in most files: a quick look at the text tells. What goes wrong here goes wrong again, and is reported, when
/// the objects are read.
pub(super) fn gather_knowledge(
    text: &mut impl Rereadable,
    options: &ReadOptions,
) -> Option<Arc<FileKnowledge>> {
    let patterns = [APPEARANCE, TEMPLATE_REFERENCES[0], TEMPLATE_REFERENCES[1]];
    let [has_appearances, has_gml_references, has_references] =
        text.reread(|stream| occur(stream, patterns))?.ok()?;
    let has_template_references = has_gml_references || has_references;
    if !has_appearances && !has_template_references {
        return None;
    }
    let mut known = FileKnowledge::default();
    if has_appearances {
        known.appearances = text
            .reread(|stream| collect_appearances(stream, options))?
            .ok()?;
    }
    let known = Arc::new(known);
    if !has_template_references {
        return Some(known);
    }
    let found = text.reread(|stream| collect_geometry(stream, options, Arc::clone(&known), None));
    let templates = found?.ok()?.templates;
    // The pass above has given its share back.
    let appearances = Arc::into_inner(known)?.appearances;
    Some(Arc::new(FileKnowledge {
        appearances,
        templates,
    }))
}

/// Which patterns occur in an XML text; in others, CityJSON, there is nothing to look for. In an encoding of two bytes a
/// character each seems to.
fn occur<const N: usize>(mut stream: impl BufRead, patterns: [&[u8]; N]) -> io::Result<[bool; N]> {
    if !matches!(first_character(&mut stream), Ok(b'<')) {
        return Ok([false; N]);
    }
    let finders = patterns.map(Finder::new);
    let longest = patterns
        .iter()
        .map(|pattern| pattern.len())
        .max()
        .unwrap_or(0);
    let mut found = [false; N];
    // The end of one part and the beginning of the next.
    let mut seam: Vec<u8> = Vec::new();
    let mut is_start = true;
    loop {
        let bytes = stream.fill_buf()?;
        if bytes.is_empty() || found == [true; N] {
            return Ok(found);
        }
        let mark = &bytes[..bytes.len().min(4)];
        if std::mem::take(&mut is_start) && mark.iter().any(|byte| matches!(byte, 0 | 0xFE | 0xFF))
        {
            return Ok([true; N]);
        }
        seam.extend(&bytes[..bytes.len().min(longest)]);
        for (found, finder) in found.iter_mut().zip(&finders) {
            *found = *found || finder.find(&seam).is_some() || finder.find(bytes).is_some();
        }
        if bytes.len() >= longest {
            seam.clear();
            seam.extend(&bytes[bytes.len() - longest..]);
        } else {
            let surplus = seam.len().saturating_sub(2 * longest);
            seam.drain(..surplus);
        }
        let length = bytes.len();
        stream.consume(length);
    }
}

/// Reports what was wrong with appearances and what nothing was found for. To be called when all objects were read.
pub(super) fn close_knowledge(
    known: &FileKnowledge,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
) {
    if !options.filter.is_open() {
        // Whoever asks for a part of the objects does not miss the others.
        return;
    }
    let mut findings = Findings::new(options.max_diagnostics_per_code);
    report_appearances(&known.appearances, &mut findings);
    findings.close(diagnostics);
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn names_are_found_across_the_edges_of_the_buffer() {
        let found = |text: &str, buffer: usize| {
            let source = BufReader::with_capacity(buffer, text.as_bytes());
            occur(source, [b"appearanceMember".as_slice(), b"abc"]).expect("memory can be read")
        };
        for buffer in 4..40 {
            let text = "<CityModel><aapp:appearanceappearanceMember/>";
            assert_eq!(found(text, buffer), [true, false], "{buffer}");
            let text = "<CityModel><app:appearance/><appearanceMembe r/> abc";
            assert_eq!(found(text, buffer), [false, true], "{buffer}");
            let json = "{\"type\": \"appearanceMember abc\"}";
            assert_eq!(found(json, buffer), [false, false], "{buffer}");
        }
    }
}
