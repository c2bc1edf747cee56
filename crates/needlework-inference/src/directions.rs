//! What data have informed: the directions of parameter space in which a posterior is narrower than its prior.
//!
//! In coordinates that are standard normal before the data, the covariance before them is one; the eigenvalues of the
//! weighted covariance after them are the shares of variance that are left, and their vectors the directions. What only
//! a product informs shows as one narrow direction among wide single parameters.
//!
//! Finitely many draws make the smallest eigenvalues too small by chance. How small is told by the same weights given
//! to the draws in another order: a direction counts where its eigenvalue lies below the smallest of all those.

use nalgebra::DMatrix;
use needlework_numerics::{order, uniforms};

use crate::weights::Weights;

/// A direction of parameter space.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    /// The standard deviation along it after the data, over that before them.
    pub sd_ratio: f64,
    /// How much of each parameter is in it; the squares add up to one, and the largest part is positive.
    pub parts: Vec<f64>,
}

/// The directions that the data have narrowed beyond chance, the narrowest first. `coordinates` has one list a
/// parameter, with its standard normal coordinate in each draw; `shuffles` is how often the weights are given to draws
/// in another order. `None` where lists and weights differ in length, a number is not finite, or there are no
/// parameters.
#[must_use]
pub fn informed_directions(
    coordinates: &[Vec<f64>],
    weights: &Weights,
    shuffles: usize,
    seed: u64,
) -> Option<Vec<Direction>> {
    let draws = weights.normalised.len();
    let fair = coordinates
        .iter()
        .all(|of| of.len() == draws && of.iter().all(|z| z.is_finite()));
    if coordinates.is_empty() || !fair {
        return None;
    }
    let decomposed = covariance(coordinates, &weights.normalised).symmetric_eigen();
    let mut chance = f64::INFINITY;
    for shuffle in 0..shuffles {
        let keys = uniforms(seed, &format!("directions.{shuffle}"), draws);
        let shuffled: Vec<f64> = order(&keys).into_iter().map(|at| weights.normalised[at]).collect();
        chance = chance.min(covariance(coordinates, &shuffled).symmetric_eigenvalues().min());
    }
    let mut found: Vec<Direction> = decomposed
        .eigenvalues
        .iter()
        .zip(decomposed.eigenvectors.column_iter())
        .filter(|(value, _)| **value < chance)
        .map(|(value, vector)| {
            let largest = vector
                .iter()
                .copied()
                .fold(0.0, |most: f64, part| if part.abs() > most.abs() { part } else { most });
            Direction {
                sd_ratio: value.max(0.0).sqrt(),
                parts: vector.iter().map(|part| part * largest.signum()).collect(),
            }
        })
        .collect();
    found.sort_by(|a, b| a.sd_ratio.total_cmp(&b.sd_ratio));
    Some(found)
}

/// The covariance of the coordinates with weights that add up to one.
fn covariance(coordinates: &[Vec<f64>], weights: &[f64]) -> DMatrix<f64> {
    let means: Vec<f64> = coordinates
        .iter()
        .map(|of| of.iter().zip(weights).map(|(z, w)| z * w).sum())
        .collect();
    let rooted = DMatrix::from_fn(weights.len(), coordinates.len(), |draw, of| {
        (coordinates[of][draw] - means[of]) * weights[draw].sqrt()
    });
    rooted.tr_mul(&rooted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normal_ln_density, normals};

    fn bank(draws: usize) -> Vec<Vec<f64>> {
        (0..12).map(|of| normals(1, &format!("z.{of}"), draws)).collect()
    }

    /// The sum of two parameters is known to 0.3: along it a third of the prior is left, nothing else is narrower.
    #[test]
    fn a_sum_that_is_known_is_one_direction() {
        let z = bank(20_000);
        let lns: Vec<f64> = (0..20_000)
            .map(|at| normal_ln_density(0.8, z[2][at] + z[5][at], 0.5))
            .collect();
        let found = informed_directions(&z, &Weights::of(&lns).unwrap(), 10, 1).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        // Along (z₂ + z₅)/√2 the variance is 1/(1 + 2/0.25).
        assert!((found[0].sd_ratio - 1.0 / 3.0).abs() < 0.01, "{found:?}");
        let half = 0.5_f64.sqrt();
        assert!((found[0].parts[2] - half).abs() < 0.03 && (found[0].parts[5] - half).abs() < 0.03);
    }

    #[test]
    fn weights_of_chance_inform_nothing() {
        let noise: Vec<f64> = normals(9, "noise", 4000).iter().map(|z| 1.2 * z).collect();
        let weights = Weights::of(&noise).unwrap();
        assert!(informed_directions(&bank(4000), &weights, 20, 1).unwrap().len() <= 1);
        assert!(informed_directions(&[], &weights, 1, 1).is_none());
        assert!(informed_directions(&[vec![0.0; 9]], &weights, 1, 1).is_none());
    }
}
