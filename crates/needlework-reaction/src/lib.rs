//! Link 6, reactions: what can be felt and what can go wrong.
//!
//! Harms are those of a person in a course. A session makes some 10⁵ shallow holes, and a probability per hole that is multiplied by
//! them would predict scars and infections for everybody.
//!
//! Limits: pain, redness and dark marks are scaled from few and small studies; each says so in its passport.

mod dark_marks;
mod felt;
mod scar;

pub use dark_marks::{DarkMarkParameters, DarkMarks, Exposure, dark_marks};
pub use felt::{FeltParameters, FeltPerson, Session, bleed, pain, redness};
pub use scar::{ScarParameters, ScarPerson, scars};
