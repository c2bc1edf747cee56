//! How answers differ on the same people: plans side by side, one number in the place of another, each step of hygiene
//! left out, and each cream put on.
//!
//! Every answer is the verdict's own, judged with the same seed; this room pairs the virtual people and takes
//! differences. Nothing is ranked.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod comparators;
mod compare;
mod creams;
mod infection;
mod side_by_side;
mod sources;
mod what_if;

pub use compare::{Asked, compare};
pub use creams::{Amounts, CREAMS_FORMAT, CreamLine, Creams, CreamsError, Spread, Wait, creams};
pub use infection::{
    Ablation, Clock, INFECTION_FORMAT, InfectionReport, Inoculated, RegimeRisk, SiteRegime, SiteRisk, infection,
};
pub use side_by_side::*;
pub use what_if::{Change, WhatIf, what_if};
