//! Values over time of a `Dynamizer` (CityGML 3.0, 7.6). Series in files and sensor connections become attributes.

use std::io::BufRead;

use super::cursor::{Stop, Token};
use super::object::{ObjectParser, Scope};
use crate::vocabulary::ValueType;
use crate::{AttributeValue, TimeSeries};

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the `GenericTimeseries` whose start tag was just read; `path` is what its other properties are called by.
    pub(super) fn read_time_series(&mut self, scope: Scope, path: &str) -> Result<(), Stop> {
        let mut series = TimeSeries {
            attribute_ref: self.attribute_reference(scope),
            ..TimeSeries::default()
        };
        while let Token::Start = self.cursor.advance()? {
            match self.cursor.local_name() {
                "uom" => {
                    self.cursor.skip_element()?;
                    series.uom = Some(self.text()).filter(|uom| !uom.is_empty());
                }
                "timeValuePair" => {
                    while let Token::Start = self.cursor.advance()? {
                        series.values.extend(self.read_time_value_pair(scope)?);
                    }
                }
                _ => self.read_property(scope, Some(path))?,
            }
        }
        let object = self.assembly.object_mut(scope.owner);
        object.time_series.push(series);
        Ok(())
    }

    fn read_time_value_pair(
        &mut self,
        scope: Scope,
    ) -> Result<Option<(String, AttributeValue)>, Stop> {
        let mut time = None;
        let mut value = None;
        while let Token::Start = self.cursor.advance()? {
            let expected = match self.cursor.local_name() {
                "timestamp" => {
                    self.cursor.skip_element()?;
                    time = Some(self.text());
                    continue;
                }
                "intValue" => ValueType::Integer,
                "doubleValue" => ValueType::Number,
                "boolValue" => ValueType::Boolean,
                "stringValue" | "uriValue" => ValueType::Text,
                // Geometry and looks that change over time.
                other => {
                    let other = other.to_owned();
                    self.leave_out(&other)?;
                    continue;
                }
            };
            self.cursor.skip_element()?;
            let text = self.text();
            value = Some(self.typed_value(scope, "timeValuePair", text, expected));
        }
        Ok(time.zip(value))
    }

    /// What the dynamizer gives values for; it says so before it gives them.
    fn attribute_reference(&self, scope: Scope) -> Option<String> {
        let object = self.assembly.object(scope.owner);
        let reference = object.attribute("attributeRef")?;
        Some(reference.value.to_string())
    }
}
