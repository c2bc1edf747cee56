//! How far light wanders sideways in skin before it comes back, and the blur that this is, band by band.
//!
//! Diffusion in a half space (Patterson, Chance and Wilson 1989): of light that went in at a point, what leaves after
//! the path c·t leaves in a Gaussian about that point with the variance 2·D·c·t for each axis, in the share
//!
//! f(t) ∝ t^{−3/2} e^{−μ_a c t} [z₀ e^{−z₀²/4Dct} + z_p e^{−z_p²/4Dct}],
//! z₀ = 1/(μ_a + μ_s′),  D = z₀/3,  z_p = z₀(1 + 4A/3),
//!
//! A from the diffuse reflectance of the surface from within. So the dipole's profile is a mixture of Gaussians: f is
//! cut into parts of stated shares and each part takes its mean variance, which keeps the variance of the whole. Light
//! that comes from the epidermis alone hardly wanders; its share is the reflectance of the epidermis over black, over
//! that of the whole.
//!
//! A Gaussian is three recursive filters forth and back in each direction: of unit gain, exact in variance, and equal
//! in work for any width. Beyond the edge skin goes on as at the edge.
//!
//! Limits: one dermis, μ_a and μ_s′ averaged over its upper half millimetre; light that scatters once is taken as if it
//! had diffused; the kernel is that of the skin between the marks. Against Monte Carlo: see the tests.

use crate::adding_doubling::{DiscreteOrdinates, Layer, OpticsError, reflect};
use crate::fresnel::fresnel;

/// Gaussians of a kernel.
pub(crate) const PARTS: usize = 3;
/// Bands that are blurred together.
pub(crate) const LANES: usize = 4;

/// The kernel of one band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LightSpread {
    /// Share of the light that leaves where it came in.
    pub stays: f64,
    /// Share of each Gaussian.
    pub shares: [f64; PARTS],
    /// Standard deviation of each Gaussian along an axis, mm.
    pub sd_mm: [f64; PARTS],
}

// numerical: shares of the light by the length of its path, shortest first
const CUTS: [f64; PARTS] = [0.5, 0.3, 0.2];
// numerical: paths are followed from a hundredth of the transport length to ten thousand of them, in so many steps
const PATHS: (f64, f64, usize) = (0.01, 1e4, 600);
// numerical: depth over which the dermis is averaged, mm
const AVERAGED_MM: f64 = 0.5;
// numerical: how black the ground is that shows what the epidermis gives back alone, per mm
const BLACK_PER_MM: f64 = 1e4;

/// Of light that reaches the surface from within in all directions, what it sends back.
fn returned(streams: &DiscreteOrdinates) -> f64 {
    let index = streams.densest().refractive_index;
    let flux: f64 = streams.nodes().map(|(nu, w)| nu * w).sum();
    let back = streams.nodes().map(|(nu, w)| nu * w * fresnel(index, 1.0, nu).0);
    back.sum::<f64>() / flux
}

/// The kernel of a stack of skin whose first layer is the epidermis.
pub(crate) fn spread(streams: &DiscreteOrdinates, stack: &[Layer]) -> Result<LightSpread, OpticsError> {
    let whole = reflect(streams, stack)?.collimated_diffuse;
    let Some((epidermis, below)) = stack.split_first() else {
        return Ok(unspread());
    };
    let black = Layer {
        absorption_per_mm: BLACK_PER_MM,
        scattering_per_mm: 0.0,
        thickness_mm: 1.0,
        ..*epidermis
    };
    let alone = reflect(streams, &[*epidermis, black])?.collimated_diffuse;
    let (mut absorption, mut reduced, mut left) = (0.0, 0.0, AVERAGED_MM);
    for layer in below {
        let taken = layer.thickness_mm.min(left);
        absorption += taken * layer.absorption_per_mm;
        reduced += taken * layer.scattering_per_mm * (1.0 - layer.anisotropy);
        left -= taken;
    }
    let depth = AVERAGED_MM - left;
    if depth <= 0.0 || reduced <= 0.0 || whole <= 0.0 {
        return Ok(unspread());
    }
    let back = returned(streams);
    let sd_mm = deviations(absorption / depth, reduced / depth, (1.0 + back) / (1.0 - back));
    let stays = (alone / whole).clamp(0.0, 1.0);
    Ok(LightSpread {
        stays,
        shares: CUTS.map(|share| share * (1.0 - stays)),
        sd_mm,
    })
}

fn unspread() -> LightSpread {
    LightSpread {
        stays: 1.0,
        shares: [0.0; PARTS],
        sd_mm: [0.0; PARTS],
    }
}

/// Standard deviation of each part of the dipole, mm.
fn deviations(absorption_per_mm: f64, reduced_per_mm: f64, mismatch: f64) -> [f64; PARTS] {
    let depth = (absorption_per_mm + reduced_per_mm).recip();
    let diffusion = depth / 3.0;
    let image = depth * (1.0 + 4.0 * mismatch / 3.0);
    let (least, most, steps) = PATHS;
    let stretch = (most / least).ln() / steps as f64;
    // Weight and variance of light by its path, on a logarithmic grid, on which a step is in proportion to the path.
    let light: Vec<(f64, f64)> = (0..=steps)
        .map(|step| {
            let path = least * depth * (stretch * step as f64).exp();
            let wide = 4.0 * diffusion * path;
            let source = |z: f64| z * (-z * z / wide).exp();
            let weight = path.sqrt().recip() * (-absorption_per_mm * path).exp() * (source(depth) + source(image));
            (weight, 0.5 * wide)
        })
        .collect();
    let total: f64 = light.iter().map(|(weight, _)| weight).sum();
    let mut found = [0.0; PARTS];
    let mut steps = light.into_iter();
    let (mut weight, mut variance) = steps.next().unwrap_or((0.0, 0.0));
    for (sd, share) in found.iter_mut().zip(CUTS) {
        let (wanted, mut filled, mut sum) = (share * total, 0.0, 0.0);
        // Ends: each turn takes a step of the list or fills the part.
        while filled < wanted {
            let taken = weight.min(wanted - filled);
            filled += taken;
            sum += taken * variance;
            weight -= taken;
            if weight <= 0.0 {
                let Some(next) = steps.next() else { break };
                (weight, variance) = next;
            }
        }
        *sd = if filled > 0.0 { (sum / filled).sqrt() } else { 0.0 };
    }
    found
}

/// Share of the light that leaves within a distance of where it came in.
#[cfg(test)]
fn within(spread: &LightSpread, distance_mm: f64) -> f64 {
    let parts = spread.shares.iter().zip(spread.sd_mm);
    spread.stays
        + parts
            .map(|(share, sd)| share * -(-0.5 * (distance_mm / sd).powi(2)).exp_m1())
            .sum::<f64>()
}

/// The step of a first-order filter that, forth and back and three times, has a variance (in squares of pixels).
fn step_of(variance: f64) -> f32 {
    // numerical: filters forth and back that stand for one Gaussian
    const TIMES: f64 = 3.0;
    let v = variance / TIMES;
    // From v = 2p/(1 − p)² for the pole p, and the step is 1 − p; written so that little variance loses no digits.
    let root = (1.0 + 2.0 * v).sqrt();
    (2.0 / (1.0 + root)) as f32
}

/// Blurs maps of four bands, `width` pixels a row, each by its own kernel.
pub(crate) fn blur(
    maps: &[[f32; LANES]],
    width: usize,
    spreads: &[LightSpread; LANES],
    mm_per_pixel: f64,
) -> Vec<[f32; LANES]> {
    let mut found: Vec<[f32; LANES]> = maps
        .iter()
        .map(|pixel| std::array::from_fn(|lane| pixel[lane] * spreads[lane].stays as f32))
        .collect();
    let mut work = maps.to_vec();
    for part in 0..PARTS {
        work.copy_from_slice(maps);
        let steps = spreads.map(|spread| step_of((spread.sd_mm[part] / mm_per_pixel).powi(2)));
        // numerical: the same three times as in the step
        for _ in 0..3 {
            smooth(&mut work, width, steps);
        }
        for (sum, blurred) in found.iter_mut().zip(&work) {
            for lane in 0..LANES {
                sum[lane] += blurred[lane] * spreads[lane].shares[part] as f32;
            }
        }
    }
    found
}

/// One filter forth and back along rows and columns.
fn smooth(maps: &mut [[f32; LANES]], width: usize, steps: [f32; LANES]) {
    let towards = |value: &mut [f32; LANES], last: &mut [f32; LANES]| {
        for lane in 0..LANES {
            last[lane] += steps[lane] * (value[lane] - last[lane]);
        }
        *value = *last;
    };
    for row in maps.chunks_exact_mut(width) {
        let mut last = row[0];
        for value in row.iter_mut() {
            towards(value, &mut last);
        }
        for value in row.iter_mut().rev() {
            towards(value, &mut last);
        }
    }
    let rows = maps.len() / width;
    let mut lasts = maps[..width].to_vec();
    for row in (0..rows).chain((0..rows).rev()) {
        let line = &mut maps[row * width..(row + 1) * width];
        for (value, last) in line.iter_mut().zip(&mut lasts) {
            towards(value, last);
        }
    }
}

/// A field of one number, smoothed by e^{−|x|/ℓ} along both axes: what a sheet under tension on a springy ground does.
pub(crate) fn yielding(field: &[f32], width: usize, length_pixels: f64) -> Vec<f32> {
    // Forth and back with the pole e^{−1/ℓ} is that kernel, sampled.
    let step = -(-length_pixels.max(f64::MIN_POSITIVE).recip()).exp_m1() as f32;
    let mut maps: Vec<[f32; LANES]> = field.iter().map(|value| [*value; LANES]).collect();
    smooth(&mut maps, width, [step; LANES]);
    maps.into_iter().map(|value| value[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::ReferenceTable;

    #[test]
    fn a_blurred_point_keeps_its_light_and_has_the_variance_that_was_asked_for() {
        const WIDTH: usize = 161;
        let mut maps = vec![[0.0_f32; LANES]; WIDTH * WIDTH];
        maps[80 * WIDTH + 80] = [1.0; LANES];
        let sd = [0.2, 0.5, 0.8, 1.0];
        let spreads = sd.map(|sd| LightSpread {
            stays: 0.0,
            shares: [1.0, 0.0, 0.0],
            sd_mm: [sd; PARTS],
        });
        let found = blur(&maps, WIDTH, &spreads, 0.1);
        for lane in 0..LANES {
            let (mut light, mut variance) = (0.0, 0.0);
            for (i, value) in found.iter().enumerate() {
                let x = (i % WIDTH) as f64 - 80.0;
                light += f64::from(value[lane]);
                variance += f64::from(value[lane]) * x * x;
            }
            assert!((light - 1.0).abs() < 1e-3, "{light}");
            let wanted = (sd[lane] / 0.1).powi(2);
            assert!((variance / wanted - 1.0).abs() < 0.02, "{variance} {wanted}");
        }
    }

    #[test]
    fn even_skin_stays_even_up_to_its_edge() {
        let maps = vec![[0.3_f32, 0.4, 0.5, 0.6]; 40 * 40];
        let spreads = [LightSpread {
            stays: 0.2,
            shares: [0.4, 0.3, 0.1],
            sd_mm: [0.1, 0.8, 3.0],
        }; LANES];
        for (found, given) in blur(&maps, 40, &spreads, 0.1).iter().zip(&maps) {
            for lane in 0..LANES {
                assert!((found[lane] - given[lane]).abs() < 1e-5);
            }
        }
    }

    /// The dipole's own profile of diffuse reflectance (Farrell 1992), summed over rings, against the mixture.
    #[test]
    fn the_mixture_has_the_rings_of_the_dipole() {
        let (absorption, reduced, mismatch) = (0.05, 1.5, 2.9);
        let depth = 1.0 / (absorption + reduced);
        let image = depth * (1.0 + 4.0 * mismatch / 3.0);
        let decay = (3.0_f64 * absorption * (absorption + reduced)).sqrt();
        let source = |z: f64, r: f64| {
            let d = z.hypot(r);
            z * (decay + 1.0 / d) * (-decay * d).exp() / (d * d)
        };
        let (mut total, mut rings) = (0.0, Vec::new());
        for i in 0..40_000 {
            let r = (f64::from(i) + 0.5) * 0.002;
            total += r * (source(depth, r) + source(image, r));
            rings.push((r, total));
        }
        let spread = LightSpread {
            stays: 0.0,
            shares: CUTS,
            sd_mm: deviations(absorption, reduced, mismatch),
        };
        for share in [0.5, 0.9] {
            let r = rings
                .iter()
                .find(|ring| ring.1 > share * total)
                .map_or(0.0, |ring| ring.0);
            let found = within(&spread, r);
            assert!((found - share).abs() < 0.05, "{r} mm: {found} instead of {share}");
        }
    }

    /// Radii within which nine tenths of a narrow beam's light leave, by Monte Carlo in the reference skins (MCML with
    /// a sound generator). The diffusion kernel has no light that scattered once or twice, so that its middle is wider;
    /// its rim, which decides how a mark of some millimetres fades, is held.
    #[test]
    #[allow(
        clippy::disallowed_methods,
        clippy::unwrap_used,
        reason = "a test reads the reference tables"
    )]
    fn light_wanders_as_far_as_monte_carlo_says() {
        let path = format!("{}/../../validation/optics/skin_layers.csv", env!("CARGO_MANIFEST_DIR"));
        let table = ReferenceTable::parse(&std::fs::read_to_string(path).unwrap());
        let streams = DiscreteOrdinates::new(16, 1.4).unwrap();
        let cases = [
            ("light_normal", [("450", 0.733), ("540", 1.185), ("650", 2.531)]),
            ("medium_normal", [("450", 0.586), ("540", 1.048), ("650", 2.264)]),
            ("dark_normal", [("450", 0.241), ("540", 0.861), ("650", 1.996)]),
            ("light_striae_alba", [("450", 0.816), ("540", 1.255), ("650", 2.416)]),
        ];
        for (name, rows) in cases {
            for (wavelength, wanted) in rows {
                let layers = table.layers(name, wavelength);
                assert_eq!(layers.len(), 4);
                let found = spread(&streams, &layers).unwrap();
                let r90 = (1..20_000)
                    .map(|i| f64::from(i) * 0.001)
                    .find(|r| within(&found, *r) >= 0.9)
                    .unwrap();
                assert!(
                    (0.7..1.4).contains(&(r90 / wanted)),
                    "{name} {wavelength}: {r90} instead of {wanted}"
                );
            }
        }
    }
}
