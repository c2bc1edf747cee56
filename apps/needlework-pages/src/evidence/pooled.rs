//! What published studies say together, outcome by outcome: a picture on the page, a table in a terminal, and the same
//! sentence under both.

use maud::{Markup, html};
use needlework::questions::{PooledOutcome, PooledStudy, pooled_outcomes};
use needlework::verdict::{Library, Range};

use crate::TextTable;
use crate::chart::{ForestRow, Mark, forest};
use crate::numbers::number;
use crate::words::full_stop;

/// The name of the mean over studies, in pictures and tables.
const TYPICAL: &str = "together";
/// The name of what a next study may find.
const NEXT: &str = "a next study";
/// The name of what is left of the mean.
const LEFT: &str = "together, without what raters over-read";

/// The lines under the studies of an outcome: name and range.
fn together(outcome: &PooledOutcome) -> Vec<(&'static str, Range)> {
    let mut lines = vec![(TYPICAL, outcome.typical), (NEXT, outcome.next)];
    lines.extend(outcome.without_over_reading.map(|left| (LEFT, left)));
    lines
}

/// A study as pictures and tables name it.
fn study_name(study: &PooledStudy) -> String {
    let mut words = study.source.clone();
    if !study.treated.is_empty() {
        words = format!("{words}, {}", study.treated);
    }
    if study.people > 0 {
        words = format!("{words}, {} people", study.people);
    }
    words
}

/// What a next study may find, and how that hangs on a belief.
fn next_sentence(outcome: &PooledOutcome) -> String {
    let to = |range: &Range| format!("{} to {}", number(range.low), number(range.high));
    format!(
        "A next study of this kind may find anything from {} {}; were studies held to differ half or twice as much, \
            from {} or from {}. Before any of them a typical one was believed to lie about {}, which pulls few studies \
            towards it.",
        to(&outcome.next),
        outcome.unit,
        to(&outcome.next_if_half),
        to(&outcome.next_if_twice),
        number(outcome.believed),
    )
}

/// Each outcome as a table and what is said under it.
#[must_use]
pub fn pooled_terminal(outcomes: &[PooledOutcome]) -> Vec<(TextTable, String)> {
    let line = |name: String, range: &Range| {
        let [mean, low, high] = [range.mean, range.low, range.high].map(number);
        vec![name, mean, format!("{low} to {high}")]
    };
    let table = |outcome: &PooledOutcome| TextTable {
        title: outcome.title.clone(),
        head: ["study", outcome.unit, "5 to 95 %"].map(str::to_owned).to_vec(),
        rows: outcome
            .studies
            .iter()
            .map(|study| line(study_name(study), &study.reported))
            .chain(
                together(outcome)
                    .into_iter()
                    .map(|(name, range)| line(name.to_owned(), &range)),
            )
            .collect(),
    };
    let said = |outcome: &PooledOutcome| [next_sentence(outcome), full_stop(&outcome.note)].join(" ");
    outcomes
        .iter()
        .map(|outcome| (table(outcome), said(outcome).trim_end().to_owned()))
        .collect()
}

/// The section of the page.
pub fn section(library: &Library) -> Markup {
    html! {
        section aria-labelledby="together" {
            h2 id="together" { "What studies say together" }
            p {
                "Published results of one outcome, pooled without any model of needles and skin. A line is what a \
                    study reported, with the chance of its own few people (5 to 95 %); a diamond is all of them \
                    together. Studies differ by more than chance, so that a next one is less known than their mean."
            }
            @for outcome in pooled_outcomes(library) { (one(&outcome)) }
        }
    }
}

fn one(outcome: &PooledOutcome) -> Markup {
    let studies = outcome.studies.iter().map(|study| ForestRow {
        label: study_name(study),
        range: study.reported,
        mark: Mark::One,
    });
    let pooled = together(outcome).into_iter().map(|(name, range)| ForestRow {
        label: name.to_owned(),
        range,
        mark: Mark::Together,
    });
    let rows: Vec<ForestRow> = studies.chain(pooled).collect();
    let id = format!(
        "pooled-{}",
        serde_json::json!(outcome.name).as_str().unwrap_or_default()
    );
    html! {
        h3 id=(id) { (outcome.title) }
        @if let Some(chart) = forest(&format!("{id}-chart"), &outcome.title, outcome.unit, (0.0, 5.0), &rows) {
            figure.single {
                (chart)
            }
        }
        p { (next_sentence(outcome)) }
        @if !outcome.note.is_empty() {
            p.quiet { (full_stop(&outcome.note)) }
        }
        p.quiet {
            "The numbers: "
            @for (place, study) in outcome.studies.iter().enumerate() {
                @if place > 0 { ", " }
                a href={ "#" (study.key) } {
                    code { (study.key) }
                }
            }
            "."
        }
    }
}
