//! A small district in CityGML 2.0: a square of terrain, a house, a tower with an annex, and a pavilion that is only a design.
//!
//! It stands where UTM zone 32 has its central meridian, at 500 000 m east and 5 405 000 m north. That this is 9° east and
//! 48.797 992 848° north, and how long a degree is there, was taken from `cs2cs` and not from the program, so that a
//! picture also shows whether the way from the file to the earth is right.

use std::fmt::Write;

/// Metres east, north and up of the middle of the district, where its ground lies.
pub type Place = [f64; 3];

/// Height of the ground above the ellipsoid, metres.
pub const GROUND_HEIGHT_M: f64 = 300.0;
/// Longitude of the middle.
pub const LONGITUDE_DEG: f64 = 9.0;
/// Latitude of the middle.
pub const LATITUDE_DEG: f64 = 48.797_992_848_305_48;
/// Degrees of longitude per metre east, at the height of the ground.
const LONGITUDE_DEG_PER_M: f64 = 1.361_086_7e-5;
/// Degrees of latitude per metre north, at the height of the ground.
const LATITUDE_DEG_PER_M: f64 = 8.991_911_5e-6;
/// Metres of the grid per metre on the ground: 0.9996 on the central meridian, less what 300 m of height make longer.
const GRID_SCALE: f64 = 0.999_553;

/// The reference system of the district.
pub const CRS: &str = "EPSG:25832";

/// Gabled, 20 by 12 metres, ridge from west to east.
pub const HOUSE: &str = "house";
/// Top of the house's south roof half, in the middle of the slope.
pub const HOUSE_ROOF: Place = [10.0, 3.0, 8.0];
/// South wall of the house, in its middle.
pub const HOUSE_WALL: Place = [10.0, 0.0, 2.0];
/// 12 by 12 metres, flat.
pub const TOWER: &str = "tower";
/// Height of the tower, metres.
pub const TOWER_HEIGHT_M: f64 = 40.0;
/// A part of the tower, east of it.
pub const ANNEX: &str = "tower-annex";
/// Flat, where the baseline has nothing.
pub const PAVILION: &str = "pavilion";
/// Middle of the pavilion's roof.
pub const PAVILION_ROOF: Place = [65.0, 0.0, 6.0];

/// `[longitude_deg, latitude_deg, height_m]` of a place of the district.
pub fn wgs84(place: Place) -> [f64; 3] {
    [
        LONGITUDE_DEG + place[0] * LONGITUDE_DEG_PER_M,
        LATITUDE_DEG + place[1] * LATITUDE_DEG_PER_M,
        GROUND_HEIGHT_M + place[2],
    ]
}

/// Terrain, house and tower.
pub fn baseline() -> String {
    document(&[terrain(), house(), tower()])
}

/// House and tower without terrain.
pub fn buildings() -> String {
    document(&[house(), tower()])
}

/// The design that a scenario adds.
pub fn pavilion() -> String {
    document(&[building(
        PAVILION,
        &block([58.0, -7.0], [72.0, 7.0], 6.0),
        "",
    )])
}

/// A glTF model without a place on earth: an upright triangle, 10 metres wide and 5 high, that stands on its origin.
pub fn mast() -> String {
    r#"{
  "asset": {"version": "2.0"},
  "scene": 0,
  "scenes": [{"nodes": [0]}],
  "nodes": [{"name": "mast", "mesh": 0}],
  "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
  "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [10, 5, 0]}],
  "bufferViews": [{"buffer": 0, "byteLength": 36}],
  "buffers": [{"byteLength": 36, "uri": "data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAAAgQQAAAAAAAAAAAAAAAAAAoEAAAAAA"}]
}"#
    .to_owned()
}

/// A CityGML document with these members.
pub fn document(members: &[String]) -> String {
    let mut text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0" xmlns:gml="http://www.opengis.net/gml">
<gml:boundedBy><gml:Envelope srsName="{CRS}" srsDimension="3"><gml:lowerCorner>499820 5404820 300</gml:lowerCorner><gml:upperCorner>500180 5405180 340</gml:upperCorner></gml:Envelope></gml:boundedBy>
"#
    );
    for member in members {
        let _infallible = writeln!(
            text,
            "<core:cityObjectMember>{member}</core:cityObjectMember>"
        );
    }
    text.push_str("</core:CityModel>\n");
    text
}

fn house() -> String {
    let (west, east, south, middle, north) = (0.0, 20.0, 0.0, 6.0, 12.0);
    let (eaves, ridge) = (6.0, 10.0);
    let surfaces = [
        surface(
            "GroundSurface",
            &[
                [west, south, 0.0],
                [west, north, 0.0],
                [east, north, 0.0],
                [east, south, 0.0],
            ],
        ),
        surface(
            "WallSurface",
            &[
                [west, south, 0.0],
                [east, south, 0.0],
                [east, south, eaves],
                [west, south, eaves],
            ],
        ),
        surface(
            "WallSurface",
            &[
                [east, north, 0.0],
                [west, north, 0.0],
                [west, north, eaves],
                [east, north, eaves],
            ],
        ),
        surface(
            "WallSurface",
            &[
                [east, south, 0.0],
                [east, north, 0.0],
                [east, north, eaves],
                [east, middle, ridge],
                [east, south, eaves],
            ],
        ),
        surface(
            "WallSurface",
            &[
                [west, north, 0.0],
                [west, south, 0.0],
                [west, south, eaves],
                [west, middle, ridge],
                [west, north, eaves],
            ],
        ),
        surface(
            "RoofSurface",
            &[
                [west, south, eaves],
                [east, south, eaves],
                [east, middle, ridge],
                [west, middle, ridge],
            ],
        ),
        surface(
            "RoofSurface",
            &[
                [east, north, eaves],
                [west, north, eaves],
                [west, middle, ridge],
                [east, middle, ridge],
            ],
        ),
    ];
    building(HOUSE, &surfaces.concat(), "")
}

fn tower() -> String {
    let annex = format!(
        r#"<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="{ANNEX}">{}</bldg:BuildingPart></bldg:consistsOfBuildingPart>"#,
        block([-48.0, -6.0], [-42.0, 6.0], 5.0)
    );
    building(
        TOWER,
        &block([-60.0, -6.0], [-48.0, 6.0], TOWER_HEIGHT_M),
        &annex,
    )
}

fn building(id: &str, surfaces: &str, parts: &str) -> String {
    format!(r#"<bldg:Building gml:id="{id}">{surfaces}{parts}</bldg:Building>"#)
}

/// A box with a flat roof on the ground.
pub fn block([west, south]: [f64; 2], [east, north]: [f64; 2], height: f64) -> String {
    let wall = |from: [f64; 2], to: [f64; 2]| {
        let corners = [
            [from[0], from[1], 0.0],
            [to[0], to[1], 0.0],
            [to[0], to[1], height],
            [from[0], from[1], height],
        ];
        surface("WallSurface", &corners)
    };
    [
        surface(
            "GroundSurface",
            &[
                [west, south, 0.0],
                [west, north, 0.0],
                [east, north, 0.0],
                [east, south, 0.0],
            ],
        ),
        wall([west, south], [east, south]),
        wall([east, south], [east, north]),
        wall([east, north], [west, north]),
        wall([west, north], [west, south]),
        surface(
            "RoofSurface",
            &[
                [west, south, height],
                [east, south, height],
                [east, north, height],
                [west, north, height],
            ],
        ),
    ]
    .concat()
}

fn surface(kind: &str, corners: &[Place]) -> String {
    format!(
        "<bldg:boundedBy><bldg:{kind}><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon>{}</gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface></bldg:{kind}></bldg:boundedBy>\n",
        exterior(corners)
    )
}

/// A closed ring, anticlockwise seen from outside.
pub fn exterior(corners: &[Place]) -> String {
    let mut positions = String::new();
    for [east, north, up] in corners.iter().chain(corners.first()) {
        let _infallible = write!(
            positions,
            "{:.4} {:.4} {:.4} ",
            500_000.0 + east * GRID_SCALE,
            5_405_000.0 + north * GRID_SCALE,
            GROUND_HEIGHT_M + up
        );
    }
    format!(
        r#"<gml:exterior><gml:LinearRing><gml:posList srsDimension="3">{}</gml:posList></gml:LinearRing></gml:exterior>"#,
        positions.trim_end()
    )
}

/// Cells per side of the terrain, each two triangles.
pub const TERRAIN_CELLS: usize = 6;

/// A level square of 360 metres.
pub fn terrain() -> String {
    let mut triangles = String::new();
    let corner =
        |column: usize, row: usize| [column as f64 * 60.0 - 180.0, row as f64 * 60.0 - 180.0, 0.0];
    for row in 0..TERRAIN_CELLS {
        for column in 0..TERRAIN_CELLS {
            let (a, b) = (corner(column, row), corner(column + 1, row));
            let (c, d) = (corner(column + 1, row + 1), corner(column, row + 1));
            for triangle in [[a, b, c], [a, c, d]] {
                let _infallible = writeln!(
                    triangles,
                    "<gml:Triangle>{}</gml:Triangle>",
                    exterior(&triangle)
                );
            }
        }
    }
    format!(
        r#"<dem:ReliefFeature gml:id="relief"><dem:lod>2</dem:lod><dem:reliefComponent><dem:TINRelief gml:id="relief-tin"><dem:lod>2</dem:lod><dem:tin><gml:TriangulatedSurface><gml:trianglePatches>{triangles}</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief></dem:reliefComponent></dem:ReliefFeature>"#
    )
}
