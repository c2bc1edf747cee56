//! The command line as a newcomer, a script and a clumsy hand meet it: the built binary is run, and its output, its
//! files and its exit code are looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod claims;
mod clean;
mod creams;
mod errors;
mod evidence;
mod infect;
mod interview;
mod listings;
mod mutations;
mod needles;
mod newcomer;
mod people;
mod places;
mod room;
mod same_bytes;
mod setup;
mod simulate;
mod skin;
mod triage;
mod validate;
