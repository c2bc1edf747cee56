//! Claims of the article, judged by computation: measures, reference cohorts, the ledger.
//!
//! A claim is data, with published evidence and our verdict on it. What the engine computes of it is computed anew in
//! every run, on a handful of reference cohorts, and stands beside the verdict. Nothing that judges a case needs this
//! crate: it lies downstream of the verdict. What hangs on a number is told here too, since claims hang on numbers.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod claims;
mod computed;
mod dependents;
mod ledger;
mod measure;
mod measurements;
mod references;

pub use claims::{Claim, ClaimBook, ClaimEvidence, ClaimPart, ClaimVerdict};
pub use computed::Computed;
pub use dependents::{ROOMS, dependents, room_of};
pub use ledger::{CLAIMS_FORMAT, FirstWords, Ledger, LedgerRow, ledger};
pub use measure::Measure;
