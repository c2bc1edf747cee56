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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn study(design: &str, analysis: &str, against: f64) -> StudyFile {
        let text = format!(
            "format = 'needlework-study/1'\ntitle = 't'\ndesign = '{design}'\npeople = 16\nanalysis = '{analysis}'\n\
                against = {against}\noutcome = {{ kind = 'dark_marks' }}\n[[arm]]\nname = 'a'\ncase = 'a'\n"
        );
        toml::from_str(&text).unwrap()
    }

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn shares_are_tested_exactly_and_who_left_counts_for_nothing() {
        // Of 16 people 8 against one in four: the size of the test is .0271 one-sided.
        let mut study = study("single_arm", "exact_binomial", 0.25);
        study.sides = StudySides::More;
        let mut people = some(&[[1.0; 8], [0.0; 8]].concat());
        people.extend([None, None]);
        let found = analyse(&study, &[&people]);
        assert!((found.probability.unwrap() - 0.0271).abs() < 1e-4);
        assert!((found.estimate.unwrap() - 0.25).abs() < 1e-12 && found.rejects(0.05));
        assert_eq!(analyse(&study, &[&[]]).estimate, None);
    }

    #[test]
    fn two_sides_are_paired_and_a_person_with_one_side_is_left_out() {
        let study = study("split_body", "mcnemar", 0.0);
        let first = some(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
        let mut second = some(&[0.0; 7]);
        second[0] = None;
        let found = analyse(&study, &[&first, &second]);
        // Five people differ, all in one direction: 2/2⁵.
        assert!((found.probability.unwrap() - 0.0625).abs() < 1e-12);
        assert!((found.estimate.unwrap() - 5.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn groups_are_tested_by_their_means_shares_and_classes() {
        let (first, second) = (some(&[3.0, 2.0, 3.0, 3.0]), some(&[0.0, 1.0, 0.0, 0.0]));
        let means = analyse(&study("parallel", "two_sample_t", 0.0), &[&first, &second]);
        assert!((means.estimate.unwrap() - 2.5).abs() < 1e-12 && means.rejects(0.01));
        let event = |values: &[Option<f64>]| -> Vec<Option<f64>> {
            values
                .iter()
                .map(|value| value.map(|value| f64::from(u8::from(value > 0.0))))
                .collect()
        };
        let shares = analyse(&study("parallel", "fisher", 0.0), &[&event(&first), &event(&second)]);
        assert!((shares.estimate.unwrap() - 0.75).abs() < 1e-12 && !shares.rejects(0.05));
        let classes = analyse(&study("parallel", "proportional_odds", 0.0), &[&first, &second]);
        assert!(classes.estimate.unwrap() > 0.0 && classes.probability.unwrap() < 0.05);
    }
}
