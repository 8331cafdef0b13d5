//! The series store, compared with the plainest thing that could answer the same questions.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use veduta_time::{Arrival, Inserted, Knowledge, SeriesStore, StoreLimits, Value, min_max};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

fn live(second: i64) -> Arrival {
    Arrival::Live {
        received_at: at(second),
    }
}

fn store(limit: usize) -> SeriesStore {
    SeriesStore::new(StoreLimits {
        samples_per_series: limit,
        samples: 1000,
        series: 3,
    })
}

fn number(store: &SeriesStore, entity: &str, attribute: &str, second: i64) -> Option<f64> {
    match store
        .value_at(store.find(entity, attribute)?, at(second))?
        .value
    {
        Value::Number(number) => Some(number),
        Value::Text(_) => None,
    }
}

#[test]
fn back_filled_history_counts_as_known_when_it_was_observed() {
    let mut store = store(100);
    store.insert("e", "no2", at(10), Arrival::BackFill, Value::Number(1.0));
    store.insert("e", "no2", at(20), live(50), Value::Number(2.0));
    assert_eq!(number(&store, "e", "no2", 9), None);
    assert_eq!(number(&store, "e", "no2", 10), Some(1.0));
    assert_eq!(
        number(&store, "e", "no2", 49),
        Some(1.0),
        "observed at 20 but received at 50"
    );
    assert_eq!(number(&store, "e", "no2", 50), Some(2.0));
    // Fetched again from history, the late value turns out to have been known to the broker.
    store.insert("e", "no2", at(20), Arrival::BackFill, Value::Number(2.0));
    assert_eq!(number(&store, "e", "no2", 20), Some(2.0));
    assert_eq!(store.sample_count(), 2);
}

#[test]
fn numbers_and_texts_of_one_attribute_are_one_series() {
    let mut store = store(100);
    store.insert("e", "level", at(10), live(10), Value::Number(7.0));
    store.insert("e", "level", at(20), live(20), Value::Text("n/a"));
    store.insert("e", "level", at(30), live(30), Value::Number(8.0));
    let series = store.find("e", "level").unwrap();
    assert_eq!(
        store.value_at(series, at(25)).map(|sample| sample.value),
        Some(Value::Text("n/a"))
    );
    let values: Vec<_> = store
        .range(series, at(0), at(99), Knowledge::Hindsight)
        .map(|sample| sample.value)
        .collect();
    assert_eq!(
        values,
        [Value::Number(7.0), Value::Text("n/a"), Value::Number(8.0)]
    );
}

#[test]
fn series_are_kept_apart_and_listed_by_entity() {
    let mut store = store(100);
    store.insert("a", "x", at(1), live(1), Value::Number(1.0));
    store.insert("a", "b", at(1), live(1), Value::Number(2.0));
    store.insert("b", "x", at(1), live(1), Value::Number(3.0));
    assert_eq!(
        store
            .series_of("a")
            .map(|(attribute, _)| attribute)
            .collect::<Vec<_>>(),
        ["b", "x"]
    );
    assert_eq!(number(&store, "b", "x", 1), Some(3.0));
    assert_eq!(store.series_of("c").count(), 0);
}

#[test]
fn limits_are_kept_and_what_they_cost_is_counted() {
    let mut store = store(3);
    for second in 0..10 {
        store.insert(
            "a",
            "x",
            at(second),
            live(second),
            Value::Number(second as f64),
        );
    }
    assert_eq!((store.sample_count(), store.dropped()), (3, 7));
    assert_eq!(store.bounds(), Some((at(7), at(9))));
    for entity in ["b", "c", "d"] {
        store.insert(entity, "x", at(0), live(0), Value::Number(0.0));
    }
    assert_eq!((store.series_count(), store.dropped()), (3, 8));
    assert_eq!(store.find("d", "x"), None);
}

#[test]
fn many_series_share_the_whole_equally() {
    let mut store = SeriesStore::new(StoreLimits {
        samples_per_series: 100,
        samples: 100,
        series: 100,
    });
    let second_of = |round: i64| round * 60;
    for round in 0..50 {
        for entity in ["a", "b", "c", "d"] {
            store.insert(
                entity,
                "x",
                at(second_of(round)),
                live(second_of(round)),
                Value::Number(1.0),
            );
        }
    }
    assert_eq!(store.sample_count(), 100);
    // Each holds its own last 25.
    assert_eq!(store.bounds(), Some((at(second_of(25)), at(second_of(49)))));
    assert_eq!(store.dropped(), 100);
}

#[test]
fn what_is_no_number_stays_out() {
    let mut store = store(3);
    for number in [f64::NAN, f64::INFINITY] {
        assert_eq!(
            store.insert("a", "x", at(0), live(0), Value::Number(number)),
            Inserted::NotANumber
        );
    }
    assert_eq!((store.series_count(), store.bounds()), (0, None));
}

#[test]
fn the_revision_grows_with_news_only() {
    let mut store = store(100);
    let sample =
        |store: &mut SeriesStore| store.insert("a", "x", at(0), live(0), Value::Text("on"));
    assert_eq!(sample(&mut store), Inserted::Added);
    let revision = store.revision();
    assert_eq!(sample(&mut store), Inserted::Duplicate);
    assert_eq!(store.revision(), revision);
}

#[test]
fn the_usual_interval_forgives_an_outage() {
    let mut store = store(100);
    for second in [0, 60, 120, 180, 4000, 4060, 4120] {
        store.insert("a", "x", at(second), live(second), Value::Number(1.0));
    }
    let series = store.find("a", "x").unwrap();
    assert_eq!(
        store.usual_interval(series),
        Some(SignedDuration::from_mins(1))
    );
}

/// One sample of the tests below: observed, received (`None`: back-filled), value.
type Insertion = (i64, Option<i64>, i32);

/// Live samples come in the order they are received, as they do; history comes whenever, and says the
/// same of a moment each time it is asked.
fn insertions() -> impl Strategy<Value = Vec<Insertion>> {
    prop::collection::vec(
        (0..40_i64, prop::option::weighted(0.7, 1..30_i64), 0..3),
        0..60,
    )
    .prop_map(|raw| {
        let mut wall = 0;
        raw.into_iter()
            .map(|(observed, received, value)| match received {
                None => (observed, None, history(observed)),
                Some(pass) => {
                    wall += pass / 10;
                    // Stamped ahead of the wall: known when observed, so it must agree with history.
                    (
                        observed,
                        Some(wall),
                        if wall <= observed {
                            history(observed)
                        } else {
                            value
                        },
                    )
                }
            })
            .collect()
    })
}

const fn history(observed: i64) -> i32 {
    (observed * 7 % 3) as i32
}

fn filled(insertions: &[Insertion]) -> SeriesStore {
    let mut store = store(1000);
    for &(observed, received, value) in insertions {
        let arrival = received.map_or(Arrival::BackFill, live);
        store.insert(
            "e",
            "a",
            at(observed),
            arrival,
            Value::Number(f64::from(value)),
        );
    }
    store
}

/// (observed, known, value) of everything that was ever said; the later word on the same two moments wins.
fn said(insertions: &[Insertion]) -> Vec<(i64, i64, i32)> {
    let mut said: Vec<(i64, i64, i32)> = Vec::new();
    for &(observed, received, value) in insertions {
        let known = received.unwrap_or(observed).max(observed);
        said.retain(|(other, since, _)| (*other, *since) != (observed, known));
        said.push((observed, known, value));
    }
    said
}

proptest! {
    #[test]
    fn value_at_is_what_was_known_then(insertions in insertions(), moment in 0..120_i64) {
        let store = filled(&insertions);
        let expected = said(&insertions)
            .into_iter()
            .filter(|(observed, known, _)| *observed <= moment && *known <= moment)
            .max_by_key(|(observed, known, _)| (*observed, *known));
        let found = store.find("e", "a").and_then(|series| store.value_at(series, at(moment)));
        prop_assert_eq!(found.map(|sample| sample.observed_at), expected.map(|(observed, _, _)| at(observed)));
        prop_assert_eq!(found.map(|sample| sample.value), expected.map(|(_, _, value)| Value::Number(f64::from(value))));
    }

    #[test]
    fn a_range_holds_the_last_word_on_each_moment(
        insertions in insertions(), from in 0..40_i64, length in 0..40_i64, as_of in prop::option::of(0..120_i64),
    ) {
        let store = filled(&insertions);
        let to = from + length;
        let mut expected = Vec::new();
        for observed in from..=to {
            let last = said(&insertions)
                .into_iter()
                .filter(|(moment, known, _)| *moment == observed && as_of.is_none_or(|as_of| *known <= as_of))
                .max_by_key(|(_, known, _)| *known);
            expected.extend(last.map(|(_, _, value)| (at(observed), Value::Number(f64::from(value)))));
        }
        let knowledge = as_of.map_or(Knowledge::Hindsight, |as_of| Knowledge::AsOf(at(as_of)));
        let found: Vec<_> = store
            .find("e", "a")
            .map(|series| store.range(series, at(from), at(to), knowledge).map(|sample| (sample.observed_at, sample.value)).collect())
            .unwrap_or_default();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn density_counts_every_sample_of_the_window_once(
        moments in prop::collection::btree_set(0..200_i64, 0..60), from in 0..200_i64, length in 1..200_i64, bins in 1..20_usize,
    ) {
        let mut store = store(1000);
        for (index, moment) in moments.iter().enumerate() {
            let entity = if index % 3 == 0 { "a" } else { "b" };
            store.insert(entity, "x", at(*moment), live(*moment), Value::Number(1.0));
        }
        let counts = store.density(at(from), at(from + length), bins);
        let mut expected = vec![0_u32; bins];
        for moment in moments.range(from..=from + length) {
            // In integers; the last bin also holds the end.
            let micros = (moment - from) * 1_000_000;
            let bin = (0..bins as i64)
                .rev()
                .find(|bin| micros >= length * 1_000_000 * bin / bins as i64)
                .unwrap_or(0);
            expected[bin as usize] += 1;
        }
        prop_assert_eq!(counts, expected);
    }

    #[test]
    fn downsampling_keeps_the_extremes_and_invents_nothing(
        values in prop::collection::vec(-1000..1000_i32, 1..300), buckets in 1..40_usize,
    ) {
        let points: Vec<_> = values.iter().enumerate().map(|(index, value)| (at(index as i64), f64::from(*value))).collect();
        let (from, to) = (at(0), at(values.len() as i64 - 1));
        let kept = min_max(points.iter().copied(), from, to, buckets);
        prop_assert!(kept.len() <= 2 * buckets);
        prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        prop_assert!(kept.iter().all(|point| points.contains(point)));
        let extreme = |points: &[(Timestamp, f64)]| {
            points.iter().fold((f64::MAX, f64::MIN), |(low, high), point| (low.min(point.1), high.max(point.1)))
        };
        prop_assert_eq!(extreme(&kept), extreme(&points));
        if buckets >= values.len() {
            prop_assert_eq!(kept, points);
        }
    }
}

#[test]
fn empty_windows_have_neither_density_nor_points() {
    let store = store(10);
    assert!(store.density(at(5), at(5), 10).is_empty());
    assert!(store.density(at(0), at(5), 0).is_empty());
    assert!(min_max([(at(0), 1.0)], at(5), at(0), 10).is_empty());
    assert_eq!(min_max([(at(0), 1.0)], at(0), at(0), 10), [(at(0), 1.0)]);
}
