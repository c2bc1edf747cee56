//! The directions in which [`crate::adding_doubling`] follows light, and how much each counts.
//!
//! What stays of a direction when light crosses level surfaces is p = n sin θ (Snell). So a stream is a p, and has a
//! cosine of its own in each index that the stack has. For p ≤ 1 light can leave: half of the streams are Radau nodes
//! there, with normal incidence among them, **in the cosine μ outside**. The rest is trapped inside of the skin, in as
//! many families as there are indices: for p between two neighbouring indices n₋ < n, Gauss nodes in the cosine μ in n,
//! from 0 to √(1 − (n₋/n)²). In any index m in which a stream exists (p ≤ m)
//!
//! ν(μ) = √(1 − (1 − μ²) n²/m²),  dν = n² μ dμ / (m² ν).
//!
//! The Fresnel reflectance starts from the critical angle with a square root in ν but is smooth in the μ of the thinner
//! medium, so this choice converges like a power of the number of streams where nodes in ν do not. With n = 1 alone
//! there is one family, Radau in ν.
//!
//! Sources: Radau nodes as in the adding–doubling literature (Prahl, van Gemert and Welch 1993); the cosine in the
//! thinner medium as the integration variable is our own choice, tested against the tables of `validation/optics`.

use std::f64::consts::PI;

use crate::optics_error::OpticsError;

/// numerical: below this many streams the four-layer tables are missed by more than a percent.
const FEWEST_STREAMS: usize = 4;
/// numerical: cost grows with the cube; nothing in the tables moves beyond 64.
const MOST_STREAMS: usize = 128;
/// numerical: fewer streams between two indices would not tell how light is trapped there.
const FEWEST_OF_A_FAMILY: usize = 2;
/// numerical: Newton's method for a Legendre root from these guesses converges in under ten steps.
const NEWTON_STEPS: usize = 50;
/// numerical: a step this small is rounding.
const NEWTON_STOP: f64 = 1e-15;
/// numerical: Tricomi's guess puts root i of P_n at cos π(i + ¾)/(n + ½), good to a hundredth of the gap between roots.
const FIRST_ROOT: f64 = 0.75;
/// numerical: no transparent solid or liquid of interest lies above it, and the nodes stay well apart below it.
pub const HIGHEST_INDEX: f64 = 3.0;

/// The streams as they run in one refractive index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Directions {
    pub(crate) refractive_index: f64,
    /// Cosines of the streams, ascending; the last is 1. The streams of a thinner medium are the last of these.
    pub(crate) cosine: Vec<f64>,
    /// Weights of the cosines; they add up to 1 up to the quadrature's error.
    pub(crate) weight: Vec<f64>,
    /// Legendre polynomials P_l(ν_i) times √w_i, row l, column i.
    pub(crate) weighted_legendre: Vec<f64>,
}

/// Directions and weights for the refractive indices of a stack; built once, used for any number of stacks of these.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscreteOrdinates {
    /// Air, and every other index, ascending.
    media: Vec<Directions>,
    /// √(2 ν w n²) of each stream of the densest medium: how much flux it carries, the same in every index.
    flux_root: Vec<f64>,
}

impl DiscreteOrdinates {
    /// Chooses `count` streams per hemisphere for skin of the given refractive index in air.
    ///
    /// # Errors
    /// [`OpticsError::Streams`] where the count is odd or outside 4–128; [`OpticsError::RefractiveIndex`] outside 1–3.
    pub fn new(count: usize, refractive_index: f64) -> Result<Self, OpticsError> {
        Self::in_indices(count, &[refractive_index])
    }

    /// Chooses streams for a stack of any refractive indices in air: `count` per hemisphere, or a few more where there
    /// are many indices, since each needs two of its own.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn in_indices(count: usize, refractive_indices: &[f64]) -> Result<Self, OpticsError> {
        if !(FEWEST_STREAMS..=MOST_STREAMS).contains(&count) || !count.is_multiple_of(2) {
            return Err(OpticsError::Streams { found: count });
        }
        if let Some(found) = refractive_indices.iter().find(|n| !Self::takes(**n)) {
            return Err(OpticsError::RefractiveIndex { found: *found });
        }
        let mut indices = vec![1.0];
        indices.extend_from_slice(refractive_indices);
        indices.sort_by(f64::total_cmp);
        indices.dedup();
        let streams = streams(count, &indices);
        let media = indices.iter().map(|index| Directions::of(*index, &streams)).collect();
        let flux_root = streams.iter().map(Stream::flux_root).collect();
        Ok(Self { media, flux_root })
    }

    /// Whether a refractive index is one of a medium that light is followed in.
    pub(crate) fn takes(refractive_index: f64) -> bool {
        (1.0..=HIGHEST_INDEX).contains(&refractive_index)
    }

    /// Cosines inside of the densest medium, ascending, each with its weight.
    pub fn nodes(&self) -> impl Iterator<Item = (f64, f64)> {
        let medium = self.densest();
        medium.cosine.iter().copied().zip(medium.weight.iter().copied())
    }

    /// Number of streams per hemisphere in the densest medium, the accuracy.
    #[must_use]
    pub fn count(&self) -> usize {
        self.flux_root.len()
    }

    /// The streams in a medium of this index, if they were chosen for it.
    pub(crate) fn medium(&self, refractive_index: f64) -> Option<&Directions> {
        self.media
            .iter()
            .find(|medium| medium.refractive_index == refractive_index)
    }

    /// The streams in the densest medium.
    pub(crate) fn densest(&self) -> &Directions {
        &self.media[self.media.len() - 1]
    }

    /// How much flux each of the last `count` streams carries, as a root.
    pub(crate) fn flux_roots(&self, count: usize) -> &[f64] {
        &self.flux_root[self.flux_root.len() - count..]
    }
}

/// A direction by its cosine in the thinnest medium in which it exists, and its weight there.
struct Stream {
    home_index: f64,
    cosine: f64,
    weight: f64,
}

impl Stream {
    fn flux_root(&self) -> f64 {
        self.home_index * (2.0 * self.cosine * self.weight).sqrt()
    }
}

/// All streams, those with the largest p first.
fn streams(count: usize, indices: &[f64]) -> Vec<Stream> {
    let densest = indices.last().copied().unwrap_or(1.0);
    let inside = |index: f64| (1.0 - (index / densest).powi(2)).max(0.0).sqrt();
    let trapped = if densest > 1.0 { count / 2 } else { 0 };
    let mut all = Vec::with_capacity(count);
    for pair in indices.windows(2).rev() {
        let (thinner, index) = (pair[0], pair[1]);
        // As many as fit its share of the trapped cosines in the densest medium.
        let share = (inside(thinner) - inside(index)) / inside(1.0);
        let own = if indices.len() > 2 {
            ((share * trapped as f64).round() as usize).max(FEWEST_OF_A_FAMILY)
        } else {
            trapped
        };
        let critical = (1.0 - (thinner / index).powi(2)).sqrt();
        all.extend(gauss(own).into_iter().map(|(x, weight)| Stream {
            home_index: index,
            cosine: critical * x,
            weight: critical * weight,
        }));
    }
    all.extend(radau(count - trapped).into_iter().map(|(cosine, weight)| Stream {
        home_index: 1.0,
        cosine,
        weight,
    }));
    all
}

impl Directions {
    /// The streams that exist in an index.
    fn of(index: f64, streams: &[Stream]) -> Self {
        let own = streams.iter().filter(|stream| stream.home_index <= index);
        let (cosine, weight): (Vec<f64>, Vec<f64>) = own
            .map(|stream| {
                if stream.home_index == index {
                    return (stream.cosine, stream.weight);
                }
                let ratio = (stream.home_index / index).powi(2);
                let cosine = (1.0 - (1.0 - stream.cosine * stream.cosine) * ratio).sqrt();
                (cosine, stream.weight * stream.cosine * ratio / cosine)
            })
            .unzip();
        let count = cosine.len();
        let mut weighted_legendre = vec![0.0; count * count];
        for i in 0..count {
            let root = weight[i].sqrt();
            for l in 0..count {
                weighted_legendre[l * count + i] = root * legendre(l, cosine[i]).0;
            }
        }
        Self {
            refractive_index: index,
            cosine,
            weight,
            weighted_legendre,
        }
    }

    /// Number of streams.
    pub(crate) fn count(&self) -> usize {
        self.cosine.len()
    }
}

/// P_l(x) and P_{l−1}(x) by the three-term recurrence; P_{−1} is given as 0.
fn legendre(l: usize, x: f64) -> (f64, f64) {
    let (mut here, mut before) = (1.0, 0.0);
    for k in 1..=l {
        let order = k as f64;
        let next = ((2.0 * order - 1.0) * x * here - (order - 1.0) * before) / order;
        before = here;
        here = next;
    }
    (here, before)
}

/// Nodes and weights of the n-point Gauss rule on [0, 1], ascending.
fn gauss(n: usize) -> Vec<(f64, f64)> {
    let order = n as f64;
    (0..n)
        .rev()
        .map(|i| {
            let mut x = (PI * (i as f64 + FIRST_ROOT) / (order + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..NEWTON_STEPS {
                let (here, before) = legendre(n, x);
                slope = order * (before - x * here) / (1.0 - x * x);
                let step = here / slope;
                x -= step;
                if step.abs() < NEWTON_STOP {
                    break;
                }
            }
            (0.5 + 0.5 * x, 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// Nodes and weights of the n-point Radau rule on [0, 1] with the node 1, ascending.
fn radau(n: usize) -> Vec<(f64, f64)> {
    let order = n as f64;
    (0..n)
        .rev()
        .map(|i| {
            if i == 0 {
                return (1.0, 1.0 / (order * order));
            }
            let mut x = (2.0 * PI * i as f64 / (2.0 * order - 1.0)).cos();
            let mut before = 1.0;
            for _ in 0..NEWTON_STEPS {
                // The nodes are the roots of P_{n−1} − P_n; its derivative follows from the recurrence.
                let (top, below) = legendre(n, x);
                let under = legendre(n - 1, x).1;
                before = below;
                let slope_top = order * (below - x * top) / (1.0 - x * x);
                let slope_below = (order - 1.0) * (under - x * below) / (1.0 - x * x);
                let step = (below - top) / (slope_below - slope_top);
                x -= step;
                if step.abs() < NEWTON_STOP {
                    break;
                }
            }
            (0.5 + 0.5 * x, (1.0 + x) / (2.0 * order * order * before * before))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// numerical: rounding of sums of some ten terms.
    const ROUNDING: f64 = 1e-13;

    #[test]
    fn gauss_and_radau_integrate_the_polynomials_they_promise() {
        for n in 2..=24 {
            for (rule, degree) in [(gauss(n), 2 * n - 1), (radau(n), 2 * n - 2)] {
                for power in 0..=degree {
                    let sum: f64 = rule.iter().map(|(x, w)| w * x.powi(power as i32)).sum();
                    assert!((sum - 1.0 / (power as f64 + 1.0)).abs() < ROUNDING, "{n} {power} {sum}");
                }
            }
        }
    }

    #[test]
    fn normal_incidence_is_a_stream_and_weights_fill_the_hemisphere() {
        let streams = DiscreteOrdinates::new(16, 1.4).unwrap();
        let skin = streams.medium(1.4).unwrap();
        assert!((skin.cosine[15] - 1.0).abs() < 1e-15);
        let total: f64 = skin.weight.iter().sum();
        assert!((total - 1.0).abs() < 1e-7, "{total}");
        assert!(skin.cosine.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn every_index_of_a_stack_has_a_full_hemisphere_whose_flux_is_the_same_in_all() {
        let streams = DiscreteOrdinates::in_indices(32, &[1.4, 1.5, 1.36, 1.4]).unwrap();
        for index in [1.0, 1.36, 1.4, 1.5] {
            let medium = streams.medium(index).unwrap();
            let total: f64 = medium.weight.iter().sum();
            assert!((total - 1.0).abs() < 1e-4, "{index}: {total}");
            assert!(medium.cosine.windows(2).all(|pair| pair[0] < pair[1]));
            for (i, root) in streams.flux_roots(medium.count()).iter().enumerate() {
                let own = 2.0 * medium.cosine[i] * medium.weight[i] * index * index;
                assert!((own.sqrt() - root).abs() < 1e-14, "{index} {i}");
            }
        }
        assert!(streams.medium(1.33).is_none());
    }

    #[test]
    fn impossible_requests_are_refused() {
        assert!(matches!(
            DiscreteOrdinates::new(7, 1.4),
            Err(OpticsError::Streams { found: 7 })
        ));
        assert!(matches!(
            DiscreteOrdinates::new(2, 1.4),
            Err(OpticsError::Streams { .. })
        ));
        assert!(DiscreteOrdinates::new(8, 0.9).is_err());
        assert!(DiscreteOrdinates::new(8, f64::NAN).is_err());
    }
}
