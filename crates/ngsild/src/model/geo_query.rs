//! Geo-queries (ETSI GS CIM 009, 4.10) as they are asked for, in URLs and in subscriptions.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::geometry::{Geometry, Position};

/// Which entities lie how to a reference geometry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GeoQuery {
    /// GeoJSON type of the reference geometry.
    pub geometry: String,
    /// Its GeoJSON coordinates, as an array or as a string that holds one.
    pub coordinates: Value,
    /// `near;maxDistance==2000`, `within`, …
    pub georel: String,
    /// The GeoProperty compared; `location` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geoproperty: Option<String>,
}

impl GeoQuery {
    /// Entities no farther than so many metres from a place.
    pub fn near(centre_wgs84: Position, max_distance_m: f64) -> Self {
        let georel = format!("near;maxDistance=={max_distance_m}");
        Self::new(&Geometry::Point(centre_wgs84), georel)
    }

    /// Entities wholly inside a polygon given by its rings.
    pub fn within(rings_wgs84: Vec<Vec<Position>>) -> Self {
        Self::new(&Geometry::Polygon(rings_wgs84), "within".to_owned())
    }

    fn new(reference: &Geometry, georel: String) -> Self {
        Self {
            geometry: reference.geojson_type().to_owned(),
            coordinates: reference.coordinates(),
            georel,
            geoproperty: None,
        }
    }

    /// The coordinates as JSON text, as a URL carries them.
    pub fn coordinates_text(&self) -> String {
        match &self.coordinates {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}
