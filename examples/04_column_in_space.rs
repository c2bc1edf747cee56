//! A column of healing tissue: mean collagen of the mark's dermis through four sessions and the months after.
//!
//! `cargo run --release --example 04_column_in_space` prints
//!
//! ```text
//! day 0: collagen 0.62 of normal; 0.000 of normal is young
//! day 91: collagen 0.69 of normal; 0.060 of normal is young
//! day 183: collagen 0.72 of normal; 0.053 of normal is young
//! day 274: collagen 0.71 of normal; 0.032 of normal is young
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::{Question, middle_field};
use needlework::course::FieldRequest;
use needlework::healing::field::Reached;
use needlework::healing::{Fidelity, Field, RemodellingHypothesis};
use needlework::numerics::unwatched;
use needlework::units::Time;

/// Mean collagen of the mark over normal, every three months, if gains last.
pub fn text() -> Result<String, Box<dyn Error>> {
    let library = needlework::bundle()?;
    let content = include_str!("../cases/clinic-abdomen-alba.toml");
    let case = needlework::case::read(content, "belly.toml", &library.catalog)?;
    let question = Question::new(&case, &library.catalog, &library.book);
    let moments = [0.0, 3.0, 6.0, 9.0].map(Time::from_months).to_vec();
    let request = FieldRequest::usual(Fidelity::Column, moments);
    let mut column = Field::new(
        middle_field(&question, RemodellingHypothesis::Persistence, &request)?,
        // One thread; the bytes do not depend on it.
        1,
    )?;
    let mut text = String::new();
    // Ends: after the last moment the engine says that the end is reached.
    while let Reached::Moment(_) = column.advance(&mut unwatched)? {
        let means = column.means();
        writeln!(
            text,
            "day {:.0}: collagen {:.2} of normal; {:.3} of normal is young",
            means.day,
            means.collagen(),
            means.immature_collagen
        )?;
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
