//! Where a source is.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use crate::SourceError;

/// A path on this machine or an http(s) address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SourceLocation {
    /// A file or folder.
    Path(PathBuf),
    /// An http or https address.
    Url(Url),
}

impl SourceLocation {
    /// Reads what a user typed or a scene file says: an http(s) address, a `file:` address or a path.
    ///
    /// # Errors
    /// [`SourceError::Location`] for an empty text or an address of another scheme.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let text = text.trim();
        let refuse = |reason: &str| SourceError::Location {
            location: text.to_owned(),
            reason: reason.to_owned(),
        };
        if text.is_empty() {
            return Err(refuse("give a path or an address"));
        }
        if !text.contains("://") {
            return Ok(Self::Path(PathBuf::from(text)));
        }
        let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
        match url.scheme() {
            "http" | "https" => Ok(Self::Url(url)),
            "file" => url
                .to_file_path()
                .map(Self::Path)
                .map_err(|()| refuse("it names no file on this machine")),
            _ => Err(refuse("only http, https and file addresses are read")),
        }
    }

    /// The name shown for the source: the last part of the path or address.
    pub fn short_name(&self) -> String {
        let last = match self {
            Self::Path(path) => path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
            Self::Url(url) => url
                .path_segments()
                .and_then(|mut segments| segments.rfind(|segment| !segment.is_empty()))
                .map(str::to_owned),
        };
        last.unwrap_or_else(|| self.to_string())
    }
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Url(url) => write!(f, "{url}"),
        }
    }
}

impl From<&Path> for SourceLocation {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_are_told_apart() {
        assert_eq!(
            SourceLocation::parse("data/a b.gml").ok(),
            Some(SourceLocation::Path(PathBuf::from("data/a b.gml")))
        );
        let url = SourceLocation::parse("https://example.org/tiles/tileset.json?v=1");
        assert_eq!(
            url.as_ref().map(SourceLocation::short_name).ok().as_deref(),
            Some("tileset.json")
        );
        assert!(SourceLocation::parse("ftp://example.org/a.gml").is_err());
        assert!(SourceLocation::parse("  ").is_err());
    }
}
