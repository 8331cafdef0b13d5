//! `Link` headers (RFC 8288) as brokers write them: several in one header or in several, parameters in any order,
//! quoted or not, relative or absolute.

use reqwest::header::{HeaderMap, LINK};

/// The target of the first link with a relation.
pub(super) fn link_target(headers: &HeaderMap, relation: &str) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(links)
        .find(|(_, parameters)| has_relation(parameters, relation))
        .map(|(target, _)| target.to_owned())
}

/// Splits `<target>; parameters, <target>; parameters`. A comma may stand inside a target or a quoted parameter, so
/// links are told apart by their angle brackets.
fn links(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let start = rest.find('<')?;
        let end = start + rest[start..].find('>')?;
        let target = &rest[start + 1..end];
        let after = &rest[end + 1..];
        let next = after
            .find(",<")
            .or_else(|| after.find(", <"))
            .unwrap_or(after.len());
        let parameters = &after[..next];
        rest = &after[next..];
        Some((target, parameters))
    })
}

fn has_relation(parameters: &str, relation: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(key, value)| {
            key.trim().eq_ignore_ascii_case("rel")
                && value
                    .trim()
                    .trim_matches('"')
                    .split_whitespace()
                    .any(|rel| rel == relation)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        values
            .iter()
            .map(|value| (LINK, value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_next_page_is_found_among_several_links() {
        let context = r#"<https://uri.etsi.org/x.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json""#;
        let next = r#"</ngsi-ld/v1/entities?type=A,B&offset=2>;rel="next";type="application/json""#;
        for headers in [headers(&[context, next]), headers(&[next, context])] {
            let target = link_target(&headers, "next");
            assert_eq!(
                target.as_deref(),
                Some("/ngsi-ld/v1/entities?type=A,B&offset=2")
            );
        }
        assert_eq!(link_target(&headers(&[context]), "next"), None);
    }

    #[test]
    fn several_links_may_share_a_header() {
        let joined = headers(&[r#"</a?offset=0>; type="x"; rel=prev, </a?offset=4>; rel="next""#]);
        assert_eq!(link_target(&joined, "next").as_deref(), Some("/a?offset=4"));
        assert_eq!(link_target(&joined, "prev").as_deref(), Some("/a?offset=0"));
    }
}
