//! A predictive distribution as draws, each with its weight: mean, quantiles, and what a value that came says of it.
//!
//! The share below a value is the weight of the draws below it and half of that of those at it. A quantile is the first
//! draw at which the weights reach a probability, so it is always one of the draws. The continuous ranked probability
//! score (Matheson and Winkler 1976) of the draws is exact, by sorting: Σ wᵢ|xᵢ − y| − ½ΣΣ wᵢwⱼ|xᵢ − xⱼ|, in the unit
//! of the value; lower is better. The logarithm of the density is that of normal kernels about the draws, as wide as
//! Silverman 1986 says.
//!
//! Limits: draws say nothing beyond the outermost; the density there is that of one kernel. With weights the width
//! takes the effective number of draws.

use needlework_numerics::normal_ln_density;

use crate::ln_sum::ln_sum_exp;

/// Draws in ascending order with weights that add up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// Value and weight.
    sorted: Vec<(f64, f64)>,
}

impl Draws {
    /// Draws that count the same. `None` of no draws, or where one is not finite.
    #[must_use]
    pub fn equal(values: &[f64]) -> Option<Self> {
        Self::weighted(values, &vec![1.0; values.len()])
    }

    /// Draws with weights, which need not add up to one. `None` of no draws, of lists of different length, where a
    /// value is not finite, a weight is negative, or all weights are zero.
    #[must_use]
    pub fn weighted(values: &[f64], weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        let fair = values.len() == weights.len()
            && values.iter().all(|value| value.is_finite())
            && weights.iter().all(|weight| *weight >= 0.0)
            && total > 0.0
            && total.is_finite();
        fair.then(|| {
            let mut sorted: Vec<(f64, f64)> = values
                .iter()
                .zip(weights)
                .filter(|(_, weight)| **weight > 0.0)
                .map(|(value, weight)| (*value, weight / total))
                .collect();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            Self { sorted }
        })
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.average(|x| x)
    }

    /// The standard deviation, with the weights as they are.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        self.average(|x| (x - mean).powi(2)).sqrt()
    }

    /// The first draw at which the weights reach `probability`.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let mut reached = 0.0;
        let mut last = f64::NAN;
        for (value, weight) in &self.sorted {
            last = *value;
            reached += weight;
            if reached >= probability {
                break;
            }
        }
        last
    }

    /// The share of the draws below `value`, and half of those at it: the probability integral transform of a value
    /// that came.
    #[must_use]
    pub fn share_below(&self, value: f64) -> f64 {
        let half = |x: f64| if x < value { 1.0 } else { 0.5 };
        self.sorted
            .iter()
            .take_while(|(x, _)| *x <= value)
            .map(|(x, weight)| weight * half(*x))
            .sum()
    }

    /// The continuous ranked probability score of a value that came, in its unit; lower is better.
    #[must_use]
    pub fn crps(&self, observed: f64) -> f64 {
        let apart = self.average(|x| (x - observed).abs());
        // Half the mean distance of two draws is Σ wᵢ·xᵢ·(2·reached before i + wᵢ − 1).
        let mut reached = 0.0;
        let mut half_spread = 0.0;
        for (value, weight) in &self.sorted {
            half_spread += weight * (value - observed) * (2.0 * reached + weight - 1.0);
            reached += weight;
        }
        apart - half_spread
    }

    /// The logarithm of the density at `value`, in one over its unit; minus infinity where all draws are the same.
    #[must_use]
    pub fn ln_density(&self, value: f64) -> f64 {
        // numerical: Silverman's rule of thumb for normal kernels, 0.9·min(sd, interquartile range/1.34)·n^(−1/5)
        const KERNEL: [f64; 3] = [0.9, 1.34, 0.2];
        // numerical: the quartiles
        const QUARTILES: [f64; 2] = [0.25, 0.75];
        let effective = 1.0 / self.sorted.iter().map(|(_, weight)| weight * weight).sum::<f64>();
        let (sd, middle) = (
            self.sd(),
            (self.quantile(QUARTILES[1]) - self.quantile(QUARTILES[0])) / KERNEL[1],
        );
        let scale = if middle > 0.0 { sd.min(middle) } else { sd };
        let width = KERNEL[0] * scale * effective.powf(-KERNEL[2]);
        if width <= 0.0 {
            return f64::NEG_INFINITY;
        }
        let terms = self
            .sorted
            .iter()
            .map(|(x, weight)| weight.ln() + normal_ln_density(value, *x, width));
        ln_sum_exp(terms)
    }

    fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.sorted.iter().map(|(value, weight)| weight * of(*value)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normal_strata, normals, uniforms};

    use crate::scores::crps_of_normal;

    #[test]
    fn the_sorted_score_is_the_double_sum() {
        let values: Vec<f64> = normals(1, "x", 60).iter().map(|z| (4.0 * z).round()).collect();
        let weights = uniforms(1, "w", 60);
        let total: f64 = weights.iter().sum();
        let draws = Draws::weighted(&values, &weights).unwrap();
        for observed in [-9.0, -0.3, 2.0, 30.0] {
            let mut double = 0.0;
            for (x, v) in values.iter().zip(&weights) {
                double += v * (x - observed).abs() / total;
                for (y, w) in values.iter().zip(&weights) {
                    double -= 0.5 * v * w * (x - y).abs() / (total * total);
                }
            }
            assert!((draws.crps(observed) - double).abs() < 1e-12, "{observed}");
        }
    }

    #[test]
    fn many_draws_of_a_normal_score_as_the_normal() {
        let values: Vec<f64> = normal_strata(4000).iter().map(|z| 56.0 + 12.0 * z).collect();
        let draws = Draws::equal(&values).unwrap();
        for observed in [20.0, 50.0, 61.0] {
            let exact = crps_of_normal(56.0, 12.0, observed).unwrap();
            assert!((draws.crps(observed) - exact).abs() < 0.01, "{observed}");
            let density = normal_ln_density(observed, 56.0, 12.0);
            assert!((draws.ln_density(observed) - density).abs() < 0.15, "{observed}");
        }
        assert!((draws.mean() - 56.0).abs() < 1e-9 && (draws.sd() - 12.0).abs() < 0.02);
        assert!((draws.quantile(0.95) - 75.738).abs() < 0.05);
        assert!((draws.share_below(44.0) - 0.158_655).abs() < 1e-3);
    }

    /// A weight of two is the same draw twice.
    #[test]
    fn weights_are_repeated_draws() {
        let few = Draws::weighted(&[3.0, 1.0, 2.0, 9.0], &[1.0, 2.0, 1.0, 0.0]).unwrap();
        let many = Draws::equal(&[1.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!(few.mean(), many.mean());
        assert_eq!(few.quantile(0.5), 1.0);
        assert_eq!(few.share_below(1.0), 0.25);
        assert_eq!(few.share_below(2.0), 0.625);
        assert!((few.crps(1.7) - many.crps(1.7)).abs() < 1e-15);
        assert!(few.share_below(0.0) == 0.0 && few.share_below(10.0) == 1.0);
    }

    #[test]
    fn what_makes_no_distribution_is_none() {
        assert!(Draws::equal(&[]).is_none() && Draws::equal(&[f64::NAN]).is_none());
        assert!(Draws::weighted(&[1.0], &[0.0]).is_none() && Draws::weighted(&[1.0], &[-1.0]).is_none());
        assert!(Draws::weighted(&[1.0, 2.0], &[1.0]).is_none());
        assert_eq!(Draws::equal(&[1.0, 1.0]).unwrap().ln_density(1.0), f64::NEG_INFINITY);
    }
}
