//! The JSON Schema of every answer that is data, by its format.
//!
//! A schema follows from the types that are serialised, so that it cannot lag behind them.

use needlework::ledger::{CLAIMS_FORMAT, Ledger};
use needlework::questions::{
    BLOCK_FORMAT, BlockReport, COMPARE_FORMAT, CREAMS_FORMAT, Creams, INFECTION_FORMAT, INSERTION_FORMAT,
    InfectionReport, InsertionReport, OPTICS_FORMAT, OpticsReport, PLAN_FORMAT, PlanReport, RENDER_FORMAT,
    RenderReport, SIMULATION_FORMAT, SKIN_FORMAT, STUDY_FORMAT, SWEEP_FORMAT, SideBySide, SimulationAnswer, SkinReport,
    StudyFile, SweepReport, TRIAL_FORMAT, TrialReport,
};
use needlework::rules::triage::{TRIAGE_FORMAT, Triage};
use needlework::verdict::{REPORT_FORMAT, Report};
use schemars::schema_for;
use serde_json::Value;

/// A format of an answer, and what makes its schema.
type Described = (&'static str, fn() -> Value);

/// Every format of an answer, and of a study, which is written by people.
pub const SCHEMAS: [Described; 16] = [
    (REPORT_FORMAT, || schema_for!(Report).to_value()),
    (COMPARE_FORMAT, || schema_for!(SideBySide).to_value()),
    (TRIAGE_FORMAT, || schema_for!(Triage).to_value()),
    (INFECTION_FORMAT, || schema_for!(InfectionReport).to_value()),
    (SKIN_FORMAT, || schema_for!(SkinReport).to_value()),
    (INSERTION_FORMAT, || schema_for!(InsertionReport).to_value()),
    (OPTICS_FORMAT, || schema_for!(OpticsReport).to_value()),
    (SWEEP_FORMAT, || schema_for!(SweepReport).to_value()),
    (SIMULATION_FORMAT, || schema_for!(SimulationAnswer).to_value()),
    (CLAIMS_FORMAT, || schema_for!(Ledger).to_value()),
    (STUDY_FORMAT, || schema_for!(StudyFile).to_value()),
    (TRIAL_FORMAT, || schema_for!(TrialReport).to_value()),
    (PLAN_FORMAT, || schema_for!(PlanReport).to_value()),
    (BLOCK_FORMAT, || schema_for!(BlockReport).to_value()),
    (RENDER_FORMAT, || schema_for!(RenderReport).to_value()),
    (CREAMS_FORMAT, || schema_for!(Creams).to_value()),
];

/// The schema of a format; none where no answer has it.
#[must_use]
pub fn schema(format: &str) -> Option<Value> {
    SCHEMAS.iter().find(|(name, _)| *name == format).map(|(_, made)| made())
}
