//! Simulated tissue as files: what `needlework simulate` leaves for other programs and for the eye.
//!
//! A [`Frame`] is one moment on a rectilinear grid. It becomes a file of the Visualization Toolkit ([`vtk`]), an
//! upright cut ([`plane`]), a picture or a time-lapse ([`picture`]); [`mod@page`] puts curves and pictures together.
//! Nothing here simulates or judges.
//!
//! Limits: cuts are upright and through the middle; values are shown by cell, never interpolated.

pub mod frame;
mod moments;
pub mod page;
pub mod picture;
pub mod plane;
mod record;
pub mod vtk;

pub use frame::{FieldValues, Frame, FrameError};
pub use moments::{Moments, MomentsError, duration};
pub use page::{Curve, Shown, Still, Story, page};
pub use record::{Look, QUANTITIES, Quantity, Record};
