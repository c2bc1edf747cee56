//! What a trial may find, as data.
//!
//! Shares and probabilities are fractions of one; effects stand in the unit of the outcome; every interval is 5–95 %
//! over worlds.

use needlework_verdict::{Engine, Range, ReachLevel, Safety};
use schemars::JsonSchema;
use serde::Serialize;

use super::study::StudyFile;

/// The version of the format.
pub const TRIAL_FORMAT: &str = "needlework-trial/1";

/// A trial in many worlds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TrialReport {
    /// [`TRIAL_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// A warning that applies to all numbers.
    pub banner: String,
    /// What computed this.
    pub engine: Engine,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Worlds; the trial is run once in each.
    pub worlds: usize,
    /// Virtual people of each arm and world for whom the chain is walked.
    pub walked: usize,
    /// The study as it was read, with what it left out.
    pub study: StudyFile,
    /// The outcome in words.
    pub outcome: String,
    /// Unit of the outcome; `1` of shares and relative changes.
    pub unit: String,
    /// Arms.
    pub arms: Vec<TrialArm>,
    /// How probable it is that the trial finds the effect in the first arm's favour (or, of fewer events or a
    /// narrower mark, what its `sides` hope for).
    pub assurance: Chance,
    /// The same in worlds in which the true effect is at least the target; null where there is none.
    pub power: Option<Chance>,
    /// How probable it is that the test rejects in worlds where nothing of what needles do shows; null where there is
    /// none.
    pub rejects_where_nothing_shows: Option<Chance>,
    /// The effect that would matter.
    pub target: f64,
    /// Share of worlds in which the true effect is at least the target.
    pub reaches_target: f64,
    /// The true effect: without optimism of raters, without the study's own effect, without the luck of few people.
    pub true_effect: Range,
    /// Share of worlds in which people of the first arm gain on average so many points more than untreated as a gain
    /// takes; null where nobody looks at marks.
    pub true_gain: Option<TrueGain>,
    /// Of trials that reject, the share that point the wrong way (type S error); null where none rejects.
    pub wrong_sign: Option<f64>,
    /// Mean size of the estimate over that of the true effect, in trials that reject (type M error); null where none
    /// does, or the estimate has another unit.
    pub exaggeration: Option<f64>,
    /// The fewest people of each arm with whom assurance reaches 0.8; null where it is out of reach.
    pub people_needed: Option<u64>,
    /// Share of worlds in which there is an effect of that kind at all: what assurance can't exceed by much, however
    /// many take part.
    pub ceiling: f64,
    /// Assurance and power by the number of people.
    pub curve: Vec<SizePoint>,
    /// What such a study would print: its estimate over worlds.
    pub predicted: Range,
    /// Where the published value falls among what such studies would print.
    pub published: Option<PublishedPlace>,
    /// What is measured at each visit, arm by arm.
    pub visits: Vec<VisitMeans>,
    /// Mean share of people who are left at the last visit.
    pub stay: f64,
    /// How to read this.
    pub notes: Vec<String>,
}

/// An arm.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TrialArm {
    /// Its name.
    pub name: String,
    /// Whether anything is done with needles.
    pub needled: bool,
    /// What the safety rules say of its plan.
    pub safety: Safety,
    /// The rules that stop it, or send to a doctor first.
    pub stopped_by: Vec<String>,
    /// Whether it lies within the evidence.
    pub reach: ReachLevel,
}

/// A probability, found in so many worlds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Chance {
    /// The probability.
    pub probability: f64,
    /// Its standard error, from finitely many worlds.
    pub error: f64,
    /// Worlds that it was found in.
    pub worlds: usize,
}

/// A gain of people that is no grade.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct TrueGain {
    /// So many points over the untreated twin.
    pub points: f64,
    /// Share of worlds in which the mean gain is so large.
    pub probability: f64,
    /// The mean gain.
    pub gain: Range,
}

/// A trial of another size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct SizePoint {
    /// People of each arm.
    pub people: usize,
    /// Assurance.
    pub assurance: Chance,
    /// Power in worlds that reach the target.
    pub power: Option<Chance>,
    /// Rejections where nothing shows.
    pub rejects_where_nothing_shows: Option<Chance>,
}

/// A published value among what such studies would print.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PublishedPlace {
    /// Key of the passport.
    pub key: String,
    /// As it is written there.
    pub written: String,
    /// In the unit of the outcome.
    pub value: f64,
    /// Key of its source.
    pub source: String,
    /// What it may be used for; `calibration` and `check` are no test of a forecast.
    pub used: String,
    /// Share of simulated studies that print less, those that print the same counted by half.
    pub share_below: f64,
    /// Whether it lies within 5–95 % of them.
    pub within: bool,
}

/// What is measured at a visit.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VisitMeans {
    /// The visit in words.
    pub visit: String,
    /// Mean over the people of each arm, over worlds.
    pub means: Vec<Range>,
}

/// One person of one arm at one visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrialRow {
    /// Number of the world.
    pub world: usize,
    /// Place of the arm.
    pub arm: usize,
    /// Person of the arm; in a split body the same person has the same number in both arms.
    pub person: usize,
    /// Place of the visit.
    pub visit: usize,
    /// Improvement of the own mark, points; not finite where nobody looks at marks.
    pub improvement: f64,
    /// The same without any session.
    pub untreated: f64,
    /// What was measured; none of a person who left.
    pub measured: Option<f64>,
}
