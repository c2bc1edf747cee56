//! The course of one person under one plan: sessions in the order of time, each through the rooms.
//!
//! Within a session the data goes one way: skin, mark, puncture, channel, healing, reaction, appearance. Between
//! sessions the course carries the tissue forward, and the next session starts from it. Treated and untreated go
//! through the same steps; untreated is the empty list of sessions.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod field;
mod gaps;
mod layers;
mod parameters;
mod person;
mod plan;
mod walk;

pub use field::{FieldRequest, SPARSEST_PER_MM2, field_setup};
pub use gaps::READ_AS;
pub use parameters::{Habit, Open, Parameters};
pub use person::{Draws, HabitDraws, Person};
pub use plan::{Habits, Plan, Schedule, geometry};
pub use walk::{
    Accuracy, Begun, Circumstances, Harms, LaterHoles, Observation, Sights, begin, channels, counted_infection, harms,
    hidden, pierce, shared_cascade, sights, usual_holes,
};
