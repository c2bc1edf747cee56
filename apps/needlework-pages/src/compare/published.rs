//! What others published of creams, lasers and doing nothing: as printed, marked, and apart from every simulated
//! number.

use maud::{Markup, html};

use super::{about_arm, arms, as_printed, published_value};
use crate::model::{PUBLISHED_MARK, SideBySide, SourceLine};
use crate::section::{address, scrolling};
use crate::words::sentence_case;

/// The section; nothing without published arms.
pub(super) fn published(comparison: &SideBySide) -> Markup {
    if comparison.published.is_empty() {
        return html! {};
    }
    let table = html! {
        table.published {
            thead {
                tr {
                    th scope="col" { "What was measured" }
                    th scope="col" { "Result" }
                    th scope="col" { "Spread, as printed" }
                }
            }
            @for arm in arms(comparison) {
                @if let Some(first) = arm.first() {
                    tbody {
                        tr {
                            th scope="rowgroup" colspan="3" {
                                (sentence_case(&first.arm))
                                " "
                                span.stamp { (first.mark) }
                                small {
                                    (study(comparison, &first.study))
                                    @let about = about_arm(first);
                                    @if !about.is_empty() { "; " (about) }
                                }
                            }
                        }
                        @for outcome in &arm {
                            tr {
                                th scope="row" { (outcome.outcome) }
                                td { (published_value(outcome)) }
                                td { (as_printed(&outcome.spread)) }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        p {
            "What others measured, as they printed it: "
            (PUBLISHED_MARK)
            ". Their people, scales and times differ from each other and from the numbers above, so nothing here says \
                which is better."
        }
        (scrolling("Published arms", &table))
    }
}

fn study(comparison: &SideBySide, key: &str) -> Markup {
    let line: Option<&SourceLine> = comparison.sources.iter().find(|line| line.key == key);
    html! {
        @match line {
            None => (key),
            Some(line) => {
                @match address(line) {
                    Some(address) => a href=(address) rel="noopener noreferrer" { (line.title) },
                    None => (line.title),
                }
                @if line.year != 0 { ", " (line.year) }
            }
        }
    }
}
