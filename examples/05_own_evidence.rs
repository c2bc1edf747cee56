//! Own evidence: a number of the bundle is replaced by what one has measured, and the same case is asked again. A bare
//! number is taken as known and drawn no more; `10 (4 to 25)` would keep a range.
//!
//! `cargo run --release --example 05_own_evidence` prints
//!
//! ```text
//! bundled: healing.amplification = 5 ratio
//!   little or no change: about 83 of 100 people
//! own: healing.amplification = 10 ratio
//!   little or no change: about 76 of 100 people
//! 2.5 N: value of healing.amplification: 2.5 N is not a pure number, as 10 ratio is
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Library, judge};

/// The number that is replaced, and what it becomes: how much more a micro-wound does than its share of a large wound
/// (1: no more).
const OWN: [&str; 2] = ["healing.amplification", "10"];

/// The answer with bundled and with own evidence, and what a wrong unit is told.
pub fn text() -> Result<String, Box<dyn Error>> {
    let bundled = needlework::bundle()?;
    let [key, value] = OWN;
    let mut own = bundled.clone();
    own.book.set(key, value)?;
    let mut text = String::new();
    for (name, library) in [("bundled", &bundled), ("own", &own)] {
        let passport = library.book.passport(key).ok_or("the number is in the bundle")?;
        writeln!(text, "{name}: {key} = {}", passport.value)?;
        let unchanged = little_or_no_change(library)?;
        writeln!(
            text,
            "  little or no change: about {:.0} of 100 people",
            100.0 * unchanged
        )?;
    }
    if let Err(error) = own.book.set(key, "2.5 N") {
        writeln!(text, "2.5 N: {error}")?;
    }
    Ok(text)
}

fn little_or_no_change(library: &Library) -> Result<f64, Box<dyn Error>> {
    let content = include_str!("../cases/clinic-abdomen-alba.toml");
    let case = needlework::case::read(content, "belly.toml", &library.catalog)?;
    let inquiry = Inquiry {
        settings: Settings {
            worlds: 20,
            ..Settings::default()
        },
        // Draws by published results belong to the bundled numbers; both answers need the same worlds.
        posterior: None,
        ..Inquiry::new(library)
    };
    let report = judge(&case, &inquiry, &mut unwatched)?.report;
    let forecast = report.forecast.ok_or("no rule stops this plan, so it has a forecast")?;
    Ok(forecast.treated[forecast.lead].none.mean)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
