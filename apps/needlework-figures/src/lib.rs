//! What every page is made of: numbers in words, charts, lines of text, and the style sheet.
//!
//! The pages themselves (answer, comparison, claims) are composed in `needlework-pages` out of these parts, so that a
//! share, a range or a verdict is said and drawn in one way everywhere. Nothing here decides what is shown: that comes
//! with the data.
//!
//! Assumptions: intervals are 5–95 %. Limits: text is English; charts show what the data carries and interpolate
//! nothing.

pub mod chart;
pub mod lines;
pub mod model;
pub mod numbers;
pub mod style;
mod text_table;
pub mod words;

pub use text_table::TextTable;
