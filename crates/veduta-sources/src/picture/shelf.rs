//! The images that one model file refers to.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use citygml_rs::safe_relative_path;

use super::place::{ImageFile, ImagePlace, is_archive, open_archive};
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// Pixels that an image may have on a side: beyond this no graphics card takes it, and it is most likely a bomb.
const MAX_SIDE: u32 = 32_768;

/// Finds images beside a model or in the archive that it is in; each is looked for once and reported once.
pub(crate) struct ImageShelf {
    root: Root,
    source: String,
    found: HashMap<String, Option<Arc<ImageFile>>>,
    world_files: HashMap<String, Option<WorldFile>>,
    listings: HashMap<PathBuf, BTreeMap<String, PathBuf>>,
    diagnostics: Vec<SourceDiagnostic>,
}

/// What references are relative to.
enum Root {
    Folder(PathBuf),
    Archive { path: PathBuf, names: Vec<String> },
    Nowhere(&'static str),
}

/// Six numbers beside an image: column and row to coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WorldFile {
    /// Row by row: units per pixel.
    pub(crate) orientation: [f64; 4],
    /// Centre of the upper left pixel.
    pub(crate) reference_point: [f64; 2],
}

impl ImageShelf {
    /// The shelf of a model file; `is_download` if it is a copy of a file from the network, whose neighbours are not
    /// here.
    pub(crate) fn new(model: &Path, is_download: bool) -> Self {
        let root = if is_download {
            Root::Nowhere("images beside a model from the network are not loaded")
        } else if is_archive(model)
            && let Ok(archive) = open_archive(model)
        {
            Root::Archive {
                path: model.to_owned(),
                names: archive.file_names().map(str::to_owned).collect(),
            }
        } else {
            Root::Folder(model.parent().unwrap_or(Path::new("")).to_owned())
        };
        Self {
            root,
            source: model.display().to_string(),
            found: HashMap::new(),
            world_files: HashMap::new(),
            listings: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The image that a reference names; `None`, reported once, where it cannot be used.
    pub(crate) fn image(&mut self, reference: &str) -> Option<Arc<ImageFile>> {
        if let Some(known) = self.found.get(reference) {
            return known.clone();
        }
        let image = self.look_at(reference);
        let image = match image {
            Ok(image) => Some(Arc::new(image)),
            Err(reason) => {
                self.diagnostics.push(SourceDiagnostic::new(
                    code::NO_IMAGE,
                    Severity::Warning,
                    &self.source,
                    format!("the image {reference:?} is not shown: {reason}"),
                ));
                None
            }
        };
        self.found.insert(reference.to_owned(), image.clone());
        image
    }

    /// Any file that a reference names.
    pub(crate) fn place(&mut self, reference: &str) -> Result<ImagePlace, String> {
        let relative = safe_relative_path(reference)
            .ok_or("only relative paths below the model are followed")?;
        match &self.root {
            Root::Nowhere(reason) => Err((*reason).to_owned()),
            Root::Archive { path, names } => {
                let wanted = relative.to_string_lossy().replace('\\', "/");
                member(names, &wanted)
                    .map(|name| ImagePlace::Member {
                        archive: path.clone(),
                        name: name.to_owned(),
                    })
                    .ok_or_else(|| "it is not in the archive".to_owned())
            }
            Root::Folder(folder) => {
                let path = folder.join(&relative);
                if path.is_file() {
                    return Ok(ImagePlace::File(path));
                }
                self.in_other_case(&path)
                    .map(ImagePlace::File)
                    .ok_or_else(|| format!("{} does not exist", path.display()))
            }
        }
    }

    /// The world file beside an image, by any of the usual endings.
    pub(crate) fn world_file(&mut self, reference: &str) -> Option<WorldFile> {
        if let Some(known) = self.world_files.get(reference) {
            return *known;
        }
        let stem = reference
            .rsplit_once('.')
            .map_or(reference, |(stem, _)| stem);
        let found = ["jgw", "jpgw", "pgw", "pngw", "tfw", "wld"]
            .iter()
            .find_map(|ending| self.place(&format!("{stem}.{ending}")).ok())
            .and_then(|place| place.read().ok())
            .and_then(|bytes| parse_world_file(&String::from_utf8_lossy(&bytes)));
        self.world_files.insert(reference.to_owned(), found);
        found
    }

    /// Images found and not found so far.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let found = self.found.values().filter(|image| image.is_some()).count();
        (found as u64, (self.found.len() - found) as u64)
    }

    /// What could not be used, in the order met.
    pub(crate) fn into_diagnostics(self) -> Vec<SourceDiagnostic> {
        self.diagnostics
    }

    fn look_at(&mut self, reference: &str) -> Result<ImageFile, String> {
        let place = self.place(reference)?;
        let (width, height) = match &place {
            ImagePlace::File(path) => image::ImageReader::open(path)
                .and_then(image::ImageReader::with_guessed_format)
                .map_err(|error| error.to_string())?
                .into_dimensions(),
            ImagePlace::Member { .. } => image::ImageReader::new(Cursor::new(place.read()?))
                .with_guessed_format()
                .map_err(|error| error.to_string())?
                .into_dimensions(),
        }
        .map_err(|error| format!("only PNG and JPEG are shown ({error})"))?;
        if width == 0 || height == 0 || width.max(height) > MAX_SIDE {
            return Err(format!("{width} × {height} pixels are no usable size"));
        }
        Ok(ImageFile {
            place,
            width,
            height,
        })
    }

    /// Models made where letter case does not matter are read where it does.
    fn in_other_case(&mut self, path: &Path) -> Option<PathBuf> {
        let folder = path.parent()?;
        if !self.listings.contains_key(folder) {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let listing = entries
                // A pipe would be waited for.
                .filter(|entry| entry.path().is_file())
                .map(|entry| {
                    let name = entry.file_name().to_string_lossy().to_lowercase();
                    (name, entry.path())
                })
                .collect();
            self.listings.insert(folder.to_owned(), listing);
        }
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        self.listings.get(folder)?.get(&name).cloned()
    }
}

/// The member that a path relative to some model in the archive means: by its whole name, else by its end.
fn member<'a>(names: &'a [String], wanted: &str) -> Option<&'a str> {
    let is_end = |name: &str| {
        name.strip_suffix(wanted)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let mut found: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| is_end(name))
        .collect();
    found.sort_by_key(|name| (name.len(), name.to_owned()));
    found.first().copied()
}

/// Lines A, D, B, E, C, F: x = A·column + B·row + C, y = D·column + E·row + F.
fn parse_world_file(text: &str) -> Option<WorldFile> {
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map(|word| word.replace(',', ".").parse())
        .collect::<Result<_, _>>()
        .ok()?;
    let [a, d, b, e, c, f] = numbers.get(..6)?.try_into().ok()?;
    Some(WorldFile {
        orientation: [a, b, d, e],
        reference_point: [c, f],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(path: &Path) {
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("folder");
        image::RgbImage::new(4, 2).save(path).expect("saved");
    }

    #[test]
    fn an_image_is_found_whatever_its_case_and_reported_once_where_it_is_missing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        picture(&folder.path().join("tex/Wall.PNG"));
        std::fs::write(folder.path().join("tex/roof.bmp"), b"BM12345678").expect("written");
        let mut shelf = ImageShelf::new(&folder.path().join("city.gml"), false);
        let wall = shelf.image("tex\\wall.png").expect("found");
        assert_eq!((wall.width, wall.height), (4, 2));
        for missing in ["tex/gone.png", "../secret.png", "tex/roof.bmp"] {
            assert_eq!(shelf.image(missing), None);
            assert_eq!(shelf.image(missing), None);
        }
        assert_eq!(shelf.counts(), (1, 3));
        let diagnostics = shelf.into_diagnostics();
        assert_eq!(diagnostics.len(), 3);
        assert!(diagnostics[0].message.contains("does not exist"));
        assert!(diagnostics[1].message.contains("only relative paths"));
        assert!(diagnostics[2].message.contains("only PNG and JPEG"));
    }

    #[test]
    fn nothing_is_looked_for_beside_a_download() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        picture(&folder.path().join("wall.png"));
        let mut shelf = ImageShelf::new(&folder.path().join("download"), true);
        assert_eq!(shelf.image("wall.png"), None);
    }

    #[test]
    fn members_of_an_archive_are_relative_to_any_of_its_folders() {
        let names = ["city/tex/a.png", "city/city.gml", "a.png"].map(str::to_owned);
        assert_eq!(member(&names, "a.png"), Some("a.png"));
        assert_eq!(member(&names, "tex/a.png"), Some("city/tex/a.png"));
        assert_eq!(member(&names, "ex/a.png"), None);
    }

    #[test]
    fn a_world_file_has_six_lines() {
        let read = parse_world_file("0.5\n0\n0\n-0.5\n458868.25\n5438343.75\n");
        let expected = WorldFile {
            orientation: [0.5, 0.0, 0.0, -0.5],
            reference_point: [458_868.25, 5_438_343.75],
        };
        assert_eq!(read, Some(expected));
        assert_eq!(parse_world_file("1 2 3"), None);
    }
}
