//! Link 3, the puncture: device, hand and passes become holes with their true depth.
//!
//! A device is its geometry ([`Device`]). Its needles share the hand's force; each presses a dent into layered skin,
//! enters the stratum corneum, comes through the epidermis at a force that its tip decides ([`Tip`]), and then goes in
//! against cutting and friction ([`Encounter`], [`press`]). A drum rolls so that its needles pull forwards as much as
//! backwards ([`Rolling`]). The share of dermis that one session injures follows from Poisson coverage of the holes
//! with a halo around each ([`puncture`]); where they lie, after all passes and sessions, is a [`HoleMap`].
//!
//! The first chain's law of depth, a share of the length that is drawn, can still be chosen by `puncture.depth_law`
//! ([`DepthModel`]).
//!
//! Limits: published ratios of depth to length run from 0.2 to 1 and contradict each other; what the law of contact
//! assumes has wide priors. No channel of a roller in human skin has been measured where we could see it.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod contact;
mod device;
pub mod example;
mod hole_map;
mod holes;
mod needle;
mod parameters;
mod person;
mod piercing;
mod proofs;
mod rolling;
mod shape;
mod tip;

pub use contact::{Contact, holes_per_pass, press, rolling};
pub use device::{Device, Drum, Hand, Kind, density_per_pass, needles_in_contact, punctures_per_time, speed_mm_s};
pub use hole_map::{Hole, HoleMap, Plot, lay, one_puncture};
pub use holes::{DepthModel, Holes, distinct_density, left_by, puncture};
pub use needle::{Encounter, Point, encounter};
pub use parameters::Parameters;
pub use person::PersonDraws;
pub use piercing::{blunt_force, piercing_force, tip_area};
pub use proofs::proofs;
pub use rolling::{Rolling, Track};
pub use shape::{Shape, shape};
pub use tip::Tip;
