//! Distributions by their quantile function: a draw is the quantile of a uniform number.
//!
//! Sampling by inversion keeps draws monotone in the uniform number, so that a wider prior spreads the same people
//! further apart instead of drawing other people.

use std::fmt;

use crate::beta_gamma::{beta_quantile, beta_share, gamma_quantile, gamma_share};
use crate::normal::{expit, logit, normal_cdf, standard_normal_quantile};

/// A distribution of one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Fixed(f64),
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// The logarithm is normal.
    LogNormal {
        /// Median.
        median: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// The log-odds are normal.
    LogitNormal {
        /// Median, between zero and one.
        median: f64,
        /// Standard deviation of the log-odds.
        sigma: f64,
    },
    /// Uniform between two bounds.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Beta.
    Beta {
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
    },
    /// The size of a normal number around zero: a spread that may be nothing.
    HalfNormal {
        /// Standard deviation of that normal.
        sd: f64,
    },
    /// One with a probability, else zero: whether something holds.
    Bernoulli {
        /// Probability of one.
        probability: f64,
    },
    /// Gamma with unit scale: the parts of a Dirichlet draw before they are divided by their sum.
    Gamma {
        /// Shape.
        shape: f64,
    },
}

/// Why bounds do not make a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistributionError {
    /// The middle that was given.
    pub median: f64,
    /// The lower bound that was given.
    pub low: f64,
    /// The upper bound that was given.
    pub high: f64,
    /// What must hold.
    pub must: &'static str,
}

impl fmt::Display for DistributionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "median {}, 5 % {}, 95 % {}: {}",
            self.median, self.low, self.high, self.must
        )
    }
}

impl std::error::Error for DistributionError {}

// numerical: the 95 % quantile of the standard normal distribution
const Z95: f64 = 1.644_853_626_951_472_2;

impl Distribution {
    /// Log-normal with the given median whose 95 % over 5 % ratio is `high / low`.
    ///
    /// # Errors
    /// When the three are not positive and ordered.
    pub fn log_normal(median: f64, low: f64, high: f64) -> Result<Self, DistributionError> {
        let ordered = low > 0.0 && median > 0.0 && high > low && high.is_finite();
        ordered
            .then(|| Self::LogNormal {
                median,
                sigma: (high / low).ln() / (2.0 * Z95),
            })
            .ok_or(DistributionError {
                median,
                low,
                high,
                must: "a log-normal needs 0 < low < high",
            })
    }

    /// Logit-normal with the given median whose 5–95 % width in log-odds is that between `low` and `high`.
    ///
    /// # Errors
    /// When the three are not between zero and one and ordered.
    pub fn logit_normal(median: f64, low: f64, high: f64) -> Result<Self, DistributionError> {
        let inside = |p: f64| p > 0.0 && p < 1.0;
        (inside(median) && inside(low) && inside(high) && high > low)
            .then(|| Self::LogitNormal {
                median,
                sigma: (logit(high) - logit(low)) / (2.0 * Z95),
            })
            .ok_or(DistributionError {
                median,
                low,
                high,
                must: "a logit-normal needs 0 < low < high < 1",
            })
    }

    /// Normal with the given median whose 5–95 % width is `high − low`.
    ///
    /// # Errors
    /// When the bounds are not ordered.
    pub fn normal(median: f64, low: f64, high: f64) -> Result<Self, DistributionError> {
        (high > low && median.is_finite())
            .then(|| Self::Normal {
                mean: median,
                sd: (high - low) / (2.0 * Z95),
            })
            .ok_or(DistributionError {
                median,
                low,
                high,
                must: "a normal needs low < high",
            })
    }

    /// The value below which a share `u` of the distribution lies; `u` strictly between zero and one. Ends for any
    /// shapes, and is not a number where they make no distribution.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Self::Fixed(value) => value,
            Self::Normal { mean, sd } => mean + sd * standard_normal_quantile(u),
            Self::LogNormal { median, sigma } => median * (sigma * standard_normal_quantile(u)).exp(),
            Self::LogitNormal { median, sigma } => expit(logit(median) + sigma * standard_normal_quantile(u)),
            Self::Uniform { low, high } => low + (high - low) * u,
            Self::Beta { alpha, beta } => beta_quantile(alpha, beta, u),
            Self::HalfNormal { sd } => sd * standard_normal_quantile(0.5 + 0.5 * u),
            Self::Bernoulli { probability } => f64::from(u8::from(u > 1.0 - probability)),
            Self::Gamma { shape } => gamma_quantile(shape, u),
        }
    }

    /// The middle of the distribution.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The share of the distribution at or below `value`.
    #[must_use]
    pub fn cumulative(&self, value: f64) -> f64 {
        match *self {
            Self::Fixed(at) => f64::from(u8::from(value >= at)),
            Self::Normal { mean, sd } => normal_cdf((value - mean) / sd),
            Self::LogNormal { median, sigma } if value > 0.0 => normal_cdf((value / median).ln() / sigma),
            Self::LogNormal { .. } => 0.0,
            Self::LogitNormal { median, sigma } if value > 0.0 && value < 1.0 => {
                normal_cdf((logit(value) - logit(median)) / sigma)
            }
            Self::LogitNormal { .. } => f64::from(u8::from(value >= 1.0)),
            Self::Uniform { low, high } => ((value - low) / (high - low)).clamp(0.0, 1.0),
            Self::Beta { alpha, beta } => beta_share(alpha, beta, value),
            Self::HalfNormal { sd } => (2.0 * normal_cdf(value / sd) - 1.0).max(0.0),
            Self::Bernoulli { .. } if value < 0.0 => 0.0,
            Self::Bernoulli { probability } if value < 1.0 => 1.0 - probability,
            Self::Bernoulli { .. } => 1.0,
            Self::Gamma { shape } => gamma_share(shape, value),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn symmetric_bounds_are_the_five_and_ninety_five_percent_quantiles() {
        let distribution = Distribution::log_normal(1.0, 0.25, 4.0).unwrap();
        assert!((distribution.quantile(0.05) - 0.25).abs() < 1e-9);
        assert!((distribution.quantile(0.95) - 4.0).abs() < 1e-8);
        let distribution = Distribution::logit_normal(0.5, 0.2, 0.8).unwrap();
        assert!((distribution.quantile(0.95) - 0.8).abs() < 1e-9);
    }

    #[test]
    fn what_holds_or_not_is_one_as_often_as_its_probability_says() {
        let holds = Distribution::Bernoulli { probability: 0.8 };
        let found = crate::uniforms(3, "holds", 10_000)
            .into_iter()
            .map(|u| holds.quantile(u))
            .sum::<f64>();
        assert!((found / 10_000.0 - 0.8).abs() < 0.012, "{found}");
        assert_eq!(
            [-0.1, 0.0, 0.5, 1.0].map(|at| holds.cumulative(at) > 0.99),
            [false, false, false, true]
        );
        assert!((holds.cumulative(0.3) - 0.2).abs() < 1e-12);
        assert_eq!(holds.median(), 1.0);
    }

    #[test]
    fn a_half_normal_has_its_known_median() {
        assert!((Distribution::HalfNormal { sd: 1.0 }.median() - 0.674_489_750_196_082).abs() < 1e-9);
    }

    #[test]
    fn disordered_bounds_are_an_error() {
        let wrong = [
            Distribution::log_normal(1.0, 4.0, 0.25),
            Distribution::log_normal(1.0, 0.0, 4.0),
            Distribution::log_normal(0.0, 0.25, 4.0),
            Distribution::log_normal(1.0, 4.0, 4.0),
            Distribution::log_normal(1.0, 0.25, f64::INFINITY),
            Distribution::logit_normal(0.5, 0.0, 0.8),
            Distribution::logit_normal(0.5, 0.2, 1.0),
            Distribution::logit_normal(1.0, 0.2, 0.8),
            Distribution::logit_normal(0.5, 0.8, 0.8),
            Distribution::normal(1.0, 3.0, 3.0),
            Distribution::normal(1.0, 3.0, 2.0),
            Distribution::normal(f64::NAN, 1.0, 2.0),
        ];
        assert!(wrong.iter().all(Result::is_err), "{wrong:?}");
        let said = wrong[11].as_ref().unwrap_err().to_string();
        assert!(said.starts_with("median NaN, 5 % 1, 95 % 2: "), "{said}");
    }

    #[test]
    fn the_share_at_a_quantile_is_its_place() {
        let all = [
            Distribution::normal(-2.0, -5.0, 1.0).unwrap(),
            Distribution::log_normal(3.0, 1.0, 9.0).unwrap(),
            Distribution::logit_normal(0.3, 0.1, 0.6).unwrap(),
            Distribution::Uniform { low: -1.0, high: 4.0 },
            Distribution::Beta { alpha: 2.0, beta: 5.0 },
            Distribution::HalfNormal { sd: 3.0 },
            Distribution::Gamma { shape: 2.5 },
        ];
        for distribution in all {
            for place in [0.01, 0.05, 0.3, 0.5, 0.8, 0.95, 0.99] {
                let back = distribution.cumulative(distribution.quantile(place));
                assert!((back - place).abs() < 1e-7, "{distribution:?} {place}: {back}");
            }
            assert_eq!(distribution.median(), distribution.quantile(0.5));
        }
    }

    #[test]
    fn shares_at_the_ends() {
        let shares = |distribution: Distribution, at: [f64; 4]| at.map(|at| distribution.cumulative(at));
        assert_eq!(
            shares(Distribution::Fixed(2.0), [1.9, 2.0, 2.1, 9.0]),
            [0.0, 1.0, 1.0, 1.0]
        );
        let log_normal = Distribution::log_normal(3.0, 1.0, 9.0).unwrap();
        assert_eq!(
            shares(log_normal, [-1.0, 0.0, 3.0, f64::INFINITY]),
            [0.0, 0.0, 0.5, 1.0]
        );
        let logit_normal = Distribution::logit_normal(0.5, 0.2, 0.8).unwrap();
        assert_eq!(shares(logit_normal, [-1.0, 0.0, 1.0, 2.0]), [0.0, 0.0, 1.0, 1.0]);
        let uniform = Distribution::Uniform { low: 1.0, high: 3.0 };
        assert_eq!(shares(uniform, [0.0, 1.0, 2.0, 4.0]), [0.0, 0.0, 0.5, 1.0]);
        assert_eq!(
            shares(Distribution::HalfNormal { sd: 1.0 }, [-2.0, -1.0, 0.0, 99.0]),
            [0.0, 0.0, 0.0, 1.0]
        );
        let holds = Distribution::Bernoulli { probability: 0.75 };
        assert_eq!(shares(holds, [-0.1, 0.0, 0.99, 1.0]), [0.0, 0.25, 0.25, 1.0]);
    }
}
