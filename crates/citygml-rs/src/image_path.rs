//! Paths that files name: images of textures, library objects.

use std::path::{Component, Path, PathBuf};

/// The path of a file that a model refers to, relative to the model's folder. `None` for URLs, absolute paths and
/// whatever leads out of the folder: a model must not make a program read other files.
///
/// Backslashes count as slashes, `%20` and the like are decoded, `./` and inner `..` are resolved.
///
/// ```
/// use std::path::Path;
/// use citygml_rs::safe_relative_path;
///
/// assert_eq!(safe_relative_path("tex\\wall%201.jpg").as_deref(), Some(Path::new("tex/wall 1.jpg")));
/// assert_eq!(safe_relative_path("../../etc/passwd"), None);
/// assert_eq!(safe_relative_path("file:///etc/passwd"), None);
/// assert_eq!(safe_relative_path("C:\\secret.png"), None);
/// ```
pub fn safe_relative_path(reference: &str) -> Option<PathBuf> {
    let decoded = percent_decoded(reference.trim())?.replace('\\', "/");
    if decoded.is_empty()
        || decoded.contains('\0')
        || decoded.starts_with('/')
        || decoded.contains(':')
    {
        return None;
    }
    let mut path = PathBuf::new();
    for component in Path::new(&decoded).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (path != PathBuf::new()).then_some(path)
}

/// RFC 3986, 2.1; a percent sign that starts no such code stays as it is.
fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detour_inside_the_folder_is_fine_and_one_outside_is_not() {
        assert_eq!(
            safe_relative_path("a/../b.png"),
            Some(PathBuf::from("b.png"))
        );
        assert_eq!(
            safe_relative_path("./100%.png"),
            Some(PathBuf::from("100%.png"))
        );
        assert_eq!(safe_relative_path("a/../../b.png"), None);
        assert_eq!(safe_relative_path("%2e%2e/b.png"), None);
        assert_eq!(safe_relative_path("http://example.org/a.png"), None);
        assert_eq!(safe_relative_path("."), None);
    }
}
