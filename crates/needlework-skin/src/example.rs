//! Skin and numbers for examples, proofs and tests of this room and of those downstream: round numbers near the
//! evidence's, without provenance. Nothing that answers a question of a person may take them.

use needlework_units::{Angle, BodyMassIndex, Length, Stress, Time};

use crate::body::Bed;
use crate::fibres::Fibres;
use crate::layers::Skin;
use crate::mechanics::Mechanics;
use crate::parameters::Parameters;

/// What is not known of skin.
#[must_use]
pub fn parameters() -> Parameters {
    Parameters {
        dermis: Length::from_mm(1.5),
        epidermis: Length::from_mm(0.09),
        stratum_corneum: Length::from_um(15.0),
        papillary: Length::from_mm(0.2),
        fat: Length::from_mm(14.0),
        fat_on_bone: Length::from_mm(2.0),
        male_ratio: 1.1,
        decade_ratio: 0.98,
        gain_per_ten_bmi: Length::from_mm(0.2),
        male_less_fat: Length::from_mm(5.0),
        fat_gain_per_ten_bmi: Length::from_mm(4.0),
        reference_age: Time::from_years(30.0),
        reference_bmi: BodyMassIndex::from_kg_per_m2(24.0),
        least_dermis: Length::from_mm(0.3),
        least_fat: Length::from_mm(1.0),
        dermis_person_sd: 0.2,
        epidermis_person_sd: 0.12,
        stratum_corneum_person_sd: 0.15,
        fat_person_sd: 0.45,
        epidermis_scatter: 0.15,
        epidermis_modulus: Stress::from_mpa(1.4),
        dermis_modulus: Stress::from_kpa(35.0),
        fat_modulus: Stress::from_kpa(2.3),
        epidermis_modulus_person_sd: 0.5,
        stiffness_person_sd: 0.35,
        fat_modulus_person_sd: 0.3,
        stiffness_decade_ratio: 1.08,
        matrix_decade_ratio: 0.97,
        order_decade_ratio: 0.97,
        prestretch: 0.1,
        prestretch_person_sd: 0.4,
        prestretch_decade_ratio: 0.93,
        line_person_sd: Angle::from_degrees(25.0),
        epidermis_stratum_corneum: 0.3,
        dermis_stiffness: -0.2,
        dermis_fat: 0.1,
        matrix: Stress::from_mpa(0.2014),
        fibre_stiffness: Stress::from_mpa(24.53),
        fibre_stiffening: 0.1327,
        fibre_dispersion: 0.1404,
        fibre_angle: Angle::from_degrees(41.0),
        elastin_share: 0.7,
        failure_strain: 0.54,
    }
}

/// A woman of `age` years with a body mass index of `bmi` kg/m².
#[cfg(test)]
pub(crate) fn woman(age: f64, bmi: f64) -> crate::body::Body {
    crate::body::Body {
        age: Time::from_years(age),
        sex: crate::body::Sex::Female,
        bmi: BodyMassIndex::from_kg_per_m2(bmi),
    }
}

/// Skin of the belly over soft tissue.
#[must_use]
pub fn skin() -> Skin {
    Skin {
        stratum_corneum: Length::from_canonical(0.015),
        epidermis: Length::from_canonical(0.09),
        papillary: Length::from_canonical(0.2),
        dermis: Length::from_canonical(1.5),
        fat: Length::from_canonical(14.0),
        bed: Bed::Soft,
        epidermis_scatter: 0.15,
        tension_line: Angle::ZERO,
        mechanics: Mechanics {
            epidermis: Stress::from_canonical(1.4),
            dermis: Stress::from_canonical(0.035),
            fat: Stress::from_canonical(0.0023),
            prestretch_fraction: 0.1,
            fibres: Fibres {
                matrix: Stress::from_canonical(0.2014),
                stiffness: Stress::from_canonical(24.53),
                stiffening_ratio: 0.1327,
                dispersion_ratio: 0.1404,
                angle: Angle::from_canonical(0.716),
                elastin_fraction: 0.7,
                failure_strain_fraction: 0.54,
            },
        },
    }
}
