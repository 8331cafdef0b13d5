//! 3D Tiles from disk or network: the document now, contents when asked for.

use std::io::Read;
use std::path::PathBuf;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use tiles3d::{
    ContentKind, ContentRef, DecodeOptions, Diagnostics, Tileset, TreeLimits, decode, resolve_uri,
};
use url::Url;

use crate::content::{ContentLoader, ContentRequest, LoadedContent};
use crate::diagnostics::{code, shorten};
use crate::http::HttpClient;
use crate::{OpenOptions, Severity, SourceDiagnostic, SourceError, SourceLocation};

/// Loads tile contents and whatever they refer to.
pub(crate) struct TilesLoader {
    options: OpenOptions,
    /// The source itself is on the network: nothing of it may reach for files of this machine.
    is_remote: bool,
    http: OnceLock<HttpClient>,
}

/// Bytes and the address they came from.
pub(crate) struct Fetched {
    pub(crate) uri: String,
    pub(crate) bytes: Vec<u8>,
}

impl TilesLoader {
    /// A loader for what a document at `location` refers to; makes a client of its own if it needs one
    /// and was given none.
    pub(crate) fn new(
        location: &SourceLocation,
        options: &OpenOptions,
        http: Option<HttpClient>,
    ) -> Self {
        Self {
            options: options.clone(),
            is_remote: matches!(location, SourceLocation::Url(_)),
            http: http.map_or_else(OnceLock::new, OnceLock::from),
        }
    }

    /// Reads a document, from disk or network, unpacked.
    pub(crate) fn fetch(&self, uri: &str) -> Result<Fetched, SourceError> {
        let refuse = |reason: &str| SourceError::Location {
            location: uri.to_owned(),
            reason: reason.to_owned(),
        };
        let url = Url::parse(uri).map_err(|error| refuse(&error.to_string()))?;
        let fetched = match url.scheme() {
            "http" | "https" => {
                let document = self.http()?.get(&url, &|_| {})?;
                Fetched {
                    uri: document.url.to_string(),
                    bytes: document.bytes,
                }
            }
            "file" if self.is_remote => {
                return Err(refuse(
                    "a tileset from the network may not read local files",
                ));
            }
            "file" => {
                // File names may hold characters that mean something in addresses.
                let mut path_only = url.clone();
                path_only.set_query(None);
                let path = path_only
                    .to_file_path()
                    .map_err(|()| refuse("it names no file on this machine"))?;
                Fetched {
                    uri: uri.to_owned(),
                    bytes: self.read_file(path)?,
                }
            }
            _ => return Err(refuse("only http, https and file addresses are read")),
        };
        self.unpacked(fetched)
    }

    fn http(&self) -> Result<&HttpClient, SourceError> {
        if let Some(client) = self.http.get() {
            return Ok(client);
        }
        let client = HttpClient::new(&self.options)?;
        Ok(self.http.get_or_init(|| client))
    }

    fn read_file(&self, path: PathBuf) -> Result<Vec<u8>, SourceError> {
        let unreadable = |reason: std::io::Error| match reason.kind() {
            std::io::ErrorKind::NotFound => SourceError::Missing(path.clone()),
            _ => SourceError::Unreadable {
                path: path.clone(),
                reason,
            },
        };
        let file = std::fs::File::open(&path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.take(self.options.max_download_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        self.check_size(&path.display().to_string(), bytes.len())?;
        Ok(bytes)
    }

    /// The document without gzip around it.
    pub(crate) fn unpacked(&self, fetched: Fetched) -> Result<Fetched, SourceError> {
        if !fetched.bytes.starts_with(&[0x1f, 0x8b]) {
            return Ok(fetched);
        }
        let mut bytes = Vec::new();
        GzDecoder::new(fetched.bytes.as_slice())
            .take(self.options.max_download_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| SourceError::UnknownKind {
                source_name: shown(&fetched.uri),
                found: "a broken gzip file".to_owned(),
            })?;
        self.check_size(&shown(&fetched.uri), bytes.len())?;
        Ok(Fetched {
            uri: fetched.uri,
            bytes,
        })
    }

    fn check_size(&self, source_name: &str, bytes: usize) -> Result<(), SourceError> {
        if bytes as u64 > self.options.max_download_bytes {
            return Err(SourceError::Limit {
                source_name: source_name.to_owned(),
                what: "bytes",
                actual: bytes as u64,
                limit: self.options.max_download_bytes,
            });
        }
        Ok(())
    }
}

impl ContentLoader for TilesLoader {
    fn load(&self, request: &ContentRequest) -> Result<LoadedContent, SourceError> {
        let ContentRef::Uri(uri) = &request.content else {
            return Err(SourceError::NoSuchContent {
                source_name: "the tileset".to_owned(),
                content: format!("{:?}", request.content),
            });
        };
        let fetched = self.fetch(uri)?;
        if ContentKind::detect(&fetched.bytes) == ContentKind::Tileset {
            let (mut tileset, mut diagnostics) = read_tileset(&fetched)?;
            diagnostics.extend(without_local_contents(&mut tileset, &fetched.uri));
            return Ok(LoadedContent::External {
                tileset: Box::new(tileset),
                base_uri: fetched.uri,
                diagnostics,
            });
        }
        let options = DecodeOptions {
            up_axis: request.up_axis,
            ..DecodeOptions::new(request.ecef_from_tile)
        };
        let resolve = |reference: &str| {
            let uri = resolve_uri(&fetched.uri, reference);
            if reaches_into_this_machine(&fetched.uri, &uri) {
                return None;
            }
            // What is missing is reported by the decoder, which knows what it was for.
            self.fetch(&uri).ok().map(|found| found.bytes)
        };
        let mut findings = Diagnostics::new();
        let content =
            decode(&fetched.bytes, &options, &resolve, &mut findings).map_err(|reason| {
                SourceError::Tiles {
                    source_name: shown(&fetched.uri),
                    reason,
                }
            })?;
        Ok(LoadedContent::Tile {
            content: content.into(),
            diagnostics: listed(&findings, &fetched.uri),
        })
    }
}

/// True when a document from the network asks for something that is not on the network. It is the
/// document that counts, not the source: a tileset on disk may refer to documents that it does not
/// answer for.
fn reaches_into_this_machine(document_uri: &str, uri: &str) -> bool {
    is_on_network(document_uri) && !is_on_network(uri) && !uri.starts_with("data:")
}

fn is_on_network(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// Takes contents out of a tileset from the network that name files of this machine, with a finding for
/// each.
fn without_local_contents(tileset: &mut Tileset, document_uri: &str) -> Vec<SourceDiagnostic> {
    let mut findings = Vec::new();
    let mut waiting = vec![&mut tileset.root];
    while let Some(tile) = waiting.pop() {
        tile.contents.retain(|content| {
            let uri = resolve_uri(document_uri, &content.uri);
            let refused = reaches_into_this_machine(document_uri, &uri);
            if refused {
                findings.push(SourceDiagnostic::new(
                    code::LOCAL_REFUSED,
                    Severity::Error,
                    document_uri,
                    format!(
                        "'{}' was not opened: a tileset from the network may not read local files",
                        content.uri
                    ),
                ));
            }
            !refused
        });
        waiting.extend(&mut tile.children);
    }
    shorten(&mut findings, document_uri);
    findings
}

/// Reads a tileset document.
pub(crate) fn read_tileset(
    fetched: &Fetched,
) -> Result<(Tileset, Vec<SourceDiagnostic>), SourceError> {
    let mut findings = Diagnostics::new();
    let tileset =
        Tileset::read(&fetched.bytes, &TreeLimits::default(), &mut findings).map_err(|reason| {
            SourceError::Tiles {
                source_name: shown(&fetched.uri),
                reason,
            }
        })?;
    let diagnostics = listed(&findings, &fetched.uri);
    Ok((tileset, diagnostics))
}

/// Findings of the 3D Tiles library about the document at an address.
pub(crate) fn listed(findings: &Diagnostics, uri: &str) -> Vec<SourceDiagnostic> {
    let source = shown(uri);
    findings
        .items
        .iter()
        .map(|finding| SourceDiagnostic::from_tiles(finding, &source))
        .collect()
}

/// An address as a person reads it: files by their path.
pub(crate) fn shown(uri: &str) -> String {
    let file = Url::parse(uri)
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok());
    file.map_or_else(|| uri.to_owned(), |path| path.display().to_string())
}

/// The address of a location, absolute, as base for relative references.
pub(crate) fn uri_of(location: &SourceLocation) -> Result<String, SourceError> {
    match location {
        SourceLocation::Url(url) => Ok(url.to_string()),
        SourceLocation::Path(path) => {
            let absolute = std::path::absolute(path).map_err(|reason| SourceError::Unreadable {
                path: path.clone(),
                reason,
            })?;
            Url::from_file_path(&absolute)
                .map(|url| url.to_string())
                .map_err(|()| SourceError::Location {
                    location: path.display().to_string(),
                    reason: "the path cannot be written as an address".to_owned(),
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_from_the_network_are_kept_from_local_files() {
        let remote = "https://example.org/city/tileset.json";
        let local = "file:///data/tileset.json";
        for (document, reference, refused) in [
            (remote, "file:///etc/hostname", true),
            (remote, "FILE:///etc/hostname", true),
            (remote, "file:a.glb", true),
            (remote, "ftp://example.org/a.glb", true),
            (remote, "/etc/hostname", false),
            (remote, "../a.glb", false),
            (remote, "http://example.net/a.glb", false),
            (remote, "data:,x", false),
            (local, "file:///etc/hostname", false),
            (local, "a.glb", false),
            (local, "https://example.org/a.glb", false),
        ] {
            let uri = resolve_uri(document, reference);
            assert_eq!(
                reaches_into_this_machine(document, &uri),
                refused,
                "{document} asks for {reference}"
            );
        }
    }
}
