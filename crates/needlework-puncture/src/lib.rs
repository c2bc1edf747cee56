//! Link 3, the puncture: device, hand and passes become holes with their true depth.
//!
//! A needle of length L reaches z = (q·L − δ₀)₊ in a person, with q the share of its length that the hand brings in and δ₀ the give of
//! the skin before it pierces; needles scatter around that, and none goes deeper than it is long. The share of dermis that one
//! session injures follows from Poisson coverage of the holes with a halo around each.
//!
//! Limits: no force and no kinematics yet; the published depth ratios run from 0.2 to 1 and are carried as a wide prior, since
//! no depth of a roller in human skin has been published in numbers that we could see.

mod device;
mod holes;

pub use device::{Device, Hand, Kind, density_per_pass, needles_in_contact};
pub use holes::{Holes, Parameters, PersonDraws, puncture};
