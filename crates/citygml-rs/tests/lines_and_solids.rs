//! Geometry beyond polygons: solids, lines, points, terrain from points.

mod citygml_text;

use citygml_rs::{CityObject, LineKind, SurfaceKind};
use citygml_text::{TRIANGLE, building, polygon, read_members};

fn single(members: &str) -> CityObject {
    let outcome = read_members(members);
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    outcome.objects.into_iter().next().expect("there is one")
}

fn member(content: &str) -> String {
    format!("<gml:surfaceMember>{content}</gml:surfaceMember>")
}

const LINK: &str = r##"<gml:surfaceMember xlink:href="#b"/>"##;

fn solid(id: &str, members: &str) -> String {
    format!(
        r#"<gml:Solid gml:id="{id}"><gml:exterior><gml:CompositeSurface>{members}</gml:CompositeSurface></gml:exterior></gml:Solid>"#
    )
}

/// For each solid its shells, as (object, surface, flipped).
fn uses(object: &CityObject) -> Vec<Vec<Vec<(u32, u32, bool)>>> {
    let shell = |shell: &Vec<citygml_rs::SurfaceUse>| {
        shell
            .iter()
            .map(|found| (found.object, found.surface, found.is_flipped))
            .collect()
    };
    let solids = object.solids.iter();
    solids
        .map(|solid| solid.shells.iter().map(shell).collect())
        .collect()
}

#[test]
fn shells_are_made_of_the_surfaces_of_the_whole_object() {
    let boundary = format!(
        "<bldg:boundedBy><bldg:RoofSurface><bldg:lod2MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy>",
        member(&polygon("b", TRIANGLE))
    );
    let turned = r##"<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="#b"/></gml:OrientableSurface></gml:surfaceMember>"##;
    let part = format!(
        r#"<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="part"><bldg:lod2Solid>{}</bldg:lod2Solid></bldg:BuildingPart></bldg:consistsOfBuildingPart>"#,
        solid(
            "t",
            &[turned, &member(&polygon("c", "0 0 0 1 0 0 1 1 0 0 0 0"))].concat()
        )
    );
    let own = format!(
        "<bldg:lod2Solid>{}</bldg:lod2Solid>",
        solid(
            "s",
            &[&member(&polygon("a", "0 0 0 2 0 0 2 2 0 0 0 0")), LINK].concat()
        )
    );
    let house = single(&building("house", &[own, boundary, part].concat()));
    assert_eq!(uses(&house), [[[(0, 0, false), (0, 1, false)]]]);
    assert_eq!(uses(&house.children[0]), [[[(1, 0, false), (0, 1, true)]]]);
    assert_eq!(house.solids[0].id.as_deref(), Some("s"));
    assert_eq!(house.solids[0].lod, 2);
}

#[test]
fn shells_follow_copies_and_surfaces_that_were_left_out() {
    // The solid repeats the wall the other way round; at level 3 it is used again.
    let wall = "0 0 0 4 0 0 4 4 0 0 0 0";
    let content = format!(
        r##"<bldg:lod2Solid>{}</bldg:lod2Solid><bldg:boundedBy><bldg:WallSurface><bldg:lod2MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></bldg:lod2MultiSurface></bldg:WallSurface></bldg:boundedBy>
        <bldg:lod3Solid>{}</bldg:lod3Solid>"##,
        solid("s2", &member(&polygon("a", "0 0 0 4 4 0 4 0 0 0 0 0"))),
        member(&polygon("b", wall)),
        solid("s3", LINK),
    );
    let outcome = read_members(&building("house", &content));
    assert_eq!(outcome.codes(), ["GML-024"]);
    let house = &outcome.objects[0];
    assert_eq!(uses(house), [[[(0, 0, true)]], [[(0, 1, false)]]]);
    assert_eq!(house.surfaces[1].lod, 3);
}

#[test]
fn composites_and_references_give_several_solids() {
    let content = format!(
        r##"<bldg:lod1Solid><gml:CompositeSolid><gml:solidMember>{}</gml:solidMember><gml:solidMember>{}</gml:solidMember></gml:CompositeSolid></bldg:lod1Solid>
        <bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="part"><bldg:lod1Solid xlink:href="#s2"/></bldg:BuildingPart></bldg:consistsOfBuildingPart>"##,
        solid("s1", &member(&polygon("a", TRIANGLE))),
        solid("s2", &member(&polygon("b", TRIANGLE))),
    );
    let house = single(&building("house", &content));
    assert_eq!(uses(&house), [[[(0, 0, false)]], [[(0, 1, false)]]]);
    assert_eq!(uses(&house.children[0]), [[[(0, 1, false)]]]);
}

#[test]
fn lines_have_their_level_and_purpose() {
    let curve = r#"<gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>0 0 0 1 0 0 1 1 0</gml:posList></gml:LineString></gml:curveMember>
      <gml:curveMember><gml:OrientableCurve orientation="-"><gml:baseCurve><gml:Curve><gml:segments><gml:Arc><gml:posList>5 0 0 6 1 0 7 0 0</gml:posList></gml:Arc></gml:segments></gml:Curve></gml:baseCurve></gml:OrientableCurve></gml:curveMember></gml:MultiCurve>"#;
    let content = format!(
        "<bldg:lod2TerrainIntersection>{curve}</bldg:lod2TerrainIntersection><bldg:lod3MultiCurve>{curve}</bldg:lod3MultiCurve>"
    );
    let house = single(&building("house", &content));
    let curves: Vec<_> = house
        .curves
        .iter()
        .map(|curve| (curve.lod, curve.kind, curve.points[0][0]))
        .collect();
    assert_eq!(
        curves,
        [
            (2, LineKind::TerrainIntersection, 0.0),
            (2, LineKind::TerrainIntersection, 7.0),
            (3, LineKind::Geometry, 0.0),
            (3, LineKind::Geometry, 7.0),
        ]
    );
    let outcome = read_members(&building(
        "house",
        "<bldg:lod2MultiCurve><gml:LineString><gml:posList>1 1 1 1 1 1</gml:posList></gml:LineString></bldg:lod2MultiCurve>",
    ));
    assert_eq!(outcome.codes(), ["GML-029"]);
}

fn relief(component: &str) -> CityObject {
    let member = format!(
        "<core:cityObjectMember><dem:ReliefFeature><dem:lod>2</dem:lod><dem:reliefComponent>{component}</dem:reliefComponent></dem:ReliefFeature></core:cityObjectMember>"
    );
    single(&member).children.remove(0)
}

#[test]
fn relief_has_points_lines_and_an_extent() {
    let points = "<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>0 0 1</gml:pos></gml:Point></gml:pointMember><gml:pointMember><gml:Point><gml:pos>1 0 2</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>";
    let mass = relief(&format!(
        "<dem:MassPointRelief><dem:lod>1</dem:lod><dem:extent>{}</dem:extent><dem:reliefPoints>{points}</dem:reliefPoints></dem:MassPointRelief>",
        polygon("e", TRIANGLE)
    ));
    assert_eq!(mass.points.len(), 1);
    assert_eq!(
        (mass.points[0].lod, mass.points[0].kind),
        (1, LineKind::Relief)
    );
    assert_eq!(mass.points[0].points, [[0.0, 0.0, 1.0], [1.0, 0.0, 2.0]]);
    assert_eq!(mass.curves[0].kind, LineKind::Extent);
    assert_eq!(mass.curves[0].points.len(), 4);
    assert!(mass.surfaces.is_empty());
    let line = "<gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList srsDimension=\"3\">0 0 0 1 0 0</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve>";
    let breaks = relief(&format!(
        "<dem:BreaklineRelief><dem:lod>1</dem:lod><dem:ridgeOrValleyLines>{line}</dem:ridgeOrValleyLines><dem:breaklines>{line}</dem:breaklines></dem:BreaklineRelief>"
    ));
    let kinds: Vec<_> = breaks.curves.iter().map(|curve| curve.kind).collect();
    assert_eq!(kinds, [LineKind::RidgeOrValleyLine, LineKind::BreakLine]);
}

#[test]
fn a_tin_of_control_points_is_triangulated() {
    let tin = |points: &str| {
        format!(
            "<dem:TINRelief><dem:lod>2</dem:lod><dem:tin><gml:Tin><gml:trianglePatches/><gml:stopLines/>
            <gml:breakLines><gml:LineStringSegment><gml:posList srsDimension=\"3\">10 0 0 0 10 0</gml:posList></gml:LineStringSegment></gml:breakLines>
            <gml:maxLength uom=\"m\">20</gml:maxLength><gml:controlPoint><gml:posList srsDimension=\"3\">{points}</gml:posList></gml:controlPoint></gml:Tin></dem:tin></dem:TINRelief>"
        )
    };
    let terrain = relief(&tin("0 0 1 10 0 0 10 11 3 0 10 0 100 0 0"));
    assert_eq!(terrain.surfaces.len(), 2);
    assert!(
        terrain
            .surfaces
            .iter()
            .all(|surface| surface.kind == SurfaceKind::Terrain && surface.lod == 2)
    );
    let corners = |index: usize| &terrain.surfaces[index].polygon.exterior;
    assert!(
        (0..2).all(|index| corners(index).contains(&[10.0, 0.0, 0.0])
            && corners(index).contains(&[0.0, 10.0, 0.0]))
    );
}
