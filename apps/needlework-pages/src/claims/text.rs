//! The ledger for a terminal of 80 columns: every claim in short, or one claim in full.

use super::{BEYOND, BEYOND_MEANS, counts, finding, is_beyond, of_one_plan, verdict_word};
use crate::lines::wrap;
use crate::model::{ClaimVerdict, Computed, Ledger, LedgerRow};
use crate::words::{full_stop, sentence_case};

/// The fewest columns that are worked with.
const FEWEST: usize = 40;
/// The most columns that are given.
const COLUMNS: usize = 80;
/// Columns below a claim's name.
const INDENT: usize = 4;
/// More lines than any text of the ledger takes.
const ALL: usize = 40;

/// The ledger in at most `width` (40 to 80) columns, with ANSI colours where `colour` is set: in full where it holds
/// one claim, else in short. Lines end with a line feed.
#[must_use]
pub fn claims_terminal(ledger: &Ledger, width: usize, colour: bool) -> String {
    let width = width.clamp(FEWEST, COLUMNS);
    let mut lines = Vec::new();
    let in_full = ledger.claims.len() == 1;
    if !in_full {
        let head = format!("{} claims of the article: {}.", ledger.claims.len(), counts(ledger));
        lines.extend(wrap(&head, width, 0, ALL));
        lines.push(String::new());
        for line in &ledger.first.says {
            lines.extend(wrap(line, width, 0, ALL));
        }
        lines.extend(wrap(&of_one_plan(ledger), width, 0, ALL));
        lines.push(String::new());
    }
    for row in &ledger.claims {
        lines.push(heading(row, colour));
        lines.extend(wrap(&full_stop(&row.says), width, INDENT, ALL));
        if in_full {
            whole(row, width, &mut lines);
        } else {
            short(row, width, &mut lines);
        }
        lines.push(String::new());
    }
    if ledger.claims.iter().flat_map(|row| &row.computed).any(is_beyond) {
        lines.extend(wrap(BEYOND_MEANS, width, 0, ALL));
    }
    let people = format!(
        "Computed with {} virtual people for each situation; ranges are 5 to 95 %. {} {}",
        crate::numbers::grouped(ledger.people as f64),
        ledger.banner,
        ledger.intended_use
    );
    lines.extend(wrap(&people, width, 0, ALL));
    if !in_full {
        lines.push("One claim in full: needlework claims C9. A page: --out DIR.".to_owned());
    }
    lines.join("\n") + "\n"
}

/// The claim's name and verdict.
fn heading(row: &LedgerRow, colour: bool) -> String {
    let word = verdict_word(row.verdict);
    let code = match row.verdict {
        ClaimVerdict::Supported => "1",
        ClaimVerdict::Partly => "1;36",
        ClaimVerdict::Contradicted => "1;31",
        ClaimVerdict::Unknown => "1;33",
    };
    if colour {
        format!("{:<INDENT$}\u{1b}[{code}m{word}\u{1b}[0m", row.id)
    } else {
        format!("{:<INDENT$}{word}", row.id)
    }
}

/// The first thing that is computed, and how many more there are.
fn short(row: &LedgerRow, width: usize, lines: &mut Vec<String>) {
    match (row.computed.first(), &row.not_modelled) {
        (Some(first), _) => {
            let more = match row.computed.len() - 1 {
                0 => String::new(),
                more => format!("; and {more} more"),
            };
            lines.extend(item(&format!("{}{more}", told(first)), width));
        }
        (None, Some(missing)) => lines.extend(item(&sentence_case(missing), width)),
        (None, None) => {}
    }
}

/// Everything that is known of a claim.
fn whole(row: &LedgerRow, width: usize, lines: &mut Vec<String>) {
    let mut block = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(String::new());
            lines.push(title.to_owned());
            lines.extend(items.iter().flat_map(|text| item(text, width)));
        }
    };
    block("Why", vec![row.because.clone()]);
    block(
        "Its parts",
        row.parts
            .iter()
            .map(|part| format!("{}: {}", sentence_case(&part.part), verdict_word(part.verdict)))
            .collect(),
    );
    block(
        "Published evidence",
        row.evidence
            .iter()
            .map(|found| format!("{} Grade: {}. [{}]", found.text, found.grade, found.keys.join(", ")))
            .collect(),
    );
    let mut computed = Vec::new();
    for (at, one) in row.computed.iter().enumerate() {
        computed.push(told(one));
        let next = row.computed.get(at + 1);
        if next.is_none_or(|next| next.command != one.command) {
            computed.push(format!("$ {}", one.command));
        }
    }
    if let Some(verdict) = row.engine_says {
        computed.push(format!("By these numbers alone: {}.", verdict_word(verdict)));
    }
    block("What the engine computes now", computed);
    if let Some(missing) = &row.not_modelled {
        block("Not modelled", vec![full_stop(&sentence_case(missing))]);
    }
    block("Rooms", vec![row.rooms.join(", ")]);
}

/// A computed row as a sentence.
fn told(row: &Computed) -> String {
    let (found, range) = finding(row);
    let range = if range.is_empty() { range } else { format!(" ({range})") };
    let beyond = if is_beyond(row) { BEYOND } else { "" };
    format!("{}: {found}{range}{beyond}", sentence_case(&row.what))
}

/// A command that can be copied, continued on a second line where it is long.
fn command(text: &str, width: usize) -> Vec<String> {
    let line = format!("{:INDENT$}{text}", "");
    match line.rfind(" --people") {
        Some(at) if line.len() > width => vec![
            format!("{} \\", &line[..at]),
            format!("{:INDENT$}   {}", "", &line[at..]),
        ],
        _ => vec![line],
    }
}

/// Text below a claim: a dash for a finding; a command as it is, on one line, so that it can be copied.
fn item(text: &str, width: usize) -> Vec<String> {
    if text.starts_with("$ ") {
        return command(text, width);
    }
    let mut lines = wrap(text, width, INDENT, ALL);
    if let Some(first) = lines.first_mut() {
        first.replace_range(INDENT - 2..INDENT - 1, "-");
    }
    lines
}
