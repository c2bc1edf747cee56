//! The standard normal distribution: shares and quantiles.

use statrs::distribution::{ContinuousCDF, Normal};

/// The standard normal quantile; not a number where `u` is no share.
pub(crate) fn standard_normal_quantile(u: f64) -> f64 {
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
