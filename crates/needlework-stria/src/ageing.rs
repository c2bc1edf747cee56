//! What a mark does by itself: redness fades, a red mark turns pale, a fresh one widens, collagen stays.
//!
//! With the age a and the own time of fading τ = τ_v·e^{σ_v·ε}, a red mark turns pale in two steps that both take τ,
//! the regress of its vessels and the loss of its pigment, so that paleness is P = (1 − e^{−a/τ})², half at 1.23·τ.
//! Redness, as a share of that of a new mark,
//!
//! V = v∞·(1 − P) + (1 − v∞)·e^{−a/τ}:
//!
//! a part v∞ lasts until the mark has turned, since old marks are about as red as skin (61 marks, in words). Width over
//! that when the plan began, `since` that day, is
//!
//! (1 + ω)^{(1 + σ_w·ε)·early·(1 − e^{−t/τ_w})}, early = e^{−(age − 90 d)₊/180 d},
//!
//! so that one red mark in twelve narrows (vehicle arm of Kang 1996: one of twelve improved, which is read so).
//!
//! Assumptions: no distribution of the time from red to pale was measured; months to years, a median of a year and 6 to
//! 30 months for nine people in ten are assumed. A pale mark stands still, since nobody has seen one change by itself:
//! that is an axiom of this room and no finding.

use needlework_units::Time;

use crate::tissue::{Mark, Parameters, PersonDraws, Stage};

/// What a person's mark does without needles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NaturalCourse {
    stage: Stage,
    age_days: f64,
    fading_days: f64,
    lasting: f64,
    /// Natural logarithm of the final width over that at the start.
    log_widening: f64,
    widening_days: f64,
}

impl NaturalCourse {
    /// The course of a person's mark.
    #[must_use]
    pub fn of(mark: &Mark, parameters: &Parameters, person: &PersonDraws) -> Self {
        let early = match mark.stage {
            Stage::Alba => 0.0,
            Stage::Rubra => {
                let older = (mark.age.days() - parameters.fresh_age.days()).max(0.0);
                (-older / parameters.fresh_decay.days()).exp()
            }
        };
        Self {
            stage: mark.stage,
            age_days: mark.age.days(),
            fading_days: parameters.fading.days() * (parameters.fading_person_sd * person.fading).exp(),
            lasting: parameters.lasting_redness,
            log_widening: parameters.widening.ln_1p() * (1.0 + parameters.widening_person_sd * person.widening) * early,
            widening_days: parameters.widening_time.days(),
        }
    }

    /// What is left at an age of what fades.
    fn left(&self, since: Time) -> f64 {
        (-(self.age_days + since.days()) / self.fading_days).exp()
    }

    /// How far the mark has turned pale, 0 to 1.
    #[must_use]
    pub fn paleness(&self, since: Time) -> f64 {
        match self.stage {
            Stage::Alba => 1.0,
            Stage::Rubra => (1.0 - self.left(since)).powi(2),
        }
    }

    /// Redness as a share of that of a new mark.
    #[must_use]
    pub fn redness(&self, since: Time) -> f64 {
        match self.stage {
            Stage::Alba => 0.0,
            Stage::Rubra => self.lasting * (1.0 - self.paleness(since)) + (1.0 - self.lasting) * self.left(since),
        }
    }

    /// Width over that when the plan began.
    #[must_use]
    pub fn widening(&self, since: Time) -> f64 {
        let grown = 1.0 - (-since.days() / self.widening_days).exp();
        (self.log_widening * grown).exp()
    }

    /// Age at which half the way to pale is gone; none for a mark that is pale.
    #[cfg(test)]
    fn turns_pale(&self) -> Option<Time> {
        let half = -(1.0 - 0.5_f64.sqrt()).ln();
        (self.stage == Stage::Rubra).then(|| Time::from_days(half * self.fading_days))
    }

    /// Whether the mark stays as it is by assumption, since nobody has measured that such marks change by themselves.
    #[cfg(test)]
    fn stands_still(&self) -> bool {
        self.stage == Stage::Alba
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::parameters;

    fn course(stage: Stage, age: Time, person: PersonDraws) -> NaturalCourse {
        let mark = Mark {
            stage,
            age,
            measured_dermis: None,
        };
        NaturalCourse::of(&mark, &parameters(), &person)
    }

    fn red(age: Time) -> NaturalCourse {
        course(Stage::Rubra, age, PersonDraws::default())
    }

    #[test]
    fn redness_fades_and_a_red_mark_turns_pale_in_the_end() {
        let new = red(Time::ZERO);
        assert!((new.redness(Time::ZERO) - 1.0).abs() < 1e-12 && new.paleness(Time::ZERO) == 0.0);
        for months in 0..60 {
            let (now, later) = (
                Time::from_months(f64::from(months)),
                Time::from_months(f64::from(months + 1)),
            );
            assert!(new.redness(later) < new.redness(now) && new.paleness(later) > new.paleness(now));
        }
        let end = Time::from_years(50.0);
        assert!(new.redness(end) < 1e-9 && (new.paleness(end) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn half_the_way_to_pale_takes_about_a_year() {
        let new = red(Time::ZERO);
        let half = new.turns_pale().map_or(f64::NAN, Time::months);
        assert!((half - 12.1).abs() < 0.1, "{half}");
        assert!((new.paleness(Time::from_months(half)) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_course_seen_from_a_later_day_is_the_same_course() {
        let (young, older) = (red(Time::from_days(60.0)), red(Time::from_days(160.0)));
        let [early, late] = [Time::from_days(130.0), Time::from_days(30.0)];
        assert!((young.redness(early) - older.redness(late)).abs() < 1e-12);
        assert!((young.paleness(early) - older.paleness(late)).abs() < 1e-12);
    }

    #[test]
    fn people_differ_in_how_fast_marks_fade_and_whether_they_widen() {
        let of = |fading, widening| {
            let person = PersonDraws {
                fading,
                widening,
                ..PersonDraws::default()
            };
            course(Stage::Rubra, Time::from_days(60.0), person)
        };
        let year = Time::from_years(1.0);
        assert!(of(1.0, 0.0).redness(year) > of(-1.0, 0.0).redness(year));
        assert!(of(0.0, 1.0).widening(year) > of(0.0, 0.0).widening(year));
        assert!(of(0.0, -2.0).widening(year) < 1.0, "some narrow");
        assert!(of(0.0, -20.0).widening(year) > 0.0, "none vanishes");
    }

    #[test]
    fn a_fresh_red_mark_widens_and_a_pale_one_stands_still() {
        let half_year = Time::from_weeks(24.0);
        // 24 % in 24 weeks, as in the vehicle arm.
        let fresh = red(Time::from_days(60.0)).widening(half_year);
        assert!((fresh - 1.24).abs() < 0.01, "{fresh}");
        assert!(red(Time::from_years(2.0)).widening(half_year) < 1.02);
        assert_eq!(red(Time::ZERO).widening(Time::ZERO), 1.0);
        let pale = course(
            Stage::Alba,
            Time::from_days(60.0),
            PersonDraws {
                fading: 1.0,
                widening: 1.0,
                ..PersonDraws::default()
            },
        );
        for time in [Time::ZERO, half_year, Time::from_years(9.0)] {
            assert_eq!(
                (pale.redness(time), pale.paleness(time), pale.widening(time)),
                (0.0, 1.0, 1.0)
            );
        }
        assert!(pale.stands_still() && !red(Time::ZERO).stands_still());
    }
}
