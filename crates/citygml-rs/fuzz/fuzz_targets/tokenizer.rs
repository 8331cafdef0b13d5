//! The reader's own XML scanner against `quick_xml`, in windows of several sizes.
//!
//! The scanner is no part of the crate's interface, so its sources are built into this program.

#![no_main]
#![allow(dead_code, reason = "only the scanner of the included modules is used")]

use std::io::BufReader;

use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;

use citygml::scanner::{Found, Scanner};
use citygml_rs::ReadError;
use text_source::TextSource;

#[path = "../../src/citygml"]
mod citygml {
    mod references;
    pub(crate) mod scanner;
}
#[path = "../../src/text_source.rs"]
mod text_source;

/// Whether it is a start; its name or the text before the end; attributes.
type Tokens = Vec<(bool, String, String)>;

fuzz_target!(|bytes: &[u8]| {
    let Some((&size, text)) = bytes.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let whole = scanned(text, text.len().max(1));
    let windowed = scanned(text, usize::from(size) + 1);
    assert_eq!(
        whole, windowed,
        "the size of the window changes what is found"
    );
    // What the general parser takes for well-formed, the scanner must read in the same way. The other way round it may
    // be more patient.
    if let Some(expected) = expected(text) {
        assert_eq!(whole, Some(expected));
    }
});

fn scanned(text: &str, capacity: usize) -> Option<Tokens> {
    let reader = BufReader::with_capacity(capacity, text.as_bytes());
    let mut scanner = Scanner::new(TextSource::utf8(reader), u64::MAX, 1);
    let mut tokens = Tokens::new();
    loop {
        match scanner.next().ok()? {
            Found::Start => tokens.push((
                true,
                scanner.open_name(scanner.depth() - 1).to_owned(),
                scanner.tag_attributes().to_owned(),
            )),
            Found::End => tokens.push((false, scanner.text().to_owned(), String::new())),
            Found::Nothing => return Some(tokens),
        }
    }
}

/// `None` where `quick_xml` finds the text ill-formed, where it should have, or where there is a document type.
fn expected(text: &str) -> Option<Tokens> {
    if text
        .chars()
        .any(|character| character.is_control() && !character.is_whitespace())
    {
        return None;
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_comments = true;
    let mut tokens = Tokens::new();
    let mut run = String::new();
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let is_sound = is_name(&name)
                    && start.attributes().all(|attribute| {
                        attribute.is_ok_and(|attribute| {
                            is_name(attribute.key.as_ref()) && !attribute.value.contains('<')
                        })
                    });
                if !is_sound {
                    return None;
                }
                let attributes = start[name.len()..].to_owned();
                tokens.push((true, name, attributes));
                run.clear();
                depth += 1;
            }
            Event::End(_) => {
                tokens.push((false, std::mem::take(&mut run), String::new()));
                depth -= 1;
            }
            Event::Text(text) => run.push_str(&text),
            Event::CData(text) => run.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => run.push(character),
                None => run.push_str(quick_xml::escape::resolve_predefined_entity(&reference)?),
            },
            Event::DocType(_) => return None,
            Event::Eof => return (depth == 0).then_some(tokens),
            _ => {}
        }
    }
}

/// Whether XML allows this as a name; `quick_xml` takes anything.
fn is_name(name: &str) -> bool {
    let may_start = |byte: u8| byte.is_ascii_alphabetic() || b"_:".contains(&byte) || byte >= 0x80;
    name.bytes().next().is_some_and(may_start)
        && name
            .bytes()
            .all(|byte| may_start(byte) || byte.is_ascii_digit() || b"-.".contains(&byte))
}
