//! The header that `b3dm` and `i3dm` share, and the tables behind it.

use serde::Deserialize;
use serde_json::Value;

use super::binary::{Bytes, Component};
use super::ordered_object::OrderedObject;
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::error::TilesError;

/// Fixed fields after the magic: version, byteLength.
const MAGIC_AND_LENGTH: usize = 12;

/// Both tables of a content, and what follows them.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    pub feature_table: OrderedObject<Value>,
    pub feature_binary: Bytes<'a>,
    pub batch_table: OrderedObject<Value>,
    pub batch_binary: Bytes<'a>,
    pub body: Bytes<'a>,
}

/// Cuts a content to the length that its header gives. Bytes after it are not read.
pub(super) fn declared_part<'a>(
    content: Bytes<'a>,
    diagnostics: &mut Diagnostics,
) -> Result<Bytes<'a>, TilesError> {
    let version = content.u32(4, "the version")?;
    if version != 1 {
        let message = format!(
            "version {version} of {} is not known; read as version 1",
            content.content
        );
        diagnostics.report(
            code::LEGACY_HEADER,
            Severity::Warning,
            "bytes 4..8",
            message,
        );
    }
    let length = content.u32(8, "the length")? as usize;
    if length > content.bytes.len() {
        let message = format!(
            "the header promises {length} bytes, there are {}",
            content.bytes.len()
        );
        return Err(content.error(8, message));
    }
    content.part(0, length, "the content")
}

/// Lengths of the four table parts, and where they begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableLengths {
    pub start: usize,
    pub feature_json: usize,
    pub feature_binary: usize,
    pub batch_json: usize,
    pub batch_binary: usize,
}

impl TableLengths {
    /// The header of the standard: four lengths, then whatever the format adds up to `start`.
    pub fn read(content: &Bytes<'_>, start: usize) -> Result<Self, TilesError> {
        let length = |i: usize| {
            content
                .u32(MAGIC_AND_LENGTH + 4 * i, "the header")
                .map(|length| length as usize)
        };
        Ok(Self {
            start,
            feature_json: length(0)?,
            feature_binary: length(1)?,
            batch_json: length(2)?,
            batch_binary: length(3)?,
        })
    }

    pub fn read_tables<'a>(
        &self,
        content: &Bytes<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Tables<'a>, TilesError> {
        let mut at = self.start;
        let mut next = |length: usize, what: &str| {
            let part = content.part(at, length, what)?;
            at += length;
            Ok::<_, TilesError>(part)
        };
        let feature_json = next(self.feature_json, "the feature table")?;
        let feature_binary = next(self.feature_binary, "the feature table's binary part")?;
        let batch_json = next(self.batch_json, "the batch table")?;
        let batch_binary = next(self.batch_binary, "the batch table's binary part")?;
        let body = content.part(at, content.bytes.len() - at, "the model")?;
        Ok(Tables {
            feature_table: json_object(&feature_json, "feature table", diagnostics),
            feature_binary,
            batch_table: json_object(&batch_json, "batch table", diagnostics),
            batch_binary,
            body,
        })
    }
}

/// A table's JSON, padded with spaces or, against the standard, with zeros. Malformed JSON is reported and
/// reads as empty: the geometry is worth more than its attributes.
fn json_object(
    part: &Bytes<'_>,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> OrderedObject<Value> {
    let end = part
        .bytes
        .iter()
        .rposition(|byte| !matches!(byte, 0 | b' ' | b'\n' | b'\r' | b'\t'));
    let Some(end) = end else {
        return OrderedObject::default();
    };
    serde_json::from_slice(&part.bytes[..=end]).unwrap_or_else(|error| {
        let location = format!("bytes {}..{}", part.offset, part.offset + part.bytes.len());
        diagnostics.report(
            code::TABLE,
            Severity::Error,
            location,
            format!("the {what} is not read: {error}"),
        );
        OrderedObject::default()
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BinaryReference {
    byte_offset: usize,
    component_type: Option<String>,
}

impl Tables<'_> {
    fn feature_entry(&self, name: &str) -> Option<&Value> {
        self.feature_table
            .0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    pub fn has_feature_entry(&self, name: &str) -> bool {
        self.feature_entry(name).is_some()
    }

    /// A global or per-instance property of the feature table, inline or in the binary part, as
    /// `count` numbers. `default_component` is what the standard says for the property.
    pub fn feature_numbers(
        &self,
        name: &str,
        count: usize,
        default_component: Component,
    ) -> Option<Result<Vec<f64>, TilesError>> {
        let entry = self.feature_entry(name)?;
        let malformed = || {
            self.feature_binary
                .error(0, format!("{name} in the feature table is malformed"))
        };
        if let Some(number) = entry.as_f64() {
            return Some(if count == 1 {
                Ok(vec![number])
            } else {
                Err(malformed())
            });
        }
        if let Some(array) = entry.as_array() {
            let numbers: Option<Vec<f64>> = array.iter().map(Value::as_f64).collect();
            return Some(
                numbers
                    .filter(|numbers| numbers.len() >= count)
                    .ok_or_else(malformed),
            );
        }
        let Ok(reference) = BinaryReference::deserialize(entry) else {
            return Some(Err(malformed()));
        };
        let component = reference
            .component_type
            .as_deref()
            .map_or(Some(default_component), Component::from_name);
        let Some(component) = component else {
            return Some(Err(malformed()));
        };
        let length = count.saturating_mul(component.size());
        Some(
            self.feature_binary
                .part(reference.byte_offset, length, name)
                .map(|part| {
                    part.bytes
                        .chunks_exact(component.size())
                        .map(|chunk| component.read(chunk))
                        .collect()
                }),
        )
    }

    /// A count from the feature table.
    pub fn feature_count(&self, name: &str) -> Option<Result<usize, TilesError>> {
        self.feature_numbers(name, 1, Component::U32)
            .map(|numbers| {
                let number = numbers?.first().copied().unwrap_or(-1.0);
                if number >= 0.0 && number <= f64::from(u32::MAX) {
                    Ok(number as usize)
                } else {
                    Err(self
                        .feature_binary
                        .error(0, format!("{name} is {number}, which is no count")))
                }
            })
    }

    /// `RTC_CENTER`, the zero vector where there is none.
    pub fn rtc_center(&self) -> Result<glam::DVec3, TilesError> {
        match self.feature_numbers("RTC_CENTER", 3, Component::F32) {
            Some(numbers) => Ok(glam::DVec3::from_slice(&numbers?)),
            None => Ok(glam::DVec3::ZERO),
        }
    }
}
