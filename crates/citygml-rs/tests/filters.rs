//! What is wanted is read, everything else is counted.

mod citygml_text;

use citygml_rs::{
    AttributeCondition, AttributeValue, BoundingBox, CityGmlReader, Comparison, Diagnostics,
    ObjectFilter, ReadOptions,
};
use citygml_text::{model, polygon};

fn building(id: &str, x: f64, with_envelope: bool, more: &str) -> String {
    let envelope = format!(
        "<gml:boundedBy><gml:Envelope><gml:lowerCorner>{x} 0 0</gml:lowerCorner>\
         <gml:upperCorner>{} 5 3</gml:upperCorner></gml:Envelope></gml:boundedBy>",
        x + 4.0
    );
    let roof = polygon(
        "",
        &format!("{x} 0 3 {} 0 3 {} 5 3 {x} 0 3", x + 4.0, x + 4.0),
    );
    format!(
        "<cityObjectMember><bldg:Building gml:id=\"{id}\">{}{more}\
         <bldg:lod1MultiSurface><gml:MultiSurface>{roof}</gml:MultiSurface></bldg:lod1MultiSurface>\
         <bldg:lod2MultiSurface><gml:MultiSurface>{roof}</gml:MultiSurface></bldg:lod2MultiSurface>\
         </bldg:Building></cityObjectMember>",
        if with_envelope { envelope.as_str() } else { "" },
    )
}

/// Ids of the objects and the levels of their surfaces, and how many were not wanted.
fn wanted(members: &str, change: impl FnOnce(&mut ObjectFilter)) -> (Vec<(String, Vec<u8>)>, u64) {
    let mut options = ReadOptions::default();
    change(&mut options.filter);
    let text = model(members);
    let mut reader = CityGmlReader::new(text.as_bytes(), options).expect("UTF-8 is known");
    let mut diagnostics = Diagnostics::new();
    let mut found = Vec::new();
    while let Some(object) = reader
        .next_object(&mut diagnostics)
        .expect("it is a city model")
    {
        let levels = object.surfaces.iter().map(|surface| surface.lod).collect();
        found.push((object.id, levels));
    }
    assert!(
        diagnostics
            .items
            .iter()
            .all(|found| found.code == "GML-019"),
        "{:?}",
        diagnostics.items
    );
    (found, reader.objects_filtered())
}

fn ids(found: &[(String, Vec<u8>)]) -> Vec<&str> {
    found.iter().map(|(id, _)| id.as_str()).collect()
}

fn town() -> String {
    [
        building(
            "a",
            0.0,
            true,
            "<bldg:yearOfConstruction>1905</bldg:yearOfConstruction>",
        ),
        building(
            "b",
            100.0,
            false,
            "<bldg:yearOfConstruction>1990</bldg:yearOfConstruction>",
        ),
        building(
            "c",
            200.0,
            true,
            "<!-- a comment --><bldg:function>1000</bldg:function>",
        ),
        "<cityObjectMember><LandUse gml:id=\"d\"/></cityObjectMember>".to_owned(),
    ]
    .concat()
}

#[test]
fn by_type_and_by_id() {
    let (found, filtered) = wanted(&town(), |filter| {
        filter.object_types = Some(["LandUse".to_owned()].into())
    });
    assert_eq!((ids(&found), filtered), (vec!["d"], 3));
    let (found, filtered) = wanted(&town(), |filter| {
        filter.ids = Some(["c".to_owned(), "x".to_owned()].into())
    });
    assert_eq!((ids(&found), filtered), (vec!["c"], 3));
}

#[test]
fn by_box_with_and_without_an_envelope() {
    let near = |min: f64, max: f64| {
        move |filter: &mut ObjectFilter| {
            filter.bounding_box = Some(BoundingBox {
                min: [min, 0.0],
                max: [max, 1.0],
            });
        }
    };
    assert_eq!(ids(&wanted(&town(), near(90.0, 110.0)).0), ["b"]);
    assert_eq!(ids(&wanted(&town(), near(4.0, 200.0)).0), ["a", "b", "c"]);
    let (found, filtered) = wanted(&town(), near(300.0, 400.0));
    assert_eq!((ids(&found), filtered), (vec![], 4));
}

#[test]
fn by_level_of_detail() {
    let (found, _) = wanted(&town(), |filter| filter.levels = Some([2].into()));
    assert_eq!(found[0].1, [2]);
    assert_eq!(found.len(), 4);
}

#[test]
fn by_attribute() {
    let older_than = |year: i64| {
        move |filter: &mut ObjectFilter| {
            filter.attributes = vec![AttributeCondition {
                name: "yearOfConstruction".to_owned(),
                comparison: Comparison::Less,
                value: AttributeValue::Integer(year),
            }];
        }
    };
    assert_eq!(ids(&wanted(&town(), older_than(1950)).0), ["a"]);
    assert_eq!(ids(&wanted(&town(), older_than(2000)).0), ["a", "b"]);
}
