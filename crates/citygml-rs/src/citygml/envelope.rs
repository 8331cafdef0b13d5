//! The extent at the head of a city model.

use std::io::BufRead;

use super::cursor::{Stop, Token, XmlCursor};
use crate::Envelope;

/// Reads the `gml:boundedBy` whose start tag was just read (GML 3.1.1, 10.1.4.6).
pub(super) fn read_envelope<R: BufRead>(cursor: &mut XmlCursor<R>) -> Result<Envelope, Stop> {
    let outer = cursor.depth();
    let mut envelope = Envelope::default();
    let mut element = String::new();
    while cursor.depth() >= outer {
        match cursor.advance()? {
            Token::Start => {
                cursor.local_name().clone_into(&mut element);
                if envelope.srs_name.is_none() {
                    envelope.srs_name = cursor.attribute("srsName");
                }
            }
            _ => {
                let values = || -> Vec<f64> {
                    let words = cursor.text().split([' ', ',', '\t', '\r', '\n']);
                    words
                        .filter_map(|word| word.parse().ok())
                        .filter(|value: &f64| value.is_finite())
                        .collect()
                };
                match element.as_str() {
                    "lowerCorner" => envelope.lower_corner = values(),
                    "upperCorner" => envelope.upper_corner = values(),
                    // GML 3.0 and files that follow it write two positions.
                    "pos" if envelope.lower_corner.is_empty() => envelope.lower_corner = values(),
                    "pos" => envelope.upper_corner = values(),
                    _ => {}
                }
                element.clear();
            }
        }
    }
    Ok(envelope)
}
