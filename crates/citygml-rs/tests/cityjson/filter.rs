//! Only what is wanted is handed out, and parsed.

use citygml_rs::{BoundingBox, CityJsonReader, Diagnostics, ReadOptions};

use crate::document_with;

/// Ids that are handed out, surfaces of the first object, and how many objects were not wanted.
fn wanted(set: impl Fn(&mut ReadOptions)) -> (Vec<String>, usize, u64) {
    let surface = |lod: u8| {
        format!(r#"{{"type": "MultiSurface", "lod": "{lod}", "boundaries": [[[0,1,2]]]}}"#)
    };
    let text = document_with(&format!(
        r#""CityObjects": {{
            "house": {{"type": "Building", "attributes": {{"storeys": 3}}, "geometry": [{}, {}]}},
            "far": {{"type": "Building", "geographicalExtent": [900, 900, 0, 910, 910, 5], "geometry": "broken"}},
            "tree": {{"type": "SolitaryVegetationObject", "geometry": "broken"}}}}"#,
        surface(1),
        surface(2),
    ));
    let mut options = ReadOptions::default();
    set(&mut options);
    let mut diagnostics = Diagnostics::new();
    let mut reader = CityJsonReader::new(text.as_bytes(), options).expect("the text is CityJSON");
    let mut ids = Vec::new();
    let mut surfaces = 0;
    while let Some(object) = reader
        .next_object(&mut diagnostics)
        .expect("it can be read")
    {
        surfaces += object.surfaces.len();
        ids.push(object.id);
    }
    // The geometry of what is not wanted was not looked at.
    let broken = ids.iter().filter(|id| *id != "house").count();
    assert_eq!(diagnostics.items.len(), broken, "{diagnostics:?}");
    (ids, surfaces, reader.objects_filtered())
}

#[test]
fn types_ids_and_boxes_are_decided_before_parsing() {
    let house = || vec!["house".to_owned()];
    assert_eq!(wanted(|_| {}).2, 0);
    let by_box = wanted(|options| {
        options.filter.object_types = Some(["Building".to_owned()].into());
        options.filter.bounding_box = Some(BoundingBox {
            min: [5.0, 5.0],
            max: [6.0, 6.0],
        });
    });
    assert_eq!(by_box, (house(), 2, 2));
    let by_id = wanted(|options| options.filter.ids = Some(house().into_iter().collect()));
    assert_eq!(by_id, (house(), 2, 2));
}

#[test]
fn levels_that_are_not_wanted_are_not_parsed() {
    let (ids, surfaces, _) = wanted(|options| {
        options.filter.ids = Some(["house".to_owned()].into());
        options.filter.levels = Some([2].into());
    });
    assert_eq!((ids.len(), surfaces), (1, 1));
}
