//! Thematic surfaces: who has which, with which attributes, and which polygons are theirs.

mod citygml_text;
mod shared_data;

use citygml_rs::{CityObject, SurfaceKind};
use citygml_text::{TRIANGLE, building, polygon, read_bytes, read_members};
use shared_data::{read, shared_data};

fn member(polygon: &str) -> String {
    format!("<gml:surfaceMember>{polygon}</gml:surfaceMember>")
}

fn boundary(element: &str, id: &str, content: &str, members: &str) -> String {
    format!(
        r#"<bldg:boundedBy><bldg:{element} gml:id="{id}">{content}<bldg:lod2MultiSurface><gml:MultiSurface>{members}</gml:MultiSurface></bldg:lod2MultiSurface></bldg:{element}></bldg:boundedBy>"#
    )
}

/// Id of each surface, with the id of the boundary it is part of.
fn memberships(object: &CityObject) -> Vec<(&str, &str)> {
    let surfaces = object.surfaces.iter();
    surfaces
        .map(|surface| {
            let boundary = surface
                .boundary
                .map(|index| &object.boundaries[index as usize]);
            (
                surface.id.as_deref().unwrap_or(""),
                boundary.and_then(|found| found.id.as_deref()).unwrap_or(""),
            )
        })
        .collect()
}

#[test]
fn boundary_surfaces_keep_name_attributes_and_polygons() {
    let solid = format!(
        r##"<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember xlink:href="#p"/>{}</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>"##,
        member(&polygon("q", TRIANGLE))
    );
    let content = [
        solid,
        boundary(
            "RoofSurface",
            "roof",
            r#"<gml:name>South</gml:name><gen:doubleAttribute name="slope"><gen:value>31.5</gen:value></gen:doubleAttribute>"#,
            &member(&polygon("p", TRIANGLE)),
        ),
        boundary(
            "WallSurface",
            "wall",
            "<core:creationDate>2020-01-01</core:creationDate>",
            r##"<gml:surfaceMember xlink:href="#q"/>"##,
        ),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let house = &outcome.objects[0];
    assert_eq!(memberships(house), [("q", "wall"), ("p", "roof")]);
    let boundaries: Vec<_> = house
        .boundaries
        .iter()
        .map(|found| {
            let attributes = found.attributes.iter();
            let attributes: Vec<_> = attributes
                .map(|found| (found.name.as_str(), found.value.to_string()))
                .collect();
            (&*found.object_type, found.name.as_deref(), attributes)
        })
        .collect();
    assert_eq!(
        boundaries,
        [
            (
                "RoofSurface",
                Some("South"),
                vec![("slope", "31.5".to_owned())]
            ),
            (
                "WallSurface",
                None,
                vec![("creationDate", "2020-01-01".to_owned())]
            ),
        ]
    );
    assert!(house.attributes.is_empty());
}

#[test]
fn nested_objects_know_the_property_they_stand_in() {
    let window = r#"<bldg:opening><bldg:Window gml:id="window"/></bldg:opening>"#;
    let content = [
        boundary("WallSurface", "wall", "", &member(&polygon("p", TRIANGLE)))
            .replace("</bldg:WallSurface>", &[window, "</bldg:WallSurface>"].concat()),
        r#"<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="part"/></bldg:consistsOfBuildingPart>"#.to_owned(),
    ];
    let outcome = read_members(&building("house", &content.concat()));
    let house = &outcome.objects[0];
    assert_eq!(house.role, None);
    let roles: Vec<_> = house
        .children
        .iter()
        .map(|child| (child.id.as_str(), child.role.as_deref()))
        .collect();
    assert_eq!(
        roles,
        [
            ("window", Some("opening")),
            ("part", Some("consistsOfBuildingPart"))
        ]
    );
}

#[test]
fn in_version_3_fillings_are_boundaries_of_their_own() {
    let multi_surface = |id: &str| {
        format!(
            "<lod3MultiSurface><gml:MultiSurface>{}</gml:MultiSurface></lod3MultiSurface>",
            member(&polygon(id, TRIANGLE))
        )
    };
    let model = format!(
        r#"<CityModel xmlns="http://www.opengis.net/citygml/3.0" xmlns:bldg="http://www.opengis.net/citygml/building/3.0"
          xmlns:con="http://www.opengis.net/citygml/construction/3.0" xmlns:gml="http://www.opengis.net/gml/3.2">
        <cityObjectMember><bldg:Building gml:id="house"><boundary><con:WallSurface gml:id="wall">{}
          <con:fillingSurface><con:WindowSurface gml:id="pane">{}</con:WindowSurface></con:fillingSurface>
        </con:WallSurface></boundary>
        <bldg:buildingRoom><bldg:BuildingRoom gml:id="room"><boundary><con:FloorSurface gml:id="floor">{}</con:FloorSurface></boundary></bldg:BuildingRoom></bldg:buildingRoom>
        </bldg:Building></cityObjectMember></CityModel>"#,
        multi_surface("w"),
        multi_surface("g"),
        multi_surface("f"),
    );
    let outcome = read_bytes(model.as_bytes(), Default::default());
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    let house = &outcome.objects[0];
    assert_eq!(memberships(house), [("w", "wall"), ("g", "pane")]);
    assert_eq!(house.surfaces[1].kind, SurfaceKind::Window);
    let room = &house.children[0];
    assert_eq!(room.role.as_deref(), Some("buildingRoom"));
    assert_eq!(memberships(room), [("f", "floor")]);
}

#[test]
fn a_real_house_has_boundaries_for_all_its_surfaces() {
    let Some(data) = shared_data() else { return };
    let reading = read(&data.join("citygml/v2/DEBY_LOD2_4959457.gml"));
    let mut surfaces = 0;
    for object in reading.objects.iter().flat_map(CityObject::descendants) {
        for surface in &object.surfaces {
            surfaces += 1;
            let boundary = surface
                .boundary
                .expect("every polygon is in a thematic surface");
            let boundary = &object.boundaries[boundary as usize];
            assert_eq!(
                Some(&*boundary.object_type),
                surface.kind.element_name(),
                "{:?}",
                surface.id
            );
        }
    }
    assert!(surfaces > 20, "{surfaces}");
}
