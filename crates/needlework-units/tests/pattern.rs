//! The pattern in the schema of a quantity takes exactly what is read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use needlework_units::{
    Angle, Area, BodyMassIndex, Canonical, Dimension, Force, Length, Money, Rate, Ratio, Time, UnitError, spellings,
};
use proptest::prelude::*;
use proptest::string::string_regex;
use schemars::{JsonSchema, SchemaGenerator};

/// The pattern of a quantity, without its anchors, so that texts can be made of it.
fn pattern<T: JsonSchema>() -> String {
    let schema = T::json_schema(&mut SchemaGenerator::default());
    let pattern = schema.get("pattern").unwrap().as_str().unwrap().to_owned();
    assert!(pattern.starts_with('^') && pattern.ends_with('$'), "{pattern}");
    pattern[1..pattern.len() - 1].to_owned()
}

/// Makes texts of the pattern and reads them; a failure shows the text.
fn all_are_read<T: JsonSchema + std::fmt::Debug>(read: fn(&str) -> Result<T, UnitError>) {
    let texts = string_regex(&pattern::<T>()).unwrap();
    let config = ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&texts, |text| {
        prop_assert!(read(&text).is_ok(), "{text:?}: {:?}", read(&text));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_text_of_the_pattern_is_read() {
    all_are_read(Length::parse);
    all_are_read(Area::parse);
    all_are_read(Time::parse);
    all_are_read(Force::parse);
    all_are_read(Rate::parse);
    all_are_read(Angle::parse);
    all_are_read(BodyMassIndex::parse);
    all_are_read(Ratio::parse);
    all_are_read(Money::parse);
}

/// Every text that is read is taken by the pattern, and every text that is not read is not.
fn agrees<T: JsonSchema + Canonical>(read: fn(&str) -> Result<T, UnitError>) {
    let pattern = pattern::<T>();
    let regex = regex_lite::Regex::new(&format!("^(?:{pattern})$")).unwrap();
    let numbers = [
        "1.5",
        "1",
        ".5",
        "5.",
        "0",
        "1e3",
        "1e-3",
        "1E+2",
        "+2",
        "-1",
        "−1",
        "１．５",
        "1.2.3",
        "1,5",
        "1 5",
        "1e999",
        "1e",
        "e5",
        "",
        ".",
        "--1",
        "1-2",
        "NaN",
        "inf",
        "infinity",
        "0x10",
        "1_000",
        "00.10",
        "1e+",
        "½",
    ];
    let agree = |text: &str| assert_eq!(read(text).is_ok(), regex.is_match(text), "{text:?}");
    let strange = ["", "furlong", "Mm", "mPa", "mm mm", "mm.", "MONTHs", "$", "^", "."];
    for unit in spellings(T::DIMENSION).into_iter().chain(strange) {
        for number in numbers {
            for gap in ["", "\u{202f} ", "\u{200b}"] {
                agree(&format!("{number}{gap}{unit}"));
            }
        }
    }
    let of_all = [
        Dimension::Length,
        Dimension::Time,
        Dimension::Area,
        Dimension::Angle,
        Dimension::Money,
        Dimension::Ratio,
        Dimension::Rate,
    ];
    for unit in of_all.into_iter().flat_map(spellings) {
        agree(&format!("1.5 {unit}"));
    }
}

#[test]
fn what_is_read_is_what_the_pattern_takes_over_all_units() {
    agrees(Length::parse);
    agrees(Area::parse);
    agrees(Time::parse);
    agrees(Angle::parse);
    agrees(Ratio::parse);
    agrees(Money::parse);
    agrees(Rate::parse);
    agrees(BodyMassIndex::parse);
    agrees(Force::parse);
}
