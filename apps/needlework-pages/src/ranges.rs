//! What a designer looks at: one needle with its device, and many designs side by side, as pages, tables and text.
//!
//! The data come from the designer's room and are drawn as they are. A page is one file without scripts; each picture
//! stands beside its numbers. Limits: text is English; a sweep's page names at most the fifty designs of the front that
//! reach deepest, its table has all.

mod insertion;
mod sweep;

pub use insertion::{holes_table, insertion_html, insertion_text};
pub use sweep::{sweep_html, sweep_table, sweep_text};

use needlework::verdict::{Percentiles, Range};
use needlework_figures::numbers::{fine, number};

/// Median with its range.
fn spread(values: &Percentiles) -> String {
    format!(
        "{} ({} to {})",
        number(values.p50),
        number(values.p5),
        number(values.p95)
    )
}

/// Median with its range, in hundredths.
fn fine_spread(values: &Percentiles) -> String {
    format!("{} ({} to {})", fine(values.p50), fine(values.p5), fine(values.p95))
}

/// Mean with its range.
fn range(values: &Range) -> String {
    format!(
        "{} ({} to {})",
        number(values.mean),
        number(values.low),
        number(values.high)
    )
}
