//! Two plans and doing nothing side by side, on the same virtual people.
//!
//! `cargo run --release --example 02_compare` prints
//!
//! ```text
//! four sessions: 17 points better after 6 months, plausibly 5 to 34
//! one session: 5 points better after 6 months, plausibly 2 to 11
//! Doing nothing: 0 points better after 6 months, plausibly 0 to 0
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::questions::{Asked, compare};
use needlework::verdict::Inquiry;

const FOUR_SESSIONS: &str = include_str!("../cases/clinic-abdomen-alba.toml");

/// One session against four, and both against nothing.
pub fn text() -> Result<String, Box<dyn Error>> {
    let library = needlework::bundle()?;
    let one_session = FOUR_SESSIONS.replace("sessions = 4", "sessions = 1");
    let read = |text: &str| needlework::case::read(text, "belly.toml", &library.catalog);
    let asked = [
        Asked::new("four sessions", read(FOUR_SESSIONS)?),
        Asked::new("one session", read(&one_session)?),
    ];
    let inquiry = Inquiry {
        settings: Settings {
            worlds: 40,
            ..Settings::default()
        },
        ..Inquiry::new(&library)
    };
    let found = compare("a roller on the belly", &asked, &inquiry, &mut unwatched)?;
    let mut text = String::new();
    for one in &found.alternatives {
        let gain = one.expected.as_ref().map(|expected| expected.improvement);
        let (mean, low, high) = gain.map_or((0.0, 0.0, 0.0), |gain| (gain.mean, gain.low, gain.high));
        writeln!(
            text,
            "{}: {mean:.0} points better after {:.0} months, plausibly {low:.0} to {high:.0}",
            one.label,
            found.month.unwrap_or_default()
        )?;
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
