//! The sections of the page, in the order in which they are read.
//!
//! A section turns one part of the report into markup, or into nothing where the report carries nothing for it. Only
//! the verdict is always there. In the lay reading of a stopped plan every section with a simulated number stays away,
//! and somebody in a crisis sees no section at all. What can go wrong stands before the pictures of needles and
//! colours.

mod about;
mod colours;
mod expected;
mod harms;
mod needles;
mod reasons;
mod research;
pub(crate) mod verdict;

pub(crate) use about::address;

use maud::{Markup, html};

pub(crate) use crate::style::scrolling;

use crate::model::Report;
use crate::words::shows_numbers;

/// A section of the page.
pub(crate) struct Section {
    /// Its id, for links.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) title: &'static str,
    /// What stands below the heading.
    pub(crate) body: Markup,
}

/// Every section after the verdict, in reading order.
pub(crate) fn sections(report: &Report) -> Vec<Section> {
    if report.verdict.distress {
        return Vec::new();
    }
    let numbers = shows_numbers(report);
    let simulated = |section: fn(&Report) -> Option<Section>| if numbers { section(report) } else { None };
    [
        reasons::reasons(report),
        reasons::unchecked(report),
        simulated(expected::expected),
        simulated(harms::risks),
        simulated(harms::burden),
        simulated(needles::needles),
        simulated(colours::colours),
        simulated(research::drivers),
        simulated(reasons::checklist),
        simulated(research::published),
        simulated(research::rhythm),
        about::method(report),
        about::sources(report),
    ]
    .into_iter()
    .flatten()
    .collect()
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
