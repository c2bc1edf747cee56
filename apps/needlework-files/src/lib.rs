//! Files that other programs read: tables, and simulated tissue.
//!
//! A [`Table`] becomes Parquet or comma-separated values. A [`Frame`] is one moment of simulated tissue on a
//! rectilinear grid; it becomes a file of the Visualization Toolkit ([`vtk`]), an upright cut ([`plane`]), a picture or
//! a time-lapse ([`picture`]). Nothing here simulates, judges or words.
//!
//! Limits: a table is in memory as a whole; cuts are upright and through the middle; values are shown by cell, never
//! interpolated.

pub mod frame;
mod moments;
pub mod picture;
pub mod plane;
mod record;
mod table;
pub mod vtk;

pub use frame::{FieldValues, Frame, FrameError};
pub use moments::{Moments, MomentsError, duration};
pub use record::{Record, Snapshot};
pub use table::{
    COMPARISON, Column, ColumnData, DESIGNS, FileKind, Layout, MOMENTS, PEOPLE, REPLICATES, Table, TableError,
    comma_separated, csv, parquet, read_parquet,
};
