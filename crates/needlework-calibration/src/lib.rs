//! What published results leave of worlds: a bank of worlds from the priors, weighed by how likely they make the data.
//!
//! The data of open arms say little of what is not known of needles; what they say hangs on how much raters of
//! uncontrolled studies over-read. So a calibration gives its weights, what they can be trusted for, the same under
//! other beliefs in the raters, and each study as the others forecast it.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod bank;
mod check;
mod committed;
mod datum;
mod failed;
mod posterior;
mod report;
mod tempering;
mod weigh;

pub use bank::{Cases, Hypothesis, Layout, rows};
pub use check::{Checked, check};
pub use committed::{Committed, NotCommitted};
pub use datum::{Likelihood, LikelihoodError};
pub use failed::Failed;
pub use posterior::{draw, stamp, table};
pub use report::{Forecasted, Made, Otherwise, PosteriorRange, Report, report};
pub use tempering::{Tempered, temper};
pub use weigh::Weighed;
