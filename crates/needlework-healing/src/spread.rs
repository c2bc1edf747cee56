//! Depth-resolved injury for the cohort's column: a closure derived from the reaction–diffusion model in
//! [`crate::field`].
//!
//! The cohort's column is a set of ordinary differential equations, one at each depth, without exchange between depths:
//! all synthesis stays where the needle was. In tissue the signal diffuses out of the injured depth, upwards and
//! downwards, and so do the fibroblasts that proliferate under it. The response to a small wound is linear. Integrated
//! over time, synthesis at depth x is therefore that of a column without exchange whose injured share φ was filtered by
//! the steady Green's functions of both species:
//!
//! φ̃ = [d·G_λ φ + f·G_ℓ G_λ φ − l·G_ℓ φ]₊,  d + f − l = 1,
//!
//! with G_λ u − ∇·(λ²·c(z)·∇ G_λ u) = u, c less than 1 in epidermis and fat, sealed; G_ℓ the same with the range of
//! fibroblasts in the dermis alone; d the part of a gain that the signal (and what myofibroblasts it makes) drives at
//! its place, f that of the fibroblasts bred by it, l that of the fibroblasts that the needle takes, all three from the
//! cascade of a vanishing wound. Nothing in it is fitted: λ, ℓ and c are those of [`crate::field`].
//!
//! The answer takes (1 − w)·φ + w·φ̃. At w = 1 the column gains what a round cell of the same rates gains; but those
//! rates come from wounds of millimetres, out of which signal and fibroblasts spread too, so that they hold a part of
//! the loss already. How much is not known; w is an assumption (`evidence/field.toml`).
//!
//! Assumptions: linearity, which holds up to a share of a tenth and where saturation by amplification is left to
//! [`crate::respond()`]; the time course of an answer stays that of a place. Limits: holes far apart beside the range
//! answer as their mean (the round cell says by how much they don't: a test holds the closure against it, and gives
//! where it is off).

use needlework_numerics::steady;
use needlework_puncture::Holes;

use crate::cascade::Kinetics;
use crate::field::{FieldParameters, Layers};

/// What the sessions of a course injure, as tissue answers to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Injury {
    /// The share that each depth cell of the dermis answers to.
    pub shares: Vec<f64>,
    /// The injured share just below the epidermis, which the epidermis answers to.
    pub top: f64,
}

impl Injury {
    /// The share that the most injured place answers to.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.shares.iter().copied().fold(0.0, f64::max)
    }

    /// Where every place keeps its own: a tissue that is injured evenly.
    #[must_use]
    pub fn in_place(holes: &Holes) -> Self {
        Self {
            shares: holes.injured.clone(),
            top: holes.injured_top,
        }
    }

    /// After signal and fibroblasts have spread as far as the parameters count it; the depth cells of `holes` divide
    /// the dermis of `layers` evenly.
    #[must_use]
    pub fn spread(holes: &Holes, layers: &Layers, parameters: &FieldParameters, kinetics: &Kinetics) -> Self {
        let count = holes.injured.len();
        let counted = parameters.spatial_loss_fraction;
        if counted <= 0.0 || holes.injured.iter().all(|share| *share <= 0.0) {
            return Self::in_place(holes);
        }
        // The signal is solved over epidermis, dermis and fat, because it leaks into both neighbours of the dermis and
        // comes back; fibroblasts are solved over the dermis alone.
        let cell_mm = layers.dermis_mm / count as f64;
        let edges = layers.edges(cell_mm);
        let widths: Vec<f64> = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // Half a cell's leeway, so that rounding moves no edge across the border.
        let above = edges[1..].partition_point(|bottom| *bottom < layers.epidermis_mm + 0.5 * cell_mm);
        let range = parameters.signal_range.mm();
        let diffusivity: Vec<f64> = (0..widths.len())
            .map(|i| {
                let relative = if i < above {
                    parameters.epidermis_spread
                } else if i < above + count {
                    1.0
                } else {
                    parameters.fat_spread
                };
                range * range * relative
            })
            .collect();
        let mut source = vec![0.0; widths.len()];
        source[above..above + count].copy_from_slice(&holes.injured);
        let signal = steady(&widths, &diffusivity, 1.0, &source);
        let signal = &signal[above..above + count];
        let wander = parameters.fibroblast_range.mm();
        let in_dermis = &widths[above..above + count];
        let settle = |source: &[f64]| steady(in_dermis, &vec![wander * wander; count], 1.0, source);
        // Proliferation follows the signal that has spread, so its source is the filtered signal (G_ℓ G_λ φ); the
        // fibroblasts that the needle takes are missing where it was (G_ℓ φ).
        let (bred, lost) = (settle(signal), settle(&holes.injured));
        let parts = kinetics.gain_shares();
        let shares = (0..count).map(|i| {
            let felt = parts.direct * signal[i] + parts.bred * bred[i] - parts.lost * lost[i];
            (1.0 - counted) * holes.injured[i] + counted * felt.max(0.0)
        });
        Self {
            shares: shares.collect(),
            top: holes.injured_top,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cascade::tests::{book, kinetics};
    use needlework_units::Length;

    fn parameters(range_mm: f64, wander_mm: f64) -> FieldParameters {
        let book = book();
        let mut p = FieldParameters::fill(&mut |key| book.value(key).unwrap());
        p.signal_range = Length::from_mm(range_mm);
        p.fibroblast_range = Length::from_mm(wander_mm);
        p.spatial_loss_fraction = 1.0;
        p
    }

    fn holes(injured: Vec<f64>) -> Holes {
        Holes {
            injured_top: injured[0],
            injured,
            ..needlework_puncture::example::holes()
        }
    }

    const LAYERS: Layers = Layers {
        epidermis_mm: 0.1,
        dermis_mm: 1.2,
        fat_mm: 1.0,
    };

    fn shallow() -> Holes {
        holes((0..24).map(|i| if i < 12 { 0.05 } else { 0.0 }).collect())
    }

    #[test]
    fn what_is_not_counted_stays_in_place_to_the_last_bit_and_half_is_halfway() {
        let of = |counted| {
            let p = FieldParameters {
                spatial_loss_fraction: counted,
                ..parameters(0.47, 0.46)
            };
            Injury::spread(&shallow(), &LAYERS, &p, &kinetics()).shares
        };
        let (none, half, all) = (of(0.0), of(0.5), of(1.0));
        assert_eq!(none, shallow().injured);
        for i in 0..none.len() {
            assert!((half[i] - 0.5 * (none[i] + all[i])).abs() < 1e-15);
        }
    }

    #[test]
    fn nothing_that_ranges_nowhere_leaves_its_place() {
        let felt = Injury::spread(&shallow(), &LAYERS, &parameters(1e-4, 1e-4), &kinetics());
        for (felt, share) in felt.shares.iter().zip(&shallow().injured) {
            assert!((felt - share).abs() < 1e-4, "{felt} {share}");
        }
    }

    #[test]
    fn the_further_a_signal_ranges_the_less_is_left_at_the_surface_and_the_more_below() {
        let at = |range| Injury::spread(&shallow(), &LAYERS, &parameters(range, 0.46), &kinetics()).shares;
        let ranges = [0.07, 0.47, 3.2].map(at);
        for pair in ranges.windows(2) {
            assert!(pair[1][0] < pair[0][0]);
            assert!(
                pair[1].iter().sum::<f64>() < pair[0].iter().sum::<f64>(),
                "some is lost to fat and epidermis"
            );
        }
        assert!(ranges[1][20] > ranges[0][20]);
        assert!(ranges.iter().flatten().all(|share| (0.0..=0.05).contains(share)));
    }

    #[test]
    fn a_sealed_dermis_that_is_injured_evenly_keeps_all() {
        let alone = Layers {
            epidermis_mm: 0.0,
            fat_mm: 0.0,
            ..LAYERS
        };
        let felt = Injury::spread(&holes(vec![0.03; 24]), &alone, &parameters(0.47, 0.46), &kinetics());
        assert!(
            felt.shares.iter().all(|share| (share / 0.03 - 1.0).abs() < 1e-9),
            "{felt:?}"
        );
    }
}
