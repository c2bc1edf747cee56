//! Tests of a trial's scores: paired and two-sample t, signed ranks, proportional odds.
//!
//! * Paired t: the mean of a person's differences over its standard error.
//! * Two samples, Welch 1947: variances may differ; degrees of freedom after Satterthwaite 1946.
//! * Signed ranks, Wilcoxon 1945: differences of nothing are left out, equal ones share their middle rank; exact over
//!   all signs for up to `EXACT` differences, by the normal beyond, with the variance of the ranks as they are.
//! * Proportional odds: the score test of two groups in ordered classes, with Whitehead's 1993 estimate of the log odds
//!   ratio, score over information, which is close to the fitted one as long as the odds ratio is not far from one.
//!
//! Each gives its statistic and the probability of one at least as far out if nothing differs.

use needlework_numerics::{mean, normal_cdf, standard_deviation};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Which outcomes speak against "nothing differs".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// More and less.
    Both,
    /// More: the first group, or the difference, is larger.
    More,
    /// Less.
    Less,
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The statistic: t, z, or the sum of ranks of positive differences.
    pub statistic: f64,
    /// The probability of a statistic at least as far out if nothing differs.
    pub probability: f64,
}

/// Two ordered groups: what proportional odds found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddsTested {
    /// Statistic z and probability.
    pub tested: Tested,
    /// The estimate of the log odds ratio of a higher class, the first group against the second.
    pub ln_odds_ratio: f64,
    /// Its standard error.
    pub standard_error: f64,
}

// numerical: up to so many differences all signs are gone through, by their sums
const EXACT: usize = 60;

/// Paired t test of differences. `None` of fewer than two, or where all are the same or one is not finite.
#[must_use]
pub fn paired_t(differences: &[f64], sides: Sides) -> Option<Tested> {
    let count = differences.len() as f64;
    let error = standard_deviation(differences) / count.sqrt();
    t_test(mean(differences) / error, error, count - 1.0, sides)
}

/// Welch's t test of two groups, the first less the second. `None` of fewer than two in a group, or where nothing
/// differs or one is not finite.
#[must_use]
pub fn two_sample_t(first: &[f64], second: &[f64], sides: Sides) -> Option<Tested> {
    if first.len() < 2 || second.len() < 2 {
        return None;
    }
    let square = |group: &[f64]| standard_deviation(group).powi(2) / group.len() as f64;
    let (a, b) = (square(first), square(second));
    let own = |square: f64, group: &[f64]| square * square / (group.len() as f64 - 1.0);
    let freedom = (a + b).powi(2) / (own(a, first) + own(b, second));
    let error = (a + b).sqrt();
    t_test((mean(first) - mean(second)) / error, error, freedom, sides)
}

fn t_test(t: f64, error: f64, freedom: f64, sides: Sides) -> Option<Tested> {
    if !(error > 0.0 && t.is_finite()) {
        return None;
    }
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok()?;
    let probability = match sides {
        Sides::Both => 2.0 * distribution.cdf(-t.abs()),
        Sides::More => distribution.cdf(-t),
        Sides::Less => distribution.cdf(t),
    };
    Some(Tested {
        statistic: t,
        probability,
    })
}

/// Wilcoxon's signed ranks of differences. `None` where all are nothing or one is not finite.
#[must_use]
pub fn signed_ranks(differences: &[f64], sides: Sides) -> Option<Tested> {
    if !differences.iter().all(|difference| difference.is_finite()) {
        return None;
    }
    let own: Vec<f64> = differences
        .iter()
        .copied()
        .filter(|difference| *difference != 0.0)
        .collect();
    if own.is_empty() {
        return None;
    }
    let ranks = doubled_ranks(&own.iter().map(|difference| difference.abs()).collect::<Vec<_>>());
    let sum: usize = own
        .iter()
        .zip(&ranks)
        .filter(|(difference, _)| **difference > 0.0)
        .map(|(_, rank)| rank)
        .sum();
    let all: usize = ranks.iter().sum();
    // A sum at least as large, and one at least as small.
    let (more, less) = if own.len() <= EXACT {
        let shares = shares_of_sums(&ranks, all);
        (shares[sum..].iter().sum::<f64>(), shares[..=sum].iter().sum::<f64>())
    } else {
        let sd = 0.5 * (ranks.iter().map(|rank| (rank * rank) as f64).sum::<f64>()).sqrt();
        let off = sum as f64 - 0.5 * all as f64;
        // Half of a rank for continuity, which is one here.
        (normal_cdf((1.0 - off) / sd), normal_cdf((off + 1.0) / sd))
    };
    let probability = match sides {
        Sides::Both => (2.0 * more.min(less)).min(1.0),
        Sides::More => more.min(1.0),
        Sides::Less => less.min(1.0),
    };
    Some(Tested {
        statistic: 0.5 * sum as f64,
        probability,
    })
}

/// Twice the rank of each value, so that middle ranks of equal ones are whole numbers.
fn doubled_ranks(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    values
        .iter()
        .map(|value| sorted.partition_point(|x| x < value) + sorted.partition_point(|x| x <= value) + 1)
        .collect()
}

/// The share of all signs that give each sum from nothing to `all`.
fn shares_of_sums(ranks: &[usize], all: usize) -> Vec<f64> {
    let mut shares = vec![0.0; all + 1];
    shares[0] = 1.0;
    for &rank in ranks {
        for sum in (0..=all).rev() {
            let with = if sum >= rank { shares[sum - rank] } else { 0.0 };
            shares[sum] = 0.5 * (shares[sum] + with);
        }
    }
    shares
}

/// The score test of proportional odds: people in ordered classes, the lowest first, of two groups. `None` where the
/// lists differ in length, a group is empty, or all people are in one class.
#[must_use]
pub fn proportional_odds(first: &[u64], second: &[u64], sides: Sides) -> Option<OddsTested> {
    let people = |group: &[u64]| group.iter().map(|count| *count as f64).sum::<f64>();
    let (a, b) = (people(first), people(second));
    if first.len() != second.len() || a == 0.0 || b == 0.0 {
        return None;
    }
    let all = a + b;
    let (mut score, mut cubes, mut below) = (0.0, 0.0, 0.0);
    for (own, other) in first.iter().zip(second) {
        let (own, other) = (*own as f64, *other as f64);
        let above = b - below - other;
        score += own * (below - above);
        cubes += ((own + other) / all).powi(3);
        below += other;
    }
    let score = score / (all + 1.0);
    let information = a * b * all / (3.0 * (all + 1.0).powi(2)) * (1.0 - cubes);
    (information > 0.0).then(|| {
        let z = score / information.sqrt();
        let probability = match sides {
            Sides::Both => 2.0 * normal_cdf(-z.abs()),
            Sides::More => normal_cdf(-z),
            Sides::Less => normal_cdf(z),
        };
        OddsTested {
            tested: Tested {
                statistic: z,
                probability,
            },
            ln_odds_ratio: score / information,
            standard_error: 1.0 / information.sqrt(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{expit, normals, uniforms};

    /// Student's sleep data (1908): hours gained by two drugs in ten people.
    const FIRST: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const SECOND: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    fn differences() -> Vec<f64> {
        SECOND.iter().zip(&FIRST).map(|(b, a)| b - a).collect()
    }

    #[test]
    fn sleep_is_as_published() {
        let paired = paired_t(&differences(), Sides::Both).unwrap();
        assert!((paired.statistic - 4.0621).abs() < 1e-4 && (paired.probability - 0.002_833).abs() < 1e-6);
        let welch = two_sample_t(&FIRST, &SECOND, Sides::Both).unwrap();
        assert!((welch.statistic + 1.8608).abs() < 1e-4 && (welch.probability - 0.079_39).abs() < 1e-5);
        assert!((paired_t(&differences(), Sides::More).unwrap().probability - 0.001_417).abs() < 1e-6);
    }

    /// Every one of the 2^n signs.
    #[test]
    fn signed_ranks_are_those_of_all_signs() {
        let differences = [1.5, -0.5, 2.0, 2.0, -1.0, 3.0, 0.0, 4.5, 1.0];
        let found = signed_ranks(&differences, Sides::More).unwrap();
        let sizes: Vec<f64> = differences
            .iter()
            .filter(|d| **d != 0.0)
            .map(|d| f64::abs(*d))
            .collect();
        let ranks = doubled_ranks(&sizes);
        // Sizes 1.5, .5, 2, 2, 1, 3, 4.5, 1 have the ranks 4, 1, 5.5, 5.5, 2.5, 7, 8, 2.5.
        assert_eq!(ranks, [8, 2, 11, 11, 5, 14, 16, 5]);
        let observed = 8 + 11 + 11 + 14 + 16 + 5;
        assert_eq!(found.statistic, 0.5 * f64::from(observed));
        let as_large = (0..256_u32).filter(|signs| {
            let sum: usize = ranks
                .iter()
                .enumerate()
                .filter(|(at, _)| signs >> at & 1 == 1)
                .map(|(_, rank)| rank)
                .sum();
            sum >= observed as usize
        });
        assert!((found.probability - as_large.count() as f64 / 256.0).abs() < 1e-12);
        // Nine positive differences of ten people, as of the sleep data: 2/2⁹.
        let sleep = signed_ranks(&self::differences(), Sides::Both).unwrap();
        assert!((sleep.statistic - 45.0).abs() < 1e-12 && (sleep.probability - 2.0 / 512.0).abs() < 1e-12);
    }

    #[test]
    fn the_normal_takes_over_where_the_exact_ends() {
        let draws: Vec<f64> = normals(4, "d", EXACT + 1)
            .iter()
            .map(|z| (5.0 * (z + 0.2)).round() + 0.5)
            .collect();
        let (exact, normal) = (signed_ranks(&draws[..EXACT], Sides::More).unwrap().probability, {
            let ranks = doubled_ranks(&draws[..EXACT].iter().map(|d| d.abs()).collect::<Vec<_>>());
            let sum: usize = draws
                .iter()
                .zip(&ranks)
                .filter(|(d, _)| **d > 0.0)
                .map(|(_, r)| r)
                .sum();
            let sd = 0.5 * ranks.iter().map(|r| (r * r) as f64).sum::<f64>().sqrt();
            normal_cdf((1.0 - (sum as f64 - 0.5 * ranks.iter().sum::<usize>() as f64)) / sd)
        });
        assert!((exact - normal).abs() < 0.003, "{exact} {normal}");
        assert!(signed_ranks(&draws, Sides::Both).unwrap().probability <= 1.0);
    }

    /// Where nothing differs each test says so in about 5 of 100 trials.
    #[test]
    fn where_nothing_differs_one_in_twenty_trials_says_so() {
        let (trials, people) = (10_000, 12);
        let z = normals(5, "z", 2 * trials * people);
        let mut wrong = [0; 3];
        for trial in z.chunks(2 * people) {
            let (a, b) = trial.split_at(people);
            let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
            let found = [
                paired_t(&differences, Sides::Both),
                two_sample_t(a, b, Sides::Both),
                signed_ranks(&differences, Sides::Both),
            ];
            for (wrong, found) in wrong.iter_mut().zip(found) {
                *wrong += usize::from(found.unwrap().probability < 0.05);
            }
        }
        let [paired, welch, ranks] = wrong.map(|wrong| wrong as f64 / trials as f64);
        assert!(
            (paired - 0.05).abs() < 0.004 && (welch - 0.05).abs() < 0.004,
            "{paired} {welch}"
        );
        assert!((0.03..0.055).contains(&ranks), "{ranks}");
    }

    #[test]
    fn a_known_odds_ratio_is_found_and_none_is_not() {
        let trial = |ln_odds_ratio: f64, people: usize, name: &str| {
            let class = |u: f64, shift: f64| {
                let cuts = [-1.0, 0.5, 1.5];
                cuts.iter().filter(|cut| u > expit(**cut - shift)).count()
            };
            let mut groups = [[0_u64; 4]; 2];
            for (group, shift) in [(0, ln_odds_ratio), (1, 0.0)] {
                for u in uniforms(6, &format!("{name}.{group}"), people) {
                    groups[group][class(u, shift)] += 1;
                }
            }
            proportional_odds(&groups[0], &groups[1], Sides::Both).unwrap()
        };
        let found = trial(0.5, 20_000, "large");
        assert!(
            (found.ln_odds_ratio - 0.5).abs() < 0.06 && found.standard_error < 0.02,
            "{found:?}"
        );
        let wrong = (0..2000)
            .filter(|at| trial(0.0, 30, &format!("null.{at}")).tested.probability < 0.05)
            .count();
        assert!((60..140).contains(&wrong), "{wrong}");
    }

    #[test]
    fn the_score_of_two_classes_is_that_of_a_fourfold_table() {
        let found = proportional_odds(&[10, 20], &[18, 12], Sides::More).unwrap();
        // (20·18 − 10·12)/61, and 30·30·60/(3·61²)·(1 − (28/60)³ − (32/60)³).
        let score = (20.0 * 18.0 - 10.0 * 12.0) / 61.0;
        let information: f64 =
            54_000.0 / (3.0 * 61.0 * 61.0) * (1.0 - (28.0_f64 / 60.0).powi(3) - (32.0_f64 / 60.0).powi(3));
        assert!((found.tested.statistic - score / information.sqrt()).abs() < 1e-12);
        let less = proportional_odds(&[10, 20], &[18, 12], Sides::Less).unwrap();
        assert!((found.tested.probability + less.tested.probability - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_can_not_be_tested_is_none() {
        assert!(paired_t(&[1.0], Sides::Both).is_none() && paired_t(&[1.0, 1.0], Sides::Both).is_none());
        assert!(paired_t(&[1.0, f64::NAN], Sides::Both).is_none() && paired_t(&[], Sides::Both).is_none());
        assert!(two_sample_t(&[1.0], &[1.0, 2.0], Sides::Both).is_none());
        assert!(signed_ranks(&[0.0, 0.0], Sides::Both).is_none() && signed_ranks(&[f64::NAN], Sides::Both).is_none());
        assert!(proportional_odds(&[0, 3], &[0, 4], Sides::Both).is_none());
        assert!(proportional_odds(&[0, 0], &[1, 4], Sides::Both).is_none());
        assert!(proportional_odds(&[1], &[1, 4], Sides::Both).is_none());
    }
}
