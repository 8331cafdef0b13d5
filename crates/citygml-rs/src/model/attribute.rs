//! What is known about a city object apart from its geometry.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// One attribute of a city object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribute {
    /// Local element name (`measuredHeight`) or the `name` of a generic attribute.
    pub name: String,
    /// The value.
    pub value: AttributeValue,
    /// Unit as written in `uom`, where there is one.
    pub uom: Option<String>,
    /// Code list the value is from (`codeSpace`), as written. Where the list was found, [`Self::value`] is the text of
    /// the code and [`Self::code`] the code itself.
    pub code_space: Option<Arc<str>>,
    /// The code as written, where [`Self::value`] was resolved from a code list.
    pub code: Option<String>,
}

impl Attribute {
    /// An attribute without unit and code list.
    pub fn new(name: impl Into<String>, value: AttributeValue) -> Self {
        Self {
            name: name.into(),
            value,
            uom: None,
            code_space: None,
            code: None,
        }
    }
}

/// A postal address, from xAL 2.0 or 3 or a CityJSON `address`; parts that a file has several times are joined.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Address {
    /// As a person would write it, in one line.
    pub line: Option<String>,
    /// Thoroughfare.
    pub street: Option<String>,
    /// House number.
    pub number: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City or locality.
    pub locality: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Where it is (`multiPoint`), source coordinates.
    pub points: Vec<[f64; 3]>,
}

/// Values of one quantity over time, from a CityGML 3.0 `Dynamizer` (part 1, clause 7.6) or the CityJSON extension.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TimeSeries {
    /// Path of the property that varies, as written in `attributeRef`.
    pub attribute_ref: Option<String>,
    /// Unit, as written.
    pub uom: Option<String>,
    /// Times (ISO 8601, as written) and values in document order.
    pub values: Vec<(String, AttributeValue)>,
}

/// The value of an [`Attribute`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Whole number.
    Integer(i64),
    /// Real number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Everything else, codes and dates included.
    Text(String),
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}
