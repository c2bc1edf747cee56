//! Link 6, reactions: what can be felt and what can go wrong.
//!
//! Harms are those of a person in a course. A session makes some 10⁵ shallow holes, and a probability per hole that is
//! multiplied by them would predict scars and infections for everybody.
//!
//! Limits: pain, redness and dark marks are scaled from few and small studies; each says so in its passport. Bleeding
//! is anatomy alone, and of granulomas there is no number at all. A published circuit of scarring stands beside for
//! research ([`adler_2020`]) and judges nobody.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

pub mod adler_2020;
mod bleeding;
mod dark_marks;
mod granuloma;
mod pain;
mod redness;
mod scar;
mod wound;

pub use bleeding::{Bleeding, BleedingParameters, Taper, bleed};
pub use dark_marks::{DarkMarkParameters, DarkMarks, Exposure, dark_marks};
pub use granuloma::{Granuloma, GranulomaParameters, granuloma};
pub use pain::{PainParameters, Session, pain};
pub use redness::{Redness, RednessParameters, redness};
pub use scar::{ScarParameters, ScarPersonDraws, scars};
pub use wound::{WoundParameters, injury, relative_injury, usual_device};
