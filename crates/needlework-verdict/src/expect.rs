//! What may be expected: shares of people by improvement, against the same people doing nothing, and what that says of
//! the benefit.

use needlework_cohort::{Because, Cohort, PotentialOutcome};
use needlework_evidence::{Book, BookError};
use needlework_healing::RemodellingHypothesis;
use needlework_numerics::{Interval, Share, midpoints, quantile};

use crate::hinge::hinge;
use crate::library::Library;
use crate::moments::Moments;
use crate::own_weights::own_weights;
use crate::report::{
    Benefit, Certainty, Driver, Figures, Forecast, Gain, Gains, Hypothesis, Outcome, Percentiles, Range, ReachLevel,
};

/// A number as a report shows it: rounding noise becomes zero, and zero has one sign.
#[must_use]
pub fn told(value: f64) -> f64 {
    // numerical: a millionth of a millionth of any unit of a report
    const NOTHING: f64 = 1e-12;
    if value.abs() < NOTHING { 0.0 } else { value }
}

/// An interval as a range of the report.
#[must_use]
pub fn range(interval: Interval) -> Range {
    Range {
        mean: told(interval.mean),
        low: told(interval.low),
        high: told(interval.high),
    }
}

/// The five percentiles of values in any order, as a report shows them.
#[must_use]
pub fn percentiles(values: &[f64]) -> Percentiles {
    let [p5, p25, p50, p75, p95] = needlework_numerics::percentiles(values).map(told);
    Percentiles { p5, p25, p50, p75, p95 }
}

fn outcome(cohort: &Cohort, moment: usize, arm: PotentialOutcome) -> (Outcome, f64) {
    let classes: [Share; 5] = cohort.classes(moment, arm);
    let [worse, none, some, clear, strong] = classes.map(|share| range(share.interval));
    let severity = percentiles(&cohort.sorted(|person| cohort.observation(person, moment, arm).appearance.severity));
    let error = classes.iter().map(|share| share.sampling_error).fold(0.0, f64::max);
    (
        Outcome {
            worse,
            none,
            some,
            clear,
            strong,
            severity,
        },
        error,
    )
}

/// The forecast at the months of the table.
pub(crate) fn forecast(cohort: &Cohort, moments: &Moments, extrapolated: bool) -> Forecast {
    let distance = |month: f64| (month - moments.gain_month).abs();
    let lead = (0..moments.table.len())
        .min_by(|&a, &b| distance(moments.table[a].0).total_cmp(&distance(moments.table[b].0)))
        .unwrap_or(0);
    let at = |arm: PotentialOutcome| {
        moments
            .table
            .iter()
            .map(|&(_, moment)| outcome(cohort, moment, arm))
            .collect::<Vec<_>>()
    };
    let (treated, untreated) = (at(PotentialOutcome::Treated), at(PotentialOutcome::Untreated));
    let sampling_error = treated
        .iter()
        .chain(&untreated)
        .map(|(_, error)| *error)
        .fold(0.0, f64::max);
    let worlds = cohort.worlds.len() as f64;
    let weight = |hypothesis: RemodellingHypothesis| {
        let of = |world: &needlework_cohort::World| match hypothesis {
            RemodellingHypothesis::Relapse => world.own.relapse,
            RemodellingHypothesis::Persistence => world.own.persistence,
            RemodellingHypothesis::TwoStates => world.own.two_states,
        };
        // After data the weights of a world are no longer what it is believed to do; the laws of the draws are.
        if cohort.posterior.is_some() {
            let held = cohort
                .worlds
                .iter()
                .filter(|world| world.hypothesis == hypothesis)
                .count();
            return held as f64 / worlds;
        }
        cohort.worlds.iter().map(of).sum::<f64>() / worlds
    };
    let worse = |because: Because| {
        let share = |&(_, moment): &(f64, usize)| cohort.worse_because(because, moment, PotentialOutcome::Treated);
        moments
            .table
            .iter()
            .map(|month| range(share(month).interval))
            .collect::<Vec<_>>()
    };
    let outcomes = |found: Vec<(Outcome, f64)>| found.into_iter().map(|(outcome, _)| outcome).collect::<Vec<_>>();
    Forecast {
        months: moments.table.iter().map(|&(month, _)| month).collect(),
        treated: outcomes(treated),
        untreated: outcomes(untreated),
        by_hypothesis: RemodellingHypothesis::ALL
            .into_iter()
            .map(|hypothesis| Hypothesis {
                name: hypothesis.name().to_owned(),
                label: hypothesis.label().to_owned(),
                weight: weight(hypothesis),
                treated: outcomes(at(PotentialOutcome::Under(hypothesis))),
            })
            .collect(),
        gains: moments
            .table
            .get(lead)
            .map_or_else(Gains::default, |&(_, moment)| gains(cohort, moment)),
        lead,
        hinge: moments.table.get(lead).and_then(|&(_, moment)| hinge(cohort, moment)),
        worse_for_dark_marks: worse(Because::DarkMark),
        worse_for_redness: worse(Because::Redness),
        untreated_by_assumption: cohort.untreated_stands_still(),
        own_weights: own_weights(cohort),
        extrapolated,
        sampling_error,
    }
}

/// How much people gain over their own untreated twin at a moment.
fn gains(cohort: &Cohort, moment: usize) -> Gains {
    // numerical: half of the people, and one of ten
    const AT: [f64; 2] = [0.5, 0.9];
    let sorted = cohort.sorted(|person| difference(cohort, person, moment));
    let [half, tenth] = AT.map(|at| told(quantile(&sorted, at)));
    let mut alike = Gains::default().alike;
    let places = midpoints(1.0, alike.len());
    for (gain, place) in alike.iter_mut().zip(places) {
        *gain = told(quantile(&sorted, place));
    }
    Gains {
        mean: range(cohort.mean_over_worlds(|person| difference(cohort, person, moment))),
        half,
        tenth,
        alike,
    }
}

/// The share who gain enough more than their own untreated twin.
pub(crate) fn gain(cohort: &Cohort, moments: &Moments, book: &Book) -> Result<Gain, BookError> {
    let points = book.value("verdict.gain_points")?;
    let share = cohort.share(|person| difference(cohort, person, moments.gain) >= points);
    Ok(Gain {
        month_after_last: moments.months_after_last,
        month: moments.last_known.then_some(moments.gain_month),
        share: range(share.interval),
    })
}

/// How many points a person gains over their own untreated twin.
#[must_use]
pub fn difference(cohort: &Cohort, person: &needlework_cohort::VirtualPerson, moment: usize) -> f64 {
    cohort.improvement(person, moment, PotentialOutcome::Treated)
        - cohort.improvement(person, moment, PotentialOutcome::Untreated)
}

/// Whether it helps, and why it reads so.
pub(crate) fn benefit(
    gain: &Gain,
    reaches_dermis: &Range,
    reach: ReachLevel,
    proven: bool,
    book: &Book,
) -> Result<(Benefit, String), BookError> {
    let likely = book.value("verdict.likely_share")?;
    let unlikely = book.value("verdict.unlikely_share")?;
    Ok(if hardly_reaches(reaches_dermis, book)? {
        let why = "The needles hardly reach the dermis, where the mark is";
        (Benefit::Unlikely, why.to_owned())
    } else if reach == ReachLevel::Outside {
        (
            Benefit::Unknown,
            "We know of no trial of a plan like this on stretch marks".to_owned(),
        )
    } else if gain.share.high < unlikely {
        (
            Benefit::Unlikely,
            "Even the upper bound of the share who gain much more than by doing nothing is small".to_owned(),
        )
    } else if gain.share.low > likely && proven {
        (
            Benefit::Likely,
            "Most gain much more than by doing nothing, and a controlled, blinded trial has shown it".to_owned(),
        )
    } else {
        let why = "It may help, or not: no controlled, blinded trial against nothing exists";
        (Benefit::Possible, why.to_owned())
    })
}

/// Whether hardly a needle reaches the dermis, by the share of those that do.
pub(crate) fn hardly_reaches(reaches_dermis: &Range, book: &Book) -> Result<bool, BookError> {
    Ok(reaches_dermis.high < book.value("verdict.reach_dermis")?)
}

/// How sure the forecast is; never better than low.
pub(crate) fn certainty(
    reach: ReachLevel,
    clinic: bool,
    mean_length_mm: f64,
    book: &Book,
) -> Result<Certainty, BookError> {
    let long_enough = mean_length_mm >= book.value("verdict.certain_length")?;
    Ok(match reach {
        ReachLevel::Inside if clinic && long_enough => Certainty::Low,
        ReachLevel::Inside | ReachLevel::Edge => Certainty::VeryLow,
        ReachLevel::Outside => Certainty::None,
    })
}

/// What explains the spread of the gain, the largest first, or why that can't be told.
pub(crate) fn sensitivity(cohort: &Cohort, moments: &Moments, library: &Library) -> Result<Vec<Driver>, String> {
    const SHOWN: usize = 12;
    let found = needlework_cohort::drivers(cohort, |person| difference(cohort, person, moments.gain));
    let found = found.map_err(|few| {
        format!(
            "What this answer hangs on cannot be told from {} virtual people; it takes {} at least.",
            few.people, few.needed
        )
    })?;
    Ok(found
        .into_iter()
        .take(SHOWN)
        .map(|driver| Driver {
            label: match driver.parameter.as_str() {
                "people" => "differences between people".to_owned(),
                "healing.law" => "what becomes of a gain (which law holds)".to_owned(),
                key => library
                    .book
                    .passport(key)
                    .and_then(|passport| passport.label.clone())
                    .unwrap_or_else(|| key.to_owned()),
            },
            parameter: driver.parameter,
            share: driver.share,
            standard_error: driver.standard_error,
        })
        .collect())
}

/// The curves of improvement month by month.
pub(crate) fn figures(cohort: &Cohort, moments: &Moments) -> Figures {
    let curve = |arm: PotentialOutcome| {
        let band =
            |&(_, moment): &(f64, usize)| percentiles(&cohort.sorted(|person| cohort.improvement(person, moment, arm)));
        moments.chart.iter().map(band).collect::<Vec<_>>()
    };
    // Where worlds draw different schedules, no day can be marked as a session.
    let alike =
        |plan: &needlework_course::Schedule| cohort.schedules.iter().all(|other| other.sessions == plan.sessions);
    let schedule = cohort.schedules.first().filter(|plan| alike(plan));
    Figures {
        months: moments.chart.iter().map(|&(month, _)| month).collect(),
        sessions: schedule.map_or_else(Vec::new, |plan| {
            plan.sessions.iter().map(|time| time.months()).collect()
        }),
        improvement_treated: curve(PotentialOutcome::Treated),
        improvement_untreated: curve(PotentialOutcome::Untreated),
        improvement_by_hypothesis: RemodellingHypothesis::ALL
            .into_iter()
            .map(|hypothesis| {
                curve(PotentialOutcome::Under(hypothesis))
                    .into_iter()
                    .map(|band| band.p50)
                    .collect()
            })
            .collect(),
    }
}
