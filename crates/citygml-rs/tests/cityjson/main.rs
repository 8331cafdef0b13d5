//! CityJSON and CityJSONSeq: the whole model, damage, and the same model in two encodings.

#[path = "../shared_data/mod.rs"]
mod shared_data;

mod appearance;
mod damage;
mod filter;
mod geometry;
mod hierarchy;
mod real_files;

use citygml_rs::{CityJsonReader, CityObject, Diagnostic, Diagnostics, Format, ReadOptions};

/// Objects, diagnostics and format of a text.
fn read_all(text: &str) -> (Vec<CityObject>, Vec<Diagnostic>, Format) {
    let mut diagnostics = Diagnostics::new();
    let mut reader =
        CityJsonReader::new(text.as_bytes(), ReadOptions::default()).expect("the text is CityJSON");
    let mut objects = Vec::new();
    while let Some(object) = reader
        .next_object(&mut diagnostics)
        .expect("the text can be read")
    {
        objects.push(object);
    }
    (objects, diagnostics.items, reader.format())
}

/// The same, with the codes of the diagnostics only.
fn read_text(text: &str) -> (Vec<CityObject>, Vec<&'static str>, Format) {
    let (objects, found, format) = read_all(text);
    (
        objects,
        found.iter().map(|found| found.code).collect(),
        format,
    )
}

/// A document with one building that has this geometry; eight vertices of a box of 10 by 10 by 5 at (1000, 2000, 50).
fn document(geometry: &str) -> String {
    format!(
        r#"{{"type": "CityJSON", "version": "1.1",
        "transform": {{"scale": [0.5, 0.5, 0.5], "translate": [1000, 2000, 50]}},
        "metadata": {{"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"}},
        "CityObjects": {{
          "house": {{"type": "Building",
            "attributes": {{"storeys": 2, "height": 5.5, "flat": true, "owner": {{"name": "City"}}, "none": null}},
            "address": [{{"Country": "Nederland", "Locality": "Delft", "ThoroughfareNumber": "1", "ThoroughfareName": "Julianalaan", "Postcode": "2628 BL"}}],
            "geometry": [{geometry}]}}}},
        "vertices": [[0,0,0],[20,0,0],[20,20,0],[0,20,0],[0,0,10],[20,0,10],[20,20,10],[0,20,10]]}}"#
    )
}

/// A document with these members beside type, version and vertices: those of the box, unscaled.
fn document_with(members: &str) -> String {
    format!(
        r#"{{"type": "CityJSON", "version": "2.0",
        "transform": {{"scale": [1, 1, 1], "translate": [0, 0, 0]}},
        "vertices": [[0,0,0],[20,0,0],[20,20,0],[0,20,0],[0,0,10],[20,0,10],[20,20,10],[0,20,10]],
        {members}}}"#
    )
}
