//! Pain of one session.
//!
//! The scale ends at 10, so what adds up are the odds of a place on it and not the place:
//!
//! pain = 10·o/(1 + o),  o = p₀/(1 − p₀)·(L/L₀)^a·(N/N₀)^b·(S/S₀)^c·k·u·e^{s·ε},
//!
//! with the level p₀ of a usual session as a part of the scale, powers of length L and of the number N of needles that
//! touch (Gill 2008, single needles and small arrays on the forearm), and u what numbing leaves. Where pain is slight,
//! as it was in Gill 2008, pain is in proportion to o and the published ratios hold as they are; near the end of the
//! scale all of them flatten. The level, the power c of the area S (pain adds up over skin) and the factor k of the
//! site are assumed, since nobody measured them. A needle's width and tip play no part: Gill found no effect.
//!
//! The scale: 0 none; below 1 barely felt; 1 to 3 mild; 4 to 6 moderate; 7 to 10 severe; 10 worst imaginable. Limits: k
//! is one draw for all sites, so two sites are never told apart.

use needlework_evidence::parameters;
use needlework_units::{Area, Length};

parameters! {
    /// What is not known of pain; a world's draw.
    pub struct PainParameters {
        /// Pain at the reference length, number and area, without numbing, as a part of the scale.
        pub pain: f64 = "reaction.pain.reference",
        /// Length that this pain belongs to.
        pub pain_length: Length = "reaction.pain.reference_length",
        /// Needles in contact that it belongs to.
        pub pain_needles: f64 = "reaction.pain.reference_needles",
        /// Area that it belongs to.
        pub pain_area: Area = "reaction.pain.reference_area",
        /// Power of length.
        pub pain_length_power: f64 = "reaction.pain.length_power",
        /// Power of the number of needles.
        pub pain_number_power: f64 = "reaction.pain.number_power",
        /// Power of the area.
        pub pain_area_power: f64 = "reaction.pain.area_power",
        /// Pain at the site over that at a typical one.
        pub pain_site: f64 = "reaction.pain.site",
        /// Spread between people, in log-odds.
        pub pain_person_sd: f64 = "reaction.pain.person_sd",
        /// What numbing cream leaves of the odds of pain.
        pub numbing: f64 = "reaction.pain.numbing",
        /// Top of the scale.
        pub pain_most: f64 = "reaction.pain.most",
    }
}

/// What one session does to a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// Needle length.
    pub length: Length,
    /// Needles that touch at the same time.
    pub needles_in_contact: f64,
    /// Area that is needled.
    pub area: Area,
    /// Whether numbing cream is used.
    pub numbed: bool,
}

/// Pain of a session, 0 none to 10 worst imaginable; `person_pain` is a standard normal draw of how people differ.
#[must_use]
pub fn pain(session: &Session, parameters: &PainParameters, person_pain: f64) -> f64 {
    let length = (session.length.mm() / parameters.pain_length.mm()).powf(parameters.pain_length_power);
    let number = (session.needles_in_contact / parameters.pain_needles).powf(parameters.pain_number_power);
    let area = (session.area.cm2() / parameters.pain_area.cm2()).powf(parameters.pain_area_power.max(0.0));
    let numbed = if session.numbed {
        parameters.numbing.min(1.0)
    } else {
        1.0
    };
    let own = (parameters.pain_person_sd * person_pain).exp();
    let level = parameters.pain / (1.0 - parameters.pain);
    let odds = level * length * number * area * parameters.pain_site * numbed * own;
    parameters.pain_most / (1.0 + odds.recip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> PainParameters {
        PainParameters {
            pain: 0.4,
            pain_length: Length::from_mm(1.5),
            pain_needles: 20.0,
            pain_area: Area::from_cm2(150.0),
            pain_length_power: 1.77,
            pain_number_power: 0.32,
            pain_area_power: 0.1,
            pain_site: 1.0,
            pain_person_sd: 0.4,
            numbing: 0.4,
            pain_most: 10.0,
        }
    }

    fn session(length_mm: f64, needles: f64) -> Session {
        Session {
            length: Length::from_mm(length_mm),
            needles_in_contact: needles,
            area: Area::from_cm2(150.0),
            numbed: false,
        }
    }

    fn usual(length_mm: f64, needles: f64) -> f64 {
        pain(&session(length_mm, needles), &parameters(), 0.0)
    }

    /// Gill 2008: three times the length (480 to 1450 µm) gives seven times the pain; ten times the needles just over
    /// twice. An array is small.
    #[test]
    fn the_published_ratios_of_pain_are_reproduced_where_pain_is_slight() {
        let at = |length_mm: f64, needles: f64| {
            let small = Session {
                area: Area::from_cm2(1.0),
                ..session(length_mm, needles)
            };
            pain(&small, &parameters(), 0.0)
        };
        let length_ratio = at(1.45, 1.0) / at(0.48, 1.0);
        assert!((6.0..7.3).contains(&length_ratio), "{length_ratio}");
        let number_ratio = at(0.5, 50.0) / at(0.5, 5.0);
        assert!((2.0..2.3).contains(&number_ratio), "{number_ratio}");
        assert!((usual(1.5, 20.0) - 4.0).abs() < 1e-12, "the level of a usual session");
    }

    #[test]
    fn pain_rises_with_length_and_never_leaves_its_scale_and_numbing_eases_it() {
        let lengths: Vec<f64> = (0..60).map(|i| 0.05 * 1.1_f64.powi(i)).collect();
        for pair in lengths.windows(2) {
            assert!(usual(pair[1], 20.0) > usual(pair[0], 20.0), "{pair:?}");
        }
        assert!(usual(10.0, 1000.0) > 9.0 && usual(10.0, 1000.0) < 10.0);
        assert!(usual(1e200, 1e200) <= 10.0 && usual(0.0, 20.0) == 0.0);
        for length_mm in [0.2, 1.5, 3.0, 10.0] {
            let numbed = Session {
                numbed: true,
                ..session(length_mm, 20.0)
            };
            assert!(pain(&numbed, &parameters(), 0.0) < usual(length_mm, 20.0));
        }
        // Slight pain is eased by the whole factor.
        let slight = Session {
            numbed: true,
            ..session(0.05, 1.0)
        };
        let left = pain(&slight, &parameters(), 0.0) / usual(0.05, 1.0);
        assert!((left - 0.4).abs() < 1e-3, "{left}");
    }

    /// No heap at the end of the scale: few people call a usual session the worst imaginable, in any world that the
    /// prior holds.
    #[test]
    fn few_people_are_at_the_end_of_the_scale_unless_the_session_is_extreme() {
        let share_at_end = |level: f64, length_mm: f64| {
            let p = PainParameters {
                pain: level,
                ..parameters()
            };
            let people = needlework_numerics::normal_strata(400);
            let at_end = people
                .iter()
                .filter(|&&draw| pain(&session(length_mm, 20.0), &p, draw) >= 9.5)
                .count();
            at_end as f64 / 400.0
        };
        for level in [0.2, 0.4, 0.7] {
            for length_mm in [0.5, 1.5, 2.5] {
                assert!(share_at_end(level, length_mm) < 0.01, "{level} {length_mm}");
            }
        }
        assert!(share_at_end(0.7, 10.0) > 0.5, "an extreme one is there");
    }

    #[test]
    fn a_larger_area_hurts_more_but_far_less_than_in_proportion() {
        let of = |cm2| {
            let session = Session {
                area: Area::from_cm2(cm2),
                ..session(1.0, 20.0)
            };
            pain(&session, &parameters(), 0.0)
        };
        assert!((of(150.0) - usual(1.0, 20.0)).abs() < 1e-12);
        assert!(of(300.0) > of(150.0) && of(300.0) < 1.2 * of(150.0));
        let tender = PainParameters {
            pain_site: 1.5,
            ..parameters()
        };
        let there = pain(&session(1.0, 20.0), &tender, 0.0);
        let odds = |pain: f64| pain / (10.0 - pain);
        assert!((odds(there) / odds(usual(1.0, 20.0)) - 1.5).abs() < 1e-12);
    }
}
