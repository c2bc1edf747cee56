//! Alternatives side by side, as data: what each may do, what each asks, and how they differ on the same draws.
//!
//! Months count from the first session; improvement is in points of one's own start (no change 0, a mark that is gone
//! 100). Every interval is 5–95 % over worlds, that is over what is not known. The order is the order of the question,
//! never a ranking. In the lay reading an alternative that a rule stops carries no simulated number, and one outside
//! the evidence no forecast.

use schemars::JsonSchema;
use serde::Serialize;

use needlework_verdict::{
    Burden, Certainty, Engine, Essential, Gain, Outcome, Percentiles, Range, Reach, Reading, Risk, SourceLine, Verdict,
};

/// The version of the comparison's format that this build writes.
pub const COMPARE_FORMAT: &str = "needlework-compare/1";

/// What stands beside every published arm.
pub const PUBLISHED_MARK: &str = "published, not simulated";

/// The whole comparison.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SideBySide {
    /// [`COMPARE_FORMAT`].
    pub format: String,
    /// What the software is for.
    pub intended_use: String,
    /// A warning that applies to all numbers.
    pub banner: Option<String>,
    /// What computed this.
    pub engine: Engine,
    /// Who reads.
    pub reading: Reading,
    /// A title for people.
    pub title: String,
    /// Seed of all random numbers, the same for every alternative.
    pub seed: u64,
    /// Virtual people asked for in each alternative.
    pub people: usize,
    /// Worlds of each simulated alternative; zero where none was simulated.
    pub worlds: usize,
    /// Whether all alternatives that are shown are about the same person and mark.
    pub same_people: bool,
    /// The month since the first session at which all shown alternatives are looked at; null where none is shown.
    pub month: Option<f64>,
    /// Months that all shown alternatives have.
    pub months: Vec<f64>,
    /// So many points count as better or worse than the other alternative; our choice.
    pub better_points: f64,
    /// The alternatives in the order of the question; doing nothing is always among them.
    pub alternatives: Vec<Alternative>,
    /// Creams, lasers and untreated arms that others published. They stand apart and are never set against the
    /// simulated numbers.
    pub published: Vec<PublishedOutcome>,
    /// How to read this, in plain sentences.
    pub notes: Vec<String>,
    /// What to watch for if a stopped plan has already been done.
    pub danger_signs: Vec<Essential>,
    /// Where rules and published arms come from.
    pub sources: Vec<SourceLine>,
}

/// One answer of a case in which alternatives differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Varied {
    /// The field, such as `device.needle_length`.
    pub field: String,
    /// Its value as it was asked for.
    pub value: String,
}

/// One alternative.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Alternative {
    /// A short name: `A`, `B`, … in order.
    pub name: String,
    /// A name for people.
    pub label: String,
    /// Nothing is done.
    pub nothing: bool,
    /// What was varied to get it.
    pub settings: Vec<Varied>,
    /// The case as read, without missing answers.
    pub case: serde_json::Value,
    /// Safety and benefit, each by itself.
    pub verdict: Verdict,
    /// Whether it lies within the evidence.
    pub reach: Reach,
    /// How sure the forecast is.
    pub certainty: Certainty,
    /// What may be expected; null for laypeople where a rule stops it or nobody has tested it, and where nothing is
    /// simulated.
    pub expected: Option<Expected>,
    /// Harms as natural frequencies.
    pub risks: Vec<Risk>,
    /// Pain, redness, downtime, cost.
    pub burden: Option<Burden>,
    /// Where its needles go.
    pub needles: Option<Needles>,
    /// The same people with this alternative and with the first one; null for the first itself and where either is not
    /// shown.
    pub against_first: Option<Difference>,
    /// The same people with this alternative and doing nothing; null where it is not shown, and for doing nothing
    /// itself.
    pub against_nothing: Option<Difference>,
}

/// What may be expected of one alternative.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Expected {
    /// Shares of people at the month of the comparison.
    pub outcome: Outcome,
    /// Mean improvement in points at that month.
    pub improvement: Range,
    /// Share who gain at least 25 points more than their own untreated twin, some months after its own last session.
    pub gain25: Option<Gain>,
    /// The numbers at that month lie outside the evidence.
    pub extrapolated: bool,
    /// Mean improvement at each of the comparison's months.
    pub by_month: Vec<Range>,
}

/// Where needles go.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Needles {
    /// Depth below the surface, µm.
    pub depth_um: Percentiles,
    /// Share of needles that reach the dermis.
    pub reaches_dermis: Range,
    /// Holes per square centimetre in one session.
    pub holes_per_cm2: Range,
}

/// How two alternatives differ for the same people at the same draws: this one minus the other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// Difference of improvement at the month of the comparison.
    pub at_month: PairedImprovement,
    /// The same at each of the comparison's months.
    pub by_month: Vec<PairedImprovement>,
    /// Differences of what the plans ask; null where one of the two does nothing.
    pub burden: Option<PairedBurden>,
}

/// Paired difference of improvement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct PairedImprovement {
    /// Months since the first session.
    pub month: f64,
    /// Mean difference in points.
    pub points: Range,
    /// Share of people who are better off by at least `better_points`.
    pub better: Range,
    /// Share of people who are worse off by at least `better_points`.
    pub worse: Range,
}

/// Paired differences of what two plans ask of a person.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct PairedBurden {
    /// Pain of a session, on the scale of 0 to 10.
    pub pain: Range,
    /// Days of redness after one session.
    pub redness_days: Range,
    /// Median depth of the needles, µm.
    pub depth_um: Range,
    /// Dark marks, courses of 1,000.
    pub dark_marks_per_1000: Range,
    /// Cost of the course, euros.
    pub cost_euros: Range,
}

/// One outcome of a published arm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PublishedOutcome {
    /// [`PUBLISHED_MARK`].
    pub mark: String,
    /// Key of the study's source.
    pub study: String,
    /// `cream`, `laser` or `untreated`.
    pub kind: String,
    /// What the arm received.
    pub arm: String,
    /// Number of people; zero where not stated.
    pub n: u32,
    /// Stage of the marks, as reported; empty where not stated.
    pub stage: String,
    /// Number and spacing of sessions, as reported.
    pub schedule: String,
    /// When the outcome was seen, as reported.
    pub follow_up: String,
    /// What was measured.
    pub outcome: String,
    /// The value with its unit, or words.
    pub value: String,
    /// The spread, as reported.
    pub spread: String,
}
