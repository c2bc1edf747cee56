//! How much light the tissue of a patch sends back at each wavelength, for every state that a pixel of it can have.
//!
//! A pixel lies between skin and mark by a share g; its melanin and its blood stray from what that says by factors. A
//! spectrum is computed by adding–doubling for each rung of two ladders:
//!
//! * M(g, q): the epidermis at g with its melanin times e^q, over the dermis of the skin, as a share of the skin;
//! * R(g, β): the whole tissue at g with the blood of its upper dermis times e^β.
//!
//! Light passes the epidermis as it comes in and as it leaves, at two places. So a pixel lets t = √M in and out and
//! sends back ρ = R/M of what came in: t·(K * tρ) is R over a wide even area, and melanin keeps sharp what blood,
//! deeper, does not. Between rungs values are interpolated; a test holds how far that is off.
//!
//! Limits: what melanin and blood stray together is taken as their product; what covers the skin (a drop of blood, a
//! crust) lets less in and out, as a mask.

use crate::adding_doubling::{DiscreteOrdinates, Layer, OpticsError, reflect};
use crate::colour::{Field, Observer, Xyz};
use crate::skin_optics::{OpticalLaws, SkinState, SpectralTables, blood_per_mm, stack};

use super::spread::{LANES, LightSpread, spread};

/// Groups of bands.
pub(crate) const GROUPS: usize = 4;
/// Rungs from skin to mark, of melanin, and of blood.
const RUNGS: usize = 5;
const MELANIN: usize = 5;
const BLOOD: usize = 3;
// numerical: farthest strays of melanin and blood from what the tissue says, in their logarithm
const MOST_MELANIN: f64 = 0.8;
// numerical: likewise
const MOST_BLOOD: f64 = 0.9;
// numerical: streams within 3e-4 of the reference spectra of skin
const STREAMS: usize = 8;
// numerical: the wavelengths of pictures, nm, and every how many-th tabulated one is taken; the eye sees hardly any
// light beyond, and a test holds what is lost
const SEEN_NM: ([f64; 2], usize) = ([400.0, 700.0], 2);

/// Values of a group of bands.
pub(crate) type Bands = [f32; LANES];

/// What every picture of a case shares: bands, their weights, and the kernel of the skin.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchOptics {
    tables: SpectralTables,
    laws: OpticalLaws,
    streams: DiscreteOrdinates,
    /// Weight of each band for X, Y, Z.
    weights: Vec<[f64; 3]>,
    /// The perfect white.
    pub white: Xyz,
    spreads: Vec<LightSpread>,
    /// The skin around the marks, untouched.
    pub skin: SkinState,
}

/// The two ladders, by group of bands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tints {
    masks: [[[Bands; MELANIN]; RUNGS]; GROUPS],
    returns: [[[Bands; BLOOD]; RUNGS]; GROUPS],
    /// What a cover lets through one way, over bare skin.
    covered: [Bands; GROUPS],
}

/// What lies on the skin where a hole has bled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covering {
    /// How thick, mm.
    pub thickness_mm: f64,
    /// Oxygen saturation of its blood.
    pub saturation: f64,
}

impl PatchOptics {
    /// The optics of pictures of one skin.
    ///
    /// # Errors
    /// [`OpticsError`] where tables, laws or the skin cannot be used.
    pub fn of(tables: &SpectralTables, laws: &OpticalLaws, skin: &SkinState) -> Result<Self, OpticsError> {
        let ([from, to], step) = SEEN_NM;
        let tables = tables.thinned(from, to, step);
        let bands = tables.wavelength_nm.len();
        if bands > GROUPS * LANES || bands == 0 {
            return Err(OpticsError::BadInput {
                reason: format!("{bands} wavelengths between 400 and 700 nm; pictures take sixteen"),
            });
        }
        skin.check()?;
        let streams = DiscreteOrdinates::new(STREAMS, laws.refractive_index)?;
        let observer = Observer::new(&tables, Field::TwoDegrees)?;
        let weights = (0..bands)
            .map(|band| {
                let one: Vec<f64> = (0..bands).map(|other| if other == band { 1.0 } else { 0.0 }).collect();
                observer.xyz(&one).map(|light| [light.x, light.y, light.z])
            })
            .collect::<Result<_, _>>()?;
        let spreads = (0..bands)
            .map(|band| spread(&streams, &layers(&tables, laws, skin, band)?))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            white: observer.white,
            tables,
            laws: *laws,
            streams,
            weights,
            spreads,
            skin: *skin,
        })
    }

    /// Refractive index of the skin.
    pub(crate) fn index(&self) -> f64 {
        self.laws.refractive_index
    }

    /// Kernels and weights of a group of bands; bands that are not there weigh nothing.
    pub(crate) fn group(&self, group: usize) -> ([LightSpread; LANES], [[f32; 3]; LANES]) {
        let at = |lane: usize| (group * LANES + lane).min(self.spreads.len() - 1);
        let weight = |lane: usize| match self.weights.get(group * LANES + lane) {
            Some(weight) => weight.map(|value| value as f32),
            None => [0.0; 3],
        };
        (
            std::array::from_fn(|lane| self.spreads[at(lane)]),
            std::array::from_fn(weight),
        )
    }

    /// The colour of an even tissue as pictures compute it.
    ///
    /// # Errors
    /// [`OpticsError`] where the tissue cannot be solved.
    pub fn even(&self, tissue: &SkinState) -> Result<Xyz, OpticsError> {
        tissue.check()?;
        let mut sum = [0.0; 3];
        for (band, weight) in self.weights.iter().enumerate() {
            let share = self.reflectance(tissue, None, band)?;
            for (sum, weight) in sum.iter_mut().zip(weight) {
                *sum += weight * share;
            }
        }
        Ok(Xyz {
            x: sum[0],
            y: sum[1],
            z: sum[2],
        })
    }

    /// Diffuse reflectance of a tissue at a band, under a cover if there is one.
    fn reflectance(&self, tissue: &SkinState, cover: Option<&Covering>, band: usize) -> Result<f64, OpticsError> {
        let below = layers(&self.tables, &self.laws, tissue, band)?;
        let mut all = Vec::with_capacity(below.len() + 1);
        if let Some(cover) = cover {
            let blood = blood_per_mm(&self.tables, band, cover.saturation, 0.0).unwrap_or_default();
            all.push(Layer {
                absorption_per_mm: blood,
                thickness_mm: cover.thickness_mm,
                ..below[1]
            });
        }
        all.extend(below);
        Ok(reflect(&self.streams, &all)?.collimated_diffuse)
    }

    /// The ladders between a skin and a mark.
    pub(crate) fn tints(
        &self,
        skin: &SkinState,
        mark: &SkinState,
        cover: Option<&Covering>,
    ) -> Result<Tints, OpticsError> {
        skin.check()?;
        mark.check()?;
        let mut found = Tints {
            masks: [[[[1.0; LANES]; MELANIN]; RUNGS]; GROUPS],
            returns: [[[[0.0; LANES]; BLOOD]; RUNGS]; GROUPS],
            covered: [[1.0; LANES]; GROUPS],
        };
        let rung = |place: usize, count: usize, most: f64| most * (2.0 * place as f64 / (count - 1) as f64 - 1.0);
        for band in 0..self.weights.len() {
            let (group, lane) = (band / LANES, band % LANES);
            let bare = self.reflectance(skin, None, band)?;
            if let Some(cover) = cover {
                let seen = self.reflectance(skin, Some(cover), band)?;
                found.covered[group][lane] = (seen / bare).sqrt() as f32;
            }
            for g in 0..RUNGS {
                let tissue = between(skin, mark, g as f64 / (RUNGS - 1) as f64);
                let mask = |stray: f64| {
                    let above = SkinState {
                        melanin_fraction: (tissue.melanin_fraction * stray.exp()).min(1.0),
                        epidermis_mm: tissue.epidermis_mm,
                        epidermis_scattering_scale: tissue.epidermis_scattering_scale,
                        ..*skin
                    };
                    Ok::<f64, OpticsError>(self.reflectance(&above, None, band)? / bare)
                };
                let mut usual = 1.0;
                for q in 0..MELANIN {
                    let share = mask(rung(q, MELANIN, MOST_MELANIN))?;
                    found.masks[group][g][q][lane] = share.sqrt() as f32;
                    // The middle rung strays by nothing.
                    if q == MELANIN / 2 {
                        usual = share;
                    }
                }
                for b in 0..BLOOD {
                    let fuller = SkinState {
                        upper_blood_fraction: (tissue.upper_blood_fraction * rung(b, BLOOD, MOST_BLOOD).exp()).min(1.0),
                        ..tissue
                    };
                    found.returns[group][g][b][lane] = (self.reflectance(&fuller, None, band)? / usual) as f32;
                }
            }
        }
        Ok(found)
    }
}

impl Tints {
    /// What a pixel lets in and out one way, and what it sends back of what came in.
    pub(crate) fn at(&self, group: usize, share: f32, melanin: f32, blood: f32, cover: f32) -> (Bands, Bands) {
        let place = |at: f32, count: usize| {
            let at = at.clamp(0.0, 1.0) * (count - 1) as f32;
            let low = (at as usize).min(count - 2);
            (low, at - low as f32)
        };
        let middle = |stray: f32, most: f64| 0.5 + 0.5 * stray / most as f32;
        let (g, u) = place(share, RUNGS);
        let (q, v) = place(middle(melanin, MOST_MELANIN), MELANIN);
        let (b, w) = place(middle(blood, MOST_BLOOD), BLOOD);
        let (masks, returns) = (&self.masks[group], &self.returns[group]);
        let mut passed = [0.0; LANES];
        let mut back = [0.0; LANES];
        for lane in 0..LANES {
            let mix = |low: f32, high: f32, at: f32| low + at * (high - low);
            let through = mix(
                mix(masks[g][q][lane], masks[g][q + 1][lane], v),
                mix(masks[g + 1][q][lane], masks[g + 1][q + 1][lane], v),
                u,
            );
            passed[lane] = through * mix(1.0, self.covered[group][lane], cover);
            back[lane] = mix(
                mix(returns[g][b][lane], returns[g][b + 1][lane], w),
                mix(returns[g + 1][b][lane], returns[g + 1][b + 1][lane], w),
                u,
            );
        }
        (passed, back)
    }
}

fn layers(
    tables: &SpectralTables,
    laws: &OpticalLaws,
    skin: &SkinState,
    band: usize,
) -> Result<[Layer; 4], OpticsError> {
    stack(tables, laws, skin, band).ok_or_else(|| OpticsError::BadInput {
        reason: "the spectral tables differ in length".to_owned(),
    })
}

/// A tissue between two: melanin by area and scattering in their logarithms, as colour answers; the rest evenly.
pub(crate) fn between(skin: &SkinState, mark: &SkinState, share: f64) -> SkinState {
    let even = |one: f64, other: f64| one + share * (other - one);
    let in_logarithm = |one: f64, other: f64| {
        if one > 0.0 && other > 0.0 {
            one * (other / one).powf(share)
        } else {
            even(one, other)
        }
    };
    SkinState {
        melanin_fraction: in_logarithm(skin.melanin_fraction, mark.melanin_fraction),
        epidermis_mm: in_logarithm(skin.epidermis_mm, mark.epidermis_mm),
        upper_blood_fraction: even(skin.upper_blood_fraction, mark.upper_blood_fraction),
        lower_blood_fraction: even(skin.lower_blood_fraction, mark.lower_blood_fraction),
        epidermis_scattering_scale: in_logarithm(skin.epidermis_scattering_scale, mark.epidermis_scattering_scale),
        upper_scattering_scale: in_logarithm(skin.upper_scattering_scale, mark.upper_scattering_scale),
        lower_scattering_scale: in_logarithm(skin.lower_scattering_scale, mark.lower_scattering_scale),
        ..*skin
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    #![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]
    use needlework_evidence::Book;

    use crate::skin_optics::skin_of_group;

    use super::*;

    fn text(path: &str) -> String {
        std::fs::read_to_string(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    /// Between the rungs of both ladders the light is that of the whole computation, to a few parts in a hundred, and
    /// on them it is the same.
    #[test]
    fn between_rungs_a_pixel_is_as_bright_as_its_tissue() {
        let own = "[[source]]\nkey = \"project\"\ntitle = \"our own judgement\"\n";
        let (numbers, sources) = (
            text("evidence/appearance.toml"),
            text("evidence/sources_appearance.toml"),
        );
        let book = Book::parse(&[("project", own), ("numbers", &numbers), ("sources", &sources)]).unwrap();
        let laws = OpticalLaws::fill(&mut |key| book.value(key).unwrap());
        let tables = SpectralTables::from_csv(
            &text("evidence/optics/cie_10nm.csv"),
            &text("evidence/optics/absorption_10nm.csv"),
        )
        .unwrap();
        for group in ["light", "dark"] {
            let skin = skin_of_group(group, &mut |key| book.value(key).ok()).unwrap();
            let mark = SkinState {
                melanin_fraction: 0.7 * skin.melanin_fraction,
                epidermis_mm: 0.75 * skin.epidermis_mm,
                upper_blood_fraction: 3.0 * skin.upper_blood_fraction,
                upper_scattering_scale: 0.8 * skin.upper_scattering_scale,
                ..skin
            };
            let optics = PatchOptics::of(&tables, &laws, &skin).unwrap();
            let tints = optics.tints(&skin, &mark, None).unwrap();
            for (share, melanin, blood, most) in [
                (0.0, 0.0, 0.0, 1e-4),
                (1.0, 0.0, 0.0, 1e-4),
                (0.5, 0.0, 0.0, 1e-4),
                (0.1, 0.15, -0.2, 0.05),
                (0.4, -0.3, 0.3, 0.05),
                (0.85, 0.5, 0.1, 0.05),
            ] {
                let tissue = between(&skin, &mark, share);
                let tissue = SkinState {
                    melanin_fraction: tissue.melanin_fraction * f64::exp(melanin),
                    upper_blood_fraction: tissue.upper_blood_fraction * f64::exp(blood),
                    ..tissue
                };
                for band in 0..16 {
                    let (passed, back) = tints.at(band / LANES, share as f32, melanin as f32, blood as f32, 0.0);
                    let lane = band % LANES;
                    let found = f64::from(passed[lane] * passed[lane] * back[lane]);
                    let wanted = optics.reflectance(&tissue, None, band).unwrap();
                    let off = (found / wanted - 1.0).abs();
                    assert!(
                        off < most,
                        "{group} {share} {melanin} {blood}, band {band}: {found} {wanted}"
                    );
                }
            }
        }
    }
}
