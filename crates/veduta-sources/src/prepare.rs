//! From a location to something that readers can take: which kind, which files.

use std::io::Write;
use std::path::PathBuf;

use tempfile::NamedTempFile;

use crate::detect::{DocumentKind, detect_bytes, detect_file};
use crate::diagnostics::code;
use crate::folder::search;
use crate::http::{Document, HttpClient};
use crate::tileset::{Fetched, TilesLoader, uri_of};
use crate::{OpenOptions, Progress, Severity, SourceDiagnostic, SourceError, SourceLocation};

/// What to read.
pub(crate) enum Prepared {
    /// City model files.
    City(CityInput),
    /// A tileset.
    Tileset(Found),
    /// A single glTF model or tile content.
    Model(Found),
}

/// A document and what is needed to load what it refers to.
pub(crate) struct Found {
    /// Its own location, after redirects.
    pub(crate) location: SourceLocation,
    /// Its bytes, unpacked.
    pub(crate) document: Fetched,
    pub(crate) loader: TilesLoader,
}

impl Found {
    fn on_disk(path: PathBuf, options: &OpenOptions) -> Result<Self, SourceError> {
        let location = SourceLocation::Path(path);
        let loader = TilesLoader::new(&location, options, None);
        let document = loader.fetch(&uri_of(&location)?)?;
        Ok(Self {
            location,
            document,
            loader,
        })
    }

    fn from_network(
        document: Document,
        http: HttpClient,
        options: &OpenOptions,
    ) -> Result<Self, SourceError> {
        let location = SourceLocation::Url(document.url.clone());
        let loader = TilesLoader::new(&location, options, Some(http));
        let document = loader.unpacked(Fetched {
            uri: document.url.to_string(),
            bytes: document.bytes,
        })?;
        Ok(Self {
            location,
            document,
            loader,
        })
    }
}

/// City model files, and what was noticed on the way to them.
pub(crate) struct CityInput {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) diagnostics: Vec<SourceDiagnostic>,
    /// True if the files were found in a folder: those without a city model are then passed over.
    pub(crate) is_folder: bool,
    /// Holds a download on disk until it is read.
    pub(crate) download: Option<NamedTempFile>,
}

/// Finds out what is at a location.
pub(crate) fn prepare(
    location: &SourceLocation,
    options: &OpenOptions,
    progress: &dyn Fn(Progress),
) -> Result<Prepared, SourceError> {
    match location {
        SourceLocation::Path(path) if path.is_dir() => prepare_folder(path.clone(), options),
        SourceLocation::Path(path) => Ok(match detect_file(path)? {
            DocumentKind::CityModel => Prepared::City(CityInput {
                files: vec![path.clone()],
                diagnostics: Vec::new(),
                is_folder: false,
                download: None,
            }),
            DocumentKind::Tileset => Prepared::Tileset(Found::on_disk(path.clone(), options)?),
            DocumentKind::Model => Prepared::Model(Found::on_disk(path.clone(), options)?),
        }),
        SourceLocation::Url(url) => {
            let http = HttpClient::new(options)?;
            let document = http.get(url, progress)?;
            Ok(match detect_bytes(&document.bytes, url.as_str())? {
                DocumentKind::Tileset => {
                    Prepared::Tileset(Found::from_network(document, http, options)?)
                }
                DocumentKind::Model => {
                    Prepared::Model(Found::from_network(document, http, options)?)
                }
                DocumentKind::CityModel => {
                    let kept = keep(&document.bytes).map_err(|error| SourceError::System {
                        source_name: url.to_string(),
                        reason: error.to_string(),
                    })?;
                    Prepared::City(CityInput {
                        files: vec![kept.path().to_owned()],
                        diagnostics: Vec::new(),
                        is_folder: false,
                        download: Some(kept),
                    })
                }
            })
        }
    }
}

fn keep(bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix("veduta-download-")
        .tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

fn prepare_folder(folder: PathBuf, options: &OpenOptions) -> Result<Prepared, SourceError> {
    let tileset = folder.join("tileset.json");
    if tileset.is_file() {
        return Ok(Prepared::Tileset(Found::on_disk(tileset, options)?));
    }
    let found = search(&folder)?;
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for file in found.candidates {
        match detect_file(&file) {
            Ok(DocumentKind::CityModel) => files.push(file),
            Ok(_) => diagnostics.push(passed_over(
                &file,
                "a tileset or model beside city models; open it by itself",
            )),
            Err(error) => diagnostics.push(passed_over(&file, &error.reason())),
        }
    }
    if files.is_empty() {
        return Err(SourceError::EmptyFolder {
            folder,
            passed_over: found.passed_over + diagnostics.len(),
        });
    }
    if found.passed_over > 0 {
        diagnostics.push(SourceDiagnostic::new(
            code::PASSED_OVER,
            Severity::Info,
            &folder.display().to_string(),
            format!(
                "{} files of other kinds were passed over",
                found.passed_over
            ),
        ));
    }
    Ok(Prepared::City(CityInput {
        files,
        diagnostics,
        is_folder: true,
        download: None,
    }))
}

/// Notes a file of a folder that holds no city model.
pub(crate) fn passed_over(file: &std::path::Path, reason: &str) -> SourceDiagnostic {
    SourceDiagnostic::new(
        code::PASSED_OVER,
        Severity::Info,
        &file.display().to_string(),
        format!("passed over: {reason}"),
    )
}
