//! Optics and colour against what others computed or measured, and the numbers that come of data sets of this project.
//!
//! * `optics`: layered reflectance against tables of others
//! * `monte_carlo`: light followed packet by packet
//! * `skin_colour`: skin and its colour against tables of others
//! * `contrast`: the quick response of colour against the full optics
//! * `derivations`: groups of skin, blood and water are derived again
//! * `patch`: pictures of skin against the tissue that they are made of
//! * `reference`: what they share: tables, evidence, skins of the reference cases
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]

mod contrast;
mod derivations;
mod monte_carlo;
mod optics;
mod patch;
mod reference;
mod skin_colour;
