//! Which polygons an object has, how often, with what meaning, which way round.

mod citygml_text;

use citygml_rs::{CityObject, SurfaceKind, polygon_normal};
use citygml_text::{TRIANGLE, building, polygon, read_members};

fn single(members: &str) -> CityObject {
    let outcome = read_members(members);
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    assert_eq!(outcome.objects.len(), 1);
    outcome
        .objects
        .into_iter()
        .next()
        .expect("there is one object")
}

/// Id, level of detail and kind of each surface of the object itself.
fn surfaces(object: &CityObject) -> Vec<(&str, u8, SurfaceKind)> {
    let surfaces = object.surfaces.iter();
    surfaces
        .map(|surface| {
            (
                surface.id.as_deref().unwrap_or(""),
                surface.lod,
                surface.kind,
            )
        })
        .collect()
}

fn solid(lod: u8, members: &str) -> String {
    format!(
        "<bldg:lod{lod}Solid><gml:Solid><gml:exterior><gml:CompositeSurface>{members}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod{lod}Solid>"
    )
}

fn boundary(element: &str, lod: u8, members: &str) -> String {
    format!(
        "<bldg:boundedBy><bldg:{element}><bldg:lod{lod}MultiSurface><gml:MultiSurface>{members}</gml:MultiSurface></bldg:lod{lod}MultiSurface></bldg:{element}></bldg:boundedBy>"
    )
}

fn member(polygon: &str) -> String {
    format!("<gml:surfaceMember>{polygon}</gml:surfaceMember>")
}

const LINK_A: &str = r##"<gml:surfaceMember xlink:href="#a"/>"##;
const LINK_B: &str = r##"<gml:surfaceMember xlink:href="#b"/>"##;

#[test]
fn a_solid_of_references_to_boundary_surfaces_doubles_nothing() {
    let content = [
        solid(2, &[LINK_A, LINK_B].concat()),
        boundary("RoofSurface", 2, &member(&polygon("a", TRIANGLE))),
        boundary("WallSurface", 2, &member(&polygon("b", TRIANGLE))),
    ];
    let house = single(&building("house", &content.concat()));
    assert_eq!(
        surfaces(&house),
        [("a", 2, SurfaceKind::Roof), ("b", 2, SurfaceKind::Wall)]
    );
}

#[test]
fn a_boundary_of_references_gives_its_meaning_to_the_polygons_of_the_solid() {
    let content = [
        solid(
            2,
            &[
                member(&polygon("a", TRIANGLE)),
                member(&polygon("b", "0 0 3 4 0 3 4 4 3 0 0 3")),
            ]
            .concat(),
        ),
        boundary("RoofSurface", 2, LINK_A),
    ];
    let house = single(&building("house", &content.concat()));
    assert_eq!(
        surfaces(&house),
        [
            ("a", 2, SurfaceKind::Roof),
            ("b", 2, SurfaceKind::Unclassified)
        ]
    );
}

#[test]
fn a_polygon_used_at_another_level_of_detail_is_there_at_both() {
    let content = [
        solid(3, LINK_A),
        boundary("RoofSurface", 2, &member(&polygon("a", TRIANGLE))),
        boundary("RoofSurface", 3, LINK_A),
    ];
    let house = single(&building("house", &content.concat()));
    assert_eq!(
        surfaces(&house),
        [("a", 2, SurfaceKind::Roof), ("a", 3, SurfaceKind::Roof)]
    );
}

#[test]
fn references_to_composites_and_through_composites_are_followed() {
    let composite = format!(
        r#"<gml:surfaceMember><gml:CompositeSurface gml:id="shell">{}{LINK_B}</gml:CompositeSurface></gml:surfaceMember>"#,
        member(&polygon("a", TRIANGLE))
    );
    let content = [
        boundary("WallSurface", 2, &composite),
        boundary("RoofSurface", 2, &member(&polygon("b", TRIANGLE))),
        solid(3, r##"<gml:surfaceMember xlink:href="#shell"/>"##),
    ];
    let house = single(&building("house", &content.concat()));
    let level_3: Vec<_> = surfaces(&house)
        .into_iter()
        .filter(|&(_, lod, _)| lod == 3)
        .collect();
    assert_eq!(
        level_3,
        [("a", 3, SurfaceKind::Wall), ("b", 3, SurfaceKind::Roof)]
    );
}

#[test]
fn a_wall_shared_by_two_parts_is_drawn_once() {
    let first = solid(2, &member(&polygon("a", TRIANGLE)));
    let turned = r##"<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="#a"/></gml:OrientableSurface></gml:surfaceMember>"##;
    let part = |id: &str, content: &str| {
        format!(
            r#"<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="{id}">{content}</bldg:BuildingPart></bldg:consistsOfBuildingPart>"#
        )
    };
    let house = single(&building(
        "house",
        &[part("left", &first), part("right", &solid(2, turned))].concat(),
    ));
    assert_eq!(surfaces(&house), []);
    let parts: Vec<_> = house
        .children
        .iter()
        .map(|part| (part.id.as_str(), part.surfaces.len()))
        .collect();
    assert_eq!(parts, [("left", 1), ("right", 0)]);
}

#[test]
fn a_reference_that_leads_nowhere_is_reported_with_line_and_object() {
    let outcome = read_members(&building(
        "house",
        &solid(2, &[LINK_A, &member(&polygon("b", TRIANGLE))].concat()),
    ));
    assert_eq!(outcome.codes(), ["GML-008"]);
    let diagnostic = &outcome.diagnostics.items[0];
    assert_eq!(diagnostic.object_id.as_deref(), Some("house"));
    assert_eq!(diagnostic.line, Some(8));
    assert_eq!(outcome.objects[0].surfaces.len(), 1);
}

#[test]
fn orientation_minus_turns_the_polygon_and_its_holes() {
    let turned = format!(
        r#"<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface>{}</gml:baseSurface></gml:OrientableSurface></gml:surfaceMember>"#,
        polygon("a", TRIANGLE)
    );
    let twice = format!(
        r#"<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface><gml:OrientableSurface orientation="-"><gml:baseSurface>{}</gml:baseSurface></gml:OrientableSurface></gml:baseSurface></gml:OrientableSurface></gml:surfaceMember>"#,
        polygon("b", TRIANGLE)
    );
    let house = single(&building("house", &solid(2, &[turned, twice].concat())));
    let up: Vec<_> = house
        .surfaces
        .iter()
        .map(|surface| polygon_normal(&surface.polygon).expect("an area")[2])
        .collect();
    assert_eq!(up, [-1.0, 1.0]);
}

#[test]
fn openings_parts_and_rooms_are_children() {
    let window = format!(
        r#"<bldg:opening><bldg:Window gml:id="window"><bldg:lod3MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></bldg:lod3MultiSurface></bldg:Window></bldg:opening>"#,
        member(&polygon("glass", TRIANGLE))
    );
    let wall = format!(
        "<bldg:boundedBy><bldg:WallSurface><bldg:lod3MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></bldg:lod3MultiSurface>{window}</bldg:WallSurface></bldg:boundedBy>",
        member(&polygon("wall", TRIANGLE))
    );
    let room = format!(
        r#"<bldg:interiorRoom><bldg:Room gml:id="room">{}</bldg:Room></bldg:interiorRoom>"#,
        boundary("FloorSurface", 4, &member(&polygon("floor", TRIANGLE)))
    );
    let house = single(&building("house", &[wall, room].concat()));
    assert_eq!(surfaces(&house), [("wall", 3, SurfaceKind::Wall)]);
    let children: Vec<_> = house
        .children
        .iter()
        .map(|child| (child.object_type.as_str(), surfaces(child)))
        .collect();
    assert_eq!(
        children,
        [
            ("Window", vec![("glass", 3, SurfaceKind::Window)]),
            ("Room", vec![("floor", 4, SurfaceKind::Floor)]),
        ]
    );
}

#[test]
fn terrain_triangles_have_the_level_written_beside_them() {
    let triangle = format!(
        "<gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>{TRIANGLE}</gml:posList></gml:LinearRing></gml:exterior></gml:Triangle>"
    );
    for (surface, patches) in [
        ("TriangulatedSurface", "trianglePatches"),
        ("Tin", "patches"),
        ("Tin", "trianglePatches"),
    ] {
        let tin = format!(
            "<dem:tin><gml:{surface}><gml:{patches}>{triangle}{triangle}</gml:{patches}></gml:{surface}></dem:tin>"
        );
        let extent = format!("<dem:extent>{}</dem:extent>", polygon("extent", TRIANGLE));
        // The order of level and geometry must not matter.
        for content in [
            format!("<dem:lod>3</dem:lod>{extent}{tin}"),
            format!("{tin}<dem:lod>3</dem:lod>"),
        ] {
            let relief = single(&format!(
                r#"<core:cityObjectMember><dem:ReliefFeature gml:id="hill"><dem:lod>3</dem:lod><dem:reliefComponent><dem:TINRelief gml:id="tin">{content}</dem:TINRelief></dem:reliefComponent></dem:ReliefFeature></core:cityObjectMember>"#
            ));
            let tin = &relief.children[0];
            assert_eq!(
                surfaces(tin),
                [("", 3, SurfaceKind::Terrain), ("", 3, SurfaceKind::Terrain)]
            );
        }
    }
}

#[test]
fn curves_and_intersections_with_the_terrain_are_no_polygons() {
    let curve = "<gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>0 0 0 1 0 0 1 1 0 0 0 0</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve>";
    let content = format!(
        "<bldg:lod2TerrainIntersection>{curve}</bldg:lod2TerrainIntersection><bldg:lod2MultiCurve>{curve}</bldg:lod2MultiCurve>{}",
        solid(2, &member(&polygon("a", TRIANGLE)))
    );
    assert_eq!(
        surfaces(&single(&building("house", &content))),
        [("a", 2, SurfaceKind::Unclassified)]
    );
}

#[test]
fn all_ways_to_write_a_ring_give_the_same_points() {
    let rings = [
        r#"<gml:LinearRing><gml:posList>0 0 1 4 0 1 4 4 1 0 0 1</gml:posList></gml:LinearRing>"#,
        r#"<gml:LinearRing srsDimension="3"><gml:posList>0 0 1 4 0 1 <!-- a remark --> 4 4 1 0 0 1</gml:posList></gml:LinearRing>"#,
        r#"<gml:LinearRing><gml:pos>0 0 1</gml:pos><gml:pos>4 0 1</gml:pos><gml:pos>4 4 1</gml:pos><gml:pos>0 0 1</gml:pos></gml:LinearRing>"#,
        r#"<gml:LinearRing><gml:coordinates>0,0,1 4,0,1 4,4,1 0,0,1</gml:coordinates></gml:LinearRing>"#,
        r#"<gml:LinearRing><gml:coordinates decimal="," cs=":" ts=";">0:0:1,0;4:0:1;4:4:1;0:0:1</gml:coordinates></gml:LinearRing>"#,
        r#"<gml:LinearRing><gml:coord><gml:X>0</gml:X><gml:Y>0</gml:Y><gml:Z>1</gml:Z></gml:coord><gml:coord><gml:X>4</gml:X><gml:Y>0</gml:Y><gml:Z>1</gml:Z></gml:coord><gml:coord><gml:X>4</gml:X><gml:Y>4</gml:Y><gml:Z>1</gml:Z></gml:coord><gml:coord><gml:X>0</gml:X><gml:Y>0</gml:Y><gml:Z>1</gml:Z></gml:coord></gml:LinearRing>"#,
        r#"<gml:LinearRing><gml:pointProperty><gml:Point><gml:pos>0 0 1</gml:pos></gml:Point></gml:pointProperty><gml:pos>4 0 1</gml:pos><gml:pos>4 4 1</gml:pos><gml:pos>0 0 1</gml:pos></gml:LinearRing>"#,
        r#"<gml:Ring><gml:curveMember><gml:LineString><gml:posList>0 0 1 4 0 1</gml:posList></gml:LineString></gml:curveMember><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>4 0 1 4 4 1 0 0 1</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>"#,
    ];
    for ring in rings {
        let polygon = format!("<gml:Polygon><gml:exterior>{ring}</gml:exterior></gml:Polygon>");
        let house = single(&building("house", &solid(2, &member(&polygon))));
        let points = &house.surfaces[0].polygon.exterior;
        assert_eq!(
            *points,
            [[0.0, 0.0, 1.0], [4.0, 0.0, 1.0], [4.0, 4.0, 1.0]],
            "{ring}"
        );
    }
}

#[test]
fn heights_are_missed_in_space_but_not_in_a_footprint() {
    let flat = r#"<gml:Polygon srsDimension="2"><gml:exterior><gml:LinearRing><gml:posList>0 0 4 0 4 4 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"#;
    let footprint = format!(
        "<bldg:lod0FootPrint><gml:MultiSurface>{}</gml:MultiSurface></bldg:lod0FootPrint>",
        member(flat)
    );
    assert_eq!(
        single(&building("house", &footprint)).surfaces[0]
            .polygon
            .exterior[1],
        [4.0, 0.0, 0.0]
    );
    let outcome = read_members(&building(
        "house",
        &solid(1, &[member(flat), member(flat)].concat()),
    ));
    assert_eq!(outcome.codes(), ["GML-007"], "once for the object");
    assert_eq!(outcome.objects[0].surfaces.len(), 2);
}

#[test]
fn the_nearest_reference_system_counts() {
    let own = r#"<bldg:lod2Solid><gml:Solid srsName="EPSG:4979"><gml:exterior/></gml:Solid></bldg:lod2Solid>"#;
    let bounds = r#"<gml:boundedBy><gml:Envelope srsName="EPSG:31467"/></gml:boundedBy>"#;
    let srs = |content: &str| {
        let outcome = read_members(&building("house", content));
        outcome.objects[0]
            .srs_name
            .clone()
            .expect("a reference system")
    };
    assert_eq!(srs(""), "EPSG:25832");
    assert_eq!(srs(bounds), "EPSG:31467");
    assert_eq!(srs(&[bounds, own].concat()), "EPSG:4979");
}
