//! A small, documented source of repeatable randomness.
//!
//! SplitMix64 (Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014).
//! Every part of the city draws from its own stream, named by a word and a number, so that a change
//! in one quarter leaves all the others as they were.

/// A stream of pseudo-random numbers; not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The stream called `name` number `index` of the city grown from `seed`.
    pub(crate) fn stream(seed: u64, name: &str, index: u64) -> Self {
        let mut state = mix(seed ^ 0x9e37_79b9_7f4a_7c15);
        for byte in name.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Self {
            state: mix(state ^ index.wrapping_mul(0xd134_2543_de82_ef95)),
        }
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// Uniform in `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `[low, high)`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `low..=high`.
    pub(crate) fn whole(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.bits() % span).unwrap_or(0)
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the choices; the list must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.bits() % choices.len() as u64) as usize]
    }
}

/// The finaliser of SplitMix64: spreads every input bit over every output bit.
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Smooth noise on the real line, in `[-1, 1]`: random values at whole numbers, joined by a quintic.
pub(crate) fn smooth_noise_1d(seed: u64, at: f64) -> f64 {
    let floor = at.floor();
    let cell = floor as i64;
    let value = |cell: i64| {
        let bits = mix(seed ^ (cell as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let weight = quintic(at - floor);
    value(cell) * (1.0 - weight) + value(cell + 1) * weight
}

/// Smooth noise in the plane, in `[-1, 1]`: random values on the unit grid, joined by quintics.
pub(crate) fn smooth_noise_2d(seed: u64, x: f64, y: f64) -> f64 {
    let row = y.floor();
    let at_row = |row: i64| smooth_noise_1d(mix(seed ^ (row as u64).wrapping_mul(0xd134_2543)), x);
    let weight = quintic(y - row);
    at_row(row as i64) * (1.0 - weight) + at_row(row as i64 + 1) * weight
}

/// Perlin's quintic: 0 and 1 at the ends, first and second derivative zero there.
fn quintic(t: f64) -> f64 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// Hermite step from 0 at `low` to 1 at `high`.
pub(crate) fn smooth_step(low: f64, high: f64, value: f64) -> f64 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_repeatable_and_independent() {
        let draw = |name, index| {
            let mut random = Random::stream(7, name, index);
            [random.bits(), random.bits(), random.bits()]
        };
        assert_eq!(draw("trees", 3), draw("trees", 3));
        assert_ne!(draw("trees", 3), draw("trees", 4));
        assert_ne!(draw("trees", 3), draw("villas", 3));
    }

    #[test]
    fn unit_fills_its_interval_evenly() {
        let mut random = Random::stream(1, "unit", 0);
        let mut tenths = [0_u32; 10];
        for _ in 0..10_000 {
            tenths[(random.unit() * 10.0) as usize] += 1;
        }
        assert!(
            tenths.iter().all(|count| (850..1150).contains(count)),
            "{tenths:?}"
        );
    }

    #[test]
    fn noise_is_continuous_across_cells_and_bounded() {
        for step in 0..4000 {
            let x = f64::from(step) * 0.01 - 20.0;
            let here = smooth_noise_2d(5, x, x * 0.7);
            let there = smooth_noise_2d(5, x + 0.001, x * 0.7);
            assert!(here.abs() <= 1.0);
            assert!((here - there).abs() < 0.01);
        }
    }
}
