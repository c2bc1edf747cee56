//! What touches the skin after a session, and when.

use needlework_units::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answer, Lapse};

/// What is done after a session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Aftercare {
    /// Is the skin covered in the first 24 hours: film, plaster, tight synthetic clothing, thick ointment?
    pub occlusion: Answer<bool>,
    /// Which products are put on the skin, and how long after the session?
    pub topicals: Answer<Vec<Topical>>,
    /// When is the first sunscreen? ("never", "now", or how long after the session)
    pub sunscreen: Answer<Lapse>,
    /// When is the first pool, hot tub, sea, bath or sweaty sport? ("never", "now", or how long after the session)
    pub water: Answer<Lapse>,
}

/// A product on the skin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topical {
    /// What it is.
    pub product: Product,
    /// How long after the session it is first used.
    pub after: Time,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Sterile saline.
    SterileSaline,
    /// A sterile product that a clinician supplied.
    ClinicianSterile,
    /// A plain moisturiser or oil.
    Moisturiser,
    /// A serum with vitamin C.
    VitaminC,
    /// A retinoid, such as tretinoin or retinol.
    Retinoid,
    /// An exfoliating acid.
    Acid,
    /// A perfumed or metal-containing cosmetic.
    Cosmetic,
    /// An anti-inflammatory gel, such as diclofenac.
    AntiInflammatory,
    /// Something else.
    Other,
}
