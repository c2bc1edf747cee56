//! The sources that an answer leans on: of the rules that fired, the reach, the published comparisons and the numbers
//! that drive it.

use std::collections::BTreeSet;

use crate::library::Library;
use crate::report::{Report, SourceLine};

/// The sources of a report, by key; those of the reach only where something was simulated.
pub(crate) fn of(report: &Report, library: &Library, simulated: bool) -> Vec<SourceLine> {
    let mut keys: BTreeSet<String> = report
        .verdict
        .rules
        .iter()
        .flat_map(|rule| rule.source.iter().cloned())
        .collect();
    if simulated {
        keys.extend(library.reach.basis().map(str::to_owned));
    }
    keys.extend(
        report
            .against_published
            .iter()
            .map(|comparison| comparison.study.clone()),
    );
    keys.extend(report.rhythm.iter().map(|rhythm| rhythm.source.clone()));
    let drivers = report.sensitivity.iter().flatten();
    keys.extend(drivers.filter_map(|driver| Some(library.book.passport(&driver.parameter)?.source.clone())));
    keys.extend(report.checklist.iter().flat_map(|item| item.because.iter().cloned()));
    keys.into_iter().filter_map(|key| line(&key, library)).collect()
}

/// A source of the evidence by its key.
#[must_use]
pub fn line(key: &str, library: &Library) -> Option<SourceLine> {
    let source = library.book.source(key)?;
    let link = source
        .doi
        .as_ref()
        .map(|doi| format!("https://doi.org/{doi}"))
        .or_else(|| source.url.clone());
    Some(SourceLine {
        key: key.to_owned(),
        title: source.title.clone(),
        year: source.year,
        link,
    })
}
