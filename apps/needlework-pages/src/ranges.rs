//! A range of a designer's page in words: the middle or mean, and where it may lie.

use needlework::verdict::{Percentiles, Range};
use needlework_figures::numbers::{fine, number};

/// Median with its range, in hundredths.
pub(crate) fn fine_spread(values: &Percentiles) -> String {
    format!("{} ({} to {})", fine(values.p50), fine(values.p5), fine(values.p95))
}

/// Mean with its range.
pub(crate) fn range(values: &Range) -> String {
    format!(
        "{} ({} to {})",
        number(values.mean),
        number(values.low),
        number(values.high)
    )
}
