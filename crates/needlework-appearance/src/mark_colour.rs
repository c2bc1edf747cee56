//! The colour of a mark: what stage, fading, collagen and epidermis make of the skin around it.
//!
//! Melanin: as the skin's in a red mark; a share r of it in a pale one, rising as the mark is restored. Upper blood: the skin's plus g·V
//! times that of the reference skin with the redness V of a red mark, a share of the skin's in a pale one. The extra blood is the same
//! amount in every skin: multiplying the skin's own would make marks redder on dark skin only because its blood is fitted higher. The epidermis is thin and thickens with E; the dermis scatters
//! a little less (optical coherence tomography of scars), by a wide prior.
//!
//! Limits: assumed, since no table of the colours of striae could be read; lateral spread of light blurs marks narrower than some
//! millimetres, which a one-dimensional stack cannot show.

use needlework_evidence::parameters;
use needlework_stria::Stage;
use needlework_units::Length;

use crate::skin_optics::SkinState;

parameters! {
    /// What is not known of a mark's colour; a world's draw.
    pub struct MarkParameters {
        /// Melanin of a pale mark over that of the skin.
        pub alba_melanin: f64 = "appearance.mark.alba_melanin_ratio",
        /// Extra upper blood of a new red mark, over that of the reference skin.
        pub rubra_blood_gain: f64 = "appearance.mark.rubra_blood_gain",
        /// Upper blood of the reference skin.
        pub reference_blood: f64 = "appearance.skin.light.upper_blood_fraction",
        /// Upper blood of a pale mark over that of the skin.
        pub alba_blood: f64 = "appearance.mark.alba_blood_ratio",
        /// Epidermis over a mark.
        pub epidermis: Length = "appearance.mark.epidermis",
        /// Dermal scattering of a mark over that of the skin.
        pub scattering: f64 = "appearance.mark.scattering_ratio",
    }
}

/// What of a mark decides its colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkState {
    /// Stage at the start.
    pub stage: Stage,
    /// Redness now, as a share of that of a new mark.
    pub redness: f64,
    /// Share of a pale mark's colour that is restored.
    pub restored: f64,
    /// Gain of the epidermis.
    pub epidermal_gain: f64,
}

/// The optical state of a mark in skin of the given state.
#[must_use]
pub fn mark_in(skin: &SkinState, mark: &MarkState, parameters: &MarkParameters) -> SkinState {
    let (melanin, blood) = match mark.stage {
        Stage::Rubra => {
            let extra = parameters.rubra_blood_gain * mark.redness * parameters.reference_blood;
            (1.0, skin.upper_blood_fraction + extra)
        }
        Stage::Alba => {
            let kept = parameters.alba_melanin.min(1.0);
            (
                kept + (1.0 - kept) * mark.restored.clamp(0.0, 1.0),
                skin.upper_blood_fraction * parameters.alba_blood,
            )
        }
    };
    SkinState {
        melanin_fraction: skin.melanin_fraction * melanin,
        upper_blood_fraction: blood,
        epidermis_mm: parameters.epidermis.mm() * (1.0 + mark.epidermal_gain),
        upper_scattering_scale: skin.upper_scattering_scale * parameters.scattering,
        lower_scattering_scale: skin.lower_scattering_scale * parameters.scattering,
        ..*skin
    }
}
