//! The answer types, imported here and nowhere else in this crate, so that the rooms they come from are named in one
//! place.

pub use needlework::ledger::{ClaimEvidence, ClaimVerdict, Computed, Ledger, LedgerRow};
pub use needlework::questions::{
    Alternative, COMPARE_FORMAT, Difference, Expected, Needles, PUBLISHED_MARK, PairedBurden, PairedImprovement,
    PublishedOutcome, SideBySide, Varied,
};
pub use needlework::verdict::*;
