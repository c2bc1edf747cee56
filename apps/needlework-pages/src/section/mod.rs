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
mod information;
mod needles;
mod part;
mod reasons;
mod research;
pub(crate) mod verdict;

pub(crate) use about::address;
pub(crate) use part::{Section, data, list, stamped, what_stops};

pub(crate) use crate::style::scrolling;

use crate::model::Report;
use crate::words::shows_numbers;

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
        simulated(information::information),
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
