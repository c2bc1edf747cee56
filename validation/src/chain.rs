//! The first chain against whole studies: for each target of `evidence/targets/first_chain.toml` the prediction for a
//! study of its size with the 5–95 % predictive interval, and whether the interval covers the published value.

use std::fmt::Write as _;

use needlework::case;
use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{self, Comparison, Extent, Inquiry, Library, Reading};

use crate::context::CASES;

/// Every target of the first chain beside what is computed, study by study.
///
/// # Errors
/// What cannot be read or computed, in words.
pub fn compare(library: &Library, settings: &Settings) -> Result<Vec<Comparison>, String> {
    let inquiry = Inquiry {
        settings: *settings,
        reading: Reading::Research,
        // What was fitted is no test, so that all are compared as if nothing had been.
        posterior: None,
        ..Inquiry::new(library)
    };
    let mut rows = Vec::new();
    for (name, text) in CASES {
        let case = case::read(text, name, &library.catalog).map_err(|problems| problems.to_string())?;
        // A case of a study without targets has nothing to compare.
        let study = case.about.study.known();
        if !library.targets.iter().any(|target| study == Some(&target.study)) {
            continue;
        }
        // Colours, and what a forecast hangs on, are compared with nothing here and would take longer than all the
        // rest.
        let judged = verdict::judge_to(Extent::Plain, &case, &inquiry, &mut unwatched);
        rows.extend(judged.map_err(|error| error.to_string())?.report.against_published);
    }
    Ok(rows)
}

/// The table as Markdown.
#[must_use]
pub fn table(rows: &[Comparison]) -> String {
    let mut text = String::from(
        "| study | outcome | published | predicted | 5–95 % | covers it? | use |\n|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {:.3} | {:.3} | {:.3} to {:.3} | {} | {} |",
            row.study,
            row.outcome,
            row.published,
            row.predicted.mean,
            row.predicted.low,
            row.predicted.high,
            match (row.covers, &row.read_back) {
                (true, None) => "yes",
                (true, Some(_)) => "yes, read back",
                (false, _) => "no",
            },
            row.used,
        );
    }
    text
}
