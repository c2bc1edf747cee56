//! From tissue and light to the pixels of a patch, and what these pixels measure.
//!
//! With what a pixel lets in and out t, what it sends back ρ, its irradiance E, the kernel K of its band and what its
//! surface mirrors S, what is seen at a band is t·(K * tρE) + S. Bands add up to XYZ by the weights of the observer; a
//! white that diffuses all light of level skin has Y = 100 in every picture.
//!
//! Mottling of melanin and blood, furrows and crinkles belong to the scene and stay as they are from picture to picture
//! of a case. Bands are worked out in groups, which may run on several threads and are added in one order, so that the
//! bytes are the same on any number of them.
//!
//! Limits: those of [`super::tints`], [`super::spread`], [`super::relief`] and [`super::light`].

use needlework_numerics::{Interrupted, map_in_order, unwatched};

use crate::adding_doubling::OpticsError;
use crate::colour::{Lab, Xyz, difference_1976, lab};
use crate::fresnel::fresnel;
use crate::skin_optics::SkinState;

use super::light::{Lamp, Lighting};
use super::lines::{MarkLayout, Streaks, Within};
use super::noise::{Pores, Waver};
use super::parameters::PatchParameters;
use super::relief::{Ground, Relief, mesh_mm, places};
use super::spread::{LANES, blur};
use super::tints::{Covering, GROUPS, PatchOptics, Tints};

/// What is drawn of a person at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchLook {
    /// The skin around the marks.
    pub skin: SkinState,
    /// The marks.
    pub mark: SkinState,
    /// Their width, over that at the start.
    pub width: f64,
    /// Their texture, over that at the start.
    pub texture: f64,
    /// Their relief at the start.
    pub relief: Relief,
    /// How the person's patch looks beside its colour.
    pub parameters: PatchParameters,
    /// Where holes have bled.
    pub spots: Vec<Spot>,
    /// What lies there.
    pub covering: Option<Covering>,
}

/// A place where a hole has bled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Place along the picture, mm.
    pub x_mm: f64,
    /// Place down the picture, mm.
    pub y_mm: f64,
    /// Radius, mm.
    pub radius_mm: f64,
    /// How much of what lies there covers the skin, 0 to 1.
    pub thick: f64,
}

/// What does not change from picture to picture of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    streaks: Streaks,
    ground: Ground,
    /// Melanin and blood stray by so many standard deviations.
    melanin: Vec<f32>,
    blood: Vec<f32>,
    /// How far a pixel lies in the mouth of a follicle.
    pores: Vec<f32>,
    rungs: Waver,
    pixels: usize,
    mm_per_pixel: f64,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Pixels along a side.
    pub pixels: usize,
    /// Side of a pixel, mm.
    pub mm_per_pixel: f64,
    /// The white of all pictures: level skin that sends back all light.
    pub white: Xyz,
    /// X, Y and Z of each pixel, row by row from the top; white has Y = 100.
    pub xyz: Vec<[f32; 3]>,
    /// What its pixels measure.
    pub measured: Measured,
}

/// What the pixels of a picture measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Mean colour of the skin around the marks.
    pub skin: Lab,
    /// Mean colour of the middle of the marks; none where no mark is wide enough to have one.
    pub mark: Option<Lab>,
    /// Their difference, ΔE*76.
    pub delta_e: Option<f64>,
    /// How deep the middle of the marks lies below the skin, µm.
    pub depth_um: Option<f64>,
    /// Standard deviation of the luminance of the skin and marks together over their mean: how uneven all looks.
    pub unevenness: f64,
    /// Share of the patch that is mark.
    pub coverage: f64,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq)]
pub enum PictureError {
    /// The tissue cannot be solved.
    Optics(OpticsError),
    /// Threads cannot be started.
    Interrupted(Interrupted),
}

impl std::fmt::Display for PictureError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Optics(error) => error.fmt(out),
            Self::Interrupted(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for PictureError {}

impl From<OpticsError> for PictureError {
    fn from(error: OpticsError) -> Self {
        Self::Optics(error)
    }
}

impl From<Interrupted> for PictureError {
    fn from(error: Interrupted) -> Self {
        Self::Interrupted(error)
    }
}

// numerical: over how many mm melanin and blood stray, in how many octaves
const MOTTLES: [(f64, u32); 2] = [(7.0, 6), (4.0, 4)];
// numerical: how long and how wide rungs of melanin are, along a mark and across it, mm
const RUNG_MM: [f64; 2] = [0.9, 2.6];
// numerical: how much more melanin and blood the mouth of a follicle has, in the logarithm; a hundredth of the skin
const PORE: [f64; 2] = [0.3, 0.35];
// numerical: from which share on a pixel is of the middle of a mark
const MIDDLE: f64 = 0.96;

impl Scene {
    /// The scene of a layout with so many pixels along a side; `mesh` gives the distance of furrows.
    #[must_use]
    pub fn of(layout: &MarkLayout, pixels: usize, parameters: &PatchParameters) -> Self {
        let pixels = pixels.max(1);
        let (seed, mm_per_pixel) = (layout.seed, layout.side_mm / pixels as f64);
        let streaks = Streaks::lay(layout);
        let strays = |name: &str, (scale_mm, octaves): (f64, u32)| {
            let field = Waver::new(seed, name);
            let place = |k: usize| (k as f64 + 0.5) * mm_per_pixel / scale_mm;
            (0..pixels * pixels)
                .map(|i| field.octaves(place(i % pixels), place(i / pixels), octaves) as f32)
                .collect()
        };
        let pores = Pores::new(seed).over(pixels, mm_per_pixel);
        Self {
            ground: Ground::of(
                seed,
                (pixels, mm_per_pixel),
                mesh_mm(parameters),
                streaks.across(),
                &pores,
            ),
            melanin: strays("patch.melanin", MOTTLES[0]),
            blood: strays("patch.blood", MOTTLES[1]),
            pores: pores.into_iter().map(|depth| depth as f32).collect(),
            rungs: Waver::new(seed, "patch.rungs"),
            streaks,
            pixels,
            mm_per_pixel,
        }
    }

    /// The picture of a person at a moment, in a light.
    ///
    /// # Errors
    /// [`PictureError`] where the tissue cannot be solved or threads cannot be started.
    pub fn show(
        &self,
        optics: &PatchOptics,
        shown: &PatchLook,
        lighting: Lighting,
        threads: usize,
    ) -> Result<Picture, PictureError> {
        let (pixels, step) = (self.pixels, self.mm_per_pixel);
        let within = places(&self.streaks, pixels, step, shown.width);
        let heights = self.ground.surface(&within, &shown.relief, shown.texture);
        let tints = optics.tints(&shown.skin, &shown.mark, shown.covering.as_ref())?;
        let states = self.states(&within, shown);
        let lamp = Lamp::of(lighting, self.streaks.across());
        let slopes: Vec<[f64; 2]> = (0..within.len()).map(|i| slopes(&heights, pixels, i, step)).collect();
        let lit: Vec<f32> = slopes.iter().map(|slopes| lamp.lights(*slopes) as f32).collect();
        let groups = map_in_order(threads, GROUPS, &mut unwatched, |group| {
            group_light(optics, &tints, &states, &lit, group, (pixels, step))
        })?;
        let (head_on, _) = fresnel(1.0, optics.index(), 1.0);
        let white = [optics.white.x as f32, optics.white.y as f32, optics.white.z as f32];
        let parameters = &shown.parameters;
        let shining = shown.texture.clamp(0.0, 1.0);
        let xyz: Vec<[f32; 3]> = (0..within.len())
            .map(|i| {
                let mut sum = [0.0; 3];
                for group in &groups {
                    for (sum, part) in sum.iter_mut().zip(group[i]) {
                        *sum += part;
                    }
                }
                let flat = parameters.skin_roughness
                    + (parameters.mark_roughness - parameters.skin_roughness) * within[i].share * shining;
                let mirrored = lamp.mirrors(slopes[i], flat, head_on) as f32;
                std::array::from_fn(|axis| sum[axis] + mirrored * white[axis])
            })
            .collect();
        let measured = measured(&xyz, &within, &heights, optics.white);
        Ok(Picture {
            pixels,
            mm_per_pixel: step,
            white: optics.white,
            xyz,
            measured,
        })
    }

    /// What each pixel is: share of mark, strays of melanin and blood, share that is covered.
    fn states(&self, within: &[Within], shown: &PatchLook) -> Vec<[f32; 4]> {
        let parameters = &shown.parameters;
        let mut states: Vec<[f32; 4]> = within
            .iter()
            .enumerate()
            .map(|(i, place)| {
                let rung = if place.share > 0.0 {
                    self.rungs
                        .octaves(place.along_mm / RUNG_MM[0], place.across_mm / RUNG_MM[1], 2)
                } else {
                    0.0
                };
                // Means stay: e^{σn − σ²/2} is one on average.
                let even = |sd: f64, stray: f64| sd * stray - 0.5 * sd * sd;
                let melanin = even(parameters.melanin_mottle, f64::from(self.melanin[i]))
                    + place.share * even(parameters.melanin_rungs, rung);
                // Marks have hardly any follicles.
                let pore = f64::from(self.pores[i]) * (1.0 - place.share);
                let melanin = melanin + PORE[0] * pore;
                let blood = even(parameters.blood_mottle, f64::from(self.blood[i])) + PORE[1] * pore;
                [place.share as f32, melanin as f32, blood as f32, 0.0]
            })
            .collect();
        for spot in &shown.spots {
            self.cover(&mut states, spot);
        }
        states
    }

    /// Covers the pixels of a spot, with a rim of a pixel.
    fn cover(&self, states: &mut [[f32; 4]], spot: &Spot) {
        let (step, radius) = (self.mm_per_pixel, spot.radius_mm.max(0.0));
        let reach = |at: f64| {
            let pixel = |mm: f64| ((mm / step).floor().max(0.0) as usize).min(self.pixels);
            pixel(at - radius - step)..pixel(at + radius + 2.0 * step)
        };
        for row in reach(spot.y_mm) {
            for column in reach(spot.x_mm) {
                let place = |k: usize| (k as f64 + 0.5) * step;
                let distance = (place(column) - spot.x_mm).hypot(place(row) - spot.y_mm);
                // A spot smaller than a pixel covers its share of it.
                let share = ((radius - distance) / step + 0.5).clamp(0.0, 1.0)
                    * (std::f64::consts::PI * (radius / step).powi(2)).min(1.0)
                    * spot.thick;
                let covered = &mut states[row * self.pixels + column][3];
                *covered = covered.max(share as f32);
            }
        }
    }
}

/// X, Y and Z of one group of bands.
fn group_light(
    optics: &PatchOptics,
    tints: &Tints,
    states: &[[f32; 4]],
    lit: &[f32],
    group: usize,
    (pixels, step): (usize, f64),
) -> Vec<[f32; 3]> {
    let (spreads, weights) = optics.group(group);
    let (passed, sent): (Vec<[f32; LANES]>, Vec<[f32; LANES]>) = states
        .iter()
        .zip(lit)
        .map(|(&[share, melanin, blood, cover], light)| {
            let (passes, back) = tints.at(group, share, melanin, blood, cover);
            let sent = std::array::from_fn(|lane| passes[lane] * back[lane] * light);
            (passes, sent)
        })
        .unzip();
    let blurred = blur(&sent, pixels, &spreads, step);
    passed
        .iter()
        .zip(&blurred)
        .map(|(passes, light)| {
            let mut sum = [0.0; 3];
            for lane in 0..LANES {
                let seen = passes[lane] * light[lane];
                for axis in 0..3 {
                    sum[axis] += weights[lane][axis] * seen;
                }
            }
            sum
        })
        .collect()
}

/// Slopes of a height field in µm along x and y at a pixel.
fn slopes(heights: &[f32], pixels: usize, i: usize, mm_per_pixel: f64) -> [f64; 2] {
    let (column, row) = (i % pixels, i / pixels);
    let at = |column: usize, row: usize| f64::from(heights[row * pixels + column]);
    let (left, right) = (column.saturating_sub(1), (column + 1).min(pixels - 1));
    let (up, down) = (row.saturating_sub(1), (row + 1).min(pixels - 1));
    let per = |rise: f64, steps: usize| {
        if steps == 0 {
            0.0
        } else {
            rise / (steps as f64 * mm_per_pixel * needlework_units::UM_PER_MM)
        }
    };
    [
        per(at(right, row) - at(left, row), right - left),
        per(at(column, down) - at(column, up), down - up),
    ]
}

fn measured(xyz: &[[f32; 3]], within: &[Within], heights: &[f32], white: Xyz) -> Measured {
    let mean = |takes: &dyn Fn(&Within) -> bool| {
        let (mut sum, mut height, mut count) = ([0.0; 3], 0.0, 0_usize);
        for ((pixel, place), rise) in xyz.iter().zip(within).zip(heights) {
            if takes(place) {
                for (sum, part) in sum.iter_mut().zip(pixel) {
                    *sum += f64::from(*part);
                }
                height += f64::from(*rise);
                count += 1;
            }
        }
        let over = |value: f64| value / count as f64;
        (count > 0).then(|| {
            let colour = Xyz {
                x: over(sum[0]),
                y: over(sum[1]),
                z: over(sum[2]),
            };
            (lab(colour, white), over(height))
        })
    };
    let between = mean(&|place| place.share <= 0.0);
    let mark = mean(&|place| place.share >= MIDDLE);
    // Where marks leave no skin, its colour is that of the whole patch, and nothing is said of a difference.
    let pair = mark.zip(between);
    let (skin, _) = between.or_else(|| mean(&|_| true)).unwrap_or((lab(white, white), 0.0));
    let covered = within.iter().filter(|place| place.share >= 0.5).count();
    let light: Vec<f64> = xyz.iter().map(|pixel| f64::from(pixel[1])).collect();
    let bright = needlework_numerics::mean(&light);
    Measured {
        skin,
        mark: mark.map(|(colour, _)| colour),
        delta_e: pair.map(|((colour, _), (skin, _))| difference_1976(colour, skin)),
        depth_um: pair.map(|((_, low), (_, level))| level - low),
        unevenness: if bright > 0.0 {
            needlework_numerics::standard_deviation(&light) / bright
        } else {
            0.0
        },
        coverage: covered as f64 / within.len().max(1) as f64,
    }
}
