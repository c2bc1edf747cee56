//! Who of several forecasters deserves which part of a mix: the weights under which their mix would have forecast best.
//!
//! With ln p_ik the log score of forecaster k on target i, the weights maximise Σ_i ln Σ_k w_k·p_ik over w ≥ 0, Σ w = 1
//! (stacking of distributions, Yao and others 2018). The sum is concave; each step w_k ← mean_i w_k·p_ik/Σ_j w_j·p_ij
//! raises it, and the weights are right when no forecaster's mean ratio lies above one.
//!
//! Limits: scores should be of targets that no forecaster has seen (leave one study out). Over few targets the weights
//! tell who was lucky; how many they rest on has to be told with them.

use crate::ln_sum::ln_sum_exp;

/// The weights of forecasters by their log scores, a row for each target. `None` where there is no target, no
/// forecaster, rows of unlike length, or a target that nobody holds possible.
///
/// ```
/// use needlework_inference::stacking::stack;
///
/// // The second is better on both targets, and gets all.
/// let weights = stack(&[vec![-3.0, -1.0], vec![-4.0, -2.0]]).unwrap();
/// assert!(weights[1] > 0.999);
/// ```
#[must_use]
pub fn stack(ln_scores: &[Vec<f64>]) -> Option<Vec<f64>> {
    // numerical: no forecaster could raise the mean log score by more than this
    const SURE: f64 = 1e-9;
    // numerical: steps close in like one over their number at worst, where two forecasters are alike
    const MOST_STEPS: usize = 100_000;
    let forecasters = ln_scores.first()?.len();
    let possible = |row: &Vec<f64>| {
        row.len() == forecasters
            && row.iter().all(|ln| !ln.is_nan() && *ln < f64::INFINITY)
            && row.iter().any(|ln| ln.is_finite())
    };
    if forecasters == 0 || !ln_scores.iter().all(possible) {
        return None;
    }
    let targets = ln_scores.len() as f64;
    let mut weights = vec![1.0 / forecasters as f64; forecasters];
    for _ in 0..MOST_STEPS {
        let mut ratios = vec![0.0; forecasters];
        for row in ln_scores {
            let mixed = ln_sum_exp(row.iter().zip(&weights).map(|(ln, weight)| ln + weight.ln()));
            for (ratio, ln) in ratios.iter_mut().zip(row) {
                *ratio += (ln - mixed).exp() / targets;
            }
        }
        let most = ratios.iter().copied().fold(0.0, f64::max);
        if most <= 1.0 + SURE {
            break;
        }
        for (weight, ratio) in weights.iter_mut().zip(&ratios) {
            *weight *= ratio;
        }
    }
    let total: f64 = weights.iter().sum();
    Some(weights.into_iter().map(|weight| weight / total).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normal_ln_density, normals};

    /// What a mix would have scored, per target.
    fn score(ln_scores: &[Vec<f64>], weights: &[f64]) -> f64 {
        let of = |row: &Vec<f64>| ln_sum_exp(row.iter().zip(weights).map(|(ln, weight)| ln + weight.ln()));
        ln_scores.iter().map(of).sum::<f64>() / ln_scores.len() as f64
    }

    /// Targets of which seven of ten come from the first forecaster's belief and the others from the second's; a third
    /// believes what never comes.
    #[test]
    fn a_mix_is_found_again_and_whoever_is_never_right_gets_nothing() {
        // numerical: targets, enough for some hundredths of a weight
        const TARGETS: usize = 4000;
        let draws = normals(5, "stacking", TARGETS);
        let rows: Vec<Vec<f64>> = draws
            .iter()
            .enumerate()
            .map(|(at, z)| {
                let came = if at % 10 < 7 { *z } else { 4.0 + z };
                [0.0, 4.0, 30.0].map(|mean| normal_ln_density(came, mean, 1.0)).to_vec()
            })
            .collect();
        let weights = stack(&rows).unwrap();
        assert!((weights[0] - 0.7).abs() < 0.02 && weights[2] < 1e-6, "{weights:?}");
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let own = score(&rows, &weights);
        for other in [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.5, 0.5, 0.0],
            [0.65, 0.35, 0.0],
            [0.75, 0.25, 0.0],
        ] {
            assert!(own >= score(&rows, &other), "{other:?}");
        }
    }

    /// Two targets that two forecasters share evenly: half and half, by symmetry.
    #[test]
    fn forecasters_that_are_right_in_turn_get_halves() {
        let weights = stack(&[vec![-1.0, -3.0], vec![-3.0, -1.0]]).unwrap();
        assert!((weights[0] - 0.5).abs() < 1e-9);
    }

    #[test]
    fn nothing_to_weigh_gives_no_weights() {
        assert_eq!(stack(&[]), None);
        assert_eq!(stack(&[vec![]]), None);
        assert_eq!(stack(&[vec![-1.0, -2.0], vec![-1.0]]), None);
        assert_eq!(stack(&[vec![f64::NEG_INFINITY, f64::NEG_INFINITY]]), None);
        assert_eq!(stack(&[vec![f64::NAN, -1.0]]), None);
        // Whoever holds impossible what came is out.
        assert_eq!(stack(&[vec![f64::NEG_INFINITY, -1.0]]), Some(vec![0.0, 1.0]));
    }
}
