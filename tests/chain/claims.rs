//! The ledger of claims: complete, every room and key in it real, verdicts as the evidence has them today, and its
//! numbers those that the cohorts give when they are computed by another way.

use std::path::PathBuf;
use std::sync::OnceLock;

use needlework::case::{Answer, Case, NeedleCleaning, NeedleUse, Smoking};
use needlework::cohort::{Cohort, Moment, PotentialOutcome, Settings, VirtualPerson};
use needlework::ledger::{ClaimVerdict, Computed, Ledger, LedgerRow, ledger};
use needlework::numerics::{Continue, mean, quantile, unwatched};
use needlework::units::Time;
use needlework::verdict::{Inquiry, Judgement, ReachLevel, Reading, VerdictError, judge};

use crate::setup::{case, library, people_with};

const SETTINGS: Settings = Settings {
    seed: 1,
    worlds: 60,
    people_per_world: 5,
    threads: 0,
};

fn made_with(settings: &Settings, then: Continue) -> Result<Ledger, VerdictError> {
    let claims = needlework::claims(library()).unwrap();
    ledger(&claims, library(), &needlework::engine("none"), settings, &mut |_| then)
}

fn made() -> &'static Ledger {
    static LEDGER: OnceLock<Ledger> = OnceLock::new();
    LEDGER.get_or_init(|| made_with(&SETTINGS, Continue::Yes).unwrap())
}

fn claim(id: &str) -> &'static LedgerRow {
    made().claims.iter().find(|row| row.id == id).unwrap()
}

/// The row of a claim that says all of the words.
fn row(id: &str, words: &[&str]) -> &'static Computed {
    claim(id)
        .computed
        .iter()
        .find(|row| words.iter().all(|word| row.what.contains(word)))
        .unwrap_or_else(|| panic!("{id} computes nothing with {words:?}"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn people(case: &Case, moments: &[Moment]) -> Cohort {
    people_with(case, &library().book, moments, &SETTINGS)
}

fn average(cohort: &Cohort, value: impl Fn(&VirtualPerson) -> f64) -> f64 {
    mean(&cohort.people.iter().map(value).collect::<Vec<_>>())
}

fn share(cohort: &Cohort, holds: impl Fn(&VirtualPerson) -> bool) -> f64 {
    100.0 * average(cohort, |person| if holds(person) { 1.0 } else { 0.0 })
}

/// Healing is integrated from one moment to the next, so cohorts that are looked at in other months differ in the fifth
/// place.
fn near(row: &Computed, expected: f64) {
    let value = row.value.unwrap();
    assert!(
        (value - expected).abs() < 1e-4 * (1.0 + expected.abs()),
        "{}: {value} against {expected}",
        row.what
    );
}

fn half_a_year_after() -> Moment {
    Moment::AfterLast(Time::from_months(6.0))
}

#[test]
fn the_ledger_has_twenty_claims_in_order() {
    let expected: Vec<String> = (0..20).map(|number| format!("C{number}")).collect();
    let found: Vec<&str> = made().claims.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_room_that_a_claim_names_is_a_crate() {
    for row in &made().claims {
        assert!(!row.rooms.is_empty(), "{}", row.id);
        for room in &row.rooms {
            assert!(
                root().join(format!("crates/needlework-{room}/src/lib.rs")).is_file(),
                "{}: {room}",
                row.id
            );
        }
    }
}

#[test]
fn every_key_leads_to_a_source_that_is_listed() {
    let library = library();
    for row in &made().claims {
        assert!(!row.evidence.is_empty(), "{}", row.id);
        for found in &row.evidence {
            assert!(
                ["high", "moderate", "low", "very low", "none"].contains(&found.grade.as_str()),
                "{}: {}",
                row.id,
                found.grade
            );
            assert!(
                !found.keys.is_empty() && !found.sources.is_empty(),
                "{}: {}",
                row.id,
                found.text
            );
            for key in &found.keys {
                let known = library.book.passport(key).is_some()
                    || library.book.source(key).is_some()
                    || library.rules.rule(key).is_some();
                assert!(known, "{}: {key}", row.id);
            }
            for source in &found.sources {
                assert!(
                    made().sources.iter().any(|line| &line.key == source),
                    "{}: {source}",
                    row.id
                );
            }
        }
    }
}

/// Where a claim has several parts that part company, the whole takes the word of the part that the article's sentence
/// rests on: C8 rests on diet, C11 on being free of pain, C13 on the mechanism; their parts carry the rest.
#[test]
fn verdicts_are_those_of_the_evidence_today() {
    use ClaimVerdict::{Contradicted, Partly, Supported, Unknown};
    let expected = [
        Partly,
        Partly,
        Supported,
        Supported,
        Partly,
        Partly,
        Partly,
        Partly,
        Unknown,
        Contradicted,
        Unknown,
        Contradicted,
        Partly,
        Supported,
        Partly,
        Partly,
        Supported,
        Unknown,
        Supported,
        Contradicted,
    ];
    for (row, verdict) in made().claims.iter().zip(expected) {
        assert_eq!(row.verdict, verdict, "{}: {}", row.id, row.says);
        assert!(!row.because.is_empty() && row.because.ends_with('.'), "{}", row.id);
    }
    let part = |id: &str, words: &str| {
        let parts = &claim(id).parts;
        parts
            .iter()
            .find(|part| part.part.contains(words))
            .unwrap_or_else(|| panic!("{id} {words}"))
            .verdict
    };
    assert_eq!(
        [
            part("C7", "more collagen"),
            part("C7", "into the scar"),
            part("C7", "faster")
        ],
        [Supported, Partly, Unknown]
    );
    assert_eq!([part("C8", "diet"), part("C8", "smoking")], [Unknown, Partly]);
    assert_eq!(
        [part("C11", "from 1 mm"), part("C11", "cheap")],
        [Contradicted, Unknown]
    );
    assert_eq!(
        [part("C12", "creams"), part("C12", "lasers"), part("C12", "cures")],
        [Supported, Contradicted, Contradicted]
    );
    assert_eq!(
        [part("C13", "mechanism"), part("C13", "how often")],
        [Supported, Unknown]
    );
}

/// The numbers may leave a claim open that trials decide, or the other way round; they never say the opposite.
#[test]
fn the_numbers_never_say_the_opposite_of_a_verdict() {
    use ClaimVerdict::{Contradicted, Supported};
    for row in &made().claims {
        let pair = (row.verdict, row.engine_says);
        assert!(
            !matches!(pair, (Supported, Some(Contradicted)) | (Contradicted, Some(Supported))),
            "{}: {pair:?}",
            row.id
        );
    }
}

#[test]
fn every_claim_is_computed_or_says_what_is_not_modelled() {
    for row in &made().claims {
        assert!(!row.computed.is_empty() || row.not_modelled.is_some(), "{}", row.id);
        for found in &row.computed {
            let numbers = [found.value, found.low, found.high];
            assert!(
                numbers.iter().flatten().all(|number| number.is_finite()),
                "{}",
                found.what
            );
            assert_eq!(
                numbers.iter().all(Option::is_none),
                found.said.is_some(),
                "{}",
                found.what
            );
            assert_eq!(found.kind.is_empty(), found.said.is_some(), "{}", found.what);
            assert!(found.command.starts_with("needlework "), "{}", found.command);
        }
    }
    for (id, what) in [("C3", "tears"), ("C4", "forms"), ("C17", "passes through")] {
        assert!(claim(id).not_modelled.as_ref().unwrap().contains(what), "{id}");
    }
    assert!(claim("C3").computed.is_empty());
}

#[test]
fn a_gain_over_ones_own_twin_is_that_of_the_report() {
    let inquiry = Inquiry {
        settings: SETTINGS,
        reading: Reading::Research,
        // The ledger judges claims by what the priors alone say.
        posterior: None,
        ..Inquiry::new(library())
    };
    for (name, label) in [("clinic-abdomen-alba", "pale"), ("clinic-thigh-rubra", "red")] {
        let Judgement { report, .. } = judge(&case(name), &inquiry, &mut unwatched).unwrap();
        let wanted = report.gain25.unwrap().share;
        let found = row("C0", &[label]);
        near(found, 100.0 * wanted.mean);
        assert!((found.low.unwrap() - 100.0 * wanted.low).abs() < 1e-9);
        assert!((found.high.unwrap() - 100.0 * wanted.high).abs() < 1e-9);
        assert!(found.command.contains(name));
    }
}

#[test]
fn redness_left_alone_fades_and_pale_marks_stay() {
    let months = [12.0, 24.0, 60.0];
    let moments = months.map(|month| Moment::SinceFirst(Time::from_months(month)));
    let red = people(&case("clinic-thigh-rubra"), &moments);
    let left: Vec<f64> = (0..3)
        .map(|at| 100.0 * average(&red, |person| person.untreated[at].redness_left))
        .collect();
    for (month, left) in ["after 12", "after 24", "redness that is left after 60"]
        .iter()
        .zip(&left)
    {
        near(row("C1", &["redness", month]), *left);
    }
    assert!(left[0] > left[1] && left[1] > left[2] && left[2] > 0.0, "{left:?}");
    let pale = people(&case("clinic-abdomen-alba"), &moments);
    assert!(
        pale.people
            .iter()
            .all(|person| person.untreated[2].appearance.improvement().abs() < 0.5)
    );
    assert!(row("C1", &["pale"]).value.unwrap().abs() < 0.5);
    assert!(row("C1", &["two months old"]).value.unwrap() > 0.0);
    // Evidence reaches a year beyond the last session; what lies further off is marked.
    assert_eq!(row("C1", &["after 12"]).reach, ReachLevel::Inside);
    assert_ne!(row("C1", &["left after 60"]).reach, ReachLevel::Inside);
}

#[test]
fn the_needles_of_each_length_reach_the_dermis_as_the_cohort_says() {
    let mut before = -1.0;
    for length in ["0.2 mm", "0.5 mm", "1.5 mm"] {
        let cohort = people(&case(&format!("home-roller-{}", length.replace(' ', ""))), &[]);
        let found = row("C6", &[length]);
        near(
            found,
            100.0 * average(&cohort, |person| person.harms.holes.reaches_dermis),
        );
        assert!(found.value.unwrap() > before, "{length}");
        before = found.value.unwrap();
    }
}

#[test]
fn marks_do_not_disappear_and_are_not_treated_easily() {
    let moments = [Moment::SinceFirst(Time::from_months(24.0)), half_a_year_after()];
    for (name, label) in [("clinic-abdomen-alba", "Pale"), ("clinic-thigh-rubra", "Red")] {
        let label = label.to_lowercase();
        let cohort = people(&case(name), &moments);
        let gone = share(&cohort, |person| {
            cohort.improvement(person, 0, PotentialOutcome::Treated) >= 75.0
        });
        let found = row("C9", &[&label, "24 months"]);
        near(found, gone);
        assert!(gone < 25.0, "{label}: {gone}");
        let little = share(&cohort, |person| {
            cohort.improvement(person, 1, PotentialOutcome::Treated) < 25.0
        });
        for id in ["C16", "C19"] {
            near(row(id, &[&label, "with needling", "little or no change"]), little);
        }
        assert!(little > 50.0, "{label}: {little}");
        let clear = share(&cohort, |person| {
            cohort.improvement(person, 1, PotentialOutcome::Treated) >= 50.0
        });
        near(row("C19", &[&label, "50 % better"]), clear);
    }
    assert_eq!(claim("C9").engine_says, Some(ClaimVerdict::Contradicted));
    assert_eq!(claim("C19").engine_says, Some(ClaimVerdict::Contradicted));
}

#[test]
fn a_smoker_gains_less_than_the_same_person_who_does_not_smoke() {
    let moments = [half_a_year_after()];
    let healthy = case("clinic-abdomen-alba");
    let mut smoker = healthy.clone();
    smoker.person.smoking = Answer::Known(Smoking::Current);
    let gain = |case: &Case| {
        let cohort = people(case, &moments);
        average(&cohort, |person| {
            cohort.improvement(person, 0, PotentialOutcome::Treated)
                - cohort.improvement(person, 0, PotentialOutcome::Untreated)
        })
    };
    let base = gain(&healthy);
    near(row("C8", &["non-smoker"]), base);
    let change = gain(&smoker) - base;
    near(row("C8", &["a smoker"]), change);
    assert!(change < 0.0);
}

#[test]
fn pain_grows_with_length_and_is_that_of_the_cohort() {
    let mut before = 0.0;
    for length in ["0.2 mm", "0.5 mm", "1.5 mm"] {
        let cohort = people(&case(&format!("home-roller-{}", length.replace(' ', ""))), &[]);
        let found = row("C11", &["pain of", length]);
        near(found, quantile(&cohort.sorted(|person| person.harms.pain), 0.5));
        assert!(found.value.unwrap() > before, "{length}");
        before = found.value.unwrap();
    }
    assert!(row("C11", &["pain of 2.5 mm"]).value.unwrap() > before);
    assert_eq!(claim("C11").engine_says, Some(ClaimVerdict::Contradicted));
}

#[test]
fn every_step_of_hygiene_left_out_raises_infection_and_nobody_has_counted() {
    let clean = row("C14", &["new sterile"]);
    for words in [
        "cleaned and disinfected",
        "but not cleaned",
        "washed only",
        "not prepared",
        "not cleaned at all",
    ] {
        let found = row("C14", &[words]);
        assert!(found.value.is_none(), "{words}");
        assert!(found.high > clean.high, "{words}");
    }
    let mut used = case("home-roller-0.2mm");
    used.device.needles_used = Answer::Known(NeedleUse::Reused);
    used.hygiene.needles = Answer::Known(NeedleCleaning::DisinfectedOnly);
    let cohort = people(&used, &[]);
    let high = cohort.mean_over_worlds(|person| person.harms.infection.high).high;
    assert!((row("C14", &["but not cleaned"]).high.unwrap() - 1000.0 * high).abs() < 1e-9);
    assert!(row("C13", &["used needles"]).high > row("C13", &["new sterile"]).high);
}

#[test]
fn the_sites_that_the_article_names_are_refused_at_home() {
    for site in ["face", "armpit", "groin", "nipple"] {
        let said = row("C15", &[site]).said.as_ref().unwrap();
        assert!(said.starts_with("refused by R"), "{site}: {said}");
    }
    assert!(row("C17", &["vitamin C"]).said.as_ref().unwrap().contains("R38"));
}

#[test]
fn the_ledger_is_the_same_on_one_thread() {
    let alone = Settings { threads: 1, ..SETTINGS };
    let again = made_with(&alone, Continue::Yes).unwrap();
    assert_eq!(made(), &again);
}

#[test]
fn a_caller_who_says_stop_gets_no_ledger() {
    let stopped = made_with(&SETTINGS, Continue::No);
    assert!(stopped.is_err());
}
