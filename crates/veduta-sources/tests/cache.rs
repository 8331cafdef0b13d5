//! What was kept on disk gives what reading gives, or is not used.

mod common;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tiles3d::TileContent;
use veduta_sources::{
    CacheOptions, ContentRequest, LoadedContent, OpenOptions, OpenedSource, SourceDiagnostic,
    SourceLocation, SourceSummary, open,
};

const MODEL: &str = r#"<CityModel xmlns="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
BUILDINGS</CityModel>"#;
const HOUSE: &str = r#"<cityObjectMember><bldg:Building gml:id="ID"><gml:name>NAME</gml:name><bldg:lod1MultiSurface><gml:MultiSurface SRS><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList srsDimension="3">COORDINATES</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building></cityObjectMember>
"#;

/// A model of one square roof of ten metres.
fn model(name: &str, srs_name: Option<&str>, [x, y]: [f64; 2]) -> String {
    let corners = [
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    let coordinates = corners.map(|(east, north)| format!("{} {} 7.5", x + east, y + north));
    let attribute = srs_name.map_or(String::new(), |name| format!("srsName=\"{name}\""));
    let house = HOUSE
        .replace("NAME", name)
        .replace("ID", &name.to_lowercase())
        .replace("SRS", &attribute)
        .replace("COORDINATES", &coordinates.join(" "));
    MODEL.replace("BUILDINGS", &house)
}

const DUTCH: Option<&str> = Some("EPSG:28992");

/// A folder of models and a folder for the cache.
struct Workplace {
    models: TempDir,
    cache: TempDir,
    max_bytes: u64,
}

/// Everything that opening gives.
#[derive(Debug, PartialEq)]
struct Everything {
    summary: SourceSummary,
    contents: Vec<Arc<TileContent>>,
    diagnostics: Vec<SourceDiagnostic>,
}

impl Workplace {
    fn new(models: &[(&str, String)]) -> Self {
        let workplace = Self {
            models: tempfile::tempdir().expect("a temporary folder"),
            cache: tempfile::tempdir().expect("a temporary folder"),
            max_bytes: 1 << 20,
        };
        for (name, text) in models {
            workplace.write(name, text);
        }
        workplace
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.models.path().join(name), text).expect("written");
    }

    fn options(&self) -> OpenOptions {
        OpenOptions {
            cache: Some(CacheOptions {
                max_bytes: self.max_bytes,
                smallest_file_bytes: 0,
                ..CacheOptions::new(self.cache.path())
            }),
            ..OpenOptions::default()
        }
    }

    fn open(&self) -> Everything {
        everything(self.models.path(), &self.options())
    }

    fn entries(&self) -> Vec<PathBuf> {
        let listing = std::fs::read_dir(self.cache.path()).expect("readable");
        let mut entries: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries
    }

    /// What opening gives, kept or read, must be what reading without a cache gives.
    fn open_and_compare(&self) -> Everything {
        let kept = self.open();
        let read = everything(self.models.path(), &OpenOptions::default());
        assert_eq!(kept, read);
        kept
    }
}

fn everything(path: &Path, options: &OpenOptions) -> Everything {
    let source = open(&SourceLocation::from(path), options, &|_| {}).expect("opens");
    let OpenedSource {
        tree,
        loader,
        summary,
        diagnostics,
        ..
    } = source;
    let requests: Vec<ContentRequest> = tree
        .iter()
        .flat_map(|(_, node)| ContentRequest::of_node(node))
        .collect();
    let contents = requests
        .iter()
        .map(|request| match loader.load(request).expect("loads") {
            LoadedContent::Tile { content, .. } => content,
            LoadedContent::External { .. } => panic!("no tileset"),
        })
        .collect();
    Everything {
        summary,
        contents,
        diagnostics,
    }
}

fn names(opened: &Everything) -> Vec<&str> {
    let features = opened.contents.iter().flat_map(|content| &content.features);
    let mut names: Vec<&str> = features.filter_map(|row| row.name.as_deref()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_second_time_gives_what_the_first_gave() {
    let place = Workplace::new(&[
        ("a.gml", model("Alpha", DUTCH, [92_000.0, 437_000.0])),
        ("b.gml", model("Beta", DUTCH, [92_100.0, 437_000.0])),
    ]);
    let first = place.open_and_compare();
    let entries = place.entries();
    assert_eq!(entries.len(), 2);
    let written = |path: &PathBuf| std::fs::read(path).expect("an entry");
    let before: Vec<Vec<u8>> = entries.iter().map(written).collect();
    assert_eq!(first, place.open_and_compare());
    assert_eq!(entries, place.entries());
    assert_eq!(before, entries.iter().map(written).collect::<Vec<_>>());
}

#[test]
fn real_files_come_back_as_they_were_read() {
    for relative in [
        "citygml/v2/lod4_building_v2.gml",
        "citygml/v1/nrw_lod2_3x3",
        "cityjson/cjio/rotterdam",
        "citygml/v2/ingolstadt_lod3/4018208",
        "citygml/v2/ogc_examples",
        "pairs_citygml_3dtiles/veg_tsukuba",
        "pairs_citygml_3dtiles/frn_tsukuba",
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let place = Workplace::new(&[]);
        for everything_wanted in [false, true] {
            let options = OpenOptions {
                everything: everything_wanted,
                ..place.options()
            };
            let first = everything(&path, &options);
            assert!(!place.entries().is_empty(), "{relative}");
            let second = everything(&path, &options);
            assert_eq!(first.diagnostics, second.diagnostics, "{relative}");
            assert!(first == second, "{relative} came back otherwise");
        }
    }
}

#[test]
fn a_changed_file_is_read_anew_even_if_size_and_date_are_the_same() {
    let place = Workplace::new(&[("a.gml", model("Alpha", DUTCH, [92_000.0, 437_000.0]))]);
    assert_eq!(names(&place.open()), ["Alpha"]);
    let path = place.models.path().join("a.gml");
    let date = path
        .metadata()
        .and_then(|metadata| metadata.modified())
        .expect("a date");
    place.write("a.gml", &model("Omega", DUTCH, [92_000.0, 437_000.0]));
    let file = std::fs::File::options()
        .append(true)
        .open(&path)
        .expect("there");
    file.set_modified(date).expect("dated");
    assert_eq!(names(&place.open_and_compare()), ["Omega"]);
    // The old state is still kept, and found when the file goes back to it.
    place.write("a.gml", &model("Alpha", DUTCH, [92_000.0, 437_000.0]));
    assert_eq!(names(&place.open_and_compare()), ["Alpha"]);
}

#[test]
fn options_that_matter_make_another_entry() {
    let place = Workplace::new(&[("a.gml", model("Alpha", DUTCH, [92_000.0, 437_000.0]))]);
    let opened = |change: &dyn Fn(&mut OpenOptions)| {
        let mut options = place.options();
        change(&mut options);
        let kept = everything(place.models.path(), &options);
        options.cache = None;
        assert_eq!(kept, everything(place.models.path(), &options));
        kept
    };
    let plain = opened(&|_| {});
    let lifted = opened(&|options| options.height_offset_m = 40.0);
    let [plain_m, lifted_m] =
        [&plain, &lifted].map(|opened| opened.summary.bounds.expect("a place").min_height_m);
    assert!((lifted_m - plain_m - 40.0).abs() < 1e-3);
    assert_eq!(
        opened(&|options| options.everything = true)
            .summary
            .triangles,
        2
    );
    // Back at the first ones, what is kept by now must not be mistaken.
    assert_eq!(plain, opened(&|_| {}));
}

#[test]
fn a_decision_that_comes_out_otherwise_undoes_what_was_kept() {
    let nameless = model("Nameless", None, [92_050.0, 437_000.0]);
    let place = Workplace::new(&[
        ("a.gml", nameless),
        ("b.gml", model("Beta", DUTCH, [92_000.0, 437_000.0])),
    ]);
    let codes = |opened: &Everything| -> Vec<&str> {
        opened.diagnostics.iter().map(|found| found.code).collect()
    };
    assert!(codes(&place.open_and_compare()).contains(&"GEO-008"));
    assert!(codes(&place.open_and_compare()).contains(&"GEO-008"));
    // The neighbour goes elsewhere: nothing says any more where the nameless file lies.
    place.write(
        "b.gml",
        &model("Beta", Some("EPSG:25832"), [691_000.0, 5_336_000.0]),
    );
    let moved = place.open_and_compare();
    assert!(
        codes(&moved).contains(&"GEO-004"),
        "{:?}",
        moved.diagnostics
    );
    assert!(codes(&place.open_and_compare()).contains(&"GEO-004"));
}

#[test]
fn a_damaged_entry_is_replaced_and_told() {
    let place = Workplace::new(&[("a.gml", model("Alpha", DUTCH, [92_000.0, 437_000.0]))]);
    let mut first = place.open();
    let [entry] = &place.entries()[..] else {
        panic!("one entry");
    };
    let whole = std::fs::read(entry).expect("an entry");
    std::fs::write(entry, &whole[..whole.len() / 2]).expect("written");
    let second = place.open();
    assert_eq!(first.contents, second.contents);
    let told: Vec<&str> = second.diagnostics.iter().map(|found| found.code).collect();
    assert!(told.contains(&"SRC-015"), "{told:?}");
    assert_eq!(std::fs::read(entry).expect("an entry"), whole);
    let third = place.open();
    first.diagnostics.sort_by_key(|found| found.code);
    assert_eq!(first.diagnostics, third.diagnostics);
}

#[test]
fn the_folder_stays_small_and_may_go() {
    let names = ["a.gml", "b.gml", "c.gml", "d.gml"];
    let models = names.map(|name| (name, model(name, DUTCH, [92_000.0, 437_000.0])));
    let mut place = Workplace::new(&models);
    place.open();
    let bytes = |place: &Workplace| -> u64 {
        let sizes = place
            .entries()
            .into_iter()
            .filter_map(|entry| entry.metadata().ok());
        sizes.map(|metadata| metadata.len()).sum()
    };
    place.max_bytes = bytes(&place) / 2;
    place.open_and_compare();
    assert!(bytes(&place) <= place.max_bytes);
    assert!(!place.entries().is_empty());
    std::fs::remove_dir_all(place.cache.path()).expect("deleted");
    place.open_and_compare();
    assert!(!place.entries().is_empty());
}

#[test]
fn several_at_once_do_not_disturb_each_other() {
    let names = ["a.gml", "b.gml", "c.gml"];
    let models = names.map(|name| (name, model(name, DUTCH, [92_000.0, 437_000.0])));
    let place = Workplace::new(&models);
    let expected = everything(place.models.path(), &OpenOptions::default());
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| place.open())).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no panic"), expected);
        }
    });
    assert_eq!(place.entries().len(), 3);
}
