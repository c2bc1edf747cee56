//! The sources that a comparison leans on: of the rules that fired, and of the published arms.

use std::collections::BTreeSet;

use needlework_verdict::{Library, SourceLine, source_line};

use crate::side_by_side::SideBySide;

/// The sources of a comparison, by key: of the rules that fired and of the published arms.
pub(crate) fn of_comparison(comparison: &SideBySide, library: &Library) -> Vec<SourceLine> {
    let rules = comparison.alternatives.iter().flat_map(|one| &one.verdict.rules);
    let mut keys: BTreeSet<&str> = rules.flat_map(|rule| rule.source.iter().map(String::as_str)).collect();
    keys.extend(comparison.published.iter().map(|outcome| outcome.study.as_str()));
    keys.into_iter().filter_map(|key| source_line(key, library)).collect()
}
