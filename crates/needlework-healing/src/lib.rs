//! Link 5, healing: how the injured tissue answers over months.
//!
//! Needling starts a cascade of cells and signals ([`cascade`]) that makes collagen in excess of rest for weeks; new
//! collagen is immature and matures over half a year. Whether a gain stays is not known, so three structural hypotheses
//! (laws) stand side by side. The person's own collagen is stationary without needles: healing models that pull every
//! tissue to normal would cure each untreated mark.
//!
//! Limits: the cohort's tissue is a column whose places keep their answers unless spreading is counted ([`Injury`]);
//! [`field`] has signal and fibroblasts spread in time and space. Infection feeds back on healing in [`field`] alone.
//! The gain of a small wound relative to a large one, the amplification, is assumed and dominates the answer.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod acute;
pub mod cascade;
mod condition;
mod epidermis;
pub mod field;
mod hypothesis;
#[cfg(test)]
mod independent;
mod open_wound;
mod parameters;
mod person;
mod proofs;
mod remodel;
mod responder;
mod response;
mod spread;

pub use cascade::{CascadeParameters, Kinetics};
pub use condition::{Condition, ConditionParameters, Modifiers, healing_factor, modifiers};
pub use field::{Fidelity, Field, FieldParameters};
pub use hypothesis::RemodellingHypothesis;
pub use open_wound::{OpenWound, OpenWoundParameters, open_wound};
pub use parameters::Parameters;
pub use person::PersonDraws;
pub use proofs::proofs;
pub use remodel::{heal, heal_together};
pub use responder::Responder;
pub use response::{CascadeRun, TissueResponse, respond};
pub use spread::Injury;
