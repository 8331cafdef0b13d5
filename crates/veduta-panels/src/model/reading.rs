//! A value as a panel shows it.

use crate::theme::Freshness;

/// A value that a panel can print in the user's locale.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, shown as it is.
    Text(String),
    /// A number with the decimals to show.
    Number {
        /// The number, in the unit that stands beside it.
        value: f64,
        /// Decimals to print.
        decimals: u8,
    },
    /// Yes or no.
    Boolean(bool),
}

impl Value {
    /// A number printed with `decimals` decimals.
    pub fn number(value: f64, decimals: u8) -> Self {
        Self::Number { value, decimals }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

/// One observed property of an entity at the shown moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What was observed, short: "NO₂", "LAeq".
    pub property: String,
    /// The value known at the shown moment.
    pub value: Value,
    /// Unit symbol ("µg/m³"); empty for none.
    pub unit: String,
    /// Seconds between `observedAt` and the shown moment; `None` if the entity gave no time.
    pub age_secs: Option<f64>,
    /// How far the age may be trusted.
    pub freshness: Freshness,
}
