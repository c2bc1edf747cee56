//! Plans and the choice among them, as data.
//!
//! Gains are points of one's own start over the untreated twin, half a year after the last session; harms are courses
//! of 1,000; every interval is 5–95 % over worlds.

use needlework_verdict::{Engine, Range, Reading};
use schemars::JsonSchema;
use serde::Serialize;

use crate::side_by_side::PublishedOutcome;

/// The version of the format.
pub const PLAN_FORMAT: &str = "needlework-plan/1";

/// All plans of a case.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanReport {
    /// [`PLAN_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// A warning that applies to all numbers; null where nothing was simulated.
    pub banner: Option<String>,
    /// What computed this.
    pub engine: Engine,
    /// Who reads.
    pub reading: Reading,
    /// A title for people.
    pub title: String,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Worlds in which all plans met, and in which the plans that were left did; zero where nothing was simulated.
    pub worlds: [usize; 2],
    /// Combinations of length, passes, sessions and interval.
    pub enumerated: usize,
    /// How many of them a rule stops, or sends to a doctor first.
    pub stopped: usize,
    /// How many are more than the case has or outside of what was studied, and not tried for laypeople.
    pub withheld: usize,
    /// The rules behind `stopped`, with their reasons; for laypeople those that stop the plan of the case.
    pub rules: Vec<StoppingRule>,
    /// Open questions that could stop the plan of the case.
    pub questions: Vec<String>,
    /// What comes of it.
    pub advice: Choice,
    /// The plan of the advice as a place in `plans`; null where none is.
    pub recommended: Option<usize>,
    /// Plans between which few worlds don't decide, as places in `plans`.
    pub between: Vec<usize>,
    /// Share of redraws of the worlds that come to the same advice.
    pub agreement: f64,
    /// What harms may be at most, as the upper end of their range, in 1,000 courses; our choice unless set.
    pub limits: HarmLimits,
    /// What would be advised if the limits were others; empty where nothing was simulated.
    pub other_limits: Vec<OtherLimits>,
    /// So many points over the untreated twin are a gain.
    pub gain_points: f64,
    /// The plans that were left after all had met in few worlds; doing nothing first, then from the gentlest.
    pub plans: Vec<PlanTried>,
    /// What it would be worth to know the world before choosing, points (expected value of perfect information).
    pub worth_of_knowing: f64,
    /// What further sessions of the case's own plan buy.
    pub extra_sessions: Vec<ExtraSessions>,
    /// Creams, lasers and untreated arms that others published; never set against the simulated numbers.
    pub published: Vec<PublishedOutcome>,
    /// How to read this.
    pub notes: Vec<String>,
}

/// A rule that stops plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoppingRule {
    /// Its name.
    pub id: String,
    /// Why, in plain words.
    pub reason: String,
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Rules stop every plan, or want a doctor first.
    Stopped,
    /// Nobody has studied a plan like those that the case allows; laypeople are shown none.
    NotStudied,
    /// No plan gives enough people a gain.
    NoPlanIsWorthIt,
    /// A plan is nearly as good as the best, and the gentlest that is.
    Gentlest,
    /// Other draws of the worlds would say otherwise.
    Undecided,
}

/// What harms may be at most: the upper end of their range, in 1,000 courses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct HarmLimits {
    /// Dark marks.
    pub dark_marks: f64,
    /// Infections.
    pub infections: f64,
    /// Scars.
    pub scars: f64,
}

/// What would be advised under other limits of harms, in the same worlds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OtherLimits {
    /// What is different, in words.
    pub label: String,
    /// The limits; null where none is set.
    pub limits: Option<HarmLimits>,
    /// Plans with needles that keep them.
    pub keep: usize,
    /// What would come of it.
    pub advice: Choice,
    /// The plan of the advice as a place in `plans`; null where none is.
    pub recommended: Option<usize>,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanTried {
    /// In words.
    pub label: String,
    /// Whether it is the plan of the case.
    pub own: bool,
    /// Length of the needles, mm.
    pub length_mm: Option<f64>,
    /// Passes.
    pub passes: Option<u32>,
    /// Sessions; zero is doing nothing.
    pub sessions: u32,
    /// Weeks between two sessions.
    pub interval_weeks: Option<f64>,
    /// Mean gain.
    pub gain: Range,
    /// Share of people who gain enough.
    pub gains_enough: f64,
    /// Share of worlds in which no plan gains more.
    pub best: f64,
    /// Share of worlds in which the best plan gains less than five points more.
    pub near_best: f64,
    /// Points lost on average by taking it and not the best plan of each world.
    pub regret: f64,
    /// Dark marks, in 1,000 courses.
    pub dark_marks: Range,
    /// Infections, in 1,000 courses: as clinics counted them, and at home up to what models span.
    pub infections: Range,
    /// Scars, in 1,000 courses.
    pub scars: Range,
    /// Pain of a session, 0 to 10.
    pub pain: Range,
    /// Cost of the course, euros.
    pub cost_euros: Range,
    /// Whether its harms keep the limits.
    pub keeps_limits: bool,
    /// Whether no other is at least as good in gain, dark marks, pain, cost and visits, and better in one.
    pub on_front: bool,
}

/// What further sessions buy.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ExtraSessions {
    /// Sessions before.
    pub from: u32,
    /// Sessions after.
    pub to: u32,
    /// Paired difference of the mean gain, points.
    pub points: Range,
    /// Share of worlds in which it is at least ten points.
    pub ten_points: f64,
}
