//! The moment that a scene opens at when nothing of it exists today.

use crate::city::CityFeatures;

/// A time in which nothing changes: from its first millisecond since 1970 to before its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First millisecond; `None` without a beginning.
    pub from_ms: Option<i64>,
    /// First millisecond after it; `None` without an end.
    pub until_ms: Option<i64>,
}

/// When anything of the city that has a shape last existed before `now_ms`, or else exists first. `None` while
/// something exists now, or where nothing ever does.
pub fn period_with_objects(city: &CityFeatures, sources: usize, now_ms: i64) -> Option<Period> {
    let mut lifespans = Vec::new();
    for object in city.all() {
        let [low, high] = object.feature.bounds_local;
        let has_shape = low[0] <= high[0];
        if !has_shape || object.tile.source >= sources || object.feature.is_interior {
            continue;
        }
        // A part is there no longer than its whole.
        let mut span = lifespan(object.feature.lifespan_ms);
        for above in city.ancestors(object.index) {
            if let Some(above) = city.get(above) {
                span = both(span, lifespan(above.feature.lifespan_ms));
            }
        }
        if contains(span, now_ms) {
            return None;
        }
        lifespans.push(span);
    }
    nearest_period(&lifespans, now_ms)
}

fn lifespan([from_ms, until_ms]: [Option<i64>; 2]) -> Period {
    Period { from_ms, until_ms }
}

fn both(a: Period, b: Period) -> Period {
    Period {
        from_ms: a.from_ms.max(b.from_ms),
        until_ms: match (a.until_ms, b.until_ms) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    }
}

fn contains(period: Period, now_ms: i64) -> bool {
    period.from_ms.is_none_or(|from| from <= now_ms)
        && period.until_ms.is_none_or(|until| now_ms < until)
}

/// The last period before a moment, else the first after it, in which the same of these exist and any does.
fn nearest_period(lifespans: &[Period], now_ms: i64) -> Option<Period> {
    let spans = lifespans
        .iter()
        .filter(|span| match (span.from_ms, span.until_ms) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        });
    let spans: Vec<Period> = spans.copied().collect();
    let changes = || {
        let of_each = spans.iter().flat_map(|span| [span.from_ms, span.until_ms]);
        of_each.flatten()
    };
    let ends = spans.iter().filter_map(|span| span.until_ms);
    if let Some(last) = ends.filter(|until| *until <= now_ms).max() {
        return Some(Period {
            from_ms: changes().filter(|change| *change < last).max(),
            until_ms: Some(last),
        });
    }
    let first = spans.iter().filter_map(|span| span.from_ms).min()?;
    Some(Period {
        from_ms: Some(first),
        until_ms: changes().filter(|change| *change > first).min(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use glam::DMat4;
    use tiles3d::{Feature, TileContent};

    use super::*;
    use crate::city::{LoadedTile, TileBvh};

    fn period(from_ms: Option<i64>, until_ms: Option<i64>) -> Period {
        Period { from_ms, until_ms }
    }

    #[test]
    fn the_last_period_with_anything_in_it_is_found() {
        let torn_down = [
            period(Some(10), Some(50)),
            period(None, Some(70)),
            period(Some(60), Some(65)),
            period(Some(90), Some(80)),
        ];
        let found = nearest_period(&torn_down, 100);
        assert_eq!(found, Some(period(Some(65), Some(70))));
        let planned = [period(Some(300), None), period(Some(200), Some(250))];
        let found = nearest_period(&planned, 100);
        assert_eq!(found, Some(period(Some(200), Some(250))));
        assert_eq!(nearest_period(&[], 100), None);
    }

    #[test]
    fn parts_end_with_their_whole_and_what_has_no_shape_does_not_count() {
        let shape = [[0.0; 3], [1.0; 3]];
        let none = [[1.0; 3], [0.0; 3]];
        let feature = |parent, lifespan_ms, bounds_local| Feature {
            parent,
            lifespan_ms,
            bounds_local,
            ..Feature::default()
        };
        let content = TileContent {
            ecef_from_local: DMat4::IDENTITY,
            features: vec![
                feature(None, [Some(5), Some(40)], none),
                feature(Some(0), [None, None], shape),
                feature(None, [None, None], none),
            ],
            ..TileContent::default()
        };
        let mut city = CityFeatures::default();
        city.insert(LoadedTile {
            source: 0,
            content: Arc::new(content),
            bvh: Arc::new(TileBvh::default()),
            shown: true,
        });
        let ended = period_with_objects(&city, 1, 100);
        assert_eq!(ended, Some(period(Some(5), Some(40))));
        assert_eq!(period_with_objects(&city, 1, 20), None, "it exists then");
        assert_eq!(
            period_with_objects(&city, 0, 100),
            None,
            "assumed ground is no city"
        );
    }
}
