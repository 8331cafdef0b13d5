//! Finds city objects, entities and viewpoints by name, address or identifier.

use bevy::prelude::*;
use veduta_panels::{EntityKind, ObjectKind, SearchResult, SearchTarget};

use super::scene::titled;
use crate::{city::CityFeatures, live::LiveEntity, stream::StreamState};

/// More answers than this help nobody.
const MAX_RESULTS: usize = 12;

/// Answers to the last search.
#[derive(Resource, Debug, Default)]
pub struct SearchState {
    /// Best first.
    pub results: Vec<SearchResult>,
}

/// How well a text answers; smaller is better, `None` does not.
fn rank(text: &str, words: &[String]) -> Option<usize> {
    let text = text.to_lowercase();
    let first = words.first()?;
    let all = words.iter().all(|word| text.contains(word.as_str()));
    // "Markt 2" is not "Markt 12": whole words count before parts of words.
    let whole = |word: &String| {
        let mut parts = text.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| part == word)
    };
    let parted = usize::from(!words.iter().all(whole));
    let head = text.split(',').next().unwrap_or(&text).trim();
    all.then(|| match text.find(first.as_str()) {
        _ if head == words.join(" ") => 0,
        Some(0) => 1 + parted,
        _ => 3 + parted + text.len() / 64,
    })
}

/// Everything that answers, best first.
pub fn search<'a>(
    query: &str,
    stream: &StreamState,
    city: &CityFeatures,
    entities: impl Iterator<Item = &'a LiveEntity>,
) -> Vec<SearchResult> {
    let words: Vec<String> = query
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut found: Vec<(usize, SearchResult)> = Vec::new();
    let viewpoints = stream.scene.iter().flat_map(|scene| &scene.viewpoints);
    for viewpoint in viewpoints {
        let title = titled(&viewpoint.title, &viewpoint.name);
        if let Some(rank) = rank(title, &words) {
            found.push((
                rank,
                SearchResult {
                    target: SearchTarget::Viewpoint(viewpoint.name.as_str().into()),
                    title: title.to_owned(),
                    detail: String::new(),
                },
            ));
        }
    }
    for live in entities {
        let name = live.display_name();
        let by_name = rank(&name, &words);
        let by_id = rank(&live.entity.id, &words).map(|rank| rank + 2);
        let by_type = rank(live.entity.entity_type(), &words).map(|rank| rank + 3);
        if let Some(rank) = [by_name, by_id, by_type].into_iter().flatten().min() {
            let kind = EntityKind::from_type_name(live.entity.entity_type());
            found.push((
                rank + 1,
                SearchResult {
                    target: SearchTarget::Entity(live.entity.id.as_str().into(), kind),
                    title: name,
                    detail: live.entity.entity_type().to_owned(),
                },
            ));
        }
    }
    let objects = city
        .all()
        .filter(|object| object.feature.variant_of.is_none());
    for object in objects {
        let feature = object.feature;
        let texts = [feature.name.as_deref(), feature.address.as_deref()];
        let by_text = texts
            .into_iter()
            .flatten()
            .filter_map(|text| rank(text, &words))
            .min();
        let by_id = rank(&feature.id, &words).map(|rank| rank + 2);
        if let Some(rank) = [by_text, by_id].into_iter().flatten().min() {
            let kind = ObjectKind::from_type_name(&feature.object_type);
            let title = feature.name.clone().or_else(|| feature.address.clone());
            let detail = match (&feature.name, &feature.address) {
                (Some(_), Some(address)) => address.clone(),
                _ => feature.id.clone(),
            };
            found.push((
                rank,
                SearchResult {
                    target: SearchTarget::Object(feature.id.as_str().into(), kind),
                    title: title.unwrap_or_else(|| feature.id.clone()),
                    detail,
                },
            ));
        }
    }
    found.sort_by_cached_key(|(rank, result)| (*rank, by_numbers(&result.title)));
    found.dedup_by(|a, b| a.1.target == b.1.target);
    found.truncate(MAX_RESULTS);
    found.into_iter().map(|(_, result)| result).collect()
}

/// Pieces of a title by which number 2 comes before number 12: text and the number after it.
fn by_numbers(title: &str) -> Vec<(String, u64)> {
    let mut pieces = Vec::new();
    let mut rest = title;
    while !rest.is_empty() {
        let digits_at = rest
            .find(|letter: char| letter.is_ascii_digit())
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(digits_at);
        let end = after
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, after) = after.split_at(end);
        pieces.push((text.to_owned(), digits.parse().unwrap_or(0)));
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn house_numbers_follow_in_their_order() {
        let mut titles = ["Bergen 12, Wesel", "Bergen 2a", "Bergen 2, Wesel", "Bergen"];
        titles.sort_by_key(|title| by_numbers(title));
        assert_eq!(
            titles,
            ["Bergen", "Bergen 2, Wesel", "Bergen 2a", "Bergen 12, Wesel"]
        );
    }

    #[test]
    fn all_words_must_be_there_and_the_exact_name_comes_first() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(rank("Marktplatz", &words("marktplatz")), Some(0));
        assert_eq!(
            rank("Marktplatz 3, 70173 Stadt", &words("markt 70173")),
            Some(2)
        );
        assert_eq!(rank("Am Marktplatz", &words("marktplatz")), Some(3));
        let street =
            |number: &str| rank(&format!("Markt {number}, 70173 Stadt"), &words("markt 2"));
        assert!(street("2") < street("12"));
        assert_eq!(rank("Marktplatz", &words("markt 12")), None);
    }
}
