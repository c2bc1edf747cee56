//! What published results of one outcome say together, and what a next study may report: evidence alone, without any
//! chain from needles to looks.
//!
//! Studies are pooled by random effects ([`Outcome::pooled`]): they differ by more than chance, and with few of them
//! the belief in how much they differ speaks as loud as they do, which [`Pooled::if_studies_differ`] shows. What all
//! studies over-read alike is taken off after pooling, since more of them would not average it out.
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod outcome;
mod pooled;

pub use outcome::{Belief, Means, Outcome, OutcomeName, Shares, Study, Synthesis, parse_synthesis};
pub use pooled::{Pooled, Without};
