//! Who is whose child (CityJSON 2.0, 2.1), in time that grows with the number of objects whatever they claim.

use std::collections::HashMap;

use super::fault::{Fault, PlacedFault};
use super::object_table::{Claims, Entry};
use crate::codes;

/// Connects children with their parents and gives the objects that have none.
///
/// Members of a group stand on their own: belonging to a group is no composition (2.3). Dynamizers are parts of what
/// they vary, and time series parts of their dynamizer, as in CityGML 3.0. Circles are cut, and so is what is nested
/// more than `max_depth` deep: it becomes top-level.
pub(super) fn nest(
    entries: &mut [Entry],
    claims: &[Claims],
    max_depth: usize,
    faults: &mut Vec<PlacedFault>,
) -> Vec<usize> {
    let mut index_of: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if index_of.insert(&entry.key, index).is_some() {
            let fault = Fault::new(codes::DUPLICATE_KEY, "the key was used before in this file");
            faults.push(entry.fault(fault));
        }
    }
    let mut parent_of = claimed_parents(entries, claims, &index_of, faults);
    for (owner, claim) in claims.iter().enumerate() {
        for part in &claim.parts {
            if let Some(&part) = index_of.get(part.as_str())
                && part != owner
                && parent_of[part].is_none()
            {
                parent_of[part] = Some(owner);
            }
        }
    }
    for (index, claim) in claims.iter().enumerate() {
        if let Some(target) = &claim.target
            && parent_of[index].is_none()
            && let Some(&target) = index_of.get(target.as_str())
            && target != index
        {
            parent_of[index] = Some(target);
        }
    }
    drop(index_of);
    let mut roots = Vec::new();
    cut_circles(entries, &mut parent_of, faults);
    cut_depth(entries, &mut parent_of, max_depth, faults);
    for (index, parent) in parent_of.into_iter().enumerate() {
        match parent {
            Some(parent) => entries[parent].children.push(index),
            None => roots.push(index),
        }
    }
    roots
}

fn claimed_parents(
    entries: &[Entry],
    claims: &[Claims],
    index_of: &HashMap<&str, usize>,
    faults: &mut Vec<PlacedFault>,
) -> Vec<Option<usize>> {
    let mut parent_of: Vec<Option<usize>> = vec![None; entries.len()];
    for (index, claim) in claims.iter().enumerate() {
        for parent in &claim.parents {
            match index_of.get(parent.as_str()) {
                Some(&parent) if claims[parent].is_group || parent == index => {}
                Some(&parent) => {
                    parent_of[index].get_or_insert(parent);
                }
                None => faults.push(entries[index].fault(Fault::new(
                    codes::BROKEN_HIERARCHY,
                    format!("the parent {parent:?} does not exist"),
                ))),
            }
        }
    }
    for (index, claim) in claims.iter().enumerate() {
        for child in &claim.children {
            match index_of.get(child.as_str()) {
                Some(&child) if !claim.is_group && child != index => {
                    parent_of[child].get_or_insert(index);
                }
                Some(_) => {}
                None => faults.push(entries[index].fault(Fault::new(
                    codes::BROKEN_HIERARCHY,
                    format!("the child {child:?} does not exist"),
                ))),
            }
        }
    }
    parent_of
}

/// Makes the object top-level at which a circle of parents is entered.
fn cut_circles(entries: &[Entry], parent_of: &mut [Option<usize>], faults: &mut Vec<PlacedFault>) {
    // For each object the walk that came by; objects of earlier walks lead to a root.
    let mut walk_of = vec![usize::MAX; parent_of.len()];
    for start in 0..parent_of.len() {
        let mut index = start;
        while walk_of[index] == usize::MAX {
            walk_of[index] = start;
            match parent_of[index] {
                Some(parent) if walk_of[parent] == start => {
                    parent_of[parent] = None;
                    let message = "the object is among its own ancestors; it is taken as top-level";
                    let fault = Fault::new(codes::BROKEN_HIERARCHY, message);
                    faults.push(entries[parent].fault(fault));
                    break;
                }
                Some(parent) => index = parent,
                None => break,
            }
        }
    }
}

/// Makes objects top-level that are nested too deep.
fn cut_depth(
    entries: &[Entry],
    parent_of: &mut [Option<usize>],
    max_depth: usize,
    faults: &mut Vec<PlacedFault>,
) {
    let mut depth_of = vec![0_usize; parent_of.len()];
    let mut chain = Vec::new();
    for start in 0..parent_of.len() {
        let mut next = Some(start);
        while let Some(index) = next.filter(|&index| depth_of[index] == 0) {
            chain.push(index);
            next = parent_of[index];
        }
        let mut depth = next.map_or(0, |index| depth_of[index]);
        while let Some(index) = chain.pop() {
            depth += 1;
            if depth > max_depth {
                depth = 1;
                parent_of[index] = None;
                let message = format!(
                    "city objects are nested more than {max_depth} deep; this one is taken as top-level"
                );
                faults.push(entries[index].fault(Fault::new(codes::LIMIT_EXCEEDED, message)));
            }
            depth_of[index] = depth;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(parents: &[Option<usize>], max_depth: usize) -> (Vec<usize>, usize) {
        let mut entries: Vec<Entry> = (0..parents.len())
            .map(|index| Entry::new(index.to_string(), 0..0, 1))
            .collect();
        let claims: Vec<Claims> = parents
            .iter()
            .map(|parent| Claims {
                parents: parent.iter().map(usize::to_string).collect(),
                ..Claims::default()
            })
            .collect();
        let mut faults = Vec::new();
        let roots = nest(&mut entries, &claims, max_depth, &mut faults);
        (roots, faults.len())
    }

    #[test]
    fn circles_are_cut_once() {
        assert_eq!(nested(&[Some(1), Some(2), Some(0)], 9), (vec![0], 1));
        // A tail that leads into a circle.
        assert_eq!(nested(&[Some(1), Some(2), Some(1)], 9), (vec![1], 1));
        assert_eq!(nested(&[Some(0), Some(0)], 9), (vec![0], 0));
    }

    #[test]
    fn a_long_chain_is_cut_where_it_is_too_deep() {
        let chain: Vec<_> = (0..100_000_usize)
            .map(|index| index.checked_sub(1))
            .collect();
        let (roots, faults) = nested(&chain, 128);
        assert_eq!((roots.len(), faults), (100_000_usize.div_ceil(128), 781));
        assert_eq!(roots[1], 128);
    }
}
