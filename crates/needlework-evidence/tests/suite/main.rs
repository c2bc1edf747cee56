//! The bundled evidence, read from the disk as it is committed.
//!
//! * `bundled`: passports agree with each other, with the published arms and with their sources
//! * `derived`: every derived number is derived again
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]

mod bundled;
mod derived;
