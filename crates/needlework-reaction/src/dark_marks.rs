//! Dark marks after inflammation.
//!
//! Studies report 0 to 22 % of people; the person's probability is a beta draw of the world, its odds multiplied for skin types IV
//! to VI and for short intervals or sun, and lowered for needles that hardly wound. Needle length, site and stria were never compared.

use needlework_evidence::parameters;
use needlework_units::{Length, Time};

parameters! {
    /// What is not known of dark marks; a world's draw.
    pub struct DarkMarkParameters {
        /// Probability in a course of the typical study.
        pub base: f64 = "reaction.dark_marks.base",
        /// Factor on the odds for skin types IV to VI.
        pub dark_skin: f64 = "reaction.dark_marks.odds.dark_skin",
        /// Factor on the odds for short intervals or sun.
        pub short_or_sun: f64 = "reaction.dark_marks.odds.short_or_sun",
        /// Interval below which sessions follow closely.
        pub short_interval: Time = "reaction.dark_marks.short_interval",
        /// Factor on the odds for needles that hardly wound.
        pub shallow: f64 = "reaction.dark_marks.odds.shallow",
        /// Length up to which needles hardly wound.
        pub shallow_length: Length = "reaction.dark_marks.shallow_length",
        /// Median time to fade.
        pub fading: Time = "reaction.dark_marks.fading",
        /// Its spread between people, in its logarithm.
        pub fading_sd: f64 = "reaction.dark_marks.fading_sd",
    }
}

/// What raises or lowers the risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure {
    /// Skin type IV, V or VI.
    pub dark_skin: bool,
    /// Fresh tan or strong sun.
    pub sun: bool,
    /// Planned interval.
    pub interval: Time,
    /// Needle length.
    pub length: Length,
    /// Sessions.
    pub sessions: u32,
    /// How a person's fading differs; a standard normal draw.
    pub person_fading: f64,
}

/// Dark marks in a course.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DarkMarks {
    /// Probability that a person gets them.
    pub probability: f64,
    /// Time until they have faded, if they come.
    pub fading: Time,
}

/// Probability and duration of dark marks in a course.
#[must_use]
pub fn dark_marks(exposure: &Exposure, parameters: &DarkMarkParameters) -> DarkMarks {
    let fading = Time::from_days(parameters.fading.days() * (parameters.fading_sd * exposure.person_fading).exp());
    if exposure.sessions == 0 {
        return DarkMarks {
            probability: 0.0,
            fading,
        };
    }
    let mut odds = parameters.base / (1.0 - parameters.base);
    if exposure.dark_skin {
        odds *= parameters.dark_skin.max(1.0);
    }
    let close = exposure.sessions > 1 && exposure.interval < parameters.short_interval;
    if close || exposure.sun {
        odds *= parameters.short_or_sun.max(1.0);
    }
    if exposure.length <= parameters.shallow_length {
        odds *= parameters.shallow.min(1.0);
    }
    DarkMarks {
        probability: odds / (1.0 + odds),
        fading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> DarkMarkParameters {
        DarkMarkParameters {
            base: 0.083,
            dark_skin: 2.0,
            short_or_sun: 1.5,
            short_interval: Time::from_weeks(4.0),
            shallow: 0.2,
            shallow_length: Length::from_mm(0.3),
            fading: Time::from_months(3.0),
            fading_sd: 0.7,
        }
    }

    fn exposure() -> Exposure {
        Exposure {
            dark_skin: false,
            sun: false,
            interval: Time::from_weeks(4.0),
            length: Length::from_mm(1.5),
            sessions: 3,
            person_fading: 0.0,
        }
    }

    #[test]
    fn the_typical_study_has_the_typical_probability() {
        assert!((dark_marks(&exposure(), &parameters()).probability - 0.083).abs() < 1e-12);
    }

    #[test]
    fn darker_skin_sun_and_haste_raise_it_and_short_needles_lower_it() {
        let base = dark_marks(&exposure(), &parameters()).probability;
        let of = |exposure| dark_marks(&exposure, &parameters()).probability;
        assert!(
            of(Exposure {
                dark_skin: true,
                ..exposure()
            }) > base
        );
        assert!(
            of(Exposure {
                sun: true,
                ..exposure()
            }) > base
        );
        assert!(
            of(Exposure {
                interval: Time::from_weeks(2.0),
                ..exposure()
            }) > base
        );
        assert!(
            of(Exposure {
                length: Length::from_mm(0.25),
                ..exposure()
            }) < base
        );
        assert_eq!(
            of(Exposure {
                sessions: 0,
                ..exposure()
            }),
            0.0
        );
    }
}
