//! The directions in which [`crate::adding_doubling`] follows light, and how much each counts.
//!
//! Inside skin of refractive index n the cosines ν ∈ (0, 1] fall into two families. Below the critical cosine
//! ν_c = √(1 − 1/n²) everything is reflected at the surface; half of the streams are Gauss nodes there. Above it light
//! can leave; the other half are Radau nodes, with normal incidence (ν = 1) among them, **in the cosine μ outside**:
//!
//! ν(μ) = √(1 − (1 − μ²)/n²),  dν = μ dμ / (n² ν).
//!
//! The Fresnel reflectance starts from the critical angle with a square root in ν but is smooth in μ, so this choice
//! converges like a power of the number of streams where nodes in ν do not. With n = 1 there is one family, Radau in ν.
//!
//! Sources: Radau nodes as in the adding–doubling literature (Prahl, van Gemert and Welch 1993); the outside cosine as
//! the integration variable is our own choice, tested against the tables of `validation/optics`.

use std::f64::consts::PI;

use crate::optics_error::OpticsError;

/// numerical: below this many streams the four-layer tables are missed by more than a percent.
const FEWEST_STREAMS: usize = 4;
/// numerical: cost grows with the cube; nothing in the tables moves beyond 64.
const MOST_STREAMS: usize = 128;
/// numerical: Newton's method for a Legendre root from these guesses converges in under ten steps.
const NEWTON_STEPS: usize = 50;
/// numerical: a step this small is rounding.
const NEWTON_STOP: f64 = 1e-15;
/// numerical: Tricomi's guess puts root i of P_n at cos π(i + ¾)/(n + ½), good to a hundredth of the gap between roots.
const FIRST_ROOT: f64 = 0.75;
/// numerical: no transparent solid or liquid of interest lies above it, and the nodes stay well apart below it.
const HIGHEST_INDEX: f64 = 3.0;

/// Directions, weights and surface reflectances for one refractive index; built once, used for any number of stacks.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscreteOrdinates {
    /// Refractive index of every layer.
    pub(crate) refractive_index: f64,
    /// Cosines of the streams inside, ascending; the last is 1.
    pub(crate) cosine: Vec<f64>,
    /// Weights of the cosines; they add up to 1 up to the quadrature's error.
    pub(crate) weight: Vec<f64>,
    /// Unpolarised Fresnel reflectance of the surface for each stream; 1 below the critical cosine.
    pub(crate) fresnel: Vec<f64>,
    /// Legendre polynomials P_l(ν_i) times √w_i, row l, column i.
    pub(crate) weighted_legendre: Vec<f64>,
}

impl DiscreteOrdinates {
    /// Chooses `count` streams per hemisphere for skin of the given refractive index in air.
    ///
    /// # Errors
    /// [`OpticsError::Streams`] where the count is odd or outside 4–128; [`OpticsError::RefractiveIndex`] outside 1–3.
    pub fn new(count: usize, refractive_index: f64) -> Result<Self, OpticsError> {
        if !(FEWEST_STREAMS..=MOST_STREAMS).contains(&count) || !count.is_multiple_of(2) {
            return Err(OpticsError::Streams { found: count });
        }
        if !(1.0..=HIGHEST_INDEX).contains(&refractive_index) {
            return Err(OpticsError::RefractiveIndex {
                found: refractive_index,
            });
        }
        let n = refractive_index;
        let mut cosine = Vec::with_capacity(count);
        let mut weight = Vec::with_capacity(count);
        let mut fresnel = Vec::with_capacity(count);
        let trapped = if n > 1.0 { count / 2 } else { 0 };
        let critical = (1.0 - 1.0 / (n * n)).sqrt();
        for (x, w) in gauss(trapped) {
            cosine.push(critical * x);
            weight.push(critical * w);
            fresnel.push(1.0);
        }
        for (outside, w) in radau(count - trapped) {
            let inside = (1.0 - (1.0 - outside * outside) / (n * n)).sqrt();
            cosine.push(inside);
            weight.push(w * outside / (n * n * inside));
            fresnel.push(surface_reflectance(n, inside, outside));
        }
        let mut weighted_legendre = vec![0.0; count * count];
        for i in 0..count {
            let root = weight[i].sqrt();
            for l in 0..count {
                weighted_legendre[l * count + i] = root * legendre(l, cosine[i]).0;
            }
        }
        Ok(Self {
            refractive_index,
            cosine,
            weight,
            fresnel,
            weighted_legendre,
        })
    }

    /// Cosines inside the skin, ascending, each with its weight.
    pub fn nodes(&self) -> impl Iterator<Item = (f64, f64)> {
        self.cosine.iter().copied().zip(self.weight.iter().copied())
    }

    /// Number of streams per hemisphere, the accuracy.
    #[must_use]
    pub fn count(&self) -> usize {
        self.cosine.len()
    }
}

/// Unpolarised Fresnel reflectance between index n (cosine `inside`) and air (cosine `outside`).
fn surface_reflectance(n: f64, inside: f64, outside: f64) -> f64 {
    let across = (n * inside - outside) / (n * inside + outside);
    let along = (n * outside - inside) / (n * outside + inside);
    0.5 * (across * across + along * along)
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
        assert!((streams.cosine[15] - 1.0).abs() < 1e-15);
        assert!((streams.fresnel[15] - (0.4f64 / 2.4).powi(2)).abs() < 1e-15);
        let total: f64 = streams.weight.iter().sum();
        assert!((total - 1.0).abs() < 1e-7, "{total}");
        assert!(streams.cosine.windows(2).all(|pair| pair[0] < pair[1]));
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
