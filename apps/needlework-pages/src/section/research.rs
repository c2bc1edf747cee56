//! For those who study it: what the answer hangs on, and published results beside what is computed.

use maud::{Markup, html};
use needlework::units::PERCENT;

use super::{Section, data, scrolling};
use crate::chart::tornado;
use crate::model::{Driver, Reading, Report};
use crate::words::{fine, number, sentence_case};

/// How many of the drivers a layperson is told.
const TOLD: usize = 5;

/// What the answer hangs on: a list in words for laypeople, bars with their errors for researchers.
pub(super) fn drivers(report: &Report) -> Option<Section> {
    let drivers = report.sensitivity.as_ref().filter(|drivers| !drivers.is_empty());
    let body = match (drivers, report.reading) {
        (None, _) => {
            let why = report.sensitivity_note.as_ref()?;
            html! {
                p.quiet { (why) }
            }
        }
        (Some(drivers), Reading::Lay) => in_words(drivers),
        (Some(drivers), Reading::Research) => in_bars(report, drivers)?,
    };
    Some(Section {
        id: "drivers",
        title: "What would change this answer most",
        body,
    })
}

fn in_words(drivers: &[Driver]) -> Markup {
    html! {
        p { "The range is wide because these things are not known. Knowing the first would narrow it most:" }
        ol.compact {
            @for driver in drivers.iter().take(TOLD) {
                li {
                    (sentence_case(&driver.label))
                    span.quiet { ": " (part(driver.share)) " of the range" }
                }
            }
        }
        p.quiet { "Most of these only research can find out; no answer of yours decides them." }
    }
}

/// A share of the spread, in words.
fn part(share: f64) -> &'static str {
    if share >= 0.3 {
        "a large part"
    } else if share >= 0.1 {
        "a fair part"
    } else {
        "a small part"
    }
}

fn in_bars(report: &Report, drivers: &[Driver]) -> Option<Markup> {
    let chart = tornado(drivers)?;
    let known = |key: &str| report.numbers.iter().any(|line| line.key == key);
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Unknown" }
                    th scope="col" { "Key" }
                    th.num scope="col" { "Share of variance, %" }
                    th.num scope="col" { "standard error" }
                }
            }
            tbody {
                @for driver in drivers {
                    tr {
                        th scope="row" { (driver.label) }
                        td {
                            @if known(&driver.parameter) {
                                a href={ "#number-" (driver.parameter) } {
                                    code { (driver.parameter) }
                                }
                            } @else {
                                code { (driver.parameter) }
                            }
                        }
                        td.num { (number(driver.share * PERCENT)) }
                        td.num { (number(driver.standard_error * PERCENT)) }
                    }
                }
            }
        }
    };
    Some(html! {
        p {
            "Each bar is the share of the answer’s spread that would go if this one thing were known. The line shows \
                two standard errors."
        }
        figure.single { (chart) }
        (data("The data of this chart", &table))
    })
}

/// Published results beside the prediction, hit or miss.
pub(super) fn published(report: &Report) -> Option<Section> {
    let wanted = report.reading == Reading::Research || report.verdict.screened_by_study;
    if report.against_published.is_empty() || !wanted {
        return None;
    }
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Study" }
                    th scope="col" { "What was measured" }
                    th.num scope="col" { "Published" }
                    th.num scope="col" { "Predicted (5–95 %)" }
                    th scope="col" { "Range covers it?" }
                    th scope="col" { "Use" }
                }
            }
            tbody {
                @for row in &report.against_published {
                    tr {
                        th scope="row" { (row.study) }
                        td { (row.outcome) }
                        td.num { (fine(row.published)) }
                        td.num {
                            (fine(row.predicted.mean))
                            " "
                            small { (fine(row.predicted.low)) " to " (fine(row.predicted.high)) }
                        }
                        td {
                            @if row.covers { "yes" } @else {
                                strong { "no" }
                            }
                            @if let Some(key) = &row.read_back {
                                " "
                                small { "no test: the study stands in " (key) }
                            }
                        }
                        td { (row.used) }
                    }
                }
            }
        }
    };
    let body = html! {
        p {
            "The prediction is of what such a study would report, its raters and their noise included; it is not what \
                a person would see."
        }
        (scrolling("Published results beside the prediction", &table))
    };
    Some(Section {
        id: "published",
        title: "Beside published results",
        body,
    })
}

/// What a circuit of scarring says of the plan's rhythm: for researchers, never advice.
pub(super) fn rhythm(report: &Report) -> Option<Section> {
    let rhythm = report.rhythm.as_ref()?;
    let body = html! {
        p {
            "In a published circuit of macrophages and myofibroblasts ("
            (rhythm.source)
            ") inflammation of up to "
            (fine(rhythm.single_days))
            " days heals when it comes once. In this plan's rhythm, "
            (rhythm.sessions)
            " sessions "
            (fine(rhythm.interval_days))
            " days apart, each may last up to "
            strong { (fine(rhythm.longest_days)) " days" }
            "; above that the circuit ends in fibrosis."
        }
        p {
            "Its parameters are of a generic tissue and were never fitted to skin or needles, and how long a session \
                inflames in its sense is not known. It is a model to think with and no advice on intervals."
        }
    };
    Some(Section {
        id: "rhythm",
        title: "Rhythm and scarring, in a model",
        body,
    })
}
