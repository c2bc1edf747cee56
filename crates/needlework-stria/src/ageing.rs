//! What a mark does by itself: redness fades, a fresh red mark widens, collagen stays.

use needlework_units::Time;

use crate::tissue::{Parameters, Stage};

/// Redness of a red mark at an age, as a share of that of a new one: V(a) = v∞ + (1 − v∞)·e^{−a/τ_v}.
#[must_use]
pub fn redness(age: Time, parameters: &Parameters) -> f64 {
    let lasting = parameters.lasting_redness;
    lasting + (1.0 - lasting) * (-age.days() / parameters.fading.days()).exp()
}

/// Width of an untreated mark over its width when the plan began, `since` that day:
/// 1 + ω·early·(1 − e^{−t/τ_w}), early = e^{−(age − 90 d)₊/180 d} for a red mark and 0 for a pale one.
#[must_use]
pub fn widening(stage: Stage, age_at_start: Time, since: Time, parameters: &Parameters) -> f64 {
    let early = match stage {
        Stage::Alba => 0.0,
        Stage::Rubra => {
            let older = (age_at_start.days() - parameters.fresh_age.days()).max(0.0);
            (-older / parameters.fresh_decay.days()).exp()
        }
    };
    1.0 + parameters.widening * early * (1.0 - (-since.days() / parameters.widening_time.days()).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tissue::tests::parameters;

    #[test]
    fn redness_fades_but_not_to_nothing() {
        let p = parameters();
        assert!((redness(Time::ZERO, &p) - 1.0).abs() < 1e-12);
        assert!(redness(Time::from_years(1.0), &p) < redness(Time::from_days(100.0), &p));
        assert!((redness(Time::from_years(50.0), &p) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn a_fresh_red_mark_widens_and_an_old_pale_one_does_not() {
        let p = parameters();
        let half_year = Time::from_weeks(24.0);
        let fresh = widening(Stage::Rubra, Time::from_days(60.0), half_year, &p);
        assert!(fresh > 1.2 && fresh < 1.28, "{fresh}");
        assert_eq!(widening(Stage::Alba, Time::from_days(60.0), half_year, &p), 1.0);
        assert!(widening(Stage::Rubra, Time::from_years(2.0), half_year, &p) < 1.02);
        assert_eq!(widening(Stage::Rubra, Time::ZERO, Time::ZERO, &p), 1.0);
    }
}
