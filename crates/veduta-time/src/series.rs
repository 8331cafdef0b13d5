//! One series: the numbers and texts of one attribute of one entity.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::column::{Column, Row};
use crate::{Arrival, Inserted, Knowledge, Sample, Value};

/// An attribute is nearly always of one kind. Where a sensor says `n/a` between numbers, both columns are
/// filled and read as one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    numbers: Column<f64>,
    texts: Column<Arc<str>>,
}

impl Series {
    pub(crate) fn insert(
        &mut self,
        observed_at: Timestamp,
        arrival: Arrival,
        value: Value<'_>,
        limit: usize,
    ) -> Inserted {
        let observed_us = observed_at.as_microsecond();
        let known_us = match arrival {
            Arrival::Live { received_at } => received_at.as_microsecond(),
            Arrival::BackFill => observed_us,
        };
        match value {
            Value::Number(number) if !number.is_finite() => Inserted::NotANumber,
            Value::Number(value) => self.numbers.insert(
                Row {
                    observed_us,
                    known_us,
                    value,
                },
                limit,
            ),
            Value::Text(text) => self.texts.insert(
                Row {
                    observed_us,
                    known_us,
                    value: Arc::from(text),
                },
                limit,
            ),
        }
    }

    /// The latest observed sample that was known at a moment.
    pub(crate) fn value_at(&self, moment: Timestamp) -> Option<Sample<'_>> {
        let moment_us = moment.as_microsecond();
        let number = self.numbers.known_at(moment_us).and_then(number_sample);
        let text = self.texts.known_at(moment_us).and_then(text_sample);
        match (number, text) {
            (Some(number), Some(text)) => {
                let later =
                    (text.observed_at, text.known_at) > (number.observed_at, number.known_at);
                Some(if later { text } else { number })
            }
            (number, text) => number.or(text),
        }
    }

    /// All samples of a window, in order of the moment observed.
    pub(crate) fn range(
        &self,
        from: Timestamp,
        to: Timestamp,
        knowledge: Knowledge,
    ) -> impl Iterator<Item = Sample<'_>> {
        let (from_us, to_us) = (from.as_microsecond(), to.as_microsecond());
        let as_of_us = match knowledge {
            Knowledge::AsOf(moment) => moment.as_microsecond(),
            Knowledge::Hindsight => i64::MAX,
        };
        let mut numbers = self
            .numbers
            .range(from_us, to_us, as_of_us)
            .filter_map(number_sample)
            .peekable();
        let mut texts = self
            .texts
            .range(from_us, to_us, as_of_us)
            .filter_map(text_sample)
            .peekable();
        std::iter::from_fn(move || match (numbers.peek(), texts.peek()) {
            (Some(number), Some(text)) if text.observed_at < number.observed_at => texts.next(),
            (Some(_), _) => numbers.next(),
            (None, _) => texts.next(),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len() + self.texts.len()
    }

    pub(crate) const fn dropped(&self) -> u64 {
        self.numbers.dropped() + self.texts.dropped()
    }

    pub(crate) fn bounds_us(&self) -> Option<(i64, i64)> {
        match (self.numbers.bounds_us(), self.texts.bounds_us()) {
            (Some(numbers), Some(texts)) => Some((numbers.0.min(texts.0), numbers.1.max(texts.1))),
            (numbers, texts) => numbers.or(texts),
        }
    }

    pub(crate) fn count_before(&self, moment_us: i64) -> usize {
        self.numbers.count_before(moment_us) + self.texts.count_before(moment_us)
    }

    /// The median of the last gaps between observations, `None` before the third observation.
    pub(crate) fn usual_interval(&self) -> Option<SignedDuration> {
        const GAPS: usize = 15;
        let fuller: Vec<i64> = if self.numbers.len() >= self.texts.len() {
            self.numbers.moments_backwards_us().take(GAPS + 1).collect()
        } else {
            self.texts.moments_backwards_us().take(GAPS + 1).collect()
        };
        let mut gaps_us: Vec<i64> = fuller.windows(2).map(|pair| pair[0] - pair[1]).collect();
        if gaps_us.len() < 2 {
            return None;
        }
        gaps_us.sort_unstable();
        Some(SignedDuration::from_micros(gaps_us[gaps_us.len() / 2]))
    }
}

fn number_sample(row: Row<&f64>) -> Option<Sample<'static>> {
    sample(row.observed_us, row.known_us, Value::Number(*row.value))
}

fn text_sample(row: Row<&Arc<str>>) -> Option<Sample<'_>> {
    sample(row.observed_us, row.known_us, Value::Text(row.value))
}

/// Never `None`: the microseconds came from timestamps.
fn sample(observed_us: i64, known_us: i64, value: Value<'_>) -> Option<Sample<'_>> {
    Some(Sample {
        observed_at: Timestamp::from_microsecond(observed_us).ok()?,
        known_at: Timestamp::from_microsecond(known_us).ok()?,
        value,
    })
}
