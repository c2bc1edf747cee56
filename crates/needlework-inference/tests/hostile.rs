//! Numbers that no honest caller passes: nothing panics, nothing hangs, and what comes back is none, no number, or
//! sound.

use needlework_inference::binomial_effects::{RatePriors, leave_one_out_rates, pool_rates};
use needlework_inference::count_tests::{binomial_test, fisher_test, mcnemar_test, wilson_interval};
use needlework_inference::counts::Count;
use needlework_inference::draws::Draws;
use needlework_inference::elementary_effects::elementary_effects;
use needlework_inference::front::{covered_area, layers};
use needlework_inference::likelihood::{
    Scores, count_of_harm, difference, graded_classes, ln_ratio_error, mean_of_scores, ratio, sd_of_scores,
};
use needlework_inference::normal_mixture::{NormalMixture, Part};
use needlework_inference::power::{
    assurance, binomial_power, fewest_people, paired_t_power, rejecting_count, two_sample_t_power,
};
use needlework_inference::random_effects::{EffectPriors, Study, leave_one_out, pool};
use needlework_inference::rank_check::{combined, evenness, rank_of};
use needlework_inference::scores::{brier_score, crps_of_normal, log_score, ranked_probability_score};
use needlework_inference::tempered::{TemperedSettings, sample};
use needlework_inference::trial_tests::{Sides, paired_t, proportional_odds, signed_ranks, two_sample_t};
use needlework_inference::value_of_information::{sd_once_known, worth_of_all, worth_of_some};
use needlework_inference::variance_indices::{IndexSettings, variance_indices};
use needlework_inference::weights::Weights;
use needlework_numerics::unwatched;

const NUMBERS: [f64; 11] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -1.0,
    0.5,
    1.0,
    37.0,
    f64::MAX,
    f64::MIN_POSITIVE,
    -1e-300,
];
const WHOLE: [u64; 4] = [0, 1, 7, 1000];
const SIDES: [Sides; 3] = [Sides::Both, Sides::More, Sides::Less];

fn pairs() -> impl Iterator<Item = (f64, f64)> {
    NUMBERS.into_iter().flat_map(|a| NUMBERS.map(|b| (a, b)))
}

fn triples() -> impl Iterator<Item = (f64, f64, f64)> {
    pairs().flat_map(|(a, b)| NUMBERS.map(|c| (a, b, c)))
}

/// A probability is none, or between zero and one but for rounding.
fn sound(probability: Option<f64>) -> bool {
    probability.is_none_or(|p| (-1e-9..=1.0 + 1e-9).contains(&p))
}

#[test]
fn distributions_and_scores() {
    for (a, b, c) in triples() {
        for draws in [Draws::equal(&[a, b, c]), Draws::weighted(&[1.0, 2.0, 3.0], &[a, b, c])]
            .into_iter()
            .flatten()
        {
            assert!((0.0..=1.0 + 1e-12).contains(&draws.share_below(b)) || b.is_nan());
            let _ = (draws.crps(a), draws.ln_density(b), draws.quantile(c), draws.sd());
        }
        let part = |weight, mean, sd| Part { weight, mean, sd };
        if let Some(mixture) = NormalMixture::new(vec![part(a, b, c), part(1.0, 0.0, 1.0)]) {
            let _ = (
                mixture.quantile(0.3),
                mixture.cdf(a),
                mixture.ln_density(b),
                mixture.crps(c),
                mixture.plus(a, b),
            );
        }
        let _ = (
            log_score(&[a, b, c], 1),
            brier_score(&[a, b], 1),
            ranked_probability_score(&[a, b, c], 2),
        );
        let _ = (crps_of_normal(a, b, c), combined(&[a, b, c]), rank_of(a, &[b, c]));
        let _ = (
            covered_area(&[[a, b], [b, c]], [1.0, a]),
            layers(&[[a, b], [b, c], [c, a]]),
        );
        if let Some(weights) = Weights::of(&[a, b, c]) {
            assert_eq!(weights.resample(5, 1, "few").len(), 5);
        }
    }
}

#[test]
fn studies_and_likelihoods() {
    for (a, b, c) in triples() {
        let study = Study {
            bias_mean: b,
            bias_variance: c,
            ..Study::unbiased(a, 1.0)
        };
        let usual = EffectPriors {
            mean: 0.0,
            sd: 1.0,
            between_scale: 0.0,
        };
        let odd = EffectPriors {
            mean: a,
            sd: b,
            between_scale: 0.0,
        };
        let _ = (
            pool(&[study], &usual),
            leave_one_out(&[study, Study::unbiased(b, c)], &odd),
        );
        let scores = Scores {
            mean: a,
            sd: b,
            study_sd: c,
        };
        let _ = (
            graded_classes(&[3, 4], &[50.0], &scores),
            mean_of_scores(a, 7, &scores),
            sd_of_scores(c, 7, &scores),
        );
        let _ = (
            graded_classes(&[3, 4, 0], &[a, b], &scores),
            sd_of_scores(a, 1, &scores),
        );
        let _ = (
            ratio(a, b, c, 0.1),
            difference(a, b, 0.0, 1.0, c, 0.0),
            ln_ratio_error([a, b], [3, 4], c),
        );
    }
    for (a, b) in pairs() {
        let count = Count {
            offset: a,
            ..Count::new(1, 7)
        };
        let _ = count_of_harm(&count, b, a);
        let priors = RatePriors {
            log_odds: a,
            log_odds_sd: b,
            between_scale: 0.0,
        };
        if let Some(pooled) = pool_rates(&[Count::new(1, 7)], &priors) {
            let _ = (pooled.typical_rate(), pooled.next_rate(), pooled.ln_forecast(&count));
        }
    }
    for scale in NUMBERS {
        let priors = RatePriors {
            log_odds: -3.0,
            log_odds_sd: 1.5,
            between_scale: scale,
        };
        let _ = leave_one_out_rates(&[Count::new(1, 7), Count::new(0, 1000)], &priors);
        let effects = EffectPriors {
            mean: 1.0,
            sd: 2.0,
            between_scale: scale,
        };
        let _ = leave_one_out(&[Study::unbiased(1.0, 2.0), Study::unbiased(3.0, 1e-300)], &effects);
    }
}

#[test]
fn tests_and_power() {
    for sides in SIDES {
        for (a, b, c) in triples() {
            let found = [
                paired_t(&[a, b, c], sides),
                two_sample_t(&[a, b], &[b, c], sides),
                signed_ranks(&[a, b, c], sides),
            ];
            assert!(
                found.iter().all(|found| sound(found.map(|tested| tested.probability))),
                "{a} {b} {c}"
            );
        }
        for (a, b) in pairs() {
            for people in WHOLE {
                assert!(sound(paired_t_power(a, people, b, sides)), "{a} {people} {b}");
                assert!(sound(two_sample_t_power(a, people, b, sides)), "{a} {people} {b}");
            }
        }
        for (k, n) in WHOLE.into_iter().flat_map(|k| WHOLE.map(|n| (k, n))) {
            assert!(sound(Some(mcnemar_test(k, n, sides))));
            assert!(sound(fisher_test([k, n], [n, k], sides)) && sound(fisher_test([k, 1], [n, 7], sides)));
            let odds = proportional_odds(&[k, n, 1], &[n, 1, k], sides);
            assert!(sound(odds.map(|odds| odds.tested.probability)));
            for p in NUMBERS {
                assert!(sound(binomial_test(k, n, p, sides)) && sound(binomial_power(k, n, p)));
                let _ = (
                    wilson_interval(k, n, p),
                    rejecting_count(n, p, 0.05),
                    rejecting_count(n, 0.2, p),
                );
            }
        }
    }
    for (a, b) in pairs() {
        let _ = (assurance(a, b, |_| 0.5), fewest_people(a, 9, |_| Some(b)));
    }
    assert!(fewest_people(0.5, 0, |_| Some(1.0)).is_none_or(|people| people == 0));
    let _ = (evenness(&[0, 9], 9, 5), evenness(&[0], 0, 0), evenness(&[], 9, 1));
}

#[test]
fn samples_and_information() {
    for a in NUMBERS {
        let settings = TemperedSettings {
            particles: 12,
            moves: 2,
            effective_share: 0.5,
            seed: 1,
            threads: 1,
        };
        let _ = sample(2, &settings, &mut unwatched, |_, z| a * z[0]);
        let _ = sample(0, &settings, &mut unwatched, |_, _| a);
        let share = TemperedSettings {
            effective_share: a,
            ..settings
        };
        let _ = sample(1, &share, &mut unwatched, |_, z| -z[0]);
        let rows = IndexSettings {
            rows: 9,
            seed: 1,
            threads: 1,
        };
        let _ = variance_indices(2, &rows, &mut unwatched, |u| a * u[0]);
        let _ = variance_indices(2, &IndexSettings { rows: 0, ..rows }, &mut unwatched, |u| a * u[0]);
        let _ = elementary_effects(2, 3, 1, 1, &mut unwatched, |u| a * u[0]);
        let _ = elementary_effects(0, 0, 1, 1, &mut unwatched, |_| a);
        let worlds: Vec<Vec<f64>> = (0..40).map(|at| vec![0.0, a * f64::from(at)]).collect();
        let known: Vec<f64> = (0..40).map(|at| f64::from(at) * a).collect();
        let _ = (
            worth_of_all(&worlds),
            worth_of_some(&worlds, std::slice::from_ref(&known), 2),
        );
        let _ = (
            sd_once_known(&known, std::slice::from_ref(&known), 2),
            sd_once_known(&[], &[], 0),
        );
    }
}
