//! A line that may never be shortened: where to find help, what to do in an emergency.
//!
//! What is drawn in little room is cut somewhere. Such a line must not be, so it is a type of its own: it gives its
//! text only as a whole, and whoever lays out an answer counts it before anything else. It has no method that cuts, and
//! none should ever be added.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line that is shown whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Essential(String);

impl Essential {
    /// A line of this text; line ends and other control characters become spaces.
    #[must_use]
    pub fn new(text: impl AsRef<str>) -> Self {
        let printable = |letter: char| if letter.is_control() { ' ' } else { letter };
        Self(
            text.as_ref()
                .chars()
                .map(printable)
                .collect::<String>()
                .trim()
                .to_owned(),
        )
    }

    /// The whole text.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The whole text in lines of at most so many columns, broken between words only. A word that is longer stands on a
    /// line of its own.
    #[must_use]
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in self.0.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        lines
    }
}

impl fmt::Display for Essential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Essential;

    #[test]
    fn no_word_is_lost_in_any_width() {
        let line = Essential::new("Call 112 (EU), 999 (UK) or 911 (US, Canada) now;\nsay “anaphylaxis”.");
        for columns in 0..90 {
            assert_eq!(line.lines(columns).join(" "), line.whole(), "{columns}");
        }
    }
}
