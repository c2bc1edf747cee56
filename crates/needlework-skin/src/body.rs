//! Who wears the skin, and where on the body it lies.
//!
//! A site's numbers are ratios over the reference site, the abdomen, with a passport each. Limits: a place is one
//! number; skin of the upper and the lower belly is the same here.

use needlework_units::{Angle, BodyMassIndex, Time};

use crate::parameters::Parameters;

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

impl Body {
    /// The body to which the reference numbers of the skin belong.
    #[must_use]
    pub fn reference(parameters: &Parameters) -> Self {
        Self {
            age: parameters.reference_age,
            sex: Sex::Female,
            bmi: parameters.reference_bmi,
        }
    }
}

/// What the skin lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bed {
    /// Fat over muscle: the skin gives way in bulk before a needle enters, and slides.
    Soft,
    /// Bone right under a thin layer of fat: it does neither.
    Bone,
}

/// How a body site differs from the reference site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Dermis over that of the abdomen.
    pub dermis_ratio: f64,
    /// Epidermis over that of the reference site.
    pub epidermis_ratio: f64,
    /// Stratum corneum over that of the reference site.
    pub stratum_corneum_ratio: f64,
    /// Fat over that of the abdomen; of no account on bone.
    pub fat_ratio: f64,
    /// Direction of the tension lines, from the horizontal of a standing body.
    pub tension_line: Angle,
    /// What the skin lies on.
    pub bed: Bed,
}

impl Site {
    /// The reference site, the abdomen, over which every ratio is taken.
    pub const REFERENCE: Self = Self {
        dermis_ratio: 1.0,
        epidermis_ratio: 1.0,
        stratum_corneum_ratio: 1.0,
        fat_ratio: 1.0,
        tension_line: Angle::ZERO,
        bed: Bed::Soft,
    };
}
