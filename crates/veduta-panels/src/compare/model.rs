//! What the comparison shows.

use crate::model::ScenariosModel;

/// Which way an indicator should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    #[default]
    Neutral,
}

/// A number to compare futures by.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// What it is, in the user's language.
    pub label: String,
    /// Unit symbol, empty for none.
    pub unit: String,
    /// Decimals to print.
    pub decimals: u8,
    /// In the left half; `None` if it cannot be computed.
    pub left: Option<f64>,
    /// In the right half.
    pub right: Option<f64>,
    /// Which way is better.
    pub better: Direction,
}

/// What the comparison shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CompareModel {
    /// What stands left and right.
    pub scenarios: ScenariosModel,
    /// Numbers to compare by.
    pub indicators: Vec<Indicator>,
}
