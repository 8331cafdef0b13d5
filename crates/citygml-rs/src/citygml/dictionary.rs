//! Dictionaries of definitions, which cities use as code lists.

use std::io::BufRead;

use super::cursor::{Stop, Token, XmlCursor};
use crate::ReadOptions;
use crate::code_lists::CodeList;
use crate::text_source::TextSource;

/// Definitions in one list.
const MAX_DEFINITIONS: usize = 500_000;

/// What a definition says.
#[derive(Debug, Default)]
struct Definition {
    identifier: Option<String>,
    description: Option<String>,
    names: Vec<String>,
}

/// Reads a dictionary; `None` if it cannot be read to its end.
///
/// A definition has its code in its first name and the text in its description or in a second name; or, as GML 3.2.1 has
/// it, the code in its identifier and the text in its name.
pub(crate) fn read_dictionary(source: impl BufRead, options: &ReadOptions) -> Option<CodeList> {
    let source = TextSource::new(source).ok()?;
    let mut cursor = XmlCursor::new(source, 1, options);
    read_definitions(&mut cursor).ok()
}

fn read_definitions<R: BufRead>(cursor: &mut XmlCursor<R>) -> Result<CodeList, Stop> {
    let mut list = CodeList::new();
    loop {
        match cursor.advance()? {
            Token::EndOfDocument => return Ok(list),
            Token::Start if cursor.local_name() == "Definition" && list.len() < MAX_DEFINITIONS => {
                read_definition(cursor)?.add_to(&mut list);
            }
            Token::Start | Token::End => {}
        }
    }
}

fn read_definition<R: BufRead>(cursor: &mut XmlCursor<R>) -> Result<Definition, Stop> {
    let mut definition = Definition::default();
    while let Token::Start = cursor.advance()? {
        let local = cursor.local_name().to_owned();
        cursor.skip_element()?;
        let text = cursor.text().trim();
        if text.is_empty() {
            continue;
        }
        match local.as_str() {
            "identifier" => definition.identifier = Some(text.to_owned()),
            "description" => definition.description = Some(text.to_owned()),
            "name" => definition.names.push(text.to_owned()),
            _ => {}
        }
    }
    Ok(definition)
}

impl Definition {
    fn add_to(self, list: &mut CodeList) {
        let mut names = self.names.into_iter();
        let first = names.next();
        if let Some(identifier) = self.identifier
            && let Some(text) = first.as_ref().or(self.description.as_ref())
        {
            list.entry(identifier).or_insert_with(|| text.clone());
        }
        if let Some(code) = first
            && let Some(text) = names.next().or(self.description)
        {
            list.entry(code).or_insert(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(definition: &str) -> Option<CodeList> {
        let text = format!(
            r#"<gml:Dictionary xmlns:gml="http://www.opengis.net/gml"><gml:name>a list</gml:name><gml:dictionaryEntry><gml:Definition>{definition}</gml:Definition></gml:dictionaryEntry></gml:Dictionary>"#
        );
        read_dictionary(text.as_bytes(), &ReadOptions::default())
    }

    #[test]
    fn codes_and_texts_in_all_encodings() {
        for definition in [
            "<gml:description>flat</gml:description><gml:name>1000</gml:name>",
            "<gml:description>longer</gml:description><gml:name>1000</gml:name><gml:name>flat</gml:name>",
            r#"<gml:identifier codeSpace="x">1000</gml:identifier><gml:name>flat</gml:name>"#,
        ] {
            let list = list(definition).expect("a dictionary");
            assert_eq!(list.get("1000").map(String::as_str), Some("flat"));
        }
        assert_eq!(
            list("<gml:name>1000</gml:name>").map(|list| list.len()),
            Some(0)
        );
        assert_eq!(list("<gml:name>1000</gml:oops>"), None);
    }
}
