//! A house with all that one may want to look at: two levels of detail, a texture, a room with a table, a group, dates.

use std::io::Cursor;

use image::{Rgb, RgbImage};

use crate::{
    district::{self, Place},
    scene_folder::SceneFolder,
};

/// The house, 20 by 12 metres; 7 metres high and flat in level 1, 10 metres with a ridge in level 2.
pub const HOUSE: &str = "rich-house";
/// The room in it.
pub const ROOM: &str = "parlour";
/// The table in the room.
pub const TABLE: &str = "table";
/// A shed beside it that was built in 2010.
pub const SHED: &str = "shed";
/// House and shed.
pub const GROUP: &str = "yard";
/// Middle of the table top.
pub const TABLE_TOP: Place = [10.0, 3.0, 1.0];
/// Middle of the shed's roof.
pub const SHED_ROOF: Place = [45.0, 3.0, 4.0];
/// Name of the theme with the texture.
pub const THEME: &str = "photo";
/// Colour of the texture.
pub const GREEN: [u8; 3] = [20, 160, 40];

/// Writes the district with this house in place of its own, and the texture beside it.
pub fn write(folder: &SceneFolder) -> std::path::PathBuf {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_pixel(8, 8, Rgb(GREEN))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture in memory can be written");
    let texture = folder.path("green.png");
    std::fs::write(texture, png.into_inner()).expect("a temporary folder can be written to");
    folder.write("district.gml", &district::document(&members()))
}

fn members() -> Vec<String> {
    vec![district::terrain(), house(), shed(), group()]
}

fn polygon(id: &str, corners: &[Place]) -> String {
    let ring = district::exterior(corners).replace(
        "<gml:LinearRing>",
        &format!(r#"<gml:LinearRing gml:id="{id}-ring">"#),
    );
    format!(
        r#"<gml:surfaceMember><gml:Polygon gml:id="{id}">{ring}</gml:Polygon></gml:surfaceMember>"#
    )
}

fn multi_surface(polygons: &str) -> String {
    format!("<gml:MultiSurface>{polygons}</gml:MultiSurface>")
}

fn surface(kind: &str, id: &str, corners: &[Place]) -> String {
    format!(
        r#"<bldg:boundedBy><bldg:{kind} gml:id="{id}-surface"><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:{kind}></bldg:boundedBy>"#,
        multi_surface(&polygon(id, corners))
    )
}

fn house() -> String {
    let (west, east, south, middle, north) = (0.0, 20.0, 0.0, 6.0, 12.0);
    let (eaves, ridge) = (6.0, 10.0);
    let surfaces = [
        surface(
            "GroundSurface",
            "slab",
            &[
                [west, south, 0.0],
                [west, north, 0.0],
                [east, north, 0.0],
                [east, south, 0.0],
            ],
        ),
        surface(
            "WallSurface",
            "wall-south",
            &[
                [west, south, 0.0],
                [east, south, 0.0],
                [east, south, eaves],
                [west, south, eaves],
            ],
        ),
        surface(
            "WallSurface",
            "wall-north",
            &[
                [east, north, 0.0],
                [west, north, 0.0],
                [west, north, eaves],
                [east, north, eaves],
            ],
        ),
        surface(
            "WallSurface",
            "wall-east",
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
            "wall-west",
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
            "roof-south",
            &[
                [west, south, eaves],
                [east, south, eaves],
                [east, middle, ridge],
                [west, middle, ridge],
            ],
        ),
        surface(
            "RoofSurface",
            "roof-north",
            &[
                [east, north, eaves],
                [west, north, eaves],
                [west, middle, ridge],
                [east, middle, ridge],
            ],
        ),
    ]
    .concat();
    let lod1 = format!(
        "<bldg:lod1MultiSurface>{}</bldg:lod1MultiSurface>",
        multi_surface(&polygon(
            "lid",
            &[
                [west, south, 7.0],
                [east, south, 7.0],
                [east, north, 7.0],
                [west, north, 7.0],
            ]
        ))
    );
    let table = polygon(
        "top",
        &[
            [8.0, 1.5, 1.0],
            [12.0, 1.5, 1.0],
            [12.0, 4.5, 1.0],
            [8.0, 4.5, 1.0],
        ],
    );
    let floor = polygon(
        "floor",
        &[
            [0.5, 0.5, 0.2],
            [19.5, 0.5, 0.2],
            [19.5, 11.5, 0.2],
            [0.5, 11.5, 0.2],
        ],
    );
    format!(
        r#"<bldg:Building gml:id="{HOUSE}">{}{lod1}{surfaces}<bldg:interiorRoom><bldg:Room gml:id="{ROOM}"><bldg:boundedBy><bldg:FloorSurface><bldg:lod4MultiSurface>{}</bldg:lod4MultiSurface></bldg:FloorSurface></bldg:boundedBy><bldg:interiorFurniture><bldg:BuildingFurniture gml:id="{TABLE}"><bldg:lod4Geometry>{}</bldg:lod4Geometry></bldg:BuildingFurniture></bldg:interiorFurniture></bldg:Room></bldg:interiorRoom></bldg:Building>"#,
        appearance(),
        multi_surface(&floor),
        multi_surface(&table),
    )
}

/// The south wall is green in a theme.
fn appearance() -> String {
    format!(
        r##"<app:appearance xmlns:app="http://www.opengis.net/citygml/appearance/2.0"><app:Appearance><app:theme>{THEME}</app:theme><app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>green.png</app:imageURI><app:wrapMode>wrap</app:wrapMode><app:target uri="#wall-south"><app:TexCoordList><app:textureCoordinates ring="#wall-south-ring">0 0 2 0 2 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember></app:Appearance></app:appearance>"##
    )
}

fn shed() -> String {
    let block = district::block([40.0, 0.0], [50.0, 6.0], 4.0);
    format!(
        r#"<bldg:Building gml:id="{SHED}"><bldg:yearOfConstruction>2010</bldg:yearOfConstruction>{block}</bldg:Building>"#
    )
}

fn group() -> String {
    format!(
        r##"<grp:CityObjectGroup xmlns:grp="http://www.opengis.net/citygml/cityobjectgroup/2.0" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="{GROUP}"><grp:groupMember xlink:href="#{HOUSE}"/><grp:groupMember xlink:href="#{SHED}"/></grp:CityObjectGroup>"##
    )
}
