//! The test of a trial: from what was measured in its people to an estimate and a probability.
//!
//! Who left is left out (complete cases). A test that can't be made of these people, as one of fewer than two, has no
//! probability: such a trial finds nothing.

use needlework_inference::count_tests::{binomial_test, fisher_test, mcnemar_test};
use needlework_inference::trial_tests::{Sides, paired_t, proportional_odds, signed_ranks, two_sample_t};
use needlework_numerics::mean;

use super::study::{Analysis, StudyFile, StudySides};

/// What a trial finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Analysed {
    /// The first arm less the second, or less what it is tested against; log odds of proportional odds. `None` where
    /// nobody is left.
    pub estimate: Option<f64>,
    /// The probability of an estimate as far out if nothing differs.
    pub probability: Option<f64>,
}

impl Analysed {
    /// Whether the test rejects that nothing differs.
    pub(crate) fn rejects(&self, alpha: f64) -> bool {
        self.probability.is_some_and(|probability| probability <= alpha)
    }
}

/// Classes of a grade.
const CLASSES: usize = 4;

/// Tests what was measured in the arms.
pub(crate) fn analyse(study: &StudyFile, arms: &[&[Option<f64>]]) -> Analysed {
    let sides = match study.sides {
        StudySides::Both => Sides::Both,
        StudySides::More => Sides::More,
        StudySides::Less => Sides::Less,
    };
    let left = |arm: usize| -> Vec<f64> {
        arms.get(arm)
            .map_or_else(Vec::new, |all| all.iter().flatten().copied().collect())
    };
    let some_mean = |values: &[f64]| (!values.is_empty()).then(|| mean(values));
    match study.analysis {
        Analysis::PairedT | Analysis::Wilcoxon => {
            let differences = differences(study, arms);
            let tested = match study.analysis {
                Analysis::PairedT => paired_t(&differences, sides),
                _ => signed_ranks(&differences, sides),
            };
            Analysed {
                estimate: some_mean(&differences),
                probability: tested.map(|tested| tested.probability),
            }
        }
        Analysis::TwoSampleT => {
            let (first, second) = (left(0), left(1));
            Analysed {
                estimate: some_mean(&first).zip(some_mean(&second)).map(|(a, b)| a - b),
                probability: two_sample_t(&first, &second, sides).map(|tested| tested.probability),
            }
        }
        Analysis::ExactBinomial => {
            let found = left(0);
            Analysed {
                estimate: some_mean(&found).map(|share| share - study.against),
                probability: binomial_test(events(&found), found.len() as u64, study.against, sides),
            }
        }
        Analysis::Fisher => {
            let (first, second) = (left(0), left(1));
            Analysed {
                estimate: some_mean(&first).zip(some_mean(&second)).map(|(a, b)| a - b),
                probability: fisher_test(
                    [events(&first), events(&second)],
                    [first.len() as u64, second.len() as u64],
                    sides,
                ),
            }
        }
        Analysis::Mcnemar => {
            let differences = differences(study, arms);
            let of = |sign: f64| differences.iter().filter(|&&one| one * sign > 0.0).count() as u64;
            Analysed {
                estimate: some_mean(&differences),
                probability: Some(mcnemar_test(of(1.0), of(-1.0), sides)),
            }
        }
        Analysis::ProportionalOdds => {
            let tested = proportional_odds(&classes(&left(0)), &classes(&left(1)), sides);
            Analysed {
                estimate: tested.map(|tested| tested.ln_odds_ratio),
                probability: tested.map(|tested| tested.tested.probability),
            }
        }
    }
}

/// Each person's first side less the second, or less what one group is tested against.
fn differences(study: &StudyFile, arms: &[&[Option<f64>]]) -> Vec<f64> {
    match arms {
        [first, second] => first
            .iter()
            .zip(*second)
            .filter_map(|(a, b)| Some((*a)? - (*b)?))
            .collect(),
        [only] => only.iter().flatten().map(|value| value - study.against).collect(),
        _ => Vec::new(),
    }
}

fn events(people: &[f64]) -> u64 {
    people.iter().filter(|&&event| event > 0.0).count() as u64
}

fn classes(people: &[f64]) -> [u64; CLASSES] {
    let mut counts = [0; CLASSES];
    for &class in people {
        counts[(class as usize).min(CLASSES - 1)] += 1;
    }
    counts
}
