//! Geo-queries (ETSI GS CIM 009, 4.10): how a geometry of an entity lies to a reference geometry.

use geo::{Centroid, Distance, Euclidean, Geometry as Shape, MapCoords, Point, Relate};
use serde_json::Value;

use crate::broker::problem::Problem;
use crate::model::{Entity, GeoQuery, Geometry};

/// A condition on a place.
#[derive(Debug, Clone)]
pub(in crate::broker) struct GeoCondition {
    property: String,
    relation: Relation,
    /// Longitude and latitude in degrees.
    reference_wgs84: Shape<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Relation {
    NearerThan { max_m: f64 },
    FartherThan { min_m: f64 },
    Within,
    Contains,
    Intersects,
    Equals,
    Disjoint,
    Overlaps,
}

impl GeoCondition {
    /// Reads a geo-query.
    pub fn new(query: &GeoQuery) -> Result<Self, Problem> {
        let bad = |reason: String| Problem::bad_data(format!("the geo-query is wrong: {reason}"));
        let coordinates = match &query.coordinates {
            Value::String(text) => serde_json::from_str(text)
                .map_err(|error| bad(format!("coordinates are not JSON ({error})")))?,
            other => other.clone(),
        };
        let reference = Geometry::from_coordinates(&query.geometry, &coordinates).map_err(bad)?;
        if !reference.is_on_earth() {
            return Err(bad(
                "a position lies outside longitude ±180°, latitude ±90°".to_owned(),
            ));
        }
        Ok(Self {
            property: query
                .geoproperty
                .clone()
                .unwrap_or_else(|| "location".to_owned()),
            relation: Relation::parse(&query.georel).map_err(bad)?,
            reference_wgs84: reference.to_geo(),
        })
    }

    /// Whether a geometry of the entity lies so.
    pub fn holds(&self, entity: &Entity) -> bool {
        entity
            .attributes
            .get(&self.property)
            .into_iter()
            .flatten()
            .filter_map(|instance| instance.as_geometry())
            .any(|geometry| self.holds_for(&geometry.to_geo()))
    }

    fn holds_for(&self, shape_wgs84: &Shape<f64>) -> bool {
        let relate = || shape_wgs84.relate(&self.reference_wgs84);
        match self.relation {
            Relation::NearerThan { max_m } => self.distance_m(shape_wgs84) <= max_m,
            Relation::FartherThan { min_m } => self.distance_m(shape_wgs84) >= min_m,
            Relation::Within => relate().is_within(),
            Relation::Contains => relate().is_contains(),
            Relation::Intersects => relate().is_intersects(),
            Relation::Equals => relate().is_equal_topo(),
            Relation::Disjoint => relate().is_disjoint(),
            Relation::Overlaps => relate().is_overlaps(),
        }
    }

    /// Shortest distance in metres, measured in a plane that touches WGS 84 at the reference geometry: right to a
    /// thousandth within some tens of kilometres of it.
    fn distance_m(&self, shape_wgs84: &Shape<f64>) -> f64 {
        let Some(origin) = self.reference_wgs84.centroid() else {
            return f64::INFINITY;
        };
        let reference_m = to_plane(&self.reference_wgs84, origin);
        let shape_m = to_plane(shape_wgs84, origin);
        Euclidean.distance(&reference_m, &shape_m)
    }
}

/// Metres east and north of the origin.
fn to_plane(shape_wgs84: &Shape<f64>, origin_wgs84: Point<f64>) -> Shape<f64> {
    const SEMI_MAJOR_AXIS_M: f64 = 6_378_137.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_33;
    let latitude = origin_wgs84.y().to_radians();
    let w_squared = 1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2);
    let prime_vertical_m = SEMI_MAJOR_AXIS_M / w_squared.sqrt();
    let meridional_m = prime_vertical_m * (1.0 - ECCENTRICITY_SQUARED) / w_squared;
    shape_wgs84.map_coords(|c| geo::Coord {
        x: (c.x - origin_wgs84.x()).to_radians() * prime_vertical_m * latitude.cos(),
        y: (c.y - origin_wgs84.y()).to_radians() * meridional_m,
    })
}

impl Relation {
    fn parse(georel: &str) -> Result<Self, String> {
        let (name, modifier) = match georel.split_once(';') {
            Some((name, modifier)) => (name, Some(modifier)),
            None => (georel, None),
        };
        match (name, modifier) {
            ("near", Some(modifier)) => {
                let (key, metres) = modifier
                    .split_once("==")
                    .ok_or("near needs maxDistance==metres or minDistance==metres")?;
                let metres: f64 = metres
                    .parse()
                    .ok()
                    .filter(|metres: &f64| metres.is_finite() && *metres >= 0.0)
                    .ok_or_else(|| format!("'{metres}' is no distance in metres"))?;
                match key {
                    "maxDistance" => Ok(Self::NearerThan { max_m: metres }),
                    "minDistance" => Ok(Self::FartherThan { min_m: metres }),
                    other => Err(format!("near does not know '{other}'")),
                }
            }
            ("near", None) => Err("near needs maxDistance or minDistance".to_owned()),
            ("within", None) => Ok(Self::Within),
            ("contains", None) => Ok(Self::Contains),
            ("intersects", None) => Ok(Self::Intersects),
            ("equals", None) => Ok(Self::Equals),
            ("disjoint", None) => Ok(Self::Disjoint),
            ("overlaps", None) => Ok(Self::Overlaps),
            _ => Err(format!("'{georel}' is no relation of geometries")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{AttributeInstance, Position};

    fn at(longitude_deg: f64, latitude_deg: f64) -> Entity {
        let place = Geometry::Point(Position::new(longitude_deg, latitude_deg));
        Entity::new("urn:s:1", "S").with("location", AttributeInstance::geo(place))
    }

    fn query(georel: &str, geometry: &str, coordinates: Value) -> GeoCondition {
        GeoCondition::new(&GeoQuery {
            geometry: geometry.to_owned(),
            coordinates,
            georel: georel.to_owned(),
            geoproperty: None,
        })
        .unwrap()
    }

    #[test]
    fn distances_agree_with_a_real_broker() {
        // The recorded answer of Coraine gives 867.532 m for these two points.
        let near = |metres: f64| {
            query(
                &format!("near;maxDistance=={metres}"),
                "Point",
                json!([-9.139, 38.722]),
            )
        };
        assert!(near(870.0).holds(&at(-9.129, 38.722)));
        assert!(!near(866.0).holds(&at(-9.129, 38.722)));
        let far = query("near;minDistance==866", "Point", json!([-9.139, 38.722]));
        assert!(far.holds(&at(-9.129, 38.722)));
    }

    #[test]
    fn relations_to_an_area() {
        let ring = json!([[
            [7.0, 50.0],
            [8.0, 50.0],
            [8.0, 51.0],
            [7.0, 51.0],
            [7.0, 50.0]
        ]]);
        for (relation, inside, outside) in [
            ("within", true, false),
            ("intersects", true, false),
            ("disjoint", false, true),
        ] {
            let condition = query(relation, "Polygon", ring.clone());
            assert_eq!(condition.holds(&at(7.5, 50.5)), inside, "{relation}");
            assert_eq!(condition.holds(&at(9.5, 50.5)), outside, "{relation}");
        }
        // In a URL the coordinates are a text.
        assert!(query("within", "Polygon", json!(ring.to_string())).holds(&at(7.5, 50.5)));
    }

    #[test]
    fn entities_without_a_place_lie_nowhere() {
        let condition = query("disjoint", "Point", json!([7.0, 50.0]));
        assert!(!condition.holds(&Entity::new("urn:s:1", "S")));
    }
}
