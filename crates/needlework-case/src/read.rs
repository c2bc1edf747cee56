//! Reading a case file: text in, a case or all its problems out.
//!
//! The types of the case say what may stand where, and serde reads them. Serde stops at the first problem; so the
//! reader notes it, cuts the entry that holds it out of the document and reads again, until nothing is wrong or enough
//! is. Then the limits, the names and the contradictions of `check.rs` are looked at. Nothing here panics on any input,
//! and nothing is guessed: what was probably meant is offered, never taken.
//!
//! Limits: a file of more than 1 MiB is refused unread, and TOML that nests deeper than its parser allows is refused by
//! it.

use std::ops::Range;

use needlework_units::{Dimension, mended};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use crate::check::check;
use crate::diagnostic::{Diagnostic, Diagnostics, MOST_PROBLEMS, quoted};
use crate::document::{Entry, Step, cut, entries, entry_at};
use crate::hba1c;
use crate::names::settle;
use crate::nearest::nearest;
use crate::schema::{AnswerKind, FIELDS, FieldDescription};
use crate::{Answer, Case, Catalog, UNKNOWN, printable};

/// Largest case file that is read, in bytes. The largest real one has a few thousand.
pub const LARGEST_FILE: usize = 1 << 20;

/// Up to this size a file with broken TOML is searched for all its broken places; beyond, only for the first.
const SEARCHED_FOR_ALL: usize = 1 << 16;

/// What a case needs at least, as an example.
const MINIMAL: &str = "[lesion]\nkind = \"striae\"\n\n[regimen]\narm = \"needling\"";

/// Reads a case from bytes that should be UTF-8 text; `file_name` is only shown.
///
/// # Errors
/// [`Diagnostics`] with every problem found; for bytes that are no text, the offset of the first bad one.
pub fn read_bytes(bytes: &[u8], file_name: &str, catalog: &Catalog) -> Result<Case, Diagnostics> {
    if bytes.len() > LARGEST_FILE {
        return Err(too_large(bytes.len(), file_name));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read(text, file_name, catalog),
        Err(error) => {
            let good = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..good]);
            let problem = Diagnostic {
                message: format!("this is not a text file: the byte at offset {good} is not UTF-8"),
                path: String::new(),
                span: good..good,
                label: "no text from here".to_owned(),
                help: "a case file is TOML text in UTF-8; save it as plain text".to_owned(),
                nearest: None,
            };
            Err(Diagnostics::new(file_name, &before, vec![problem], false))
        }
    }
}

/// Reads a case from text; `file_name` is only shown.
///
/// # Errors
/// [`Diagnostics`] with every problem found, up to twenty, each with its place, what is allowed and the nearest match.
pub fn read(text: &str, file_name: &str, catalog: &Catalog) -> Result<Case, Diagnostics> {
    if text.len() > LARGEST_FILE {
        return Err(too_large(text.len(), file_name));
    }
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(first) => return Err(broken(text, file_name, first)),
    };
    if root.get_ref().is_empty() {
        return Err(Diagnostics::new(
            file_name,
            text,
            vec![too_little("this file holds no case")],
            false,
        ));
    }
    let whole = root.span();
    let mut document = root.into_inner();
    let mut problems = no_tables(text, &mut document);
    hba1c::in_percent(&mut document);
    // Ends: each turn cuts an entry or gives up.
    let mut case = loop {
        let reader = Deserializer::from(Spanned::new(whole.clone(), document.clone()));
        match Case::deserialize(reader) {
            Ok(case) => break case,
            Err(error) => {
                let span = error.span().unwrap_or(whole.clone());
                let entry = entry_at(&document, &span);
                problems.push(explain(text, error.message(), &span, entry.as_ref()));
                // An error that nothing can be cut for would be found again and again.
                let went_on = entry.is_some_and(|entry| cut(&mut document, &entry.steps));
                if !went_on || problems.len() > MOST_PROBLEMS {
                    return Err(Diagnostics::new(file_name, text, problems, !went_on));
                }
            }
        }
    };
    settle(&mut case, catalog);
    let says_nothing = |answered: bool| !answered && problems.is_empty();
    if says_nothing(case.lesion.kind != crate::Answer::Missing || case.regimen.arm != crate::Answer::Missing) {
        problems.push(too_little(
            "this file says neither what mark it is about nor what is done",
        ));
    }
    problems.extend(check(&case, catalog, &document, text));
    if problems.is_empty() {
        // Texts of a case are shown in many places, so they are cleaned where they come in.
        for text in [&mut case.about.title, &mut case.about.study, &mut case.about.note] {
            if let Answer::Known(text) = text {
                *text = printable(text);
            }
        }
        Ok(case)
    } else {
        Err(Diagnostics::new(file_name, text, problems, false))
    }
}

/// Finds and cuts what stands where a section or an item of a list should. Serde would read `lesion = ["striae"]` as
/// the fields of a mark in their order, which nobody means.
fn no_tables(text: &str, document: &mut DeTable<'_>) -> Vec<Diagnostic> {
    let known = &*FIELDS;
    let mut found = Vec::new();
    let misplaced = |document: &DeTable<'_>| {
        entries(document).into_iter().find(|entry| {
            let path = entry.path();
            let kind = known.iter().find(|field| field.path == path).map(|field| field.kind);
            let is_item = matches!(entry.steps.last(), Some(Step::Item(_)));
            let of_a_list = is_item && known.iter().any(|field| field.path == path.trim_end_matches("[]"));
            !entry.is_table && (kind == Some(AnswerKind::Section) || of_a_list)
        })
    };
    // Ends: each turn adds a problem.
    while found.len() <= MOST_PROBLEMS
        && let Some(entry) = misplaced(document)
    {
        let path = entry.path();
        let value = quoted(text, &entry.value);
        found.push(match path.strip_suffix("[]") {
            Some(list) => Diagnostic {
                message: format!("an item of `{list}` is written as {{ … }}, not as {value}"),
                label: "not an item".to_owned(),
                ..item_problem(&entry)
            },
            None => Diagnostic {
                message: format!("`{path}` is a section, not {value}"),
                label: "not a section".to_owned(),
                help: format!("allowed: a section, which stands once, written as [{path}]"),
                ..item_problem(&entry)
            },
        });
        if !cut(document, &entry.steps) {
            break;
        }
    }
    found
}

/// A problem with the whole of an entry; the message is still to be written.
fn item_problem(entry: &Entry) -> Diagnostic {
    Diagnostic {
        message: String::new(),
        path: entry.path(),
        span: entry.value.clone(),
        label: "incomplete".to_owned(),
        help: "each item is written as { product = \"moisturiser\", after = \"3 days\" }".to_owned(),
        nearest: None,
    }
}

fn too_large(bytes: usize, file_name: &str) -> Diagnostics {
    let problem = Diagnostic {
        message: format!("the file has {bytes} bytes; a case file has at most {LARGEST_FILE}"),
        path: String::new(),
        span: 0..0,
        label: String::new(),
        help: "this is probably not a case file; it was not read".to_owned(),
        nearest: None,
    };
    Diagnostics::new(file_name, "", vec![problem], false)
}

fn too_little(message: &str) -> Diagnostic {
    Diagnostic {
        message: message.to_owned(),
        path: String::new(),
        span: 0..0,
        label: "a case begins here".to_owned(),
        help: format!("a case says at least `lesion.kind` or `regimen.arm`, for example:\n\n{MINIMAL}\n"),
        nearest: None,
    }
}

/// The problems of a text that is not TOML. One a line is enough: the second on a line mostly follows from the first.
fn broken(text: &str, file_name: &str, first: toml::de::Error) -> Diagnostics {
    let errors = if text.len() <= SEARCHED_FOR_ALL {
        DeTable::parse_recoverable(text).1
    } else {
        Vec::new()
    };
    let errors = if errors.is_empty() { vec![first] } else { errors };
    let known = &*FIELDS;
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut lines = Vec::new();
    for error in &errors {
        let span = crate::diagnostic::within(text, error.span().unwrap_or(0..0));
        let line_start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        if lines.contains(&line_start) {
            continue;
        }
        lines.push(line_start);
        let line = text[line_start..].lines().next().unwrap_or_default();
        // A line that is TOML by itself is wrong for what stands around it.
        let meant = DeTable::parse(line)
            .is_err()
            .then(|| unquoted(section_before(&text[..line_start]), line, known))
            .flatten();
        let (nearest, slip) = meant.map_or((None, None), |(line, slip)| (Some(line), Some(slip)));
        problems.push(Diagnostic {
            message: match slip {
                Some(slip) => format!("this is not TOML: {slip}"),
                None => format!("this is not TOML: {}", error.message()),
            },
            path: String::new(),
            span,
            label: "here".to_owned(),
            help: "a line is `name = value`; words and numbers with a unit stand in quotes; a section is `[name]`"
                .into(),
            nearest,
        });
        if problems.len() > MOST_PROBLEMS {
            break;
        }
    }
    Diagnostics::new(file_name, text, problems, false)
}

/// The section that a place in the text stands in, as the last header before it says.
fn section_before(text: &str) -> &str {
    let header = |line: &'_ str| -> Option<String> {
        let inner = line.split('#').next()?.trim().strip_prefix('[')?.strip_suffix(']')?;
        Some(inner.trim().to_owned())
    };
    text.lines()
        .rev()
        .find(|line| header(line).is_some())
        .map_or("", |line| {
            line.split('#')
                .next()
                .unwrap_or_default()
                .trim()
                .trim_matches(['[', ']', ' '])
        })
}

/// The line as it was probably meant, where a word or a number with its unit was written without quotes or `False` with
/// a capital; the commonest slips.
fn unquoted(section: &str, line: &str, known: &[FieldDescription]) -> Option<(String, &'static str)> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.split('#').next().unwrap_or_default().trim());
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // Typographic quotes are what a phone makes of straight ones.
    let bare = value.trim_matches(['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '‚']);
    let is_plain = |c: char| c.is_alphanumeric() || " ._-/%+,²³°€µμ−^".contains(c);
    let is_value = !bare.is_empty() && bare.chars().count() <= 60 && bare.chars().all(is_plain);
    if !is_key || !is_value || value.parse::<f64>().is_ok() {
        return None;
    }
    let path = if section.is_empty() {
        key.to_owned()
    } else {
        format!("{section}.{key}")
    };
    let field = known.iter().find(|field| field.path == path);
    match field.map(|field| field.kind) {
        Some(AnswerKind::YesNo) => {
            let yes = yes_or_no(bare)?;
            Some((
                format!("{key} = {yes}"),
                "true and false are written in small letters, without quotes",
            ))
        }
        Some(AnswerKind::Whole) => {
            let number: u32 = bare.parse().ok()?;
            Some((format!("{key} = {number}"), "a whole number is written without quotes"))
        }
        _ if field.is_none() && matches!(bare, "True" | "TRUE" | "False" | "FALSE") => Some((
            format!("{key} = {}", bare.to_lowercase()),
            "true and false are written in small letters, without quotes",
        )),
        _ => {
            let meant = field.and_then(|field| nearest_value(bare, field));
            let value = meant.unwrap_or_else(|| format!("\"{bare}\""));
            Some((
                format!("{key} = {value}"),
                "words and numbers with a unit stand in straight quotes",
            ))
        }
    }
}

/// Turns an error of serde into one that names the question, what it takes and what was probably meant.
fn explain(text: &str, error: &str, span: &Range<usize>, entry: Option<&Entry>) -> Diagnostic {
    let known = &*FIELDS;
    let error = error.lines().next().unwrap_or_default().to_owned();
    let Some(entry) = entry else {
        return Diagnostic {
            message: error,
            path: String::new(),
            span: span.clone(),
            label: "here".to_owned(),
            help: String::new(),
            nearest: None,
        };
    };
    let path = entry.path();
    match known.iter().find(|field| field.path == path) {
        Some(field) => wrong_value(text, error, entry, field),
        None if error.starts_with("missing field") => incomplete(&error, entry, &path),
        None => wrong_key(text, entry, &path, known),
    }
}

/// An item of a list that lacks a part.
fn incomplete(error: &str, entry: &Entry, path: &str) -> Diagnostic {
    let message = format!("an item of `{}` is incomplete: {error}", path.trim_end_matches("[]"));
    Diagnostic {
        message,
        ..item_problem(entry)
    }
}

/// A key that no section has: perhaps mistyped, perhaps in the wrong section.
fn wrong_key(text: &str, entry: &Entry, path: &str, known: &[FieldDescription]) -> Diagnostic {
    let (section, name) = path.rsplit_once('.').unwrap_or(("", path));
    let in_section = |field: &&FieldDescription| match field.path.rsplit_once('.') {
        Some((prefix, _)) => prefix == section,
        None => section.is_empty() && !field.path.contains("[]"),
    };
    let last = |field: &FieldDescription| field.path.rsplit('.').next().unwrap_or_default().to_owned();
    let here: Vec<String> = known.iter().filter(in_section).map(last).collect();
    let elsewhere = known
        .iter()
        .find(|field| last(field) == name && field.path != path && !field.path.contains("[]"));
    let close = nearest(name, here.iter().map(String::as_str)).map(str::to_owned);
    let (place, kind) = if section.is_empty() {
        ("a case".to_owned(), "section")
    } else {
        (format!("`{section}`"), "question")
    };
    let mut help = format!("allowed: {}", here.join(", "));
    if let (None, Some(field)) = (&close, elsewhere) {
        let section = field.path.rsplit_once('.').map_or("the top", |(section, _)| section);
        help.push_str(&format!("; `{name}` belongs in `{section}`"));
    }
    let far = || elsewhere.map(|field| field.path.clone());
    Diagnostic {
        message: format!("{place} has no {kind} called `{}`", quoted(text, &entry.key)),
        path: path.to_owned(),
        span: entry.key.clone(),
        label: "not a known key".to_owned(),
        help,
        nearest: close.or_else(far),
    }
}

/// A value that its question does not take.
fn wrong_value(text: &str, error: String, entry: &Entry, field: &FieldDescription) -> Diagnostic {
    let value = quoted(text, &entry.value);
    let word = value.trim_matches(['"', '\'']);
    let path = &field.path;
    let (message, label) = match field.kind {
        AnswerKind::Words => (format!("`{path}` cannot be {value}"), "not one of the words"),
        AnswerKind::YesNo => (
            format!("`{path}` is answered by true or false, not by {value}"),
            "not true or false",
        ),
        AnswerKind::Whole => (
            format!("`{path}` is a whole number, not {value}"),
            "not a whole number in range",
        ),
        AnswerKind::Text => (format!("`{path}` is a text in quotes, not {value}"), "not a text"),
        AnswerKind::Quantity | AnswerKind::Lapse if error.contains("below zero") => {
            (format!("`{path}`: {error}"), "below zero")
        }
        AnswerKind::Quantity | AnswerKind::Lapse => (format!("`{path}`: {error}"), "not a number with its unit"),
        AnswerKind::List => (format!("`{path}` is a list, not {value}"), "not a list"),
        AnswerKind::Section => (format!("`{path}` is a section, not {value}"), "not a section"),
    };
    let mut help = format!("{} Allowed: {}", field.question, field.allowed);
    if field.kind == AnswerKind::List || field.kind == AnswerKind::Section {
        help = format!("allowed: {}", field.allowed);
    }
    Diagnostic {
        message,
        path: path.clone(),
        span: entry.value.clone(),
        label: label.to_owned(),
        help,
        nearest: nearest_value(word, field),
    }
}

/// What a word for yes or no means, as people and phones write it.
#[must_use]
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().trim_end_matches('.').to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" | "yeah" | "yep" | "ja" | "oui" | "si" | "sí" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "nope" | "nein" | "non" => Some(false),
        _ => None,
    }
}

/// What was probably meant by a value, in the spelling of the file.
fn nearest_value(word: &str, field: &FieldDescription) -> Option<String> {
    let unknown = field.may_be_unknown.then_some(UNKNOWN);
    match field.kind {
        AnswerKind::Words => {
            let words = field.choices.iter().map(|choice| choice.word.as_str()).chain(unknown);
            nearest(word, words).map(|word| format!("\"{word}\""))
        }
        AnswerKind::YesNo => match yes_or_no(word) {
            Some(yes) => Some(yes.to_string()),
            None => nearest(word, unknown).map(|word| format!("\"{word}\"")),
        },
        AnswerKind::Whole => word.trim().parse::<u32>().map(|number| number.to_string()).ok(),
        AnswerKind::Quantity | AnswerKind::Lapse => {
            // Only the way of writing is mended: another unit, or a word for a number, would be another answer.
            let dimension = field.units.first().and_then(|unit| Dimension::of_unit(unit));
            if let Some(quantity) = dimension.and_then(|dimension| mended(word, dimension)) {
                return Some(format!("\"{quantity}\""));
            }
            if word.contains(char::is_numeric) {
                return None;
            }
            let words = field.choices.iter().map(|choice| choice.word.as_str()).chain(unknown);
            nearest(word, words).map(|word| format!("\"{word}\""))
        }
        AnswerKind::Text | AnswerKind::List | AnswerKind::Section => None,
    }
}
