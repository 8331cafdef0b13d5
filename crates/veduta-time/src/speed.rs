//! How fast a replay runs.

use std::fmt;

/// A replay speed: one of a short list of factors, forwards or backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Speed(i32);

impl Speed {
    /// As fast as it happened.
    pub const REAL_TIME: Self = Self(1);

    /// The factors there are, forwards; backwards has the same ones.
    ///
    /// Up to an hour a second: a day passes in 24 s, a week in three minutes.
    pub const FACTORS: [i32; 11] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

    /// The speed nearest to a factor, by ratio; its sign is kept, and 0 or what is no finite number is real time.
    pub fn nearest(factor: f64) -> Self {
        let wanted = factor.abs();
        if !wanted.is_finite() || wanted == 0.0 {
            return Self::REAL_TIME;
        }
        let ratio = |known: i32| (wanted.ln() - f64::from(known).ln()).abs();
        let nearest = Self::FACTORS
            .into_iter()
            .min_by(|left, right| ratio(*left).total_cmp(&ratio(*right)))
            .unwrap_or(1);
        Self(if factor < 0.0 { -nearest } else { nearest })
    }

    /// Seconds of the twin per second of the wall; negative runs backwards.
    pub const fn factor(self) -> i32 {
        self.0
    }

    /// The next one up in the list, in the same direction; the fastest stays.
    pub fn faster(self) -> Self {
        self.neighbour(1)
    }

    /// The next one down in the list, in the same direction; the slowest stays.
    pub fn slower(self) -> Self {
        self.neighbour(-1)
    }

    /// As fast, the other way.
    pub const fn reversed(self) -> Self {
        Self(-self.0)
    }

    fn neighbour(self, by: isize) -> Self {
        let index = Self::FACTORS
            .iter()
            .position(|known| *known == self.0.abs())
            .unwrap_or(0);
        let index = index.saturating_add_signed(by).min(Self::FACTORS.len() - 1);
        Self(Self::FACTORS[index] * self.0.signum())
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::REAL_TIME
    }
}

impl fmt::Display for Speed {
    /// `60×`, `−5×`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}{}×", self.0.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_factor_snaps_to_the_list_by_ratio() {
        assert_eq!(Speed::nearest(61.0).factor(), 60);
        assert_eq!(Speed::nearest(-4.0).factor(), -5);
        // Between 1800 and 3600 the middle by ratio is 2546.
        assert_eq!(Speed::nearest(2500.0).factor(), 1800);
        assert_eq!(Speed::nearest(2600.0).factor(), 3600);
        assert_eq!(Speed::nearest(f64::INFINITY), Speed::REAL_TIME);
        assert_eq!(Speed::nearest(f64::NAN), Speed::REAL_TIME);
        assert_eq!(Speed::nearest(0.0), Speed::REAL_TIME);
        assert_eq!(Speed::nearest(0.01).factor(), 1);
    }

    #[test]
    fn faster_and_slower_walk_the_list_and_keep_the_direction() {
        let mut speed = Speed::nearest(-1.0);
        let mut seen = vec![speed.factor()];
        while speed.faster() != speed {
            speed = speed.faster();
            seen.push(speed.factor());
        }
        let backwards: Vec<i32> = Speed::FACTORS.iter().map(|factor| -factor).collect();
        assert_eq!(seen, backwards);
        assert_eq!(speed.slower().factor(), -1800);
        assert_eq!(Speed::REAL_TIME.slower(), Speed::REAL_TIME);
        assert_eq!(speed.to_string(), "−3600×");
    }
}
