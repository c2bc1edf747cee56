//! Link 4, the channel: how long it stays open, which germs it lets in, and what becomes of them.
//!
//! Several clocks run in an open channel, one for each instrument that looks at it. Germs can enter until the barrier
//! is back and the mouth has closed. What they do then is a race between their growth and the coming of neutrophils, in
//! three regimes that differ in how well these reach them. A cream passes through holes beside the stratum corneum, and
//! its dose by layer follows the closing of the holes.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod absorption;
mod closure;
mod dose_response;
mod flora;
mod growth;
mod infection;
mod permeation;
mod proofs;

pub use absorption::{Dose, Openings, Resolution, absorb};
pub use closure::{Closure, ClosureConditions, ClosureParameters, ClosurePersonDraws, close, close_channel};
pub use dose_response::{DoseResponse, HostParameters, HostPersonDraws, NeutrophilCourse, Regime, dose_response};
pub use flora::{
    Aftermath, Cleanliness, Flora, GermParameters, Inoculum, NeedleState, Preparation, Wounds, contaminate, inoculate,
    reduction_of_skin,
};
pub use growth::{poisson_exceeds, rate};
pub use infection::{Chance, ImmuneResponse, Infection, counted, infect};
pub use permeation::{
    Layer, Molecule, PermeationParameters, Pore, crowding, enhancement, free_in_product, intact_cm_per_s,
    open_share_and_conductance, pores, stratum_corneum,
};
pub use proofs::proofs;
