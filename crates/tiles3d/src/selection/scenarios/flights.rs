//! Flights over a quadtree: no holes, nothing twice, and in the end what is ideal.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;

#[test]
fn descending_never_opens_a_hole() {
    let mut world = World::new(quadtree(6, Refine::Replace));
    world.settle(&[camera(4000.0, 4000.0, 60_000.0, 0.0)]);
    let mut height = 60_000.0;
    while height > 60.0 {
        height *= 0.93;
        let view = camera(4000.0, 4000.0, height, 0.3);
        let selection = world.frame(std::slice::from_ref(&view), 2);
        world.assert_covered(&view, &selection, &format!("at {height:.0} m"));
    }
    let view = camera(4000.0, 4000.0, height, 0.3);
    let selection = world.settle(std::slice::from_ref(&view));
    assert_eq!(sorted(selection.render), world.ideal(&view));
}

#[test]
fn ascending_keeps_the_detail_until_the_coarse_tile_is_there() {
    let mut world = World::new(quadtree(6, Refine::Replace));
    world.options.preload_ancestors = false;
    world.options.loading_descendant_limit = 1000;
    let low = camera(4000.0, 4000.0, 300.0, 0.3);
    world.settle(std::slice::from_ref(&low));
    assert_eq!(
        world.cache.get(world.tree.root()),
        LoadState::Unloaded,
        "nothing needed the root so far"
    );
    let high = camera(4000.0, 4000.0, 60_000.0, 0.0);
    let selection = world.frame(std::slice::from_ref(&high), 0);
    world.assert_covered(&high, &selection, "before the root has arrived");
    assert!(selection.render.len() > 4, "the fine tiles stay");
    assert_eq!(selection.load[0].node, world.tree.root());
    assert_eq!(selection.load[0].priority, LoadPriority::Urgent);
    world.cache.set(world.tree.root(), LoadState::Loaded);
    assert_eq!(world.frame(&[high], 0).render, vec![world.tree.root()]);
}

#[test]
fn going_straight_down_skips_the_levels_between() {
    let mut world = World::new(quadtree(6, Refine::Replace));
    world.options = SelectionOptions {
        forbid_holes: false,
        preload_ancestors: false,
        preload_siblings: false,
        loading_descendant_limit: 1000,
        ..SelectionOptions::default()
    };
    let view = camera(4000.0, 4000.0, 300.0, 0.0);
    let selection = world.settle(std::slice::from_ref(&view));
    assert_eq!(
        sorted(selection.render),
        sorted(world.cache.loaded().collect()),
        "only what is drawn was loaded"
    );
}

#[test]
fn panning_keeps_its_detail() {
    let mut world = World::new(quadtree(6, Refine::Replace));
    let mut before = HashMap::new();
    world.settle(&[camera(2000.0, 4000.0, 400.0, 0.0)]);
    for step in 0..80 {
        let view = camera(2000.0 + 25.0 * f64::from(step), 4000.0, 400.0, 0.0);
        let selection = world.frame(std::slice::from_ref(&view), 3);
        world.assert_covered(&view, &selection, &format!("step {step}"));
        let depth_of = |leaf: NodeId| {
            let drawn = world
                .path(leaf)
                .into_iter()
                .find(|id| selection.render.contains(id));
            (leaf, drawn.map(|id| world.tree.node(id).depth))
        };
        let now: HashMap<_, _> = world
            .leaves_in_view(&view)
            .into_iter()
            .map(depth_of)
            .collect();
        for (leaf, depth) in &now {
            let earlier = before.get(leaf).copied().flatten();
            assert!(
                *depth >= earlier,
                "step {step}: {leaf:?} fell from depth {earlier:?} to {depth:?}"
            );
        }
        before = now;
    }
}

fn flight() -> impl Strategy<Value = Vec<(f64, f64, f64, f64, usize, bool)>> {
    let leg = (
        0.0..SIDE,
        0.0..SIDE,
        3.5..10.5_f64,
        -1.0..1.0_f64,
        0..8_usize,
        any::<bool>(),
    );
    proptest::collection::vec(leg, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_flight_shows_a_hole_once_the_root_is_there(legs in flight(), limit in 1..40_u32) {
        let mut world = World::new(quadtree(5, Refine::Replace));
        world.options.loading_descendant_limit = limit;
        world.cache.set(world.tree.root(), LoadState::Loaded);
        let mut last = None;
        for (x, y, log_height, tilt, arrivals, evict) in legs {
            // Every leg begins with a jump, and then stays for a few frames.
            let view = camera(x, y, log_height.exp(), tilt);
            for _ in 0..3 {
                let selection = world.frame(std::slice::from_ref(&view), arrivals);
                world.assert_covered(&view, &selection, "in flight");
                let wanted: HashSet<_> = selection.load.iter().map(|request| request.node).collect();
                prop_assert_eq!(wanted.len(), selection.load.len(), "nothing is asked for twice");
                for id in &selection.render {
                    prop_assert_eq!(world.cache.get(*id), LoadState::Loaded);
                }
                if evict {
                    selection.unload.iter().for_each(|id| world.cache.set(*id, LoadState::Unloaded));
                }
            }
            last = Some(view);
        }
        let view = last.expect("at least one leg");
        let selection = world.settle(std::slice::from_ref(&view));
        prop_assert_eq!(sorted(selection.render), world.ideal(&view));
    }

    #[test]
    fn whatever_fails_the_rest_settles(legs in flight(), broken in proptest::collection::vec(0..341_usize, 0..60)) {
        let mut world = World::new(quadtree(4, Refine::Replace));
        for index in broken {
            let id = world.tree.id_at(index).expect("341 nodes");
            world.cache.set(id, LoadState::Failed);
        }
        for (x, y, log_height, tilt, arrivals, _) in legs {
            world.frame(&[camera(x, y, log_height.exp(), tilt)], arrivals);
        }
        let view = camera(4000.0, 4000.0, 900.0, 0.2);
        let selection = world.settle(std::slice::from_ref(&view));
        let lost = |id: &NodeId| world.cache.get(*id) == LoadState::Failed;
        for leaf in world.leaves_in_view(&view) {
            let path = world.path(leaf);
            let drawn = path.iter().filter(|id| selection.render.contains(id)).count();
            prop_assert!(drawn == 1 || (drawn == 0 && path.iter().any(lost)), "{:?} is drawn {} times", leaf, drawn);
        }
    }

    #[test]
    fn the_same_arguments_give_the_same_answer(legs in flight()) {
        let mut world = World::new(quadtree(4, Refine::Replace));
        for (x, y, log_height, tilt, arrivals, _) in legs {
            let view = [camera(x, y, log_height.exp(), tilt)];
            let once = select(&world.tree, &view, &world.cache, &world.state, &world.options);
            let again = select(&world.tree, &view, &world.cache, &world.state, &world.options);
            prop_assert_eq!(&once.render, &again.render);
            prop_assert_eq!(&once.load, &again.load);
            prop_assert_eq!(&once.unload, &again.unload);
            world.frame(&view, arrivals);
        }
    }
}
