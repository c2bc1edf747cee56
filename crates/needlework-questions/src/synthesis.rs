//! What published studies say together, outcome by outcome, as tables and pictures show it.
//!
//! Nothing is simulated here. An outcome reads as: what each study reported, what holds for the typical one, and what a
//! next one of the same kind may report; beside it what the last would be if studies differed half or twice as much as
//! was believed, since few studies cannot tell.

use needlework_numerics::Interval;
use needlework_synthesis::{Belief, Outcome, OutcomeName, Pooled, Study};
use needlework_units::PERCENT;
use needlework_verdict::{Library, Range};
use serde::Serialize;

/// One study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PooledStudy {
    /// Key of the passport.
    pub key: String,
    /// Key of the source.
    pub source: String,
    /// What was treated; empty where the passport does not say.
    pub treated: String,
    /// People; zero where nobody says.
    pub people: u32,
    /// What it reported, with the 5–95 % interval of its own chance.
    pub reported: Range,
}

/// One outcome of several studies; all ranges are 5–95 %, in `unit`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PooledOutcome {
    /// Its name.
    pub name: OutcomeName,
    /// What it is.
    pub title: String,
    /// `points`, or `% of people`.
    pub unit: &'static str,
    /// The studies.
    pub studies: Vec<PooledStudy>,
    /// The mean over studies, or the typical share.
    pub typical: Range,
    /// What holds for a next study.
    pub next: Range,
    /// The same, were the belief in how studies differ half as large.
    pub next_if_half: Range,
    /// The same, were it twice as large.
    pub next_if_twice: Range,
    /// The mean over studies, with what all over-read taken off.
    pub without_over_reading: Option<Range>,
    /// What was believed of the typical study before any of them: the middle.
    pub believed: f64,
    /// What a reader should know.
    pub note: String,
}

/// All outcomes, in the order of the file.
#[must_use]
pub fn pooled_outcomes(library: &Library) -> Vec<PooledOutcome> {
    let outcomes = &library.synthesis.outcomes;
    outcomes
        .iter()
        .filter_map(|outcome| Some(told(outcome, &outcome.pooled()?)))
        .collect()
}

fn told(outcome: &Outcome, pooled: &Pooled) -> PooledOutcome {
    let (unit, times) = match outcome.belief {
        Belief::Means(_) => ("points", 1.0),
        Belief::Shares(_) => ("% of people", PERCENT),
    };
    let range = |of: Interval| Range {
        mean: times * of.mean,
        low: times * of.low,
        high: times * of.high,
    };
    let study = |study: &Study| PooledStudy {
        key: study.key.clone(),
        source: study.source.clone(),
        treated: study.treated.clone(),
        people: study.n,
        reported: range(study.alone()),
    };
    let [half, twice] = pooled.if_studies_differ;
    PooledOutcome {
        name: outcome.name,
        title: outcome.title.clone(),
        unit,
        studies: outcome.studies.iter().map(study).collect(),
        typical: range(pooled.typical),
        next: range(pooled.next),
        next_if_half: range(half),
        next_if_twice: range(twice),
        without_over_reading: pooled.without_over_reading.map(range),
        believed: match outcome.belief {
            Belief::Means(means) => means.mean,
            Belief::Shares(shares) => times * shares.typical,
        },
        note: outcome.note.clone(),
    }
}
