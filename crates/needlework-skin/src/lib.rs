//! Link 1, the skin: how thick its layers are at a body site of a person, and what colours it.
//!
//! The dermis of a reference person at the abdomen is a world's draw; site, sex, age and body mass index scale it. The epidermis is
//! scaled by site alone: its thickness shows no age or skin-type effect (Sandby-Møller 2003). Thickness counts from the surface
//! down: epidermis (stratum corneum included), papillary dermis, reticular dermis, fat.
//!
//! Limits: no mechanics yet; the thigh is thin in three studies and thick in one, so its ratio is wide; sites nobody has measured
//! borrow a neighbour's ratio, which the catalogue of sites names.

use needlework_evidence::parameters;
use needlework_units::{BodyMassIndex, Length, Time};

parameters! {
    /// What is not known of skin in general; a world's draw.
    pub struct Parameters {
        /// Dermis at the abdomen of the reference person.
        pub dermis: Length = "skin.dermis.reference",
        /// Epidermis with its stratum corneum at the reference site.
        pub epidermis: Length = "skin.epidermis.reference",
        /// Papillary dermis, from the epidermis down.
        pub papillary: Length = "skin.papillary",
        /// Dermis of men over that of women.
        pub male_ratio: f64 = "skin.dermis_ratio.male",
        /// Factor on the dermis for each decade of age beyond the reference.
        pub decade_ratio: f64 = "skin.dermis_ratio.decade",
        /// Extra dermis for each ten units of body mass index beyond the reference.
        pub gain_per_ten_bmi: Length = "skin.dermis_gain.ten_bmi",
        /// Age of the reference person.
        pub reference_age: Time = "skin.reference.age",
        /// Body mass index of the reference person.
        pub reference_bmi: BodyMassIndex = "skin.reference.bmi",
        /// Least dermis that a person is given, so that extreme answers leave skin to compute with.
        pub least_dermis: Length = "skin.dermis.least",
    }
}

/// Sex, as far as skin and healing differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// The body that wears the skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// Age.
    pub age: Time,
    /// Sex.
    pub sex: Sex,
    /// Body mass index.
    pub bmi: BodyMassIndex,
}

/// How a body site differs from the reference site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Dermis over that of the abdomen.
    pub dermis_ratio: f64,
    /// Epidermis over that of the reference site.
    pub epidermis_ratio: f64,
}

/// Layered skin of one person at one site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skin {
    /// Epidermis with its stratum corneum.
    pub epidermis: Length,
    /// Papillary dermis.
    pub papillary: Length,
    /// The whole dermis, papillary part included.
    pub dermis: Length,
}

impl Skin {
    /// Depth of the reticular dermis below the surface.
    #[must_use]
    pub fn reticular_depth(&self) -> Length {
        Length::from_mm(self.epidermis.mm() + self.papillary.mm().min(self.dermis.mm()))
    }

    /// Whole thickness: epidermis and dermis.
    #[must_use]
    pub fn thickness(&self) -> Length {
        Length::from_mm(self.epidermis.mm() + self.dermis.mm())
    }
}

/// The layered skin of a person at a site.
#[must_use]
pub fn layer(body: &Body, site: &Site, parameters: &Parameters) -> Skin {
    // numerical: a decade in years and the step of body mass index that the published slope refers to
    const TEN: f64 = 10.0;
    let decades = (body.age.years() - parameters.reference_age.years()) / TEN;
    let sex = match body.sex {
        Sex::Female => 1.0,
        Sex::Male => parameters.male_ratio,
    };
    let heavier = (body.bmi.kg_per_m2() - parameters.reference_bmi.kg_per_m2()) / TEN;
    let scaled = parameters.dermis.mm() * site.dermis_ratio * sex * parameters.decade_ratio.powf(decades);
    let dermis = (scaled + parameters.gain_per_ten_bmi.mm() * heavier).max(parameters.least_dermis.mm());
    Skin {
        epidermis: Length::from_mm(parameters.epidermis.mm() * site.epidermis_ratio),
        papillary: parameters.papillary,
        dermis: Length::from_mm(dermis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        Parameters {
            dermis: Length::from_mm(1.5),
            epidermis: Length::from_mm(0.09),
            papillary: Length::from_mm(0.2),
            male_ratio: 1.1,
            decade_ratio: 0.98,
            gain_per_ten_bmi: Length::from_mm(0.2),
            reference_age: Time::from_years(30.0),
            reference_bmi: BodyMassIndex::from_kg_per_m2(24.0),
            least_dermis: Length::from_mm(0.3),
        }
    }

    fn woman(age: f64, bmi: f64) -> Body {
        Body {
            age: Time::from_years(age),
            sex: Sex::Female,
            bmi: BodyMassIndex::from_kg_per_m2(bmi),
        }
    }

    const ABDOMEN: Site = Site {
        dermis_ratio: 1.0,
        epidermis_ratio: 1.0,
    };

    #[test]
    fn the_reference_person_has_the_reference_skin() {
        let skin = layer(&woman(30.0, 24.0), &ABDOMEN, &parameters());
        assert!((skin.dermis.mm() - 1.5).abs() < 1e-12);
        assert!((skin.epidermis.mm() - 0.09).abs() < 1e-12);
    }

    #[test]
    fn ten_units_of_body_mass_index_add_a_fifth_of_a_millimetre() {
        let gain = layer(&woman(30.0, 34.0), &ABDOMEN, &parameters()).dermis.mm()
            - layer(&woman(30.0, 24.0), &ABDOMEN, &parameters()).dermis.mm();
        assert!((gain - 0.2).abs() < 1e-12);
    }

    #[test]
    fn a_man_has_a_thicker_dermis_and_age_thins_it() {
        let man = Body {
            sex: Sex::Male,
            ..woman(30.0, 24.0)
        };
        let young = layer(&woman(30.0, 24.0), &ABDOMEN, &parameters()).dermis;
        assert!(layer(&man, &ABDOMEN, &parameters()).dermis > young);
        assert!(layer(&woman(70.0, 24.0), &ABDOMEN, &parameters()).dermis < young);
    }

    #[test]
    fn no_answer_leaves_a_person_without_a_dermis() {
        let skin = layer(
            &woman(120.0, 8.0),
            &Site {
                dermis_ratio: 0.2,
                epidermis_ratio: 1.0,
            },
            &parameters(),
        );
        assert!(skin.dermis.mm() >= 0.3);
    }
}
