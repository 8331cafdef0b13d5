//! Moments in a scene file: a TOML date-time or a string, always with an offset from UTC.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};

/// An RFC 3339 moment such as `2026-06-21T12:00:00+02:00`.
#[derive(JsonSchema)]
#[schemars(transparent)]
#[allow(dead_code, reason = "only describes the text in the JSON Schema")]
pub(crate) struct Rfc3339(#[schemars(extend("format" = "date-time"))] String);

pub(crate) fn serialize<S: Serializer>(
    instant: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    instant.serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(moment) => moment.to_string(),
        other => return Err(D::Error::custom(expected(&other.to_string()))),
    };
    text.parse()
        .map(Some)
        .map_err(|_| D::Error::custom(expected(&text)))
}

/// A local time is refused rather than guessed: the shown sun would be hours off.
fn expected(found: &str) -> String {
    format!(
        "`{found}` is no moment; write date, time and offset from UTC, such as 2026-06-21T12:00:00+02:00"
    )
}
