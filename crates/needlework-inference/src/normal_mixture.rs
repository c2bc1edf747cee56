//! A mixture of normal distributions: what is left when a normal quantity is averaged over what its mean and spread
//! hang on.
//!
//! Mean and variance are those of the parts and of their means; the share below a value and the density are the
//! weighted ones of the parts. A quantile is the root of the share, between the outermost ones of the parts. A part
//! without spread is a point, and where there is one there is no density.

use needlework_numerics::{normal_cdf, normal_ln_density, root, standard_normal_quantile};

use crate::ln_sum::ln_sum_exp;

/// One part of a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its share of the whole; those of all parts add up to one.
    pub weight: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation, not below zero.
    pub sd: f64,
}

/// Normal distributions with their shares.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalMixture {
    parts: Vec<Part>,
}

impl NormalMixture {
    /// A mixture; weights are brought to a sum of one. `None` of no parts, or where a number is not finite, a weight or
    /// standard deviation is negative, or all weights are zero.
    #[must_use]
    pub fn new(mut parts: Vec<Part>) -> Option<Self> {
        let total: f64 = parts.iter().map(|part| part.weight).sum();
        let fair = parts
            .iter()
            .all(|part| part.weight >= 0.0 && part.mean.is_finite() && part.sd >= 0.0 && part.sd.is_finite());
        (fair && total > 0.0 && total.is_finite()).then(|| {
            parts.retain(|part| part.weight > 0.0);
            parts.iter_mut().for_each(|part| part.weight /= total);
            Self { parts }
        })
    }

    /// The parts, whose weights add up to one.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|part| part.weight * part.mean).sum()
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let variance = self
            .parts
            .iter()
            .map(|part| part.weight * (part.sd.powi(2) + (part.mean - mean).powi(2)));
        variance.sum::<f64>().sqrt()
    }

    /// The share at or below `value`.
    #[must_use]
    pub fn cdf(&self, value: f64) -> f64 {
        let below = |part: &Part| {
            if part.sd > 0.0 {
                normal_cdf((value - part.mean) / part.sd)
            } else {
                f64::from(u8::from(value >= part.mean))
            }
        };
        self.parts.iter().map(|part| part.weight * below(part)).sum()
    }

    /// The value below which a share `probability` lies; not a number where that is not strictly between zero and one.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        // numerical: a quantile is found to this share of the distance between the outermost quantiles of the parts
        const FINE: f64 = 1e-12;
        if !(probability > 0.0 && probability < 1.0) {
            return f64::NAN;
        }
        let z = standard_normal_quantile(probability);
        let own = |part: &Part| part.mean + z * part.sd;
        let low = self.parts.iter().map(own).fold(f64::INFINITY, f64::min);
        let high = self.parts.iter().map(own).fold(f64::NEG_INFINITY, f64::max);
        let tolerance = FINE * (high - low);
        if tolerance <= 0.0 {
            return low;
        }
        // By rounding the share at the lower end may reach the probability already.
        root(low, high, tolerance, |value| self.cdf(value) - probability).unwrap_or(if self.cdf(low) >= probability {
            low
        } else {
            high
        })
    }

    /// The logarithm of the density at `value`, in one over its unit. Not a number where a part is a point.
    #[must_use]
    pub fn ln_density(&self, value: f64) -> f64 {
        let terms = self.parts.iter();
        ln_sum_exp(terms.map(|part| part.weight.ln() + normal_ln_density(value, part.mean, part.sd)))
    }

    /// The continuous ranked probability score of a value that came, in its unit; lower is better. In closed form
    /// (Grimit and others 2006): E|X − y| − ½E|X − X′|, where the difference of two parts is normal too. The time grows
    /// with the square of the number of parts.
    #[must_use]
    pub fn crps(&self, observed: f64) -> f64 {
        // numerical: pairs of parts that weigh less beside all are left out
        const LEAST: f64 = 1e-12;
        let apart: f64 = self
            .parts
            .iter()
            .map(|part| part.weight * mean_size(part.mean - observed, part.sd))
            .sum();
        let mut spread = 0.0;
        for (at, a) in self.parts.iter().enumerate() {
            spread += 0.5 * a.weight * a.weight * mean_size(0.0, a.sd.hypot(a.sd));
            for b in &self.parts[at + 1..] {
                let weight = a.weight * b.weight;
                if weight > LEAST {
                    spread += weight * mean_size(a.mean - b.mean, a.sd.hypot(b.sd));
                }
            }
        }
        apart - spread
    }

    /// Each part moved by `shift` and widened by `variance`, as when something independent is added.
    #[must_use]
    pub fn plus(&self, shift: f64, variance: f64) -> Option<Self> {
        Self::new(
            self.parts
                .iter()
                .map(|part| Part {
                    weight: part.weight,
                    mean: part.mean + shift,
                    sd: (part.sd.powi(2) + variance).sqrt(),
                })
                .collect(),
        )
    }
}

/// The mean of the size of a normal number.
fn mean_size(mean: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        let z = mean / sd;
        2.0 * sd * normal_ln_density(z, 0.0, 1.0).exp() + mean * (2.0 * normal_cdf(z) - 1.0)
    } else {
        mean.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> NormalMixture {
        let part = |weight, mean, sd| Part { weight, mean, sd };
        NormalMixture::new(vec![part(1.0, 0.0, 1.0), part(3.0, 4.0, 2.0), part(0.0, 9.0, 1.0)]).unwrap()
    }

    #[test]
    fn moments_are_those_of_the_parts() {
        let mixture = two();
        assert_eq!((mixture.mean(), mixture.parts().len()), (3.0, 2));
        // 1/4·(1 + 9) + 3/4·(4 + 1).
        assert!((mixture.sd().powi(2) - 6.25).abs() < 1e-12);
        let wider = mixture.plus(1.0, 0.75).unwrap();
        assert!((wider.mean() - 4.0).abs() < 1e-12 && (wider.sd().powi(2) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn quantile_and_share_undo_each_other_and_the_density_is_the_slope() {
        let mixture = two();
        for p in [1e-6, 0.05, 0.3, 0.5, 0.95, 0.9999] {
            assert!((mixture.cdf(mixture.quantile(p)) - p).abs() < 1e-10, "{p}");
        }
        let slope = (mixture.cdf(1.0 + 1e-5) - mixture.cdf(1.0 - 1e-5)) / 2e-5;
        assert!((mixture.ln_density(1.0).exp() / slope - 1.0).abs() < 1e-8);
        assert!(mixture.quantile(0.0).is_nan() && mixture.quantile(f64::NAN).is_nan());
    }

    #[test]
    fn the_score_is_that_of_many_draws() {
        let mixture = two();
        let quantiles: Vec<f64> = needlework_numerics::midpoints(1.0, 4000)
            .iter()
            .map(|p| mixture.quantile(*p))
            .collect();
        let draws = crate::draws::Draws::equal(&quantiles).unwrap();
        for observed in [-3.0, 1.0, 9.0] {
            assert!(
                (mixture.crps(observed) - draws.crps(observed)).abs() < 2e-3,
                "{observed}"
            );
        }
        let one = NormalMixture::new(vec![Part {
            weight: 1.0,
            mean: 3.0,
            sd: 2.0,
        }])
        .unwrap();
        assert!((one.crps(4.0) - crate::scores::crps_of_normal(3.0, 2.0, 4.0).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn points_are_parts_too() {
        let point = |weight, mean| Part { weight, mean, sd: 0.0 };
        let mixture = NormalMixture::new(vec![point(0.3, 1.0), point(0.7, 2.0)]).unwrap();
        assert_eq!(mixture.cdf(1.5), 0.3);
        assert!((mixture.quantile(0.2) - 1.0).abs() < 1e-9 && (mixture.quantile(0.5) - 2.0).abs() < 1e-9);
        let alone = NormalMixture::new(vec![point(1.0, 5.0)]).unwrap();
        assert_eq!((alone.quantile(0.9), alone.crps(7.0)), (5.0, 2.0));
        assert!(NormalMixture::new(Vec::new()).is_none() && NormalMixture::new(vec![point(-1.0, 0.0)]).is_none());
    }
}
