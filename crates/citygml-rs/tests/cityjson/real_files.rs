//! Files that others wrote.

use citygml_rs::{CityObject, Format, SurfaceData, SurfaceKind};

use crate::shared_data::{count_types, read, shared_data, visit_all};

/// File, format, version, objects by type.
type Case = (
    &'static str,
    Format,
    &'static str,
    &'static [(&'static str, u64)],
);

#[test]
fn real_files_hold_what_the_inventory_says() {
    let Some(data) = shared_data() else { return };
    // Counted with other tools, `INVENTORY.md`.
    let cases: [Case; 8] = [
        (
            "cityjson/citygml4j/lod2_buildings_as_CityJSON_features.jsonl",
            Format::CityJsonSeq,
            "2.0",
            &[("Building", 100)],
        ),
        (
            "cityjson/citygml4j/lod2_buildings_v2.json",
            Format::CityJson,
            "2.0",
            &[("Building", 100)],
        ),
        (
            "cityjson/cjdb/tile_901_trimmed.jsonl",
            Format::CityJsonSeq,
            "1.1",
            &[("Building", 52), ("BuildingPart", 52)],
        ),
        (
            "cityjson/cjdb/vienna.jsonl",
            Format::CityJsonSeq,
            "1.1",
            &[("Building", 149), ("BuildingPart", 443)],
        ),
        (
            "cityjson/cjio/DH_01_subs.city.json",
            Format::CityJson,
            "1.1",
            &[("Building", 4), ("BuildingPart", 8)],
        ),
        (
            "cityjson/stac/delft.city.json",
            Format::CityJson,
            "2.0",
            &[("Building", 159), ("BuildingPart", 160)],
        ),
        (
            "cityjson/stac/delft.city.jsonl",
            Format::CityJsonSeq,
            "2.0",
            &[("Building", 159), ("BuildingPart", 160)],
        ),
        (
            "citygml/v2/ade_noise/building_example.json",
            Format::CityJson,
            "1.0",
            &[("Building", 1)],
        ),
    ];
    for (file, format, version, expected) in cases {
        let reading = read(&data.join(file));
        let summary = reading.outcome.expect("the file can be read");
        assert_eq!(
            (summary.format, summary.version.as_deref()),
            (format, Some(version)),
            "{file}"
        );
        let counts = count_types(&reading.objects);
        for &(name, count) in expected {
            assert_eq!(counts.get(name), Some(&count), "{file} {name}: {counts:?}");
        }
    }
}

/// Number of surfaces of each kind in all objects.
fn kinds(objects: &[CityObject]) -> std::collections::BTreeMap<SurfaceKind, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for object in objects {
        visit_all(object, &mut |object| {
            object
                .surfaces
                .iter()
                .for_each(|surface| *counts.entry(surface.kind).or_insert(0) += 1);
        });
    }
    counts
}

#[test]
fn the_same_model_is_the_same_in_both_encodings() {
    let Some(data) = shared_data() else { return };
    let pairs = [
        (
            "citygml/v2/DEBY_LOD2_4959457.gml",
            "cityjson/ext_dynamizer/examples/DEBY_LOD2_4959457.original.city.json",
        ),
        (
            "citygml/v3/lod2_buildings_v3.gml",
            "cityjson/citygml4j/lod2_buildings_v2.json",
        ),
    ];
    for (gml, json) in pairs {
        let (gml, json) = (read(&data.join(gml)), read(&data.join(json)));
        assert_eq!(count_types(&gml.objects), count_types(&json.objects));
        assert_eq!(kinds(&gml.objects), kinds(&json.objects));
    }
}

#[test]
fn real_textures_templates_and_series() {
    let Some(data) = shared_data() else { return };
    // 235 of 236 surfaces have an entry, 15 of them null.
    let textured = read(&data.join("cityjson/cjio/rotterdam/rotterdam_subset.json"));
    let mut images = std::collections::BTreeSet::new();
    let mut looks = 0;
    for object in &textured.objects {
        for look in object.surfaces.iter().flat_map(|surface| &surface.looks) {
            looks += 1;
            if let SurfaceData::Texture { texture, .. } = &look.data {
                images.insert(texture.image_uri.clone());
            }
        }
    }
    assert_eq!(looks, 220);
    assert!(
        images.iter().all(|image| image.ends_with(".jpg")),
        "{images:?}"
    );

    let trees = read(&data.join("cityjson/fcb/geom_temp.city.jsonl"));
    let placed: Vec<_> = trees
        .objects
        .iter()
        .flat_map(CityObject::descendants)
        .flat_map(|object| &object.implicit_geometries)
        .collect();
    assert_eq!(placed.len(), 15);
    let templates: std::collections::HashSet<_> = placed
        .iter()
        .map(|placed| std::sync::Arc::as_ptr(&placed.template))
        .collect();
    assert!(templates.len() <= 3, "templates are shared");
    assert!(
        placed
            .iter()
            .all(|placed| !placed.template.surfaces.is_empty())
    );

    let folder = data.join("cityjson/ext_dynamizer/examples");
    for file in [
        "01-generic-embedded-time-value-pairs",
        "04-composite-timeseries",
    ] {
        let building = read(&folder.join(format!("{file}.city.json")))
            .objects
            .remove(0);
        let dynamizer = building
            .descendants()
            .find(|object| object.object_type == "+Dynamizer")
            .expect("the building has a dynamizer");
        assert_eq!(dynamizer.role.as_deref(), Some("dynamizer"));
        let series = &dynamizer.time_series[0];
        assert_eq!(
            series.attribute_ref.as_deref(),
            Some("/attributes/temperature")
        );
        assert_eq!(series.uom.as_deref(), Some("Cel"));
        let values: Vec<_> = series
            .values
            .iter()
            .map(|(_, value)| value.to_string())
            .collect();
        assert_eq!(values, ["19.8", "20", "20.1", "20.1"]);
    }
}

#[test]
fn every_file_holds_what_other_tools_counted() {
    let Some(data) = shared_data() else { return };
    let inventory =
        std::fs::read_to_string(data.join("INVENTORY.md")).expect("the inventory can be read");
    let mut files = 0;
    for row in inventory
        .lines()
        .filter(|row| row.starts_with("| city") && row.contains(".json"))
    {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (file, version, objects, types) = (cells[1], cells[3], cells[5], cells[6]);
        let path = data.join(file);
        // Folders, and definitions of extensions, which are no cities.
        if !path.is_file() || file.ends_with(".ext.json") {
            continue;
        }
        files += 1;
        let reading = read(&path);
        let summary = reading.outcome.expect("the file can be read");
        assert_eq!(summary.version.as_deref(), Some(version), "{file}");
        let counts = count_types(&reading.objects);
        let total: u64 = counts.values().sum();
        assert_eq!(total.to_string(), objects, "{file}");
        for counted in types.split(", ").filter(|counted| !counted.is_empty()) {
            let (name, count) = counted.rsplit_once(' ').expect("a type and its number");
            let found = counts.get(name).copied().unwrap_or(0);
            assert_eq!(found.to_string(), count, "{file}: {name}");
        }
    }
    assert!(files >= 20, "only {files} files");
}
