//! Files that other programs read: tables, and simulated tissue.
//!
//! A [`Table`] becomes Parquet or comma-separated values. A [`Frame`] is one moment of simulated tissue on a
//! rectilinear grid; it becomes a file of the Visualization Toolkit ([`vtk`]), an upright cut ([`plane`]), a picture or
//! a time-lapse ([`picture`]). Patches of skin become pictures with a stamp, a scale and a grey card ([`render`]),
//! sections through a mark drawings ([`section`]). Nothing here simulates, judges or words.
//!
//! Limits: a table is in memory as a whole; cuts are upright and through the middle; values are shown by cell, never
//! interpolated.

pub mod frame;
mod lettering;
mod moments;
pub mod picture;
pub mod plane;
mod record;
pub mod render;
pub mod section;
mod table;
pub mod vtk;

pub use frame::{FieldValues, Frame, FrameError};
pub use lettering::Canvas;
pub use moments::{Moments, MomentsError, duration};
pub use record::{Record, Snapshot};
pub use table::{
    COMPARISON, Column, ColumnData, DESIGNS, FileKind, Layout, MOMENTS, PEOPLE, REPLICATES, Table, TableError,
    comma_separated, csv, parquet, read_parquet,
};
