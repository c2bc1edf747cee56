//! The command line as a newcomer, a script and a clumsy hand meet it: the built binary is run, and its output, its
//! files and its exit code are looked at.
//!
//! * `newcomer`: what somebody does first
//! * `setup`: how the binary is run, and what a run never shows
//! * `listings`: what Needlework knows, as text and as JSON
//! * `calibrate`: worlds weighed by published results
//! * `claims`: the ledger of claims
//! * `evidence`: filters, tables, the page, and what a changed number changes
//! * `skin`: the layers of a site
//! * `needles`: one needle, and many designs
//! * `optics`: light in any stack of layers
//! * `creams`: what passes into the skin
//! * `infect`: germs through punctures
//! * `triage`: what somebody meets who has already done it
//! * `simulate`: one course in full
//! * `compare`: plans side by side
//! * `people`: the file of virtual people
//! * `render`: pictures of skin, what they measure, and what is withheld
//! * `research`: trials, and all plans of a case
//! * `validate`: tables of targets and proofs
//! * `interview`: questions in a terminal of any size
//! * `errors`: wrong input
//! * `mutations`: damaged case files
//! * `clean`: no text steers a terminal
//! * `files`: nobody's files are lost, whatever option writes
//! * `places`: a whole report or nothing
//! * `room`: memory and time are looked at first
//! * `serve`: the local page: its address, the same bytes, a taken port, a clean stop
//! * `shell`: scripts that complete, and manual pages
//! * `same_bytes`: the same case and seed give the same bytes
//!
//! One program for all of it, so that the crate is linked once; inputs at random are in `tests/fuzz`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calibrate;
mod claims;
mod clean;
mod compare;
mod creams;
mod errors;
mod evidence;
mod files;
mod infect;
mod interview;
mod listings;
mod mutations;
mod needles;
mod newcomer;
mod optics;
mod people;
mod places;
mod render;
mod research;
mod room;
mod same_bytes;
mod serve;
mod setup;
mod shell;
mod simulate;
mod skin;
mod triage;
mod validate;
