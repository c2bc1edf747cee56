//! The normal distribution: shares, quantiles, the logarithm of its density, and the log-odds scale of shares.

use statrs::distribution::{ContinuousCDF, Normal};

/// The standard normal quantile; not a number where `u` is no share.
#[must_use]
pub fn standard_normal_quantile(u: f64) -> f64 {
    // The library panics outside.
    if (0.0..=1.0).contains(&u) {
        Normal::standard().inverse_cdf(u)
    } else {
        f64::NAN
    }
}

/// The share of the standard normal distribution at or below `z`.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The natural logarithm of the density of a normal distribution at `x`. Not a number where `sd` is not positive.
#[must_use]
pub fn normal_ln_density(x: f64, mean: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        let z = (x - mean) / sd;
        -0.5 * (z * z + std::f64::consts::TAU.ln()) - sd.ln()
    } else {
        f64::NAN
    }
}

/// Log-odds of a probability.
#[must_use]
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The probability of log-odds.
#[must_use]
pub fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The probability of odds; one of odds beyond all numbers.
#[must_use]
pub fn of_odds(odds: f64) -> f64 {
    if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_is_the_slope_of_the_share() {
        for (x, mean, sd) in [(0.3, 0.0, 1.0), (-4.0, 2.0, 3.0), (9.0, 8.9, 0.2)] {
            let step = 1e-5 * sd;
            let share = |x: f64| normal_cdf((x - mean) / sd);
            let slope = (share(x + step) - share(x - step)) / (2.0 * step);
            assert!((normal_ln_density(x, mean, sd).exp() / slope - 1.0).abs() < 1e-6, "{x}");
        }
        assert!(normal_ln_density(0.0, 0.0, 0.0).is_nan());
    }
}
