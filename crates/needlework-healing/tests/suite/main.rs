//! The engine of healing in time and in space.
//!
//! * `wound_clock`: the joint fit of the cascade is done again
//! * `closure`: the cohort's column against a cell that resolves a channel
//! * `field_agreement`: the three fidelities against each other and against finer grids
//! * `field_laws`: what must hold whatever the parameters are
//! * `usual`: what they share: the usual tissue and the holes of a clinic session
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::panic)]

mod closure;
mod field_agreement;
mod field_laws;
mod usual;
mod wound_clock;
