//! Dark marks after inflammation.
//!
//! Studies report 0 to 22 % of people. That is more than chance, so the log-odds of a study, or of one clinic, differ
//! from those of the typical one by a normal draw: a person who goes to a clinic meets a new draw. A person's odds are
//!
//! odds = r/(1 − r)·e^(τ·w)·s·u·k·(N/N₀)^a·D^b·e^(c·σ·ε − (c·σ)²/2)
//!
//! with the rate r of the typical study, the spread τ between studies and the draw w of this one, skin types IV to VI
//! (s), sun (u), a short interval (k), N sessions, D the answer of the injured skin to a session over that to a usual
//! one ([`crate::relative_injury`], which saturates), and ε how much longer than others the person stays red:
//! inflammation, of mean one over people. A usual course, N₀ sessions with D = 1, keeps the rate. Without sessions, or
//! where nothing is pierced, there are none.
//!
//! r and τ are what the counts of all open arms leave of wide priors, those with none included
//! (crates/needlework-evidence/tests/suite/dark_marks.rs).
//!
//! Assumptions: a, b and c are drawn from 0 (no effect) to 1 (in proportion); no study compared lengths, sessions,
//! sites or marks, and the fit leaves b open.

use needlework_evidence::parameters;
use needlework_units::Time;

parameters! {
    /// What is not known of dark marks; a world's draw.
    pub struct DarkMarkParameters {
        /// Probability in a course of the typical study.
        pub rate: f64 = "reaction.dark_marks.rate",
        /// Spread of the log-odds between studies.
        pub study_sd: f64 = "reaction.dark_marks.study_sd",
        /// How the study, or clinic, of this world differs; a standard normal draw.
        pub study: f64 = "reaction.dark_marks.study",
        /// Factor on the odds for skin types IV to VI.
        pub dark_skin: f64 = "reaction.dark_marks.odds.dark_skin",
        /// Factor on the odds for sun.
        pub sun: f64 = "reaction.dark_marks.odds.sun",
        /// Factor on the odds for short intervals.
        pub haste: f64 = "reaction.dark_marks.odds.haste",
        /// Interval below which sessions follow closely.
        pub short_interval: Time = "reaction.dark_marks.short_interval",
        /// Sessions of the typical study.
        pub usual_sessions: f64 = "reaction.dark_marks.usual_sessions",
        /// Power of the number of sessions.
        pub session_power: f64 = "reaction.dark_marks.session_power",
        /// Power of the injured skin of a session.
        pub injury_power: f64 = "reaction.dark_marks.injury_power",
        /// Power of a person's inflammation.
        pub inflammation_power: f64 = "reaction.dark_marks.inflammation_power",
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
    /// Sessions.
    pub sessions: u32,
    /// Answer of the injured skin to a session over that to a usual one.
    pub injury: f64,
    /// How much longer than others the person stays red; a standard normal draw.
    pub person_redness: f64,
    /// Spread of redness between people, in its logarithm.
    pub redness_sd: f64,
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
    if exposure.sessions == 0 || exposure.injury <= 0.0 {
        return DarkMarks {
            probability: 0.0,
            fading,
        };
    }
    let mut odds = parameters.rate / (1.0 - parameters.rate) * (parameters.study_sd * parameters.study).exp();
    if exposure.dark_skin {
        odds *= parameters.dark_skin.max(1.0);
    }
    if exposure.sun {
        odds *= parameters.sun.max(1.0);
    }
    if exposure.sessions > 1 && exposure.interval < parameters.short_interval {
        odds *= parameters.haste.max(1.0);
    }
    let sessions = f64::from(exposure.sessions) / parameters.usual_sessions;
    odds *= sessions.powf(parameters.session_power.max(0.0));
    odds *= exposure.injury.powf(parameters.injury_power.max(0.0));
    let spread = parameters.inflammation_power.max(0.0) * exposure.redness_sd;
    odds *= (spread * exposure.person_redness - 0.5 * spread * spread).exp();
    DarkMarks {
        probability: needlework_numerics::of_odds(odds),
        fading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> DarkMarkParameters {
        DarkMarkParameters {
            rate: 0.083,
            study_sd: 1.5,
            study: 0.0,
            dark_skin: 2.0,
            sun: 1.5,
            haste: 1.5,
            short_interval: Time::from_weeks(4.0),
            usual_sessions: 3.0,
            session_power: 0.5,
            injury_power: 0.5,
            inflammation_power: 0.5,
            fading: Time::from_months(3.0),
            fading_sd: 0.7,
        }
    }

    /// A usual course in a person who reddens like others in a world where that plays no part.
    fn exposure() -> Exposure {
        Exposure {
            dark_skin: false,
            sun: false,
            interval: Time::from_weeks(4.0),
            sessions: 3,
            injury: 1.0,
            person_redness: 0.0,
            redness_sd: 0.0,
            person_fading: 0.0,
        }
    }

    fn of(exposure: Exposure) -> f64 {
        dark_marks(&exposure, &parameters()).probability
    }

    #[test]
    fn a_usual_course_has_the_probability_of_the_typical_study() {
        assert!((of(exposure()) - 0.083).abs() < 1e-12);
    }

    #[test]
    fn darker_skin_sun_haste_sessions_and_injury_each_raise_it() {
        let base = of(exposure());
        let more = [
            Exposure {
                dark_skin: true,
                ..exposure()
            },
            Exposure {
                sun: true,
                ..exposure()
            },
            Exposure {
                interval: Time::from_weeks(2.0),
                ..exposure()
            },
            Exposure {
                sessions: 5,
                ..exposure()
            },
            Exposure {
                injury: 2.0,
                ..exposure()
            },
        ];
        for raised in more {
            assert!(of(raised) > base, "{raised:?}");
        }
        let both = Exposure {
            sun: true,
            interval: Time::from_weeks(2.0),
            ..exposure()
        };
        assert!(of(both) > of(more[1]));
    }

    #[test]
    fn without_sessions_or_where_nothing_is_pierced_there_are_none() {
        let none = Exposure {
            sessions: 0,
            ..exposure()
        };
        assert_eq!(of(none), 0.0);
        let closed = Exposure {
            injury: 0.0,
            dark_skin: true,
            ..exposure()
        };
        assert_eq!(of(closed), 0.0);
        // A thousandth of the injury is far rarer, and without the power no rarer.
        let little = Exposure {
            injury: 1e-3,
            ..exposure()
        };
        assert!(of(little) < 0.05 * of(exposure()));
        let flat = DarkMarkParameters {
            injury_power: 0.0,
            ..parameters()
        };
        assert!((dark_marks(&little, &flat).probability - 0.083).abs() < 1e-12);
    }

    #[test]
    fn inflammation_sorts_people_and_leaves_their_mean_odds() {
        // numerical: strata of people
        let people = 2001;
        let odds: f64 = needlework_numerics::normal_strata(people)
            .into_iter()
            .map(|draw| {
                let p = of(Exposure {
                    person_redness: draw,
                    redness_sd: 0.8,
                    ..exposure()
                });
                p / (1.0 - p)
            })
            .sum::<f64>()
            / people as f64;
        let usual = of(exposure()) / (1.0 - of(exposure()));
        assert!((odds / usual - 1.0).abs() < 2e-3, "{odds} {usual}");
    }
}
