//! Safety: a case against the rules gives a verdict, the reasons, and the questions that are still open.
//!
//! ```text
//! evidence/rules.toml ── RuleBook::parse ──┐
//! Case + Catalog ── Facts::resolved ────────┴── screen ── Screening { safety, urgent, fired, questions, … }
//! ```
//!
//! Rules come first and are never weighed against a benefit. Each is data: a typed predicate, a severity at home and in
//! a clinic, a plain reason, a grade, its sources. An answer can be missing or unknown, so predicates are three-valued;
//! what is open is asked, and where the worst answer could stop the plan it means "see a doctor first".
//!
//! Facts that a case does not hold: [`Facts::resolved`] adds the classes of the site (`site.class`), kind and needle
//! length of a library device, and whether the passes exceed its limit (`device.passes_above_limit`). Whether needles
//! reach beyond the dermis of the mark (`chain.depth_beyond_dermis`) comes from the chain, through [`Facts::with`].
//!
//! Limits: "no rule fired" means just that. Nothing here diagnoses, and nothing calls a plan safe.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod book;
mod error;
mod essential;
mod evaluate;
mod fact;
mod field;
pub mod interview;
mod listing;
mod predicate;
mod screen;
mod stopping;
pub mod triage;
mod wait;

pub use book::{ClinicQuestion, Relevance, Rule, RuleBook, RuleSeverity, Special};
pub use error::RuleError;
pub use essential::Essential;
pub use fact::{Fact, Facts};
pub use field::{FactSchema, Field, Kind};
pub use listing::{Condition, RuleLine, conditions, lines, named};
pub use predicate::{Predicate, Relation, Test};
pub use screen::{Fired, Question, Safety, Screening, screen};
pub use stopping::{Stopping, WHAT_STOPS};
pub use wait::{Wait, fill};
