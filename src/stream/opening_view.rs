//! What a scene opens on: everything, or its weightiest clump where everything would be specks.

use std::collections::HashMap;

use glam::DVec2;

use super::state::Bounds;

/// Cells along the longer side of the area that is looked at; more where all hangs together by a thread.
const CELLS: f64 = 32.0;
/// So many cells at the most.
const MOST_CELLS: f64 = 512.0;
/// Large things fill many cells; beyond this many entries a finer grid is not worth its memory.
const MOST_ENTRIES: f64 = 4e6;
/// A usual object that measures less than this part of the whole is small: five pixels of a thousand.
const SMALL_SHARE: f64 = 0.005;
/// And a speck below this: two pixels.
const SPECK_SHARE: f64 = 0.002;
/// Small objects are scattered if they fill less than this part of their area.
const SPARSE_SHARE: f64 = 0.04;
/// Specks below this. A town with a river and parks fills more.
const FILLED_SHARE: f64 = 0.15;
/// An object so many times as long as a usual one says nothing about where the others lie; often it is broken.
const GIANT: f64 = 50.0;
/// Giants are shown with the others unless that makes the whole so many times as long.
const GIANT_ROOM: f64 = 3.0;
/// Every round shrinks the area or looks more closely; this many lead from a country to a street.
const ROUNDS: usize = 24;

/// What is framed at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpeningBox {
    /// Box around what is shown, scene metres.
    pub bounds: Bounds,
    /// Number of boxes left out because they lie further away.
    pub farther: usize,
}

/// Chooses what to frame of objects given by their boxes; `None` without any.
///
/// As long as a usual object would be a speck in a mostly empty area, the weightiest clump of
/// neighbours is taken instead of all. Many objects weigh more than few and large ones more than small
/// ones, but only by the order of magnitude: one long bridge is not a town.
pub fn opening_box(boxes: &[Bounds]) -> Option<OpeningBox> {
    let finite: Vec<Bounds> = boxes.iter().copied().filter(is_finite).collect();
    let giant_m = GIANT * usual_side(&finite);
    let usual = finite.iter().copied();
    let usual: Vec<Bounds> = usual.filter(|one| longer_side(one) <= giant_m).collect();
    let (usual, giants) = match finite.len() - usual.len() {
        _ if usual.is_empty() => (finite.clone(), 0),
        giants => (usual, giants),
    };
    let clump = weightiest_clump(&usual);
    let bounds = union(&clump)?;
    if clump.len() == usual.len() {
        let all = union(&finite)?;
        if longer_side(&all) <= GIANT_ROOM * longer_side(&bounds) {
            return Some(OpeningBox {
                bounds: all,
                farther: 0,
            });
        }
    }
    Some(OpeningBox {
        bounds,
        farther: usual.len() - clump.len() + giants,
    })
}

/// All boxes, or the clump of them that is large enough to be seen.
fn weightiest_clump(boxes: &[Bounds]) -> Vec<Bounds> {
    let mut chosen = boxes.to_vec();
    let mut cells = CELLS;
    for _ in 0..ROUNDS {
        let Some(around) = union(&chosen) else { break };
        let share = usual_side(&chosen) / longer_side(&around).max(f64::MIN_POSITIVE);
        if share >= SMALL_SHARE {
            break;
        }
        let Some(grid) = Grid::over(&chosen, &around, cells) else {
            break;
        };
        let has_left_some = chosen.len() < boxes.len();
        let enough = if share < SPECK_SHARE || has_left_some {
            FILLED_SHARE
        } else {
            SPARSE_SHARE
        };
        if cells == CELLS && grid.filled_share() >= enough {
            break;
        }
        let clump = grid.weightiest_clump(&chosen);
        if clump.len() < chosen.len() {
            chosen = clump;
            cells = CELLS;
        } else if cells < MOST_CELLS {
            cells *= 2.0;
        } else {
            break;
        }
    }
    chosen
}

fn is_finite((low, high): &Bounds) -> bool {
    low.is_finite() && high.is_finite()
}

/// Box around boxes.
pub fn union(boxes: &[Bounds]) -> Option<Bounds> {
    let boxes = boxes.iter().copied();
    boxes.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn longer_side((low, high): &Bounds) -> f64 {
    let size = high.truncate() - low.truncate();
    size.x.max(size.y)
}

/// The median of the longest sides.
fn usual_side(boxes: &[Bounds]) -> f64 {
    let mut sides: Vec<f64> = boxes
        .iter()
        .map(|(low, high)| (*high - *low).max_element())
        .collect();
    if sides.is_empty() {
        return 0.0;
    }
    let middle = sides.len() / 2;
    *sides.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// By the order of magnitude of the volume, cubic metres.
fn weight((low, high): &Bounds) -> f64 {
    let size = *high - *low;
    1.0 + (1.0 + size.x * size.y * size.z.max(1.0)).ln()
}

type Cell = (i32, i32);

/// Which boxes lie in which cells of a coarse grid.
struct Grid {
    inside: HashMap<Cell, Vec<usize>>,
    cells: f64,
}

impl Grid {
    /// `None` where the boxes would fill too many cells.
    fn over(boxes: &[Bounds], around: &Bounds, cells: f64) -> Option<Self> {
        let cell_m = (longer_side(around) / cells).max(f64::MIN_POSITIVE);
        let entries = boxes.iter().map(|(low, high)| {
            let spans = (*high - *low) / cell_m + 1.0;
            spans.x * spans.y
        });
        if entries.sum::<f64>() > MOST_ENTRIES.max(4.0 * boxes.len() as f64) {
            return None;
        }
        let cell = |point: DVec2| {
            let at = ((point - around.0.truncate()) / cell_m).floor();
            (at.x as i32, at.y as i32)
        };
        let mut inside: HashMap<Cell, Vec<usize>> = HashMap::new();
        for (index, (low, high)) in boxes.iter().enumerate() {
            let (first, last) = (cell(low.truncate()), cell(high.truncate()));
            for x in first.0..=last.0 {
                for y in first.1..=last.1 {
                    inside.entry((x, y)).or_default().push(index);
                }
            }
        }
        let size = (around.1.truncate() - around.0.truncate()) / cell_m;
        let cells = size.x.ceil().max(1.0) * size.y.ceil().max(1.0);
        Some(Self { inside, cells })
    }

    fn filled_share(&self) -> f64 {
        self.inside.len() as f64 / self.cells
    }

    /// The boxes of the neighbouring cells that weigh most together.
    fn weightiest_clump(&self, boxes: &[Bounds]) -> Vec<Bounds> {
        let mut starts: Vec<Cell> = self.inside.keys().copied().collect();
        // The same choice every time, whatever the order of the map.
        starts.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        let mut best = (0.0, Vec::new());
        for start in starts {
            if !seen.insert(start) {
                continue;
            }
            let mut members = std::collections::BTreeSet::new();
            let mut open = vec![start];
            while let Some((x, y)) = open.pop() {
                let here = self.inside.get(&(x, y)).into_iter().flatten();
                members.extend(here.copied());
                let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
                open.extend(
                    around.filter(|cell| self.inside.contains_key(cell) && seen.insert(*cell)),
                );
            }
            let members: Vec<Bounds> = members.into_iter().map(|index| boxes[index]).collect();
            let sum: f64 = members.iter().map(weight).sum();
            if sum > best.0 {
                best = (sum, members);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn house(x: f64, y: f64) -> Bounds {
        let low = DVec3::new(x, y, 0.0);
        (low, low + DVec3::new(12.0, 10.0, 9.0))
    }

    fn village(x: f64, y: f64, across: u32) -> Vec<Bounds> {
        let places = (0..across).flat_map(|i| (0..across).map(move |j| (i, j)));
        places
            .map(|(i, j)| house(x + 30.0 * f64::from(i), y + 30.0 * f64::from(j)))
            .collect()
    }

    #[test]
    fn a_town_is_shown_whole_even_with_a_river_through_it() {
        let mut town = village(0.0, 0.0, 60);
        town.extend(village(2_400.0, 0.0, 60));
        let shown = opening_box(&town).expect("a box");
        assert_eq!(shown.farther, 0);
        assert_eq!(Some(shown.bounds), union(&town));
    }

    #[test]
    fn the_largest_of_scattered_villages_is_shown() {
        let mut land = village(0.0, 0.0, 3);
        land.extend(village(20_000.0, 9_000.0, 5));
        land.push(house(27_000.0, -4_000.0));
        let shown = opening_box(&land).expect("a box");
        assert_eq!(shown.farther, 10);
        assert_eq!(Some(shown.bounds), union(&village(20_000.0, 9_000.0, 5)));
    }

    #[test]
    fn one_huge_thing_is_not_heavier_than_a_village() {
        let mut land = village(0.0, 0.0, 3);
        let low = DVec3::new(15_000.0, 0.0, 0.0);
        land.push((low, low + DVec3::new(800.0, 30.0, 60.0)));
        let shown = opening_box(&land).expect("a box");
        assert_eq!((shown.farther, shown.bounds.0), (1, DVec3::ZERO));
    }

    #[test]
    fn a_broken_giant_does_not_bridge_two_clumps() {
        let mut land = village(0.0, 0.0, 2);
        land.extend(village(13_000.0, 9_000.0, 3));
        land.push((DVec3::ZERO, DVec3::new(13_000.0, 9_000.0, 20.0)));
        let shown = opening_box(&land).expect("a box");
        assert_eq!(shown.farther, 5);
        assert_eq!(Some(shown.bounds), union(&village(13_000.0, 9_000.0, 3)));
        // A long hall at the edge of a town belongs to it.
        let mut town = village(0.0, 0.0, 30);
        let low = DVec3::new(950.0, 0.0, 0.0);
        town.push((low, low + DVec3::new(700.0, 80.0, 12.0)));
        let shown = opening_box(&town).expect("a box");
        assert_eq!((shown.farther, shown.bounds.1.x), (0, 1_650.0));
    }

    #[test]
    fn hamlets_in_the_country_are_shown_together() {
        let places = (0..4).flat_map(|i| (0..4).map(move |j| (f64::from(i), f64::from(j))));
        let land: Vec<Bounds> = places
            .flat_map(|(i, j)| village(i * 1_000.0, j * 1_000.0, 5))
            .collect();
        assert_eq!(opening_box(&land).map(|shown| shown.farther), Some(0));
    }

    #[test]
    fn specks_in_a_line_end_somewhere_near() {
        let lamps: Vec<Bounds> = (0..40)
            .map(|at| {
                let low = DVec3::new(f64::from(at * at) * 10.0, f64::from(at) * 90.0, 0.0);
                (low, low + DVec3::new(0.3, 0.3, 5.0))
            })
            .collect();
        let shown = opening_box(&lamps).expect("a box");
        assert!(longer_side(&shown.bounds) < 1_100.0, "{shown:?}");
        assert!(shown.farther > 0);
    }

    #[test]
    fn broken_and_missing_boxes_do_no_harm() {
        assert_eq!(opening_box(&[]), None);
        let broken = (DVec3::splat(f64::NAN), DVec3::splat(f64::INFINITY));
        assert_eq!(opening_box(&[broken]), None);
        let shown = opening_box(&[broken, house(5.0, 5.0)]).expect("a box");
        assert_eq!((shown.farther, shown.bounds), (0, house(5.0, 5.0)));
        let same = vec![(DVec3::ONE, DVec3::ONE); 9];
        assert_eq!(opening_box(&same).map(|shown| shown.farther), Some(0));
    }
}
