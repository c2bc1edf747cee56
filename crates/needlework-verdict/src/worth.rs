//! What would change the answer most: what of the doubt goes once one thing is known, and once a study has been made.
//!
//! The doubt is the spread over worlds of the average gain over doing nothing. Once something is known, a regression on
//! it leaves a smaller spread (Strong and others 2014). What that is worth is told in points of gain for somebody who
//! would have the plan from an average gain of `verdict.gain_points` on, and otherwise do nothing: the expected value
//! of partial perfect information, by the same regression, between what decisions gain in worlds that it was not
//! fitted to and what it promises in its own.
//!
//! Each study has so many people, seen when the gain is judged: (1) one arm, raters of photographs who know what was
//! done, with the optimism of the world, a study's own effect, and the spread of scores; (2) one side of the body
//! treated and the other not, raters blind to the side, so that optimism and what is the study's own are on both sides;
//! (3) the same, with marks measured and not rated. A world tells what each would report.
//!
//! Limits: a world has few people, whose mean stands for that of all; instruments are taken to have no error of their
//! own; a study is one of the case's people and plan.

use needlework_appearance::{read, score_variances};
use needlework_cohort::{Cohort, PotentialOutcome};
use needlework_evidence::{Book, BookError};
use needlework_inference::value_of_information::{Worth, sd_once_known, worth_of_all, worth_of_some};
use needlework_numerics::{WorldMeans, normals, standard_deviation};

use crate::expect::difference;
use crate::information::{Information, Knowing};
use crate::moments::Moments;
use crate::report::Driver;

// numerical: people of an imagined study, as many as the largest of those that rated
const PEOPLE: u32 = 30;
// numerical: bends of a regression; a world has one number each, and four columns are few against hundreds of worlds
const DEGREE: usize = 3;

/// What knowing would change. `None` where there are too few worlds for a regression.
pub(crate) fn information(
    cohort: &Cohort,
    moments: &Moments,
    drivers: &[Driver],
    seed: u64,
    book: &Book,
) -> Result<Option<Information>, BookError> {
    let taken_from = book.value("verdict.gain_points")?;
    let gains = of_worlds(cohort, &|person| difference(cohort, person, moments.gain));
    let benefits: Vec<Vec<f64>> = gains.seen.iter().map(|gain| vec![gain - taken_from, 0.0]).collect();
    let known = |name: &str, label: &str, quantity: Vec<f64>| {
        let sd_left = sd_once_known(&gains.seen, std::slice::from_ref(&quantity), DEGREE)?;
        let Worth { fitted, held_out } = worth_of_some(&benefits, &[quantity], DEGREE)?;
        Some(Knowing {
            name: name.to_owned(),
            label: label.to_owned(),
            sd_left,
            worth: [held_out.max(0.0).min(fitted), fitted],
        })
    };
    let mut unknowns: Vec<Knowing> = drivers
        .iter()
        .filter_map(|driver| known(&driver.parameter, &driver.label, quantity(cohort, &driver.parameter)?))
        .collect();
    let mut studies: Vec<Knowing> = studies(cohort, moments, &gains, seed)
        .into_iter()
        .filter_map(|(name, label, reports)| known(name, label, reports))
        .collect();
    for found in [&mut unknowns, &mut studies] {
        found.sort_by(|a, b| a.sd_left.total_cmp(&b.sd_left).then_with(|| a.name.cmp(&b.name)));
    }
    let all = worth_of_all(&benefits).filter(|_| !studies.is_empty());
    Ok(all.map(|worth_of_all| Information {
        people: PEOPLE,
        taken_from,
        sd: standard_deviation(&gains.seen),
        worth_of_all,
        unknowns,
        studies,
    }))
}

/// A quantity of the people of each world.
fn of_worlds(cohort: &Cohort, value: &dyn Fn(&needlework_cohort::VirtualPerson) -> f64) -> WorldMeans {
    let values: Vec<f64> = cohort.people.iter().map(value).collect();
    WorldMeans::of(&values, cohort.people_per_world)
}

/// What a driver is in each world; none for the differences between people, which are no quantity of a world.
fn quantity(cohort: &Cohort, parameter: &str) -> Option<Vec<f64>> {
    if parameter == "healing.law" {
        let law = |world: &needlework_cohort::World| world.hypothesis as usize as f64;
        return Some(cohort.worlds.iter().map(law).collect());
    }
    cohort.drawn.get(parameter).cloned()
}

/// What a study of each kind would report in each world.
fn studies(
    cohort: &Cohort,
    moments: &Moments,
    gains: &WorldMeans,
    seed: u64,
) -> [(&'static str, &'static str, Vec<f64>); 3] {
    let reads = |arm: PotentialOutcome| {
        move |person: &needlework_cohort::VirtualPerson| {
            let grading = &cohort.worlds[person.world].parameters.grading;
            read(cohort.improvement(person, moments.gain, arm), grading)
        }
    };
    let treated = of_worlds(cohort, &reads(PotentialOutcome::Treated));
    let apart = of_worlds(cohort, &|person| {
        reads(PotentialOutcome::Treated)(person) - reads(PotentialOutcome::Untreated)(person)
    });
    let chance = |name: &str| normals(seed, &format!("worth.{name}"), cohort.worlds.len());
    let (study, scores, sides, measured) = (chance("study"), chance("scores"), chance("sides"), chance("measured"));
    let people = f64::from(PEOPLE);
    let each = |report: &dyn Fn(usize) -> f64| (0..cohort.worlds.len()).map(report).collect::<Vec<f64>>();
    let grading = |w: usize| &cohort.worlds[w].parameters.grading;
    [
        (
            "single_arm",
            "one arm, rated from photographs by raters who know",
            each(&|w| {
                let p = grading(w);
                let [agreed, rater] = score_variances(treated.within, p.people_sd, p.agreement);
                let error = ((treated.within + agreed + rater) / people).sqrt();
                treated.seen[w] + p.optimism + p.study_sd * study[w] + error * scores[w]
            }),
        ),
        (
            "split_body",
            "one side against the other, rated blind",
            each(&|w| {
                let p = grading(w);
                let [_, rater] = score_variances(treated.within, p.people_sd, p.agreement);
                // Of each side raters disagree anew.
                apart.seen[w] + ((apart.within + 2.0 * rater) / people).sqrt() * sides[w]
            }),
        ),
        (
            "measured",
            "one side against the other, measured",
            each(&|w| gains.seen[w] + (gains.within / people).sqrt() * measured[w]),
        ),
    ]
}
