//! Shares of variance from the draws that are there anyway.
//!
//! For each input the output is regressed on the first polynomials of the input's rank (Legendre polynomials on the
//! unit interval, up to the third degree); the explained variance, corrected for the degrees of freedom, estimates the
//! first-order Sobol' index. Among many inputs some explain something by chance alone: an input without effect explains
//! about χ²/n of the variance, with as many degrees of freedom as polynomials, so a share comes with its standard error
//! and with the probability that chance does as much.
//!
//! Limits: interactions are not attributed to anyone; shares of inputs that go together, or of few draws, can add up to
//! more than one.

use crate::beta_gamma::gamma_share;
use crate::statistics::order;

/// How much of an output's variance one input explains by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceShare {
    /// Which input.
    pub name: String,
    /// The share, not below zero.
    pub share: f64,
    /// About how far the share can be off by chance.
    pub standard_error: f64,
    /// The probability that an input without any effect explains as much.
    pub by_chance: f64,
}

/// The first-order share of each input, largest first; none of fewer draws than a fit needs. `inputs` are pairs of a
/// name and as many draws as `output` has.
#[must_use]
pub fn variance_shares(inputs: &[(String, Vec<f64>)], output: &[f64]) -> Vec<VarianceShare> {
    const DEGREE: usize = 3;
    let n = output.len() as f64;
    let centre = crate::mean(output);
    let total: f64 = output.iter().map(|y| (y - centre).powi(2)).sum();
    if output.len() < 2 * (DEGREE + 1) || !total.is_finite() {
        return Vec::new();
    }
    let mut shares: Vec<VarianceShare> = inputs
        .iter()
        .filter(|(_, draws)| draws.len() == output.len() && draws.iter().any(|x| *x != draws[0]))
        .map(|(name, draws)| {
            let ranks = unit_ranks(draws);
            // Legendre polynomials of the ranks are (nearly) orthogonal, so each degree is projected by itself and the
            // explained sums of squares add up; no system of equations is solved.
            let explained: f64 = (1..=DEGREE)
                .map(|degree| {
                    let basis: Vec<f64> = ranks.iter().map(|&u| shifted_legendre(degree, u)).collect();
                    let norm: f64 = basis.iter().map(|b| b * b).sum();
                    let product: f64 = basis.iter().zip(output).map(|(b, y)| b * (y - centre)).sum();
                    product * product / norm
                })
                .sum();
            let raw = if total > 0.0 { (explained / total).min(1.0) } else { 0.0 };
            let lost = DEGREE as f64;
            // Adjusted R²: what as many random regressors would explain is taken off.
            let corrected = raw - (1.0 - raw) * lost / (n - lost - 1.0).max(1.0);
            let standard_error = ((4.0 * raw * (1.0 - raw).powi(2) + 2.0 * lost / n) / n).sqrt();
            VarianceShare {
                name: name.clone(),
                share: corrected.max(0.0),
                standard_error,
                by_chance: if raw < 1.0 {
                    1.0 - gamma_share(0.5 * lost, 0.5 * (n - lost - 1.0) * raw / (1.0 - raw))
                } else {
                    0.0
                },
            }
        })
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    shares
}

/// Ranks mapped to the middle of their cell in the unit interval; ties keep their order, which is harmless for draws.
fn unit_ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order(values).into_iter().enumerate() {
        ranks[at] = (rank as f64 + 0.5) / values.len() as f64;
    }
    ranks
}

fn shifted_legendre(degree: usize, u: f64) -> f64 {
    let x = 2.0 * u - 1.0;
    match degree {
        1 => x,
        2 => (3.0 * x * x - 1.0) / 2.0,
        _ => (5.0 * x * x * x - 3.0 * x) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uniforms;
    use std::f64::consts::PI;

    /// Ishigami's function, as in the proofs of this crate. Its second input has an index of .4424, but as a fast
    /// oscillation that polynomials of degree three hardly see, which is the stated limit.
    #[test]
    fn an_inert_input_has_no_share_and_an_oscillation_hardly_any() {
        let n = 20_000;
        let draw = |name: &str| {
            uniforms(5, name, n)
                .into_iter()
                .map(|u| PI * (2.0 * u - 1.0))
                .collect::<Vec<_>>()
        };
        let (a, b, c, inert) = (draw("a"), draw("b"), draw("c"), draw("d"));
        let output: Vec<f64> = (0..n)
            .map(|i| a[i].sin() + 7.0 * b[i].sin().powi(2) + 0.1 * c[i].powi(4) * a[i].sin())
            .collect();
        let shares = variance_shares(&[("b".to_owned(), b), ("inert".to_owned(), inert)], &output);
        assert!(shares[0].name == "b" && shares[0].share < 0.05, "{shares:?}");
        assert!(shares[1].share < 0.005, "{shares:?}");
    }

    /// Of inputs without effect as many fall below a probability as it says.
    #[test]
    fn chance_explains_as_often_as_it_is_said_to() {
        let inputs: Vec<(String, Vec<f64>)> = (0..2000)
            .map(|i| (format!("inert {i}"), uniforms(7, &format!("inert {i}"), 100)))
            .collect();
        let found = variance_shares(&inputs, &uniforms(7, "output", 100));
        for (most, about) in [(0.5, 1000.0_f64), (0.05, 100.0), (0.01, 20.0)] {
            let count = found.iter().filter(|share| share.by_chance < most).count() as f64;
            assert!(
                (count - about).abs() < 4.0 * about.sqrt() + 5.0,
                "below {most}: {count}"
            );
        }
        assert!(
            variance_shares(&inputs, &[1.0; 7]).is_empty(),
            "seven draws fit nothing"
        );
    }

    #[test]
    fn a_linear_model_splits_by_squared_coefficients() {
        let n = 5000;
        let (a, b) = (uniforms(1, "a", n), uniforms(1, "b", n));
        let output: Vec<f64> = (0..n).map(|i| 3.0 * a[i] + 1.0 * b[i]).collect();
        let shares = variance_shares(&[("a".into(), a), ("b".into(), b)], &output);
        assert!(
            (shares[0].share - 0.9).abs() < 0.02 && (shares[1].share - 0.1).abs() < 0.02,
            "{shares:?}"
        );
    }
}
