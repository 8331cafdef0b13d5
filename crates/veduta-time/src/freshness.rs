//! Whether a value of a certain age still counts.

use jiff::SignedDuration;

/// How a value of a certain age is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freshness {
    /// As good as now.
    Fresh,
    /// Overdue: the next value should be there by now.
    Stale,
    /// The sensor has gone silent; the value is history.
    Silent,
}

/// A value is silent at this many times the age at which it is stale.
pub const SILENT_FACTOR: i32 = 4;

/// The age at which a value is stale where nothing better is known.
pub const DEFAULT_STALE_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The shortest age at which a value is stale, so that the jitter of a network is no alarm.
const LEAST_STALE_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Looks at an age: fresh up to and including `stale_after`, silent beyond [`SILENT_FACTOR`] times that.
/// A negative age (a sensor whose clock is ahead) is fresh.
pub fn freshness(age: SignedDuration, stale_after: SignedDuration) -> Freshness {
    if age <= stale_after {
        Freshness::Fresh
    } else if stale_after
        .checked_mul(SILENT_FACTOR)
        .is_none_or(|silent_after| age <= silent_after)
    {
        Freshness::Stale
    } else {
        Freshness::Silent
    }
}

/// When a series is stale that usually brings a value every `usual_interval`: at two and a half of them,
/// which forgives one lost value, and not before a minute.
pub fn stale_after_for(usual_interval: Option<SignedDuration>) -> SignedDuration {
    usual_interval.map_or(DEFAULT_STALE_AFTER, |interval| {
        let two_and_a_half = interval
            .checked_mul(5)
            .map_or(SignedDuration::MAX, |five| five / 2);
        two_and_a_half.max(LEAST_STALE_AFTER)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_the_fresher_side() {
        let minutes = SignedDuration::from_mins;
        let of = |age| freshness(minutes(age), minutes(15));
        assert_eq!(of(-5), Freshness::Fresh);
        assert_eq!(of(15), Freshness::Fresh);
        assert_eq!(of(16), Freshness::Stale);
        assert_eq!(of(60), Freshness::Stale);
        assert_eq!(of(61), Freshness::Silent);
        assert_eq!(
            freshness(SignedDuration::MAX, SignedDuration::MAX),
            Freshness::Fresh
        );
    }

    #[test]
    fn a_lost_value_is_no_alarm_two_are() {
        let stale_after = stale_after_for(Some(SignedDuration::from_mins(10)));
        let age_after_lost = |lost: i64| SignedDuration::from_mins(10 * (lost + 1));
        assert_eq!(freshness(age_after_lost(1), stale_after), Freshness::Fresh);
        assert_eq!(freshness(age_after_lost(2), stale_after), Freshness::Stale);
        assert_eq!(
            stale_after_for(Some(SignedDuration::from_secs(1))),
            SignedDuration::from_mins(1)
        );
        assert_eq!(stale_after_for(None), DEFAULT_STALE_AFTER);
    }
}
