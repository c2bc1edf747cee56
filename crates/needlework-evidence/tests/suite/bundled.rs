//! The bundled evidence as a whole: every file in `evidence/` that holds passports or sources is read, and the rules of
//! the house are held over all of them together. The types check one passport; these tests check that the passports
//! agree with each other, with the published arms and with the files that cite their sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use needlework_evidence::{Book, BookError, Dimension, Passport, Scope, Seen, Spread, Used, parse_arms};
use needlework_units::Measure;

/// Trials whose outcomes are kept to test the finished engine.
const HELD_OUT: &[&str] = &[
    "MohamedAli2017",
    "Naspolini2019",
    "AlsterLi2020",
    "Kaur2024",
    "Alam2014",
    "StemCellNeedling2024",
    "Saki2022",
    "AbdelMotaleb2022",
];

/// What held-out trials say of harm in the open part of their abstract, and no target asks for: read with the inputs,
/// from the start.
const OPEN_HARM: &[&str] = &["reactions.dark_marks.saki2022", "infection.clinic.share.saki2022"];

/// The words of a key that name an input of a trial rather than an outcome.
const INPUTS: &[&str] = &[
    "sessions",
    "interval",
    "follow_up",
    "follow_up_after_last",
    "needle_length",
    "mean_age",
    "people",
];

/// Every TOML file of `evidence/` by name.
fn files() -> BTreeMap<String, String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../evidence");
    fs::read_dir(folder)
        .expect("the evidence folder is there")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a TOML file is text"))
        })
        .collect()
}

/// Whether a file holds passports or their sources and nothing else; rules, sites, devices and arms have other tables.
fn holds_passports(text: &str) -> bool {
    let table: toml::Table = text.parse().expect("every evidence file is TOML");
    !table.is_empty()
        && table
            .keys()
            .all(|key| ["value", "source", "conflict"].contains(&key.as_str()))
}

/// The evidence as it is committed.
fn book() -> Book {
    let files = files();
    let of_passports: Vec<(&str, &str)> = files
        .iter()
        .filter(|(_, text)| holds_passports(text))
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Book::parse(&of_passports).unwrap_or_else(|error| panic!("{error}"))
}

/// Every number that a spread carries, as written.
fn bounds(spread: &Spread) -> Vec<&str> {
    match spread {
        Spread::None | Spread::Beta { .. } | Spread::Dirichlet { .. } | Spread::Bernoulli => Vec::new(),
        Spread::Sd { value } | Spread::Se { value } | Spread::HalfNormal { sd: value } => vec![value],
        Spread::Ci95 { low, high }
        | Spread::Range { low, high }
        | Spread::LogNormal { low, high }
        | Spread::LogitNormal { low, high }
        | Spread::Normal { low, high }
        | Spread::Uniform { low, high } => vec![low, high],
    }
}

/// Whether two canonical numbers are one number printed with different roundings.
fn numbers_agree(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-3 * a.abs().max(b.abs())
}

/// Whether two uses exclude each other: what calibrates cannot validate.
fn exclude_each_other(a: Used, b: Used) -> bool {
    matches!(
        (a, b),
        (Used::Calibration, Used::Validation) | (Used::Validation, Used::Calibration)
    )
}

#[test]
fn the_evidence_holds_at_least_three_hundred_published_values() {
    let published = book()
        .passports()
        .filter(|passport| passport.seen != Seen::Assumed)
        .count();
    assert!(published >= 300, "only {published}");
}

#[test]
fn no_passport_breaks_a_rule_of_the_house_and_every_source_has_a_user() {
    // Rules, devices and published arms cite sources too, by the key in quotation marks.
    let cited_elsewhere: String = files().into_values().filter(|text| !holds_passports(text)).collect();
    let left: Vec<BookError> = book()
        .violations(&[])
        .into_iter()
        .filter(|error| match error {
            BookError::Rule { key, why } if why.contains("no passport uses") => {
                !cited_elsewhere.contains(&format!("\"{key}\""))
            }
            _ => true,
        })
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_conflict_is_named_by_both_sides() {
    let book = book();
    for passport in book.passports() {
        let distinct: BTreeSet<&String> = passport.conflicts.iter().collect();
        assert_eq!(
            distinct.len(),
            passport.conflicts.len(),
            "{} names a conflict twice",
            passport.key
        );
        for other in &passport.conflicts {
            assert_ne!(other, &passport.key, "a value cannot contradict itself");
            let back = book.passport(other).expect("the book has checked that it exists");
            assert!(
                back.conflicts.contains(&passport.key),
                "{other} does not name {}",
                passport.key
            );
        }
    }
}

#[test]
fn the_known_contradictions_stand_side_by_side() {
    let book = book();
    for (one, other) in [
        (
            "skin_layers.skin.thigh.laurent2007",
            "skin_layers.dermis.thigh_is_among_thickest.sclerodermamap2024",
        ),
        (
            "closure.time.open.longest.gupta2011",
            "closure.time.abdomen.kelchen2021",
        ),
        ("device.depth_ratio.kalluri2011", "device.depth_ratio.sasaki2019"),
        ("reactions.dark_marks.dogra2014", "reactions.dark_marks.fabbrocini2014"),
        (
            "histology.aust2008.elastin_direction",
            "histology.eldomyatiacne2015.elastin_direction",
        ),
        (
            "histology.kenkel2021.collagen_3_direction",
            "histology.zeitter2014.collagen_3_direction",
        ),
    ] {
        let passport = book.passport(one).unwrap_or_else(|| panic!("{one} is missing"));
        assert!(passport.conflicts.iter().any(|key| key == other), "{one} hides {other}");
        let choice = book
            .contradictions(one)
            .find(|conflict| conflict.keys.iter().any(|key| key == other))
            .unwrap_or_else(|| panic!("nothing says what is chosen between {one} and {other}"));
        assert!(choice.why.len() > 40, "{}", choice.topic);
        for key in &choice.chosen {
            let chosen = book.passport(key).expect("the book has checked that it exists");
            assert_eq!(chosen.used, Used::Calibration, "{key} is what a room takes");
        }
    }
}

#[test]
fn no_number_of_a_study_both_calibrates_and_validates() {
    let book = book();
    let all: Vec<&Passport> = book.passports().collect();
    for (at, one) in all.iter().enumerate() {
        for other in all[at + 1..].iter().filter(|other| other.source == one.source) {
            let same = one.dimension().unwrap() == other.dimension().unwrap()
                && numbers_agree(one.canonical().unwrap(), other.canonical().unwrap());
            assert!(
                !(same && exclude_each_other(one.used, other.used)),
                "{} and {}",
                one.key,
                other.key
            );
        }
    }
}

#[test]
fn published_arms_have_a_source_and_the_use_of_their_passports() {
    let book = book();
    let arms = parse_arms(&files()["arms.toml"]).unwrap();
    assert!(arms.len() >= 40, "only {}", arms.len());
    for arm in &arms {
        assert!(book.source(&arm.study).is_some(), "{} has no source", arm.study);
        assert!(
            ["", "rubra", "alba", "mixed", "acne"].contains(&arm.stage.as_str()),
            "{}: {}",
            arm.study,
            arm.stage
        );
        let Ok(measure) = Measure::parse(&arm.value) else {
            continue;
        };
        if HELD_OUT.contains(&arm.study.as_str()) {
            panic!(
                "{} is kept for the test of predictions, so its outcome has no place here",
                arm.study
            );
        }
        for passport in book.passports().filter(|passport| passport.source == arm.study) {
            let same = measure.dimension() != Dimension::Compound
                && passport.dimension().unwrap() == measure.dimension()
                && numbers_agree(passport.canonical().unwrap(), measure.canonical());
            assert!(
                !(same && exclude_each_other(passport.used, arm.used)),
                "{}: {} and {}",
                arm.study,
                arm.outcome,
                passport.key
            );
        }
    }
}

#[test]
fn a_spread_is_in_the_unit_of_its_value_and_its_bounds_are_in_order() {
    for passport in book().passports() {
        let dimension = passport.dimension().unwrap();
        let numbers: Vec<f64> = bounds(&passport.spread)
            .into_iter()
            .map(|text| {
                let measure =
                    Measure::parse(text).unwrap_or_else(|error| panic!("spread of {}: {error}", passport.key));
                assert_eq!(measure.dimension(), dimension, "spread of {}", passport.key);
                measure.canonical()
            })
            .collect();
        match numbers.as_slice() {
            [width] => assert!(*width > 0.0, "{} has no width", passport.key),
            [low, high] => {
                let value = passport.canonical().unwrap();
                assert!(
                    low < high && *low <= value && value <= *high,
                    "{}: {value} in {low} to {high}",
                    passport.key
                );
            }
            _ => {}
        }
    }
}

#[test]
fn a_derived_number_names_its_formula_and_an_assumed_one_its_reason() {
    for passport in book().passports() {
        let formula = passport.derivation.as_deref().unwrap_or_default().trim();
        assert!(
            passport.seen != Seen::Derived || !formula.is_empty(),
            "{} is derived from nothing",
            passport.key
        );
        let reason = passport.note.trim();
        assert!(
            passport.seen != Seen::Assumed || !reason.is_empty(),
            "{} is assumed without a reason",
            passport.key
        );
    }
}

#[test]
fn nothing_that_validates_is_drawn_by_a_model() {
    for passport in book().passports().filter(|passport| passport.used == Used::Validation) {
        assert_eq!(
            passport.scope,
            Scope::Fixed,
            "{} validates, so nothing may draw it",
            passport.key
        );
    }
}

#[test]
fn held_out_trials_carry_inputs_and_no_outcome() {
    let book = book();
    for study in HELD_OUT {
        assert!(
            book.source(study).is_some(),
            "{study} has no source, so this test would watch nothing"
        );
    }
    for passport in book
        .passports()
        .filter(|passport| HELD_OUT.contains(&passport.source.as_str()) && !OPEN_HARM.contains(&passport.key.as_str()))
    {
        let is_input = passport.key.split('.').any(|word| INPUTS.contains(&word));
        assert!(
            is_input,
            "{} may be an outcome that is kept for the test of predictions",
            passport.key
        );
        assert_eq!(passport.used, Used::Context, "{}", passport.key);
    }
}

#[test]
fn every_source_says_what_it_is_and_has_a_plausible_year() {
    let book = book();
    let odd: Vec<&str> = book
        .sources()
        .filter(|source| source.title.trim().len() < 8 || (source.year != 0 && !(1950..=2026).contains(&source.year)))
        .map(|source| source.key.as_str())
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

/// How much wider than its middle a drawn assumption must be: the 95 % quantile over the 5 % quantile, or for a share
/// the distance of both.
const WIDE_FACTOR: f64 = 1.5;
const WIDE_SHARE: f64 = 0.1;

/// Assumptions that are narrow for a reason.
const NARROW: &[(&str, &str)] = &[
    (
        "reaction.bleeding.loops",
        "anatomy: the loops lie in the ridges between two known layers",
    ),
    (
        "skin.dermis_ratio.decade",
        "a ratio for each decade: over a life it spans 0.7 to 1.06",
    ),
];

#[test]
fn what_is_assumed_and_drawn_is_drawn_widely() {
    let mut narrow = Vec::new();
    for passport in book().passports() {
        if passport.seen != Seen::Assumed || passport.scope == Scope::Fixed {
            continue;
        }
        let distribution = passport.prior().unwrap().distribution;
        let (low, high) = (distribution.quantile(0.05), distribution.quantile(0.95));
        let wide = high >= WIDE_FACTOR * low.abs()
            || high - low >= WIDE_SHARE
            || matches!(passport.spread, Spread::Dirichlet { .. });
        if !wide && !NARROW.iter().any(|(key, _)| *key == passport.key) {
            narrow.push(format!("{}: {low} to {high}", passport.key));
        }
    }
    assert!(narrow.is_empty(), "{narrow:#?}");
}
