//! What sections are made of: a heading with its text, a table to open, what stops a plan, the stamp of a simulated
//! picture, a list.

use maud::{Markup, html};
use needlework::rules::WHAT_STOPS;

use crate::model::Report;
use crate::style::scrolling;

/// A section of the page.
pub(crate) struct Section {
    /// Its id, for links.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: &'static str,
    /// What stands below the heading.
    pub(crate) body: Markup,
}

/// A table that a reader may open: the data behind a chart.
pub(crate) fn data(summary: &str, table: &Markup) -> Markup {
    html! {
        details.data {
            summary { (summary) }
            (scrolling(summary, table))
        }
    }
}

/// Which rules and open questions stop a plan, with a sentence on what that means for the rest; nothing for none.
pub(crate) fn what_stops(lines: &[String], means: Option<&str>) -> Markup {
    html! {
        @if !lines.is_empty() {
            section aria-labelledby="stopped" {
                h2 #stopped { (WHAT_STOPS) }
                ul {
                    @for line in lines {
                        li { (line) }
                    }
                }
                @if let Some(means) = means {
                    p { (means) }
                }
            }
        }
    }
}

/// What every simulated picture carries: that it is one, and the verdict.
pub(crate) fn stamped(report: &Report) -> Markup {
    html! {
        p.stamp { (crate::words::stamp(report)) }
    }
}

/// Sentences as a list; nothing for none.
pub(crate) fn list<T: std::fmt::Display>(items: &[T]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul {
                @for item in items {
                    li { (crate::words::full_stop(&item.to_string())) }
                }
            }
        }
    }
}
