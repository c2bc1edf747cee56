//! How far a mark's colour is from that of the skin around it, for cohorts: the score of colour, from the same state
//! that the pictures are drawn from.
//!
//! Melanin, blood and scattering of a mark are those of [`crate::mark_in`], as they are for every swatch. Where they
//! differ from the skin's by the ratios r_m (melanin by area: fraction × thickness of the epidermis), r_b (blood of the
//! upper dermis) and r_s (scattering),
//!
//! (ΔL*, Δa*, Δb*) ≈ v_m·ln r_m + v_b·(r_b − 1) + v_s·ln r_s,  ΔE = |(ΔL*, Δa*, Δb*)|,
//!
//! with v of the group of skin: secants of the full optics, for half the melanin, three times the blood and four fifths
//! of the scattering (a test computes them anew). Melanin goes by its logarithm, since its absorption saturates; the
//! little blood of skin goes in proportion.
//!
//! Limits: what the three do together is taken as their sum. Against the full optics the difference is off by at most a
//! quarter and one where marks are plain to see, and the order of two states of one mark is kept where they differ by
//! more than what is just noticed (tests).

use crate::skin_optics::{SkinState, skin_of_group};

/// How the colour of a group of skin answers, as differences of L*, a* and b*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColourResponse {
    /// To a factor of e of melanin by area.
    pub melanin: [f64; 3],
    /// To as much blood again in the upper dermis.
    pub blood: [f64; 3],
    /// To a factor of e of the scattering of the dermis.
    pub scattering: [f64; 3],
}

/// A person's skin around the mark, as colours need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkinColour {
    /// Its optical state.
    pub skin: SkinState,
    /// How its colour answers.
    pub response: ColourResponse,
    /// How much as much blood again reddens the reference skin, in a*.
    pub reference_redness: f64,
}

impl ColourResponse {
    /// The response of a group, from its passports.
    pub fn of_group(group: &str, source: &mut dyn FnMut(&str) -> Option<f64>) -> Option<Self> {
        let mut of = |what: &str| -> Option<[f64; 3]> {
            let mut part = |axis: &str| source(&format!("appearance.response.{group}.{what}.{axis}"));
            Some([part("lightness")?, part("redness")?, part("yellowness")?])
        };
        Some(Self {
            melanin: of("melanin")?,
            blood: of("blood")?,
            scattering: of("scattering")?,
        })
    }

    /// The difference in colour, ΔE, between a mark and the skin around it.
    #[must_use]
    pub fn difference(&self, skin: &SkinState, mark: &SkinState) -> f64 {
        let melanin = |state: &SkinState| state.melanin_fraction * state.epidermis_mm;
        let log = |ratio: f64| ratio.max(f64::MIN_POSITIVE).ln();
        let parts = [
            (self.melanin, log(melanin(mark) / melanin(skin))),
            (self.blood, mark.upper_blood_fraction / skin.upper_blood_fraction - 1.0),
            (
                self.scattering,
                log(mark.upper_scattering_scale / skin.upper_scattering_scale),
            ),
        ];
        let along = |axis: usize| parts.iter().map(|(response, by)| response[axis] * by).sum::<f64>();
        (0..3).map(|axis| along(axis).powi(2)).sum::<f64>().sqrt()
    }
}

impl SkinColour {
    /// As much more blood, over that of the reference skin, as makes that skin redder by a difference in a*.
    #[must_use]
    pub fn blood_of_redness(&self, delta_a: f64) -> f64 {
        delta_a.max(0.0) / self.reference_redness
    }

    /// The skin of a group; none where a number of it is missing.
    pub fn of_group(group: &str, source: &mut dyn FnMut(&str) -> Option<f64>) -> Option<Self> {
        const REFERENCE: &str = "light";
        Some(Self {
            skin: skin_of_group(group, source)?,
            response: ColourResponse::of_group(group, source)?,
            reference_redness: ColourResponse::of_group(REFERENCE, source)?.blood[1],
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Intermediate skin with round numbers.
    pub(crate) fn skin_colour() -> SkinColour {
        SkinColour {
            skin: SkinState {
                melanin_fraction: 0.02,
                epidermis_mm: 0.08,
                upper_dermis_mm: 0.2,
                lower_dermis_mm: 1.2,
                fat_mm: 3.0,
                upper_blood_fraction: 0.004,
                lower_blood_fraction: 0.003,
                saturation: 0.6,
                epidermis_scattering_scale: 1.0,
                upper_scattering_scale: 1.0,
                lower_scattering_scale: 1.0,
                scattering_power: 1.5,
                vessel_radius_mm: 0.004,
            },
            response: ColourResponse {
                melanin: [-8.0, 1.5, 4.0],
                blood: [-3.5, 4.0, -0.3],
                scattering: [5.0, -0.5, 1.5],
            },
            reference_redness: 4.0,
        }
    }

    #[test]
    fn skin_beside_itself_differs_by_nothing_and_each_part_adds_its_own() {
        let SkinColour { skin, response, .. } = skin_colour();
        assert_eq!(response.difference(&skin, &skin), 0.0);
        let redder = SkinState {
            upper_blood_fraction: skin.upper_blood_fraction * 2.0,
            ..skin
        };
        let alone = response.blood.iter().map(|part| part * part).sum::<f64>().sqrt();
        assert!((response.difference(&skin, &redder) - alone).abs() < 1e-12);
    }

    #[test]
    fn as_much_blood_as_redness_asks_reddens_the_reference_skin_by_it() {
        let own = skin_colour();
        assert_eq!(own.blood_of_redness(0.0), 0.0);
        assert!((own.reference_redness * own.blood_of_redness(4.0) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn only_melanin_by_area_counts_so_a_thicker_epidermis_is_no_colour_of_its_own() {
        let SkinColour { skin, response, .. } = skin_colour();
        let thicker = SkinState {
            melanin_fraction: skin.melanin_fraction / 2.0,
            epidermis_mm: skin.epidermis_mm * 2.0,
            ..skin
        };
        assert!(response.difference(&skin, &thicker) < 1e-12);
    }
}
