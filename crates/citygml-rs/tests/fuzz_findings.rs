//! What fuzzing found, each as the smallest document that shows it.

mod citygml_text;

use citygml_text::{TRIANGLE, building, polygon, read_members};

#[test]
fn a_level_that_the_standard_does_not_know_is_no_level() {
    let solid = polygon("p", TRIANGLE);
    let content = format!(
        "<bldg:lod5Geometry><gml:MultiSurface><gml:surfaceMember>{solid}</gml:surfaceMember></gml:MultiSurface></bldg:lod5Geometry>"
    );
    let outcome = read_members(&building("b", &content));
    let surfaces = &outcome.objects[0].surfaces;
    assert_eq!(surfaces.len(), 1);
    assert_eq!(surfaces[0].lod, 0);
    assert_eq!(outcome.codes(), ["GML-021"]);
}
