//! How much was observed when: the graph under the timeline.

use jiff::Timestamp;

use crate::SeriesStore;

impl SeriesStore {
    /// Number of observations over all series in each of `bins` equal parts of the window from `from`
    /// to `to`; a part holds its beginning and not its end, the last part also its end. Empty for an
    /// empty window.
    ///
    /// Costs a few binary searches per series and part, not a walk over the samples; keep the result
    /// until [`SeriesStore::revision`] or the window changes.
    pub fn density(&self, from: Timestamp, to: Timestamp, bins: usize) -> Vec<u32> {
        let (from_us, to_us) = (from.as_microsecond(), to.as_microsecond());
        if bins == 0 || to_us <= from_us {
            return Vec::new();
        }
        let width = i128::from(to_us) - i128::from(from_us);
        // Cannot leave i64: every edge lies between `from_us` and `to_us`.
        let edge = |bin: usize| (i128::from(from_us) + width * bin as i128 / bins as i128) as i64;
        let edges: Vec<i64> = (0..bins)
            .map(edge)
            .chain([to_us.saturating_add(1)])
            .collect();

        let mut counts = vec![0_u32; bins];
        for series in &self.series {
            if series
                .bounds_us()
                .is_none_or(|(first, last)| last < from_us || first > to_us)
            {
                continue;
            }
            let mut before = series.count_before(edges[0]);
            for (count, edge) in counts.iter_mut().zip(&edges[1..]) {
                let by_now = series.count_before(*edge);
                *count = count.saturating_add(u32::try_from(by_now - before).unwrap_or(u32::MAX));
                before = by_now;
            }
        }
        counts
    }
}
