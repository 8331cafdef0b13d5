//! Geometries of a GeoProperty: GeoJSON (RFC 7946) in WGS 84, longitude before latitude, height above the ellipsoid
//! as the RFC says it (many sources mean the height above sea level; what is meant is not in the data).

use geo::{Centroid, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon};
use serde_json::{Map, Value, json};

/// A place in WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// East of Greenwich, degrees.
    pub longitude_deg: f64,
    /// North of the equator, degrees.
    pub latitude_deg: f64,
    /// Third coordinate where given, metres.
    pub height_m: Option<f64>,
}

impl Position {
    /// A position without a height.
    pub fn new(longitude_deg: f64, latitude_deg: f64) -> Self {
        Self {
            longitude_deg,
            latitude_deg,
            height_m: None,
        }
    }

    /// The same position with a height.
    pub fn with_height_m(self, height_m: f64) -> Self {
        Self {
            height_m: Some(height_m),
            ..self
        }
    }

    fn is_on_earth(&self) -> bool {
        self.longitude_deg.abs() <= 180.0 && self.latitude_deg.abs() <= 90.0
    }

    fn to_value(self) -> Value {
        match self.height_m {
            Some(height_m) => json!([self.longitude_deg, self.latitude_deg, height_m]),
            None => json!([self.longitude_deg, self.latitude_deg]),
        }
    }

    fn to_coord(self) -> geo::Coord<f64> {
        geo::Coord {
            x: self.longitude_deg,
            y: self.latitude_deg,
        }
    }
}

/// A GeoJSON geometry (RFC 7946, section 3.1).
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One place.
    Point(Position),
    /// Several places.
    MultiPoint(Vec<Position>),
    /// A line of two or more positions.
    LineString(Vec<Position>),
    /// Several lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Rings: the outer one first, then holes; the first position of each is repeated at its end.
    Polygon(Vec<Vec<Position>>),
    /// Several polygons.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    /// Geometries of any kind together.
    GeometryCollection(Vec<Geometry>),
}

/// Collections of collections deeper than this are refused.
const MAX_COLLECTION_DEPTH: usize = 4;

impl Geometry {
    /// Reads a GeoJSON geometry.
    ///
    /// # Errors
    /// One sentence that says what is wrong with it.
    pub fn from_geojson(value: &Value) -> Result<Self, String> {
        Self::read(value, 0)
    }

    fn read(value: &Value, depth: usize) -> Result<Self, String> {
        let object = value.as_object().ok_or("a geometry is a JSON object")?;
        let kind = object
            .get("type")
            .and_then(Value::as_str)
            .ok_or("the geometry has no type")?;
        if kind == "GeometryCollection" {
            if depth >= MAX_COLLECTION_DEPTH {
                return Err("geometry collections are nested too deep".to_owned());
            }
            let members = object
                .get("geometries")
                .and_then(Value::as_array)
                .ok_or("the collection has no geometries")?;
            return members
                .iter()
                .map(|member| Self::read(member, depth + 1))
                .collect::<Result<_, _>>()
                .map(Self::GeometryCollection);
        }
        let coordinates = object
            .get("coordinates")
            .ok_or_else(|| format!("the {kind} has no coordinates"))?;
        Self::from_coordinates(kind, coordinates)
    }

    /// Reads the coordinates of a geometry whose type is known, as the geo-query of ETSI GS CIM 009, 4.10 writes them.
    ///
    /// # Errors
    /// One sentence that says what is wrong with them.
    pub fn from_coordinates(kind: &str, coordinates: &Value) -> Result<Self, String> {
        Ok(match kind {
            "Point" => Self::Point(read_position(coordinates)?),
            "MultiPoint" => Self::MultiPoint(read_list(coordinates, read_position)?),
            "LineString" => Self::LineString(read_line(coordinates)?),
            "MultiLineString" => Self::MultiLineString(read_list(coordinates, read_line)?),
            "Polygon" => Self::Polygon(read_polygon(coordinates)?),
            "MultiPolygon" => Self::MultiPolygon(read_list(coordinates, read_polygon)?),
            other => return Err(format!("'{other}' is no GeoJSON geometry type")),
        })
    }

    /// Whether a JSON value has the outward look of a GeoJSON geometry: how a concise or simplified GeoProperty is told
    /// from other values.
    pub fn looks_like_geojson(object: &Map<String, Value>) -> bool {
        match object.get("type").and_then(Value::as_str) {
            Some("GeometryCollection") => object.contains_key("geometries"),
            Some(kind) => is_coordinate_type(kind) && object.contains_key("coordinates"),
            None => false,
        }
    }

    /// Writes it as GeoJSON.
    pub fn to_geojson(&self) -> Value {
        if let Self::GeometryCollection(members) = self {
            let members: Vec<Value> = members.iter().map(Self::to_geojson).collect();
            return json!({"type": "GeometryCollection", "geometries": members});
        }
        json!({"type": self.geojson_type(), "coordinates": self.coordinates()})
    }

    /// Its GeoJSON type name.
    pub fn geojson_type(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::MultiPoint(_) => "MultiPoint",
            Self::LineString(_) => "LineString",
            Self::MultiLineString(_) => "MultiLineString",
            Self::Polygon(_) => "Polygon",
            Self::MultiPolygon(_) => "MultiPolygon",
            Self::GeometryCollection(_) => "GeometryCollection",
        }
    }

    /// Its GeoJSON coordinates; a collection has none.
    pub fn coordinates(&self) -> Value {
        let line = |line: &[Position]| -> Value { line.iter().map(|p| p.to_value()).collect() };
        let lines = |lines: &[Vec<Position>]| -> Value { lines.iter().map(|l| line(l)).collect() };
        match self {
            Self::Point(position) => position.to_value(),
            Self::MultiPoint(positions) | Self::LineString(positions) => line(positions),
            Self::MultiLineString(parts) | Self::Polygon(parts) => lines(parts),
            Self::MultiPolygon(polygons) => polygons.iter().map(|p| lines(p)).collect(),
            Self::GeometryCollection(_) => Value::Null,
        }
    }

    /// Every position in it, in order.
    pub fn positions(&self) -> Box<dyn Iterator<Item = &Position> + '_> {
        match self {
            Self::Point(position) => Box::new(std::iter::once(position)),
            Self::MultiPoint(positions) | Self::LineString(positions) => Box::new(positions.iter()),
            Self::MultiLineString(parts) | Self::Polygon(parts) => Box::new(parts.iter().flatten()),
            Self::MultiPolygon(polygons) => Box::new(polygons.iter().flatten().flatten()),
            Self::GeometryCollection(members) => Box::new(members.iter().flat_map(Self::positions)),
        }
    }

    /// Whether every position is a longitude and latitude that exist.
    pub fn is_on_earth(&self) -> bool {
        self.positions().all(Position::is_on_earth)
    }

    /// One place to stand for the whole: the point itself, else the centroid in degrees with the mean of the heights
    /// given. `None` for an empty geometry. Not meant for geometries across the antimeridian.
    pub fn representative_position(&self) -> Option<Position> {
        if let Self::Point(position) = self {
            return Some(*position);
        }
        let centroid = self.to_geo().centroid()?;
        let heights: Vec<f64> = self.positions().filter_map(|p| p.height_m).collect();
        let height_m =
            (!heights.is_empty()).then(|| heights.iter().sum::<f64>() / heights.len() as f64);
        Some(Position {
            longitude_deg: centroid.x(),
            latitude_deg: centroid.y(),
            height_m,
        })
    }

    /// The same geometry for the algorithms of `geo`: x is the longitude, y the latitude in degrees, no height.
    pub fn to_geo(&self) -> geo::Geometry<f64> {
        match self {
            Self::Point(position) => geo::Point(position.to_coord()).into(),
            Self::MultiPoint(positions) => {
                MultiPoint::new(positions.iter().map(|p| geo::Point(p.to_coord())).collect()).into()
            }
            Self::LineString(positions) => line_to_geo(positions).into(),
            Self::MultiLineString(lines) => {
                MultiLineString::new(lines.iter().map(|l| line_to_geo(l)).collect()).into()
            }
            Self::Polygon(rings) => polygon_to_geo(rings).into(),
            Self::MultiPolygon(polygons) => {
                MultiPolygon::new(polygons.iter().map(|p| polygon_to_geo(p)).collect()).into()
            }
            Self::GeometryCollection(members) => geo::Geometry::GeometryCollection(
                GeometryCollection::new_from(members.iter().map(Self::to_geo).collect()),
            ),
        }
    }
}

fn is_coordinate_type(kind: &str) -> bool {
    matches!(
        kind,
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
    )
}

fn line_to_geo(positions: &[Position]) -> LineString<f64> {
    positions.iter().map(|p| p.to_coord()).collect()
}

fn polygon_to_geo(rings: &[Vec<Position>]) -> geo::Polygon<f64> {
    let mut rings = rings.iter().map(|ring| line_to_geo(ring));
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    geo::Polygon::new(outer, rings.collect())
}

fn read_list<T>(
    value: &Value,
    read: impl Fn(&Value) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    value
        .as_array()
        .ok_or("coordinates are nested arrays")?
        .iter()
        .map(read)
        .collect()
}

fn read_position(value: &Value) -> Result<Position, String> {
    let numbers = value
        .as_array()
        .and_then(|items| {
            items
                .iter()
                .map(Value::as_f64)
                .collect::<Option<Vec<f64>>>()
        })
        .ok_or("a position is an array of numbers")?;
    match numbers[..] {
        // Further numbers have no meaning in RFC 7946 (section 3.1.1) and are passed over.
        [longitude_deg, latitude_deg, height_m, ..] => Ok(Position {
            longitude_deg,
            latitude_deg,
            height_m: Some(height_m),
        }),
        [longitude_deg, latitude_deg] => Ok(Position::new(longitude_deg, latitude_deg)),
        _ => Err("a position has a longitude and a latitude".to_owned()),
    }
}

fn read_line(value: &Value) -> Result<Vec<Position>, String> {
    let line = read_list(value, read_position)?;
    if line.len() < 2 {
        return Err("a line has at least two positions".to_owned());
    }
    Ok(line)
}

fn read_polygon(value: &Value) -> Result<Vec<Vec<Position>>, String> {
    let rings = read_list(value, |ring| read_list(ring, read_position))?;
    if rings.is_empty() || rings.iter().any(|ring| ring.len() < 4) {
        return Err("a polygon has rings of at least four positions".to_owned());
    }
    Ok(rings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_survive_a_round_trip() {
        for text in [
            r#"{"type":"Point","coordinates":[7.1,50.7,61.5]}"#,
            r#"{"type":"LineString","coordinates":[[7.1,50.7],[7.2,50.8]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.0,2.0]}]}"#,
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(Geometry::from_geojson(&value).unwrap().to_geojson(), value);
        }
    }

    #[test]
    fn broken_geometries_say_why() {
        for (text, reason) in [
            (
                r#"{"type":"Point","coordinates":[7.1]}"#,
                "longitude and a latitude",
            ),
            (
                r#"{"type":"Point","coordinates":["7.1","50"]}"#,
                "array of numbers",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#,
                "four positions",
            ),
            (
                r#"{"type":"Circle","coordinates":[0,0]}"#,
                "no GeoJSON geometry type",
            ),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            let error = Geometry::from_geojson(&value).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn a_polygon_is_represented_by_its_centroid() {
        let square = json!({"type": "Polygon", "coordinates":
            [[[0.0, 0.0, 10.0], [2.0, 0.0, 10.0], [2.0, 2.0, 10.0], [0.0, 2.0, 10.0], [0.0, 0.0, 10.0]]]});
        let centre = Geometry::from_geojson(&square)
            .unwrap()
            .representative_position()
            .unwrap();
        assert_eq!((centre.longitude_deg, centre.latitude_deg), (1.0, 1.0));
        assert_eq!(centre.height_m, Some(10.0));
    }
}
