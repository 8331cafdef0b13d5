//! The reference systems that a CityGML file names anywhere, for its objects that name none.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// Names that are kept; a file with more is none to guess from.
const MOST_NAMES: usize = 16;
/// Bytes read at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Bytes of the longest attribute that is looked for.
const LONGEST: usize = 1 << 10;
/// Bytes of a file that are searched.
const MOST_BYTES: u64 = 1 << 30;

/// Every different `srsName` of a file (plain or gzip), in alphabetical order; none if there are very many.
pub(crate) fn names_in_file(file: &Path) -> BTreeSet<String> {
    let is_gzip = || {
        let mut start = [0; 2];
        File::open(file)?.read_exact(&mut start)?;
        std::io::Result::Ok(start == [0x1f, 0x8b])
    };
    let names = is_gzip().and_then(|is_gzip| {
        let opened = BufReader::new(File::open(file)?);
        if is_gzip {
            names_in(MultiGzDecoder::new(opened))
        } else {
            names_in(opened)
        }
    });
    // What cannot be read is for the reader to report; nothing can be guessed from it.
    names.unwrap_or_default()
}

fn names_in(reader: impl Read) -> std::io::Result<BTreeSet<String>> {
    let mut reader = reader.take(MOST_BYTES);
    let mut names = BTreeSet::new();
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        // The end of the last chunk stays: a name may go over the border.
        let kept = bytes.len().saturating_sub(LONGEST);
        bytes.drain(..kept);
        let before = bytes.len();
        reader
            .by_ref()
            .take(CHUNK_BYTES as u64)
            .read_to_end(&mut bytes)?;
        if bytes.len() == before {
            return Ok(names);
        }
        collect(&bytes, &mut names);
        if names.len() > MOST_NAMES {
            return Ok(BTreeSet::new());
        }
    }
}

fn collect(bytes: &[u8], names: &mut BTreeSet<String>) {
    const ATTRIBUTE: &[u8] = b"srsName";
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b's') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(ATTRIBUTE)
            && let Some(name) = quoted(after.trim_ascii_start())
        {
            names.insert(name);
        }
        rest = &rest[1..];
    }
}

/// The value behind `="` or `='`, if its end is here too.
fn quoted(after: &[u8]) -> Option<String> {
    let value = after.strip_prefix(b"=")?.trim_ascii_start();
    let (mark, value) = value
        .split_first()
        .filter(|(mark, _)| b"\"'".contains(mark))?;
    let end = value.iter().take(LONGEST).position(|byte| byte == mark)?;
    let name = std::str::from_utf8(&value[..end]).ok()?.trim();
    (!name.is_empty() && !name.starts_with('#')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_name_once_wherever_chunks_end() {
        let mut text =
            "<a srsName=\"EPSG:25832\"/><b srsName = 'EPSG:3946'/><c srsName=\"#local\"/>"
                .to_owned();
        text.push_str(&" ".repeat(CHUNK_BYTES - text.len() - 9));
        text.push_str("<d srsName=\"EPSG:28992\"/><e srsName=\"EPSG:25832\"/><f srsName=\"cut");
        let names = names_in(text.as_bytes()).expect("in memory");
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["EPSG:25832", "EPSG:28992", "EPSG:3946"]);
    }
}
