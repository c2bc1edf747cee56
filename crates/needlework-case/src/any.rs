//! Any valid case, for trying out: drawn from the questions of the format themselves, so that a field that is added
//! later is drawn too.
//!
//! Every question is left out, answered with "unknown" where it may be, or answered: with a word of its choices, a
//! limit, or a value between its limits. What contradicts is taken out until the reader has nothing to say. The draws
//! come as an argument: the same draws give the same text.
//!
//! Limits: texts are short and plain; a list has at most three items; values between limits lie on an even grid.

use std::collections::BTreeSet;

use crate::schema::{AnswerKind, FieldDescription, fields};
use crate::{Catalog, UNKNOWN, read};

/// The smallest case that says something.
const LEAST: &str = "format = \"needlework-case/1\"\n[lesion]\nkind = \"striae\"\n[regimen]\narm = \"needling\"\n";
/// How often what the reader refuses is taken out.
const ROUNDS: usize = 30;
/// Steps between two limits.
const STEPS: usize = 1000;

/// Draws a valid case; `pick(n)` gives a number below `n`.
pub fn any_case(catalog: &Catalog, pick: &mut dyn FnMut(usize) -> usize) -> String {
    let all = fields();
    // How many of eight questions are answered.
    let share = [1, 4, 7, 8][pick(4).min(3)];
    let asked = all
        .iter()
        .filter(|field| field.kind != AnswerKind::Section && !field.path.contains("[]") && field.path != "format");
    let mut answers: Vec<(String, String)> = Vec::new();
    for field in asked {
        if pick(8) < share {
            answers.push((field.path.clone(), any_answer(field, &all, catalog, pick)));
        }
    }
    for (path, word) in [("lesion.kind", "\"striae\""), ("regimen.arm", "\"needling\"")] {
        if !answers.iter().any(|(own, _)| own == path) {
            answers.push((path.to_owned(), word.to_owned()));
        }
    }
    for _ in 0..ROUNDS {
        let text = document(&answers);
        let Err(found) = read(&text, "any case", catalog) else {
            return text;
        };
        let named: BTreeSet<&str> = found.problems.iter().map(|problem| problem.path.as_str()).collect();
        let before = answers.len();
        answers.retain(|(path, _)| !named.iter().any(|name| name.starts_with(path.as_str())));
        if answers.is_empty() {
            break;
        }
        if answers.len() == before {
            // A problem of no one answer: one of them goes.
            answers.remove(pick(before).min(before.saturating_sub(1)));
        }
    }
    LEAST.to_owned()
}

/// The answers by section.
fn document(answers: &[(String, String)]) -> String {
    let mut text = "format = \"needlework-case/1\"\n".to_owned();
    let mut sections: Vec<&str> = Vec::new();
    for (path, _) in answers {
        let section = path.rsplit_once('.').map_or("", |(section, _)| section);
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    // What has no section stands before all sections.
    sections.sort_by_key(|section| !section.is_empty());
    for section in sections {
        if !section.is_empty() {
            text.push_str(&format!("\n[{section}]\n"));
        }
        for (path, answer) in answers {
            let (own, name) = path.rsplit_once('.').unwrap_or(("", path));
            if own == section {
                text.push_str(&format!("{name} = {answer}\n"));
            }
        }
    }
    text
}

fn any_answer(
    field: &FieldDescription,
    all: &[FieldDescription],
    catalog: &Catalog,
    pick: &mut dyn FnMut(usize) -> usize,
) -> String {
    if field.may_be_unknown && pick(8) == 0 {
        return quoted(UNKNOWN);
    }
    match field.kind {
        AnswerKind::YesNo => (pick(2) == 0).to_string(),
        AnswerKind::Words => {
            one_of(&field.choices, pick).map_or_else(|| quoted(UNKNOWN), |choice| quoted(&choice.word))
        }
        AnswerKind::Whole => between(field, pick),
        AnswerKind::Quantity => quoted(&between(field, pick)),
        AnswerKind::Lapse => match pick(4) {
            0 => quoted("never"),
            1 => quoted("now"),
            _ => quoted(&between(field, pick)),
        },
        AnswerKind::Text => quoted(&match field.path.rsplit('.').next().unwrap_or_default() {
            "site" => one_of(catalog.sites(), pick).map_or_else(|| UNKNOWN.to_owned(), |site| site.name.clone()),
            "name" => one_of(catalog.devices(), pick).map_or_else(|| UNKNOWN.to_owned(), |device| device.name.clone()),
            "start_date" => format!("20{:02}-{:02}-{:02}", 27 + pick(60), 1 + pick(12), 1 + pick(28)),
            _ => "A case".to_owned(),
        }),
        AnswerKind::List => {
            let prefix = format!("{}[].", field.path);
            let parts: Vec<&FieldDescription> = all.iter().filter(|part| part.path.starts_with(&prefix)).collect();
            let items: Vec<String> = (0..pick(4))
                .map(|_| {
                    let pairs: Vec<String> = parts
                        .iter()
                        .map(|part| {
                            let name = part.path.rsplit('.').next().unwrap_or_default();
                            format!("{name} = {}", any_answer(part, all, catalog, pick))
                        })
                        .collect();
                    format!("{{ {} }}", pairs.join(", "))
                })
                .collect();
            format!("[{}]", items.join(", "))
        }
        AnswerKind::Section => String::new(),
    }
}

/// A limit of a question, or a value between its limits; its example where it has no limits.
fn between(field: &FieldDescription, pick: &mut dyn FnMut(usize) -> usize) -> String {
    let example = || field.example.clone().unwrap_or_else(|| "3 days".to_owned());
    let Some((least, most)) = limits(&field.allowed) else {
        return example();
    };
    let number = |text: &str| -> Option<(f64, String)> {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        Some((number.parse().ok()?, unit.to_owned()))
    };
    let within = || -> Option<(f64, f64, String)> {
        let ((low, own), (high, other)) = (number(&least)?, number(&most)?);
        // Nothing is nothing in every unit.
        (own == other || low == 0.0).then_some((low, high, other))
    };
    match (pick(4), within()) {
        (0, _) => least,
        (1, _) => most,
        (_, Some((low, high, unit))) => {
            let step = pick(STEPS) as f64 / STEPS as f64;
            // Small values are the usual ones, so half of the draws are squeezed towards the lower limit.
            let share = if pick(2) == 0 { step } else { step * step * step };
            let value = low + (high - low) * share;
            if field.kind == AnswerKind::Whole {
                format!("{}", value.round())
            } else {
                format!("{value:.4} {unit}")
            }
        }
        _ => example(),
    }
}

/// The limits, as the line says what is allowed.
fn limits(allowed: &str) -> Option<(String, String)> {
    let (_, limits) = allowed.rsplit_once(", from ")?;
    let limits = limits.split(", or").next()?;
    let (least, most) = limits.split_once(" to ")?;
    Some((least.to_owned(), most.to_owned()))
}

fn one_of<'a, T>(list: &'a [T], pick: &mut dyn FnMut(usize) -> usize) -> Option<&'a T> {
    if list.is_empty() {
        None
    } else {
        list.get(pick(list.len()))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
