//! Appearances of the whole city model, gathered before its objects are read.

use std::io::{self, BufRead};

use super::index::AppearanceIndex;
use crate::citygml::reader::{CityGmlReader, Place};
use crate::{Diagnostics, ObjectFilter, ReadError, ReadOptions};

/// Reads the appearances that belong to the city model itself and passes over its objects.
///
/// Damage ends at the next member, as when objects are read; it is not reported here, since reading the objects meets it
/// again.
///
/// # Errors
/// As [`CityGmlReader::next_object`].
pub(crate) fn collect_appearances<R: BufRead>(
    source: R,
    options: &ReadOptions,
) -> Result<AppearanceIndex, ReadError> {
    let options = ReadOptions {
        filter: ObjectFilter::default(),
        ..options.clone()
    };
    let mut reader = CityGmlReader::new(source, options)?;
    let mut unheard = Diagnostics::new();
    while reader.place != Place::Ended {
        let passed = match reader.find_object() {
            Ok(true) => {
                let depth = reader.cursor.depth();
                reader.place = reader.place_after_object(depth);
                reader.cursor.leap_out_of(depth)
            }
            Ok(false) => break,
            Err(stop) => Err(stop),
        };
        if let Err(stop) = passed {
            reader.handle_stop(stop, None, &mut unheard)?;
        }
        unheard.items.clear();
    }
    Ok(reader.take_appearances())
}

/// What the property is called that holds an appearance of the city model, in all versions.
const PROPERTY: &[u8] = b"appearanceMember";

/// Whether the text holds the name of such a property somewhere: a quick look that saves most files the reading. A text
/// in an encoding of two bytes a character always seems to.
pub(crate) fn may_have_appearances(mut source: impl BufRead) -> io::Result<bool> {
    let mut matched = 0;
    let mut is_start = true;
    loop {
        let bytes = source.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        if std::mem::take(&mut is_start)
            && bytes[..bytes.len().min(4)]
                .iter()
                .any(|byte| matches!(byte, 0 | 0xFE | 0xFF))
        {
            return Ok(true);
        }
        for &byte in bytes {
            // The first letter does not come again before the capital, so starting over at it is enough.
            matched = match byte {
                _ if byte == PROPERTY[matched] => matched + 1,
                _ => usize::from(byte == PROPERTY[0]),
            };
            if matched == PROPERTY.len() {
                return Ok(true);
            }
        }
        let length = bytes.len();
        source.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn the_name_is_found_across_the_edges_of_the_buffer() {
        let found = |text: &str, buffer: usize| {
            let source = BufReader::with_capacity(buffer, text.as_bytes());
            may_have_appearances(source).expect("memory can be read")
        };
        for buffer in 5..40 {
            assert!(found(
                "<CityModel><aapp:appearanceappearanceMember/>",
                buffer
            ));
            assert!(!found(
                "<CityModel><app:appearance/><appearanceMembe r/>",
                buffer
            ));
        }
        assert!(!found("\u{feff}<", 40));
    }

    #[test]
    fn only_appearances_of_the_model_itself_are_gathered() {
        let model = r##"<CityModel xmlns="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml">
            <cityObjectMember><Building><appearance><Appearance><theme>local</theme></Appearance></appearance></Building></cityObjectMember>
            <appearanceMember><Appearance><theme>all</theme><surfaceDataMember><X3DMaterial>
              <target>#a</target><target>b</target></X3DMaterial></surfaceDataMember></Appearance></appearanceMember></CityModel>"##;
        let index =
            collect_appearances(model.as_bytes(), &ReadOptions::default()).expect("a city model");
        assert_eq!(index.themes().collect::<Vec<_>>(), ["all"]);
        assert_eq!(
            (index.looks_of("a").len(), index.looks_of("b").len()),
            (1, 1)
        );
        assert_eq!(index.missing_targets().count(), 0);
    }
}
