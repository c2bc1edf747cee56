//! Writing a case as the text of a file that reads back as the same case.
//!
//! Missing answers are left out. Numbers are printed with twelve digits in the unit that reads best, so a number reads
//! back equal to within that rounding, and exactly when it was written in such a unit. The text `"unknown"` always
//! reads as the answer unknown; a case that gives it as a title or a name loses the difference.

use crate::Case;

/// Writes a case as TOML. Every value of a case is one that TOML can hold; should that ever change, the text is a
/// comment that says so and reads as no case, rather than half of one.
#[must_use]
pub fn write(case: &Case) -> String {
    toml::to_string(case).unwrap_or_else(|error| format!("# this case cannot be written as TOML: {error}\n"))
}
