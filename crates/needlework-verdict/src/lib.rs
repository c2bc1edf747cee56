//! The answer as data: does a rule stop the plan, what may be expected against doing nothing, how sure is that, and
//! why.
//!
//! Nothing is judged before this room: it screens the case, decides whether it lies within the evidence, runs the
//! cohort where that is allowed, and words the result. It draws nothing; `needlework-pages` does.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod advice;
mod claims;
mod computed;
mod credibility;
mod dependents;
mod error;
mod expect;
mod first_screen;
mod first_words;
mod harms;
mod inquiry;
mod judge;
mod ledger;
mod library;
mod measure;
mod measurements;
mod moments;
mod not_judged;
mod numbers;
mod people;
mod products;
mod published;
mod reach;
mod references;
mod report;
mod rhythm;
mod slice;
mod sources;
mod swatches;
mod withheld;
mod wording;

pub use advice::{Advice, Occasion, parse_advice, texts, with_waits};
pub use claims::{Claim, ClaimBook, ClaimEvidence, ClaimPart, ClaimVerdict};
pub use computed::Computed;
pub use credibility::{Credibility, Origins, Step, origins, parse_credibility};
pub use dependents::{ROOMS, dependents, room_of};
pub use error::VerdictError;
pub use expect::{percentiles, range, told};
pub use first_screen::FirstScreen;
pub use first_words::{NOT_SAFE, first_screen};
pub use inquiry::Inquiry;
pub use judge::{Extent, Judgement, judge, judge_to};
pub use ledger::{CLAIMS_FORMAT, Ledger, LedgerRow, ledger};
pub use library::Library;
pub use measure::Measure;
pub use needlework_rules::Essential;
pub use people::{NOTHING, grouped, people_of};
pub use products::{Cream, parse_creams};
pub use reach::{ControlledTrial, Horizon, ReachTable};
pub use report::*;
pub use sources::line as source_line;
pub use withheld::{Shown, withhold};
