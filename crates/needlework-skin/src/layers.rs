//! The layers of one person's skin, from the reference person's.
//!
//! Dermis: D = (D₀·site·sex·a^(decades) + g·ΔBMI/10)·e^{σ_D·z}, never below the least. Epidermis and stratum corneum:
//! reference times site times e^{σz}; the epidermis shows no age or skin-type effect (Sandby-Møller 2003). Fat:
//! site·(F₀ + g_F·ΔBMI/10 − 5 mm for men)·e^{σ_F·z}, and on bone a thin layer of its own. Stiffness of the dermis
//! s^(decades)·e^{σ_s·z}, shared by pressing and pulling; the matrix loses elastin and the fibres lose order with age:
//! μ·e^(decades), 1 − 3κ by d^(decades).
//!
//! Thickness counts from the surface down. Spread *between* people is that of their means; how the epidermis varies
//! from point to point of one site is [`Skin::epidermis_scatter`], since about six tenths of the published variance are
//! of that kind.
//!
//! Limits: see the crate's page; fat of both sexes and all weights from one ultrasound study of adults with diabetes
//! whose own mean weight is not in its abstract.

use needlework_units::{Angle, Length, Stress};

use crate::body::{Bed, Body, Sex, Site};
use crate::fibres::Fibres;
use crate::mechanics::Mechanics;
use crate::parameters::Parameters;
use crate::person::PersonDraws;

/// Layered skin of one person at one site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skin {
    /// Stratum corneum, the upper part of the epidermis.
    pub stratum_corneum: Length,
    /// Epidermis with its stratum corneum.
    pub epidermis: Length,
    /// Papillary dermis.
    pub papillary: Length,
    /// The whole dermis, papillary part included.
    pub dermis: Length,
    /// Fat under the skin.
    pub fat: Length,
    /// What lies under the fat.
    pub bed: Bed,
    /// Spread of the epidermis's thickness from point to point of the site, in its logarithm.
    pub epidermis_scatter: f64,
    /// Direction of the tension lines, from the horizontal of a standing body.
    pub tension_line: Angle,
    /// How stiff the layers are.
    pub mechanics: Mechanics,
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

    /// How far the skin slides over its bed under a shear of one kilopascal, mm: a layer of fat of thickness F and
    /// shear modulus E/3 gives way by 3F/E. Loose skin follows a needle that is dragged sideways, tight skin is slit by
    /// it.
    #[must_use]
    pub fn slide_mm_per_kpa(&self) -> f64 {
        3.0 * self.fat.mm() / self.mechanics.fat.kpa()
    }
}

/// The layered skin of a typical person with this body at a site.
#[must_use]
pub fn layer(body: &Body, site: &Site, parameters: &Parameters) -> Skin {
    form(body, site, parameters, &PersonDraws::default())
}

/// The layered skin of one person at a site.
#[must_use]
pub fn form(body: &Body, site: &Site, parameters: &Parameters, person: &PersonDraws) -> Skin {
    // numerical: a decade in years and the step of body mass index that the published slope refers to
    const TEN: f64 = 10.0;
    let decades = (body.age.years() - parameters.reference_age.years()) / TEN;
    let heavier = (body.bmi.kg_per_m2() - parameters.reference_bmi.kg_per_m2()) / TEN;
    let person = person.correlated(parameters);
    let (dermis_sex, less_fat_mm) = match body.sex {
        Sex::Female => (1.0, 0.0),
        Sex::Male => (parameters.male_ratio, parameters.male_less_fat.mm()),
    };
    let scaled = parameters.dermis.mm() * site.dermis_ratio * dermis_sex * parameters.decade_ratio.powf(decades);
    let typical_dermis_mm = scaled + parameters.gain_per_ten_bmi.mm() * heavier;
    let dermis_mm = typical_dermis_mm * (parameters.dermis_person_sd * person.dermis).exp();
    let fat_mm = match site.bed {
        Bed::Soft => {
            let abdomen_mm = parameters.fat.mm() + parameters.fat_gain_per_ten_bmi.mm() * heavier - less_fat_mm;
            site.fat_ratio * abdomen_mm
        }
        Bed::Bone => parameters.fat_on_bone.mm(),
    } * (parameters.fat_person_sd * person.fat).exp();
    let epidermis_mm =
        parameters.epidermis.mm() * site.epidermis_ratio * (parameters.epidermis_person_sd * person.epidermis).exp();
    let stratum_corneum_mm = parameters.stratum_corneum.mm()
        * site.stratum_corneum_ratio
        * (parameters.stratum_corneum_person_sd * person.stratum_corneum).exp();
    Skin {
        // Extreme draws never leave an epidermis without its living half.
        stratum_corneum: Length::from_mm(stratum_corneum_mm.min(0.5 * epidermis_mm)),
        epidermis: Length::from_mm(epidermis_mm),
        papillary: parameters.papillary,
        dermis: Length::from_mm(dermis_mm.max(parameters.least_dermis.mm())),
        fat: Length::from_mm(fat_mm.max(parameters.least_fat.mm())),
        bed: site.bed,
        epidermis_scatter: parameters.epidermis_scatter,
        tension_line: Angle::from_canonical(
            site.tension_line.canonical() + parameters.line_person_sd.canonical() * person.line,
        ),
        mechanics: stiffness(decades, parameters, &person),
    }
}

/// How stiff a person's layers are, so many decades beyond the reference age.
fn stiffness(decades: f64, parameters: &Parameters, person: &PersonDraws) -> Mechanics {
    let times = |stress: Stress, factor: f64| Stress::from_canonical(stress.canonical() * factor);
    let stiffer = (parameters.stiffness_person_sd * person.stiffness).exp();
    let with_age = stiffer * parameters.stiffness_decade_ratio.powf(decades);
    let order = (1.0 - 3.0 * parameters.fibre_dispersion) * parameters.order_decade_ratio.powf(decades);
    let prestretch = parameters.prestretch
        * parameters.prestretch_decade_ratio.powf(decades)
        * (parameters.prestretch_person_sd * person.prestretch).exp();
    Mechanics {
        epidermis: times(
            parameters.epidermis_modulus,
            (parameters.epidermis_modulus_person_sd * person.dryness).exp(),
        ),
        dermis: times(parameters.dermis_modulus, with_age),
        fat: times(
            parameters.fat_modulus,
            (parameters.fat_modulus_person_sd * person.fat_stiffness).exp(),
        ),
        prestretch_fraction: prestretch,
        fibres: Fibres {
            matrix: times(
                parameters.matrix,
                stiffer * parameters.matrix_decade_ratio.powf(decades),
            ),
            stiffness: times(parameters.fibre_stiffness, with_age),
            stiffening_ratio: parameters.fibre_stiffening,
            dispersion_ratio: (1.0 - order.clamp(0.0, 1.0)) / 3.0,
            angle: parameters.fibre_angle,
            elastin_fraction: parameters.elastin_share,
            failure_strain_fraction: parameters.failure_strain,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{parameters, woman};

    #[test]
    fn the_reference_person_has_the_reference_skin() {
        let skin = layer(&woman(30.0, 24.0), &Site::REFERENCE, &parameters());
        assert!((skin.dermis.mm() - 1.5).abs() < 1e-12);
        assert!((skin.epidermis.mm() - 0.09).abs() < 1e-12);
        assert!((skin.stratum_corneum.um() - 15.0).abs() < 1e-9);
        assert!((skin.fat.mm() - 14.0).abs() < 1e-12);
        assert!((skin.mechanics.dermis.kpa() - 35.0).abs() < 1e-9);
        assert!((skin.mechanics.fibres.dispersion_ratio - 0.1404).abs() < 1e-12);
    }

    #[test]
    fn ten_units_of_body_mass_index_add_a_fifth_of_a_millimetre_of_skin_and_four_of_fat() {
        let of = |bmi| layer(&woman(30.0, bmi), &Site::REFERENCE, &parameters());
        assert!((of(34.0).dermis.mm() - of(24.0).dermis.mm() - 0.2).abs() < 1e-12);
        assert!((of(34.0).fat.mm() - of(24.0).fat.mm() - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_man_has_a_thicker_dermis_and_less_fat_and_age_thins_and_stiffens_the_dermis() {
        let man = Body {
            sex: Sex::Male,
            ..woman(30.0, 24.0)
        };
        let skin_of = |body: &Body| layer(body, &Site::REFERENCE, &parameters());
        let (young, male, old) = (skin_of(&woman(30.0, 24.0)), skin_of(&man), skin_of(&woman(70.0, 24.0)));
        assert!(male.dermis > young.dermis && male.fat < young.fat);
        assert!(old.dermis < young.dermis && old.mechanics.dermis > young.mechanics.dermis);
        assert!(old.mechanics.fibres.matrix < young.mechanics.fibres.matrix);
        assert!(old.mechanics.fibres.dispersion_ratio > young.mechanics.fibres.dispersion_ratio);
        assert!(old.mechanics.prestretch_fraction < young.mechanics.prestretch_fraction);
    }

    #[test]
    fn no_answer_leaves_a_person_without_a_dermis_or_an_epidermis() {
        let thin = Site {
            dermis_ratio: 0.2,
            ..Site::REFERENCE
        };
        let draws = PersonDraws {
            dermis: -5.0,
            fat: -5.0,
            stratum_corneum: 20.0,
            ..PersonDraws::default()
        };
        let skin = form(&woman(120.0, 8.0), &thin, &parameters(), &draws);
        assert!(skin.dermis.mm() >= 0.3 && skin.fat.mm() >= 1.0);
        assert!(skin.stratum_corneum.mm() <= 0.5 * skin.epidermis.mm());
    }

    #[test]
    fn on_bone_skin_slides_less() {
        let bony = Site {
            bed: Bed::Bone,
            ..Site::REFERENCE
        };
        let of = |site: &Site| layer(&woman(30.0, 24.0), site, &parameters());
        assert!(of(&bony).slide_mm_per_kpa() < 0.3 * of(&Site::REFERENCE).slide_mm_per_kpa());
        // Weight changes the fat of the belly, not the little that lies on bone.
        let heavy = layer(&woman(30.0, 40.0), &bony, &parameters());
        assert_eq!(heavy.fat, of(&bony).fat);
    }

    /// The skin of some people who differ from the reference in everything, as numbers.
    fn fingerprint(parameters: &Parameters) -> Vec<f64> {
        let man = Body {
            sex: Sex::Male,
            ..woman(55.0, 31.0)
        };
        let bony = Site {
            bed: Bed::Bone,
            ..Site::REFERENCE
        };
        let bare = Site {
            dermis_ratio: 0.05,
            fat_ratio: 0.0,
            ..Site::REFERENCE
        };
        let draws = PersonDraws {
            epidermis: 0.5,
            stratum_corneum: 0.4,
            dermis: 0.8,
            fat: 0.3,
            stiffness: -0.7,
            dryness: 0.6,
            fat_stiffness: 0.9,
            prestretch: -0.2,
            line: 1.1,
        };
        [Site::REFERENCE, bony, bare]
            .iter()
            .flat_map(|site| {
                let skin = form(&man, site, parameters, &draws);
                let (m, f) = (skin.mechanics, skin.mechanics.fibres);
                [
                    skin.stratum_corneum.mm(),
                    skin.epidermis.mm(),
                    skin.papillary.mm(),
                    skin.dermis.mm(),
                    skin.fat.mm(),
                    skin.epidermis_scatter,
                    skin.tension_line.radians(),
                    m.epidermis.mpa(),
                    m.dermis.mpa(),
                    m.fat.mpa(),
                    m.prestretch_fraction,
                    f.matrix.mpa(),
                    f.stiffness.mpa(),
                    f.stiffening_ratio,
                    f.dispersion_ratio,
                    f.angle.radians(),
                    f.elastin_fraction,
                    f.failure_strain_fraction,
                ]
            })
            .collect()
    }

    #[test]
    fn every_parameter_moves_somebodys_skin_when_it_moves_by_a_fifth() {
        // Least and reference values are tested on people whom they concern; a fifth of an age or a weight moves
        // everybody.
        let values = |scaled: Option<&str>| {
            let mut number = 0.05;
            Parameters::fill(&mut |key| {
                number += 0.017;
                let base = match key {
                    "skin.dermis.reference" => 1.5,
                    "skin.dermis.least" => 1.2,
                    "skin.fat.least" => 2.0,
                    "skin.fat.on_bone" => 3.0,
                    "skin.fibres.dispersion" => 0.14,
                    "skin.reference.age" => 30.0 * 365.25,
                    "skin.reference.bmi" => 24.0,
                    "skin.horny.reference" => 0.015,
                    "skin.epidermis.reference" => 0.09,
                    "skin.fat.reference" => 14.0,
                    other if other.ends_with("_ratio") || other.contains("ratio.") => 0.97,
                    _ => number,
                };
                if Some(key) == scaled { 1.2 * base } else { base }
            })
        };
        let start = fingerprint(&values(None));
        for declared in Parameters::DECLARED {
            let moved = fingerprint(&values(Some(declared.key)));
            let farthest = start
                .iter()
                .zip(&moved)
                .map(|(a, b)| (b / a - 1.0).abs())
                .fold(0.0, f64::max);
            assert!(farthest > 1e-3, "{} moves nothing", declared.key);
            assert!(moved.iter().all(|value| value.is_finite()), "{}", declared.key);
        }
    }
}
