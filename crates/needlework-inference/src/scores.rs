//! How good a forecast was, once the value came: scores that reward the honest forecast (proper scores).
//!
//! For classes: the logarithm of the probability of the class that came (Good 1952; nats, higher is better), the score
//! of Brier 1950, Σ (pₖ − oₖ)², and the ranked probability score (Epstein 1969), Σ (Pₖ − Oₖ)² over the cuts between
//! ordered classes; both lower is better. For a normal forecast the continuous ranked probability score in closed form
//! (Gneiting and others 2005). For draws see [`crate::draws::Draws`].
//!
//! Whether intervals hold what they promise is told by the probability integral transform of each value: the forecast's
//! share below it. A central interval of probability p holds the value where that share is within p/2 of one half.

use needlework_numerics::{normal_cdf, normal_ln_density};

// numerical: the probabilities of the central intervals that are counted
const LEVELS: [f64; 3] = [0.5, 0.8, 0.9];

/// The logarithm of the probability of the class that came, in nats; minus infinity where it was held impossible.
/// `None` where `probabilities` don't add up to one, or have no class `observed`.
#[must_use]
pub fn log_score(probabilities: &[f64], observed: usize) -> Option<f64> {
    let held = fair(probabilities, observed)?;
    Some(held.ln())
}

/// Brier's score: the squared distances of the probabilities from what came, between 0 and 2. `None` as for
/// [`log_score`].
#[must_use]
pub fn brier_score(probabilities: &[f64], observed: usize) -> Option<f64> {
    fair(probabilities, observed)?;
    let parts = probabilities.iter().enumerate();
    Some(parts.map(|(at, p)| (p - came(at == observed)).powi(2)).sum())
}

/// The ranked probability score of ordered classes: the squared distances of the cumulative probabilities, between 0
/// and the number of cuts. `None` as for [`log_score`].
#[must_use]
pub fn ranked_probability_score(probabilities: &[f64], observed: usize) -> Option<f64> {
    fair(probabilities, observed)?;
    let mut below = 0.0;
    let cuts = probabilities.iter().enumerate().take(probabilities.len() - 1);
    Some(
        cuts.map(|(at, p)| {
            below += p;
            (below - came(at >= observed)).powi(2)
        })
        .sum(),
    )
}

/// The continuous ranked probability score of a normal forecast, in the unit of the value. `None` where `sd` is not a
/// positive number.
#[must_use]
pub fn crps_of_normal(mean: f64, sd: f64, observed: f64) -> Option<f64> {
    (sd > 0.0 && sd.is_finite()).then(|| {
        let z = (observed - mean) / sd;
        let density = normal_ln_density(z, 0.0, 1.0).exp();
        sd * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / std::f64::consts::PI.sqrt())
    })
}

/// How often a central interval held the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// The probability that the interval promises.
    pub promised: f64,
    /// The share of the values that it held.
    pub held: f64,
}

/// How often the central 50, 80 and 90 % intervals held the value; `shares_below` are the probability integral
/// transforms of the values. Nothing is held of no values.
#[must_use]
pub fn coverage(shares_below: &[f64]) -> [Coverage; 3] {
    LEVELS.map(|promised| Coverage {
        promised,
        held: shares_below.iter().filter(|share| holds(**share, promised)).count() as f64
            / shares_below.len().max(1) as f64,
    })
}

/// Does the central interval of probability `promised` hold a value with this share of the forecast below it?
#[must_use]
pub fn holds(share_below: f64, promised: f64) -> bool {
    (share_below - 0.5).abs() <= 0.5 * promised
}

fn came(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// The probability of the class that came, if the probabilities are such.
fn fair(probabilities: &[f64], observed: usize) -> Option<f64> {
    // numerical: probabilities add up to one but for rounding
    const SLACK: f64 = 1e-9;
    let total: f64 = probabilities.iter().sum();
    let fair = (total - 1.0).abs() < SLACK && probabilities.iter().all(|p| *p >= 0.0);
    probabilities.get(observed).copied().filter(|_| fair)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::midpoints;

    #[test]
    fn hand_worked_classes() {
        let forecast = [0.2, 0.5, 0.3];
        assert_eq!(log_score(&forecast, 1), Some(0.5_f64.ln()));
        assert!((brier_score(&forecast, 1).unwrap() - (0.04 + 0.25 + 0.09)).abs() < 1e-15);
        assert!((ranked_probability_score(&forecast, 0).unwrap() - (0.64 + 0.09)).abs() < 1e-15);
        assert!((ranked_probability_score(&forecast, 2).unwrap() - (0.04 + 0.49)).abs() < 1e-15);
        assert_eq!(log_score(&[0.0, 1.0], 0), Some(f64::NEG_INFINITY));
        assert!(log_score(&forecast, 3).is_none() && log_score(&[0.5, 0.6], 0).is_none());
        assert!(ranked_probability_score(&[], 0).is_none());
    }

    /// Among forecasts the truth has the best expected score.
    #[test]
    fn the_honest_forecast_scores_best() {
        let truth = [0.1, 0.6, 0.3];
        let expected = |forecast: &[f64], score: &dyn Fn(&[f64], usize) -> Option<f64>| -> f64 {
            (0..3).map(|k| truth[k] * score(forecast, k).unwrap()).sum()
        };
        let others = [[0.2, 0.5, 0.3], [0.05, 0.7, 0.25], [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]];
        for other in &others {
            assert!(expected(other, &log_score) < expected(&truth, &log_score));
            assert!(expected(other, &brier_score) > expected(&truth, &brier_score));
            assert!(expected(other, &ranked_probability_score) > expected(&truth, &ranked_probability_score));
        }
    }

    /// The closed form is the integral of (F(x) − [x ≥ y])² that defines the score.
    #[test]
    fn the_normal_score_is_its_integral() {
        let (mean, sd) = (3.0, 2.0);
        for observed in [-4.0, 2.5, 8.0] {
            let cells = 200_000;
            let sum: f64 = midpoints(60.0, cells)
                .iter()
                .map(|x| x - 30.0)
                .map(|x| (normal_cdf((x - mean) / sd) - came(x >= observed)).powi(2))
                .sum();
            let exact = sum * 60.0 / cells as f64;
            assert!((crps_of_normal(mean, sd, observed).unwrap() - exact).abs() < 1e-4);
        }
        assert!(crps_of_normal(0.0, 0.0, 1.0).is_none());
    }

    #[test]
    fn evenly_spread_shares_are_covered_as_promised() {
        for covered in coverage(&midpoints(1.0, 1000)) {
            assert!((covered.held - covered.promised).abs() < 1e-9, "{covered:?}");
        }
        assert!(holds(0.05, 0.9) && !holds(0.049, 0.9));
        assert_eq!(coverage(&[])[0].held, 0.0);
    }
}
