//! Does a way of inference say what it should? Simulation-based calibration (Talts and others 2018).
//!
//! Draw parameters from the prior, data from them, and infer: over many such data sets the rank of the true parameter
//! among L draws of its posterior is uniform on 0 … L, if all is right. Evenness is tested by χ² over equal bins; over
//! quantities the probabilities are combined by Fisher's method. A 90 % interval must hold the truth in 90 of 100.
//!
//! Limits: draws of one posterior must be independent, or thinned until they are. Quantities of one data set go
//! together, so Fisher's combination is somewhat too strict or too mild; a failure calls for a second seed. What the
//! data don't touch passes whatever the likelihood says.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Whether the ranks of one quantity are even.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evenness {
    /// χ² over the bins.
    pub chi_squared: f64,
    /// How probable so large a χ² is if all is right.
    pub probability: f64,
    /// In what share of data sets the central 90 % of the posterior held the truth.
    pub held_by_90_percent: f64,
}

/// The rank of the truth among draws of its posterior: how many of them lie below it. Where some are equal to it, half
/// of those count.
#[must_use]
pub fn rank_of(truth: f64, draws: &[f64]) -> usize {
    let below = draws.iter().filter(|draw| **draw < truth).count();
    let equal = draws.iter().filter(|draw| **draw == truth).count();
    below + equal / 2
}

/// Tests whether ranks among `draws` draws are even over `bins` bins. `None` where `draws` + 1 is no multiple of
/// `bins`, which would make the bins unequal, a rank is above `draws`, or there are fewer than two bins or no ranks.
#[must_use]
pub fn evenness(ranks: &[usize], draws: usize, bins: usize) -> Option<Evenness> {
    let fair = bins >= 2 && (draws + 1).is_multiple_of(bins) && ranks.iter().all(|rank| *rank <= draws);
    if !fair || ranks.is_empty() {
        return None;
    }
    let wide = (draws + 1) / bins;
    let mut counts = vec![0.0; bins];
    for rank in ranks {
        counts[rank / wide] += 1.0;
    }
    let expected = ranks.len() as f64 / bins as f64;
    let chi_squared: f64 = counts
        .iter()
        .map(|count: &f64| (count - expected).powi(2) / expected)
        .sum();
    let distribution = ChiSquared::new(bins as f64 - 1.0).ok()?;
    let held = |rank: usize| crate::scores::holds((rank as f64 + 0.5) / (draws as f64 + 1.0), NINETY);
    Some(Evenness {
        chi_squared,
        probability: distribution.sf(chi_squared),
        held_by_90_percent: ranks.iter().filter(|rank| held(**rank)).count() as f64 / ranks.len() as f64,
    })
}

// numerical: the probability of the interval whose coverage is told
const NINETY: f64 = 0.9;

/// Fisher's combination of independent probabilities: how probable it is that −2Σ ln p is so large if all is right.
/// `None` of none, or where one is not between zero and one.
#[must_use]
pub fn combined(probabilities: &[f64]) -> Option<f64> {
    let fair = probabilities.iter().all(|p| (0.0..=1.0).contains(p));
    let sum: f64 = probabilities.iter().map(|p| -2.0 * p.ln()).sum();
    let distribution = ChiSquared::new(2.0 * probabilities.len() as f64).ok()?;
    fair.then(|| if sum.is_finite() { distribution.sf(sum) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{normals, uniforms};

    const DATA_SETS: usize = 400;
    const DRAWS: usize = 99;
    const STUDIES: usize = 3;

    const QUANTITIES: usize = 10;

    /// Mean scores of three studies of ten people: m ~ N(40, 25²), each study moved by N(0, 3²), people differ by 12.
    /// Ranks of ten quantities by draws of the exact posterior, the last of which no datum touches. `people_variance`,
    /// and whether all studies share one effect, are what the inference believes.
    fn ranks(people_variance: f64, shared: bool) -> Vec<Vec<usize>> {
        let mut ranks = vec![Vec::new(); QUANTITIES];
        for set in 0..DATA_SETS {
            let draw = |what: &str, count: usize| normals(11, &format!("{what}.{set}"), count);
            let m = 40.0 + 25.0 * draw("m", 1)[0];
            let u: Vec<f64> = draw("effect", STUDIES + 1).iter().map(|z| 3.0 * z).collect();
            let means: Vec<f64> = draw("error", STUDIES)
                .iter()
                .zip(&u)
                .map(|(z, u)| m + u + 14.4_f64.sqrt() * z)
                .collect();
            let error = people_variance / 10.0;
            let noise = (if shared { error } else { 9.0 + error }) / STUDIES as f64;
            let variance = 1.0 / (1.0 / 625.0 + 1.0 / noise);
            let centre = variance * (40.0 / 625.0 + needlework_numerics::mean(&means) / noise);
            let z = draw("posterior", (STUDIES + 3) * DRAWS);
            let draws = z.chunks(STUDIES + 3).map(|z| {
                let m = centre + variance.sqrt() * z[0];
                // Given m, each effect is normal by itself.
                let own = 1.0 / (1.0 / 9.0 + 1.0 / error);
                let u = means
                    .iter()
                    .zip(&z[1..])
                    .map(|(mean, z)| own * (mean - m) / error + own.sqrt() * z);
                quantities(m, &u.chain([3.0 * z[STUDIES + 1]]).collect::<Vec<_>>(), z[STUDIES + 2])
            });
            let draws: Vec<Vec<f64>> = draws.collect();
            for (at, truth) in quantities(m, &u, draw("untouched", 1)[0]).into_iter().enumerate() {
                let own: Vec<f64> = draws.iter().map(|draw| draw[at]).collect();
                ranks[at].push(rank_of(truth, &own));
            }
        }
        ranks
    }

    /// The last effect is that of a study to come.
    fn quantities(m: f64, u: &[f64], untouched: f64) -> Vec<f64> {
        let next = m + u[STUDIES];
        let size = u[..STUDIES].iter().map(|u| u * u).sum();
        let above = needlework_numerics::normal_cdf((next - 50.0) / 12.0);
        vec![m, u[0], u[1], u[2], m + u[0], u[0] - u[1], size, next, above, untouched]
    }

    fn probabilities(ranks: &[Vec<usize>]) -> Vec<f64> {
        ranks
            .iter()
            .map(|ranks| evenness(ranks, DRAWS, 20).unwrap().probability)
            .collect()
    }

    #[test]
    fn the_right_inference_passes() {
        let ranks = ranks(144.0, false);
        for of_one in &ranks {
            let found = evenness(of_one, DRAWS, 20).unwrap();
            assert!(
                found.probability > 0.001 && (0.86..=0.94).contains(&found.held_by_90_percent),
                "{found:?}"
            );
        }
        assert!(combined(&probabilities(&ranks)).unwrap() > 0.01);
    }

    /// Two faults are planted: a standard deviation that was not squared, and a study effect that all studies share.
    #[test]
    fn planted_faults_fail() {
        for faulty in [ranks(12.0, false), ranks(144.0, true)] {
            let found = evenness(&faulty[0], DRAWS, 20).unwrap();
            assert!(
                found.probability < 0.001 && found.held_by_90_percent < 0.86,
                "{found:?}"
            );
            assert!(combined(&probabilities(&faulty)).unwrap() < 0.01);
            assert!(
                probabilities(&faulty)[QUANTITIES - 1] > 0.001,
                "what no datum touches is right"
            );
        }
    }

    #[test]
    fn hand_worked_ranks() {
        assert_eq!(rank_of(2.5, &[1.0, 2.0, 3.0, 4.0]), 2);
        assert_eq!(rank_of(2.0, &[2.0, 2.0, 2.0, 4.0]), 1);
        let even = evenness(&[0, 1, 2, 3], 3, 4).unwrap();
        assert_eq!((even.chi_squared, even.probability), (0.0, 1.0));
        // All four in the first of two bins: χ² = 4.
        let odd = evenness(&[0, 1, 0, 1], 3, 2).unwrap();
        assert!((odd.chi_squared - 4.0).abs() < 1e-12 && (odd.probability - 0.045_500_264).abs() < 1e-6);
        assert!(evenness(&[0], 3, 3).is_none() && evenness(&[4], 3, 2).is_none() && evenness(&[], 3, 2).is_none());
    }

    /// Probabilities of nothing but chance combine to one that is even itself.
    #[test]
    fn chance_combines_to_chance() {
        let combined: Vec<f64> = uniforms(1, "p", 4000).chunks(4).map(|p| combined(p).unwrap()).collect();
        let below = combined.iter().filter(|p| **p < 0.1).count();
        assert!((70..130).contains(&below), "{below}");
        assert_eq!(super::combined(&[0.0, 0.5]), Some(0.0));
        assert!(super::combined(&[]).is_none() && super::combined(&[1.5]).is_none());
        assert!((super::combined(&[0.3]).unwrap() - 0.3).abs() < 1e-9);
    }
}
