//! What changes in an answer where one number is another, as words and a table, and as a page of both.

use maud::html;
use needlework::questions::{Change, WhatIf};
use needlework::verdict::{Engine, Range, Reading};
use serde_json::json;

use crate::TextTable;
use crate::json::word;
use crate::style::{Shell, document};
use crate::text_table::text_table;
use crate::words::full_stop;

/// The answer in words: sentences, why numbers are withheld, a table where there is anything in it, and how to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIfText {
    /// Which number is what instead of what.
    pub title: String,
    /// Of which case it is, on how many people.
    pub about: String,
    /// Why a layperson is shown no quantities; empty where they are shown.
    pub withheld: Vec<String>,
    /// What comes of it.
    pub said: Vec<String>,
    /// Quantities that move.
    pub table: Option<TextTable>,
    /// How to read the table.
    pub notes: Vec<String>,
}

/// The answer in words.
#[must_use]
pub fn what_if_text(found: &WhatIf, reading: Reading) -> WhatIfText {
    let mut text = WhatIfText {
        title: format!("{} = {} instead of {}", found.key, found.to, found.from),
        about: format!(
            "{}, {} people each time, seed {}",
            found.title, found.people, found.seed
        ),
        withheld: found.withheld.clone(),
        said: Vec::new(),
        table: None,
        notes: Vec::new(),
    };
    if !found.withheld.is_empty() {
        return text;
    }
    let same = found.fields.is_empty() && found.changes.iter().all(still);
    if same {
        let why = if found.taken_by.is_empty() {
            "No room takes this number, so nothing that is computed depends on it."
        } else {
            "Nothing in this answer changes: this case does not use the number."
        };
        text.said.push(why.to_owned());
        return text;
    }
    let becomes = |name: &str, [before, after]: [String; 2]| {
        if before == after {
            format!("{name}: {before}, as before")
        } else {
            format!("{name}: {before} becomes {after}")
        }
    };
    text.said = vec![
        becomes("Safety", found.safety.map(|one| word(&json!(one)))),
        becomes("Benefit", found.benefit.map(|one| word(&json!(one)))),
    ];
    let moved: Vec<&Change> = found.changes.iter().filter(|change| !still(change)).collect();
    let unmoved = found.changes.len() - moved.len();
    if !moved.is_empty() {
        text.table = Some(TextTable {
            title: "What changes".to_owned(),
            head: ["what", "before", "after", "difference"].map(str::to_owned).to_vec(),
            rows: moved.into_iter().map(row).collect(),
        });
        text.notes
            .push("Mean, and 5–95 % over worlds; differences are paired, with every other draw the same.".to_owned());
    }
    if unmoved > 0 {
        text.notes
            .push(format!("{unmoved} other quantities stay as they were."));
    }
    text.notes.push(
        match reading {
            Reading::Research => "This is the reading for researchers: it is about the model, not about a plan.",
            Reading::Lay => "This is about the model, not about a plan.",
        }
        .to_owned(),
    );
    text
}

/// The answer as a complete, self-contained HTML document.
#[must_use]
pub fn what_if_html(found: &WhatIf, reading: Reading, engine: &Engine) -> String {
    let text = what_if_text(found, reading);
    document(
        &Shell {
            title: "What if a number were another",
            version: &engine.version,
            own_style: "",
            skip: "Skip to the answer",
            brand: "evidence",
        },
        &html! {
            h1 { (text.title) }
            p { (full_stop(&text.about)) }
        },
        &html! {
            @if !text.withheld.is_empty() {
                p.lead { "No numbers of this plan are shown." }
                ul {
                    @for why in &text.withheld { li { (full_stop(why)) } }
                }
            }
            @for line in &text.said { p { (full_stop(line)) } }
            @if let Some(table) = &text.table { (text_table(table, false)) }
            @for note in &text.notes { p.quiet { (note) } }
        },
        &html! {
            p { (needlework::verdict::INTENDED_USE) }
        },
    )
}

/// One quantity; what is nothing beside the quantity itself is shown as nothing, not with an exponent.
fn row(change: &Change) -> Vec<String> {
    let size = [&change.before, &change.after].map(|range| range.high.abs());
    let least = size.into_iter().fold(0.0, f64::max) * NOTHING;
    let shown = |range: &Range| {
        let [mean, low, high] = [range.mean, range.low, range.high].map(|value| {
            if value.abs() <= least {
                "0".to_owned()
            } else {
                short(value)
            }
        });
        format!("{mean} ({low} to {high})")
    };
    vec![
        change.what.clone(),
        shown(&change.before),
        shown(&change.after),
        shown(&change.difference),
    ]
}

/// What a quantity may move by rounding, as a share of itself.
const NOTHING: f64 = 1e-9;

/// Whether a quantity did not move beyond rounding.
fn still(change: &Change) -> bool {
    [change.difference.mean, change.difference.low, change.difference.high]
        .iter()
        .all(|value| value.abs() <= NOTHING * (1.0 + change.before.mean.abs()))
}

/// Three significant places, without an exponent where one can do without.
fn short(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (0.001..100_000.0).contains(&size) {
        let digits = match size {
            0.0 => 0,
            99.95.. => 0,
            0.995.. => 1,
            0.0995.. => 2,
            _ => 3,
        };
        format!("{value:.digits$}")
    } else {
        format!("{value:.2e}")
    }
}
