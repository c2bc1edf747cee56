//! What makes a person heal less: smoking, sex, age, steroids, undernourishment, diabetes.
//!
//! Each acts where its study saw it: on collagen synthesis, on the proteases that degrade new collagen (smoking), on
//! the pace of the epidermis (age). Studies disagree about age (fibroblasts make less, wounds hold as much), so its
//! factor is wide. A healthy diet beyond an adequate one has no known effect and none here.

use needlework_evidence::parameters;
use needlework_skin::{Body, Sex};
use needlework_units::Time;

parameters! {
    /// What is not known of modifiers; a world's draw.
    pub struct ConditionParameters {
        /// Synthesis of smokers over that of others.
        pub smoking: f64 = "healing.factor.smoking",
        /// Synthesis of men over that of women.
        pub male: f64 = "healing.factor.male",
        /// Synthesis of old over that of young fibroblasts.
        pub age: f64 = "healing.factor.age",
        /// Mean age of the young donors.
        pub young: Time = "healing.factor.age.young",
        /// Mean age of the old donors.
        pub old: Time = "healing.factor.age.old",
        /// Synthesis under steroid tablets.
        pub steroid_tablets: f64 = "healing.factor.steroid_tablets",
        /// Synthesis under a strong steroid cream on the area.
        pub steroid_cream: f64 = "healing.factor.steroid_cream",
        /// Synthesis of the undernourished.
        pub undernourished: f64 = "healing.factor.undernourished",
        /// Synthesis with diabetes.
        pub diabetes: f64 = "healing.factor.diabetes",
        /// Proteases of smokers over those of others.
        pub smoking_protease: f64 = "modifiers.smoking.mmp_8",
        /// How much later the epidermis of the old closes.
        pub epidermal_delay: Time = "modifiers.age.epithelialisation_delay",
    }
}

/// What a person brings to healing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// Age and sex.
    pub body: Body,
    /// Smokes now.
    pub smoker: bool,
    /// Takes steroid tablets.
    pub steroid_tablets: bool,
    /// Uses a strong steroid cream on the area.
    pub steroid_cream: bool,
    /// Eats too little.
    pub undernourished: bool,
    /// Has diabetes.
    pub diabetes: bool,
}

/// What a person's condition does to the parts of healing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Modifiers {
    /// Factor on collagen synthesis.
    pub synthesis: f64,
    /// Factor on proteases.
    pub protease: f64,
    /// Days by which the epidermis answers later.
    pub epidermal_delay_days: f64,
}

impl Modifiers {
    /// A person whom nothing modifies.
    pub const NONE: Self = Self {
        synthesis: 1.0,
        protease: 1.0,
        epidermal_delay_days: 0.0,
    };
}

/// How far between the young and the old donors an age lies; zero below the young.
fn aged(condition: &Condition, parameters: &ConditionParameters) -> f64 {
    let span = parameters.old.years() - parameters.young.years();
    ((condition.body.age.years() - parameters.young.years()) / span).max(0.0)
}

/// All modifiers of a person.
#[must_use]
pub fn modifiers(condition: &Condition, parameters: &ConditionParameters) -> Modifiers {
    Modifiers {
        synthesis: healing_factor(condition, parameters),
        protease: if condition.smoker {
            parameters.smoking_protease.max(1.0)
        } else {
            1.0
        },
        epidermal_delay_days: aged(condition, parameters) * parameters.epidermal_delay.days().max(0.0),
    }
}

/// The factor on synthesis. Nothing that harms ever helps: each harmful factor is at most one whatever its prior draws.
#[must_use]
pub fn healing_factor(condition: &Condition, parameters: &ConditionParameters) -> f64 {
    let harm = |present: bool, factor: f64| if present { factor.min(1.0) } else { 1.0 };
    let aged = aged(condition, parameters);
    let sex = match condition.body.sex {
        Sex::Female => 1.0,
        Sex::Male => parameters.male,
    };
    sex * parameters.age.min(1.0).powf(aged)
        * harm(condition.smoker, parameters.smoking)
        * harm(condition.steroid_tablets, parameters.steroid_tablets)
        * harm(condition.steroid_cream, parameters.steroid_cream)
        * harm(condition.undernourished, parameters.undernourished)
        * harm(condition.diabetes, parameters.diabetes)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use needlework_units::BodyMassIndex;

    pub(crate) fn parameters() -> ConditionParameters {
        ConditionParameters {
            smoking: 0.82,
            male: 0.64,
            age: 0.68,
            young: Time::from_years(23.5),
            old: Time::from_years(85.0),
            steroid_tablets: 0.2,
            steroid_cream: 0.5,
            undernourished: 0.7,
            diabetes: 0.8,
            smoking_protease: 2.0,
            epidermal_delay: Time::from_days(1.9),
        }
    }

    pub(crate) fn healthy() -> Condition {
        Condition {
            body: Body {
                age: Time::from_years(23.5),
                sex: Sex::Female,
                bmi: BodyMassIndex::from_kg_per_m2(24.0),
            },
            smoker: false,
            steroid_tablets: false,
            steroid_cream: false,
            undernourished: false,
            diabetes: false,
        }
    }

    #[test]
    fn a_healthy_young_woman_is_the_reference() {
        assert!((healing_factor(&healthy(), &parameters()) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_harmful_ever_helps_even_where_the_prior_draws_above_one() {
        let lucky = ConditionParameters {
            smoking: 1.3,
            diabetes: 1.2,
            age: 1.1,
            ..parameters()
        };
        for condition in [
            Condition {
                smoker: true,
                ..healthy()
            },
            Condition {
                diabetes: true,
                ..healthy()
            },
            Condition {
                body: Body {
                    age: Time::from_years(70.0),
                    ..healthy().body
                },
                ..healthy()
            },
        ] {
            assert!(healing_factor(&condition, &lucky) <= 1.0);
            assert!(healing_factor(&condition, &parameters()) < 1.0);
        }
    }

    #[test]
    fn smoking_raises_proteases_and_age_delays_the_epidermis() {
        assert_eq!(modifiers(&healthy(), &parameters()), Modifiers::NONE);
        let smoker = Condition {
            smoker: true,
            ..healthy()
        };
        assert_eq!(modifiers(&smoker, &parameters()).protease, 2.0);
        let mut old = healthy();
        old.body.age = Time::from_years(85.0);
        assert!((modifiers(&old, &parameters()).epidermal_delay_days - 1.9).abs() < 1e-12);
    }

    #[test]
    fn the_age_of_the_old_donors_gives_their_factor() {
        let old = Condition {
            body: Body {
                age: Time::from_years(85.0),
                ..healthy().body
            },
            ..healthy()
        };
        assert!((healing_factor(&old, &parameters()) - 0.68).abs() < 1e-12);
    }
}
