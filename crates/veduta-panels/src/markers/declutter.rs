//! Which markers keep their value and which become a mark, so that no two values cover each other.

use egui::Rect;

use super::pin::Pin;

/// Room that stays free around a pin.
const MARGIN: f32 = 3.0;

/// Indices of the pins, farthest first, and whether each shows its value. The selected pin always does; then nearer ones come first.
pub(super) fn drawing_order(pins: &[Pin<'_>]) -> Vec<(usize, bool)> {
    let mut by_rank: Vec<usize> = (0..pins.len()).collect();
    by_rank.sort_by(|one, two| {
        let (one, two) = (pins[*one].marker, pins[*two].marker);
        two.selected
            .cmp(&one.selected)
            .then(one.distance_m.total_cmp(&two.distance_m))
            // Entities at the same place keep their order from frame to frame.
            .then_with(|| one.entity.cmp(&two.entity))
    });
    let rects: Vec<Rect> = by_rank.iter().map(|index| pins[*index].rect).collect();
    let shows_value = room_for(&rects);
    let mut order: Vec<(usize, bool)> = by_rank.into_iter().zip(shows_value).collect();
    order.reverse();
    order
}

/// For rectangles in order of rank, whether each is free of all that were granted room before it.
fn room_for(rects: &[Rect]) -> Vec<bool> {
    let mut taken: Vec<Rect> = Vec::new();
    rects
        .iter()
        .map(|rect| {
            let is_free = !taken
                .iter()
                .any(|other| other.expand(MARGIN).intersects(*rect));
            if is_free {
                taken.push(*rect);
            }
            is_free
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn the_higher_rank_keeps_its_room() {
        let at = |x: f32| Rect::from_min_size(pos2(x, 0.0), vec2(80.0, 24.0));
        assert_eq!(
            room_for(&[at(0.0), at(40.0), at(90.0), at(82.0)]),
            [true, false, true, false]
        );
        // What became a mark takes no room from those after it.
        assert_eq!(
            room_for(&[at(0.0), at(40.0), at(85.0)]),
            [true, false, true]
        );
    }
}
