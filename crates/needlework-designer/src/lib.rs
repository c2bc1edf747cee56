//! For one who designs a device: what one needle does in skin ([`insertion`]), and what many designs do side by side
//! ([`sweep`]).
//!
//! Both stop before anything heals: they show depth, width, density, pain and bleeding of a session on a typical
//! person's unmarked skin, over everything that is not known. No design is called best: of two aims that pull apart,
//! [`sweep`] marks those designs that nothing beats in all of them at once.
//!
//! Limits: those of the room of insertion. A depth here is no benefit.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod design;
mod insertion;
mod sweep;

pub use design::{Design, MOST_DESIGNS, Varied, read};
pub use insertion::{
    Band, Drum, INSERTION_FORMAT, Insertion, InsertionReport, MapSummary, PublishedDepth, Step, Subject, force_counts,
    insertion,
};
pub use sweep::{Aim, SWEEP_FORMAT, SweepReport, Tried, sweep};

use needlework_verdict::Percentiles;

/// Five percentiles of values in any order.
fn percentiles(mut values: Vec<f64>) -> Percentiles {
    values.sort_by(f64::total_cmp);
    needlework_verdict::percentiles(&values)
}
