//! What can be wrong with a written quantity, in words that say how to mend it.

use std::fmt;

/// Why a text is not the quantity that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitError {
    /// The text does not begin with a number.
    NotANumber {
        /// The text as written.
        found: String,
    },
    /// The number is not written as one that can be read in one way.
    Number {
        /// The text as written.
        found: String,
        /// How it is written.
        why: &'static str,
    },
    /// The number has no unit behind it.
    NoUnit {
        /// The text as written.
        found: String,
        /// Units that would do.
        allowed: Vec<&'static str>,
    },
    /// The unit is not one that Needlework knows.
    UnknownUnit {
        /// The unit as written.
        found: String,
        /// What is told of it, where it is a unit of something else.
        told: Option<&'static str>,
        /// Units that would do.
        allowed: Vec<&'static str>,
    },
    /// The unit belongs to another kind of quantity.
    WrongDimension {
        /// The unit as written.
        found: String,
        /// What the unit measures.
        measures: &'static str,
        /// What was asked for.
        wanted: &'static str,
        /// What is told of it, where people write it for another unit.
        told: Option<&'static str>,
        /// Units that would do.
        allowed: Vec<&'static str>,
    },
    /// The number is infinite or not a number.
    NotFinite {
        /// The text as written.
        found: String,
    },
    /// The number is below zero where only amounts make sense.
    Negative {
        /// The text as written.
        found: String,
    },
}

impl fmt::Display for UnitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { found } => write!(out, "`{found}` does not begin with a number"),
            Self::Number { found, why } => write!(out, "`{found}`: {why}"),
            Self::NoUnit { found, allowed } => {
                write!(out, "`{found}` has no unit; write one of: {}", allowed.join(", "))
            }
            Self::UnknownUnit { told: Some(told), .. } | Self::WrongDimension { told: Some(told), .. } => {
                out.write_str(told)
            }
            Self::UnknownUnit { found, allowed, .. } => {
                write!(
                    out,
                    "`{found}` is not a unit known here; use one of: {}",
                    allowed.join(", ")
                )
            }
            Self::WrongDimension {
                found,
                measures,
                wanted,
                allowed,
                ..
            } => {
                write!(
                    out,
                    "`{found}` measures {measures}, but {wanted} is wanted; use one of: {}",
                    allowed.join(", ")
                )
            }
            Self::NotFinite { found } => write!(out, "`{found}` is not a finite number"),
            Self::Negative { found } => write!(out, "`{found}` is below zero"),
        }
    }
}

impl std::error::Error for UnitError {}
