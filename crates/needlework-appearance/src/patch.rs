//! A patch of skin with marks as a picture: what stands where, how light wanders in it and is mirrored by it.
//!
//! * [`MarkLayout`]: what marks lie on a patch, by a seed. [`Relief`]: the height field of a mark. [`PatchOptics`]:
//!   spectra of all tissue states of a patch, and how far light wanders at each wavelength. [`Lighting`]: even, raking,
//!   cross-polarised.
//! * [`Scene`] holds what does not change from picture to picture of a case; [`Scene::show`] makes one of them. The
//!   same states give the same pixels, so a world in which nothing changes has one picture for before and after.
//!
//! Nothing is brightened, sharpened or stretched: one exposure and one white serve all pictures, and a [`Picture`] says
//! what its own pixels measure.

mod light;
mod lines;
mod noise;
mod parameters;
mod picture;
mod relief;
mod spread;
mod tints;

/// numerical: share of the light that the grey card of a picture sends back; photographers' cards do
pub const GREY_SHARE: f64 = 0.18;

pub use light::Lighting;
pub use lines::MarkLayout;
pub use parameters::PatchParameters;
pub use picture::{Measured, PatchLook, Picture, PictureError, Scene, Spot};
pub use relief::Relief;
pub use tints::{Covering, PatchOptics};
