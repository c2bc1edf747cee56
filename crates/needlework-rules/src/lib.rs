//! Safety: a case against the rules gives a verdict, the reasons, and the questions that are still open.
//!
//! ```text
//! evidence/rules.toml ── RuleBook::parse ──┐
//! Case ── Facts::of ── Facts::with(…) ─────┴── screen ── Screening { safety, urgent, fired, questions, … }
//! ```
//!
//! Rules come first and are never weighed against a benefit. Each is data: a typed predicate, a severity at home and in a
//! clinic, a plain reason, a grade, its sources. An answer can be missing or unknown, so predicates are three-valued; what
//! is open is asked, and for rules of serious harm it means "see a doctor first".
//!
//! Facts that a case does not hold come from the caller through [`Facts::with`]: the classes of the site (`site.class`),
//! the needle length of a library device (`device.needle_length`), whether the passes exceed the device's limit
//! (`device.passes_above_limit`) and whether needles reach beyond the dermis of the mark (`chain.depth_beyond_dermis`).
//!
//! Limits: "no rule fired" means just that. Nothing here diagnoses, and nothing calls a plan safe.

mod book;
mod error;
mod evaluate;
mod fact;
mod field;
mod listing;
mod predicate;
mod screen;

pub use book::{Relevance, Rule, RuleBook, Severity, Source, Special};
pub use error::RuleError;
pub use fact::{Fact, Facts};
pub use field::{Catalogue, Field, Kind};
pub use listing::{Condition, RuleLine, conditions, lines};
pub use predicate::{Predicate, Relation, Test};
pub use screen::{Fired, Question, Safety, Screening, screen};
