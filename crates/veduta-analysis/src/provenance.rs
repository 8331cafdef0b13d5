//! How a result came about.

/// A result together with how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysed<T> {
    /// The result itself.
    pub value: T,
    /// How it came about.
    pub provenance: Provenance,
}

/// Method, source and parameters of a result, to be shown beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// What was done, in a few words.
    pub method: &'static str,
    /// Where the method is described.
    pub source: &'static str,
    /// What it was done with.
    pub parameters: Vec<Parameter>,
}

/// One input of a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// What it is.
    pub name: &'static str,
    /// Its value as text, in full precision.
    pub value: String,
    /// Unit symbol, empty for what has none.
    pub unit: &'static str,
}

impl Parameter {
    pub(crate) fn new(name: &'static str, value: impl ToString, unit: &'static str) -> Self {
        Self {
            name,
            value: value.to_string(),
            unit,
        }
    }
}
