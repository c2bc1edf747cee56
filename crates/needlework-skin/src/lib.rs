//! Link 1, the skin: how thick its layers are at a body site of a person, how stiff they are, and on what they lie.
//!
//! [`form`] gives the [`Skin`] of one person: layers from the surface down (stratum corneum and living epidermis,
//! papillary and reticular dermis, fat, and what lies beneath), the stiffness that a needle meets, the stretch in which
//! skin lives, and the law of the dermis under tension. A world draws the reference person's numbers; site, sex, age
//! and body mass index scale them; how a person differs from others of the same body comes in as standard normal draws.
//! [`layer`] is the person without any such difference.
//!
//! Limits: the thigh is thin in three studies and thick in one, so its ratio is wide; sites nobody has measured borrow
//! a neighbour's ratio, which the catalogue of sites names; no study that we found gives stiffness by site, so sites
//! differ only in their layers, their bed and the direction of their tension lines.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod body;
pub mod example;
mod fibres;
pub mod gasser_2006;
mod layers;
mod mark;
mod mechanics;
mod parameters;
mod person;
pub mod tearing;

pub use body::{Bed, Body, Sex, Site};
pub use fibres::Fibres;
pub use layers::{Skin, form, layer};
pub use mark::{mark_mechanics, stretched};
pub use mechanics::Mechanics;
pub use parameters::Parameters;
pub use person::PersonDraws;
