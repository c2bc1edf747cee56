//! Two plans and doing nothing side by side, on the same virtual people.
//!
//! `cargo run --release --example 02_compare` prints
//!
//! ```text
//! points better 6 months after the first session
//! four sessions: 18, plausibly 3 to 31
//! one session: 8, plausibly 1 to 15
//! Doing nothing: 0, plausibly 0 to 0
//! ```
//!
//! That nothing happens to a pale mark left alone is an assumption, so it has no range.
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
    let months = found.month.ok_or("nothing was forecast")?;
    let mut text = format!("points better {months:.0} months after the first session\n");
    for one in &found.alternatives {
        // A plan that a rule stops has no number; it is not zero.
        let Some(expected) = &one.expected else {
            writeln!(text, "{}: no forecast", one.label)?;
            continue;
        };
        let gain = expected.improvement;
        // Rounded to whole points; zero has one sign.
        let [mean, low, high] = [gain.mean, gain.low, gain.high].map(|points| points.round() + 0.0);
        writeln!(text, "{}: {mean}, plausibly {low} to {high}", one.label)?;
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
