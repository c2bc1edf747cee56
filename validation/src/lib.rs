//! Predictions against published measurements: each declared target, computed for the case of its study, hit or miss.
//!
//! Nothing here fits anything. A target says what it may be used for; the table says what was published, what the engine predicts for a study
//! of that size with its 5–95 % predictive interval, and whether the interval covers the published value. Misses stay in the table.

use std::fmt::Write as _;

use needlework::case;
use needlework::cohort::Settings;
use needlework::numerics::Continue;
use needlework::verdict::{self, Comparison, Library, Reading};

/// The cases of the studies that have targets.
pub const CASES: &[(&str, &str)] = &[
    ("park-2012.toml", include_str!("../../cases/park-2012.toml")),
    ("archderm-2023.toml", include_str!("../../cases/archderm-2023.toml")),
    ("lotfi-2013.toml", include_str!("../../cases/lotfi-2013.toml")),
    (
        "kang-1996-vehicle.toml",
        include_str!("../../cases/kang-1996-vehicle.toml"),
    ),
    ("dogra-2014.toml", include_str!("../../cases/dogra-2014.toml")),
];

/// The settings of the committed table.
pub const COMMITTED: Settings = Settings {
    seed: 1,
    worlds: 400,
    people_per_world: 5,
    threads: 0,
};

/// Every declared target beside what is computed.
///
/// # Errors
/// What cannot be read or computed, in words.
pub fn compare(library: &Library, settings: &Settings) -> Result<Vec<Comparison>, String> {
    let engine = needlework::engine("validation");
    let mut rows = Vec::new();
    for (name, text) in CASES {
        let case = case::read(text, name, &library.catalog).map_err(|problems| problems.to_string())?;
        let judged = verdict::judge(&case, library, &engine, settings, Reading::Research, &mut |_| {
            Continue::Yes
        });
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
            if row.hit { "yes" } else { "no" },
            row.used,
        );
    }
    text
}
