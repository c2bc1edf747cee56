//! Creams as words and on a page: until when each waits, what it does, and how much passes through needle channels.
//!
//! The table and the lists of what passes are the same in a terminal and on a page. A plan that is stopped shows its
//! reasons alone. Limits: doses are an upper end, as the note says.

use maud::html;
use needlework::questions::{Amounts, CreamLine, Creams, MedianRange, Wait};
use needlework::units::HOURS_PER_DAY;

use crate::TextTable;
use crate::style::{Shell, document};
use crate::text_table::text_table;

/// What stands above the lists of what passes.
pub const CREAMS_PASSED: &str = "What passes, from one layer of a product of 1 %";

/// How the table and the lists are to be read.
pub const CREAMS_NOTE: &str = "Median (5 to 95 of 100). Doses are an upper end: the layer is taken not to dry. More of \
    a product in the skin is not more benefit. \"Passes more easily\" compares the same skin with and without channels \
    in a steady flow; \"taken up\" counts while the channels close. Molecules and skin are textbook values and \
    assumptions; against the few rolled skins that were measured, `needlework validate` shows hits and misses. This \
    lifts no rule: `needlework assess` judges the plan.";

/// What it is about, and on what it rests.
#[must_use]
pub fn creams_opening(found: &Creams) -> (String, String) {
    let air = if found.covered { "under cover" } else { "in air" };
    (
        format!("Creams on needled skin: {}", found.title),
        format!("{} people, seed {}, channels closing {air}", found.people, found.seed),
    )
}

/// What is said of a plan that is stopped.
#[must_use]
pub fn creams_stopped(found: &Creams) -> String {
    format!(
        "This plan is stopped, so nothing is said of creams on its needled skin:\n- {}\n\n`needlework assess` says \
            what to do instead. Researchers see the table with --for research.",
        found.stopped.join("\n- ")
    )
}

/// The head and the rows of the table: a row for each product.
#[must_use]
pub fn creams_table(found: &Creams) -> ([&'static str; 4], Vec<Vec<String>>) {
    let rows = found.lines.iter().map(|line| {
        vec![
            name(line),
            wait(line),
            line.harm.clone(),
            if line.forecast_note.is_empty() {
                line.forecast.clone()
            } else {
                format!("{}: {}", line.forecast, line.forecast_note)
            },
        ]
    });
    let head = [
        "product",
        "wait after the session",
        "what it does",
        "effect on forecast",
    ];
    (head, rows.collect())
}

/// What passes of each product that was computed: its name, and what is known of it with the value.
#[must_use]
pub fn creams_passed(found: &Creams) -> Vec<(String, Vec<[String; 2]>)> {
    let of_line = |line: &CreamLine| Some((name(line), passed(line.amounts.as_ref()?)));
    found.lines.iter().filter_map(of_line).collect()
}

/// The creams of a case as a complete, self-contained HTML document; `version` is that of the engine.
#[must_use]
pub fn creams_html(found: &Creams, version: &str) -> String {
    let (title, basis) = creams_opening(found);
    let (head, rows) = creams_table(found);
    let table = TextTable {
        title: "Each product on needled skin".to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows,
    };
    document(
        &Shell {
            title: &title,
            version,
            own_style: "",
            skip: "Skip to the creams",
            brand: "creams",
        },
        &html! {
            h1 { (title) }
        },
        &html! {
            @if found.lines.is_empty() {
                @for line in creams_stopped(found).lines().filter(|line| !line.is_empty()) {
                    p { (line) }
                }
            } @else {
                p.quiet { (basis) }
                (text_table(&table, true))
                section aria-labelledby="passes" {
                    h2 #passes { (CREAMS_PASSED) }
                    @for (name, fields) in creams_passed(found) {
                        h3 { (name) }
                        dl.facts {
                            @for [field, value] in fields {
                                div {
                                    dt { (field) }
                                    dd { (value) }
                                }
                            }
                        }
                    }
                    p.quiet { (CREAMS_NOTE) }
                }
            }
        },
        &html! {
            p { (needlework::verdict::INTENDED_USE) }
        },
    )
}

fn name(line: &CreamLine) -> String {
    if line.in_case {
        format!("{} (in this case)", line.label)
    } else {
        line.label.clone()
    }
}

fn wait(line: &CreamLine) -> String {
    let rules = line.rules.join(" ");
    match line.wait {
        Wait::None => "no rule stops it".to_owned(),
        Wait::Never => format!("never on needled skin ({rules})"),
        Wait::NotAProduct => "–".to_owned(),
        Wait::Hours { hours } if hours >= 72.0 => format!("{} days ({rules})", short(hours / HOURS_PER_DAY)),
        Wait::Hours { hours } => format!("{} h ({rules})", short(hours)),
    }
}

/// What passes, a line for each place.
fn passed(amounts: &Amounts) -> Vec<[String; 2]> {
    let when = if amounts.after_hours > 0.0 {
        format!("{} h after the session", short(amounts.after_hours))
    } else {
        "right after the session".to_owned()
    };
    let dose = |spread: &MedianRange| format!("{} µg/cm2", range(spread));
    [
        ("put on", when),
        ("channels open", format!("{} h more", range(&amounts.window_hours))),
        ("passes more easily", format!("{} times", range(&amounts.enhancement))),
        (
            "taken up meanwhile",
            format!("{} times what intact skin takes", range(&amounts.uptake_ratio)),
        ),
        ("horny layer", dose(&amounts.horny_layer)),
        ("living epidermis", dose(&amounts.epidermis)),
        ("dermis", dose(&amounts.dermis)),
        ("carried off", dose(&amounts.carried_off)),
    ]
    .into_iter()
    .map(|(field, text)| [field.to_owned(), text])
    .collect()
}

fn range(spread: &MedianRange) -> String {
    format!(
        "{} ({} to {})",
        short(spread.median),
        short(spread.low),
        short(spread.high)
    )
}

/// Two significant places; nothing smaller than a thousandth matters here.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        10.0.. => 0,
        1.0.. => 1,
        0.1.. => 2,
        0.001.. => 3,
        _ => {
            return if value == 0.0 {
                "0".to_owned()
            } else {
                "<0.001".to_owned()
            };
        }
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
