//! Predictions against published measurements, and the proofs of the numerics.
//!
//! Every case of the evidence's tables of targets is declared once in `targets/`, with what it may be used for and
//! either what computes it or what is missing. A row compares the published value with what the engine computes and its
//! 5–95 % interval over what is not known; the pass mark was written down before the engine's figure was looked at.
//! Nothing here fits anything that the engine then uses. Misses stay in the table, and what cannot be computed never
//! counts as a pass. Nor does what agrees because the study stands in an input: it is read back. [`forecasts()`] scores
//! what the engine says of whole studies beside what others would say who know nothing of needles. [`proofs`] gathers
//! what each room recomputes on the spot of what it must give by mathematics.

pub mod blind;
pub mod chain;
pub mod clock;
pub mod closure;
pub mod compute;
pub mod context;
pub mod creams;
pub mod device;
pub mod forecast;
pub mod forecast_page;
pub mod forecasts;
pub mod germs;
mod hosts;
mod kept;
pub mod needle;
pub mod outcomes;
pub mod proofs;
pub mod result;
pub mod rivals;
pub mod safety;
pub mod skin;
pub mod suspension;
pub mod target;
mod typical;

use needlework::cohort::Settings;
use needlework::verdict::{Comparison, Library};

pub use chain::{compare, table};
pub use context::{COMMITTED, Context};
pub use forecasts::{Forecasted, forecasts};
pub use proofs::prove;
pub use result::{Found, Row, Status, Summary, markdown};
pub use target::{FILES, RoomTarget, Use};

/// Every declared target on its page, compared.
///
/// # Errors
/// What cannot be read or computed, in words.
pub fn validate(library: &Library, settings: &Settings, chain: &[Comparison]) -> Result<Vec<Row>, String> {
    let context = Context::new(library, settings)?;
    let mut rows = Vec::new();
    for (page, text) in FILES {
        for target in target::read(page, text)? {
            for output in &target.output {
                let found = output
                    .by
                    .as_deref()
                    .map(|by| compute::compute(by, &target, &context, chain))
                    .transpose()
                    .map_err(|why| format!("{page} {}: {why}", target.id))?;
                let published = output
                    .published
                    .as_ref()
                    .map(|published| published.number(&library.book))
                    .transpose()
                    .map_err(|why| format!("{page} {}: {why}", target.id))?;
                rows.push(result::row(page, &target, output, published, found)?);
            }
        }
    }
    Ok(rows)
}

/// Titles of the pages of targets.
const TITLES: [(&str, &str); 4] = [
    ("device", "Targets of needles and skin"),
    ("safety", "Targets of infection and safety"),
    ("outcomes", "Targets of trials and histology"),
    ("creams", "Targets of molecules through channels"),
];

/// The committed pages of targets: name of the file and its text.
#[must_use]
pub fn pages(rows: &[Row], chain: &[Comparison], forecasts: &[Forecasted]) -> Vec<(String, String)> {
    let mut pages = vec![
        ("first_chain.md".to_owned(), table(chain)),
        ("forecasts.md".to_owned(), forecast_page::markdown(forecasts)),
    ];
    for (page, title) in TITLES {
        let own: Vec<Row> = rows.iter().filter(|row| row.page == page).cloned().collect();
        pages.push((format!("{page}.md"), markdown(title, &own)));
    }
    pages
}
