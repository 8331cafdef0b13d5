//! Generic attributes: `gen:stringAttribute` and its kin (CityGML 1.0 and 2.0, 10.11), `gen:StringAttribute` (3.0), sets.

use std::io::BufRead;

use super::cursor::{Stop, Token};
use super::object::{ObjectParser, Scope};
use crate::attribute_name::nested_name;
use crate::vocabulary::ValueType;

/// What an element of the generics module holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GenericAttribute {
    /// One value.
    Value(ValueType),
    /// Further generic attributes under a name.
    Set,
    /// The property that holds one of them (3.0).
    Property,
}

/// Whether an element is a generic attribute, by its local name in any version.
pub(super) fn generic_attribute_type(local: &str) -> Option<GenericAttribute> {
    Some(match local {
        "stringAttribute" | "StringAttribute" | "dateAttribute" | "DateAttribute"
        | "uriAttribute" | "UriAttribute" | "CodeAttribute" => {
            GenericAttribute::Value(ValueType::Text)
        }
        "intAttribute" | "IntAttribute" => GenericAttribute::Value(ValueType::Integer),
        "doubleAttribute" | "DoubleAttribute" | "measureAttribute" | "MeasureAttribute" => {
            GenericAttribute::Value(ValueType::Number)
        }
        "genericAttributeSet" | "GenericAttributeSet" => GenericAttribute::Set,
        "genericAttribute" => GenericAttribute::Property,
        _ => return None,
    })
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads a generic attribute or a set of them; the members of a set are called `set/member`.
    pub(super) fn read_generic_attribute(
        &mut self,
        scope: Scope,
        path: Option<&str>,
    ) -> Result<(), Stop> {
        let element = self.cursor.local_name().to_owned();
        let Some(attribute_type) = generic_attribute_type(&element) else {
            return self.cursor.skip_element();
        };
        let mut name = self.cursor.attribute("name");
        let full_name = |name: &Option<String>| match (path, name) {
            (Some(path), Some(name)) => nested_name(path, name),
            (None, Some(name)) => name.clone(),
            (Some(path), None) => path.to_owned(),
            (None, None) => element.clone(),
        };
        while let Token::Start = self.cursor.advance()? {
            match self.cursor.local_name() {
                "value" => {
                    let annotations = self.annotations();
                    self.cursor.skip_element()?;
                    let text = self.text();
                    if let GenericAttribute::Value(expected) = attribute_type
                        && !text.is_empty()
                    {
                        let name = full_name(&name);
                        let value = self.typed_value(scope, &name, text, expected);
                        self.add_attribute(scope, &name, value, annotations);
                    }
                }
                "name" => {
                    self.cursor.skip_element()?;
                    name = Some(self.text());
                }
                local if generic_attribute_type(local).is_some() => {
                    let inner_path = match attribute_type {
                        GenericAttribute::Property => path.map(str::to_owned),
                        _ => Some(full_name(&name)),
                    };
                    self.read_generic_attribute(scope, inner_path.as_deref())?;
                }
                _ => self.cursor.skip_element()?,
            }
        }
        Ok(())
    }
}
