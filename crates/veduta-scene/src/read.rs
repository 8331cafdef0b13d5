//! From text to a checked scene, and back.

use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use crate::check::{self, Document};
use crate::position::marked_line;
use crate::{
    Location, LocationError, Scene, SceneCode, SceneDiagnostic, SceneError, Source, TextPosition,
};

impl Scene {
    /// Scene files larger than this are refused; real ones are a few kilobytes.
    pub const SIZE_LIMIT_BYTES: u64 = 16 << 20;

    /// Reads and checks a scene file. Relative paths in it start from its folder.
    ///
    /// # Errors
    /// When the file cannot be read or its text is no scene; what is wrong in single entries comes back
    /// as diagnostics beside the scene.
    pub fn read(file: &Path) -> Result<(Self, Vec<SceneDiagnostic>), SceneError> {
        let failed = |source| SceneError::Read {
            file: file.to_owned(),
            source,
        };
        let reader = std::fs::File::open(file).map_err(failed)?;
        let mut bytes = Vec::new();
        // One byte more than allowed tells "too large" even where the size is not known beforehand.
        reader
            .take(Self::SIZE_LIMIT_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() as u64 > Self::SIZE_LIMIT_BYTES {
            let bytes =
                std::fs::metadata(file).map_or(bytes.len() as u64, |metadata| metadata.len());
            return Err(SceneError::TooLarge {
                file: file.to_owned(),
                bytes,
                limit: Self::SIZE_LIMIT_BYTES,
            });
        }
        let text = String::from_utf8(bytes).map_err(|_| SceneError::NotText {
            file: file.to_owned(),
        })?;
        let (mut scene, diagnostics) = parse(&text, Some(file))?;
        scene.file = Some(file.to_owned());
        scene.base_directory = file.parent().map(Path::to_owned).unwrap_or_default();
        Ok((scene, diagnostics))
    }

    /// Reads and checks the text of a scene, whose relative paths start from `base_directory`.
    ///
    /// # Errors
    /// As [`Scene::read`].
    pub fn parse(
        text: &str,
        base_directory: &Path,
    ) -> Result<(Self, Vec<SceneDiagnostic>), SceneError> {
        let (mut scene, diagnostics) = parse(text, None)?;
        scene.base_directory = base_directory.to_owned();
        Ok((scene, diagnostics))
    }

    /// The scene of bare files and addresses, as `veduta open city.gml https://…/tileset.json` makes it.
    ///
    /// # Errors
    /// When one of them is an address that cannot be read.
    pub fn from_sources<T: AsRef<str>>(locations: &[T]) -> Result<Self, LocationError> {
        let mut sources = Vec::with_capacity(locations.len());
        for text in locations {
            sources.push(match Location::parse(text.as_ref())? {
                Location::Path(path) => Source {
                    path: Some(path.to_string_lossy().into_owned()),
                    ..Source::default()
                },
                Location::Url(url) => Source {
                    url: Some(url.into()),
                    ..Source::default()
                },
            });
        }
        let mut scene = Self {
            sources,
            ..Self::default()
        };
        check::fill_in(&mut scene, None);
        Ok(scene)
    }

    /// The scene as TOML; values that are their defaults are left out.
    ///
    /// # Errors
    /// When a value cannot be expressed in TOML.
    pub fn to_toml(&self) -> Result<String, SceneError> {
        Ok(toml::to_string_pretty(self)?)
    }
}

fn parse(text: &str, file: Option<&Path>) -> Result<(Scene, Vec<SceneDiagnostic>), SceneError> {
    let table = DeTable::parse(text).map_err(|error| invalid(text, file, &error, Vec::new()))?;
    let document = Document::new(text, file, table.get_ref());
    let mut diagnostics = check::unknown_keys(&document);
    let mut scene: Scene = match toml::from_str(text) {
        Ok(scene) => scene,
        Err(error) => return Err(invalid(text, file, &error, diagnostics)),
    };
    check::fill_in(&mut scene, file);
    diagnostics.extend(check::validate(&mut scene, &document));
    diagnostics.sort_by_key(|diagnostic| diagnostic.position);
    Ok((scene, diagnostics))
}

/// Turns the parser's error into ours, which names the file and says what to do.
fn invalid(
    text: &str,
    file: Option<&Path>,
    error: &toml::de::Error,
    also: Vec<SceneDiagnostic>,
) -> SceneError {
    let span: Range<usize> = error.span().unwrap_or(0..0);
    let (line, mark) = marked_line(text, &span);
    let reason = error.message().trim().replace('\n', "; ");
    SceneError::Invalid {
        problem: Box::new(SceneDiagnostic {
            code: SceneCode::Unreadable,
            message: format!(
                "{reason}. {} Nothing of the scene was read",
                remedy(&reason)
            ),
            key: String::new(),
            file: file.map(Path::to_owned),
            position: Some(TextPosition::of(text, span.start)),
        }),
        line,
        mark,
        also,
    }
}

/// What to do about the parser's reason, where that is not plain from the reason itself.
fn remedy(reason: &str) -> &'static str {
    // The one place where the model has an enum with content is an edit.
    if reason.starts_with("wanted exactly 1 element") {
        "An edit is either `hide` or `add`: write one `{ … }` for each."
    } else {
        "Correct this line."
    }
}
