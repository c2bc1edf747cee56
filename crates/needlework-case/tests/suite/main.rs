//! The reader of cases: what it takes, what it says of mistakes, and the files of the project.
//!
//! * `any_input`: no input makes it panic, and what is written reads back
//! * `as_people_write`: answers as people and phones write them
//! * `contradictions`: what cannot both be true of a device and its needles
//! * `diagnostics`: what a person sees who made a mistake
//! * `published`: every committed case, site and device reads
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence and the cases")]

mod any_input;
mod as_people_write;
mod contradictions;
mod diagnostics;
mod published;
