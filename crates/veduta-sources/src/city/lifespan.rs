//! From when and until when an object exists.

use citygml_rs::{AttributeValue, CityObject};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use tiles3d::{Feature, FeatureValue};

use super::read::CityFiles;

/// Begin (inclusive) and end (exclusive), milliseconds since 1970-01-01T00:00Z; `None` where open.
///
/// What is said about the real world counts: `validFrom` and `validTo` (CityGML 3.0, 7.2.3), else dates or years of
/// construction and demolition. `terminationDate` ends what is not said to end otherwise. `creationDate` is when an
/// object came into the data, long after it was built, and counts only for what `terminationDate` ended again: a past
/// version. Days begin at midnight UTC; of a year of demolition nothing is known but the year, so it counts in full.
pub(crate) fn lifespan_ms(object: &CityObject) -> [Option<i64>; 2] {
    let begin_of = |name: &str| moment(object, name).map(|found| found.begin_ms);
    let begin = ["validFrom", "dateOfConstruction", "yearOfConstruction"]
        .iter()
        .find_map(|name| begin_of(name));
    let end = ["validTo", "dateOfDemolition"]
        .iter()
        .find_map(|name| begin_of(name))
        .or_else(|| moment(object, "yearOfDemolition").map(|found| found.end_ms))
        .or_else(|| begin_of("terminationDate"));
    let recorded = begin_of("terminationDate").and_then(|_| begin_of("creationDate"));
    let begin = begin.or(recorded);
    match (begin, end) {
        // Dates in the wrong order say nothing.
        (Some(begin), Some(end)) if begin >= end => [None, None],
        span => [span.0, span.1],
    }
}

/// Hands lifespans down to parts and other levels that have none of their own.
///
/// A source that lists versions (CityGML 3.0, 7.7 `Version`) keeps its history: there an object begins when it was
/// recorded.
pub(crate) fn settle_lifespans(files: &mut CityFiles) {
    let has_versions = files
        .listed
        .iter()
        .flatten()
        .any(|row| row.object_type == "Version");
    for draft in &mut files.drafts {
        settle(&mut draft.features, has_versions);
    }
}

fn settle(features: &mut [Feature], has_versions: bool) {
    for index in 0..features.len() {
        if has_versions && features[index].lifespan_ms[0].is_none() {
            features[index].lifespan_ms[0] = recorded_ms(&features[index]);
        }
        let parent = features[index].parent.map(|parent| parent as usize);
        if let Some(parent) = parent.filter(|parent| *parent < index)
            && features[index].lifespan_ms == [None, None]
        {
            features[index].lifespan_ms = features[parent].lifespan_ms;
        }
    }
}

fn recorded_ms(feature: &Feature) -> Option<i64> {
    let mut attributes = feature.attributes.iter();
    let recorded = attributes.find(|attribute| attribute.name == "creationDate")?;
    match &recorded.value {
        FeatureValue::Text(text) => Some(parse(text.trim())?.begin_ms),
        _ => None,
    }
}

/// A moment as precise as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Written {
    begin_ms: i64,
    /// When the day, month or year is over; the same as `begin_ms` for a moment.
    end_ms: i64,
}

fn moment(object: &CityObject, name: &str) -> Option<Written> {
    match &object.attribute(name)?.value {
        AttributeValue::Text(text) => parse(text.trim()),
        AttributeValue::Integer(year) => parse_year(&year.to_string()),
        AttributeValue::Number(_) | AttributeValue::Boolean(_) => None,
    }
}

/// ISO 8601: `2021`, `2021-03`, `2021-03-04`, with `Z` or an offset, with a time of day.
fn parse(text: &str) -> Option<Written> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(at(timestamp.as_millisecond()));
    }
    if let Ok(time) = text.parse::<DateTime>()
        && text.contains('T')
    {
        return Some(at(in_utc(time)?));
    }
    let day = text.get(..10).unwrap_or(text);
    if let Ok(date) = day.parse::<Date>() {
        return between(date, date.checked_add(1.day()).ok()?);
    }
    if let Some((year, month)) = text.split_once('-')
        && let (Ok(year), Ok(month)) = (year.parse(), month.parse())
    {
        let first = Date::new(year, month, 1).ok()?;
        return between(first, first.checked_add(1.month()).ok()?);
    }
    parse_year(text)
}

/// Years before 1000 are left out: they stand for "unknown" in practice.
fn parse_year(text: &str) -> Option<Written> {
    let year: i16 = text.parse().ok().filter(|year| *year >= 1000)?;
    let first = Date::new(year, 1, 1).ok()?;
    between(first, Date::new(year.checked_add(1)?, 1, 1).ok()?)
}

fn between(begin: Date, end: Date) -> Option<Written> {
    Some(Written {
        begin_ms: in_utc(begin.to_datetime(jiff::civil::Time::midnight()))?,
        end_ms: in_utc(end.to_datetime(jiff::civil::Time::midnight()))?,
    })
}

fn at(moment_ms: i64) -> Written {
    Written {
        begin_ms: moment_ms,
        end_ms: moment_ms,
    }
}

fn in_utc(time: DateTime) -> Option<i64> {
    let timestamp = TimeZone::UTC.to_timestamp(time).ok()?;
    Some(timestamp.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::Attribute;

    const DAY_MS: i64 = 86_400_000;
    /// 2021-03-04T00:00Z.
    const MARCH_4: i64 = 1_614_816_000_000;

    fn object(attributes: &[(&str, &str)]) -> CityObject {
        CityObject {
            attributes: attributes
                .iter()
                .map(|(name, value)| {
                    let value = value.parse().map_or_else(
                        |_| AttributeValue::Text((*value).to_owned()),
                        AttributeValue::Integer,
                    );
                    Attribute::new(*name, value)
                })
                .collect(),
            ..CityObject::default()
        }
    }

    fn span(attributes: &[(&str, &str)]) -> [Option<i64>; 2] {
        lifespan_ms(&object(attributes))
    }

    #[test]
    fn dates_are_read_in_every_precision() {
        for text in [
            "2021-03-04",
            "2021-03-04Z",
            "2021-03-04T00:00:00",
            "2021-03-04T01:00:00+01:00",
        ] {
            assert_eq!(
                span(&[("validFrom", text)]),
                [Some(MARCH_4), None],
                "{text}"
            );
        }
        assert_eq!(
            span(&[("validFrom", "2021-03")]),
            [Some(MARCH_4 - 3 * DAY_MS), None]
        );
        assert_eq!(span(&[("validFrom", "soon")]), [None, None]);
    }

    #[test]
    fn years_count_in_full_and_unknown_years_do_not_count() {
        assert_eq!(
            span(&[("yearOfConstruction", "1970"), ("yearOfDemolition", "1970")]),
            [Some(0), Some(365 * DAY_MS)]
        );
        assert_eq!(span(&[("yearOfConstruction", "1")]), [None, None]);
    }

    #[test]
    fn parts_live_as_long_as_their_building_and_versions_begin_when_recorded() {
        let mut features = [
            Feature {
                attributes: super::super::feature_row::attributes(
                    &object(&[("creationDate", "2021-03-04")]).attributes,
                ),
                ..Feature::default()
            },
            Feature {
                parent: Some(0),
                ..Feature::default()
            },
        ];
        settle(&mut features, false);
        assert_eq!(features[1].lifespan_ms, [None, None]);
        settle(&mut features, true);
        assert_eq!(features[1].lifespan_ms, [Some(MARCH_4), None]);
    }

    #[test]
    fn the_day_a_building_came_into_the_data_is_not_the_day_it_was_built() {
        assert_eq!(span(&[("creationDate", "2021-03-04")]), [None, None]);
        assert_eq!(
            span(&[
                ("creationDate", "2021-03-03"),
                ("terminationDate", "2021-03-04")
            ]),
            [Some(MARCH_4 - DAY_MS), Some(MARCH_4)]
        );
        assert_eq!(
            span(&[("validFrom", "2021-03-04"), ("validTo", "2020-01-01")]),
            [None, None]
        );
    }
}
