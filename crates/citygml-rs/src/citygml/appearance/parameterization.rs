//! Texture coordinates: `TexCoordList` and `TexCoordGen` in the encodings of 0.4 to 3.0.

use std::io::BufRead;
use std::sync::Arc;

use super::index::{AppearanceIndex, Parameterization};
use crate::citygml::cursor::{Stop, Token, XmlCursor};
use crate::citygml::number::append_numbers;

/// What stands in a `target` or `textureParameterization`.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Ids without the number sign (3.0 writes them in here).
    pub(super) targets: Vec<String>,
    pub(super) parameterization: Option<Arc<Parameterization>>,
}

/// Reads the element whose start tag was just read, up to its end.
///
/// 2.0 writes `textureCoordinates` with an attribute `ring`; 3.0 writes lists of `textureCoordinates` and `ring`, which
/// are matched in order.
pub(super) fn read_parameterization<R: BufRead>(
    cursor: &mut XmlCursor<R>,
    index: &mut AppearanceIndex,
) -> Result<Found, Stop> {
    let outer = cursor.depth();
    let mut found = Found::default();
    let mut element = cursor.local_name().to_owned();
    let mut id = None;
    let mut ring_attribute = None;
    let mut rings: Vec<String> = Vec::new();
    let mut lists: Vec<Vec<[f32; 2]>> = Vec::new();
    let mut matrix = None;
    while cursor.depth() >= outer {
        match cursor.advance()? {
            Token::Start => {
                element.clear();
                element.push_str(cursor.local_name());
                ring_attribute = cursor.attribute("ring");
                match element.as_str() {
                    "TexCoordList" | "TexCoordGen" => id = cursor.attribute("id"),
                    "target" => found
                        .targets
                        .extend(cursor.attribute("href").as_deref().map(target_id)),
                    "textureParameterization" => {
                        if let Some(href) = cursor.attribute("href") {
                            let shared = index.parameterizations.get(&target_id(&href));
                            found.parameterization = shared.map(Arc::clone);
                        }
                    }
                    _ => {}
                }
            }
            Token::End => {
                let text = cursor.text().trim();
                let is_good = text.is_empty()
                    || match element.as_str() {
                        "textureCoordinates" => {
                            rings.extend(ring_attribute.take().as_deref().map(target_id));
                            let pairs = pairs(text);
                            let is_good = pairs.is_some();
                            lists.push(pairs.unwrap_or_default());
                            is_good
                        }
                        "ring" => {
                            rings.push(target_id(text));
                            true
                        }
                        "target" => {
                            found.targets.push(target_id(text));
                            true
                        }
                        "worldToTexture" => {
                            let values = numbers(text);
                            matrix = values.and_then(|values| values.try_into().ok());
                            matrix.is_some()
                        }
                        _ => true,
                    };
                if !is_good {
                    index.note_broken(cursor.line());
                }
                element.clear();
            }
            Token::EndOfDocument => return Err(Stop::Truncated),
        }
    }
    if rings.len() != lists.len() {
        index.note_broken(cursor.line());
    }
    let own = match matrix {
        Some(matrix) => Some(Parameterization::Generated(matrix)),
        None if lists.is_empty() => None,
        None => {
            let rings = rings.into_iter().map(String::into_boxed_str);
            let mut rings: Vec<_> = rings.zip(lists).collect();
            // A list that is no list of numbers was counted; its ring goes without.
            rings.retain(|(_, list)| !list.is_empty());
            rings.sort_by(|(one, _), (two, _)| one.cmp(two));
            Some(Parameterization::Rings(rings))
        }
    };
    if let Some(own) = own {
        let own = Arc::new(own);
        if let Some(id) = id {
            index.parameterizations.insert(id, Arc::clone(&own));
        }
        found.parameterization = Some(own);
    }
    Ok(found)
}

/// `#id`, and `id` as some write it.
pub(super) fn target_id(uri: &str) -> String {
    let uri = uri.trim();
    uri.strip_prefix('#').unwrap_or(uri).to_owned()
}

/// Finite numbers with white space (or, in drafts, commas) between them.
pub(in crate::citygml) fn numbers(text: &str) -> Option<Vec<f64>> {
    let mut values = Vec::new();
    append_numbers(&text.replace(',', " "), &mut values).ok()?;
    Some(values)
}

/// Texture coordinates, two by two.
pub(super) fn pairs(text: &str) -> Option<Vec<[f32; 2]>> {
    let values = numbers(text)?;
    let pairs = values.as_chunks::<2>();
    (pairs.1.is_empty() && !pairs.0.is_empty()).then(|| {
        pairs
            .0
            .iter()
            .map(|pair| pair.map(|value| value as f32))
            .collect()
    })
}
