//! What data say of what is not known, and of each other: the statistics of calibration, evidence, trials and plans.
//!
//! No word of skin, and no value of the evidence: numbers come as arguments, answers go back as values. What can't be
//! answered is `None`, never a number that looks like an answer.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

pub mod binomial_effects;
pub mod count_tests;
pub mod counts;
pub mod directions;
pub mod draws;
pub mod elementary_effects;
pub mod front;
pub mod likelihood;
mod ln_sum;
pub mod normal_mixture;
pub mod power;
pub mod random_effects;
pub mod rank_check;
pub mod scores;
pub mod stacking;
mod study_effect;
pub mod tempered;
pub mod trial_tests;
pub mod value_of_information;
pub mod variance_indices;
pub mod weights;

pub use ln_sum::ln_sum_exp;
