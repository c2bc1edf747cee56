//! Which plan, of all that no rule stops: enumerated, met in the same worlds, and the gentlest that is nearly as good
//! as the best; or none.
//!
//! All plans meet in few worlds first; those that are worth it meet in many, with their harms. Chance constraints hold
//! the upper ends of harms, since what is not known of a harm must not speak for a plan. A gain is that over one's own
//! untreated twin. Limits: how harms and gains grow with length, passes, sessions and interval comes from the model
//! alone; no trial in striae has compared them. Creams are published arms, beside the plans and never among them.

mod candidate;
mod choose;
mod meet;
mod race;
mod report;

use needlework_case::Case;
use needlework_cohort::{CohortError, Posterior, Settings, of_evidence};
use needlework_inference::front::layers;
use needlework_inference::value_of_information::worth_of_all;
use needlework_numerics::{Continue, Interval, Progress, mean};
use needlework_verdict::{INTENDED_USE, Inquiry, PRIOR, Range, Reading, VerdictError, banner, range, told};

use crate::comparators::published;
use candidate::{Candidate, Candidates, candidates};
use choose::{Chosen, choose, keeps, near};
use meet::{Met, meet};
use race::kept;

pub use report::{Choice, ExtraSessions, HarmLimits, OtherLimits, PLAN_FORMAT, PlanReport, PlanTried, StoppingRule};

impl Default for HarmLimits {
    /// Our choice, and no finding: nobody has asked people what they would take for a mark that harms nobody. They
    /// stand where an ordinary course in a clinic just keeps them, so that they part it from plans that harm more; the
    /// report shows what half and twice of each would change ([`OtherLimits`]).
    fn default() -> Self {
        // numerical: courses of 1,000, as upper ends of ranges that studies leave wide
        const DARK_MARKS: f64 = 450.0;
        const INFECTIONS: f64 = 200.0; // numerical: likewise
        const SCARS: f64 = 10.0; // numerical: likewise
        Self {
            dark_marks: DARK_MARKS,
            infections: INFECTIONS,
            scars: SCARS,
        }
    }
}

/// Looks at all plans for the person and mark of a case, with up to so many sessions.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn plan(
    case: &Case,
    inquiry: &Inquiry<'_>,
    (limits, most_sessions): (HarmLimits, u32),
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<PlanReport, VerdictError> {
    // numerical: worlds in which all plans meet first
    const FIRST: usize = 40;
    let library = inquiry.library;
    let found = candidates(case, library, inquiry.reading, most_sessions);
    let gain_points = library
        .book
        .value("verdict.gain_points")
        .map_err(CohortError::Evidence)?;
    let title = case.about.title.known().cloned();
    let mut report = PlanReport {
        format: PLAN_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        banner: None,
        engine: inquiry.engine.clone(),
        reading: inquiry.reading,
        title: title.unwrap_or_else(|| "A needling plan".to_owned()),
        seed: inquiry.settings.seed,
        worlds: [0, 0],
        enumerated: found.enumerated,
        stopped: found.stopped,
        withheld: found.withheld,
        rules: found
            .rules
            .iter()
            .map(|(id, reason)| StoppingRule {
                id: id.clone(),
                reason: reason.clone(),
            })
            .collect(),
        questions: found.questions.clone(),
        advice: if found.stopped == found.enumerated {
            Choice::Stopped
        } else {
            Choice::NotStudied
        },
        recommended: None,
        between: Vec::new(),
        agreement: 1.0,
        limits,
        other_limits: Vec::new(),
        gain_points,
        plans: Vec::new(),
        worth_of_knowing: 0.0,
        extra_sessions: Vec::new(),
        published: published(&library.arms, std::iter::once(case)),
        notes: notes(&found, inquiry.reading),
    };
    if found.tried.len() < 2 {
        return Ok(report);
    }
    let settings = inquiry.settings;
    // What was fitted to a study is no test of it.
    let at_hand = inquiry.posterior.filter(|posterior| !posterior.weighed_by(case));
    let posterior = of_evidence(at_hand, &library.book).map_err(CohortError::Evidence)?;
    let evidence = (library, posterior);
    let few = Settings {
        worlds: settings.worlds.min(FIRST),
        ..settings
    };
    // The work of both rounds together, as far as it is known before the first.
    let total = settings.worlds + few.worlds;
    let all: Vec<&Candidate> = found.tried.iter().collect();
    let first = meet(&all, evidence, &few, false, &mut |part| {
        progress(Progress { done: part.done, total })
    })?;
    let left: Vec<&Candidate> = kept(&found.tried, &first).into_iter().map(|at| all[at]).collect();
    let worlds = meet(&left, evidence, &settings, true, &mut |part| {
        progress(Progress {
            done: few.worlds + part.done,
            total,
        })
    })?;
    report.worlds = [few.worlds, settings.worlds];
    let name = posterior.map(Posterior::name);
    report.banner = Some(banner(at_hand, name.as_deref()));
    report.engine.posterior = name.unwrap_or_else(|| PRIOR.to_owned());
    report.plans = tried(&left, &worlds, &limits);
    report.other_limits = other_limits(&left, &worlds, &limits, settings.seed);
    let Chosen {
        choice,
        plan,
        between,
        agreement,
    } = choose(&worlds, &limits, settings.seed);
    report.advice = choice;
    report.recommended = plan;
    report.between = between;
    report.agreement = agreement;
    let gains: Vec<Vec<f64>> = worlds
        .iter()
        .map(|world| world.iter().map(|met| met.gain).collect())
        .collect();
    report.worth_of_knowing = told(worth_of_all(&gains).unwrap_or(0.0));
    report.extra_sessions = extra_sessions(&left, &worlds);
    Ok(report)
}

/// What would be advised if one of the limits were half or twice as high, and without any.
fn other_limits(left: &[&Candidate], worlds: &[Vec<Met>], limits: &HarmLimits, seed: u64) -> Vec<OtherLimits> {
    type Limit = fn(&mut HarmLimits) -> &mut f64;
    let each: [(&str, Limit); 3] = [
        ("dark marks", |limits| &mut limits.dark_marks),
        ("infections", |limits| &mut limits.infections),
        ("scars", |limits| &mut limits.scars),
    ];
    let varied = each.iter().flat_map(|(harm, limit)| {
        [("half as many", 0.5), ("twice as many", 2.0)].map(|(words, factor)| {
            let mut other = *limits;
            *limit(&mut other) *= factor;
            (format!("{words} {harm}"), Some(other))
        })
    });
    let every: Vec<usize> = (0..worlds.len()).collect();
    varied
        .chain([("no limits".to_owned(), None)])
        .map(|(label, limits)| {
            let held = limits.unwrap_or(HarmLimits {
                dark_marks: f64::INFINITY,
                infections: f64::INFINITY,
                scars: f64::INFINITY,
            });
            let chosen = choose(worlds, &held, seed);
            let keep = |&at: &usize| left[at].sessions > 0 && keeps(worlds, &every, at, &held);
            OtherLimits {
                label,
                limits,
                keep: (0..left.len()).filter(keep).count(),
                advice: chosen.choice,
                recommended: chosen.plan,
            }
        })
        .collect()
}

fn over(worlds: &[Vec<Met>], plan: usize, value: fn(&Met) -> f64) -> Vec<f64> {
    worlds.iter().map(|world| value(&world[plan])).collect()
}

/// The plans with what their worlds say of them.
fn tried(left: &[&Candidate], worlds: &[Vec<Met>], limits: &HarmLimits) -> Vec<PlanTried> {
    let of = |plan: usize, value: fn(&Met) -> f64| -> Range { range(Interval::over(&over(worlds, plan, value))) };
    let every: Vec<usize> = (0..worlds.len()).collect();
    let count = worlds.len().max(1) as f64;
    let most = |world: &[Met]| world.iter().map(|met| met.gain).fold(f64::NEG_INFINITY, f64::max);
    let mut plans: Vec<PlanTried> = left
        .iter()
        .enumerate()
        .map(|(at, plan)| {
            let (dark_marks, infections, scars) = (
                of(at, |met| met.dark_marks),
                of(at, |met| met.infections),
                of(at, |met| met.scars),
            );
            // Where several gain the most, each has its part of the world.
            let best: f64 = worlds
                .iter()
                .filter(|world| world[at].gain >= most(world))
                .map(|world| 1.0 / world.iter().filter(|met| met.gain >= most(world)).count() as f64)
                .sum();
            let regret: Vec<f64> = worlds.iter().map(|world| most(world) - world[at].gain).collect();
            PlanTried {
                label: plan.label(),
                own: plan.own,
                length_mm: plan.length_mm,
                passes: plan.passes,
                sessions: plan.sessions,
                interval_weeks: plan.interval_weeks,
                gain: of(at, |met| met.gain),
                gains_enough: told(mean(&over(worlds, at, |met| met.enough))),
                best: told(best / count),
                near_best: 0.0,
                regret: told(mean(&regret)),
                keeps_limits: keeps(worlds, &every, at, limits),
                dark_marks,
                infections,
                scars,
                pain: of(at, |met| met.pain),
                cost_euros: of(at, |met| met.cost),
                on_front: false,
            }
        })
        .collect();
    let best = (0..plans.len())
        .filter(|&at| plans[at].keeps_limits)
        .max_by(|&a, &b| plans[a].gain.mean.total_cmp(&plans[b].gain.mean));
    let losses: Vec<[f64; 5]> = plans
        .iter()
        .map(|plan| {
            [
                -plan.gain.mean,
                plan.dark_marks.mean,
                plan.pain.mean,
                plan.cost_euros.mean,
                f64::from(plan.sessions),
            ]
        })
        .collect();
    for (at, layer) in layers(&losses).into_iter().enumerate() {
        plans[at].on_front = layer == 0;
        plans[at].near_best = best.map_or(0.0, |best| near(worlds, &every, at, best));
    }
    plans
}

/// What further sessions of the case's own plan buy: one after another, and twice as many as half of the most.
fn extra_sessions(left: &[&Candidate], worlds: &[Vec<Met>]) -> Vec<ExtraSessions> {
    // numerical: points that anybody would see
    const SEEN: f64 = 10.0;
    let own: Vec<(u32, usize)> = left
        .iter()
        .enumerate()
        .filter(|(_, plan)| plan.own_but_sessions)
        .map(|(at, plan)| (plan.sessions, at))
        .collect();
    let half = own.last().and_then(|&(most, last)| {
        let half = own.iter().find(|(sessions, _)| 2 * sessions == most && most > 2);
        half.map(|&half| (half, (most, last)))
    });
    own.windows(2)
        .map(|pair| (pair[0], pair[1]))
        .chain(half)
        .map(|((from, before), (to, after))| {
            let points: Vec<f64> = worlds
                .iter()
                .map(|world| world[after].gain - world[before].gain)
                .collect();
            let seen = points.iter().filter(|&&points| points >= SEEN).count();
            ExtraSessions {
                from,
                to,
                points: range(Interval::over(&points)),
                ten_points: seen as f64 / points.len().max(1) as f64,
            }
        })
        .collect()
}

/// How to read it.
fn notes(found: &Candidates, reading: Reading) -> Vec<String> {
    let mut notes = vec![
        "No trial in stretch marks has compared lengths, passes, sessions or intervals: how plans differ comes from \
            the model alone, and so does how harms grow with them."
            .to_owned(),
        "A gain is what people have more than by doing nothing. Harms are held by the upper ends of their ranges."
            .to_owned(),
    ];
    if reading == Reading::Lay {
        notes.push("`needlework assess` says what stops your own plan, and what to do instead.".to_owned());
    }
    if reading == Reading::Lay && found.withheld > 0 {
        notes.push(
            "Plans with longer needles, more passes, more sessions or shorter intervals than yours, and plans that \
                nobody has studied, are not looked at."
                .to_owned(),
        );
    }
    notes
}
