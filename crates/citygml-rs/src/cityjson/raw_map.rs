//! A JSON object in document order whose values are not parsed yet.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Keys and raw values as they stand; repeated keys are kept.
#[derive(Debug, Default)]
pub(super) struct RawMap<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'a> RawMap<'a> {
    /// The first value of this key that is not null.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0
            .iter()
            .find(|(name, value)| name == key && value.get() != "null")
            .map(|&(_, value)| value)
    }

    /// The first value of this key, if it is what `T` expects.
    pub(super) fn parse<T: Deserialize<'a>>(&self, key: &str) -> Option<T> {
        self.get(key)
            .and_then(|value| serde_json::from_str(value.get()).ok())
    }

    /// A key that stands here more than once: JSON readers differ in which value they take.
    pub(super) fn repeated_key(&self) -> Option<&str> {
        let mut seen = HashSet::with_capacity(self.0.len());
        self.0
            .iter()
            .map(|(key, _)| key.as_str())
            .find(|&key| !seen.insert(key))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawMap<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = RawMap<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawMap(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
