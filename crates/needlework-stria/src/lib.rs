//! Link 2, the mark: what a stretch mark is when the plan begins, and how it would age by itself.
//!
//! A stria is a dermis with less collagen than its surroundings: a fraction C_s of normal, in a thickness T_s = H_d·ρ.
//! Without needles C_s does not move, as established marks do not; what moves by itself is the colour of a red mark,
//! which fades and turns pale, and the width of one younger than some months, each at a pace of the person's own
//! ([`NaturalCourse`]).
//!
//! Assumptions: the course from red to pale and its clock are assumed; only a share f of the gap 1 − C_s can be closed
//! by collagen, and the rest is elastin's. [`Tissue`] is the state that a course carries from session to session.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod ageing;
pub mod example;
mod tissue;

pub use ageing::NaturalCourse;
pub use tissue::{Mark, Parameters, PersonDraws, Stage, Tissue, form};
