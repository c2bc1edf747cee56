//! What can be wrong with the evidence files, with the passport or file that it is wrong in.

use std::fmt;

/// What is wrong with the evidence files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookError {
    /// A file is not the TOML that it should be.
    File {
        /// Its name.
        file: String,
        /// What the parser says.
        why: String,
    },
    /// A value is no number with a unit.
    Value {
        /// The passport.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// A spread makes no distribution.
    Spread {
        /// The passport.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// Two passports or sources have the same key.
    Twice {
        /// The key.
        key: String,
    },
    /// A key that is referred to does not exist.
    Missing {
        /// The key.
        key: String,
        /// Who refers to it.
        wanted_by: String,
    },
    /// A passport breaks a rule of the house.
    Rule {
        /// The passport.
        key: String,
        /// Which rule.
        why: String,
    },
}

impl fmt::Display for BookError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, why } => write!(out, "evidence file {file}: {why}"),
            Self::Value { key, why } => write!(out, "value of {key}: {why}"),
            Self::Spread { key, why } => write!(out, "spread of {key}: {why}"),
            Self::Twice { key } => write!(out, "{key} stands twice"),
            Self::Missing { key, wanted_by } => write!(out, "{key} is missing; {wanted_by} refers to it"),
            Self::Rule { key, why } => write!(out, "{key}: {why}"),
        }
    }
}

impl std::error::Error for BookError {}
