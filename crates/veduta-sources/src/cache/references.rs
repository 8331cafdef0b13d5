//! Files that a city model refers to: images, code lists, other models.
//!
//! Drafts depend on them too (the size of an image, the text of a code, polygons behind an XLink), so
//! they belong to the key. They are found by how they are written, not by parsing: too many only cost a
//! look at the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use blake3::Hasher;

/// Endings of files that models refer to.
const ENDINGS: &[&str] = &[
    "jpg", "jpeg", "png", "tif", "tiff", "gif", "bmp", "webp", "rgb", "tga", "dds", "ktx2", "gltf",
    "glb", "obj", "dae", "3ds", "wrl", "x3d", "b3dm", "gml", "xml", "citygml", "json", "jsonl",
    "csv", "txt", "las", "laz",
];
/// Endings of files whose content, and not only size and date, is part of the key: they are small or are read.
const READ_ENDINGS: &[&str] = &[
    "gml", "xml", "citygml", "json", "jsonl", "csv", "txt", "gltf", "obj",
];
/// Endings of the files that say where an image lies.
const WORLD_FILE_ENDINGS: &[&str] = &[
    "jgw", "jpgw", "pgw", "pngw", "tfw", "tifw", "gfw", "bpw", "wld",
];
/// Bytes of a reference; longer ones are text.
const LONGEST: usize = 512;
/// References that are followed; a file with more is not for caching.
const MOST: usize = 200_000;
/// Folders above a file in which code lists are looked for.
const CODE_LIST_LEVELS: usize = 4;

/// Collects references from the chunks of a file.
#[derive(Debug, Default)]
pub(crate) struct ReferenceScan {
    found: BTreeSet<String>,
    /// End of the last chunk, in which a reference may begin.
    tail: Vec<u8>,
}

impl ReferenceScan {
    /// Takes the next bytes of the file.
    pub(crate) fn take(&mut self, chunk: &[u8]) {
        let mut start = std::mem::take(&mut self.tail);
        let kept = start.len();
        // References across the border of two chunks are found in the end of one and the start of the other.
        start.extend_from_slice(&chunk[..chunk.len().min(LONGEST)]);
        self.scan(&start, kept.saturating_sub(LONGEST));
        self.scan(chunk, 0);
        let tail = if chunk.len() >= 2 * LONGEST {
            &chunk[chunk.len() - 2 * LONGEST..]
        } else {
            start.extend_from_slice(&chunk[chunk.len().min(LONGEST)..]);
            &start[start.len().saturating_sub(2 * LONGEST)..]
        };
        self.tail = tail.to_vec();
    }

    fn scan(&mut self, bytes: &[u8], from: usize) {
        let mut at = from;
        while let Some(dot) = bytes[at..].iter().position(|byte| *byte == b'.') {
            let dot = at + dot;
            at = dot + 1;
            if let Some(reference) = reference_at(bytes, dot)
                && self.found.len() <= MOST
            {
                self.found.insert(reference);
            }
        }
    }

    /// Adds the state of everything referred to, seen from `file`, to a key; false if there is too much.
    pub(crate) fn add_to(&self, hasher: &mut Hasher, file: &Path) -> bool {
        if self.found.len() > MOST {
            return false;
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut listings = BTreeMap::new();
        for reference in &self.found {
            for path in candidates(folder, reference) {
                if !add_path(hasher, &path) {
                    add_near(hasher, &path, &mut listings);
                }
                let is_gltf = path.extension().is_some_and(|ending| ending == "gltf");
                if is_gltf && let Ok(document) = std::fs::read(&path) {
                    add_parts_of_gltf(hasher, &path, &document);
                }
            }
        }
        for above in folder.ancestors().take(CODE_LIST_LEVELS + 1) {
            add_listing(hasher, &above.join("codelists"));
        }
        true
    }
}

/// The reference whose ending begins with the dot.
fn reference_at(bytes: &[u8], dot: usize) -> Option<String> {
    let after = &bytes[dot + 1..];
    // Numbers have digits after their dots.
    if !after.first()?.is_ascii_alphabetic() && !after.starts_with(b"3ds") {
        return None;
    }
    let length = after
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(after.len());
    let ending = std::str::from_utf8(&after[..length]).ok()?;
    if !ENDINGS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(ending))
    {
        return None;
    }
    let before = &bytes[dot.saturating_sub(LONGEST)..dot];
    let is_border = |byte: &u8| {
        matches!(
            byte,
            b'"' | b'\'' | b'<' | b'>' | b'=' | b'\n' | b'\r' | b'\t'
        )
    };
    let start = before.iter().rposition(is_border)? + 1;
    let name = std::str::from_utf8(&before[start..]).ok()?.trim_start();
    if name.is_empty() || name.contains("://") {
        return None;
    }
    Some(format!("{name}.{ending}").replace("\\/", "/"))
}

/// Where a reference may lead: as written, with `%20` and `&amp;` resolved, and the world file of an image.
fn candidates(folder: &Path, reference: &str) -> BTreeSet<PathBuf> {
    let resolved = reference
        .replace("%20", " ")
        .replace("&amp;", "&")
        .replace('\\', "/");
    let mut paths = BTreeSet::new();
    for name in [reference, &resolved] {
        let path = folder.join(name);
        for ending in WORLD_FILE_ENDINGS {
            for ending in [*ending, &ending.to_ascii_uppercase()] {
                let world_file = path.with_extension(ending);
                if world_file.is_file() {
                    paths.insert(world_file);
                }
            }
        }
        paths.insert(path);
    }
    paths
}

/// Adds the state of a file or folder; false if there is none.
fn add_path(hasher: &mut Hasher, path: &Path) -> bool {
    hasher.update(path.as_os_str().as_encoded_bytes());
    let Ok(metadata) = path.metadata() else {
        hasher.update(b"\0missing");
        return false;
    };
    add_metadata(hasher, &metadata);
    let is_read = path.extension().is_some_and(|ending| {
        READ_ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    if is_read && metadata.is_file() {
        match content_hash(path) {
            Ok(hash) => hasher.update(hash.as_bytes()),
            Err(_) => hasher.update(b"\0unreadable"),
        };
    }
    true
}

/// Adds what may stand for a missing file: one whose name differs in case; and the date of the folder
/// that it may come into.
fn add_near(
    hasher: &mut Hasher,
    path: &Path,
    listings: &mut BTreeMap<PathBuf, BTreeMap<String, PathBuf>>,
) {
    let Some(folder) = path.ancestors().skip(1).find(|above| above.is_dir()) else {
        return;
    };
    add_path(hasher, folder);
    let lower = |name: Option<&OsStr>| name.map(|name| name.to_string_lossy().to_lowercase());
    let listing = listings.entry(folder.to_owned()).or_insert_with(|| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| Some((lower(Some(&entry.file_name()))?, entry.path())))
            .collect()
    });
    if let Some(other) = lower(path.file_name()).and_then(|name| listing.get(&name)) {
        add_path(hasher, other);
    }
}

/// A glTF refers to buffers and images of its own.
fn add_parts_of_gltf(hasher: &mut Hasher, path: &Path, document: &[u8]) {
    let mut scan = ReferenceScan::default();
    scan.take(document);
    let folder = path.parent().unwrap_or(Path::new("."));
    for part in scan.found.iter().flat_map(|name| candidates(folder, name)) {
        add_path(hasher, &part);
    }
}

fn content_hash(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = Hasher::new();
    let mut opened = File::open(path)?;
    let mut chunk = vec![0; 1 << 16];
    loop {
        match opened.read(&mut chunk) {
            Ok(0) => return Ok(hasher.finalize()),
            Ok(length) => hasher.update(&chunk[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
    }
}

fn add_metadata(hasher: &mut Hasher, metadata: &Metadata) {
    let modified = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .unwrap_or_default();
    hasher.update(&metadata.len().to_le_bytes());
    hasher.update(&modified.as_nanos().to_le_bytes());
}

fn add_listing(hasher: &mut Hasher, folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        hasher.update(path.as_os_str().as_encoded_bytes());
        if let Ok(metadata) = path.metadata() {
            add_metadata(hasher, &metadata);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chunks: &[&[u8]]) -> Vec<String> {
        let mut scan = ReferenceScan::default();
        for chunk in chunks {
            scan.take(chunk);
        }
        scan.found.into_iter().collect()
    }

    #[test]
    fn finds_images_code_lists_and_models_and_no_numbers() {
        let text = br#"<app:imageURI>appearance/my wall.JPG</app:imageURI><x codeSpace="../../codelists/Building_usage.xml">3001</x>
            <gml:surfaceMember xlink:href="other.gml#p1"/><gml:posList>1.5 2.25 3.e5</gml:posList>
            <a xsi:schemaLocation="http://example.org/a.xsd http://example.org/b.xml"/> {"image":"appearances\/a.png"}"#;
        let expected = [
            "../../codelists/Building_usage.xml",
            "appearance/my wall.JPG",
            "appearances/a.png",
            "other.gml",
        ];
        assert_eq!(found(&[text]), expected);
        for cut in 1..text.len() {
            let (one, other) = text.split_at(cut);
            assert_eq!(found(&[one, other]), expected, "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = text.chunks(7).collect();
        assert_eq!(found(&bytes), expected);
    }

    #[test]
    fn the_state_of_what_is_referred_to_counts() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("city.gml");
        let mut scan = ReferenceScan::default();
        scan.take(b"<imageURI>wall.png</imageURI><a codeSpace=\"codes.xml\"/>");
        let state = || {
            let mut hasher = Hasher::new();
            assert!(scan.add_to(&mut hasher, &file));
            hasher.finalize()
        };
        let mut states = vec![state()];
        assert_eq!(states[0], state());
        for (name, content) in [
            ("wall.png", "image"),
            ("codes.xml", "one"),
            ("codes.xml", "two"),
            ("wall.pgw", "0.5"),
        ] {
            std::fs::write(folder.path().join(name), content).expect("written");
            let now = state();
            assert!(!states.contains(&now), "{name} {content}");
            states.push(now);
        }
    }
}
