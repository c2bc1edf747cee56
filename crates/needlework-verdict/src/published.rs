//! Published results of the same plan beside what is computed: hit or miss, nothing fitted.

use needlework_cohort::{Cohort, PotentialOutcome};
use needlework_evidence::{Book, BookError, Observable, Target};
use needlework_numerics::{Interval, WorldMeans, mean, normals, uniforms};

use crate::expect::{percentiles, range};
use crate::report::Comparison;

/// The prediction for a study of as many people as the published one, and whether its 5–95 % interval covers what was
/// published.
pub(crate) fn compare(
    cohort: &Cohort,
    target: &Target,
    moment: usize,
    seed: u64,
    book: &Book,
) -> Result<Comparison, BookError> {
    let published = book.value(&target.value)?;
    let studies = study_forecast(cohort, target, moment, seed).reports;
    let bounds = percentiles(&studies);
    let predicted = range(Interval::holding(mean(&studies), bounds.p5, bounds.p95));
    let used = format!("{:?}", target.used).to_lowercase();
    Ok(Comparison {
        study: target.study.clone(),
        outcome: target.outcome.clone(),
        published,
        covers: (predicted.low..=predicted.high).contains(&published),
        predicted,
        used,
        read_back: target.read_back.clone(),
    })
}

/// What a study of a target's size would report: the predictive distribution, as one study for each world.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyForecast {
    /// What the study of each world reports, in the unit of the target.
    pub reports: Vec<f64>,
    /// Where people are counted, the probability that each world gives any one of them; the report is their share.
    pub probabilities: Option<Vec<f64>>,
}

/// What one study of the target's size would report, for each world, at the cohort's `moment`.
///
/// A world holds fewer people than a study. For a share, the study's people are taken to have the share that the
/// world's people show after shrinking towards all worlds (beta-binomial), and are drawn anew; for a mean, the mean of
/// the world drawn in likewise, and the noise of the mean of so many people.
#[must_use]
pub fn study_forecast(cohort: &Cohort, target: &Target, moment: usize, seed: u64) -> StudyForecast {
    let people = cohort.people_per_world;
    let each_person =
        |value: &dyn Fn(&needlework_cohort::VirtualPerson) -> f64| cohort.people.iter().map(value).collect();
    let means = |values: Vec<f64>| StudyForecast {
        reports: mean_of_studies(&values, people, target.n, seed),
        probabilities: None,
    };
    let of_people = |value: &dyn Fn(&needlework_cohort::VirtualPerson) -> f64| means(each_person(value));
    let shares = |probabilities: Vec<f64>| StudyForecast {
        reports: drawn_shares(&probabilities, target.n, seed),
        probabilities: Some(probabilities),
    };
    let of_worlds = |value: &dyn Fn(&needlework_cohort::VirtualPerson) -> f64| {
        let values: Vec<f64> = each_person(value);
        shares(values.chunks(people).map(mean).collect())
    };
    match target.observable {
        Observable::GradedShareAbove(points) => {
            let graded = cohort.graded(moment, PotentialOutcome::Treated, seed);
            let counts: Vec<usize> = graded
                .chunks(people)
                .map(|world| world.iter().filter(|&&graded| graded > points).count())
                .collect();
            shares(shares_of_worlds(&counts, people, seed))
        }
        Observable::GradedMean => means(cohort.graded(moment, PotentialOutcome::Treated, seed)),
        Observable::PapillaryCollagenGain => of_people(&|person| {
            cohort
                .observation(person, moment, PotentialOutcome::Treated)
                .papillary_gain
        }),
        Observable::EpidermalGain => of_people(&|person| {
            cohort
                .observation(person, moment, PotentialOutcome::Treated)
                .epidermal_gain
        }),
        Observable::UntreatedWidthChange => of_people(&|person| {
            cohort
                .observation(person, moment, PotentialOutcome::Untreated)
                .appearance
                .width
                - 1.0
        }),
        Observable::DarkMarks => of_worlds(&|person| person.harms.dark_marks.probability),
        Observable::Infection => of_worlds(&|person| cohort.worlds[person.world].parameters.germs.clinic_risk()),
    }
}

/// For each world a study's mean over `n` people, from the values of few.
fn mean_of_studies(values: &[f64], people: usize, n: u32, seed: u64) -> Vec<f64> {
    let worlds = WorldMeans::of(values, people);
    let noise = (worlds.within / f64::from(n.max(1))).sqrt();
    let dice = normals(seed, "study.mean", worlds.drawn_in.len());
    worlds
        .drawn_in
        .iter()
        .zip(dice)
        .map(|(mean, dice)| mean + noise * dice)
        .collect()
}

/// For each world the share of its people, drawn from what counts among few of them leave open.
fn shares_of_worlds(counts: &[usize], people: usize, seed: u64) -> Vec<f64> {
    let share = needlework_numerics::share_over_worlds(counts, people);
    let Some((alpha, beta)) = share.shapes else {
        return vec![share.interval.mean; counts.len()];
    };
    let dice = uniforms(seed, "study.share", counts.len());
    counts
        .iter()
        .zip(dice)
        .map(|(&count, dice)| {
            let (alpha, beta) = (alpha + count as f64, beta + (people - count.min(people)) as f64);
            needlework_evidence::Distribution::Beta { alpha, beta }.quantile(dice)
        })
        .collect()
}

/// The share among `n` people drawn with each probability.
fn drawn_shares(probabilities: &[f64], n: u32, seed: u64) -> Vec<f64> {
    let n = n as usize;
    let dice = uniforms(seed, "study.people", probabilities.len() * n);
    probabilities
        .iter()
        .zip(dice.chunks(n.max(1)))
        .map(|(&p, dice)| dice.iter().filter(|&&u| u < p).count() as f64 / n.max(1) as f64)
        .collect()
}
