//! Passage through channels and layers against what mathematics says of it.
//!
//! * `absorption`: diffusion through layers in time
//! * `permeation`: the steady state through intact and holed skin
//! * `spreading`: the resistance of a hole against the problem that it stands for, solved
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used)]

mod absorption;
mod permeation;
mod spreading;
