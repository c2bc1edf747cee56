//! For those who study it: what the answer hangs on, and published results beside what is computed.

use maud::html;

use super::{Section, data, scrolling};
use crate::chart::tornado;
use crate::model::{Reading, Report};
use crate::words::{fine, number};

/// The drivers of the answer; research reading only.
pub(super) fn drivers(report: &Report) -> Option<Section> {
    let drivers = report
        .sensitivity
        .as_ref()
        .filter(|drivers| !drivers.is_empty() && report.reading == Reading::Research)?;
    let chart = tornado(drivers)?;
    let table = html! {
        table {
            thead { tr { th scope="col" { "Unknown" } th scope="col" { "Key" } th.num scope="col" { "Share of variance, %" } th.num scope="col" { "standard error" } } }
            tbody {
                @for driver in drivers {
                    tr {
                        th scope="row" { (driver.label) } td { code { (driver.parameter) } }
                        td.num { (number(driver.share * 100.0)) } td.num { (number(driver.standard_error * 100.0)) }
                    }
                }
            }
        }
    };
    let body = html! {
        p { "Each bar is the share of the answer’s spread that would go if this one thing were known. The line shows two standard errors." }
        figure.single { (chart) }
        (data("The data of this chart", &table))
    };
    Some(Section {
        id: "drivers",
        title: "What would change this answer most",
        body,
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
            thead { tr {
                th scope="col" { "Study" } th scope="col" { "What was measured" } th.num scope="col" { "Published" }
                th.num scope="col" { "Predicted (5–95 %)" } th scope="col" { "Range covers it?" } th scope="col" { "Use" }
            } }
            tbody {
                @for row in &report.against_published {
                    tr {
                        th scope="row" { (row.study) } td { (row.outcome) } td.num { (fine(row.published)) }
                        td.num { (fine(row.predicted.mean)) " " small { (fine(row.predicted.low)) " to " (fine(row.predicted.high)) } }
                        td { @if row.hit { "yes" } @else { strong { "no" } } } td { (row.used) }
                    }
                }
            }
        }
    };
    let body = html! {
        p { "The prediction is of what such a study would report, its raters and their noise included; it is not what a person would see." }
        (scrolling("Published results beside the prediction", &table))
    };
    Some(Section {
        id: "published",
        title: "Beside published results",
        body,
    })
}
