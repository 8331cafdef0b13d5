//! When there is no scene at all.

use std::path::PathBuf;

use crate::{SceneDiagnostic, TextPosition};

/// Why a scene file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// The file cannot be opened.
    #[error("{}: the scene file cannot be read ({source}); check the path and that you may read it", file.display())]
    Read {
        /// The scene file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not text.
    #[error("{}: this is not a scene file: its bytes are not UTF-8 text; a scene is a TOML file (to show a model, open it directly)", file.display())]
    NotText {
        /// The file.
        file: PathBuf,
    },
    /// The file is larger than any scene.
    #[error("{}: {bytes} bytes are too many for a scene file (at most {limit}); put geometry in files of its own and name them under [[sources]]", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size.
        bytes: u64,
        /// [`Scene::SIZE_LIMIT_BYTES`](crate::Scene::SIZE_LIMIT_BYTES).
        limit: u64,
    },
    /// The text is no TOML, or a value is of the wrong kind.
    #[error("{}", render(.problem, .line, .mark, .also))]
    Invalid {
        /// What is wrong and what to do.
        problem: Box<SceneDiagnostic>,
        /// The offending line.
        line: String,
        /// Carets under the offending part of it.
        mark: String,
        /// Unknown keys found on the way: often the cause, when one is a misspelt required key.
        also: Vec<SceneDiagnostic>,
    },
    /// A scene holds something TOML cannot express.
    #[error("the scene cannot be written as TOML: {0}")]
    Write(#[from] toml::ser::Error),
}

impl SceneError {
    /// Where in the text, for errors that have a place.
    pub fn position(&self) -> Option<TextPosition> {
        match self {
            Self::Invalid { problem, .. } => problem.position,
            _ => None,
        }
    }
}

/// The message as compilers print it: place, offending line, mark, what to do.
fn render(problem: &SceneDiagnostic, line: &str, mark: &str, also: &[SceneDiagnostic]) -> String {
    let number = problem
        .position
        .map_or_else(String::new, |position| position.line.to_string());
    let gutter = " ".repeat(number.len());
    let mut text = format!("{problem}\n{gutter} |\n{number} | {line}\n{gutter} | {mark}");
    for diagnostic in also {
        text.push('\n');
        text.push_str(&diagnostic.to_string());
    }
    text
}
