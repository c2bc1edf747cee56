//! Link 4, the channel: how long it stays open, and which germs it lets in.
//!
//! Two clocks run in an open channel: the barrier comes back within hours when the skin is left open to air and within days under
//! cover, and the hole closes from its rim. Germs can enter until the later of both.
//!
//! Limits: one number for "open to germs"; separate observables (water loss, impedance, dye) and creams come later.

mod absorption;
mod closure;
mod germs;
mod permeation;

pub use absorption::{Dose, Openings, Resolution, absorb};
pub use closure::{Closure, ClosureParameters, ClosurePerson, close};
pub use germs::{Cleanliness, GermParameters, Infection, NeedleState, Preparation, infect};
pub use permeation::{
    Layer, Molecule, PermeationParameters, Pore, crowding, enhancement, free_in_product, horny_layer, intact_cm_per_s,
    openness, pores,
};
