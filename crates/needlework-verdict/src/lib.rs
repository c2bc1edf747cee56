//! The answer as data: does a rule stop the plan, what may be expected against doing nothing, how sure is that, and why.
//!
//! Nothing is judged before this room: it screens the case, decides whether it lies within the evidence, runs the cohort where that is
//! allowed, and words the result. It draws nothing; `needlework-report` does.

mod advice;
mod expect;
mod harms;
mod judge;
mod library;
mod moments;
mod published;
mod reach;
mod report;
mod sources;
mod swatches;
mod wording;

pub use advice::{Advice, parse_advice};
pub use judge::{Judgement, VerdictError, judge};
pub use library::Library;
pub use reach::{ControlledTrial, Horizon, ReachTable};
pub use report::*;
