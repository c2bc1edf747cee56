//! The plans that are tried: every combination of length, passes, sessions and interval that no rule stops.
//!
//! Enumerated, not searched: a few hundred plans leave nothing to an optimiser's luck. The person, the mark, the device
//! (but for the length of its needles) and everything else are as the case has them. Rules are screened before anything
//! is computed, and a plan that they stop, or that wants a doctor first, is never tried, whoever reads. For laypeople
//! there is no plan with longer needles, more passes, more sessions or shorter intervals than the case has, and none
//! outside of what was studied.
//!
//! A plan is gentler than another if it has fewer sessions; of as many, shorter needles; of as long ones, fewer passes;
//! of as many, longer intervals.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use needlework_case::{Answer, Arm, Case, resolve};
use needlework_rules::{Facts, RuleSeverity, screen};
use needlework_units::{Length, Time};
use needlework_verdict::{Library, Reading, Safety, Shown, safety};

use crate::left_alone::left_alone;

/// Lengths of needles that are tried, mm.
// numerical: half millimetres, from what hardly reaches the dermis to what no study in striae is far beyond
const LENGTHS_MM: [f64; 5] = [0.5, 1.0, 1.5, 2.0, 2.5];
/// Passes that are tried.
const PASSES: [u32; 3] = [5, 10, 15];
/// Weeks between sessions that are tried.
// numerical: from the shortest to the longest interval of a study
const INTERVALS_WEEKS: [f64; 4] = [2.0, 4.0, 6.0, 8.0];

/// A plan that is tried.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// The case with this plan.
    pub case: Case,
    /// Length of the needles, mm; none where it is not known.
    pub length_mm: Option<f64>,
    /// Passes; none where they are not known.
    pub passes: Option<u32>,
    /// Sessions; zero is doing nothing.
    pub sessions: u32,
    /// Weeks between two sessions; none where there are not two, or it is not known.
    pub interval_weeks: Option<f64>,
    /// Whether it is the plan of the case.
    pub own: bool,
    /// Whether it is the plan of the case but for the number of sessions.
    pub own_but_sessions: bool,
}

impl Candidate {
    /// Whether this is gentler than another, by the order of the file.
    pub(crate) fn gentler(&self, other: &Self) -> Ordering {
        let number = |value: Option<f64>| value.unwrap_or(0.0);
        self.sessions
            .cmp(&other.sessions)
            .then(number(self.length_mm).total_cmp(&number(other.length_mm)))
            .then(self.passes.unwrap_or(0).cmp(&other.passes.unwrap_or(0)))
            .then(number(other.interval_weeks).total_cmp(&number(self.interval_weeks)))
    }

    /// The plan in words.
    pub(crate) fn label(&self) -> String {
        if self.sessions == 0 {
            return "Doing nothing".to_owned();
        }
        let sessions = match self.sessions {
            1 => "1 session".to_owned(),
            more => format!("{more} sessions"),
        };
        let length = self.length_mm.map(|mm| format!("{mm} mm"));
        let passes = self.passes.map(|passes| format!("{passes} passes"));
        let interval = self.interval_weeks.map(|weeks| format!("{weeks} weeks apart"));
        let parts = [Some(sessions), interval, length, passes];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// All plans that may be tried, and why the others may not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidates {
    /// Doing nothing first, then from the gentlest.
    pub tried: Vec<Candidate>,
    /// How many combinations there are.
    pub enumerated: usize,
    /// How many of them rules stop, or send to a doctor first.
    pub stopped: usize,
    /// How many are more than the case has, or outside of what was studied; none for researchers.
    pub withheld: usize,
    /// The rules that stop plans, with their reasons.
    pub rules: BTreeMap<String, String>,
    /// Questions that are open and could stop a plan.
    pub questions: Vec<String>,
}

/// Enumerates the plans of a case with up to so many sessions.
pub(crate) fn candidates(case: &Case, library: &Library, reading: Reading, most_sessions: u32) -> Candidates {
    let mut found = Candidates {
        tried: vec![nothing(case)],
        enumerated: 0,
        stopped: 0,
        withheld: 0,
        rules: BTreeMap::new(),
        questions: Vec::new(),
    };
    let own = own(case, library);
    let mut plans = Vec::new();
    for length in LENGTHS_MM {
        for passes in PASSES {
            for sessions in 1..=most_sessions {
                let intervals: &[f64] = if sessions == 1 { &[] } else { &INTERVALS_WEEKS };
                let some = intervals.iter().copied().map(Some);
                let none = (sessions == 1).then_some(None);
                for interval in some.chain(none) {
                    plans.push(changed(case, Some(length), Some(passes), sessions, interval));
                }
            }
        }
    }
    // The plan of the case, and the same with other numbers of sessions.
    for sessions in 1..=most_sessions.max(own.sessions) {
        let interval = if sessions == 1 { None } else { own.interval_weeks };
        let mut plan = changed(case, own.length_mm, own.passes, sessions, interval);
        plan.own = sessions == own.sessions;
        plan.own_but_sessions = true;
        plans.retain(|other| !same(other, &plan));
        plans.push(plan);
    }
    found.enumerated = plans.len();
    for plan in plans {
        let facts = Facts::resolved(&plan.case, &library.catalog);
        let screening = screen(&library.rules, &facts);
        let says = safety(&screening);
        if says != Safety::Caution {
            found.stopped += 1;
            // A reason speaks of what somebody plans: laypeople are told what stops theirs.
            if plan.own || reading == Reading::Research {
                let stopping = screening
                    .fired
                    .iter()
                    .filter(|rule| rule.severity >= RuleSeverity::Refer);
                found
                    .rules
                    .extend(stopping.map(|rule| (rule.id.clone(), rule.reason.clone())));
            }
            if plan.own {
                let open = screening.questions.iter().filter(|question| question.serious);
                found.questions = open.map(|question| question.text.clone()).collect();
            }
            continue;
        }
        let reach = library.reach.place(&facts, false).level;
        let shown = Shown::of(reading, says, reach, false).forecast();
        if shown && (reading == Reading::Research || no_more(&plan, &own)) {
            found.tried.push(plan);
        } else {
            found.withheld += 1;
        }
    }
    found.tried.sort_by(Candidate::gentler);
    found
}

/// The plan that the case has.
fn own(case: &Case, library: &Library) -> Candidate {
    let device = resolve(case, &library.catalog);
    Candidate {
        length_mm: device.geometry.needle_length.map(Length::mm),
        passes: case.regimen.passes.get(),
        sessions: case.regimen.sessions.get().unwrap_or(0),
        interval_weeks: case.regimen.interval.get().map(Time::weeks),
        own: true,
        own_but_sessions: true,
        case: case.clone(),
    }
}

/// The case with another plan; what is `None` stays as the case has it.
fn changed(case: &Case, length: Option<f64>, passes: Option<u32>, sessions: u32, interval: Option<f64>) -> Candidate {
    let mut changed = case.clone();
    changed.regimen.arm = Answer::Known(Arm::Needling);
    changed.regimen.sessions = Answer::Known(sessions);
    if let Some(mm) = length {
        let mm = Answer::Known(Length::from_mm(mm));
        changed.device.needle_length = mm;
        // Of a length and a setting the deeper would hold.
        if changed.device.depth_setting.is_known() {
            changed.device.depth_setting = mm;
        }
    }
    if let Some(passes) = passes {
        changed.regimen.passes = Answer::Known(passes);
    }
    if let Some(weeks) = interval {
        changed.regimen.interval = Answer::Known(Time::from_weeks(weeks));
    }
    Candidate {
        case: changed,
        length_mm: length,
        passes,
        sessions,
        interval_weeks: interval,
        own: false,
        own_but_sessions: false,
    }
}

/// Nothing is done to the same person.
fn nothing(case: &Case) -> Candidate {
    Candidate {
        case: left_alone(case),
        length_mm: None,
        passes: None,
        sessions: 0,
        interval_weeks: None,
        own: false,
        own_but_sessions: false,
    }
}

fn same(one: &Candidate, other: &Candidate) -> bool {
    one.gentler(other) == Ordering::Equal
}

/// Whether a plan has no longer needles, no more passes, no more sessions and no shorter interval than another; where
/// that does not say its passes, no more than the fewest that are tried.
fn no_more(plan: &Candidate, own: &Candidate) -> bool {
    // numerical: lengths and times pass through other units on their way, which costs the last digits
    const HAIR: f64 = 1e-9;
    let within = |value: Option<f64>, most: Option<f64>| match (value, most) {
        (Some(value), Some(most)) => value <= most + HAIR,
        _ => true,
    };
    within(plan.length_mm, own.length_mm)
        && plan.passes.unwrap_or(0) <= own.passes.unwrap_or(PASSES[0])
        && (own.sessions == 0 || plan.sessions <= own.sessions)
        && within(own.interval_weeks, plan.interval_weeks)
}
