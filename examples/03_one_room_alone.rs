//! The puncture alone: how deep do rollers of three lengths go? Skin and mark are made first, since the needles meet
//! them; nothing heals, and there is one person.
//!
//! `cargo run --release --example 03_one_room_alone` prints
//!
//! ```text
//! the dermis beside the mark is 2.0 mm thick
//! needles of 0.5 mm go 0.4 mm deep
//! needles of 1.5 mm go 1.3 mm deep
//! needles of 2.5 mm go 2.2 mm deep
//! ```
#![allow(clippy::print_stdout, reason = "a program shows what it found")]

use std::error::Error;
use std::fmt::Write;

use needlework::cohort::middle_world;
use needlework::numerics::normal_strata;
use needlework::puncture::{self, Device, Hand, Kind, press};
use needlework::skin::{self, Body, Sex, Site};
use needlework::stria::{self, Mark, Stage};
use needlework::units::{BodyMassIndex, Length, Time};

/// The dermis of one person, and the depth of the typical needle of each roller.
pub fn text() -> Result<String, Box<dyn Error>> {
    let library = needlework::bundle()?;
    // A room takes its numbers as an argument; here each stands at its median.
    let numbers = middle_world(&library.book)?.parameters;
    let body = Body {
        age: Time::from_years(28.0),
        sex: Sex::Female,
        bmi: BodyMassIndex::from_kg_per_m2(23.0),
    };
    let mark = Mark {
        stage: Stage::Alba,
        age: Time::from_years(5.0),
        measured_dermis: None,
    };
    let skin = skin::layer(&body, &Site::REFERENCE, &numbers.skin);
    // The tissue of the mark in eight cells of depth.
    let tissue = stria::form(&mark, &skin, &numbers.stria, &stria::PersonDraws::default(), 8);
    let mut text = format!("the dermis beside the mark is {:.1} mm thick\n", skin.dermis.mm());
    for length in [0.5, 1.5, 2.5].map(Length::from_mm) {
        let contact = press(
            &Device::of(Kind::Roller, length),
            // Four passes with the usual force.
            &Hand::of(4.0),
            &skin,
            &tissue,
            &numbers.puncture,
            &puncture::PersonDraws::default(),
            // Eight equally likely needles of the device.
            &normal_strata(8),
        );
        writeln!(text, "needles of {length} go {:.1} mm deep", contact.typical_mm)?;
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
