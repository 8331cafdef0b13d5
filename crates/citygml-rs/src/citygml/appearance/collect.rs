//! Appearances of the whole city model, gathered before its objects are read.

use std::io::BufRead;

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

#[cfg(test)]
mod tests {
    use super::*;

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
