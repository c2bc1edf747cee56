//! Own evidence: a number of the bundle is replaced by what one has measured, and the same case is asked again.
//!
//! `cargo run --release --example 05_own_evidence` prints
//!
//! ```text
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, Library, judge};

/// The number that is replaced, and what it becomes: a median with its 5 and 95 % quantiles.
const OWN: [&str; 2] = ["skin.dermis.reference", "2.5 mm (2.2 mm to 2.8 mm)"];

/// The depth of the needles with bundled and with own evidence, and what a wrong unit is told.
pub fn text() -> Result<String, Box<dyn Error>> {
    let bundled = needlework::bundle()?;
    let [key, value] = OWN;
    let mut own = bundled.clone();
    own.book.set(key, value)?;
    let mut text = String::new();
    for (name, library) in [("bundled", &bundled), ("own", &own)] {
        let passport = library.book.passport(key).ok_or("the number is in the bundle")?;
        writeln!(text, "{name}: {key} = {}", passport.value)?;
        writeln!(text, "  {}", reached(library)?)?;
    }
    if let Err(error) = own.book.set(key, "2.5 N") {
        writeln!(text, "2.5 N: {error}")?;
    }
    Ok(text)
}

fn reached(library: &Library) -> Result<String, Box<dyn Error>> {
    let content = include_str!("../cases/clinic-abdomen-alba.toml");
    let case = needlework::case::read(content, "belly.toml", &library.catalog)?;
    let inquiry = Inquiry {
        settings: Settings {
            worlds: 20,
            ..Settings::default()
        },
        ..Inquiry::new(library)
    };
    let report = judge(&case, &inquiry, &mut unwatched)?.report;
    let puncture = report.puncture.ok_or("the plan has needles")?;
    Ok(format!("needles go {:.1} mm deep", puncture.depth_um.p50 / 1000.0))
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
