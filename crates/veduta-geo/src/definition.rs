//! What PROJ's database says about a reference system.

use proj::Proj;
use serde_json::Value;

use crate::GeoError;
use crate::fit::AreaOfUse;

/// The shape of a system's coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrsKind {
    /// Eastings and northings.
    Projected,
    /// Longitudes and latitudes.
    Geographic,
    /// Earth-centred cartesian metres.
    Geocentric,
}

/// What the heights of a reference system refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeightReference {
    /// The ellipsoid, as satellites measure and 3D Tiles are.
    Ellipsoid,
    /// A physical height system, by its name in PROJ's database (`DHHN2016 height`, `NAP height`):
    /// heights above sea level, tens of metres from those above the ellipsoid.
    SeaLevel(String),
    /// The system is two-dimensional; what the heights refer to is not said.
    Unstated,
}

/// A reference system as PROJ knows it, reduced to what placing a city model needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CrsDefinition {
    /// Horizontal part in a form that PROJ accepts.
    pub(crate) horizontal: String,
    /// Name in the database.
    pub(crate) name: String,
    /// Shape of the coordinates.
    pub(crate) kind: CrsKind,
    /// True if the authority puts northing or latitude first.
    pub(crate) north_first: bool,
    /// Where the system is used; definitions that come without a code do not say.
    pub(crate) area: Option<AreaOfUse>,
    /// What heights refer to.
    pub(crate) heights: HeightReference,
    /// Metres up in one unit of height; negative where depths are given.
    pub(crate) height_unit_m: f64,
}

impl CrsDefinition {
    /// Looks a system up by code, name, PROJ string or WKT.
    pub(crate) fn load(text: &str) -> Result<Self, GeoError> {
        let unusable = |reason: String| GeoError::Unusable {
            definition: text.to_owned(),
            reason,
        };
        let crs = Proj::new(text).map_err(|error| unusable(error.to_string()))?;
        let json = crs
            .to_projjson(Some(false), None, None)
            .map_err(|_| unusable("it is not a coordinate reference system".to_owned()))?;
        let json: Value =
            serde_json::from_str(&json).map_err(|error| unusable(error.to_string()))?;
        let bounds = match crs.area_of_use() {
            Ok((area, _)) => area,
            Err(_) => None,
        };
        let mut definition = Self::from_projjson(&json, text).ok_or_else(|| {
            unusable(
                "only projected, geographic and geocentric systems place a model on earth"
                    .to_owned(),
            )
        })?;
        definition.area = bounds.map(|bounds| AreaOfUse {
            bounds_deg: [bounds.west, bounds.south, bounds.east, bounds.north],
            is_grid: definition.kind == CrsKind::Projected,
        });
        Ok(definition)
    }

    /// Reads PROJJSON; `None` for engineering, parametric and temporal systems.
    fn from_projjson(json: &Value, horizontal: &str) -> Option<Self> {
        if json["type"] == "CompoundCRS" {
            let components = json["components"].as_array()?;
            let base = components.first()?;
            // The components of a coded compound system carry no code of their own, but PROJ
            // reads its own JSON, and this leaves the vertical part out of the conversion.
            let mut definition = Self::from_projjson(base, &base.to_string())?;
            if let Some(vertical) = components.get(1) {
                definition.heights = HeightReference::SeaLevel(text_of(&vertical["name"]));
                definition.height_unit_m = unit_m(&vertical["coordinate_system"]["axis"][0]);
            }
            definition.name = text_of(&json["name"]);
            return Some(definition);
        }
        if json["type"] == "BoundCRS" {
            let mut definition = Self::from_projjson(&json["source_crs"], horizontal)?;
            definition.horizontal = horizontal.to_owned();
            return Some(definition);
        }
        let system = &json["coordinate_system"];
        let axes = system["axis"].as_array()?;
        let first_direction = axes.first()?["direction"].as_str()?;
        let kind = match (system["subtype"].as_str()?, first_direction) {
            ("ellipsoidal", _) => CrsKind::Geographic,
            ("Cartesian", "geocentricX") => CrsKind::Geocentric,
            ("Cartesian", _) if json["type"] != "EngineeringCRS" => CrsKind::Projected,
            _ => return None,
        };
        let has_height = axes.len() == 3 || kind == CrsKind::Geocentric;
        Some(Self {
            horizontal: horizontal.to_owned(),
            name: text_of(&json["name"]),
            kind,
            north_first: first_direction == "north",
            area: None,
            heights: if has_height {
                HeightReference::Ellipsoid
            } else {
                HeightReference::Unstated
            },
            height_unit_m: axes.get(2).map_or(1.0, unit_m),
        })
    }

    /// Takes the height system from a separately named vertical system, `EPSG:5783`.
    pub(crate) fn with_vertical(mut self, vertical: &str) -> Self {
        let json = Proj::new(vertical)
            .ok()
            .and_then(|crs| crs.to_projjson(Some(false), None, None).ok())
            .and_then(|json| serde_json::from_str::<Value>(&json).ok());
        match json {
            Some(json) if json["type"] == "VerticalCRS" => {
                self.heights = HeightReference::SeaLevel(text_of(&json["name"]));
                self.height_unit_m = unit_m(&json["coordinate_system"]["axis"][0]);
            }
            // An unknown vertical code costs nothing: heights are not converted anyway.
            _ => self.heights = HeightReference::SeaLevel(vertical.to_owned()),
        }
        self
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or("unnamed").to_owned()
}

/// Metres up in one unit of a linear axis (PROJJSON writes `"metre"` or an object with a factor);
/// negative for depths.
fn unit_m(axis: &Value) -> f64 {
    let unit_m = axis["unit"]["conversion_factor"].as_f64().unwrap_or(1.0);
    if axis["direction"] == "down" {
        -unit_m
    } else {
        unit_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_axis_order_of_the_authority() {
        for (code, north_first) in [
            ("EPSG:25832", false),
            ("EPSG:31467", true),
            ("EPSG:4326", true),
            ("OGC:CRS84", false),
            ("EPSG:6697", true),
            ("EPSG:7415", false),
        ] {
            let definition = CrsDefinition::load(code).expect(code);
            assert_eq!(definition.north_first, north_first, "{code}");
        }
    }

    #[test]
    fn heights_in_feet_are_recognised() {
        let definition = CrsDefinition::load("EPSG:2263")
            .expect("New York Long Island")
            .with_vertical("EPSG:6360");
        assert!((definition.height_unit_m - 0.304_800_609_6).abs() < 1e-9);
    }

    #[test]
    fn depths_point_down() {
        let definition = CrsDefinition::load("EPSG:25832")
            .expect("UTM 32")
            .with_vertical("EPSG:5831");
        assert_eq!(definition.height_unit_m, -1.0);
    }

    #[test]
    fn a_height_system_alone_places_nothing() {
        assert!(matches!(
            CrsDefinition::load("EPSG:5783"),
            Err(GeoError::Unusable { .. })
        ));
        assert!(matches!(
            CrsDefinition::load("EPSG:999999"),
            Err(GeoError::Unusable { .. })
        ));
    }
}
