//! The studies that are pooled, read from the disk as they are committed.
//!
//! * `bundled`: every open study stands in its outcome, and what rests on the pooled numbers agrees with them
//! * `pooled_harms`: rates of harms and how studies differ, pooled again from the counts of the studies
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]

mod bundled;
mod pooled_harms;
