//! The answer as data: does a rule stop the plan, what may be expected against doing nothing, how sure is that, and why.
//!
//! Nothing is judged before this room: it screens the case, decides whether it lies within the evidence, runs the cohort where that is
//! allowed, and words the result. It draws nothing; `needlework-report` does.

mod advice;
mod claims;
mod creams;
mod credibility;
mod dependents;
mod expect;
mod harms;
mod judge;
mod library;
mod measure;
mod moments;
mod numbers;
mod published;
mod reach;
mod references;
mod report;
mod rhythm;
mod slice;
mod sources;
mod swatches;
mod wording;

pub use advice::{Advice, parse_advice};
pub use claims::{
    CLAIMS_FORMAT, Claim, ClaimBook, ClaimEvidence, ClaimPart, ClaimVerdict, Computed, Ledger, LedgerRow, ledger,
};
pub use creams::{Amounts, CREAMS_FORMAT, Cream, CreamLine, Creams, CreamsError, Spread, Wait, creams, parse_creams};
pub use credibility::{Credibility, Origins, Step, origins, parse_credibility};
pub use dependents::{dependents, room_of};
pub use expect::{percentiles, range, told};
pub use judge::{Extent, Judgement, VerdictError, judge, judge_to};
pub use library::Library;
pub use measure::Measure;
pub use reach::{ControlledTrial, Horizon, ReachTable};
pub use report::*;
pub use sources::line as source_line;
