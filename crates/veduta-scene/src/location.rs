//! Where a file is: on this machine or on the web.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

/// A path or an `http(s)` address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    /// A file or folder; relative ones start from the working directory.
    Path(PathBuf),
    /// An `http` or `https` address.
    Url(Url),
}

/// Why something is no location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// Nothing said where it is.
    #[error("neither `path` nor `url` is given; add one of them")]
    Missing,
    /// Two places at once.
    #[error("both `path` and `url` are given; keep one of them")]
    Ambiguous,
    /// The address cannot be read.
    #[error("`{url}` is no address ({reason}); write it like https://example.org/tileset.json")]
    Address {
        /// As written.
        url: String,
        /// What the URL standard objects to.
        reason: String,
    },
    /// The address is not one of the web.
    #[error(
        "`{url}` starts with `{scheme}:`; only http and https addresses can be opened, use `path` for files"
    )]
    Scheme {
        /// As written.
        url: String,
        /// Its scheme.
        scheme: String,
    },
}

impl Location {
    /// What a person typed or dropped: text with `http://` or `https://` in front is an address, anything
    /// else a path, so that no file name is ever mistaken for an address.
    ///
    /// # Errors
    /// When an address cannot be read.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        let lower = text.trim_start().to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            web_address(text).map(Self::Url)
        } else {
            Ok(Self::Path(PathBuf::from(text)))
        }
    }

    pub(crate) fn of(
        path: Option<&str>,
        url: Option<&str>,
        base_directory: &Path,
    ) -> Result<Self, LocationError> {
        match (path, url) {
            (Some(path), None) => Ok(Self::Path(base_directory.join(path))),
            (None, Some(url)) => web_address(url).map(Self::Url),
            (None, None) => Err(LocationError::Missing),
            (Some(_), Some(_)) => Err(LocationError::Ambiguous),
        }
    }

    /// The last part without extension, to name a source after; `tileset.json` is named after its folder.
    pub fn stem(&self) -> String {
        let segments: Vec<String> = match self {
            Self::Path(path) => path
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect(),
            Self::Url(url) => {
                let mut segments = vec![url.host_str().unwrap_or_default().to_owned()];
                segments.extend(
                    url.path_segments()
                        .into_iter()
                        .flatten()
                        .filter(|s| !s.is_empty())
                        .map(str::to_owned),
                );
                segments
            }
        };
        let Some(last) = segments.last() else {
            return self.to_string();
        };
        if last.eq_ignore_ascii_case("tileset.json") && segments.len() > 1 {
            return segments[segments.len() - 2].clone();
        }
        // A host name keeps its dots; `city.gml.gz` loses both extensions.
        if segments.len() == 1 && matches!(self, Self::Url(_)) {
            return last.clone();
        }
        match last.find('.') {
            Some(dot) if dot > 0 => last[..dot].to_owned(),
            _ => last.clone(),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Url(url) => url.fmt(f),
        }
    }
}

/// Reads an address and refuses what is not of the web.
pub(crate) fn web_address(text: &str) -> Result<Url, LocationError> {
    let url = Url::parse(text.trim()).map_err(|error| LocationError::Address {
        url: text.to_owned(),
        reason: error.to_string(),
    })?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(LocationError::Scheme {
            url: text.to_owned(),
            scheme: url.scheme().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_location_is_a_path_unless_it_is_of_the_web() {
        assert!(matches!(
            Location::parse("https://example.org/tileset.json"),
            Ok(Location::Url(_))
        ));
        assert!(matches!(
            Location::parse("HTTP://example.org"),
            Ok(Location::Url(_))
        ));
        assert_eq!(
            Location::parse("C:/city.gml"),
            Ok(Location::Path("C:/city.gml".into()))
        );
        assert_eq!(
            Location::parse("http.gml"),
            Ok(Location::Path("http.gml".into()))
        );
        assert!(matches!(
            Location::parse("http://"),
            Err(LocationError::Address { .. })
        ));
    }

    #[test]
    fn only_web_addresses_are_urls() {
        let base = Path::new("scenes");
        assert!(matches!(
            Location::of(None, Some("file:///etc/passwd"), base),
            Err(LocationError::Scheme { scheme, .. }) if scheme == "file"
        ));
        assert_eq!(
            Location::of(Some("a"), Some("http://b"), base),
            Err(LocationError::Ambiguous)
        );
        assert_eq!(Location::of(None, None, base), Err(LocationError::Missing));
        assert_eq!(
            Location::of(Some("../city.gml"), None, base),
            Ok(Location::Path("scenes/../city.gml".into()))
        );
    }

    #[test]
    fn names_come_from_the_file() {
        let stem = |text: &str| Location::parse(text).map(|location| location.stem());
        assert_eq!(stem("a/old_town.gml.gz").as_deref(), Ok("old_town"));
        assert_eq!(stem("a/berlin/tileset.json").as_deref(), Ok("berlin"));
        assert_eq!(
            stem("https://tiles.example.org/berlin/tileset.json?v=1").as_deref(),
            Ok("berlin")
        );
        assert_eq!(
            stem("https://tiles.example.org/").as_deref(),
            Ok("tiles.example.org")
        );
        assert_eq!(stem("a/.hidden").as_deref(), Ok(".hidden"));
    }
}
