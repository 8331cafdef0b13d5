//! Steps that read well on an axis.

/// The smallest of 1, 2 or 5 times a power of ten that is at least `minimum`; 1 where that is no positive number.
pub(crate) fn nice_step(minimum: f64) -> f64 {
    if !(minimum.is_finite() && minimum > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(minimum.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= minimum * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::nice_step;

    #[test]
    fn steps_are_one_two_or_five() {
        for (minimum, expected) in [
            (0.7, 1.0),
            (1.0, 1.0),
            (1.2, 2.0),
            (3.0, 5.0),
            (51.0, 100.0),
            (0.012, 0.02),
        ] {
            assert!(
                (nice_step(minimum) - expected).abs() < 1e-12,
                "{minimum} gave {}",
                nice_step(minimum)
            );
        }
        assert_eq!(nice_step(f64::NAN), 1.0);
        assert_eq!(nice_step(-3.0), 1.0);
    }
}
