//! Fewer points for a chart, with every peak kept.

use jiff::Timestamp;

/// The smallest and the largest of the points in each of `buckets` equal parts of the window from `from`
/// to `to`, in order of time: at most `2 × buckets` points, all of them real ones. One bucket per pixel
/// draws the same picture as all points would.
///
/// Points must come in order of time; those outside the window are left out. An empty window, or no
/// buckets, gives no points.
pub fn min_max(
    points: impl IntoIterator<Item = (Timestamp, f64)>,
    from: Timestamp,
    to: Timestamp,
    buckets: usize,
) -> Vec<(Timestamp, f64)> {
    let (from_us, to_us) = (from.as_microsecond(), to.as_microsecond());
    if buckets == 0 || to_us < from_us {
        return Vec::new();
    }
    // A window of a single moment still is one bucket wide.
    let width = (i128::from(to_us) - i128::from(from_us)).max(1);
    let bucket_of = |moment: Timestamp| {
        let into = i128::from(moment.as_microsecond()) - i128::from(from_us);
        // The end of the window belongs to the last bucket.
        (into * buckets as i128 / width).min(buckets as i128 - 1)
    };

    let mut kept = Vec::new();
    let mut open: Option<(i128, Extremes)> = None;
    for point in points {
        if point.0 < from || point.0 > to {
            continue;
        }
        let bucket = bucket_of(point.0);
        match &mut open {
            Some((current, extremes)) if *current == bucket => extremes.take(point),
            _ => {
                if let Some((_, extremes)) = open.replace((bucket, Extremes::of(point))) {
                    extremes.write(&mut kept);
                }
            }
        }
    }
    if let Some((_, extremes)) = open {
        extremes.write(&mut kept);
    }
    kept
}

struct Extremes {
    low: (Timestamp, f64),
    high: (Timestamp, f64),
}

impl Extremes {
    const fn of(point: (Timestamp, f64)) -> Self {
        Self {
            low: point,
            high: point,
        }
    }

    fn take(&mut self, point: (Timestamp, f64)) {
        if point.1 < self.low.1 {
            self.low = point;
        }
        if point.1 > self.high.1 {
            self.high = point;
        }
    }

    fn write(self, kept: &mut Vec<(Timestamp, f64)>) {
        if self.low == self.high {
            kept.push(self.low);
        } else if self.low.0 <= self.high.0 {
            kept.extend([self.low, self.high]);
        } else {
            kept.extend([self.high, self.low]);
        }
    }
}
