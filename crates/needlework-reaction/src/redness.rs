//! Redness after a session: how strong it begins, how it fades, and until when it is seen.
//!
//! Δa*(t) = A·2^(−t/T), with A = A₀·D^q where D is the injury over that of a usual session. It is seen until it falls
//! below what the eye just notices, a: t_seen = T·log₂(A/a), or not at all. The half-life T follows from the hours that
//! are reported after a usual clinic session, T = t₀/log₂(A₀/a), and differs between people log-normally. Short arrays
//! and long needles lie on one law; no number of short arrays was fitted.
//!
//! Assumptions: A₀, q and the exponential are judgement; a* is that of light skin, since how far melanin hides redness
//! is a matter of how it looks; swelling and crusts are a day after needles past a length. Whole minutes of flushing
//! right after the needles are not told apart from what lasts.

use needlework_evidence::parameters;
use needlework_units::{Length, Time};

parameters! {
    /// What is not known of redness; a world's draw.
    pub struct RednessParameters {
        /// Hours that redness is seen after a usual session, in the typical person.
        pub usual: Time = "reaction.redness.long",
        /// Redness right after a usual session, as a difference in a*.
        pub peak: f64 = "reaction.redness.peak",
        /// The difference in a* that is just noticed.
        pub noticeable: f64 = "reaction.redness.noticeable",
        /// Power of injury.
        pub injury_power: f64 = "reaction.redness.injury_power",
        /// Spread of its half-life between people, in its logarithm.
        pub person_sd: f64 = "reaction.redness.person_sd",
        /// Length past which a day is added before one would go out.
        pub downtime_length: Length = "reaction.downtime.needle",
        /// That day.
        pub downtime: Time = "reaction.downtime.extra",
    }
}

/// The redness of one session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redness {
    /// Right after the session, as a difference in a* to the skin before.
    pub peak: f64,
    /// Time in which it halves.
    pub half_life: Time,
    /// Time until it is no longer seen.
    pub seen: Time,
    /// Time before one would go out.
    pub downtime: Time,
}

impl Redness {
    /// Difference in a* some time after the session.
    #[must_use]
    pub fn at(&self, since: Time) -> f64 {
        self.peak * (-since.days() / self.half_life.days()).exp2()
    }
}

/// The redness of a session with needles of `length` that injures `injury` times as much as a usual one; `person` is a
/// standard normal draw.
#[must_use]
pub fn redness(injury: f64, length: Length, parameters: &RednessParameters, person: f64) -> Redness {
    // A usual session is plainly seen: at least twice what is just noticed.
    let usual = (parameters.peak / parameters.noticeable).max(2.0);
    let half_life = parameters.usual.days() / usual.log2() * (parameters.person_sd * person).exp();
    let pierced = injury > 0.0;
    let share = if pierced {
        injury.powf(parameters.injury_power)
    } else {
        0.0
    };
    let seen = if pierced {
        (half_life * (usual * share).log2()).max(0.0)
    } else {
        0.0
    };
    let extra = if pierced && length > parameters.downtime_length {
        parameters.downtime.days()
    } else {
        0.0
    };
    Redness {
        peak: usual * share * parameters.noticeable,
        half_life: Time::from_days(half_life),
        seen: Time::from_days(seen),
        downtime: Time::from_days(seen + extra),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> RednessParameters {
        RednessParameters {
            usual: Time::from_hours(30.0),
            peak: 8.0,
            noticeable: 1.0,
            injury_power: 0.5,
            person_sd: 0.8,
            downtime_length: Length::from_mm(1.5),
            downtime: Time::from_days(1.0),
        }
    }

    fn of(injury: f64) -> Redness {
        redness(injury, Length::from_mm(1.0), &parameters(), 0.0)
    }

    #[test]
    fn a_usual_session_is_seen_for_the_usual_hours_and_nothing_pierced_for_none() {
        assert!((of(1.0).seen.hours() - 30.0).abs() < 1e-9);
        assert!((of(1.0).half_life.hours() - 10.0).abs() < 1e-9);
        let none = redness(0.0, Length::from_mm(2.5), &parameters(), 0.0);
        assert_eq!((none.seen, none.downtime, none.peak), (Time::ZERO, Time::ZERO, 0.0));
    }

    #[test]
    fn it_fades_from_the_start_and_ends_where_it_is_just_noticed() {
        for injury in [0.3, 1.0, 4.0] {
            let red = of(injury);
            assert!((red.at(red.seen) - 1.0).abs() < 1e-9, "{red:?}");
            assert!((red.at(Time::ZERO) - red.peak).abs() < 1e-12);
            assert!(red.at(red.half_life) < red.peak);
        }
    }

    #[test]
    fn more_injury_is_seen_longer_and_very_little_is_not_seen_at_all() {
        assert!(of(0.3).seen < of(1.0).seen && of(1.0).seen < of(3.0).seen);
        // A quarter of a half-life less for each halving of a square root: at 1/64 the peak is just noticed.
        assert!(of(1.0 / 64.0).seen.hours() < 1e-9);
        assert_eq!(of(1e-4).seen, Time::ZERO);
    }

    #[test]
    fn long_needles_add_their_day_and_people_differ() {
        let long = redness(1.0, Length::from_mm(2.5), &parameters(), 0.0);
        assert!((long.downtime.days() - long.seen.days() - 1.0).abs() < 1e-12);
        assert!(redness(1.0, Length::from_mm(1.0), &parameters(), 1.0).seen > of(1.0).seen);
    }
}
