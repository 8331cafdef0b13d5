//! The `@context`: short names for IRIs (ETSI GS CIM 009, 4.4).
//!
//! Only what a client needs: a flat table of terms. It compacts the IRIs that brokers answer with when their context
//! is not ours, and it is never required: without one, the names of the core context and of its default vocabulary
//! are still shortened. Fetching contexts is not its business.

use std::collections::HashMap;

use serde_json::Value;

/// The core context of NGSI-LD that this crate names in its requests and answers.
pub const CORE_CONTEXT_URL: &str =
    "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";

/// `rel` of the `Link` header that names a context (6.3.5).
pub const CONTEXT_LINK_RELATION: &str = "http://www.w3.org/ns/json-ld#context";

/// IRI prefixes under which terms live that no context defines, the longest first.
const DEFAULT_VOCABULARIES: &[&str] = &[
    "https://uri.etsi.org/ngsi-ld/default-context/",
    "https://uri.etsi.org/ngsi-ld/",
    "http://uri.etsi.org/ngsi-ld/default-context/",
    "http://uri.etsi.org/ngsi-ld/",
    "ngsi-ld:default-context/",
    "ngsi-ld:",
];

/// Short names and the IRIs they stand for.
#[derive(Debug, Clone, Default)]
pub struct Context {
    iri_by_term: HashMap<String, String>,
    term_by_iri: HashMap<String, String>,
}

impl Context {
    /// The core context alone.
    pub fn core() -> Self {
        Self::default()
    }

    /// Adds the terms of a context document, `{"@context": {"temperature": "https://…"}}`; members of a list are
    /// added in order, later ones win, and references to other documents are passed over.
    pub fn add_document(&mut self, document: &Value) {
        match document.get("@context").unwrap_or(document) {
            Value::Array(items) => items.iter().for_each(|item| self.add_document(item)),
            Value::Object(terms) => {
                for (term, definition) in terms.iter().filter(|(term, _)| !term.starts_with('@')) {
                    let iri = definition
                        .as_str()
                        .or_else(|| definition.get("@id").and_then(Value::as_str));
                    if let Some(iri) = iri {
                        self.add_term(term, &self.resolve_prefix(iri, terms));
                    }
                }
            }
            _ => {}
        }
    }

    fn add_term(&mut self, term: &str, iri: &str) {
        self.iri_by_term.insert(term.to_owned(), iri.to_owned());
        self.term_by_iri.insert(iri.to_owned(), term.to_owned());
    }

    /// `ex:Sensor` where `ex` is a term of the same document.
    fn resolve_prefix(&self, iri: &str, terms: &serde_json::Map<String, Value>) -> String {
        if let Some((prefix, name)) = iri.split_once(':')
            && !name.starts_with("//")
            && let Some(base) = terms
                .get(prefix)
                .and_then(Value::as_str)
                .or_else(|| self.iri_by_term.get(prefix).map(String::as_str))
        {
            return format!("{base}{name}");
        }
        iri.to_owned()
    }

    /// The short name of an attribute, type or term; what has none stays as it is.
    pub fn compact(&self, name: String) -> String {
        // Short names are the rule and hold no colon.
        if !name.contains(':') {
            return name;
        }
        if let Some(term) = self.term_by_iri.get(&name) {
            return term.clone();
        }
        DEFAULT_VOCABULARIES
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .filter(|term| !term.is_empty() && !term.contains('/'))
            .map(str::to_owned)
            .unwrap_or(name)
    }

    /// The IRI a short name stands for: from the documents added, else in the default vocabulary.
    pub fn expand(&self, term: &str) -> String {
        match self.iri_by_term.get(term) {
            Some(iri) => iri.clone(),
            None if term.contains(':') => term.to_owned(),
            None => format!("https://uri.etsi.org/ngsi-ld/default-context/{term}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_default_vocabulary_is_shortened_without_any_document() {
        let context = Context::core();
        for (long, short) in [
            (
                "https://uri.etsi.org/ngsi-ld/default-context/temperature",
                "temperature",
            ),
            ("ngsi-ld:default-context/temperature", "temperature"),
            ("https://uri.etsi.org/ngsi-ld/location", "location"),
            ("temperature", "temperature"),
            ("https://example.org/other", "https://example.org/other"),
        ] {
            assert_eq!(context.compact(long.to_owned()), short);
        }
        assert_eq!(context.compact(context.expand("no2")), "no2");
    }

    #[test]
    fn the_terms_of_a_document_are_used_both_ways() {
        let mut context = Context::core();
        context.add_document(&json!({"@context": [
            "https://elsewhere.example/context.jsonld",
            {"ex": "https://example.org/", "no2": "ex:NO2", "Sensor": {"@id": "https://example.org/Sensor"}}
        ]}));
        assert_eq!(context.compact("https://example.org/NO2".to_owned()), "no2");
        assert_eq!(context.expand("Sensor"), "https://example.org/Sensor");
    }
}
