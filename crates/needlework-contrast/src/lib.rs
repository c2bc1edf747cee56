//! How answers differ on the same people: plans side by side, one number in the place of another, each step of hygiene
//! left out, and each cream put on; how skin differs from one person to the next without any plan; and what a simulated
//! piece of tissue gains beside the same course in a column, which has no space.
//!
//! Every answer is the verdict's own, judged with the same seed; this room pairs the virtual people and takes
//! differences. Nothing is ranked.

mod comparators;
mod compare;
mod creams;
mod infection;
mod side_by_side;
mod simulation;
mod skin;
mod sources;
mod what_if;

pub use compare::{Asked, compare};
pub use creams::{Amounts, CREAMS_FORMAT, CreamLine, Creams, CreamsError, Spread, Wait, creams};
pub use infection::{
    Ablation, Clock, INFECTION_FORMAT, InfectionReport, Inoculated, RegimeRisk, SiteRegime, SiteRisk, infection,
};
pub use side_by_side::*;
pub use simulation::{
    Balance, BalanceOfCollagen, BalanceOfSignal, Named, SIMULATED, SIMULATION_FORMAT, SecondStage, Simulated,
    SimulatedError, SimulatedField, SimulatedMoment, SimulatedQuantity, SimulationReport, StepsOff, simulated_column,
    simulation,
};
pub use skin::{
    SKIN_FORMAT, SKIN_LAYERS, SKIN_QUANTITIES, SkinQuantity, SkinReport, SkinShown, SkinSpread, layers_mm, skin,
    three_people,
};
pub use what_if::{Change, WhatIf, what_if};
