//! Tileset documents made by hand: what is read, what is mended, what is refused.

use proptest::prelude::*;
use serde_json::{Value, json};
use tiles3d::{
    BoundingVolume, ContentRef, Diagnostics, Refine, Severity, TileTree, TilesError, Tileset,
    TreeLimits, code,
};

fn read(bytes: &[u8]) -> (Result<Tileset, TilesError>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    (
        Tileset::read(bytes, &TreeLimits::default(), &mut diagnostics),
        diagnostics,
    )
}

fn read_root(root: Value) -> (Tileset, Diagnostics) {
    let document = json!({"asset": {"version": "1.1"}, "geometricError": 500, "root": root});
    let (tileset, diagnostics) = read(document.to_string().as_bytes());
    (tileset.expect("a tileset"), diagnostics)
}

fn tile(more: Value) -> Value {
    let mut tile =
        json!({"boundingVolume": {"sphere": [0, 0, 0, 10]}, "geometricError": 10, "refine": "ADD"});
    for (name, value) in more.as_object().expect("an object") {
        tile[name] = value.clone();
    }
    tile
}

#[test]
fn what_is_no_tileset_is_told_what_it_is() {
    let found = |bytes: &[u8]| match read(bytes).0 {
        Err(TilesError::WrongDocument { found, .. }) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        found(b"\n <!DOCTYPE html><html>404</html>"),
        "an HTML or XML page"
    );
    assert_eq!(found(b"  "), "nothing (0 bytes)");
    assert_eq!(found(&[0x1f, 0x8b, 8, 0]), "gzip-compressed data");
    assert!(
        matches!(read(b"{\"root\": ").0, Err(TilesError::Json { message, .. }) if message.contains("line 1"))
    );
    assert!(matches!(
        read(b"{\"type\": \"CityJSON\"}").0,
        Err(TilesError::NotATileset { .. })
    ));
    assert!(matches!(
        read(b"{\"root\": []}").0,
        Err(TilesError::NotATileset { .. })
    ));
}

#[test]
fn refinement_is_inherited_and_contents_are_listed() {
    let (tileset, diagnostics) = read_root(tile(json!({
        "children": [
            tile(json!({"refine": null, "content": {"url": "legacy.b3dm"}})),
            tile(json!({"refine": "REPLACE", "contents": [{"uri": "a.glb", "group": 1}, {"uri": "b.glb"}],
                "children": [tile(json!({"refine": null,
                    "extensions": {"3DTILES_multiple_contents": {"content": [{"uri": "c.glb"}]}}}))]}))
        ]
    })));
    assert!(diagnostics.items.is_empty(), "{:?}", diagnostics.items);
    let [legacy, replaced] = &tileset.root.children[..] else {
        panic!("two children")
    };
    assert_eq!(legacy.refine, Refine::Add);
    assert_eq!(legacy.contents[0].uri, "legacy.b3dm");
    assert_eq!(replaced.children[0].refine, Refine::Replace);
    assert_eq!(replaced.contents[0].group, Some(1));
    assert_eq!(replaced.contents.len(), 2);
    assert_eq!(replaced.children[0].contents[0].uri, "c.glb");
}

#[test]
fn a_broken_tile_costs_itself_and_its_siblings_stand() {
    let (tileset, diagnostics) = read_root(tile(json!({"children": [
        "no tile",
        tile(json!({"geometricError": "ten", "boundingVolume": {"box": [1, 2, 3]}})),
        tile(json!({"content": {"uri": "fine.b3dm"}}))
    ]})));
    let children = &tileset.root.children;
    assert_eq!(children.len(), 2);
    assert_eq!(children[0].geometric_error_m, 5.0, "half of the parent's");
    assert_eq!(
        children[0].bounding_volume, tileset.root.bounding_volume,
        "the parent's"
    );
    assert_eq!(children[1].contents[0].uri, "fine.b3dm");
    let lost = diagnostics
        .items
        .iter()
        .find(|finding| finding.severity == Severity::Error)
        .expect("one tile is lost");
    assert_eq!(
        (lost.code, lost.location.as_str()),
        (code::TILE, "root.children[0]")
    );
    let volume = diagnostics
        .items
        .iter()
        .find(|finding| finding.code == code::BOUNDING_VOLUME)
        .expect("reported");
    assert_eq!(volume.location, "root.children[1].boundingVolume");
}

#[test]
fn a_volume_taken_from_the_parent_is_where_the_parent_is() {
    let (tileset, _) = read_root(tile(json!({"children": [
        {"geometricError": 1, "transform": [1,0,0,0, 0,1,0,0, 0,0,1,0, 700,0,0,1], "content": {"uri": "x.glb"}}
    ]})));
    let tree = TileTree::from_tileset(&tileset, "", TreeLimits::default()).expect("a tree");
    let child = tree.node(tree.node(tree.root()).children[0]);
    let BoundingVolume::Sphere(sphere) = &child.bounding_volume else {
        panic!("{:?}", child.bounding_volume)
    };
    assert!(sphere.center.length() < 1e-9, "{sphere:?}");
}

#[test]
fn implicit_tiling_is_announced_and_its_templates_are_never_addresses() {
    let (tileset, diagnostics) = read_root(tile(json!({
        "content": {"uri": "content/{level}/{x}/{y}.glb"},
        "implicitTiling": {"subdivisionScheme": "QUADTREE", "subtreeLevels": 3, "availableLevels": 6,
            "subtrees": {"uri": "subtrees/{level}.{x}.{y}.subtree"}}
    })));
    let implicit = tileset.root.implicit_tiling.as_ref().expect("modelled");
    assert_eq!(
        (
            implicit.octree,
            implicit.subtree_levels,
            implicit.available_levels
        ),
        (false, 3, 6)
    );
    assert_eq!(diagnostics.items[0].code, code::IMPLICIT_TILING);
    let tree = TileTree::from_tileset(&tileset, "", TreeLimits::default()).expect("a tree");
    assert_eq!(tree.node(tree.root()).contents, Vec::<ContentRef>::new());
}

#[test]
fn depth_and_number_of_tiles_are_limited() {
    let mut nested = tile(json!({}));
    for _ in 0..20 {
        nested = tile(json!({"children": [nested]}));
    }
    let document =
        json!({"asset": {"version": "1.1"}, "geometricError": 1, "root": nested}).to_string();
    let with =
        |limits: TreeLimits| Tileset::read(document.as_bytes(), &limits, &mut Diagnostics::new());
    let default = TreeLimits::default();
    assert!(with(default).is_ok());
    for limits in [
        TreeLimits {
            max_depth: 19,
            ..default
        },
        TreeLimits {
            max_nodes: 20,
            ..default
        },
        TreeLimits {
            max_document_bytes: 100,
            ..default
        },
    ] {
        assert!(
            matches!(with(limits), Err(TilesError::LimitExceeded { .. })),
            "{limits:?}"
        );
    }
}

#[test]
fn metadata_is_passed_on_as_written() {
    let document = json!({"asset": {"version": "1.0", "tilesetVersion": "7"}, "geometricError": 1,
        "properties": {"height": {"minimum": 1, "maximum": 9}}, "extensionsUsed": ["A", "B"],
        "root": tile(json!({"metadata": {"class": "tile", "properties": {"n": 1}}}))});
    let (tileset, _) = read(document.to_string().as_bytes());
    let tileset = tileset.expect("a tileset");
    assert_eq!(tileset.asset.tileset_version.as_deref(), Some("7"));
    assert_eq!(tileset.metadata["properties"]["height"]["maximum"], 9);
    assert_eq!(tileset.extensions_used, ["A", "B"]);
    assert_eq!(tileset.root.metadata.expect("there")["class"], "tile");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn broken_documents_are_survived(cut in any::<u16>(), flips in proptest::collection::vec((any::<u16>(), any::<u8>()), 0..5)) {
        let root = tile(json!({"transform": [1,0,0,0, 0,1,0,0, 0,0,1,0, 700,0,0,1], "content": {"uri": "x.glb"},
            "children": [tile(json!({"boundingVolume": {"region": [0, 0, 1, 1, 0, 100]}}))]}));
        let mut bytes = json!({"asset": {"version": "1.1"}, "geometricError": 1, "root": root}).to_string().into_bytes();
        for (at, value) in flips {
            let at = at as usize % bytes.len();
            bytes[at] = value;
        }
        if cut % 4 == 0 {
            bytes.truncate(cut as usize % bytes.len());
        }
        if let (Ok(tileset), _) = read(&bytes) {
            let tree = TileTree::from_tileset(&tileset, "t.json", TreeLimits::default()).expect("small");
            prop_assert!(!tree.is_empty());
        }
    }
}
