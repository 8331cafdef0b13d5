//! Which standard an element belongs to, by its prefix.

/// Whose element it is. Only the differences that decide something are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// Any CityGML module, or no declared namespace: hand-made files forget it.
    CityGml,
    /// GML 3.1.1 or 3.2.1.
    Gml,
    /// Everything else: application domain extensions.
    Other,
}

/// Prefixes in scope, and the CityGML version they tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespaces {
    /// In order of declaration; the last one of a prefix is in force.
    bindings: Vec<Binding>,
    core_version: Option<&'static str>,
    module_version: Option<&'static str>,
}

#[derive(Debug, Clone)]
struct Binding {
    prefix: String,
    key: u64,
    namespace: Namespace,
    /// Depth of the element that declared it.
    depth: usize,
}

impl Namespaces {
    /// Takes the declaration `xmlns:prefix="uri"`; the default namespace has the empty prefix.
    pub(crate) fn declare(&mut self, prefix: &str, uri: &str, depth: usize) {
        if let Some((version, is_core)) = citygml_version(uri) {
            let slot = if is_core {
                &mut self.core_version
            } else {
                &mut self.module_version
            };
            *slot = (*slot).max(Some(version));
        }
        self.bindings.push(Binding {
            prefix: prefix.to_owned(),
            key: key(prefix),
            namespace: classify(uri),
            depth,
        });
    }

    /// Forgets what was declared deeper than `depth`.
    pub(crate) fn leave(&mut self, depth: usize) {
        while self
            .bindings
            .last()
            .is_some_and(|binding| binding.depth > depth)
        {
            self.bindings.pop();
        }
    }

    pub(crate) fn of(&self, prefix: &str) -> Namespace {
        let key = key(prefix);
        self.bindings
            .iter()
            .rev()
            .find(|binding| binding.key == key && (key != LONG || binding.prefix == prefix))
            .map_or(Namespace::CityGml, |binding| binding.namespace)
    }

    /// `1.0`, `2.0`…: the version of the core module, else the highest of any module declared so far.
    pub(crate) fn citygml_version(&self) -> Option<&'static str> {
        self.core_version.or(self.module_version)
    }
}

/// Stands for all prefixes that do not fit a key.
const LONG: u64 = u64::MAX;

/// Bytes and length of a short prefix in one number, which compares faster than text.
fn key(prefix: &str) -> u64 {
    match prefix.len() {
        length @ 0..=7 => {
            let bytes = prefix.bytes();
            bytes.fold(length as u64, |key, byte| key << 8 | u64::from(byte))
        }
        _ => LONG,
    }
}

fn classify(uri: &str) -> Namespace {
    if uri == "http://www.opengis.net/gml" || uri.starts_with("http://www.opengis.net/gml/") {
        Namespace::Gml
    } else if citygml_version(uri).is_some() {
        Namespace::CityGml
    } else {
        Namespace::Other
    }
}

/// Version and whether it is the core module: `http://www.opengis.net/citygml/2.0` is, `…/citygml/building/2.0` is not.
/// The drafts up to 0.4 lived at `citygml.org` in one namespace.
fn citygml_version(uri: &str) -> Option<(&'static str, bool)> {
    if uri.starts_with("http://www.citygml.org/citygml/") {
        return Some(("0.4", true));
    }
    let rest = uri.strip_prefix("http://www.opengis.net/citygml/")?;
    let last = rest.trim_end_matches('/').rsplit('/').next()?;
    let version = match last {
        "1.0" => "1.0",
        "2.0" => "2.0",
        "3.0" => "3.0",
        _ => return None,
    };
    // The namespace of profiles stands beside the core: it says nothing about the content.
    Some((version, !rest.contains('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_module_tells_the_version() {
        let mut namespaces = Namespaces::default();
        namespaces.declare("veg", "http://www.opengis.net/citygml/vegetation/1.0", 1);
        assert_eq!(namespaces.citygml_version(), Some("1.0"));
        namespaces.declare("", "http://www.opengis.net/citygml/2.0", 1);
        assert_eq!(namespaces.citygml_version(), Some("2.0"));
        assert_eq!(namespaces.of("veg"), Namespace::CityGml);
        assert_eq!(namespaces.of(""), Namespace::CityGml);
    }

    #[test]
    fn inner_declarations_end_with_their_element() {
        let mut namespaces = Namespaces::default();
        namespaces.declare("x", "http://www.opengis.net/gml/3.2", 1);
        namespaces.declare("x", "http://example.org/ade", 5);
        assert_eq!(namespaces.of("x"), Namespace::Other);
        namespaces.leave(4);
        assert_eq!(namespaces.of("x"), Namespace::Gml);
        assert_eq!(namespaces.of("undeclared"), Namespace::CityGml);
        namespaces.declare("extension", "http://example.org/ade", 1);
        assert_eq!(namespaces.of("extension"), Namespace::Other);
        assert_eq!(namespaces.of("extensive"), Namespace::CityGml);
    }
}
