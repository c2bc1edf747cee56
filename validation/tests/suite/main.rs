//! The comparison with measurements.
//!
//! * `blind`: what is predicted before anybody looks is held out, whole, and said in full
//! * `declared`: every target stands once, for one use, and hangs on its main input
//! * `read_back`: what agrees because the study stands in an input says so
//! * `results`: the committed pages are what is computed now
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::expect_used, clippy::panic)]

mod blind;
mod declared;
mod read_back;
mod results;
