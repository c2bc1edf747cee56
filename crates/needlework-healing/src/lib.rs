//! Link 5, healing: how the injured tissue answers over months.
//!
//! Needling drives an excess synthesis of collagen that rises and falls over weeks; new collagen is immature and matures over half
//! a year; whether what is gained stays is not known, so three laws stand side by side. The person's own collagen is stationary
//! without needles: healing models that pull every tissue to normal would cure each untreated mark.
//!
//! Limits: one kernel in time stands for the whole cascade, signals do not diffuse, infection does not feed back yet. The gain of a
//! small wound relative to a large one, the amplification, is assumed and dominates the answer.

mod condition;
mod epidermis;
mod remodel;
mod signal;

pub use condition::{Condition, ConditionParameters, healing_factor};
pub use remodel::{Law, heal};
pub use signal::{Parameters, PersonDraws, Signals, answer, kernel_per_day};
