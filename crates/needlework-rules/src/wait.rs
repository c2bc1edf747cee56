//! Waiting times, each in one place: the table `[[wait]]` of the rule file, and texts that take their figures from it.
//!
//! In a text `{open}` stands for the words of the time of that name, in a predicate `{open.time}` for the time itself.
//! So a rule, its reason, the checklist and the table of creams cannot state two figures for one thing. Limit: a text
//! that spells a figure out is not found here; a test reads all of them.

use needlework_units::Time;
use serde::{Deserialize, Serialize};

use crate::error::RuleError;

/// A waiting time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// Its name, as texts and predicates call it.
    pub key: String,
    /// The time with its unit.
    pub time: String,
    /// The same time as a text says it.
    pub words: String,
    /// What is waited for.
    pub what: String,
    /// The key of its source.
    pub source: String,
    /// How the time follows from the source.
    pub note: String,
}

impl Wait {
    /// The time; none if its text is not a time, which reading a rule book rules out.
    #[must_use]
    pub fn length(&self) -> Option<Time> {
        Time::parse(&self.time).ok()
    }
}

/// A text with the names of waiting times replaced.
///
/// # Errors
/// [`RuleError::UnknownWait`] when a name between braces is not in the table.
pub fn fill(text: &str, waits: &[Wait]) -> Result<String, RuleError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    // Ends: each turn takes a brace off the text.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        // A brace that nothing closes names nothing.
        let (name, end) = after.split_once('}').unwrap_or(("", ""));
        let (key, wants_time) = match name.strip_suffix(".time") {
            Some(key) => (key, true),
            None => (name, false),
        };
        let wait = waits
            .iter()
            .find(|wait| wait.key == key)
            .ok_or_else(|| RuleError::UnknownWait { name: name.to_owned() })?;
        filled.push_str(if wants_time { &wait.time } else { &wait.words });
        rest = end;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Fills every text of a value, however deep it lies.
pub(crate) fn fill_all(value: &mut toml::Value, waits: &[Wait]) -> Result<(), RuleError> {
    match value {
        toml::Value::String(text) => *text = fill(text, waits)?,
        toml::Value::Array(items) => {
            for item in items {
                fill_all(item, waits)?;
            }
        }
        toml::Value::Table(table) => {
            for (_, item) in table.iter_mut() {
                fill_all(item, waits)?;
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn waits() -> Vec<Wait> {
        let text = |text: &str| text.to_owned();
        vec![Wait {
            key: text("open"),
            time: text("72 h"),
            words: text("three days"),
            what: text("x"),
            source: text("s"),
            note: text("n"),
        }]
    }

    #[test]
    fn a_name_becomes_words_or_the_time() {
        assert_eq!(
            fill("Wait {open}, that is {open.time}.", &waits()).unwrap(),
            "Wait three days, that is 72 h."
        );
        assert_eq!(fill("nothing", &waits()).unwrap(), "nothing");
        for stray in ["{closed}", "{open.days}", "{", "a {open"] {
            assert!(fill(stray, &waits()).is_err(), "{stray}");
        }
    }
}
