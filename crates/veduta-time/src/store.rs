//! All series of a twin.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::series::Series;
use crate::{Arrival, Inserted, Knowledge, Sample, Value};

/// How much the store may hold. A sample takes about 24 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreLimits {
    /// Samples per series and kind of value; beyond this the oldest are dropped. The default is two weeks
    /// at one value a minute.
    pub samples_per_series: usize,
    /// Samples over all series. Where there are many series each gets its equal share of this, so that no
    /// sensor that reports often pushes out one that reports seldom. A series gives way when its next
    /// sample comes. The default takes about half a gigabyte.
    pub samples: usize,
    /// Series; samples of further ones are dropped.
    pub series: usize,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            samples_per_series: 20_160,
            samples: 20_000_000,
            series: 100_000,
        }
    }
}

/// Names one series; stays valid as long as the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesId(u32);

/// What is known of every attribute of every entity, and since when.
///
/// Each sample has two times: when it was observed, and from when on it was known (see [`Arrival`]). So
/// the store answers what was known at a moment ([`SeriesStore::value_at`]), with late values missing
/// before they came and corrections counting from when they were made, and what is known of it in
/// hindsight ([`SeriesStore::range`]). Samples may come in any order of observation and repeatedly; a fact
/// that was known already is kept once.
#[derive(Debug, Clone, Default)]
pub struct SeriesStore {
    limits: StoreLimits,
    ids: HashMap<Arc<str>, BTreeMap<Arc<str>, SeriesId>>,
    pub(crate) series: Vec<Series>,
    refused: u64,
    revision: u64,
}

impl SeriesStore {
    /// An empty store.
    pub fn new(limits: StoreLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Puts in a sample; says what became of it.
    pub fn insert(
        &mut self,
        entity: &str,
        attribute: &str,
        observed_at: Timestamp,
        arrival: Arrival,
        value: Value<'_>,
    ) -> Inserted {
        if matches!(value, Value::Number(number) if !number.is_finite()) {
            return Inserted::NotANumber;
        }
        let Some(id) = self
            .find(entity, attribute)
            .or_else(|| self.open(entity, attribute))
        else {
            self.refused += 1;
            return Inserted::Dropped;
        };
        let limit = self.share();
        let inserted = self.series[id.0 as usize].insert(observed_at, arrival, value, limit);
        if inserted == Inserted::Added {
            self.revision += 1;
        }
        inserted
    }

    /// The series of an attribute of an entity, if anything was ever put into it.
    pub fn find(&self, entity: &str, attribute: &str) -> Option<SeriesId> {
        self.ids.get(entity)?.get(attribute).copied()
    }

    /// The series of an entity with their attribute names, in alphabetical order.
    pub fn series_of(&self, entity: &str) -> impl Iterator<Item = (&str, SeriesId)> {
        self.ids
            .get(entity)
            .into_iter()
            .flatten()
            .map(|(attribute, id)| (&**attribute, *id))
    }

    /// The last value that was observed by a moment and known by then.
    pub fn value_at(&self, series: SeriesId, moment: Timestamp) -> Option<Sample<'_>> {
        self.get(series)?.value_at(moment)
    }

    /// Samples observed from `from` to `to`, both included, in order of observation.
    pub fn range(
        &self,
        series: SeriesId,
        from: Timestamp,
        to: Timestamp,
        knowledge: Knowledge,
    ) -> impl Iterator<Item = Sample<'_>> {
        self.get(series)
            .into_iter()
            .flat_map(move |series| series.range(from, to, knowledge))
    }

    /// How often a series usually brings a value (the median of its last gaps); `None` before its third.
    pub fn usual_interval(&self, series: SeriesId) -> Option<SignedDuration> {
        self.get(series)?.usual_interval()
    }

    /// The first and the last moment observed over all series, for the timeline.
    pub fn bounds(&self) -> Option<(Timestamp, Timestamp)> {
        let (first_us, last_us) = self
            .series
            .iter()
            .filter_map(Series::bounds_us)
            .reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))?;
        Some((
            Timestamp::from_microsecond(first_us).ok()?,
            Timestamp::from_microsecond(last_us).ok()?,
        ))
    }

    /// Grows whenever the store changes, so that what is reckoned from it can be kept until then.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Number of samples held.
    pub fn sample_count(&self) -> usize {
        self.series.iter().map(Series::len).sum()
    }

    /// Number of series held.
    pub const fn series_count(&self) -> usize {
        self.series.len()
    }

    /// Number of samples that a limit has cost, for the diagnostics.
    pub fn dropped(&self) -> u64 {
        self.refused + self.series.iter().map(Series::dropped).sum::<u64>()
    }

    fn get(&self, series: SeriesId) -> Option<&Series> {
        self.series.get(series.0 as usize)
    }

    /// How many samples one series may hold: at least one, or nothing could be shown of it.
    fn share(&self) -> usize {
        let equal_share = self.limits.samples / self.series.len().max(1);
        equal_share.min(self.limits.samples_per_series).max(1)
    }

    fn open(&mut self, entity: &str, attribute: &str) -> Option<SeriesId> {
        if self.series.len() >= self.limits.series {
            return None;
        }
        let id = SeriesId(u32::try_from(self.series.len()).ok()?);
        self.series.push(Series::default());
        self.ids
            .entry(Arc::from(entity))
            .or_default()
            .insert(Arc::from(attribute), id);
        Some(id)
    }
}
