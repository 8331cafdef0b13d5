//! The district on disk, with a scene file.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::district::{self, GROUND_HEIGHT_M, HOUSE, LATITUDE_DEG, LONGITUDE_DEG, Place};

/// The view from the south, with sky.
pub const STREET: &str = "street";
/// The view straight down.
pub const ABOVE: &str = "above";
/// The view straight down onto the scenario.
pub const FUTURE: &str = "future";
/// The one scenario: the house is gone, the pavilion is there.
pub const GARDEN: &str = "garden";

/// A folder of its own that is removed with this value.
pub struct SceneFolder {
    folder: TempDir,
}

impl SceneFolder {
    /// The district, its design, and nothing that names them.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let this = Self { folder };
        this.write("district.gml", &district::baseline());
        this.write("pavilion.gml", &district::pavilion());
        this
    }

    /// Writes a file and says where.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a temporary folder can be written to");
        path
    }

    /// Where a file of the folder is, whether it is there or not.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The scene with its viewpoints and its scenario.
    pub fn scene(&self) -> PathBuf {
        self.scene_with("")
    }

    /// The same with further lines of TOML.
    pub fn scene_with(&self, further: &str) -> PathBuf {
        let street = viewpoint(STREET, [10.0, -70.0, 16.0], -5.0);
        let above = viewpoint(ABOVE, [0.0, 0.0, 260.0], -89.5);
        let future = viewpoint(FUTURE, [0.0, 0.0, 260.0], -89.5);
        let text = format!(
            r#"title = "Test district"
synthetic = true

[origin]
longitude_deg = {LONGITUDE_DEG}
latitude_deg = {LATITUDE_DEG}
height_m = {GROUND_HEIGHT_M}

[time]
timezone = "Europe/Berlin"

[[sources]]
path = "district.gml"

{street}
{above}
{future}
scenario = "{GARDEN}"
time = 2026-06-21T23:00:00Z

[[scenarios]]
name = "{GARDEN}"
edits = [{{ hide = ["{HOUSE}"] }}, {{ add = {{ path = "pavilion.gml" }} }}]

{further}
"#
        );
        self.write("scene.toml", &text)
    }
}

/// A camera that looks north.
fn viewpoint(name: &str, eye: Place, pitch_deg: f64) -> String {
    let [longitude_deg, latitude_deg, height_m] = district::wgs84(eye);
    format!(
        "[[viewpoints]]\nname = \"{name}\"\nlongitude_deg = {longitude_deg}\nlatitude_deg = {latitude_deg}\n\
         height_m = {height_m}\nheading_deg = 0.0\npitch_deg = {pitch_deg:?}"
    )
}
