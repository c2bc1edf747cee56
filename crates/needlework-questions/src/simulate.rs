//! One piece of simulated tissue as data: what was computed, how means went, how far steps are off, and where signal
//! and collagen went.
//!
//! The set-up is the cohort's person in the middle of the world in the middle; the engine is the room of healing. Here
//! their numbers are brought together: the columns of the curves ([`SIMULATED`]), the gain at the end over rest, and
//! beside it what the same course gains in a column, which has no space.
//!
//! Limits: one piece of tissue with everything that is not known at its median; it is no forecast.

use needlework_healing::Fidelity;
use needlework_healing::field::{FIELDS, Means, Setup, Summary};
use needlework_verdict::{Engine, INTENDED_USE};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// The version of the format.
pub const SIMULATION_FORMAT: &str = "needlework-simulation/1";

/// A column of the curves: its name, unit, description, and where it stands in the means.
pub type SimulatedQuantity = (&'static str, &'static str, &'static str, fn(&Means) -> f64);

/// The columns of the curves.
pub const SIMULATED: [SimulatedQuantity; 12] = [
    ("day", "day", "days since the first session", |m| m.day),
    (
        "collagen",
        "1",
        "collagen in all, over that of normal skin",
        Means::collagen,
    ),
    (
        "immature_collagen",
        "1",
        "young collagen, over all of normal skin",
        |m| m.immature_collagen,
    ),
    (
        "mature_collagen",
        "1",
        "mature collagen, over that of normal skin",
        |m| m.mature_collagen,
    ),
    ("elastin", "1", "elastin, over that of the mark before", |m| m.elastin),
    ("tgf_beta", "1", "TGF-beta, the signal to make collagen", |m| m.tgf_beta),
    ("fibroblasts", "1", "fibroblasts, over their normal number", |m| {
        m.fibroblasts
    }),
    ("myofibroblasts", "1", "myofibroblasts, over normal fibroblasts", |m| {
        m.myofibroblasts
    }),
    ("vessels", "1", "vessels beyond rest, seen as redness", |m| m.vessels),
    (
        "active_melanocytes",
        "1",
        "active melanocytes, seen as darkening",
        |m| m.active_melanocytes,
    ),
    (
        "fibre_anisotropy",
        "1",
        "how alike fibres lie: 0 at random, 1 all alike",
        |m| m.fibre_anisotropy,
    ),
    (
        "epidermal_gain",
        "1",
        "gain of the epidermis over its own thickness",
        |m| m.epidermal_gain,
    ),
];

/// The place of a column of the curves; none for a name that there is not.
#[must_use]
pub fn simulated_column(name: &str) -> Option<usize> {
    SIMULATED.iter().position(|(found, ..)| *found == name)
}

/// Values by name, in their own order.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(&'static str, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        std::collections::BTreeMap::<String, T>::json_schema(generator)
    }
}

/// A field that was simulated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SimulatedField {
    /// Its name in the files.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
}

/// A moment at which whole fields were taken.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SimulatedMoment {
    /// Days since the first session.
    pub day: f64,
    /// The file of the fields.
    pub file: String,
    /// Least and greatest value of each field.
    pub ranges: Named<(f64, f64)>,
}

/// An estimate of the error that steps make: a small run of the same course, once with the run's steps and once with
/// steps a quarter as long.
#[derive(Debug, Clone)]
pub struct StepsOff {
    /// In which fidelity.
    pub tried: Fidelity,
    /// Of each mean the largest difference at any moment, over its own largest value.
    pub means: Vec<(&'static str, f64)>,
}

impl StepsOff {
    /// The mean that is furthest off.
    #[must_use]
    pub fn most(&self) -> (&'static str, f64) {
        let further = |a: (&'static str, f64), b: &(&'static str, f64)| if b.1 > a.1 { *b } else { a };
        self.means.iter().fold(("nothing", 0.0), further)
    }
}

/// How far the numbers may be off for the method's sake.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SimulatedError {
    /// The fidelity of the small run in which steps were tried.
    pub steps_tried_in: String,
    /// What steps a quarter as long change of each mean, of its peak.
    pub steps_a_quarter_as_long: Named<f64>,
    /// The largest change by the second stage of a step.
    pub second_stage: SecondStage,
}

/// The largest change by the second stage of a step, over the largest value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct SecondStage {
    /// Of the signal.
    pub signal: f64,
    /// Of collagen.
    pub collagen: f64,
}

/// Where signal and collagen went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Balance {
    /// The signal.
    pub signal: BalanceOfSignal,
    /// Collagen.
    pub collagen: BalanceOfCollagen,
}

/// Where the signal went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BalanceOfSignal {
    /// Made by cells, and let go by the injuries.
    pub made: f64,
    /// Decayed.
    pub decayed: f64,
    /// In the tissue at the end.
    pub held: f64,
    /// Not accounted for, of what was made.
    pub gap: f64,
}

/// Where collagen went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BalanceOfCollagen {
    /// There at first.
    pub first: f64,
    /// Made.
    pub made: f64,
    /// Degraded.
    pub degraded: f64,
    /// Lost to injuries.
    pub lost: f64,
    /// There at the end.
    pub held: f64,
    /// Not accounted for, of what was there.
    pub gap: f64,
}

/// One piece of simulated tissue.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SimulationReport {
    /// [`SIMULATION_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Title of the case.
    pub title: String,
    /// What the rules that stop the plan say.
    pub stopped: Vec<String>,
    /// How space is resolved.
    pub fidelity: String,
    /// What becomes of a gain.
    pub law: String,
    /// Voxels.
    pub cells: usize,
    /// The fields.
    pub fields: Vec<SimulatedField>,
    /// Days of the sessions.
    pub sessions: Vec<f64>,
    /// For how long the first session's holes are infected, days.
    pub infection_days: Option<f64>,
    /// Stretch of the skin around.
    pub stretch: f64,
    /// Moments at which whole fields were taken.
    pub moments: Vec<SimulatedMoment>,
    /// The curves: at each moment every one of [`SIMULATED`].
    pub series: Vec<Named<f64>>,
    /// Steps done.
    pub steps: usize,
    /// Memory on one thread, bytes.
    pub bytes: usize,
    /// How far the numbers may be off for the method's sake.
    pub error_estimate: SimulatedError,
    /// Collagen gained at the end, over that of normal skin.
    pub gained: f64,
    /// The same in a column, which knows only how much is injured at each depth.
    pub gained_in_a_column: f64,
    /// Where signal and collagen went.
    pub balance: Balance,
}

/// What is said of a plan that is stopped, and so not simulated for a layperson.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SimulationStopped {
    /// [`SIMULATION_FORMAT`].
    pub format: String,
    /// What this software is for.
    pub intended_use: String,
    /// What computed this.
    pub engine: Engine,
    /// Title of the case; empty where it has none.
    pub title: String,
    /// What the rules that stop the plan say.
    pub stopped: Vec<String>,
}

impl SimulationStopped {
    /// The answer to a case of that title, by that engine.
    #[must_use]
    pub fn new(title: &str, engine: &Engine, stopped: &[String]) -> Self {
        Self {
            format: SIMULATION_FORMAT.to_owned(),
            intended_use: INTENDED_USE.to_owned(),
            engine: engine.clone(),
            title: title.to_owned(),
            stopped: stopped.to_vec(),
        }
    }
}

/// Every answer of a simulation.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SimulationAnswer {
    /// One piece of tissue. It is tried first: all that the other says stands in it too.
    Simulated(Box<SimulationReport>),
    /// A plan that is stopped.
    Stopped(SimulationStopped),
}

/// A run that has ended, and what it is about.
#[derive(Debug, Clone, Copy)]
pub struct Simulated<'a> {
    /// Title of the case.
    pub title: &'a str,
    /// What the rules that stop the plan say.
    pub stopped: &'a [String],
    /// What computed.
    pub engine: &'a Engine,
    /// The set-up.
    pub setup: &'a Setup,
    /// Memory on one thread, bytes.
    pub bytes: usize,
    /// What steps a quarter as long change, and where that was tried.
    pub steps_off: &'a StepsOff,
    /// Collagen at the end of the same course in a column.
    pub column: f64,
    /// What the engine says of the run.
    pub summary: &'a Summary,
    /// One row of curves a moment, in the order of [`SIMULATED`].
    pub rows: &'a [Vec<f64>],
}

/// What is said of a run, with the moments at which whole fields were taken: day, file, and the range of each of
/// [`FIELDS`].
#[must_use]
pub fn simulation<'a>(
    run: &Simulated<'_>,
    moments: impl Iterator<Item = (f64, &'a str, &'a [(f64, f64)])>,
) -> SimulationReport {
    let (setup, summary) = (run.setup, run.summary);
    let collagen = simulated_column("collagen").unwrap_or(0);
    let gained = run.rows.last().map_or(0.0, |row| row[collagen] - setup.resting);
    SimulationReport {
        format: SIMULATION_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        engine: run.engine.clone(),
        title: run.title.to_owned(),
        stopped: run.stopped.to_vec(),
        fidelity: setup.space.fidelity().name().to_owned(),
        law: setup.hypothesis.name().to_owned(),
        cells: summary.voxels,
        fields: FIELDS
            .iter()
            .map(|named| SimulatedField {
                name: named.name.to_owned(),
                label: named.label.to_owned(),
                unit: named.unit.to_owned(),
            })
            .collect(),
        sessions: setup.sessions_days.clone(),
        infection_days: setup.infection.map(|infection| infection.days),
        stretch: setup.surroundings.stretch,
        moments: moments
            .map(|(day, file, ranges)| SimulatedMoment {
                day,
                file: file.to_owned(),
                ranges: Named(
                    FIELDS
                        .iter()
                        .map(|named| named.name)
                        .zip(ranges.iter().copied())
                        .collect(),
                ),
            })
            .collect(),
        series: run
            .rows
            .iter()
            .map(|row| {
                Named(
                    SIMULATED
                        .iter()
                        .map(|(name, ..)| *name)
                        .zip(row.iter().copied())
                        .collect(),
                )
            })
            .collect(),
        steps: summary.steps,
        bytes: run.bytes,
        error_estimate: SimulatedError {
            steps_tried_in: run.steps_off.tried.name().to_owned(),
            steps_a_quarter_as_long: Named(run.steps_off.means.clone()),
            second_stage: SecondStage {
                signal: summary.signal_error,
                collagen: summary.collagen_error,
            },
        },
        gained,
        gained_in_a_column: run.column - setup.resting,
        balance: balance(summary),
    }
}

fn balance(summary: &Summary) -> Balance {
    let (signal, collagen) = (&summary.signal, &summary.collagen);
    Balance {
        signal: BalanceOfSignal {
            made: signal.made,
            decayed: signal.decayed,
            held: signal.held,
            gap: signal.gap(),
        },
        collagen: BalanceOfCollagen {
            first: collagen.first,
            made: collagen.made,
            degraded: collagen.degraded,
            lost: collagen.lost,
            held: collagen.held,
            gap: collagen.gap(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn named_values_keep_their_order_and_a_column_is_found_by_its_name() {
        let named = Named(vec![("b", 1.0), ("a", 2.0)]);
        assert_eq!(serde_json::to_string(&named).unwrap(), "{\"b\":1.0,\"a\":2.0}");
        assert_eq!(simulated_column("collagen"), Some(1));
        assert_eq!(simulated_column("colagen"), None);
    }
}
