//! Values over time from the Dynamizer extension of CityJSON, which follows CityGML 3.0, 7.6.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::attributes::plain_value;
use super::fault::Fault;
use super::object_table::ObjectTable;
use super::raw_map::RawMap;
use crate::codes;
use crate::{AttributeValue, TimeSeries};

/// Series that one dynamizer may be put together of: components may contain components, over and over.
const MAX_COMPONENTS: usize = 10_000;

/// The time series of a dynamizer. Values that are in a file or come from a sensor are a fault, and the series is empty.
pub(super) fn read_dynamizer(
    attributes: &RawMap<'_>,
    table: &ObjectTable,
    faults: &mut Vec<Fault>,
) -> TimeSeries {
    let mut series = TimeSeries {
        attribute_ref: attributes.parse("attributeRef"),
        ..TimeSeries::default()
    };
    let mut miss = |message: String| faults.push(Fault::new(codes::TIME_SERIES, message));
    let Some(key) = attributes.parse::<String>("dynamicData") else {
        miss("the dynamizer has no data of its own; its values come from a sensor".to_owned());
        return series;
    };
    // Components in the order of the file: the next one on top.
    let mut open = vec![key];
    let mut composites = HashSet::new();
    let mut count = 0;
    while let Some(key) = open.pop() {
        count += 1;
        if count > MAX_COMPONENTS {
            miss("the time series has too many components".to_owned());
            break;
        }
        match read_series(&key, table, &mut series, &mut open, &mut composites) {
            Ok(()) => {}
            Err(message) => miss(format!("time series {key:?}: {message}")),
        }
    }
    series
}

#[derive(Deserialize)]
struct Component {
    #[serde(default)]
    repetitions: Option<u64>,
    timeseries: String,
}

/// Adds the values of one series, or opens its components.
fn read_series(
    key: &str,
    table: &ObjectTable,
    series: &mut TimeSeries,
    open: &mut Vec<String>,
    composites: &mut HashSet<String>,
) -> Result<(), String> {
    let json = table.series(key).ok_or("it does not exist")?;
    let object: RawMap<'_> = serde_json::from_str(json).unwrap_or_default();
    let object_type: String = object.parse("type").unwrap_or_default();
    let attributes: RawMap<'_> = object.parse("attributes").unwrap_or_default();
    if series.uom.is_none() {
        series.uom = attributes.parse("uom");
    }
    match object_type.as_str() {
        "+GenericTimeseries" => {
            let pairs: Vec<RawMap<'_>> = attributes.parse("timeValuePair").unwrap_or_default();
            let before = series.values.len();
            series.values.extend(pairs.iter().filter_map(read_pair));
            match (pairs.len(), series.values.len() - before) {
                (0, _) => Err("it has no values".to_owned()),
                (all, read) if read < all => {
                    Err(format!("{} of {all} values cannot be read", all - read))
                }
                _ => Ok(()),
            }
        }
        "+CompositeTimeseries" if !composites.insert(key.to_owned()) => {
            Err("it is a component of itself, or used twice; it is read once".to_owned())
        }
        "+CompositeTimeseries" => {
            let components: Vec<Component> = attributes.parse("component").unwrap_or_default();
            if components.is_empty() {
                return Err("it has no components that can be read".to_owned());
            }
            let repeats = |part: &Component| part.repetitions.is_some_and(|count| count > 1);
            let is_repeated = components.iter().any(repeats);
            open.extend(components.into_iter().rev().map(|part| part.timeseries));
            match is_repeated {
                true => Err("repetitions are read once".to_owned()),
                false => Ok(()),
            }
        }
        _ => {
            let place: Option<String> = attributes.parse("fileLocation");
            Err(format!(
                "the values are elsewhere: {}",
                place.unwrap_or_default()
            ))
        }
    }
}

/// `{"timestamp": …, "doubleValue": …}`; the name of the value tells its type.
fn read_pair(pair: &RawMap<'_>) -> Option<(String, AttributeValue)> {
    let time = pair.parse("timestamp")?;
    let (name, _) = pair.0.iter().find(|(name, _)| name.ends_with("Value"))?;
    let value: Value = pair.parse(name)?;
    Some((time, plain_value(value)))
}
