//! Resolves the references in a tileset against the document that holds them (RFC 3986, section 5.2).
//!
//! Nothing is opened and nothing is allowed or forbidden here: whoever loads decides which schemes,
//! hosts and folders may be read.

/// The parts of a URI reference, RFC 3986 appendix B; the fragment is dropped.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

fn split(reference: &str) -> Parts<'_> {
    let reference = reference.split('#').next().unwrap_or_default();
    let (before_query, query) = match reference.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (reference, None),
    };
    let (scheme, rest) = match before_query.split_once(':') {
        // One letter is a Windows drive, not a scheme.
        Some((scheme, rest)) if scheme.len() > 1 && is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, before_query),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            (Some(&after[..end]), &after[end..])
        }
        None => (None, rest),
    };
    Parts {
        scheme,
        authority,
        path,
        query,
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Takes `.` and `..` out of a path. Leading `..` segments are kept in a relative path, where they mean
/// a folder above the base, and dropped in an absolute one.
fn without_dot_segments(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(usize::from(absolute)).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                if kept.last().is_some_and(|parent| *parent != "..") {
                    kept.pop();
                } else if !absolute {
                    kept.push("..");
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("{}{}", if absolute { "/" } else { "" }, kept.join("/"))
}

/// The reference as seen from where `base` itself is resolved. `base` is the address of the document
/// (`https://host/city/tileset.json?key=1`, `file:///data/tileset.json`, `sub/tileset.json`, or empty).
/// The query of the base is not inherited. `data:` URIs come back unchanged.
pub fn resolve_uri(base: &str, reference: &str) -> String {
    if reference.starts_with("data:") {
        return reference.to_owned();
    }
    let target = split(reference);
    if target.scheme.is_some() {
        return reference.to_owned();
    }
    let base = split(base);
    let (authority, path, query) = if target.authority.is_some() {
        (
            target.authority,
            without_dot_segments(target.path),
            target.query,
        )
    } else if target.path.is_empty() {
        (
            base.authority,
            base.path.to_owned(),
            target.query.or(base.query),
        )
    } else if target.path.starts_with('/') {
        (
            base.authority,
            without_dot_segments(target.path),
            target.query,
        )
    } else {
        let folder = base
            .path
            .rfind('/')
            .map_or("", |slash| &base.path[..=slash]);
        let folder = if folder.is_empty() && base.authority.is_some() {
            "/"
        } else {
            folder
        };
        (
            base.authority,
            without_dot_segments(&format!("{folder}{}", target.path)),
            target.query,
        )
    };
    let mut resolved = String::new();
    if let Some(scheme) = base.scheme {
        resolved.push_str(scheme);
        resolved.push(':');
    }
    if let Some(authority) = authority {
        resolved.push_str("//");
        resolved.push_str(authority);
    }
    resolved.push_str(&path);
    if let Some(query) = query {
        resolved.push('?');
        resolved.push_str(query);
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_3986_section_5_4() {
        // But for g:h: schemes of one letter are taken for Windows drives.
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolve_uri(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn relative_bases_keep_the_way_up() {
        assert_eq!(resolve_uri("", "tiles/1.b3dm"), "tiles/1.b3dm");
        assert_eq!(resolve_uri("sub/tileset.json", "../1.b3dm"), "1.b3dm");
        assert_eq!(resolve_uri("sub/tileset.json", "../../1.b3dm"), "../1.b3dm");
        assert_eq!(
            resolve_uri("file:///d/city/tileset.json", "a b.glb"),
            "file:///d/city/a b.glb"
        );
        assert_eq!(resolve_uri("http://h/t.json", "data:,x"), "data:,x");
    }
}
