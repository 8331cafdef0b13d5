//! Each mechanism alone.

use super::*;
use crate::bounds::Sphere;

const OVERVIEW: f64 = 60_000.0;

#[test]
fn added_children_appear_one_by_one_beside_their_parent() {
    let mut world = World::new(quadtree(2, Refine::Add));
    let view = camera(4096.0, 4096.0, 3000.0, 0.0);
    let mut drawn = 0;
    for _ in 0..40 {
        let selection = world.frame(std::slice::from_ref(&view), 1);
        assert!(selection.render.len() >= drawn, "what was drawn stays");
        assert!(selection.render.len() <= drawn + 1, "one arrives at a time");
        drawn = selection.render.len();
    }
    let selection = world.settle(std::slice::from_ref(&view));
    assert!(selection.render.contains(&world.tree.root()));
    assert_eq!(sorted(selection.render), world.ideal(&view));
}

#[test]
fn too_many_missing_descendants_bring_their_ancestor_first() {
    let view = camera(4096.0, 4096.0, 1500.0, 0.0);
    let mut world = World::new(quadtree(5, Refine::Replace));
    world.options = SelectionOptions {
        preload_ancestors: false,
        forbid_holes: false,
        ..world.options
    };
    let impatient = world.frame(std::slice::from_ref(&view), 0);
    assert!(
        impatient.load.len() < 25,
        "ancestors instead of {} descendants",
        impatient.load.len()
    );
    assert!(
        impatient
            .load
            .iter()
            .all(|request| world.tree.node(request.node).depth < 5)
    );
    world.options.loading_descendant_limit = 10_000;
    let patient = world.frame(std::slice::from_ref(&view), 0);
    let wanted = sorted(
        patient
            .load
            .iter()
            .filter(|r| r.priority == LoadPriority::Normal)
            .map(|r| r.node)
            .collect(),
    );
    assert_eq!(wanted, world.ideal(&view), "exactly what the picture needs");
}

#[test]
fn what_one_looks_at_comes_first() {
    let mut world = World::new(quadtree(3, Refine::Add));
    let selection = world.frame(&[camera(1000.0, 7000.0, 900.0, 0.0)], 0);
    let normal: Vec<_> = selection
        .load
        .iter()
        .filter(|request| request.priority == LoadPriority::Normal)
        .collect();
    assert!(normal.windows(2).all(|pair| pair[0].rank <= pair[1].rank));
    let under_camera = ORIGIN + DVec3::new(1000.0, 7000.0, 5.0);
    let deepest_first = normal
        .iter()
        .find(|request| world.tree.node(request.node).depth == 3)
        .expect("leaves are wanted");
    assert_eq!(
        world
            .tree
            .node(deepest_first.node)
            .bounding_volume
            .distance_m(under_camera),
        0.0
    );
}

#[test]
fn two_views_get_what_both_need() {
    let mut world = World::new(quadtree(4, Refine::Replace));
    let far = camera(4096.0, 4096.0, OVERVIEW, 0.0);
    let near = camera(1000.0, 1000.0, 300.0, 0.0);
    let selection = world.settle(&[far.clone(), near.clone()]);
    let near_alone = world.ideal(&near);
    assert!(near_alone.iter().all(|id| selection.render.contains(id)));
    world.assert_covered(&far, &selection, "in the overview");
}

#[test]
fn no_view_wants_nothing() {
    let mut world = World::new(quadtree(2, Refine::Replace));
    let selection = world.frame(&[], 10);
    assert!(selection.render.is_empty() && selection.load.is_empty() && selection.is_settled());
}

#[test]
fn the_longest_unused_goes_first_and_nothing_in_use_goes() {
    let mut world = World::new(quadtree(4, Refine::Replace));
    world.options = SelectionOptions {
        forbid_holes: false,
        preload_siblings: false,
        ..world.options
    };
    let places = [
        camera(600.0, 600.0, 200.0, 0.0),
        camera(4000.0, 4000.0, 200.0, 0.0),
        camera(7500.0, 7500.0, 200.0, 0.0),
    ];
    let drawn: Vec<_> = places
        .iter()
        .map(|view| world.settle(std::slice::from_ref(view)).render)
        .collect();
    let selection = world.frame(&places[2..], 0);
    let place_of = |id: &NodeId| selection.unload.iter().position(|unload| unload == id);
    let oldest = drawn[0]
        .iter()
        .filter_map(place_of)
        .max()
        .expect("the first place is listed");
    let newer = drawn[1]
        .iter()
        .filter(|id| !drawn[0].contains(id))
        .filter_map(place_of)
        .min()
        .expect("so is the second");
    assert!(oldest < newer);
    assert!(
        drawn[2].iter().all(|id| place_of(id).is_none()),
        "what is drawn is not listed"
    );
    assert!(
        place_of(&world.tree.root()).is_none(),
        "nor is what was walked through"
    );
}

#[test]
fn a_tile_that_only_groups_others_lets_them_through() {
    // Root with content, a group without, two leaves: one there, one not.
    let mut tree = TileTree::new_root(tile(0.0, 0.0, SIDE, Refine::Replace), TreeLimits::default());
    let group = TileNode {
        contents: Vec::new(),
        ..tile(0.0, 0.0, SIDE, Refine::Replace)
    };
    let group = tree.add_child(tree.root(), group).expect("group");
    let [here, missing] = [0.0, SIDE * 0.5].map(|x| {
        tree.add_child(group, tile(x, 0.0, SIDE * 0.5, Refine::Replace))
            .expect("leaf")
    });
    let mut world = World::new(tree);
    world.cache.set(here, LoadState::Loaded);
    let view = [camera(4096.0, 2000.0, 3000.0, 0.0)];
    assert_eq!(
        world.frame(&view, 0).render,
        vec![here],
        "nothing else could be shown: show what there is"
    );
    world.cache.set(world.tree.root(), LoadState::Loaded);
    assert_eq!(
        world.frame(&view, 0).render,
        vec![world.tree.root()],
        "the root stands in for the missing leaf"
    );
    world.cache.set(missing, LoadState::Loaded);
    assert_eq!(sorted(world.frame(&view, 0).render), vec![here, missing]);
}

#[test]
fn a_group_without_a_picture_does_not_wait_for_what_is_out_of_sight() {
    let mut tree = TileTree::new_root(
        TileNode {
            contents: Vec::new(),
            ..tile(0.0, 0.0, SIDE, Refine::Replace)
        },
        TreeLimits::default(),
    );
    for index in 0..64 {
        let (x, y) = (f64::from(index % 8) * 1024.0, f64::from(index / 8) * 1024.0);
        tree.add_child(tree.root(), tile(x, y, 1024.0, Refine::Replace))
            .expect("leaf");
    }
    let mut world = World::new(tree);
    let view = camera(500.0, 500.0, 150.0, 0.0);
    let selection = world.settle(std::slice::from_ref(&view));
    assert_eq!(sorted(selection.render), world.ideal(&view));
    assert!(
        world.cache.loaded().count() < 5,
        "a city of single tiles is not loaded as a whole"
    );
}

#[test]
fn a_broken_root_lets_its_children_through() {
    let mut world = World::new(quadtree(2, Refine::Replace));
    world.cache.set(world.tree.root(), LoadState::Failed);
    let selection = world.settle(&[camera(4096.0, 4096.0, OVERVIEW, 0.0)]);
    assert_eq!(
        sorted(selection.render),
        sorted(world.tree.node(world.tree.root()).children.clone())
    );
}

#[test]
fn the_host_of_an_external_tileset_is_refined_whatever_its_error() {
    let mut tree = TileTree::new_root(tile(0.0, 0.0, SIDE, Refine::Replace), TreeLimits::default());
    let inner = tree
        .add_child(tree.root(), tile(0.0, 0.0, SIDE, Refine::Replace))
        .expect("the external root");
    let mut host = tree.node(tree.root()).clone();
    host.always_refine = true;
    host.geometric_error_m = 0.0;
    let mut rebuilt = TileTree::new_root(host, TreeLimits::default());
    rebuilt
        .add_child(rebuilt.root(), tree.node(inner).clone())
        .expect("the external root");
    let mut world = World::new(rebuilt);
    world.cache.set(world.tree.root(), LoadState::Loaded);
    let selection = world.settle(&[camera(4096.0, 4096.0, OVERVIEW, 0.0)]);
    assert_eq!(selection.render, vec![inner]);
}

#[test]
fn a_viewer_request_volume_hides_the_tile_from_afar() {
    let mut tree = TileTree::new_root(tile(0.0, 0.0, SIDE, Refine::Add), TreeLimits::default());
    let near_only = BoundingVolume::Sphere(Sphere {
        center: ORIGIN + DVec3::new(500.0, 500.0, 0.0),
        radius_m: 400.0,
    });
    let interior = TileNode {
        viewer_request_volume: Some(near_only),
        ..tile(400.0, 400.0, 200.0, Refine::Add)
    };
    let interior = tree.add_child(tree.root(), interior).expect("interior");
    let mut world = World::new(tree);
    assert!(
        !world
            .settle(&[camera(500.0, 500.0, 1500.0, 0.0)])
            .render
            .contains(&interior)
    );
    assert!(
        world
            .settle(&[camera(500.0, 500.0, 200.0, 0.0)])
            .render
            .contains(&interior)
    );
}
