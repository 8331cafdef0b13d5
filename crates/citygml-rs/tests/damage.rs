//! Broken input: what it costs, what is said about it, and that it never costs more.

mod citygml_text;
mod shared_data;

use citygml_rs::{ReadError, ReadOptions, Severity};
use citygml_text::{TRIANGLE, building, model, polygon, read_bytes, read_members};
use proptest::prelude::*;

fn house(id: &str) -> String {
    let polygon = polygon(&format!("{id}-roof"), TRIANGLE);
    let solid = format!(
        "<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember>{polygon}</gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>"
    );
    building(id, &solid)
}

/// A house whose only polygon has this content in place of its rings.
fn house_with_rings(rings: &str) -> String {
    building(
        "house",
        &format!(
            "<bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember>\n<gml:Polygon gml:id=\"p\">{rings}</gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface>"
        ),
    )
}

fn ring(property: &str, positions: &str) -> String {
    format!(
        "<gml:{property}><gml:LinearRing><gml:posList srsDimension=\"3\">{positions}</gml:posList></gml:LinearRing></gml:{property}>"
    )
}

#[test]
fn a_file_cut_anywhere_gives_the_objects_before_the_cut() {
    let text = model(&[house("one"), house("two"), house("three")].concat());
    let ends: Vec<usize> = text
        .match_indices("</bldg:Building>")
        .map(|(start, end)| start + end.len())
        .collect();
    for cut in (0..text.len()).filter(|&cut| text.is_char_boundary(cut)) {
        let outcome = read_bytes(&text.as_bytes()[..cut], ReadOptions::default());
        let complete = ends.iter().filter(|&&end| end <= cut).count();
        assert_eq!(outcome.objects.len(), complete, "cut at {cut}");
        let reported = outcome.error.is_some() || outcome.codes().contains(&"GML-002");
        // The last bytes are white space at most.
        assert!(
            reported || cut >= text.trim_end().len(),
            "cut at {cut}: {:?}",
            outcome.codes()
        );
    }
}

#[test]
fn a_real_file_cut_anywhere_never_panics() {
    let Some(data) = shared_data::shared_data() else {
        return;
    };
    for file in [
        "citygml/v1/ogc_examples/SimpleBuildings.xml",
        "citygml/v2/ade_energy1/FZKHouse-Lod2-EnergyADE.gml",
    ] {
        let bytes = std::fs::read(data.join(file)).expect("the file can be read");
        let whole = read_bytes(&bytes, ReadOptions::default()).objects;
        for cut in (0..bytes.len()).step_by(97) {
            let outcome = read_bytes(&bytes[..cut], ReadOptions::default());
            assert!(whole.starts_with(&outcome.objects), "{file} cut at {cut}");
            assert!(
                outcome.error.is_some() || !outcome.codes().is_empty(),
                "{file} cut at {cut}"
            );
        }
    }
}

#[test]
fn the_object_a_file_ends_in_is_named() {
    let text = model(&[house("one"), house("two")].concat());
    let cut = text.find("two-roof").expect("the second house has a roof");
    let outcome = read_bytes(&text.as_bytes()[..cut], ReadOptions::default());
    let last = outcome.diagnostics.items.last().expect("a diagnostic");
    assert_eq!(
        (last.code, last.severity, last.object_id.as_deref()),
        ("GML-002", Severity::Error, Some("two"))
    );
}

#[test]
fn tags_that_do_not_match_cost_one_object() {
    let broken = house("two").replace("</gml:Solid>", "</gml:Sold>");
    let outcome = read_members(&[house("one"), broken, house("three")].concat());
    assert_eq!(outcome.ids(), ["one", "three"]);
    assert_eq!(outcome.codes(), ["GML-001"]);
    assert_eq!(
        outcome.diagnostics.items[0].object_id.as_deref(),
        Some("two")
    );
}

#[test]
fn a_missing_end_tag_costs_one_object() {
    let broken = house("two").replace("</bldg:Building>", "");
    let outcome = read_members(&[house("one"), broken, house("three")].concat());
    assert_eq!(outcome.ids(), ["one", "three"]);
    assert_eq!(outcome.codes(), ["GML-001"]);
}

#[test]
fn bad_rings_cost_their_polygon() {
    let cases = [
        (ring("exterior", "0 0 0 1 1 1 0 0 0"), "GML-004"),
        (String::new(), "GML-004"),
        (ring("exterior", "0 0 0 1 0 0 1 x 0 0 0 0"), "GML-005"),
        (ring("exterior", "0 0 0 1 0 0 1 NaN 0 0 0 0"), "GML-005"),
        (ring("exterior", "0 0 0 1 0 0 1 1e999 0 0 0 0"), "GML-005"),
        (ring("exterior", "0 0 0 1 0 0 1 1 0 0 0"), "GML-006"),
        (r##"<gml:exterior><gml:Ring><gml:curveMember xlink:href="#c"/></gml:Ring></gml:exterior>"##.to_owned(), "GML-008"),
    ];
    for (rings, code) in cases {
        let outcome = read_members(&[house_with_rings(&rings), house("next")].concat());
        assert_eq!(outcome.codes(), [code], "{rings}");
        assert_eq!(outcome.diagnostics.items[0].line, Some(9), "{rings}");
        assert_eq!(
            outcome.diagnostics.items[0].object_id.as_deref(),
            Some("house")
        );
        assert!(outcome.objects[0].surfaces.is_empty());
        assert_eq!(outcome.objects[1].surfaces.len(), 1);
    }
}

#[test]
fn a_bad_hole_costs_only_itself() {
    let rings = [
        ring("exterior", TRIANGLE),
        ring("interior", "1 1 1 1 1 1"),
        ring("interior", "2 0.5 1 3 0.5 1 3 1 1 2 0.5 1"),
    ];
    let outcome = read_members(&house_with_rings(&rings.concat()));
    assert_eq!(outcome.codes(), ["GML-004"]);
    assert_eq!(outcome.objects[0].surfaces[0].polygon.interiors.len(), 1);
}

#[test]
fn an_open_ring_is_closed_and_mentioned() {
    let outcome = read_members(&house_with_rings(&ring("exterior", "0 0 1 4 0 1 4 4 1")));
    assert_eq!(outcome.codes(), ["GML-011"]);
    assert_eq!(outcome.objects[0].surfaces[0].polygon.exterior.len(), 3);
}

#[test]
fn empty_geometry_and_repeated_ids_are_reported() {
    let empty = building("same", "<bldg:lod4MultiSurface/>");
    let outcome = read_members(&[empty, house("same")].concat());
    assert_eq!(outcome.codes(), ["GML-009", "GML-010"]);
    assert_eq!(outcome.objects.len(), 2);
}

#[test]
fn entity_declarations_are_refused() {
    let bomb = format!(
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>{}",
        model(&house("one")).trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    );
    let outcome = read_bytes(bomb.as_bytes(), ReadOptions::default());
    assert!(
        matches!(
            outcome.error,
            Some(ReadError::EntityDeclaration { line: 1 })
        ),
        "{:?}",
        outcome.error
    );
    assert!(outcome.objects.is_empty());
}

#[test]
fn unknown_entities_stay_as_text() {
    let outcome = read_members(&building(
        "one",
        "<gml:name>Caf&eacute; &#223; A & B</gml:name>",
    ));
    assert_eq!(outcome.codes(), ["GML-014"]);
    assert_eq!(
        outcome.objects[0].name.as_deref(),
        Some("Caf&eacute; ß A & B")
    );
}

#[test]
fn limits_cost_the_object_that_exceeds_them() {
    let deep = building(
        "deep",
        &format!("{}{}", "<ade:a>".repeat(500), "</ade:a>".repeat(500)),
    );
    let outcome = read_members(&[deep, house("next")].concat());
    assert_eq!(
        (outcome.ids(), outcome.codes()),
        (vec!["next"], vec!["GML-003"])
    );

    let mut options = ReadOptions::default();
    options.max_elements_per_object = 50;
    let many = building("many", &"<bldg:function>1</bldg:function>".repeat(100));
    let outcome = read_bytes(model(&[many, house("next")].concat()).as_bytes(), options);
    assert_eq!(
        (outcome.ids(), outcome.codes()),
        (vec!["next"], vec!["GML-003"])
    );

    let mut options = ReadOptions::default();
    options.max_points_per_ring = 3;
    let outcome = read_bytes(
        model(&[house("long"), house("next")].concat()).as_bytes(),
        options,
    );
    assert_eq!(
        outcome.codes(),
        ["GML-003", "GML-003"],
        "a closed triangle has four points"
    );

    let mut options = ReadOptions::default();
    options.max_token_bytes = 2000;
    let long = building(
        "long",
        &format!("<gml:name>{}</gml:name>", "x".repeat(100_000)),
    );
    let outcome = read_bytes(model(&[house("first"), long].concat()).as_bytes(), options);
    assert_eq!(outcome.ids(), ["first"]);
    assert!(
        matches!(
            outcome.error,
            Some(ReadError::Limit {
                option: "max_token_bytes",
                ..
            })
        ),
        "{:?}",
        outcome.error
    );
}

#[test]
fn references_that_multiply_are_stopped() {
    // Each shell is all the shells before it, twice.
    let mut content = format!(
        "<gml:surfaceMember>{}</gml:surfaceMember>",
        polygon("s0", TRIANGLE)
    );
    for level in 1..200 {
        let links: String = (0..level)
            .map(|lower| format!(r##"<gml:surfaceMember xlink:href="#s{lower}"/>"##))
            .collect();
        content += &format!(
            r#"<gml:surfaceMember><gml:CompositeSurface gml:id="s{level}">{links}{links}</gml:CompositeSurface></gml:surfaceMember>"#
        );
    }
    let solid = format!(
        "<bldg:lod2MultiSurface><gml:MultiSurface>{content}</gml:MultiSurface></bldg:lod2MultiSurface>"
    );
    let outcome = read_members(&building("house", &solid));
    assert_eq!(
        outcome.objects[0].surfaces.len(),
        1,
        "one polygon, however often it is used"
    );
}

#[test]
fn solids_that_multiply_are_stopped() {
    let count = 600;
    let member = |content: &str| format!("<gml:solidMember>{content}</gml:solidMember>");
    let solids: String = (0..count)
        .map(|number| {
            let polygon = polygon(&format!("p{number}"), TRIANGLE);
            member(&format!(
                "<gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember>{polygon}</gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid>"
            ))
        })
        .collect();
    let links = r##"<gml:solidMember xlink:href="#all"/>"##.repeat(count);
    let content = format!(
        r#"<bldg:lod2MultiSolid><gml:MultiSolid>{}{links}</gml:MultiSolid></bldg:lod2MultiSolid>"#,
        member(&format!(
            r#"<gml:CompositeSolid gml:id="all">{solids}</gml:CompositeSolid>"#
        ))
    );
    let outcome = read_members(&building("house", &content));
    assert_eq!(outcome.codes(), ["GML-003"]);
    let house = &outcome.objects[0];
    assert_eq!(house.surfaces.len(), count);
    assert!(
        (count..count * count * 2 / 3).contains(&house.solids.len()),
        "{}",
        house.solids.len()
    );
}

#[test]
fn thousands_of_equal_findings_are_counted_not_listed() {
    let mut options = ReadOptions::default();
    options.max_diagnostics_per_code = 5;
    let empty = (0..20)
        .map(|index| building(&format!("b{index}"), "<bldg:lod1Solid/>"))
        .collect::<String>();
    let outcome = read_bytes(model(&empty).as_bytes(), options);
    assert_eq!(
        outcome.codes(),
        [
            "GML-009", "GML-009", "GML-009", "GML-009", "GML-009", "GML-020"
        ]
    );
    assert!(outcome.diagnostics.items[5].message.starts_with("15 more"));
}

#[test]
fn what_is_no_city_model_is_named() {
    let root = |text: &str| match read_bytes(text.as_bytes(), ReadOptions::default()).error {
        Some(ReadError::NotCityGml { root }) => root,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(root("<!DOCTYPE html><html><body>502</body></html>"), "html");
    assert_eq!(
        root("<gml:Dictionary xmlns:gml='http://www.opengis.net/gml'/>"),
        "Dictionary"
    );
    assert_eq!(root(""), "");
}

#[test]
fn collections_and_single_objects_are_read_too() {
    let feature = r#"<bldg:Building xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml" gml:id="one"/>"#;
    let collection = format!(
        "<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0'><wfs:member>{feature}</wfs:member><wfs:member><wfs:FeatureCollection><wfs:member>{feature}</wfs:member></wfs:FeatureCollection></wfs:member><gml:featureMembers xmlns:gml='http://www.opengis.net/gml'>{feature}{feature}</gml:featureMembers></wfs:FeatureCollection>"
    );
    assert_eq!(
        read_bytes(feature.as_bytes(), ReadOptions::default()).ids(),
        ["one"]
    );
    assert_eq!(
        read_bytes(collection.as_bytes(), ReadOptions::default())
            .objects
            .len(),
        4
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_in_objects_or_words(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let outcome = read_bytes(&bytes, ReadOptions::default());
        prop_assert!(outcome.error.is_some() || !outcome.codes().is_empty());
    }

    #[test]
    fn a_model_with_bytes_changed_never_panics(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = model(&[house("one"), house("two")].concat()).into_bytes();
        for (index, byte) in changes {
            let position = index.index(bytes.len());
            bytes[position] = byte;
        }
        let outcome = read_bytes(&bytes, ReadOptions::default());
        prop_assert!(outcome.objects.len() <= 2);
    }

    #[test]
    fn pieces_of_markup_in_any_order_never_panic(
        pieces in proptest::collection::vec(prop::sample::select(PIECES), 0..60)
    ) {
        read_bytes(model(&pieces.concat()).as_bytes(), ReadOptions::default());
        read_bytes(pieces.concat().as_bytes(), ReadOptions::default());
    }
}

const PIECES: &[&str] = &[
    "<core:cityObjectMember>",
    "</core:cityObjectMember>",
    "<bldg:Building gml:id='a'>",
    "</bldg:Building>",
    "<bldg:boundedBy>",
    "<bldg:WallSurface gml:id='w'>",
    "<bldg:lod2Solid>",
    "</bldg:lod2Solid>",
    "<gml:Polygon gml:id='p'>",
    "</gml:Polygon>",
    "<gml:exterior>",
    "</gml:exterior>",
    "<gml:LinearRing>",
    "<gml:posList>0 0 0 1 0 0 1 1 0</gml:posList>",
    "<gml:surfaceMember xlink:href='#p'/>",
    "<gml:surfaceMember xlink:href='#w'/>",
    "<dem:lod>2</dem:lod>",
    "<app:Appearance><app:theme>x</app:theme></app:Appearance>",
    "<bldg:address>",
    "<xAL:LocalityName>x",
    "<gen:genericAttributeSet name='s'>",
    "<gen:value>",
    "text",
    "&amp;&x;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<",
    ">",
];
