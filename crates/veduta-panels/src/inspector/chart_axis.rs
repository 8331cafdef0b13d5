//! The value axis of a chart.

use egui::{Rect, remap};

use crate::controls::nice_step;

/// About so many intervals between the labels.
const INTERVALS: f64 = 4.0;

/// A span of values that begins and ends at a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ValueAxis {
    low: f64,
    high: f64,
    step: f64,
}

impl ValueAxis {
    /// The axis that holds all values; `None` if there is none. Values near zero bring zero into sight.
    pub fn around(values: impl Iterator<Item = f64>) -> Option<Self> {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        if low > high {
            return None;
        }
        let (mut low, mut high) = if high > low {
            (low, high)
        } else {
            (low - 0.5, high + 0.5)
        };
        if low > 0.0 && low < 0.4 * high {
            low = 0.0;
        }
        let step = nice_step((high - low) / INTERVALS);
        low = (low / step).floor() * step;
        high = (high / step).ceil() * step;
        Some(Self { low, high, step })
    }

    /// Values that carry a label, from low to high.
    pub fn ticks(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as u32;
        (0..=count).map(move |index| self.low + f64::from(index) * self.step)
    }

    /// Decimals that tell the labels apart.
    pub fn decimals(self) -> usize {
        (-self.step.log10().floor()).clamp(0.0, 6.0) as usize
    }

    /// Where a value lies in the plot.
    pub fn y(self, value: f64, plot: Rect) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)) as f32;
        remap(share, 0.0..=1.0, plot.bottom()..=plot.top())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(values: &[f64]) -> Vec<f64> {
        ValueAxis::around(values.iter().copied())
            .expect("there are values")
            .ticks()
            .collect()
    }

    #[test]
    fn labels_enclose_the_values() {
        assert_eq!(labels(&[12.0, 31.0]), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(
            labels(&[101.0, 109.0]),
            [100.0, 102.0, 104.0, 106.0, 108.0, 110.0]
        );
        assert_eq!(labels(&[5.0]), [4.5, 5.0, 5.5]);
        assert!(ValueAxis::around(std::iter::empty()).is_none());
    }
}
