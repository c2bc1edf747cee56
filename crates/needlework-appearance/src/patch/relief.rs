//! The surface of a mark and of the skin around it, as a height field in µm.
//!
//! **Dent.** A mark's dermis is thinner than the skin's by Δ = H − T. Fat that bulges into the gap makes up a share s
//! of it; what is left, (1 − s)Δ, shows above or below. The sheet lies on fat as on springs of stiffness k = E/h for
//! each area (modulus and thickness of the fat) and is pulled straight by the tension N = σH of skin in life. With the
//! middle of the sheet at z, ℓ² z″ = z + g(1 − s)Δ/2 with ℓ = √(N/k), and the surface lies half a thickness above:
//!
//! h = −½(1 − s)Δ (g + e^{−|x|/ℓ}/2ℓ * g),
//!
//! with the share g of mark. Without tension the ground of the dermis stays flat and the surface sinks by all of it, a
//! taut sheet keeps its middle straight and the surface sinks by half. Healing fills the dent as it does texture: what
//! is left of it is the texture of [`crate::Appearance`], so pictures and scores agree.
//!
//! **Fine texture.** Primary furrows divide skin into plateaus; in a mark they are flattened to a share. A mark's
//! epidermis crinkles square to the mark, as a stiff film on a soft ground that is pulled across it does, with the
//! wavelength 2π·d·(E_f/3E_s)^{1/3} (Bowden 1998), d the thickness of the epidermis.
//!
//! Assumptions: how much fat makes up for, depths of furrows and crinkles are priors of ours, since no profile of a
//! stretch mark in µm could be read. The fibres' direction enters by the direction of the tension alone. Limits: small
//! slopes; no hair.

use needlework_skin::Skin;
use needlework_units::{Length, UM_PER_MM};

use super::lines::{Streaks, Within};
use super::noise::{Mesh, Waver};
use super::parameters::PatchParameters;
use super::spread::yielding;

/// What decides the relief of one person's mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relief {
    /// How much of the missing dermis shows, µm, before any healing.
    pub missing_um: f64,
    /// Length over which tension keeps the sheet straight, mm.
    pub straight_mm: f64,
    /// Wavelength of the crinkles, mm.
    pub crinkle_mm: f64,
    /// Depth of the crinkles of a mark, µm.
    pub crinkle_um: f64,
    /// Depth of the skin's furrows, µm.
    pub furrow_um: f64,
    /// Share of it that a mark keeps.
    pub kept: f64,
}

impl Relief {
    /// The relief of a mark with a dermis of its own thickness in a person's skin.
    #[must_use]
    pub fn of(skin: &Skin, mark_dermis: Length, epidermis_mm: f64, parameters: &PatchParameters) -> Self {
        let missing_mm = (skin.dermis.mm() - mark_dermis.mm()) * (1.0 - parameters.made_up.clamp(0.0, 1.0));
        // Stress times thickness over modulus by thickness: a length squared.
        let pull = parameters.tension.kpa() * skin.dermis.mm();
        let spring = skin.mechanics.fat.kpa() / skin.fat.mm();
        Self {
            missing_um: missing_mm * UM_PER_MM,
            straight_mm: (pull / spring).sqrt(),
            crinkle_mm: 2.0 * std::f64::consts::PI * epidermis_mm * (parameters.film_ratio / 3.0).cbrt(),
            crinkle_um: parameters.crinkle.mm() * UM_PER_MM,
            furrow_um: parameters.furrow.mm() * UM_PER_MM,
            kept: parameters.furrows_kept.clamp(0.0, 1.0),
        }
    }

    /// How deep the middle of a mark lies below the skin, µm, where it is much narrower than the sheet is straight, and
    /// where it is much wider: the two ends of what a picture can show.
    #[must_use]
    pub fn depth_um(&self, texture: f64) -> [f64; 2] {
        let all = self.missing_um * texture;
        [0.5 * all, all]
    }

    /// How deep the middle of a long straight mark of that width lies below the skin, µm, in closed form.
    #[must_use]
    pub fn depth_of_width_um(&self, texture: f64, width_mm: f64) -> f64 {
        let [_, all] = self.depth_um(texture);
        0.5 * all * (2.0 - (-0.5 * width_mm / self.straight_mm).exp())
    }
}

/// The parts of a height field that no mark and no healing changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ground {
    /// Pixels along a side, and the side of one, mm.
    grid: (usize, f64),
    /// Furrows, as shares of their depth below the plateaus, with a mean of none.
    furrows: Vec<f32>,
    crinkles: Waver,
}

impl Ground {
    /// The furrows of a patch; `pores` says how far each pixel lies in the mouth of a follicle.
    pub(crate) fn of(seed: u64, grid: (usize, f64), mesh_mm: f64, across: [f64; 2], pores: &[f64]) -> Self {
        let (pixels, mm_per_pixel) = grid;
        let mesh = Mesh::new(seed, "patch.furrows");
        let warp = Waver::new(seed, "patch.furrows.warp");
        // numerical: how far furrows sway, in sides of a cell, and over how many of them
        const SWAY: [f64; 2] = [0.35, 2.5];
        // numerical: half the width of a furrow, in sides of a cell; and how much longer than wide a cell is
        const SHAPE: [f64; 2] = [0.17, 1.15];
        let depth = |i: usize| {
            let (px, py) = (
                (i % pixels) as f64 * mm_per_pixel / mesh_mm,
                (i / pixels) as f64 * mm_per_pixel / mesh_mm,
            );
            // Cells are longer along the tension line.
            let (u, v) = (
                (px * across[0] + py * across[1]) / SHAPE[1],
                py * across[0] - px * across[1],
            );
            let sway = SWAY[0] * warp.octaves(u / SWAY[1], v / SWAY[1], 2);
            let border = mesh.border_distance(u + sway, v - sway) / SHAPE[0];
            -((-border * border).exp() + pores[i]) as f32
        };
        let mut furrows: Vec<f32> = (0..pixels * pixels).map(depth).collect();
        let mean = furrows.iter().map(|value| f64::from(*value)).sum::<f64>() / furrows.len().max(1) as f64;
        for value in &mut furrows {
            *value -= mean as f32;
        }
        Self {
            grid,
            furrows,
            crinkles: Waver::new(seed, "patch.crinkles"),
        }
    }

    /// The dent of the marks alone, µm: its mean over skin without marks is near none.
    pub(crate) fn dent(&self, within: &[Within], relief: &Relief, texture: f64) -> Vec<f32> {
        let (pixels, mm_per_pixel) = self.grid;
        let share: Vec<f32> = within.iter().map(|place| place.share as f32).collect();
        let taut = yielding(&share, pixels, relief.straight_mm / mm_per_pixel);
        let half = (0.5 * relief.missing_um * texture) as f32;
        share
            .iter()
            .zip(taut)
            .map(|(own, pulled)| -half * (own + pulled))
            .collect()
    }

    /// The whole surface, µm.
    pub(crate) fn surface(&self, within: &[Within], relief: &Relief, texture: f64) -> Vec<f32> {
        let mut heights = self.dent(within, relief, texture);
        let left = texture.clamp(0.0, 1.0);
        for (i, height) in heights.iter_mut().enumerate() {
            let place = within[i];
            let flat = 1.0 - (1.0 - relief.kept) * place.share * left;
            *height += (relief.furrow_um * flat) as f32 * self.furrows[i];
            if place.share > 0.0 {
                // Crests run across the mark: they change fast along it and slowly across.
                // numerical: how much longer than wide a crinkle is
                const LONG: f64 = 3.0;
                let wave = self.crinkles.octaves(
                    2.0 * place.along_mm / relief.crinkle_mm,
                    2.0 * place.across_mm / relief.crinkle_mm / LONG,
                    2,
                );
                *height += (0.5 * relief.crinkle_um * texture * place.share * wave) as f32;
            }
        }
        heights
    }
}

/// How far a person's furrows are apart, mm.
pub(crate) fn mesh_mm(parameters: &PatchParameters) -> f64 {
    parameters.furrow_mesh.mm()
}

/// Which marks a surface has, pixel by pixel.
pub(crate) fn places(streaks: &Streaks, pixels: usize, mm_per_pixel: f64, width_ratio: f64) -> Vec<Within> {
    (0..pixels * pixels)
        .map(|i| {
            let place = |k: usize| (k as f64 + 0.5) * mm_per_pixel;
            streaks.within(place(i % pixels), place(i / pixels), width_ratio)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::noise::Pores;
    use super::*;

    fn relief() -> Relief {
        Relief {
            missing_um: 100.0,
            straight_mm: 1.0,
            crinkle_mm: 0.8,
            crinkle_um: 12.0,
            furrow_um: 25.0,
            kept: 0.3,
        }
    }

    fn dent(width_mm: f64, straight_mm: f64) -> f64 {
        let (pixels, step) = (201, 0.1);
        let within: Vec<Within> = (0..pixels * pixels)
            .map(|i| Within {
                share: if ((i % pixels) as f64 - 100.0).abs() * step <= 0.5 * width_mm {
                    1.0
                } else {
                    0.0
                },
                along_mm: 0.0,
                across_mm: 0.0,
            })
            .collect();
        let ground = Ground::of(1, (pixels, step), 0.6, [1.0, 0.0], &Pores::new(1).over(pixels, step));
        let relief = Relief {
            straight_mm,
            ..relief()
        };
        -f64::from(ground.dent(&within, &relief, 1.0)[100 * pixels + 100])
    }

    /// h(0) = −½M(1 + 1 − e^{−w/2ℓ}) for a strip of width w: the closed form of the sheet under tension.
    #[test]
    fn a_strip_sinks_as_the_closed_form_says() {
        for (width, straight) in [(4.0, 1.0), (2.0, 2.0), (6.0, 0.5)] {
            let wanted = 50.0 * (2.0 - f64::exp(-0.5 * width / straight));
            let found = dent(width, straight);
            assert!(
                (found / wanted - 1.0).abs() < 0.04,
                "{width} {straight}: {found} {wanted}"
            );
        }
    }

    #[test]
    fn tension_halves_the_dent_at_most_and_lies_between_the_stated_ends() {
        let [least, most] = relief().depth_um(1.0);
        let (slack, taut) = (dent(6.0, 0.05), dent(2.0, 50.0));
        assert!((slack / most - 1.0).abs() < 0.02, "{slack} {most}");
        assert!((taut / least - 1.0).abs() < 0.05, "{taut} {least}");
    }

    #[test]
    fn a_healed_mark_is_as_flat_as_its_texture_says_and_one_without_any_keeps_the_skins_furrows() {
        let (pixels, step) = (80, 0.1);
        let within = vec![
            Within {
                share: 1.0,
                along_mm: 3.0,
                across_mm: 0.0,
            };
            pixels * pixels
        ];
        let ground = Ground::of(1, (pixels, step), 0.6, [1.0, 0.0], &Pores::new(1).over(pixels, step));
        let none = ground.surface(&vec![Within::default(); pixels * pixels], &relief(), 1.0);
        let healed = ground.surface(&within, &relief(), 0.0);
        for (healed, none) in healed.iter().zip(&none) {
            assert!((healed - none).abs() < 1e-4);
        }
    }
}
