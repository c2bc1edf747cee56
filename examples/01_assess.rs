//! Is a plan safe enough to use, and will it help? A case from text to answer.
//!
//! `cargo run --release --example 01_assess` prints
//!
//! ```text
//! 1.5 mm roller on the belly in a clinic
//!   No rule stops this plan.
//!   benefit: Possible, certainty: Low
//!   little or no change: about 7 of 10 people
//! A new 1.5 mm roller at home
//!   Do not do this plan.
//!   benefit: Unknown, certainty: None
//!   no forecast
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::verdict::{Inquiry, judge};

/// The answers to two plans, in their own words.
pub fn text() -> Result<String, Box<dyn Error>> {
    let library = needlework::bundle()?;
    // 40 worlds of 5 people, so that it takes a second; `Settings::default()`, as the command line, takes 400.
    let inquiry = Inquiry {
        settings: Settings {
            worlds: 40,
            ..Settings::default()
        },
        ..Inquiry::new(&library)
    };
    let mut text = String::new();
    for (name, content) in [
        ("clinic.toml", include_str!("../cases/clinic-abdomen-alba.toml")),
        ("home.toml", include_str!("../cases/home-roller-1.5mm.toml")),
    ] {
        let case = needlework::case::read(content, name, &library.catalog)?;
        let report = judge(&case, &inquiry, &mut unwatched)?.report;
        writeln!(text, "{}", report.title)?;
        writeln!(text, "  {}", report.verdict.first.verdict.whole())?;
        writeln!(
            text,
            "  benefit: {:?}, certainty: {:?}",
            report.verdict.benefit, report.certainty
        )?;
        // A plan that a rule stops, or that nobody has tested, has no forecast for laypeople.
        match &report.forecast {
            Some(forecast) => {
                let unchanged = forecast.treated[forecast.lead].none.mean;
                writeln!(
                    text,
                    "  little or no change: about {:.0} of 10 people",
                    10.0 * unchanged
                )?;
            }
            None => writeln!(text, "  no forecast")?,
        }
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
