//! Link 7, appearance: what a person would see, and what raters would write down.
//!
//! Severity combines texture, width and colour relative to the own start. The optics computes the colour of layered
//! skin by adding-doubling; a reduced model with a stated error serves the many, the full one what is printed.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

pub mod adding_doubling;
mod aperture;
pub mod colour;
mod contrast;
pub(crate) mod dense;
pub mod discrete_ordinates;
mod fresnel;
mod grading;
mod mark_colour;
pub mod monte_carlo;
mod optics_error;
pub mod patch;
mod proofs;
pub mod reduced_colour;
pub mod reference;
mod severity;
pub mod skin_optics;

pub use aperture::Discs;
pub use contrast::{ColourResponse, SkinColour};
pub use grading::{GradeDraws, GradingParameters, grade, read, score_variances};
pub use mark_colour::{MarkParameters, MarkState, mark_in};
pub use proofs::{References, proofs, published_slab};
pub use severity::{Appearance, Moment, Parameters, SeverityWeights, look};
