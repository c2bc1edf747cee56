//! The answer as data: does a rule stop the plan, what may be expected against doing nothing, how sure is that, and why.
//!
//! Nothing is judged before this room: it screens the case, decides whether it lies within the evidence, runs the cohort where that is
//! allowed, and words the result. It draws nothing; `needlework-report` does.

mod report;

pub use report::*;
