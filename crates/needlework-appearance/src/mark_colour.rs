//! The colour of a mark: what redness, paleness, dark marks, collagen and epidermis make of the skin around it.
//!
//! Melanin by area (fraction × thickness of the epidermis, all that a colour identifies) is the skin's times
//!
//! [1 − (1 − r)·P·(1 − ρ)]·(1 + δ),
//!
//! with the paleness P of a mark that has turned, the share r that a pale mark keeps, the share ρ that is restored, and
//! δ of a dark mark. A thicker epidermis holds no more melanin: melanin sits in its lowest row, and what thickens lies
//! above. Upper blood is the skin's times 1 − (1 − b)·P, plus g·V times that of the reference skin with the redness V
//! of a red mark, plus what a session leaves. The extra blood is the same amount in every skin: multiplying the skin's
//! own would make marks redder on dark skin only because its blood is fitted higher. The dermis scatters a little less
//! (optical coherence tomography of scars), by a wide prior; the epidermis as much by area as the skin's, thick or
//! thin: nobody measured it in marks, and a thinner one that scattered less would redden dark skin's marks more than
//! light skin's.
//!
//! Limits: assumed, since no table of the colours of striae could be read; lateral spread of light blurs marks narrower
//! than some millimetres, which a one-dimensional stack cannot show.

use needlework_evidence::parameters;
use needlework_units::Length;

use crate::contrast::SkinColour;
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
        /// Melanin that a dark mark adds, over that of the skin.
        pub dark_mark: f64 = "appearance.mark.dark_mark_melanin",
    }
}

/// What of a mark decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MarkState {
    /// Redness of a red mark now, as a share of that of a new one.
    pub redness: f64,
    /// How far the mark has turned pale, 0 to 1.
    pub paleness: f64,
    /// Share of a pale mark's colour that is restored.
    pub restored: f64,
    /// Gain of the epidermis.
    pub epidermal_gain: f64,
    /// How much of a dark mark is left, as a share of a fresh one; zero where none came.
    pub dark: f64,
    /// Blood that the last session brought and that is left, over that of the reference skin's upper dermis.
    pub session_blood: f64,
}

/// The optical state of a mark in skin of the given state.
#[must_use]
pub fn mark_in(skin: &SkinState, mark: &MarkState, parameters: &MarkParameters) -> SkinState {
    let paleness = mark.paleness.clamp(0.0, 1.0);
    let lost = (1.0 - parameters.alba_melanin.min(1.0)) * paleness * (1.0 - mark.restored.clamp(0.0, 1.0));
    let melanin = (1.0 - lost) * (1.0 + parameters.dark_mark * mark.dark.max(0.0));
    let epidermis_mm = parameters.epidermis.mm() * (1.0 + mark.epidermal_gain);
    let kept = 1.0 - (1.0 - parameters.alba_blood.min(1.0)) * paleness;
    let extra = (parameters.rubra_blood_gain * mark.redness + mark.session_blood.max(0.0)) * parameters.reference_blood;
    SkinState {
        melanin_fraction: skin.melanin_fraction * melanin * skin.epidermis_mm / epidermis_mm,
        upper_blood_fraction: skin.upper_blood_fraction * kept + extra,
        epidermis_mm,
        epidermis_scattering_scale: skin.epidermis_scattering_scale * skin.epidermis_mm / epidermis_mm,
        upper_scattering_scale: skin.upper_scattering_scale * parameters.scattering,
        lower_scattering_scale: skin.lower_scattering_scale * parameters.scattering,
        ..*skin
    }
}

/// The difference in colour between a mark and the skin around it, ΔE, from the same states as its pictures.
#[must_use]
pub fn mark_contrast(skin: &SkinColour, mark: &MarkState, parameters: &MarkParameters) -> f64 {
    skin.response
        .difference(&skin.skin, &mark_in(&skin.skin, mark, parameters))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::contrast::tests::skin_colour;

    pub(crate) fn parameters() -> MarkParameters {
        MarkParameters {
            alba_melanin: 0.5,
            rubra_blood_gain: 2.0,
            reference_blood: 0.004,
            alba_blood: 0.6,
            epidermis: Length::from_mm(0.06),
            scattering: 0.8,
            dark_mark: 0.5,
        }
    }

    fn contrast(mark: MarkState) -> f64 {
        mark_contrast(&skin_colour(), &mark, &parameters())
    }

    /// The fault that this holds off: contrast of the middle person of a red plan rose from 2.0 to 3.0 while they
    /// improved, since a thicker epidermis came with as much more melanin.
    #[test]
    fn a_thicker_epidermis_brings_no_melanin() {
        let red = MarkState {
            redness: 0.5,
            ..MarkState::default()
        };
        let thicker = MarkState {
            epidermal_gain: 0.6,
            ..red
        };
        assert!((contrast(thicker) - contrast(red)).abs() < 1e-12);
        let skin = skin_colour().skin;
        let area = |mark: &MarkState| {
            let state = mark_in(&skin, mark, &parameters());
            state.melanin_fraction * state.epidermis_mm
        };
        assert!((area(&thicker) / (skin.melanin_fraction * skin.epidermis_mm) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn redness_paleness_and_dark_marks_each_make_a_mark_more_visible_and_restoring_less() {
        let none = MarkState {
            redness: 0.3,
            ..MarkState::default()
        };
        let pale = MarkState {
            paleness: 1.0,
            ..MarkState::default()
        };
        assert!(contrast(MarkState { redness: 0.9, ..none }) > contrast(none));
        assert!(contrast(MarkState { dark: 1.0, ..none }) > contrast(none));
        assert!(
            contrast(MarkState {
                session_blood: 2.0,
                ..none
            }) > contrast(none)
        );
        assert!(contrast(MarkState { restored: 0.5, ..pale }) < contrast(pale));
    }
}
