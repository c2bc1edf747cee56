//! The skin in the area that would be treated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answer, Lapse};

/// The skin in the treated area.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Area {
    /// Is there an infection in the area (bacteria, virus or fungus)?
    pub active_infection: Answer<bool>,
    /// Is the skin there open, sore, irritated or sunburnt?
    pub broken_skin: Answer<bool>,
    /// Is there a skin cancer, a rough sun-damaged patch, or a spot that changes?
    pub suspicious_lesion: Answer<bool>,
    /// Is there a mole or a raised spot in the area?
    pub mole: Answer<bool>,
    /// Are there warts or molluscum in the area?
    pub wart: Answer<bool>,
    /// Is there acne with pustules or cysts in the area?
    pub active_acne: Answer<bool>,
    /// Is there a cold sore or active herpes?
    pub active_herpes: Answer<bool>,
    /// Is there active eczema, psoriasis, rosacea or dermatitis in the area?
    pub active_dermatitis: Answer<bool>,
    /// Is there a tattoo, permanent make-up or a piercing in the area?
    pub tattoo: Answer<bool>,
    /// Is there a varicose vein, a large visible vein or a blood-vessel mark under the area?
    pub vein: Answer<bool>,
    /// Is there melasma (brown patches) in the area?
    pub melasma: Answer<bool>,
    /// Is there a hernia in the area, or a scar of any kind that is younger than a year?
    pub hernia_or_fresh_scar: Answer<bool>,
    /// Is there lymphoedema, removed lymph nodes, poor circulation or numbness in the area?
    pub lymphoedema_or_numb: Answer<bool>,
    /// Has the area ever had radiotherapy?
    pub radiotherapy: Answer<bool>,
    /// When was the last laser, light, radiofrequency, ultrasound, peel or filler there? ("never", or how long ago)
    pub laser_peel_filler: Answer<Lapse>,
    /// When was the last filler or fat injection there? ("never", or how long ago)
    pub filler: Answer<Lapse>,
    /// When did you last use a retinoid, an acid, wax, hair-removal cream or self-tanner there? ("never", "now", or how
    /// long before the session you stop)
    pub retinoid_acid_wax_tanner: Answer<Lapse>,
    /// Is there an implant in or under the area?
    pub implant: Answer<Implant>,
    /// When was the last surgery there? ("never", or how long ago)
    pub surgery: Answer<Lapse>,
    /// Do you use a strong steroid cream on the area for long?
    pub steroid_cream: Answer<bool>,
    /// Is the area freshly tanned, or will it get strong sun within two weeks before or after?
    pub tan_or_planned_sun: Answer<bool>,
}

/// What has been implanted in or under the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Implant {
    /// Nothing.
    None,
    /// Metal: a plate, screws, clips or a joint.
    Metal,
    /// Another: a breast implant, a mesh, a port, threads or a rod under the skin.
    Other,
}
