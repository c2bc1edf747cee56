//! Pain, bleeding and redness of one session.
//!
//! Pain (0–10) = min(10, P₀·(L/L₀)^a·(N/N₀)^b·e^{s·ε}), with published powers of length and of the number of needles that touch
//! (Gill 2008, single needles and small arrays on the forearm) and an assumed level P₀. Redness is log-normal in hours, from the
//! short regime to the long one in ln L. Bleeding counts the holes that reach the capillary loops and those past half a millimetre.

use needlework_evidence::parameters;
use needlework_puncture::Holes;
use needlework_units::{Length, Time};

parameters! {
    /// What is not known of what is felt; a world's draw.
    pub struct FeltParameters {
        /// Pain at the reference length and number, without numbing.
        pub pain: f64 = "reaction.pain.reference",
        /// Length that this pain belongs to.
        pub pain_length: Length = "reaction.pain.reference_length",
        /// Needles in contact that it belongs to.
        pub pain_needles: f64 = "reaction.pain.reference_needles",
        /// Power of length.
        pub pain_length_power: f64 = "reaction.pain.length_power",
        /// Power of the number of needles.
        pub pain_number_power: f64 = "reaction.pain.number_power",
        /// Spread between people, in its logarithm.
        pub pain_person_sd: f64 = "reaction.pain.person_sd",
        /// What numbing cream leaves of pain.
        pub numbing: f64 = "reaction.pain.numbing",
        /// Top of the scale.
        pub pain_most: f64 = "reaction.pain.most",
        /// Depth of the capillary loops below the surface.
        pub loops: Length = "reaction.bleeding.loops",
        /// Depth past which bleeding is more than pinpoints.
        pub more: Length = "reaction.bleeding.more",
        /// Median redness after long needles.
        pub redness_long: Time = "reaction.redness.long",
        /// Its spread between people, in its logarithm.
        pub redness_long_sd: f64 = "reaction.redness.long_sd",
        /// Median redness after short needles.
        pub redness_short: Time = "reaction.redness.short",
        /// Its spread between people, in its logarithm.
        pub redness_short_sd: f64 = "reaction.redness.short_sd",
        /// Length from which needles count as long.
        pub long: Length = "reaction.redness.long_needle",
        /// Length below which needles count as short.
        pub short: Length = "reaction.redness.short_needle",
        /// Length past which a day is added before one would go out.
        pub downtime_length: Length = "reaction.downtime.needle",
        /// That day.
        pub downtime: Time = "reaction.downtime.extra",
    }
}

/// What one session does to a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// Needle length.
    pub length: Length,
    /// Needles that touch at the same time.
    pub needles_in_contact: f64,
    /// Whether numbing cream is used.
    pub numbed: bool,
}

/// How a person feels differently; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FeltPerson {
    /// Pain.
    pub pain: f64,
    /// Redness.
    pub redness: f64,
}

/// Pain of a session, 0 none to 10 worst imaginable.
#[must_use]
pub fn pain(session: &Session, parameters: &FeltParameters, person: &FeltPerson) -> f64 {
    let length = (session.length.mm() / parameters.pain_length.mm()).powf(parameters.pain_length_power);
    let number = (session.needles_in_contact / parameters.pain_needles).powf(parameters.pain_number_power);
    let numbed = if session.numbed {
        parameters.numbing.min(1.0)
    } else {
        1.0
    };
    let own = (parameters.pain_person_sd * person.pain).exp();
    (parameters.pain * length * number * numbed * own).min(parameters.pain_most)
}

/// Shares of holes that bleed: as pinpoints, and more than pinpoints.
#[must_use]
pub fn bleed(holes: &Holes, parameters: &FeltParameters) -> (f64, f64) {
    (
        holes.share_deeper_than(parameters.loops),
        holes.share_deeper_than(parameters.more),
    )
}

/// Time of redness after a session, and time before one would go out. None where nothing was pierced.
#[must_use]
pub fn redness(session: &Session, holes: &Holes, parameters: &FeltParameters, person: &FeltPerson) -> (Time, Time) {
    if holes.density.per_mm2() <= 0.0 {
        return (Time::ZERO, Time::ZERO);
    }
    let (short, long) = (parameters.short.mm().ln(), parameters.long.mm().ln());
    let along = ((session.length.mm().ln() - short) / (long - short)).clamp(0.0, 1.0);
    let between = |from: f64, to: f64| from + (to - from) * along;
    let median = between(
        parameters.redness_short.hours().ln(),
        parameters.redness_long.hours().ln(),
    );
    let sd = between(parameters.redness_short_sd, parameters.redness_long_sd);
    let red = Time::from_hours((median + sd * person.redness).exp());
    let extra = if session.length > parameters.downtime_length {
        parameters.downtime.days()
    } else {
        0.0
    };
    (red, Time::from_days(red.days() + extra))
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_units::ArealDensity;

    fn parameters() -> FeltParameters {
        FeltParameters {
            pain: 4.0,
            pain_length: Length::from_mm(1.5),
            pain_needles: 20.0,
            pain_length_power: 1.77,
            pain_number_power: 0.32,
            pain_person_sd: 0.4,
            numbing: 0.4,
            pain_most: 10.0,
            loops: Length::from_mm(0.125),
            more: Length::from_mm(0.5),
            redness_long: Time::from_hours(30.0),
            redness_long_sd: 0.8,
            redness_short: Time::from_hours(4.0),
            redness_short_sd: 0.7,
            long: Length::from_mm(1.0),
            short: Length::from_mm(0.5),
            downtime_length: Length::from_mm(1.5),
            downtime: Time::from_days(1.0),
        }
    }

    fn session(length_mm: f64, needles: f64) -> Session {
        Session {
            length: Length::from_mm(length_mm),
            needles_in_contact: needles,
            numbed: false,
        }
    }

    fn felt(length_mm: f64, needles: f64) -> f64 {
        pain(&session(length_mm, needles), &parameters(), &FeltPerson::default())
    }

    /// Gill 2008: three times the length (480 to 1450 µm) gives seven times the pain; ten times the needles just over twice.
    #[test]
    fn the_published_ratios_of_pain_are_reproduced() {
        let length_ratio = felt(1.45, 1.0) / felt(0.48, 1.0);
        assert!((length_ratio - 7.0).abs() < 0.2, "{length_ratio}");
        let number_ratio = felt(0.5, 50.0) / felt(0.5, 5.0);
        assert!((2.0..2.3).contains(&number_ratio), "{number_ratio}");
    }

    #[test]
    fn pain_stays_on_its_scale_and_numbing_eases_it() {
        assert_eq!(felt(10.0, 1000.0), 10.0);
        let numbed = Session {
            numbed: true,
            ..session(1.5, 20.0)
        };
        assert!(pain(&numbed, &parameters(), &FeltPerson::default()) < felt(1.5, 20.0));
    }

    #[test]
    fn redness_runs_from_hours_to_a_day_with_length() {
        let holes = Holes {
            density: ArealDensity::from_per_mm2(1.0),
            depths_mm: vec![0.05, 0.2, 0.7, 0.8],
            surface_radii_mm: vec![0.05; 4],
            reaches_dermis: 1.0,
            reaches_reticular: 0.5,
            injured_top: 0.02,
            injured: vec![],
        };
        let of = |length| redness(&session(length, 20.0), &holes, &parameters(), &FeltPerson::default());
        assert!((of(0.3).0.hours() - 4.0).abs() < 1e-9);
        assert!((of(2.5).0.hours() - 30.0).abs() < 1e-9);
        assert!(of(0.7).0.hours() > 4.0 && of(0.7).0.hours() < 30.0);
        assert!((of(2.5).1.days() - of(2.5).0.days() - 1.0).abs() < 1e-9);
        assert_eq!(bleed(&holes, &parameters()), (0.75, 0.5));
    }
}
