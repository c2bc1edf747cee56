//! What is wrong with a case file, where, what is allowed, and what was probably meant.
//!
//! The types are plain data: a terminal renders them in colour, a web page beside the field. `Display` gives the plain
//! form for logs and tests. Spans are bytes of the text, always within it and on character borders.
//!
//! The text that is carried along is made printable first (control characters become spaces of the same width), since
//! it may come from anywhere and an escape sequence in it must not reach a terminal.

use std::fmt;
use std::ops::Range;

use crate::printable;

/// One problem of a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The question it concerns, such as `device.needle_length`; empty when it is not about one.
    pub path: String,
    /// The bytes of the offending value, or of the key when the key is wrong.
    pub span: Range<usize>,
    /// A few words to stand under the caret.
    pub label: String,
    /// What is allowed, and how to mend it.
    pub help: String,
    /// What was probably meant, in the spelling of the file.
    pub nearest: Option<String>,
}

/// All problems of one case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    /// The name of the file, as it was given.
    pub file_name: String,
    /// The text of the file, made printable; spans point into it. Empty when the file was too large to look at.
    pub text: String,
    /// The problems, in the order of the file. Never empty.
    pub problems: Vec<Diagnostic>,
    /// Whether reading stopped before the end of the problems.
    pub more: bool,
}

/// Most problems that are reported in one go.
pub const MOST_PROBLEMS: usize = 20;

/// How many characters of a long line are shown around a problem.
const SHOWN_COLUMNS: usize = 100;

/// How many characters of an offending value are repeated in a message.
const QUOTED_CHARACTERS: usize = 60;

impl Diagnostics {
    /// Gathers problems: in the order of the file, spans inside the text, not too many.
    #[must_use]
    pub fn new(file_name: &str, text: &str, mut problems: Vec<Diagnostic>, more: bool) -> Self {
        for problem in &mut problems {
            problem.span = within(text, problem.span.clone());
        }
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        let more = more || problems.len() > MOST_PROBLEMS;
        problems.truncate(MOST_PROBLEMS);
        Self {
            file_name: printable(file_name),
            text: printable(text),
            problems,
            more,
        }
    }

    /// The line and the column of a byte, both counted from one; the column counts characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let at = within(&self.text, byte..byte).start;
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let (line, column) = self.position(problem.span.start);
            writeln!(out, "error: {}", problem.message)?;
            writeln!(out, "  --> {}:{line}:{column}", self.file_name)?;
            if !self.text.is_empty() {
                self.show_line(out, problem, line, column)?;
            }
            if !problem.help.is_empty() {
                writeln!(out, "  help: {}", problem.help)?;
            }
            if let Some(nearest) = &problem.nearest {
                writeln!(out, "  did you mean: {nearest}")?;
            }
        }
        if self.more {
            writeln!(out, "\nand more problems; mend these first")?;
        }
        Ok(())
    }
}

impl Diagnostics {
    /// Writes the line of a problem with a caret under the offending part; of a long line only the part around it.
    fn show_line(&self, out: &mut fmt::Formatter<'_>, problem: &Diagnostic, line: usize, column: usize) -> fmt::Result {
        let content = self.text.lines().nth(line - 1).unwrap_or_default();
        let first = column.saturating_sub(SHOWN_COLUMNS / 2).max(1);
        let shown: String = content.chars().skip(first - 1).take(SHOWN_COLUMNS).collect();
        let marked = self.text[problem.span.clone()]
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .count();
        let room = (shown.chars().count() + first).saturating_sub(column).max(1);
        let gutter = line.to_string();
        let blank = " ".repeat(gutter.len());
        let (indent, carets) = (" ".repeat(column - first), "^".repeat(marked.clamp(1, room)));
        writeln!(
            out,
            "{blank} |\n{gutter} | {shown}\n{blank} | {indent}{carets} {}",
            problem.label
        )
    }
}

impl std::error::Error for Diagnostics {}

/// Moves a span into the text and onto character borders.
pub(crate) fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    // Ends: the start of a text is a border.
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    // Ends: the end of a text is a border.
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The value as it stands in the file, shortened, for a message.
pub(crate) fn quoted(text: &str, span: &Range<usize>) -> String {
    let value = printable(&text[within(text, span.clone())]).replace('\n', " ");
    if value.chars().count() <= QUOTED_CHARACTERS {
        return value;
    }
    value.chars().take(QUOTED_CHARACTERS).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn problem(span: Range<usize>) -> Diagnostic {
        Diagnostic {
            message: "wrong".into(),
            path: String::new(),
            span,
            label: "here".into(),
            help: String::new(),
            nearest: None,
        }
    }

    #[test]
    fn the_caret_stands_under_the_value_also_behind_wide_characters() {
        let text = "a = 1\nµ = \"xé\"\n";
        let found = Diagnostics::new("f.toml", text, vec![problem(11..16)], false);
        assert_eq!(found.position(11), (2, 5));
        assert!(
            found.to_string().contains("2 | µ = \"xé\"\n  |     ^^^^ here"),
            "{found}"
        );
    }

    #[test]
    fn an_escape_sequence_never_reaches_the_terminal() {
        let text = "a = \"\u{1b}[31m\u{85}\"";
        let found = Diagnostics::new("f\u{1b}.toml", text, vec![problem(4..12)], false);
        assert!(!found.to_string().contains(['\u{1b}', '\u{85}']));
        assert_eq!(found.text.len(), text.len(), "spans still fit");
    }

    #[test]
    fn a_span_inside_a_character_or_outside_the_text_is_moved_onto_it() {
        assert_eq!(within("é", 1..1), 0..2);
        assert_eq!(within("é", 1..9), 0..2);
        assert_eq!(within("ab", Range { start: 7, end: 3 }), 2..2);
    }

    #[test]
    fn a_line_of_a_million_characters_is_shown_in_part() {
        let text = "x".repeat(1_000_000);
        let found = Diagnostics::new("f", &text, vec![problem(500_000..900_000)], false).to_string();
        assert!(found.len() < 1000, "{}", found.len());
    }
}
