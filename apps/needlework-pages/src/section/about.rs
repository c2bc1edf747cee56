//! Method, limits, the case as it was read, and sources.

use maud::{Markup, html};
use serde_json::Value;

use super::{Section, data, scrolling};
use crate::model::{PRIOR, Reading, Report, SourceLine};
use crate::numbers::written_out;
use crate::words::{grouped, shows_numbers, source_name};

/// How it was computed and what it cannot say.
pub(super) fn method(report: &Report) -> Option<Section> {
    let numbers = shows_numbers(report);
    let simulated = numbers && report.worlds > 0;
    let engine = &report.engine;
    let body = html! {
        p { "Rules are read first: each is a sentence with its source. They know only what the case says." }
        @if simulated {
            p {
                "The numbers come from a simulation of the whole chain, from the needle through the skin to months of \
                    healing, of "
                (grouped(report.people as f64))
                " virtual people"
                @if report.forecast.is_some() { ", each also left untreated" }
                ". They were drawn in "
                (grouped(report.worlds as f64))
                " groups; each group assumes other values for what nobody has measured. Ranges are 5–95 % over the \
                    groups: they hold what is assumed not to be known, and nothing that nobody thought of."
            }
            @if report.forecast.is_some() {
                p {
                    "The words likely, possible and unlikely are ours: likely needs more than half of people to gain \
                        25 points over doing nothing, at the low end of the range, and a controlled, blinded trial; \
                        unlikely means that fewer than a quarter do, at the high end."
                }
            }
        }
        p.quiet {
            "Needlework "
            (engine.version)
            @if !engine.commit.is_empty() {
                ", commit "
                code { (engine.commit) }
            }
            @if numbers {
                ", parameters: "
                (engine.posterior)
                @if simulated { ", seed " (report.seed) }
            }
            ". Format "
            code { (report.format) }
            "."
        }
        @if simulated { (model_card(report)) }
        (case(report))
    };
    Some(Section {
        id: "method",
        title: "Method and limits",
        body,
    })
}

/// What the model is, was made for and cannot do, in brief.
fn model_card(report: &Report) -> Markup {
    let fitted = if report.engine.posterior == PRIOR {
        "The gain: to nothing. Rates of dark marks and of infections in clinics: to the pooled counts of studies. \
            Every other number is a published measurement or a stated assumption; where nobody has measured, the range \
            is wide."
    } else {
        "Worlds are weighed by the ratings and biopsies of a few open studies in which nobody was left untreated; the \
            sentence above the answer says how little or much that changed. Dark marks, infections and the thickening \
            of the epidermis stand in the priors already, so that their studies weigh nothing. Every other number is a \
            published measurement or a stated assumption."
    };
    let rows = [
        (
            "Made for",
            "Research and education: what the evidence allows to be expected of a needling plan.",
        ),
        (
            "Not for",
            "Deciding about a treatment, diagnosing, dosing; other people, marks or devices than the case says.",
        ),
        ("Fitted to", fitted),
        (
            "Checked on",
            "Published trial arms that were not fitted; hits and misses are printed with the cases of those studies.",
        ),
        (
            "Weakest link",
            "How much a micro-wound does for its size. Nobody has measured it, and much of the range comes from it.",
        ),
        (
            "Left out",
            "What nobody thought of; single bad needles and hands; how marks feel; creams and lasers, which are not \
                simulated.",
        ),
    ];
    html! {
        h3 { "Model card, in brief" }
        dl.card-list {
            @for (name, text) in rows {
                div {
                    dt { (name) }
                    dd { (text) }
                }
            }
        }
    }
}

/// The case as read, one line per answer.
fn case(report: &Report) -> Markup {
    let mut lines = Vec::new();
    flatten("", &report.case, &mut lines);
    html! {
        @if !lines.is_empty() {
            details.data {
                summary { "The case as it was read" }
                (scrolling(
                    "The case as it was read",
                    &html! {
                        table { thead { tr { th scope = "col" { "Field" } th scope =
                        "col" { "Answer" } } } tbody { @ for (field, answer) in &
                        lines { tr { th scope = "row" { (field) } td { (answer) } } }
                        } }
                    },
                ))
            }
        }
    }
}

/// Nested values as lines of path and answer.
fn flatten(path: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path} · {name}")
        }
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, inner)| flatten(&below(&name.replace('_', " ")), inner, lines)),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            lines.push((path.to_owned(), items.iter().map(plain).collect::<Vec<_>>().join(", ")));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, inner)| flatten(&below(&format!("{}", at + 1)), inner, lines));
        }
        other => lines.push((path.to_owned(), plain(other))),
    }
}

/// A single answer without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        other => other.to_string(),
    }
}

/// The list of sources.
pub(super) fn sources(report: &Report) -> Option<Section> {
    if report.sources.is_empty() {
        return None;
    }
    let body = html! {
        p.quiet {
            "What the rules, the reach and the main unknowns lean on."
            @if shows_numbers(report) && !report.numbers.is_empty() {
                " Every number of the model has its passport: on the screen in the fold below, for machines in \
                    report.json."
            }
        }
        ol.sources {
            @for line in &report.sources {
                li {
                    @match address(line) {
                        Some(address) => a href=(address) rel="noopener noreferrer" { (source_name(line)) },
                        None => (source_name(line)),
                    }
                    @if report.reading == Reading::Research {
                        " "
                        code { (line.key) }
                    }
                    @if let Some(link) = &line.link {
                        span.print-only { " " (link) }
                    }
                }
            }
        }
        @if shows_numbers(report) && !report.numbers.is_empty() {
            (data(
                "Every number behind this answer, with its passport",
                &numbers(report),
            ))
        }
    };
    Some(Section {
        id: "sources",
        title: "Sources",
        body,
    })
}

/// Every number with its passport in brief.
fn numbers(report: &Report) -> Markup {
    html! {
        table.numbers {
            caption.quiet {
                "The command "
                code { "needlework evidence KEY" }
                " shows the whole passport of a key. “Assumed” is our own judgement."
            }
            thead {
                tr {
                    th scope="col" { "Number" }
                    th scope="col" { "Value" }
                    th scope="col" { "Spread" }
                    th scope="col" { "Seen in" }
                    th scope="col" { "Source" }
                }
            }
            tbody {
                @for line in &report.numbers {
                    tr id={ "number-" (line.key) } {
                        th scope="row" {
                            @if !line.label.is_empty() {
                                (line.label)
                                br;
                            }
                            code { (line.key) }
                        }
                        td { (written_out(&line.value)) }
                        td { (written_out(&line.spread)) }
                        td { (line.seen) }
                        td {
                            @match address(&line.source) {
                                Some(address) => a href=(address) rel="noopener noreferrer" {
                                    (source_name(&line.source))
                                },
                                None => (source_name(&line.source)),
                            }
                        }
                    }
                }
            }
        }
    }
}

/// An address that may stand in a link: a DOI or a web page; nothing else.
pub(crate) fn address(line: &SourceLine) -> Option<String> {
    let link = line.link.as_deref()?.trim();
    let bare = link.strip_prefix("doi:").unwrap_or(link).trim();
    if bare.starts_with("10.") && bare.contains('/') {
        Some(format!("https://doi.org/{bare}"))
    } else if link.starts_with("https://") || link.starts_with("http://") {
        Some(link.to_owned())
    } else {
        None
    }
}
