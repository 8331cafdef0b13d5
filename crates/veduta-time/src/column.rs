//! Samples of one kind of value, sorted by the moment observed.

use std::collections::VecDeque;

use crate::Inserted;

/// Columns of equal length, sorted by (`observed_us`, `known_us`), each pair once.
///
/// Several rows may share `observed_us`: the later known ones correct the earlier. All times are
/// microseconds since the Unix epoch, and `known_us ≥ observed_us` in every row.
#[derive(Debug, Clone)]
pub(crate) struct Column<T> {
    observed_us: VecDeque<i64>,
    known_us: VecDeque<i64>,
    values: VecDeque<T>,
    dropped: u64,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self {
            observed_us: VecDeque::new(),
            known_us: VecDeque::new(),
            values: VecDeque::new(),
            dropped: 0,
        }
    }
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row<T> {
    pub(crate) observed_us: i64,
    pub(crate) known_us: i64,
    pub(crate) value: T,
}

impl<T: PartialEq> Column<T> {
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// How many rows had to go because the column was full.
    pub(crate) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The first and last moment observed.
    pub(crate) fn bounds_us(&self) -> Option<(i64, i64)> {
        Some((*self.observed_us.front()?, *self.observed_us.back()?))
    }

    /// Rows observed before a moment.
    pub(crate) fn count_before(&self, moment_us: i64) -> usize {
        self.observed_us
            .partition_point(|observed_us| *observed_us < moment_us)
    }

    /// Puts a row in its place and keeps at most `limit` rows, the youngest.
    ///
    /// Two rows of the same two moments are a conflict, which the later word wins.
    pub(crate) fn insert(&mut self, row: Row<T>, limit: usize) -> Inserted {
        let known_us = row.known_us.max(row.observed_us);
        let place = self.place(row.observed_us, known_us);
        if self.key(place) == Some((row.observed_us, known_us)) {
            if self.values[place] == row.value {
                return Inserted::Duplicate;
            }
            self.values[place] = row.value;
            return Inserted::Added;
        }
        let same_moment = |index: usize| self.observed_us.get(index) == Some(&row.observed_us);
        if place > 0 && same_moment(place - 1) && self.values[place - 1] == row.value {
            return Inserted::Duplicate;
        }
        if same_moment(place) && self.values[place] == row.value {
            // The same fact, known earlier than we thought.
            self.known_us[place] = known_us;
            return Inserted::Added;
        }
        if place == 0 && self.len() >= limit {
            self.dropped += 1;
            return Inserted::Dropped;
        }
        self.observed_us.insert(place, row.observed_us);
        self.known_us.insert(place, known_us);
        self.values.insert(place, row.value);
        while self.len() > limit {
            self.observed_us.pop_front();
            self.known_us.pop_front();
            self.values.pop_front();
            self.dropped += 1;
        }
        Inserted::Added
    }

    /// The latest observed row, observed and known by a moment.
    ///
    /// Rows that were observed by then but known only later are stepped over one by one: as many as
    /// were under way at that moment, seldom more than a handful.
    pub(crate) fn known_at(&self, moment_us: i64) -> Option<Row<&T>> {
        let end = self
            .observed_us
            .partition_point(|observed_us| *observed_us <= moment_us);
        (0..end)
            .rev()
            .find(|index| self.known_us[*index] <= moment_us)
            .and_then(|index| self.row(index))
    }

    /// Rows observed from `from_us` to `to_us`, both included, as known at `as_of_us`; of rows that
    /// correct each other only the last.
    pub(crate) fn range(
        &self,
        from_us: i64,
        to_us: i64,
        as_of_us: i64,
    ) -> impl Iterator<Item = Row<&T>> {
        let start = self.count_before(from_us);
        let end = self
            .observed_us
            .partition_point(|observed_us| *observed_us <= to_us);
        (start..end).filter_map(move |index| {
            let row = self.row(index)?;
            let corrected = self.key(index + 1).is_some_and(|(observed_us, known_us)| {
                observed_us == row.observed_us && known_us <= as_of_us
            });
            (row.known_us <= as_of_us && !corrected).then_some(row)
        })
    }

    /// The moments observed, the latest first, each once.
    pub(crate) fn moments_backwards_us(&self) -> impl Iterator<Item = i64> {
        let mut last = None;
        self.observed_us
            .iter()
            .rev()
            .copied()
            .filter(move |moment_us| last.replace(*moment_us) != Some(*moment_us))
    }

    fn place(&self, observed_us: i64, known_us: i64) -> usize {
        // Live samples mostly come in order: the end is looked at before anything is searched.
        if self
            .key(self.len().wrapping_sub(1))
            .is_none_or(|last| last < (observed_us, known_us))
        {
            return self.len();
        }
        let start = self.count_before(observed_us);
        let same = self
            .observed_us
            .range(start..)
            .take_while(|moment_us| **moment_us == observed_us);
        start
            + same
                .zip(self.known_us.range(start..))
                .take_while(|(_, known)| **known < known_us)
                .count()
    }

    fn key(&self, index: usize) -> Option<(i64, i64)> {
        Some((*self.observed_us.get(index)?, *self.known_us.get(index)?))
    }

    fn row(&self, index: usize) -> Option<Row<&T>> {
        let (observed_us, known_us) = self.key(index)?;
        Some(Row {
            observed_us,
            known_us,
            value: self.values.get(index)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(rows: &[(i64, i64, i32)], limit: usize) -> Column<i32> {
        let mut column = Column::default();
        for &(observed_us, known_us, value) in rows {
            column.insert(
                Row {
                    observed_us,
                    known_us,
                    value,
                },
                limit,
            );
        }
        column
    }

    fn known(column: &Column<i32>, moment_us: i64) -> Option<i32> {
        column.known_at(moment_us).map(|row| *row.value)
    }

    #[test]
    fn a_late_value_is_not_known_before_it_came_and_never_hides_a_newer_one() {
        let column = column(&[(10, 11, 1), (30, 31, 3), (20, 50, 2)], 9);
        assert_eq!(known(&column, 10), None);
        assert_eq!(known(&column, 11), Some(1));
        assert_eq!(
            known(&column, 25),
            Some(1),
            "2 was observed but had not come"
        );
        assert_eq!(known(&column, 60), Some(3));
    }

    #[test]
    fn a_correction_counts_from_when_it_came() {
        let column = column(&[(10, 11, 1), (10, 40, 9)], 9);
        assert_eq!(known(&column, 20), Some(1));
        assert_eq!(known(&column, 40), Some(9));
        let hindsight: Vec<_> = column
            .range(0, 100, i64::MAX)
            .map(|row| *row.value)
            .collect();
        assert_eq!(hindsight, [9], "the corrected value is shown once");
    }

    #[test]
    fn the_same_fact_is_kept_once_and_known_from_the_first_time() {
        let mut column = column(&[(10, 40, 1)], 9);
        assert_eq!(
            column.insert(
                Row {
                    observed_us: 10,
                    known_us: 60,
                    value: 1
                },
                9
            ),
            Inserted::Duplicate
        );
        assert_eq!(
            column.insert(
                Row {
                    observed_us: 10,
                    known_us: 10,
                    value: 1
                },
                9
            ),
            Inserted::Added
        );
        assert_eq!((column.len(), known(&column, 10)), (1, Some(1)));
    }

    #[test]
    fn the_oldest_go_and_are_counted() {
        let mut column = column(&[(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)], 3);
        assert_eq!(
            (column.len(), column.dropped(), column.bounds_us()),
            (3, 1, Some((2, 4)))
        );
        assert_eq!(
            column.insert(
                Row {
                    observed_us: 0,
                    known_us: 0,
                    value: 0
                },
                3
            ),
            Inserted::Dropped
        );
        assert_eq!((column.len(), column.dropped()), (3, 2));
    }

    #[test]
    fn nothing_is_known_before_it_is_observed() {
        let column = column(&[(100, 5, 1)], 9);
        assert_eq!(known(&column, 50), None);
        assert_eq!(known(&column, 100), Some(1));
    }
}
