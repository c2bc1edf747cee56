//! Triage: something was done already. Emergency help now, a doctor today, a doctor soon, or watch it, and what to do
//! by day.
//!
//! ```text
//! evidence/triage.toml ── TriageBook::parse ──┐
//! Case + Catalog ── Facts::resolved ──────────┴── triage ── Triage { level, essential, reasons, days, open, … }
//! ```
//!
//! Steps are data of the same kind as safety rules: a predicate, a level, a plain reason, what to do, what to say to a
//! doctor, a grade, sources. The highest level of all steps that hold is the answer, so one more sign can only make it
//! stricter. What is not answered is judged by its worst answer as far as "a doctor today": nobody is sent to an
//! ambulance by a gap, and nobody is told to wait and see by one either.
//!
//! Nothing here forecasts, diagnoses, or says how needling is done. Limits: thresholds are those of public guidance and
//! of our own judgement, each with its grade; numbers to call are those of a few countries.

mod book;
mod judge;
#[cfg(test)]
mod properties;

pub use book::{Days, Level, Step, TriageBook};
pub use judge::{OpenSign, TRIAGE_FORMAT, Then, Triage, TriageReason, TriageSource, triage};
