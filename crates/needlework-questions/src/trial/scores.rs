//! What is measured in the people of a trial: grades, classes, events, tissues; with who left before.
//!
//! A grade is y = h(I) + β + u + ν + ε (the file on grading in `needlework-appearance`): optimism β and the study's
//! own effect u are shared by the people of a world, ν by what all raters see of a person, and ε is what each of r
//! raters sees otherwise. ε of a mean of two is what a world draws, so that of r raters has 2/r of its variance. Blind
//! raters hope for every arm alike, the others for those with needles only.
//!
//! In a world the chain is walked for so many people only; person i of a larger trial is like person i modulo that
//! number, with a ν, an ε and a chance of their own. Assumptions: the two sides of a person share ν, and a person who
//! leaves leaves with both; a biopsy after is as wrong as one before, independently.

use needlework_appearance::{GradingParameters, read, score_variances};
use needlework_cohort::{Glanced, MOST_ENROLLED, World};
use needlework_course::Observation;
use needlework_numerics::{expit, logit, mean, normal_cdf, normals_at, root, standard_deviation, uniforms_at};

use super::study::{Analysis, Outcome, StudyDesign, StudyFile};

/// What the chain says of one person at one visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Looked {
    /// Improvement of the own mark, points.
    pub own: f64,
    /// The same without any session.
    pub untreated: f64,
    /// What the outcome reads: points that raters read, after over before of a tissue, the probability of dark marks.
    pub value: f64,
}

/// The people of one world of a trial.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WorldPeople {
    /// Number of the world.
    pub number: usize,
    /// Whether anything of what needles do shows.
    pub shows: bool,
    /// How raters of this world grade.
    pub grading: GradingParameters,
    /// For each arm, each visit, each person.
    pub arms: Vec<Vec<Vec<Looked>>>,
}

/// How the names of the streams of an arm's people begin: two sides of a person are one person.
pub(crate) fn stream(design: StudyDesign, arm: usize) -> String {
    match design {
        StudyDesign::SplitBody => "trial.0.".to_owned(),
        StudyDesign::SingleArm | StudyDesign::Parallel => format!("trial.{arm}."),
    }
}

/// What a trial sees of the people of a world.
pub(crate) fn look(study: &StudyFile, number: usize, world: &World, seen: &[Vec<Glanced>]) -> WorldPeople {
    let p = &world.parameters;
    let law = world.hypothesis as usize;
    let person = |glanced: &Glanced, visit: usize| -> Looked {
        let observed = |list: &[Observation]| list.get(visit).copied();
        let treated = observed(glanced.treated(world));
        let tissue = glanced.sights.treated.get(law).and_then(|list| observed(list));
        let own = treated.map_or(f64::NAN, |seen| seen.appearance.improvement());
        let value = match study.outcome {
            Outcome::GradedMean | Outcome::GradedAbove { .. } | Outcome::GradedClasses => {
                let rated = treated.map_or(f64::NAN, |seen| seen.appearance.usual_improvement());
                read(rated, &p.grading)
            }
            Outcome::DarkMarks => glanced.dark_marks.probability,
            Outcome::PapillaryCollagen { .. } => tissue.map_or(f64::NAN, |seen| 1.0 + seen.papillary_gain),
            Outcome::Epidermis { .. } => tissue.map_or(f64::NAN, |seen| 1.0 + seen.epidermal_gain),
            Outcome::Width { .. } => treated.map_or(f64::NAN, |seen| seen.appearance.width),
        };
        Looked {
            own,
            untreated: observed(&glanced.sights.untreated).map_or(f64::NAN, |seen| seen.appearance.improvement()),
            value,
        }
    };
    let visits = study.visits.len();
    WorldPeople {
        number,
        shows: p.appearance.shows(),
        grading: p.grading.clone(),
        arms: seen
            .iter()
            .map(|people| {
                (0..visits)
                    .map(|visit| people.iter().map(|glanced| person(glanced, visit)).collect())
                    .collect()
            })
            .collect(),
    }
}

/// Whether the outcome is a grade.
fn graded(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::GradedMean | Outcome::GradedAbove { .. } | Outcome::GradedClasses
    )
}

/// The class of a grade in quarters, the lowest first.
fn quarter(points: f64) -> f64 {
    // numerical: quarters of improvement, as trials grade them
    const CUTS: [f64; 3] = [25.0, 50.0, 75.0];
    CUTS.iter().filter(|&&cut| points > cut).count() as f64
}

/// Variances of ν and of ε in an arm of a world, points².
fn variances(study: &StudyFile, world: &WorldPeople, people: &[Looked]) -> [f64; 2] {
    let values: Vec<f64> = people.iter().map(|one| one.value).collect();
    let agreement = study.raters.agreement.unwrap_or(world.grading.agreement);
    let [agreed, other] = score_variances(standard_deviation(&values).powi(2), world.grading.people_sd, agreement);
    [agreed, other * 2.0 / f64::from(study.raters.count)]
}

/// What is measured in the first `count` people of an arm at a visit: a number, 1 or 0 for an event, or the place of a
/// class. `None` of those who left. `needled` says which arms raters who are not blind hope for.
pub(crate) fn measured(
    study: &StudyFile,
    world: &WorldPeople,
    (arm, needled): (usize, bool),
    visit: usize,
    (seed, count): (u64, usize),
) -> Vec<Option<f64>> {
    let people = &world.arms[arm][visit];
    let places = world.number * MOST_ENROLLED..world.number * MOST_ENROLLED + count;
    let person = stream(study.design, arm);
    let of_person = |what: &str| format!("{person}{what}");
    let of_side = |what: &str| format!("trial.{arm}.{what}.{visit}");
    let values: Vec<f64> = match study.outcome {
        outcome if graded(outcome) => {
            let [agreed_variance, rater_variance] = variances(study, world, people);
            let effect = normals_at(seed, "trial.study", world.number..world.number + 1)[0];
            let hope = if study.raters.optimism && (needled || study.raters.blinded) {
                world.grading.optimism
            } else {
                0.0
            };
            let agreed = normals_at(seed, &of_person("agreed"), places.clone());
            let rater = normals_at(seed, &of_side("rater"), places.clone());
            (0..count)
                .map(|i| {
                    let points = people[i % people.len()].value
                        + hope
                        + world.grading.study_sd * effect
                        + agreed_variance.sqrt() * agreed[i]
                        + rater_variance.sqrt() * rater[i];
                    match outcome {
                        Outcome::GradedAbove { cut } => f64::from(u8::from(points > cut)),
                        Outcome::GradedClasses => quarter(points),
                        _ => points,
                    }
                })
                .collect()
        }
        Outcome::PapillaryCollagen { variation } | Outcome::Epidermis { variation } | Outcome::Width { variation } => {
            let error = (2.0_f64).sqrt() * variation;
            normals_at(seed, &of_side("measurement"), places.clone())
                .into_iter()
                .enumerate()
                // Half of the variance off, so that the mean ratio stays.
                .map(|(i, z)| people[i % people.len()].value * (error * z - 0.5 * error * error).exp() - 1.0)
                .collect()
        }
        _ => uniforms_at(seed, &of_person("dark_mark"), places.clone())
            .into_iter()
            .enumerate()
            .map(|(i, u)| f64::from(u8::from(u < people[i % people.len()].value)))
            .collect(),
    };
    // People of a split body leave by what they see on the first side.
    let leaving = match study.design {
        StudyDesign::SplitBody => &world.arms[0][visit],
        StudyDesign::SingleArm | StudyDesign::Parallel => people,
    };
    let chances = chances_to_leave(study, leaving);
    uniforms_at(seed, &of_person("dropout"), places)
        .into_iter()
        .zip(values)
        .enumerate()
        .map(|(i, (u, value))| (u >= chances[i % chances.len()]).then_some(value))
        .collect()
}

/// The probability with which each person leaves.
fn chances_to_leave(study: &StudyFile, people: &[Looked]) -> Vec<f64> {
    let dropout = study.dropout;
    if dropout.share <= 0.0 || dropout.informative <= 0.0 {
        return vec![dropout.share; people.len()];
    }
    let own: Vec<f64> = people.iter().map(|one| one.own).collect();
    let (centre, sd) = (mean(&own), standard_deviation(&own));
    let off: Vec<f64> = own
        .iter()
        .map(|one| if sd > 0.0 { (one - centre) / sd } else { 0.0 })
        .collect();
    let leave = |at: f64| -> Vec<f64> { off.iter().map(|off| expit(at - dropout.informative * off)).collect() };
    // The share of the file is that of all people, whoever they are: its log-odds lie within those of the extremes.
    let reach = dropout.informative * off.iter().fold(0.0_f64, |most, off| most.max(off.abs())) + 1.0;
    let start = logit(dropout.share);
    // numerical: a share is met to the millionth
    const TOLERANCE: f64 = 1e-6;
    let at = root(start - reach, start + reach, TOLERANCE, |at| {
        mean(&leave(at)) - dropout.share
    });
    leave(at.unwrap_or(start))
}

/// What is true of an arm in a world, in the unit of the outcome: without optimism, without the study's own effect and
/// without the luck of few people.
fn true_value(study: &StudyFile, world: &WorldPeople, arm: usize, visit: usize) -> f64 {
    let people = &world.arms[arm][visit];
    let over = |value: &dyn Fn(f64) -> f64| mean(&people.iter().map(|one| value(one.value)).collect::<Vec<_>>());
    match study.outcome {
        Outcome::GradedMean | Outcome::GradedClasses => over(&|points| points),
        Outcome::GradedAbove { cut } => {
            let sd = variances(study, world, people).iter().sum::<f64>().sqrt();
            over(&|points| {
                if sd > 0.0 {
                    normal_cdf((points - cut) / sd)
                } else {
                    f64::from(u8::from(points > cut))
                }
            })
        }
        Outcome::DarkMarks => over(&|probability| probability),
        Outcome::PapillaryCollagen { .. } | Outcome::Epidermis { .. } | Outcome::Width { .. } => {
            over(&|ratio| ratio - 1.0)
        }
    }
}

/// The true effect in a world at the last visit: the first arm less the second, or less what it is tested against.
pub(crate) fn true_effect(study: &StudyFile, world: &WorldPeople) -> f64 {
    let visit = study.visits.len() - 1;
    let first = true_value(study, world, 0, visit);
    match world.arms.len() {
        1 => first - study.against,
        _ => first - true_value(study, world, 1, visit),
    }
}

/// Whether the estimate of a test is in the unit of the true effect.
pub(crate) fn same_unit(study: &StudyFile) -> bool {
    study.analysis != Analysis::ProportionalOdds
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::super::analyse::analyse;
    use super::super::study::{Dropout, Raters};
    use super::*;

    const SEED: u64 = 7;

    fn study(design: &str, analysis: &str, people: u32) -> StudyFile {
        let arm = "[[arm]]\nname = 'a'\ncase = 'a'\n";
        let arms = if design == "single_arm" {
            arm.to_owned()
        } else {
            arm.repeat(2)
        };
        let text = format!(
            "format = 'needlework-study/1'\ntitle = 't'\ndesign = '{design}'\npeople = {people}\nanalysis = \
                '{analysis}'\noutcome = {{ kind = 'graded_mean' }}\n{arms}"
        );
        toml::from_str(&text).unwrap()
    }

    /// People whose grade without any noise is `points` in the first arm and nothing in the second, and who differ by
    /// `spread` in both.
    fn world(design: StudyDesign, number: usize, points: f64, spread: f64) -> WorldPeople {
        let arm = |which: usize, points: f64| -> Vec<Vec<Looked>> {
            let differ = normals_at(SEED, &stream(design, which), number * 40..(number + 1) * 40);
            let people = differ.iter().map(|z| Looked {
                own: points + spread * z,
                untreated: 0.0,
                value: points + spread * z,
            });
            vec![people.collect()]
        };
        WorldPeople {
            number,
            shows: points != 0.0,
            grading: GradingParameters {
                gain: 1.0,
                optimism: 17.0,
                study_sd: 10.0,
                people_sd: 16.0,
                agreement: 0.67,
            },
            arms: vec![arm(0, points), arm(1, 0.0)],
        }
    }

    /// What trials of so many people find in worlds with so many points.
    fn found(study: &StudyFile, worlds: usize, points: f64, spread: f64) -> Vec<(f64, bool)> {
        let people = study.people as usize;
        (0..worlds)
            .map(|number| {
                let world = world(study.design, number, points, spread);
                let arms: Vec<_> = (0..study.arm.len())
                    .map(|arm| measured(study, &world, (arm, arm == 0), 0, (SEED, people)))
                    .collect();
                let arms: Vec<&[Option<f64>]> = arms.iter().map(Vec::as_slice).collect();
                let found = analyse(study, &arms);
                (found.estimate.unwrap(), found.rejects(study.alpha))
            })
            .collect()
    }

    fn share(found: &[(f64, bool)]) -> f64 {
        found.iter().filter(|(_, rejects)| *rejects).count() as f64 / found.len() as f64
    }

    #[test]
    fn where_nothing_differs_one_trial_in_twenty_says_so_in_both_designs_with_two_arms() {
        for (design, analysis) in [("split_body", "paired_t"), ("parallel", "two_sample_t")] {
            let wrong = share(&found(&study(design, analysis, 12), 10_000, 0.0, 8.0));
            assert!((wrong - 0.05).abs() < 0.004, "{design}: {wrong}");
        }
    }

    #[test]
    fn without_a_comparison_optimism_is_found_where_nothing_is() {
        let mut one = study("single_arm", "paired_t", 20);
        assert!(share(&found(&one, 400, 0.0, 0.0)) > 0.7);
        one.raters.optimism = false;
        let without = share(&found(&one, 400, 0.0, 0.0));
        // What is left is the study's own effect, which its people share.
        assert!(without < 0.7, "{without}");
        let mut two = study("parallel", "two_sample_t", 20);
        two.raters.blinded = false;
        assert!(
            share(&found(&two, 400, 0.0, 8.0)) > 0.7,
            "raters who know hope for one arm only"
        );
    }

    #[test]
    fn two_sides_of_a_person_beat_two_groups_of_as_many_people() {
        let (sides, groups) = (
            study("split_body", "paired_t", 14),
            study("parallel", "two_sample_t", 14),
        );
        let sure = [&sides, &groups].map(|study| share(&found(study, 1000, 8.0, 8.0)));
        assert!(sure[0] > sure[1] + 0.2, "{sure:?}");
        let mut ranks = sides.clone();
        ranks.analysis = Analysis::Wilcoxon;
        assert!((share(&found(&ranks, 1000, 8.0, 8.0)) - sure[0]).abs() < 0.05);
    }

    #[test]
    fn more_raters_find_more() {
        let with = |count: u32| {
            let mut study = study("split_body", "paired_t", 10);
            study.raters = Raters {
                count,
                ..Raters::default()
            };
            share(&found(&study, 1000, 8.0, 8.0))
        };
        assert!(with(1) < with(2) && with(2) < with(6));
    }

    #[test]
    fn who_leaves_at_random_leaves_the_estimate_as_it_is_and_who_gains_less_does_not() {
        let mut groups = study("parallel", "two_sample_t", 40);
        let worlds = 1500;
        let mean_of = |study: &StudyFile| {
            let estimates: Vec<f64> = found(study, worlds, 8.0, 10.0)
                .iter()
                .map(|(found, _)| *found)
                .collect();
            (
                mean(&estimates),
                standard_deviation(&estimates) / (worlds as f64).sqrt(),
            )
        };
        groups.dropout.share = 0.3;
        let (random, error) = mean_of(&groups);
        assert!((random - 8.0).abs() < 4.0 * error, "{random} ± {error}");
        let mut one = study("single_arm", "paired_t", 40);
        one.raters.optimism = false;
        let (all, error) = mean_of(&one);
        one.dropout = Dropout {
            share: 0.3,
            informative: 1.5,
        };
        let (left, _) = mean_of(&one);
        assert!(left > all + 4.0 * error + 1.0, "{left} {all} ± {error}");
        assert!((all - 8.0).abs() < 4.0 * error + 0.5, "{all}");
    }

    #[test]
    fn a_trial_begins_with_the_people_of_a_smaller_one() {
        let mut study = study("parallel", "two_sample_t", 20);
        study.dropout.share = 0.2;
        for arm in 0..2 {
            let of = |count| measured(&study, &world(study.design, 3, 5.0, 8.0), (arm, true), 0, (SEED, count));
            let (few, many) = (of(10), of(400));
            assert_eq!(few[..], many[..10]);
            let left = many.iter().flatten().count();
            assert!((280..360).contains(&left), "{left} of 400 are left of four in five");
        }
    }

    #[test]
    fn events_classes_and_tissues_are_measured_as_they_are() {
        let mut study = study("parallel", "two_sample_t", 1000);
        let people = |study: &StudyFile, value: f64| {
            let mut world = world(study.design, 0, 0.0, 0.0);
            world.arms[0][0].iter_mut().for_each(|one| one.value = value);
            let values: Vec<f64> = measured(study, &world, (0, true), 0, (SEED, 1000))
                .into_iter()
                .flatten()
                .collect();
            (mean(&values), true_value(study, &world, 0, 0))
        };
        study.outcome = Outcome::DarkMarks;
        let (seen, truth) = people(&study, 0.2);
        assert!((seen - 0.2).abs() < 0.04 && (truth - 0.2).abs() < 1e-12);
        study.outcome = Outcome::Width { variation: 0.1 };
        let (seen, truth) = people(&study, 1.16);
        assert!((seen - 0.16).abs() < 0.02 && (truth - 0.16).abs() < 1e-12);
        // Half of what is graded lies above its middle where nobody hopes.
        study.outcome = Outcome::GradedAbove { cut: 30.0 };
        study.raters.optimism = false;
        let (_, truth) = people(&study, 30.0);
        assert!((truth - 0.5).abs() < 1e-12);
        study.outcome = Outcome::GradedClasses;
        assert_eq!([25.0, 25.1, 50.0, 80.0].map(quarter), [0.0, 1.0, 1.0, 3.0]);
    }
}
