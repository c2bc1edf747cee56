//! How likely published results are, one function for each kind of result: what a calibration weighs worlds by.
//!
//! Each takes what was printed and what one world expects, and gives a logarithm of a probability or density in nats. A
//! study's own effect (raters, place, selection), which all its people share, is N(0, σ²) and is integrated out.
//!
//! | kind | likelihood |
//! |---|---|
//! | graded classes, share above a cut | multinomial of differences of normal shares |
//! | mean of scores | N(ȳ; μ, σ² + V/n) |
//! | standard deviation of scores | (n − 1)s²/V is χ² |
//! | relative change, ratio of two times | normal on the logarithm of the ratio |
//! | difference of two groups or sides | normal |
//! | count of a harm | binomial on the log-odds |
//!
//! Limits: scores of people are taken to be normal. A grade that many people have twice, as by two raters, must come as
//! one. A smallest and a largest value are no data here.

use needlework_numerics::{normal_cdf, normal_ln_density};
use statrs::distribution::{ChiSquared, Continuous};
use statrs::function::factorial::ln_factorial;

use crate::counts::Count;
use crate::study_effect::ln_average_over_effect;

/// What a world expects of the scores of people of one study, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// The mean, with all that raters add.
    pub mean: f64,
    /// The standard deviation of one person's score, raters included.
    pub sd: f64,
    /// The standard deviation of what all people of the study share.
    pub study_sd: f64,
}

/// Graded classes: `counts` people from the lowest class up, with the cut above each class but the last, ascending, in
/// points. A share above one cut is two classes. `None` where there is not one cut fewer than classes, cuts don't
/// ascend, or nothing spreads.
#[must_use]
pub fn graded_classes(counts: &[u64], cuts: &[f64], scores: &Scores) -> Option<f64> {
    let fair = counts.len() == cuts.len() + 1 && cuts.is_sorted() && scores.sd > 0.0 && scores.study_sd >= 0.0;
    fair.then(|| {
        let people = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let orders = ln_factorial(people) - counts.iter().map(|count| ln_factorial(*count)).sum::<f64>();
        orders
            + ln_average_over_effect(scores.study_sd, |effect| {
                let z = |cut: f64| (cut - scores.mean - effect) / scores.sd;
                let classes = counts.iter().enumerate().filter(|(_, count)| **count > 0);
                classes
                    .map(|(class, count)| {
                        let low = class.checked_sub(1).map_or(f64::NEG_INFINITY, |below| z(cuts[below]));
                        let high = cuts.get(class).map_or(f64::INFINITY, |cut| z(*cut));
                        *count as f64 * ln_between(low, high)
                    })
                    .sum()
            })
    })
}

/// The mean of the scores of `people`: the logarithm of its density, in one over points. `None` where nothing spreads
/// or nobody was there.
#[must_use]
pub fn mean_of_scores(observed: f64, people: u64, scores: &Scores) -> Option<f64> {
    let variance = scores.study_sd.powi(2) + scores.sd.powi(2) / people as f64;
    (people > 0 && scores.sd > 0.0).then(|| normal_ln_density(observed, scores.mean, variance.sqrt()))
}

/// The standard deviation of the scores of `people`: the logarithm of its density, in one over points. What all people
/// share is not in it. `None` of fewer than two people, or where a standard deviation is not positive.
#[must_use]
pub fn sd_of_scores(observed: f64, people: u64, scores: &Scores) -> Option<f64> {
    let freedom = people.checked_sub(1)? as f64;
    let fair = observed > 0.0 && scores.sd > 0.0;
    let square = freedom * (observed / scores.sd).powi(2);
    // The density of s is that of the square times its slope, 2·square/s.
    let chi = ChiSquared::new(freedom).ok().filter(|_| fair)?;
    Some(chi.ln_pdf(square) + (2.0 * square / observed).ln())
}

/// A ratio (after over before, or one time over another): the logarithm of the density of its logarithm. `error` is the
/// standard error of the logarithm, see [`ln_ratio_error`]; `discrepancy` the standard deviation of what the study may
/// be off from what it stands for, both without unit. `None` where a ratio is not positive or nothing spreads.
#[must_use]
pub fn ratio(observed: f64, expected: f64, error: f64, discrepancy: f64) -> Option<f64> {
    let sd = error.hypot(discrepancy);
    (observed > 0.0 && expected > 0.0 && sd > 0.0).then(|| normal_ln_density(observed.ln(), expected.ln(), sd))
}

/// The standard error of the logarithm of a ratio of two means, to first order: √(c₁²/n₁ + c₂²/n₂ − 2ρc₁c₂/√(n₁n₂))
/// with the coefficients of variation c. `correlation` is that of a person's two values, zero for two groups. `None`
/// where nobody was there or the correlation is none.
#[must_use]
pub fn ln_ratio_error(variation: [f64; 2], people: [u64; 2], correlation: f64) -> Option<f64> {
    let fair = people.iter().all(|n| *n > 0) && variation.iter().all(|c| *c >= 0.0) && correlation.abs() <= 1.0;
    fair.then(|| {
        let [first, second] = [0, 1].map(|at: usize| variation[at] / (people[at] as f64).sqrt());
        (first * first + second * second - 2.0 * correlation * first * second)
            .max(0.0)
            .sqrt()
    })
}

/// A difference between two groups or two sides of the same people, in points, with its standard error: the logarithm
/// of its density. `bias_mean` and `bias_sd` are what the design adds, `study_sd` how true differences of studies
/// differ.
/// `None` where nothing spreads.
#[must_use]
pub fn difference(
    observed: f64,
    error: f64,
    expected: f64,
    bias_mean: f64,
    bias_sd: f64,
    study_sd: f64,
) -> Option<f64> {
    let sd = error.hypot(bias_sd).hypot(study_sd);
    (sd > 0.0).then(|| normal_ln_density(observed, expected + bias_mean, sd))
}

/// A count of a harm: the logarithm of its probability, with a study effect of standard deviation `study_sd` on the
/// log-odds. `None` where more people have it than there are.
#[must_use]
pub fn count_of_harm(count: &Count, log_odds: f64, study_sd: f64) -> Option<f64> {
    (count.is_fair() && study_sd >= 0.0)
        .then(|| ln_average_over_effect(study_sd, |effect| count.ln_probability(log_odds + effect)))
}

/// The logarithm of the share of the standard normal distribution between two bounds.
fn ln_between(low: f64, high: f64) -> f64 {
    // numerical: a share that vanishes among floats stands as the smallest, so that the summit can still be climbed
    const LEAST: f64 = 1e-300;
    // On the side where shares are small, so that no digits are lost.
    let share = if low > 0.0 {
        normal_cdf(-low) - normal_cdf(-high)
    } else {
        normal_cdf(high) - normal_cdf(low)
    };
    share.max(LEAST).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::{midpoints, normals};

    /// Plain sums over an effect.
    fn summed(sd: f64, likelihood: impl Fn(f64) -> f64) -> f64 {
        let cells = 40_000;
        let sum: f64 = midpoints(20.0, cells)
            .iter()
            .map(|z| z - 10.0)
            .map(|z| likelihood(sd * z) * normal_ln_density(z, 0.0, 1.0).exp())
            .sum();
        (sum * 20.0 / cells as f64).ln()
    }

    #[test]
    fn classes_without_a_study_effect_are_a_multinomial() {
        let scores = Scores {
            mean: 48.0,
            sd: 12.0,
            study_sd: 0.0,
        };
        let above = 1.0 - normal_cdf(2.0 / 12.0);
        let exact = 11440.0_f64.ln() + 7.0 * above.ln() + 9.0 * (1.0 - above).ln();
        assert!((graded_classes(&[9, 7], &[50.0], &scores).unwrap() - exact).abs() < 1e-10);
        // All probabilities of three classes add up to one.
        let total: f64 = (0..=5)
            .flat_map(|a| (0..=5 - a).map(move |b| [a, b, 5 - a - b]))
            .map(|counts| {
                graded_classes(
                    &counts,
                    &[25.0, 50.0],
                    &Scores {
                        study_sd: 6.5,
                        ..scores
                    },
                )
                .unwrap()
                .exp()
            })
            .sum();
        assert!((total - 1.0).abs() < 1e-6, "{total}");
    }

    #[test]
    fn classes_with_a_study_effect_are_the_plain_sum() {
        for (counts, study_sd) in [([9, 7], 6.5), ([90, 70], 20.0), ([400, 0], 30.0), ([0, 16], 6.5)] {
            let scores = Scores {
                mean: 20.0,
                sd: 12.0,
                study_sd,
            };
            let alone = Scores {
                study_sd: 0.0,
                ..scores
            };
            let exact = summed(study_sd, |u| {
                let moved = Scores {
                    mean: 20.0 + u,
                    ..alone
                };
                graded_classes(&counts, &[50.0], &moved).unwrap().exp()
            });
            let found = graded_classes(&counts, &[50.0], &scores).unwrap();
            assert!((found - exact).abs() < 2e-3, "{counts:?}: {found} {exact}");
        }
    }

    #[test]
    fn mean_and_sd_are_the_density_of_a_normal_sample() {
        // Of two values 3 and 7: mean 5, sd √8; the density of the pair is twice √2·s-density over the circle.
        let scores = Scores {
            mean: 4.0,
            sd: 2.5,
            study_sd: 0.0,
        };
        let pair = normal_ln_density(3.0, 4.0, 2.5) + normal_ln_density(7.0, 4.0, 2.5);
        let s = 8.0_f64.sqrt();
        let found = mean_of_scores(5.0, 2, &scores).unwrap() + sd_of_scores(s, 2, &scores).unwrap();
        // d(x₁)d(x₂) = √2·d(mean)d(s) on each of the two orders.
        assert!(
            (found - (pair + (2.0 * 2.0_f64.sqrt()).ln())).abs() < 1e-12,
            "{found} {pair}"
        );
        let total: f64 = midpoints(60.0, 6000)
            .iter()
            .map(|s| sd_of_scores(*s, 32, &scores).unwrap().exp())
            .sum();
        assert!((total / 100.0 - 1.0).abs() < 1e-6);
        assert!(sd_of_scores(1.0, 1, &scores).is_none() && mean_of_scores(1.0, 0, &scores).is_none());
    }

    /// Normal prior and mean: N(50, 20²), 56 of people whose spread is 12, n = 32.
    #[test]
    fn the_mean_of_scores_is_conjugate_to_a_normal() {
        let scores = |mean| Scores {
            mean,
            sd: 12.0,
            study_sd: 0.0,
        };
        let grid = midpoints(200.0, 20_000);
        let weight = |m: f64| (normal_ln_density(m, 50.0, 20.0) + mean_of_scores(56.0, 32, &scores(m)).unwrap()).exp();
        let total: f64 = grid.iter().map(|m| weight(m - 50.0)).sum();
        let mean: f64 = grid.iter().map(|m| (m - 50.0) * weight(m - 50.0)).sum::<f64>() / total;
        assert!((mean - 55.9333).abs() < 1e-4, "{mean}");
        assert!(((total * 0.01).ln() + 3.964_76).abs() < 1e-4);
    }

    /// The error by formula against that of drawn people.
    #[test]
    fn the_error_of_a_ratio_is_that_of_drawn_people() {
        let (n, studies) = (30, 4000);
        let (a, b) = (normals(1, "a", n * studies), normals(1, "b", n * studies));
        let logs: Vec<f64> = (0..studies)
            .map(|study| {
                let of = study * n..(study + 1) * n;
                let before: f64 = a[of.clone()].iter().map(|a| 1.0 + 0.3 * a).sum();
                let after: f64 = of.map(|i| 1.5 + 0.3 * (0.6 * a[i] + 0.8 * b[i])).sum();
                (after / before).ln()
            })
            .collect();
        let error = ln_ratio_error([0.3, 0.2], [30, 30], 0.6).unwrap();
        assert!((needlework_numerics::standard_deviation(&logs) / error - 1.0).abs() < 0.03);
        assert!(ln_ratio_error([0.3, 0.3], [9, 0], 0.0).is_none());
        assert!(ln_ratio_error([0.3, 0.3], [9, 9], 1.0).unwrap() < 1e-8);
    }

    #[test]
    fn ratios_and_differences_widen_with_what_is_not_known() {
        assert_eq!(
            ratio(1.5, 1.2, 0.1, 0.0),
            Some(normal_ln_density(1.5_f64.ln(), 1.2_f64.ln(), 0.1))
        );
        assert!(ratio(1.5, 1.0, 0.06, 0.3) > ratio(1.5, 1.0, 0.06, 0.0));
        assert!(ratio(0.0, 1.0, 0.1, 0.1).is_none() && ratio(1.0, 1.0, 0.0, 0.0).is_none());
        let found = difference(12.0, 3.0, 8.0, 1.0, 4.0, 12.0).unwrap();
        assert!((found - normal_ln_density(12.0, 9.0, 13.0)).abs() < 1e-12);
        assert!(difference(1.0, 0.0, 1.0, 0.0, 0.0, 0.0).is_none());
    }

    /// Of a million people the rate is known so well that the study effect alone is left: N(logit rate; log-odds, sd²),
    /// by the density of the rate as one of a million and one.
    #[test]
    fn a_count_of_a_million_is_told_by_the_study_effect_alone() {
        for (events, log_odds, sd) in [(300_000, -3.0, 5.0), (999_000, 0.0, 2.0), (500_000, 0.0, 0.1)] {
            let rate = events as f64 / 1e6;
            let exact =
                normal_ln_density(needlework_numerics::logit(rate), log_odds, sd) - (rate * (1.0 - rate) * 1e6).ln();
            let found = count_of_harm(&Count::new(events, 1_000_000), log_odds, sd).unwrap();
            assert!((found - exact).abs() < 2e-3, "{events}: {found} {exact}");
        }
    }

    #[test]
    fn a_count_with_a_study_effect_is_the_plain_sum() {
        for (count, log_odds, sd) in [
            (Count::new(0, 60), -2.0, 1.5),
            (Count::new(7, 32), -2.9, 1.0),
            (Count::new(0, 60), -3.0, 3.0),
            (Count::new(200, 400), 0.0, 5.0),
        ] {
            let exact = summed(sd, |w| count.ln_probability(log_odds + w).exp());
            let found = count_of_harm(&count, log_odds, sd).unwrap();
            assert!((found - exact).abs() < 1e-3, "{count:?}: {found} {exact}");
        }
        assert!(count_of_harm(&Count::new(2, 1), 0.0, 1.0).is_none());
    }
}
