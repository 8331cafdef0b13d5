//! The scanner against `quick_xml`, and in windows of every size.

use std::io::BufReader;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Fault, Found, Scanner};
use crate::text_source::TextSource;

/// Start tags with name and attributes, end tags with the text before them.
type Tokens = Vec<(bool, String, String)>;

fn scanned(text: &str, capacity: usize) -> Result<Tokens, Fault> {
    let reader = BufReader::with_capacity(capacity, text.as_bytes());
    let mut scanner = Scanner::new(TextSource::utf8(reader), u64::MAX, 1);
    let mut tokens = Tokens::new();
    loop {
        match scanner.next()? {
            Found::Start => tokens.push((
                true,
                scanner.open_name(scanner.depth() - 1).to_owned(),
                scanner.tag_attributes().to_owned(),
            )),
            Found::End => tokens.push((false, String::new(), scanner.text().to_owned())),
            Found::Nothing => return Ok(tokens),
        }
    }
}

/// The same by `quick_xml`; `None` where it finds the text ill-formed.
fn expected(text: &str) -> Option<Tokens> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut tokens = Tokens::new();
    let mut run = String::new();
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start[name.len()..].to_owned();
                tokens.push((true, name, attributes));
                run.clear();
                depth += 1;
            }
            Event::End(_) => {
                tokens.push((false, String::new(), std::mem::take(&mut run)));
                depth -= 1;
            }
            Event::Text(text) => run.push_str(&text),
            Event::CData(text) => run.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => run.push(character),
                None => run.push_str(quick_xml::escape::resolve_predefined_entity(&reference)?),
            },
            Event::Eof => return (depth == 0).then_some(tokens),
            _ => {}
        }
    }
}

#[test]
fn every_kind_of_markup() {
    let text = "<?xml version='1.0'?><!DOCTYPE a [ <!ELEMENT a ANY> ]>\n<!-- <a> -->\
        <a x=\"1 > 0\" y='\"'><b/>one &lt; two<!-- , --> <![CDATA[<three>]]>&#33;</a >";
    let tokens = scanned(text, 7).expect("the text is well-formed");
    assert_eq!(tokens[0], (true, "a".into(), " x=\"1 > 0\" y='\"'".into()));
    assert_eq!(
        tokens[3],
        (false, String::new(), "one < two <three>!".into())
    );
    assert_eq!(Some(tokens), expected(text));
}

#[test]
fn faults_are_told_apart() {
    let fault = |text| scanned(text, 64).expect_err("the text has a fault");
    assert!(
        matches!(fault("<a><b></a>"), Fault::IllFormed(reason) if reason == "expected </b>, found </a>")
    );
    assert!(matches!(fault("</a>"), Fault::IllFormed(_)));
    assert!(matches!(fault("<a>< b/></a>"), Fault::IllFormed(_)));
    for cut in [
        "<a>",
        "<a",
        "<a x='>",
        "<a><!-- ",
        "<a><![CDATA[ ]]",
        "<a></a",
        "<",
    ] {
        assert!(matches!(fault(cut), Fault::Truncated), "{cut}");
    }
    let bomb = "<!DOCTYPE a [ <!ENTITY b \"bb\"> ]><a>&b;</a>";
    assert!(matches!(fault(bomb), Fault::EntityDeclaration));
}

#[test]
fn lines_and_leaps() {
    let text = "<a>\n<b>\n<c/></b>\n<b><b/></b>\n<d/></a>";
    let mut scanner = Scanner::new(TextSource::utf8(text.as_bytes()), u64::MAX, 10);
    let mut next = |wanted| loop {
        scanner.next().expect("the text is well-formed");
        if scanner.tag_local_name() == wanted {
            return (scanner.tag_line(), {
                let depth = scanner.depth();
                scanner.leap_out_of(depth).expect("no stream")
            });
        }
    };
    assert_eq!(next("b"), (11, true));
    // The same name further in: the caller has to walk.
    assert_eq!(next("b"), (13, false));
    assert_eq!(next("d"), (14, false));
}

#[test]
fn long_texts_pass_through_the_window() {
    let numbers = "1.25 ".repeat(200_000);
    let text = format!("<a>{}<b>{numbers}</b></a>", "<c>x</c>\n".repeat(100_000));
    let mut scanner = Scanner::new(TextSource::utf8(text.as_bytes()), u64::MAX, 1);
    let mut longest = 0;
    while scanner.next().expect("the text is well-formed") != Found::Nothing {
        longest = longest.max(scanner.text().len());
    }
    assert_eq!(longest, numbers.len());
    assert_eq!(scanner.current_line(), 100_001);
    assert!(
        scanner.window.len() < 3 * numbers.len(),
        "{}",
        scanner.window.len()
    );
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "<a>",
        "</a>",
        "<b x=\"1\">",
        "</b>",
        "<c/>",
        "<c y='>'/>",
        "text",
        " ",
        "ä€",
        "&amp;",
        "&#65;",
        "<!-- - -->",
        "<![CDATA[]]]]>",
        "<![CDATA[<a>]]>",
        "<?pi >?>",
        "\n",
    ])
}

proptest! {
    #[test]
    fn agrees_with_the_library_whatever_the_window(
        pieces in prop::collection::vec(piece(), 0..24),
        capacity in 1_usize..40,
    ) {
        let text = format!("<r>{}</r>", pieces.concat());
        if let Some(tokens) = expected(&text) {
            let found = scanned(&text, capacity).map_err(|fault| TestCaseError::fail(format!("{fault:?}")))?;
            prop_assert_eq!(found, tokens);
        } else {
            prop_assert!(scanned(&text, capacity).is_err());
        }
    }
}

#[test]
fn hostile_markup_is_passed_in_time_that_grows_with_its_length() {
    // Both took minutes when each byte was looked at again for each bracket or reference.
    let count = 200_000;
    let subset = format!(
        "<!DOCTYPE a [{}{}<a/>",
        "<x".repeat(count),
        ">".repeat(count)
    );
    assert!(matches!(scanned(&subset, 4096), Err(Fault::Truncated)));
    let entities = format!("<a>{}</a>", "&b;<!-- -->\n".repeat(count));
    let tokens = scanned(&entities, 4096).expect("the text is well-formed");
    assert_eq!(tokens[1].2.matches("&b;").count(), count);
}
