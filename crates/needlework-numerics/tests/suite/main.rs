//! Numerics against known truth.
//!
//! * `diffusion_laws`: what the field engine conserves and never does
//! * `diffusion_orders`: its order against solutions that are known
//! * `intervals`: intervals of shares and means
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod diffusion_laws;
mod diffusion_orders;
mod intervals;
