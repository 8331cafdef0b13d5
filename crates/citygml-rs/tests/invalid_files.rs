//! Files that are broken on purpose: each ends in objects, a diagnostic or an error, never in a panic.

mod shared_data;

use citygml_rs::triangulate;
use shared_data::{files_below, read, shared_data, visit_all};

#[test]
fn every_invalid_file_ends_in_objects_or_words() {
    let Some(data) = shared_data() else { return };
    let folders = [
        "invalid/citygml",
        "invalid/citygml_citydoctor_quality",
        "invalid/plateau_01-01-common",
        "invalid/plateau_02-bldg",
        "invalid/plateau_08-dem",
        "invalid/cityjson_cjval",
        "cityjson",
    ];
    let mut files = 0;
    for folder in folders {
        for path in files_below(
            &data.join(folder),
            &["gml", "xml", "json", "jsonl", "input"],
        ) {
            files += 1;
            let reading = read(&path);
            let said = !reading.diagnostics.items.is_empty() || reading.outcome.is_err();
            assert!(said || !reading.objects.is_empty(), "{}", path.display());
            // What was kept can also be triangulated or refused, whatever it is.
            for object in &reading.objects {
                visit_all(object, &mut |object| {
                    for surface in &object.surfaces {
                        assert!(surface.polygon.exterior.len() >= 3);
                        if let Ok(triangles) = triangulate(&surface.polygon) {
                            assert!(!triangles.is_empty());
                        }
                    }
                });
            }
        }
    }
    assert!(files > 150, "only {files} files");
}

#[test]
fn an_open_triangle_is_said_to_be_open() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("invalid/plateau_08-dem/Z-05-TRIANGLE-NOT-CLOSED");
    for path in files_below(&folder, &["gml"]) {
        let codes: Vec<_> = read(&path)
            .diagnostics
            .items
            .iter()
            .map(|found| found.code)
            .collect();
        assert!(codes.contains(&"GML-011"), "{codes:?}");
    }
}
