//! The report as one page: a single file without scripts, that loads nothing and prints on A4.
//!
//! Order: title, verdict, contents, sections, what the software is for. All text from the case is escaped; a content
//! security policy in the page forbids every load. The page says nothing of a forecast where the report has none.

use maud::html;

use crate::chart::definitions;
use crate::model::{Reading, Report};
use crate::section::{sections, verdict::verdict};
use crate::style::{Shell, document};
use crate::words::shows_numbers;

/// The report as a complete, self-contained HTML document.
///
/// It never fails: a chart that cannot be drawn is replaced by a sentence, its data stays in the table beside it.
#[must_use]
pub fn html(report: &Report) -> String {
    let sections = sections(report);
    let simulated =
        report.forecast.is_some() || report.puncture.is_some() || report.burden.is_some() || !report.risks.is_empty();
    let banner = report.banner.as_ref().filter(|_| simulated && shows_numbers(report));
    document(
        &Shell {
            title: &report.title,
            version: &report.engine.version,
            own_style: "",
            skip: "Skip to the answer",
            brand: match report.reading {
                Reading::Lay => "report",
                Reading::Research => "research report",
            },
        },
        &html! {
            h1 { (report.title) }
        },
        &html! {
            @if shows_numbers(report) { (definitions()) }
            (verdict(report))
            @if let Some(text) = banner {
                p.banner role="note" { (text) }
            }
            @if sections.len() > 3 {
                nav aria-label="Contents" {
                    ul {
                        @for section in &sections {
                            li {
                                a href={ "#" (section.id) } { (section.title) }
                            }
                        }
                    }
                }
            }
            @for section in &sections {
                section aria-labelledby=(section.id) {
                    h2 id=(section.id) { (section.title) }
                    (section.body)
                }
            }
        },
        &html! {
            p { (report.intended_use) }
            @if let Some(text) = banner {
                p { (text) }
            }
        },
    )
}
