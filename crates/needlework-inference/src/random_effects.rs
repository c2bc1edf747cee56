//! Means of studies that differ: the normal random-effects meta-analysis, with its forecast of the next study.
//!
//! yⱼ ~ N(m + bⱼ, seⱼ² + vⱼ + τ²), m normal, τ half-normal. Here bⱼ and vⱼ are the additive bias of a study and its
//! variance, after Turner and others 2009: what is known to push a study aside moves it, what is not known widens it.
//! Given τ everything is normal, so m is integrated by formula and τ alone needs a grid. All is even in τ and falls off
//! like a normal, so equal cells converge faster than any power of their width.
//!
//! The next study's true mean is N(m, τ²), averaged over what is left open of both. With two studies the prior of τ
//! speaks as loud as they do; that is no fault, but it must be shown.

use needlework_numerics::{midpoints, normal_ln_density};

use crate::ln_sum::ln_sum_exp;
use crate::normal_mixture::{NormalMixture, Part};

// numerical: cells of the grid of τ; this fine for the quantiles of τ, for all else a tenth would do
const CELLS: usize = 4000;
// numerical: how many scales of its prior the grid of τ reaches, beyond which e to the −32 is left
const REACH: f64 = 8.0;

/// What one study says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Study {
    /// Its estimate, in the unit of all.
    pub estimate: f64,
    /// The standard error of the estimate, same unit.
    pub standard_error: f64,
    /// How much its design is expected to add to the truth, same unit.
    pub bias_mean: f64,
    /// How little is known of that: a variance, in the unit squared.
    pub bias_variance: f64,
}

impl Study {
    /// A study that is held to have no bias of its own.
    #[must_use]
    pub fn unbiased(estimate: f64, standard_error: f64) -> Self {
        Self {
            estimate,
            standard_error,
            bias_mean: 0.0,
            bias_variance: 0.0,
        }
    }

    fn variance(&self) -> f64 {
        self.standard_error.powi(2) + self.bias_variance
    }
}

/// What is believed before the studies, in their unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectPriors {
    /// The mean of the normal prior of m.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// The scale of the half-normal prior of τ; zero where studies are held not to differ.
    pub between_scale: f64,
}

/// What is believed after the studies.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The mean over all studies.
    pub mean: NormalMixture,
    /// How studies differ: values of τ, ascending, as points with their weights.
    pub between: NormalMixture,
    /// The true mean of a next study of the same kind, without its own error and bias.
    pub next: NormalMixture,
    /// The logarithm of the probability density of the estimates before they were seen.
    pub ln_evidence: f64,
}

/// Pools the studies. `None` where a number is not finite, a standard error and bias variance add up to nothing, or a
/// prior has no spread. Without studies it gives the prior back.
#[must_use]
pub fn pool(studies: &[Study], priors: &EffectPriors) -> Option<Pooled> {
    let fair = studies.iter().all(|study| {
        study.variance() > 0.0
            && study.bias_variance >= 0.0
            && [study.estimate, study.bias_mean, study.variance()]
                .iter()
                .all(|x| x.is_finite())
    });
    let proper = priors.sd > 0.0 && priors.between_scale >= 0.0 && priors.between_scale.is_finite();
    if !fair || !proper {
        return None;
    }
    let given: Vec<Given> = grid(priors.between_scale)
        .into_iter()
        .map(|tau| given(tau, studies, priors))
        .collect();
    let most = given.iter().map(|one| one.ln_weight).fold(f64::NEG_INFINITY, f64::max);
    let of = |mean: &dyn Fn(&Given) -> f64, variance: &dyn Fn(&Given) -> f64| {
        let parts = given.iter().map(|one| Part {
            weight: (one.ln_weight - most).exp(),
            mean: mean(one),
            sd: variance(one).sqrt(),
        });
        NormalMixture::new(parts.collect())
    };
    Some(Pooled {
        mean: of(&|one| one.mean, &|one| one.variance)?,
        between: of(&|one| one.tau, &|_| 0.0)?,
        next: of(&|one| one.mean, &|one| one.variance + one.tau.powi(2))?,
        ln_evidence: ln_sum_exp(given.iter().map(|one| one.ln_weight))
            - ln_sum_exp(given.iter().map(|one| one.ln_prior)),
    })
}

/// The forecast of a study's estimate from all the others: one distribution for each study, whose
/// [`NormalMixture::ln_density`] at the estimate is its log score. `None` as for [`pool`].
#[must_use]
pub fn leave_one_out(studies: &[Study], priors: &EffectPriors) -> Option<Vec<NormalMixture>> {
    (0..studies.len())
        .map(|at| {
            let others: Vec<Study> = studies[..at].iter().chain(&studies[at + 1..]).copied().collect();
            pool(&others, priors)?
                .next
                .plus(studies[at].bias_mean, studies[at].variance())
        })
        .collect()
}

/// What follows from one value of τ.
struct Given {
    tau: f64,
    /// Of m.
    mean: f64,
    /// Of m.
    variance: f64,
    /// The prior of τ, but for a constant.
    ln_prior: f64,
    /// The prior of τ times the density of the estimates, with the same constant.
    ln_weight: f64,
}

fn grid(scale: f64) -> Vec<f64> {
    if scale > 0.0 {
        midpoints(REACH * scale, CELLS)
    } else {
        vec![0.0]
    }
}

fn given(tau: f64, studies: &[Study], priors: &EffectPriors) -> Given {
    let ln_prior = if priors.between_scale > 0.0 {
        -0.5 * (tau / priors.between_scale).powi(2)
    } else {
        0.0
    };
    let (mut mean, mut variance, mut ln_weight) = (priors.mean, priors.sd.powi(2), ln_prior);
    // One study after the other: each is forecast from those before it, then m is brought up to date.
    for study in studies {
        let expected = mean + study.bias_mean;
        let spread = study.variance() + tau * tau;
        ln_weight += normal_ln_density(study.estimate, expected, (spread + variance).sqrt());
        let pull = variance / (variance + spread);
        mean += pull * (study.estimate - expected);
        variance *= 1.0 - pull;
    }
    Given {
        tau,
        mean,
        variance,
        ln_prior,
        ln_weight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Effects of coaching in eight schools (Rubin 1981): estimates and standard errors.
    const SCHOOLS: [(f64, f64); 8] = [
        (28.0, 15.0),
        (8.0, 10.0),
        (-3.0, 16.0),
        (7.0, 11.0),
        (-1.0, 9.0),
        (1.0, 11.0),
        (18.0, 10.0),
        (12.0, 18.0),
    ];

    /// Rated mean improvement of stretch marks after needling alone: Park 2012 (7 of 16 above 50, which is a mean of 48
    /// if people differ by 12) and an arm of 2023 (56 ± 12, n = 32, DOI 10.1007/s00403-023-02601-w).
    fn needling() -> Vec<Study> {
        vec![
            Study::unbiased(48.0, 12.0 / 16.0_f64.sqrt()),
            Study::unbiased(56.0, 12.0 / 32.0_f64.sqrt()),
        ]
    }

    const RATED: EffectPriors = EffectPriors {
        mean: 40.0,
        sd: 25.0,
        between_scale: 10.0,
    };

    #[test]
    fn eight_schools() {
        let studies = SCHOOLS.map(|(estimate, error)| Study::unbiased(estimate, error));
        let priors = EffectPriors {
            mean: 0.0,
            sd: 100.0,
            between_scale: 10.0,
        };
        let pooled = pool(&studies, &priors).unwrap();
        assert!((pooled.mean.mean() - 7.84).abs() < 0.01, "{}", pooled.mean.mean());
        assert!((pooled.mean.sd() - 4.66).abs() < 0.01, "{}", pooled.mean.sd());
        // A coarser grid gave 4.82 and 3.97.
        assert!(
            (pooled.between.mean() - 4.842).abs() < 1e-3,
            "{}",
            pooled.between.mean()
        );
        assert!(
            (pooled.between.quantile(0.5) - 4.04).abs() < 0.02,
            "{}",
            pooled.between.quantile(0.5)
        );
    }

    #[test]
    fn two_needling_arms_say_little_of_a_third() {
        let pooled = pool(&needling(), &RATED).unwrap();
        let interval = |of: &NormalMixture| (of.mean(), of.quantile(0.05), of.quantile(0.95));
        let (mean, low, high) = interval(&pooled.mean);
        assert!((mean - 51.6).abs() < 0.5 && (low - 41.0).abs() < 0.5 && (high - 60.8).abs() < 0.5);
        let (mean, low, high) = interval(&pooled.next);
        assert!((mean - 51.7).abs() < 0.5 && (low - 33.7).abs() < 0.5 && (high - 68.0).abs() < 0.5);
    }

    #[test]
    fn without_difference_between_studies_it_is_the_normal_formula() {
        // Prior N(50, 20²), one estimate 56 ± 2.1213.
        let priors = EffectPriors {
            mean: 50.0,
            sd: 20.0,
            between_scale: 0.0,
        };
        let pooled = pool(&[Study::unbiased(56.0, 4.5_f64.sqrt())], &priors).unwrap();
        assert!((pooled.mean.mean() - 55.9333).abs() < 1e-4);
        assert!((pooled.mean.sd() - 2.1095).abs() < 1e-4);
        assert!((pooled.ln_evidence + 3.964_76).abs() < 1e-5, "{}", pooled.ln_evidence);
        assert_eq!(pooled.next, pooled.mean);
    }

    /// The formula for m given τ against a plain grid of both.
    #[test]
    fn a_grid_of_both_finds_the_same() {
        let studies = [
            Study {
                bias_mean: 5.0,
                bias_variance: 9.0,
                ..Study::unbiased(48.0, 4.5)
            },
            Study::unbiased(56.0, 2.1),
        ];
        let pooled = pool(&studies, &RATED).unwrap();
        let (mut total, mut first, mut prior) = (0.0, 0.0, 0.0);
        for tau in midpoints(80.0, 400) {
            for m in midpoints(250.0, 1250).iter().map(|m| m - 85.0) {
                let before = normal_ln_density(m, 40.0, 25.0) - 0.5 * (tau / 10.0).powi(2);
                let (a, b) = (
                    normal_ln_density(48.0, m + 5.0, (4.5_f64.powi(2) + 9.0 + tau * tau).sqrt()),
                    normal_ln_density(56.0, m, (2.1_f64.powi(2) + tau * tau).sqrt()),
                );
                prior += before.exp();
                total += (before + a + b).exp();
                first += m * (before + a + b).exp();
            }
        }
        assert!((pooled.mean.mean() - first / total).abs() < 1e-4);
        assert!((pooled.ln_evidence - (total / prior).ln()).abs() < 1e-4);
    }

    #[test]
    fn a_bias_is_taken_off_and_a_doubtful_study_counts_less() {
        let at = |bias_mean, bias_variance| {
            let pushed = Study {
                bias_mean,
                bias_variance,
                ..Study::unbiased(60.0, 3.0)
            };
            pool(&[pushed, Study::unbiased(40.0, 3.0)], &RATED).unwrap().mean.mean()
        };
        assert!(at(17.0, 0.0) < at(0.0, 0.0) - 5.0);
        assert!(at(0.0, 144.0) < at(0.0, 0.0) - 3.0);
    }

    /// The evidence is the product of the forecasts of each study from those before it.
    #[test]
    fn evidence_is_a_chain_of_forecasts() {
        let studies = needling();
        let first = pool(&studies[..1], &RATED).unwrap();
        let both = pool(&studies, &RATED).unwrap();
        let second = &leave_one_out(&studies, &RATED).unwrap()[1];
        assert!((first.ln_evidence + second.ln_density(56.0) - both.ln_evidence).abs() < 1e-10);
        assert!(
            (second.ln_density(56.0) + 3.9).abs() < 0.1,
            "{}",
            second.ln_density(56.0)
        );
        assert!((second.crps(56.0) - 5.4).abs() < 0.5, "{}", second.crps(56.0));
        let (low, high) = (second.quantile(0.05), second.quantile(0.95));
        assert!((low - 26.0).abs() < 1.5 && (high - 67.0).abs() < 1.5, "{low} {high}");
        assert!(pool(&[], &RATED).unwrap().ln_evidence.abs() < 1e-12);
    }

    #[test]
    fn what_can_not_be_pooled_is_none() {
        assert!(pool(&[Study::unbiased(f64::NAN, 1.0)], &RATED).is_none());
        assert!(pool(&[Study::unbiased(1.0, 0.0)], &RATED).is_none());
        assert!(pool(&[], &EffectPriors { sd: 0.0, ..RATED }).is_none());
    }
}
