//! One room alone: how deep does a 1.5 mm roller go, in thin and in thick skin? Nothing else of the chain runs.
//!
//! `cargo run --release --example 03_one_room_alone` prints
//!
//! ```text
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

/// Layers of two sites, and the depth of the typical needle in each.
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
    let roller = Device::of(Kind::Roller, Length::from_mm(1.5));
    let mut text = String::new();
    for dermis_ratio in [0.6, 1.0] {
        let site = Site {
            dermis_ratio,
            ..Site::REFERENCE
        };
        let skin = skin::layer(&body, &site, &numbers.skin);
        let tissue = stria::form(&mark, &skin, &numbers.stria, &stria::PersonDraws::default(), 8);
        let contact = press(
            &roller,
            &Hand::of(4.0),
            &skin,
            &tissue,
            &numbers.puncture,
            &puncture::PersonDraws::default(),
            &normal_strata(8),
        );
        writeln!(
            text,
            "dermis {:.1} mm: the typical needle goes {:.1} mm deep",
            skin.dermis.mm(),
            contact.typical_mm
        )?;
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", text()?);
    Ok(())
}
