//! A step of second order for one value that decays by itself and is fed from outside: y′ = −k·y + N(t, y).
//!
//! a = e^{−kh}·y + h·φ₁·N₀,  y⁺ = a + h·φ₂·(N₁ − N₀), with φ at −kh and N₁ taken at a: what [`crate::diffusion`] does
//! for a field, for a single place. Its own decay is exact however long the step, so that a tail keeps its size over
//! any number of steps, where a method of powers of k·h loses or gains a part of it at every one. Where N isn't
//! negative y⁺ isn't either, since h·(φ₁ − φ₂) and h·φ₂ are positive.

use crate::diffusion::phi::Phi;

/// What a step of one length does to a value of one rate of decay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relaxation {
    rate: f64,
    kept: f64,
    first: f64,
    second: f64,
}

impl Relaxation {
    /// For a rate of decay that isn't negative, and a step.
    #[must_use]
    pub fn new(rate: f64, step: f64) -> Self {
        let phi = Phi::at(-rate * step);
        Self {
            rate,
            kept: phi.zero,
            first: step * phi.one,
            second: step * phi.two,
        }
    }

    /// What feeds a value that changes at `change`: N = y′ + k·y.
    #[inline]
    #[must_use]
    pub fn fed(&self, value: f64, change: f64) -> f64 {
        change + self.rate * value
    }

    /// The first stage, a.
    #[inline]
    #[must_use]
    pub fn predict(&self, value: f64, fed: f64) -> f64 {
        self.kept * value + self.first * fed
    }

    /// The second stage, y⁺.
    #[inline]
    #[must_use]
    pub fn correct(&self, predicted: f64, fed: f64, fed_later: f64) -> f64 {
        predicted + self.second * (fed_later - fed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain of three that feeds back: x′ = −x + z²/4, y′ = −2y + x, z′ = −z/2 + y.
    fn run(steps: u32) -> [f64; 3] {
        let h = 2.0 / f64::from(steps);
        let relax = [1.0, 2.0, 0.5].map(|rate| Relaxation::new(rate, h));
        let fed = |[x, y, z]: [f64; 3]| [z * z / 4.0, x, y];
        (0..steps).fold([1.0, 0.0, 0.3], |now, _| {
            let start = fed(now);
            let ahead: [f64; 3] = std::array::from_fn(|i| relax[i].predict(now[i], start[i]));
            let end = fed(ahead);
            std::array::from_fn(|i| relax[i].correct(ahead[i], start[i], end[i]))
        })
    }

    #[test]
    fn the_observed_order_is_two() {
        let exact = run(8192);
        let error = |steps| -> f64 { run(steps).iter().zip(exact).map(|(a, b)| (a - b).abs()).sum() };
        let order = (error(32) / error(64)).log2();
        assert!((order - 2.0).abs() < 0.1, "{order}");
    }

    #[test]
    fn decay_and_a_steady_source_are_exact_in_one_step_of_any_length() {
        for step in [0.01, 1.0, 50.0] {
            let relax = Relaxation::new(0.7, step);
            let ahead = relax.predict(2.0, 0.3);
            let exact = 2.0 * (-0.7 * step).exp() + 0.3 / 0.7 * -(-0.7 * step).exp_m1();
            assert!((relax.correct(ahead, 0.3, 0.3) - exact).abs() < 1e-14, "{step}");
        }
    }

    #[test]
    fn nothing_fed_never_falls_below_zero_and_rest_stays() {
        for step in [0.1, 10.0, 1e4] {
            let relax = Relaxation::new(3.0, step);
            for (value, fed, later) in [(1.0, 0.0, 0.0), (0.0, 2.0, 0.0), (1e-300, 0.0, 5.0)] {
                let end = relax.correct(relax.predict(value, fed), fed, later);
                assert!(end >= 0.0 && end.is_finite(), "{step}: {end}");
            }
            assert_eq!(relax.correct(relax.predict(0.0, 0.0), 0.0, 0.0), 0.0);
        }
    }
}
