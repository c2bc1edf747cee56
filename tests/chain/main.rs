//! The chain as a whole, from a case file to an answer: every room matters, what must never happen does not, the same
//! case gives the same bytes, the figures of the prototype come back, and nobody reads what is not for them.
//!
//! One binary for all of it, so that the chain is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::disallowed_methods,
    reason = "a test reads the committed cases and their golden answers"
)]

mod checklist;
mod claims;
mod compare;
mod every_room;
mod evidence;
mod examples;
mod found;
mod glance;
mod golden;
mod golden_figures;
mod holes_and_healing;
mod in_space;
mod intervals;
mod pictures;
mod plan;
mod posterior;
mod prototype;
mod prototype_home;
mod readings;
mod reported;
mod risks_and_colours;
mod safety;
mod same_bytes;
mod schema;
mod setup;
mod trial;
mod unknowns;
mod ways_round;
