//! One broken house rule: where it is broken, and what to do about it.

use std::fmt;

/// A broken house rule, printed as `file:line: what is wrong and what to do`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Path from the workspace root, with forward slashes.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do, as one sentence or two.
    pub what: String,
}

impl Violation {
    /// A violation in `file` at `line` (from 1).
    pub fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// All violations as one text, a line each; empty if there are none.
pub fn listing(violations: &[Violation]) -> String {
    violations.iter().map(|violation| format!("{violation}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_prints_as_a_place_that_an_editor_can_open() {
        let violation = Violation::new("crates/x/src/lib.rs", 7, "too long; split it");
        assert_eq!(listing(&[violation]), "crates/x/src/lib.rs:7: too long; split it\n");
    }
}
