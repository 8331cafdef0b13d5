//! Finds the place of a key in the text, so that the model itself can stay plain.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::{SceneCode, SceneDiagnostic, TextPosition};

/// One step of the way to a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    /// Into a table.
    Key(&'a str),
    /// Into an array.
    Index(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A scene file as text and as a tree whose nodes know where they stand.
pub(crate) struct Document<'a> {
    text: &'a str,
    file: Option<&'a Path>,
    pub(crate) root: &'a DeTable<'a>,
}

impl<'a> Document<'a> {
    pub(crate) const fn new(text: &'a str, file: Option<&'a Path>, root: &'a DeTable<'a>) -> Self {
        Self { text, file, root }
    }

    /// A diagnostic about the value at `way`, placed there or at the nearest thing around it that is
    /// written down.
    pub(crate) fn diagnostic(
        &self,
        code: SceneCode,
        way: &[Step<'_>],
        message: String,
    ) -> SceneDiagnostic {
        self.diagnostic_at(code, way, &self.span(way), message)
    }

    /// A diagnostic about a stretch of the text.
    pub(crate) fn diagnostic_at(
        &self,
        code: SceneCode,
        way: &[Step<'_>],
        span: &Range<usize>,
        message: String,
    ) -> SceneDiagnostic {
        SceneDiagnostic {
            code,
            message,
            key: written(way),
            file: self.file.map(Path::to_owned),
            position: Some(TextPosition::of(self.text, span.start)),
        }
    }

    fn span(&self, way: &[Step<'_>]) -> Range<usize> {
        let mut span = 0..0;
        let mut steps = way.iter();
        let Some(Step::Key(first)) = steps.next() else {
            return span;
        };
        let Some((_, mut value)) = self.root.get_key_value(*first) else {
            return span;
        };
        loop {
            span = value.span();
            let next = match (steps.next(), value.get_ref()) {
                (Some(Step::Key(key)), DeValue::Table(table)) => table.get(*key),
                (Some(Step::Index(index)), DeValue::Array(array)) => array.get(*index),
                _ => None,
            };
            match next {
                Some(inner) => value = inner,
                None => return span,
            }
        }
    }
}

/// `scenarios[1].edits[0].add.scale`
fn written(way: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in way {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}
