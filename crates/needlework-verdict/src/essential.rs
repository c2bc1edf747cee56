//! Words that no view may shorten: help in a crisis, "a doctor today", the verdict, the question to a doctor, danger signs.
//!
//! It is a type, so that a view that cuts ordinary text to the room it has cannot take these by mistake: it has to ask for the whole.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// A sentence, or a few, that stands whole wherever it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Essential(String);

impl Essential {
    /// Marks a text as one that is never shortened.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole text.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Essential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
