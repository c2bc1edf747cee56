//! Alternatives as a part of another page, for somebody who moves a choice and watches: what the rules say of each, of
//! how many people it is said what they see, and what the choice changes for the same people.

use maud::{Markup, html};

use super::html::{points_cell, share_cell};
use super::letter::letter;
use super::{shows, statement, why_hidden};
use crate::model::{Alternative, COURSES, Range, SideBySide};
use crate::section::scrolling;
use crate::words::{NOTHING, full_stop, grouped, months, people_of, risk_range, sentence_case};

/// The part, with nothing around it.
#[must_use]
pub fn beside_html(comparison: &SideBySide) -> String {
    let told: Vec<&Alternative> = comparison
        .alternatives
        .iter()
        .filter(|one| shows(comparison, one) && one.expected.is_some())
        .collect();
    let stopped = comparison
        .alternatives
        .iter()
        .filter(|one| why_hidden(comparison, one).is_some());
    let part = html! {
        @for one in stopped {
            div.card.refused {
                p { strong { (letter(one)) (one.label) } }
                p { (statement(one)) }
                @for rule in super::stopping(one) {
                    p { (full_stop(&rule.reason)) }
                }
            }
        }
        @if let Some(month) = comparison.month.filter(|_| !told.is_empty()) {
            p {
                (sentence_case(&months(month)))
                " after the first session, from "
                (grouped(comparison.people as f64))
                " virtual people who go through each. Nothing is ranked."
            }
            (scrolling("Choices side by side", &table(comparison, &told)))
        }
    };
    part.into_string()
}

fn table(comparison: &SideBySide, told: &[&Alternative]) -> Markup {
    html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { "Choice" }
                    th scope="col" { "What the rules say" }
                    th.num scope="col" { "see little or no change, of 100" }
                    th.num scope="col" { "points more than doing nothing" }
                    th.num scope="col" { "points more than the first choice" }
                    th.num scope="col" { "dark marks, of 1,000 courses" }
                }
            }
            tbody {
                @for one in told {
                    tr class=[one.nothing.then_some("untreated-row")] {
                        th scope="row" { (letter(one)) (one.label) }
                        td { (statement(one)) }
                        @match &one.expected {
                            Some(expected) => (share_cell(expected.outcome.none.mean)),
                            None => td.num { (NOTHING) },
                        }
                        (difference(one.against_nothing.as_ref().map(|found| found.at_month.points)))
                        (difference(one.against_first.as_ref().map(|found| found.at_month.points)))
                        (dark_marks(comparison, one))
                    }
                }
            }
        }
    }
}

fn difference(points: Option<Range>) -> Markup {
    match points {
        Some(points) => points_cell(&points),
        None => html! { td.num { (NOTHING) } },
    }
}

fn dark_marks(comparison: &SideBySide, one: &Alternative) -> Markup {
    let risk = one
        .risks
        .iter()
        .find(|risk| risk.name == "dark_marks" && shows(comparison, one));
    let Some(risk) = risk else {
        return html! { td.num { (NOTHING) } };
    };
    html! {
        td.num {
            @match risk.per_1000.mean {
                Some(mean) => (people_of(mean / COURSES, COURSES)),
                None => (NOTHING),
            }
            small { (risk_range(risk)) }
        }
    }
}
