//! `[[scenarios]]`: possible futures.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;
use crate::{Location, LocationError};

/// An ordered list of edits over the baseline. The baseline itself is never changed, so any two
/// scenarios can stand side by side.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Scenario {
    /// What viewpoints and `--scenario` refer to. `baseline` is taken: it is the scene without edits.
    pub name: String,
    /// Name on screen. Left out: `name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// What it proposes, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// Applied in this order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub edits: Vec<Edit>,
}

impl Scenario {
    /// The reserved name of the scene without edits.
    pub const BASELINE: &'static str = "baseline";

    /// Ids of all city objects that the scenario hides, in the order of the edits.
    pub fn hidden_ids(&self) -> impl Iterator<Item = &str> {
        self.edits
            .iter()
            .flat_map(|edit| match edit {
                Edit::Hide(ids) => ids.as_slice(),
                Edit::Add(_) => &[],
            })
            .map(String::as_str)
    }

    /// All designs that the scenario adds, in the order of the edits.
    pub fn additions(&self) -> impl Iterator<Item = &Addition> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::Add(addition) => Some(addition),
            Edit::Hide(_) => None,
        })
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Edit {
    /// City objects that are gone, by `gml:id`; their parts and surfaces go with them.
    Hide(Vec<String>),
    /// A design that is added.
    Add(Addition),
}

/// A design: CityGML, CityJSON or glTF. Exactly one of `path` and `url` is given.
///
/// A georeferenced file needs no placement. A glTF, or a file in a coordinate system of its own, has
/// its origin set down at `longitude_deg`, `latitude_deg`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Addition {
    /// Name in the layer tree. Left out: the name of the file.
    #[serde(skip_serializing_if = "is_default")]
    pub name: String,
    /// File, relative to the scene file.
    #[serde(skip_serializing_if = "is_default")]
    pub path: Option<String>,
    /// `http://` or `https://` address of a file.
    #[serde(skip_serializing_if = "is_default")]
    pub url: Option<String>,
    /// Coordinate reference system to use instead of what the file says.
    #[serde(skip_serializing_if = "is_default")]
    pub crs: Option<String>,
    /// Where the origin of the file is set down: degrees east of Greenwich.
    #[serde(skip_serializing_if = "is_default")]
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude_deg: Option<f64>,
    /// Where the origin of the file is set down: degrees north of the equator.
    #[serde(skip_serializing_if = "is_default")]
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude_deg: Option<f64>,
    /// Metres above the ellipsoid. Left out: on the terrain.
    #[serde(skip_serializing_if = "is_default")]
    pub height_m: Option<f64>,
    /// Where the model's own north (+y of CityGML, −z of glTF) points: degrees clockwise from north.
    #[serde(skip_serializing_if = "is_default")]
    pub heading_deg: Option<f64>,
    /// Metres per unit of the file; 1 unless said otherwise.
    #[serde(skip_serializing_if = "is_default")]
    pub scale: Option<f64>,
}

impl Addition {
    /// Where it is, a relative path starting from `base_directory`.
    ///
    /// # Errors
    /// As [`Source::location`](crate::Source::location).
    pub fn location(&self, base_directory: &Path) -> Result<Location, LocationError> {
        Location::of(self.path.as_deref(), self.url.as_deref(), base_directory)
    }

    /// Where its origin is set down; `None` where the file is to speak for itself.
    pub fn placement(&self) -> Option<Placement> {
        Some(Placement {
            longitude_deg: self.longitude_deg?,
            latitude_deg: self.latitude_deg?,
            height_m: self.height_m,
            heading_deg: self.heading_deg.unwrap_or(0.0),
            scale: self.scale.unwrap_or(1.0),
        })
    }
}

/// How a model without a place of its own is set into the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Degrees east of Greenwich (WGS 84).
    pub longitude_deg: f64,
    /// Degrees north of the equator (WGS 84).
    pub latitude_deg: f64,
    /// Metres above the ellipsoid; `None` sets it on the terrain.
    pub height_m: Option<f64>,
    /// Degrees clockwise from north.
    pub heading_deg: f64,
    /// Metres per unit of the file.
    pub scale: f64,
}
