//! The evidence behind the chain is complete: whatever a room, the cohort, the optics or the verdict asks for has a
//! passport of the right dimension, and every name that one file uses exists in the other.

use std::collections::{BTreeMap, BTreeSet};

use needlework::appearance::skin_optics::{OpticalLaws, skin_of_group};
use needlework::cohort::{PersonPriors, declared, molecules, passage_declared, patch_declared, site_numbers};
use needlework::evidence::{BookError, Scope};
use needlework::units::Dimension;

use crate::setup::{case, case_names, library};

/// Passports that the verdict reads by name.
const VERDICT: [&str; 7] = [
    "verdict.gain_points",
    "verdict.months_after_last",
    "verdict.likely_share",
    "verdict.unlikely_share",
    "verdict.reach_dermis",
    "verdict.through_dermis_share",
    "verdict.certain_length",
];

/// What a person's own draws are read from.
const PERSON: [(&str, Dimension); 8] = [
    ("course.person.age", Dimension::Time),
    ("course.person.age_window", Dimension::Time),
    ("course.person.bmi", Dimension::BodyMassIndex),
    ("course.person.male_share", Dimension::Ratio),
    ("course.person.smoker_share", Dimension::Ratio),
    ("course.person.dark_skin_share", Dimension::Ratio),
    ("stria.age.rubra", Dimension::Time),
    ("stria.age.alba", Dimension::Time),
];

#[test]
fn every_declared_parameter_has_a_passport_of_its_dimension() {
    let mut wanted = declared();
    wanted.extend_from_slice(OpticalLaws::DECLARED);
    wanted.extend(passage_declared());
    wanted.extend(patch_declared());
    assert!(wanted.len() > 120, "{}", wanted.len());
    let sources_of_rules: BTreeSet<&str> = library()
        .rules
        .sources()
        .iter()
        .chain(library().triage.sources())
        .map(|source| source.key.as_str())
        .collect();
    let cited_by_rules = |error: &BookError| {
        matches!(error, BookError::Rule { key, why } if why.contains("no passport \
        uses") && is_cited(key, &sources_of_rules))
    };
    let broken: Vec<String> = library()
        .book
        .violations(&wanted)
        .iter()
        .filter(|error| !cited_by_rules(error))
        .map(ToString::to_string)
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Whether something other than a passport cites a source: a rule, the reach, advice, an arm, a device or a case.
fn is_cited(key: &str, rules: &BTreeSet<&str>) -> bool {
    let library = library();
    rules.contains(key)
        || library
            .rules
            .rules()
            .iter()
            .any(|rule| rule.sources.iter().any(|source| source == key))
        || library.reach.basis().any(|source| source == key)
        || library
            .advice
            .iter()
            .any(|line| line.because.iter().any(|source| source == key))
        || library.arms.iter().any(|arm| arm.study == key)
        || library.targets.iter().any(|target| target.study == key)
        || library.catalog.devices().iter().any(|device| device.source == key)
        || case_names()
            .iter()
            .any(|name| case(name).about.study.known().is_some_and(|study| study == key))
}

#[test]
fn a_declared_parameter_is_declared_once_and_drawn_where_it_says() {
    let wanted = declared();
    let keys: BTreeSet<&str> = wanted.iter().map(|one| one.key).collect();
    assert_eq!(keys.len(), wanted.len(), "two rooms take the same parameter");
    for key in keys {
        let scope = library()
            .book
            .passport(key)
            .expect("declared parameters have passports")
            .scope;
        assert_ne!(
            scope,
            Scope::Person,
            "{key}: rooms take what a world draws; a person's draws come by the cohort"
        );
    }
}

#[test]
fn a_persons_priors_and_the_verdicts_bounds_are_there() {
    let book = &library().book;
    PersonPriors::from_book(book).expect("the priors of a person are there");
    for (key, dimension) in PERSON {
        assert_eq!(
            book.passport(key).expect(key).dimension().expect(key),
            dimension,
            "{key}"
        );
    }
    for key in VERDICT {
        assert!(book.value(key).expect(key) > 0.0, "{key}");
    }
}

#[test]
fn every_cream_has_its_molecule_and_names_only_what_exists() {
    let mut seen = BTreeSet::new();
    for cream in &library().creams {
        assert!(seen.insert(&cream.product), "{} stands twice", cream.product);
        assert!(
            !cream.because.is_empty() && cream.because.iter().all(|key| resolves(key)),
            "{}",
            cream.label
        );
        if let Some(name) = &cream.molecule {
            let drawn = molecules(&library().book, 1, name, 50).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(
                drawn
                    .iter()
                    .all(|one| one.tissue_cm2_per_s <= one.water_cm2_per_s && one.loss_per_s > 0.0)
            );
        }
    }
    // Every word that a case has for a topical has a line.
    for word in [
        "sterile_saline",
        "clinician_sterile",
        "moisturiser",
        "vitamin_c",
        "retinoid",
        "acid",
        "cosmetic",
        "other",
    ] {
        assert!(seen.iter().any(|product| *product == word), "{word} has no line");
    }
}

#[test]
fn the_thresholds_of_the_verdict_are_those_that_the_product_states() {
    let value = |key: &str| library().book.value(key).expect(key);
    assert_eq!(value("verdict.gain_points"), 25.0);
    assert_eq!(value("verdict.likely_share"), 0.5);
    assert_eq!(value("verdict.unlikely_share"), 0.25);
    assert_eq!(value("verdict.reach_dermis"), 0.05);
}

#[test]
fn every_site_has_its_numbers_and_every_skin_group_its_colours() {
    for site in library().catalog.sites() {
        let numbers =
            site_numbers(Some(site), &library().book).unwrap_or_else(|error| panic!("{}: {error}", site.name));
        assert!((0.2..2.0).contains(&numbers.skin.dermis_ratio), "{}", site.name);
        assert!((0.2..2.0).contains(&numbers.skin.epidermis_ratio), "{}", site.name);
        assert!((1.0..9.0).contains(&numbers.flora.log_per_cm2), "{}", site.name);
    }
    for group in ["light", "intermediate", "tan", "brown", "dark"] {
        assert!(
            skin_of_group(group, &mut |key| library().book.value(key).ok()).is_some(),
            "{group}"
        );
    }
}

/// Whether a key names a rule, a passport, or a source of the book or of the rules.
fn resolves(key: &str) -> bool {
    let library = library();
    library.rules.rule(key).is_some() || library.book.passport(key).is_some() || library.book.source(key).is_some()
}

#[test]
fn reach_advice_rules_and_targets_name_only_what_exists() {
    let library = library();
    let mut lost: Vec<String> = Vec::new();
    let mut want = |who: &str, key: &str| {
        if !resolves(key) {
            lost.push(format!("{who} names {key}"));
        }
    };
    library.reach.basis().for_each(|key| want("the reach", key));
    for trial in &library.reach.controlled_blinded {
        want("a controlled trial", &trial.study);
    }
    for line in &library.advice {
        assert!(!line.because.is_empty(), "advice without a reason: {}", line.text);
        line.because.iter().for_each(|key| want("advice", key));
    }
    for rule in library.rules.rules() {
        rule.sources.iter().for_each(|key| want(&rule.id, key));
    }
    for arm in &library.arms {
        want("an arm", &arm.study);
    }
    for target in &library.targets {
        want(&target.name, &target.study);
    }
    for target in library
        .targets
        .iter()
        .filter(|target| library.book.passport(&target.value).is_none())
    {
        lost.push(format!("{} takes {}", target.name, target.value));
    }
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}

#[test]
fn a_target_is_declared_for_the_use_that_its_passport_allows() {
    for target in &library().targets {
        let passport = library()
            .book
            .passport(&target.value)
            .expect("a target's value has a passport");
        assert_eq!(target.used, passport.used, "{}", target.name);
        assert!(
            target.since_first.is_some() != target.after_last.is_some(),
            "{}: one clock",
            target.name
        );
    }
}

/// A source has one home, so that it can have one title only. Read as text: a file that no program reads counts too.
#[test]
fn no_source_is_declared_twice_in_any_file_of_evidence() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("evidence");
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for source in table
            .get("source")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
        {
            let key = source["key"].as_str().unwrap().to_owned();
            let before = homes.insert(key.clone(), name.clone());
            assert_eq!(before, None, "{key} stands in {name} too");
        }
    }
    assert!(homes.len() > 300, "{}", homes.len());
}
