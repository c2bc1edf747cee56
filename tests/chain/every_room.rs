//! Every room matters: its main parameter, or an answer of the case, moved by a fifth at common draws, moves a named
//! field of the report by at least the change that the table states.
//!
//! Two rows stand apart. How much people's dermis differs moves its outer percentiles, which no page prints, so it is
//! read off the people behind the report. A fifth more men among so few people may be nobody, so their share is moved
//! fivefold, to a half.

use std::collections::BTreeMap;

use needlework::ledger::ROOMS;
use needlework::numerics::quantile;
use needlework::verdict::{Judgement, Library, Reading};
use serde_json::Value;

use crate::setup::{answer, answer_with, book_with, case, edited, judged, library, scaled, settings};

/// What is moved.
enum Change {
    /// The value of a passport, times 1.2.
    Up(&'static str),
    /// The value of a passport, times a factor.
    Times(&'static str, f64),
    /// One answer of the case.
    Answer(&'static str, &'static str),
    /// The spread of a prior.
    Spread(&'static str, &'static str),
}
use Change::{Answer, Spread, Times, Up};

/// Pale marks on the belly, in a clinic.
const CLINIC: &str = "clinic-abdomen-alba";
/// Red marks on the thigh, in a clinic.
const RUBRA: &str = "clinic-thigh-rubra";
/// A 0.2 mm roller at home, which reaches the dermis where the epidermis is thin.
const HOME_SHORT: &str = "home-roller-0.2mm";
/// A 1.5 mm roller at home.
const HOME: &str = "home-roller-1.5mm";

/// The prior of the pressure on a needle with a spread twice as wide in its logarithm.
const WIDER: &str = "{ kind = \"log-normal\", low = \"0.04 ratio\", high = \"25 ratio\" }";

/// The 95th percentile of the dermis over people.
const THICK_DERMIS: &str = "dermis of people, 95th percentile";

/// Room, case, what is moved by a fifth, the field of the report that moves, and its least relative change, with its
/// sign.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Change, &str, f64)] = &[
    ("skin",       CLINIC,       Up("skin.epidermis.reference"), "/puncture/layers/0/to_um", 0.19),
    ("skin",       CLINIC,       Up("skin.dermis.reference"), "/puncture/layers/2/to_um", 0.15),
    ("skin",       HOME_SHORT,   Up("skin.epidermis.person_sd"), "/puncture/reaches_dermis/mean", 0.001),
    ("skin",       CLINIC,       Up("skin.dermis.person_sd"), THICK_DERMIS, 0.03),
    ("stria",      CLINIC,       Up("stria.closeable"), "/figures/improvement_treated/12/p50", 0.05),
    ("stria",      RUBRA,        Up("stria.widening"), "/figures/improvement_untreated/12/p50", -0.02),
    ("stria",      "lotfi-2013", Up("stria.collagen"), "/against_published/0/predicted/mean", -0.20),
    ("puncture",   CLINIC,       Up("puncture.flank_pressure"), "/puncture/depth_um/p50", -0.005),
    ("puncture",   HOME,         Up("puncture.hand_force"), "/puncture/depth_um/p5", 0.005),
    ("puncture",   CLINIC,       Up("puncture.halo"), "/puncture/injured_fraction/mean", 0.10),
    ("channel",    CLINIC,       Up("channel.speed"), "/puncture/open_window_hours/p50", -0.10),
    ("channel",    HOME,         Up("channel.germs.carriers"), "/risks/1/per_1000/high", 0.02),
    ("healing",    CLINIC,       Up("healing.amplification"), "/figures/improvement_treated/6/p50", 0.015),
    ("healing",    CLINIC,       Up("healing.epidermis.gain"), "/figures/improvement_treated/6/p50", 0.005),
    ("reaction",   CLINIC,       Up("reaction.pain.reference"), "/burden/pain/p50", 0.15),
    ("reaction",   CLINIC,       Up("reaction.redness.long"), "/burden/redness_days/p50", 0.15),
    ("reaction",   CLINIC,       Up("reaction.dark_marks.short_interval"), "/risks/0/per_1000/mean", 0.10),
    ("appearance", CLINIC,       Up("appearance.texture_power"), "/forecast/treated/1/severity/p50", -0.004),
    ("appearance", CLINIC,       Up("appearance.mark.alba_melanin_ratio"), "/colour/before/p50", -0.10),
    ("appearance", RUBRA,        Up("appearance.mark.rubra_blood_gain"), "/colour/before/p50", 0.05),
    ("course",     "course",     Up("course.interval"), "/figures/improvement_treated/3/p50", -0.02),
    ("course",     CLINIC,       Up("course.price.clinic"), "/burden/cost/euros/mean", 0.19),
    ("cohort",     CLINIC,       Spread("puncture.flank_pressure", WIDER), "/puncture/depth_um/p5", -0.005),
    ("cohort",     "park-2012",  Times("course.person.male_share", 5.0), "/puncture/layers/2/to_um", 0.01),
    ("verdict",    CLINIC,       Up("verdict.gain_points"), "/gain25/share/mean", -0.10),
    ("rules",      "area",       Answer("lesion.treated_area", "\"360 cm2\""), "/verdict/rules/length", 0.10),
    ("case",       CLINIC,       Answer("regimen.passes", "12"), "/puncture/holes_per_cm2/mean", 0.15),
];

/// The case of a row; two rows need an answer that the committed case does not give.
fn question(name: &str, change: &Change) -> needlework::case::Case {
    let (name, mut answers): (&str, Vec<(&str, &str)>) = match name {
        "course" => (CLINIC, vec![("regimen.interval", "\"unknown\"")]),
        "area" => (CLINIC, vec![("lesion.treated_area", "\"300 cm2\"")]),
        other => (other, Vec::new()),
    };
    if let Answer(field, value) = change {
        answers.push((*field, *value));
    }
    edited(name, &answers)
}

fn changed(change: &Change) -> Library {
    // The middle moves and the prior keeps its width; `Book::set` would take the number as known.
    let times = |key: &'static str, factor: f64| Library {
        book: book_with(&[(key, "value", &format!("\"{}\"", scaled(key, factor)))]),
        ..library().clone()
    };
    match change {
        Up(key) => times(key, 1.2),
        Times(key, factor) => times(key, *factor),
        Spread(key, spread) => Library {
            book: book_with(&[(*key, "spread", *spread)]),
            ..library().clone()
        },
        Answer(..) => library().clone(),
    }
}

fn field(judgement: &Judgement, path: &str) -> f64 {
    if path == THICK_DERMIS {
        let people = judgement.cohort.as_ref().expect("a case that was simulated");
        return quantile(&people.sorted(|person| person.harms.skin.dermis.mm()), 0.95);
    }
    let report = serde_json::to_value(&judgement.report).unwrap();
    if let Some(list) = path.strip_suffix("/length") {
        return report
            .pointer(list)
            .and_then(Value::as_array)
            .map_or(f64::NAN, |list| list.len() as f64);
    }
    report.pointer(path).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

#[test]
fn a_fifth_more_of_each_rooms_main_parameter_moves_the_field_that_the_table_names() {
    const WORLDS: usize = 24;
    let ask = |name: &str, change: &Change, library: &Library| {
        // Another prior has no posterior; both answers need the same worlds.
        let library = Library {
            posterior: None,
            ..library.clone()
        };
        judged(&question(name, change), &library, Reading::Research, &settings(WORLDS))
    };
    let mut before: BTreeMap<&str, Judgement> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (room, name, change, path, least) in TABLE {
        let start = before.entry(name).or_insert_with(|| ask(name, &Up("none"), library()));
        let moved = ask(name, change, &changed(change));
        let (from, to) = (field(start, path), field(&moved, path));
        let relative = (to - from) / from.abs();
        let enough = if *least < 0.0 {
            relative <= *least
        } else {
            relative >= *least
        };
        if !enough {
            wrong.push(format!(
                "{room}: {path} went from {from} to {to} ({relative:+.4}), expected {least:+}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_row_states_a_change() {
    for (room, _, _, path, least) in TABLE {
        assert!(*least != 0.0, "{room}: {path}");
    }
}

#[test]
fn every_link_of_the_chain_stands_in_the_table() {
    for room in ROOMS.into_iter().chain(["rules", "case"]) {
        assert!(TABLE.iter().any(|row| row.0 == room), "{room}");
    }
}

#[test]
fn numbers_that_no_room_declares_move_nothing() {
    const FOREIGN: [&str; 4] = ["mechanics.", "histology.", "outcomes.", "infection."];
    let mut other = library().clone();
    let keys: Vec<String> = library()
        .book
        .passports()
        .map(|passport| passport.key.clone())
        .filter(|key| FOREIGN.iter().any(|prefix| key.starts_with(prefix)))
        // The words of a risk say what arms counted.
        .filter(|key| !key.starts_with("infection.clinic.share."))
        .collect();
    assert!(keys.len() > 50, "{}", keys.len());
    let mut moved = 0;
    for key in &keys {
        // A value whose own spread forbids the change stays as it is.
        moved += usize::from(other.book.set(key, &scaled(key, 1.2)).is_ok());
    }
    assert!(moved > 50, "{moved}");
    let question = case(CLINIC);
    let start = answer(&question, Reading::Research, 8);
    assert_eq!(start, answer_with(&question, &other, Reading::Research, 8));
}
