//! What must hold of triage: each step fires and just does not, and nothing that is worse or less known makes it
//! milder.
#![allow(clippy::disallowed_methods, reason = "a test reads the evidence files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use needlework_case::{AnswerKind, Catalog, fields, read};
use needlework_evidence::Book;
use proptest::prelude::*;
use toml::{Table, Value};

use super::*;
use crate::RuleError;

const STEPS: &str = include_str!("../../../../evidence/triage.toml");

fn parse(steps: &str) -> Result<TriageBook, RuleError> {
    let sources = include_str!("../../../../evidence/sources_rules.toml");
    TriageBook::parse(steps, Book::parse(&[("sources", sources)]).unwrap().sources())
}

fn book() -> TriageBook {
    parse(STEPS).unwrap_or_else(|error| panic!("{error}"))
}

fn catalog() -> Catalog {
    Catalog::parse(
        include_str!("../../../../evidence/sites.toml"),
        include_str!("../../../../evidence/devices.toml"),
    )
    .unwrap()
}

/// Somebody who did something three days ago, with nothing wrong and everything answered.
const CALM: &str = "\
[lesion]\nkind = \"striae\"\nsite = \"abdomen\"\n[person]\nage = \"30 years\"\nsex = \"female\"\nfitzpatrick = \"II\"\n\
[health]\npregnant = \"no\"\nimmunosuppressed = false\ncancer_therapy = \"never\"\nsteroid_tablets = false\ndiabetes = \
false\n\
heart_risk = false\nbleeding_disorder = false\nblood_thinner = false\nallergy_topical = false\ntetanus_out_of_date = \
false\n\
keloid_history = false\nself_harm = false\ndistress = false\n\
[area]\nactive_infection = false\nactive_herpes = false\nsuspicious_lesion = false\nlymphoedema_or_numb = false\n\
[device]\nkind = \"roller\"\nneedle_length = \"0.5 mm\"\nshared = false\nneedles_used = \"new\"\nsterile_pack = \
true\norigin_known = true\nexpired = false\n\
[regimen]\nsetting = \"home\"\narm = \"needling\"\nadjunct = \"none\"\nlast_session = \"3 days\"\n\
[hygiene]\nnumbing = false\ntap_water = false\nneedles = \"sterile\"\n\
[aftercare]\ntopicals = []\n\
[symptoms]\ninfection_signs = false\nlasting_lumps = false\nunresolved = false\nany_sign = false\n";

fn with(mut table: Table, changes: &[(&str, Option<Value>)]) -> Table {
    for (path, value) in changes {
        let (section, name) = path.split_once('.').unwrap();
        let section = table
            .entry(section)
            .or_insert_with(|| Value::Table(Table::new()))
            .as_table_mut()
            .unwrap();
        match value {
            Some(value) => section.insert(name.to_owned(), value.clone()),
            None => section.remove(name),
        };
    }
    table
}

fn calm() -> Table {
    CALM.parse().unwrap()
}

fn judge(table: &Table) -> Triage {
    let case = read(&table.to_string(), "test", &catalog()).unwrap_or_else(|error| panic!("{error}"));
    triage(&book(), &case, &catalog(), &["Talk to somebody: 116 123.".to_owned()])
}

fn value(text: &str) -> Value {
    format!("value = {text}").parse::<Table>().unwrap()["value"].clone()
}

/// A step, its field, the answer that fires it, the one that just does not, and what else must be so.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const ROWS: &[Row] = &[
    ("T01", "signs.breathing", "true", "false", &[]),
    ("T02", "signs.face_swelling", "true", "false", &[]),
    ("T03", "signs.collapse", "true", "false", &[]),
    ("T04", "signs.fits", "true", "false", &[]),
    ("T05", "signs.numbing_signs", "true", "false", &[]),
    ("T06", "signs.poor_colour", "true", "false", &[]),
    ("T07", "signs.severe_pain", "true", "false", &[]),
    ("T08", "signs.dark_patches", "true", "false", &[]),
    ("T09", "signs.bleeding", "true", "false", &[]),
    ("T10", "signs.sight", "true", "false", &[]),
    ("T11", "signs.stiff_jaw", "true", "false", &[]),
    ("T12", "signs.fever", "true", "false", &[("signs.pus", "true")]),
    (
        "T13",
        "health.immunosuppressed",
        "true",
        "false",
        &[("signs.fever", "true")],
    ),
    ("T14", "signs.blisters", "true", "false", &[("signs.fever", "true")]),
    ("T20", "symptoms.infection_signs", "true", "false", &[]),
    ("T21", "signs.spreading_redness", "true", "false", &[]),
    ("T22", "signs.heat_or_swelling", "true", "false", &[]),
    ("T23", "signs.pus", "true", "false", &[]),
    ("T24", "signs.streaks", "true", "false", &[]),
    ("T25", "signs.fever", "true", "false", &[]),
    ("T26", "signs.rising_pain", "true", "false", &[]),
    ("T27", "signs.blisters", "true", "false", &[]),
    ("T28", "signs.hives", "true", "false", &[]),
    ("T29", "signs.broken_needle", "true", "false", &[]),
    ("T30", "signs.swollen_glands", "true", "false", &[]),
    ("T31", "signs.jaundice", "true", "false", &[]),
    (
        "T32",
        "health.diabetes",
        "true",
        "false",
        &[("signs.open_sore", "true")],
    ),
    (
        "T33",
        "health.steroid_tablets",
        "true",
        "false",
        &[("symptoms.lasting_lumps", "true")],
    ),
    (
        "T40",
        "regimen.last_session",
        "\"41 days\"",
        "\"43 days\"",
        &[("device.shared", "true")],
    ),
    ("T41", "device.needles_used", "\"reused\"", "\"new\"", &[]),
    (
        "T42",
        "hygiene.numbing_strength",
        "\"5.1 %\"",
        "\"5 %\"",
        &[("regimen.last_session", "\"5 h\"")],
    ),
    (
        "T43",
        "health.allergy_topical",
        "true",
        "false",
        &[("regimen.last_session", "\"now\"")],
    ),
    ("T44", "health.heart_risk", "true", "false", &[]),
    ("T45", "area.active_herpes", "true", "false", &[]),
    (
        "T46",
        "lesion.site",
        "\"eyelid\"",
        "\"face\"",
        &[("regimen.last_session", "\"2 days\"")],
    ),
    ("T47", "regimen.adjunct", "\"tca\"", "\"other\"", &[]),
    (
        "T48",
        "health.tetanus_out_of_date",
        "true",
        "false",
        &[("hygiene.tap_water", "true")],
    ),
    ("T49", "health.distress", "true", "false", &[]),
    ("T49", "health.self_harm", "true", "false", &[]),
    ("T60", "symptoms.lasting_lumps", "true", "false", &[]),
    ("T61", "signs.open_sore", "true", "false", &[]),
    ("T62", "signs.raised_scar", "true", "false", &[]),
    ("T63", "signs.colour_marks", "true", "false", &[]),
    ("T64", "signs.numbness", "true", "false", &[]),
    ("T65", "signs.itchy_rash", "true", "false", &[]),
    (
        "T66",
        "regimen.last_session",
        "\"7 days\"",
        "\"6 days\"",
        &[("symptoms.unresolved", "true")],
    ),
    (
        "T67",
        "device.shared",
        "true",
        "false",
        &[("regimen.last_session", "\"1 year\"")],
    ),
    ("T68", "health.pregnant", "\"possible\"", "\"no\"", &[]),
    ("T69", "health.blood_thinner", "true", "false", &[]),
    ("T70", "device.expired", "true", "false", &[]),
    ("T71", "health.keloid_history", "true", "false", &[]),
    ("T72", "area.suspicious_lesion", "true", "false", &[]),
    ("T73", "symptoms.any_sign", "true", "false", &[]),
    ("T80", "person.fitzpatrick", "\"IV\"", "\"III\"", &[]),
    (
        "T81",
        "aftercare.topicals",
        "[{ product = \"vitamin_c\", after = \"30 h\" }]",
        "[{ product = \"vitamin_c\", after = \"72 h\" }]",
        &[],
    ),
    ("T82", "lesion.site", "\"axilla\"", "\"abdomen\"", &[]),
];

#[test]
fn with_everything_answered_and_nothing_wrong_it_is_watched() {
    let found = judge(&calm());
    assert_eq!((found.level, found.settled), (Level::Watch, Level::Watch), "{found:?}");
    assert!(found.open.is_empty() && found.reasons.is_empty());
    assert_eq!(found.days.iter().filter(|then| then.now).count(), 1);
    assert!(found.days.iter().any(|then| then.now && then.days.from_day == 2));
    assert!(found.essential.iter().any(|line| line.whole().contains("112")));
}

#[test]
fn every_step_has_an_answer_that_fires_it_and_one_that_just_does_not() {
    let mut covered = BTreeSet::new();
    for (id, path, fires, misses, more) in ROWS {
        let common: Vec<_> = more.iter().map(|(path, text)| (*path, Some(value(text)))).collect();
        let common = with(calm(), &common);
        let holds = |text: &str| {
            let found = judge(&with(common.clone(), &[(path, Some(value(text)))]));
            let at = found
                .reasons
                .iter()
                .find(|reason| reason.id == *id)
                .map(|reason| reason.level);
            assert!(at.is_none_or(|level| found.level >= level));
            at
        };
        let level = book().steps().iter().find(|step| step.id == *id).map(|step| step.level);
        assert_eq!(holds(fires), level, "{id} does not fire");
        assert_eq!(holds(misses), None, "{id} fires in its near miss");
        covered.insert((*id).to_owned());
    }
    let all: BTreeSet<String> = book().steps().iter().map(|step| step.id.clone()).collect();
    assert_eq!(covered, all);
}

#[test]
fn shared_needles_are_today_with_the_reason_and_without_a_forecast() {
    for since in ["\"1 h\"", "\"now\"", "\"2 days\"", "\"10 days\"", "\"unknown\""] {
        let found = judge(&with(
            calm(),
            &[("device.shared", Some(true.into())), (SINCE, Some(value(since)))],
        ));
        assert_eq!(found.level, Level::DoctorToday, "{since}");
        let text = serde_json::to_string(&found).unwrap();
        if since != "\"unknown\"" {
            assert!(
                text.contains("72 hours") && text.contains("hepatitis B") && text.contains("tetanus"),
                "{text}"
            );
        }
        assert!(!text.contains("of 100") && !text.contains("of 1,000"), "{text}");
    }
}

const SINCE: &str = "regimen.last_session";

#[test]
fn what_is_not_known_or_left_out_is_never_waited_for() {
    for field in fields().iter().filter(|field| field.path.starts_with("signs.")) {
        for answer in [Some(value("\"unknown\"")), None] {
            // With all signs answered at once there is no gap to leave; a sign that is not known is one.
            let any = if answer.is_some() {
                None
            } else {
                Some(Value::Boolean(true))
            };
            let mut changes: Vec<(&str, Option<Value>)> = vec![(field.path.as_str(), answer.clone())];
            if let Some(any) = any {
                changes.push(("symptoms.any_sign", Some(any)));
            }
            let found = judge(&with(calm(), &changes));
            let named = found.open.iter().any(|one| one.field == field.path);
            let soon = ["open_sore", "raised_scar", "colour_marks", "numbness", "itchy_rash"];
            let least = if answer.is_some() && soon.iter().any(|one| field.path.ends_with(one)) {
                Level::DoctorSoon
            } else {
                Level::DoctorToday
            };
            assert!(named && found.level >= least, "{}: {:?}", field.path, found.level);
        }
    }
    for path in [
        "device.shared",
        "device.needles_used",
        "health.immunosuppressed",
        "symptoms.any_sign",
    ] {
        for answer in [Some(value("\"unknown\"")), None] {
            let found = judge(&with(calm(), &[(path, answer)]));
            assert_eq!(found.level, Level::DoctorToday, "{path}");
            assert!(found.settled == Level::Watch && found.summary.is_some());
        }
    }
}

#[test]
fn in_an_emergency_the_number_to_call_stands_first_whatever_else_is_so() {
    let found = judge(&with(
        calm(),
        &[
            ("signs.breathing", Some(true.into())),
            ("person.age", Some("16 years".into())),
            ("health.distress", Some(true.into())),
        ],
    ));
    assert_eq!(found.level, Level::EmergencyNow);
    assert!(found.essential[0].whole().starts_with("Call the emergency number now"));
    let all: String = found.essential.iter().map(|line| line.whole()).collect();
    assert!(all.contains("116 123") && all.contains("adult"), "{all}");
    assert!(found.open.is_empty() && found.minor);
}

#[test]
fn where_hours_count_the_headline_says_where_to_go() {
    let shared = |more: &[(&str, Option<Value>)]| {
        let mut table = with(calm(), &[("device.shared", Some(true.into()))]);
        table = with(table, more);
        judge(&table)
    };
    let found = shared(&[]);
    assert!(
        found.headline.contains("emergency department") && found.headline.contains("72 hours"),
        "{}",
        found.headline
    );
    assert_eq!(found.level, Level::DoctorToday);
    let graver = shared(&[("signs.breathing", Some(true.into()))]);
    assert_eq!(graver.headline, "Get emergency help now.");
}

#[test]
fn nothing_done_is_said_and_its_deeds_do_not_count() {
    let found = judge(&with(
        calm(),
        &[(SINCE, Some("never".into())), ("device.shared", Some(true.into()))],
    ));
    assert!(found.nothing_done && found.level == Level::Watch && found.days.is_empty());
    let sign = judge(&with(
        calm(),
        &[(SINCE, Some("never".into())), ("signs.breathing", Some(true.into()))],
    ));
    assert_eq!(sign.level, Level::EmergencyNow, "a sign counts all the same");
}

#[test]
fn a_field_that_no_case_has_or_a_sign_that_no_step_reads_is_an_error() {
    let missing = STEPS.replace("signs.breathing", "signs.breath");
    assert!(parse(&missing).is_err());
    let unread = STEPS.replace("signs.breathing", "signs.fits");
    assert!(parse(&unread).unwrap_err().to_string().contains("signs.breathing"));
}

#[test]
fn no_text_says_what_must_not_be_said() {
    let text = STEPS.to_lowercase();
    for word in ["heals", "up to", "success rate", "safe for you", " 1 in "] {
        assert!(!text.contains(word), "{word}");
    }
}

/// Yes-or-no questions whose yes is never good news here.
fn risks() -> Vec<String> {
    let read: BTreeSet<String> = book()
        .steps()
        .iter()
        .flat_map(|step| step.when.paths().into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let good = ["device.sterile_pack", "device.origin_known"];
    fields()
        .into_iter()
        .filter(|field| field.kind == AnswerKind::YesNo && read.contains(&field.path))
        .map(|field| field.path)
        .filter(|path| !good.contains(&path.as_str()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_sign_or_risk_or_gap_never_makes_it_milder(
        rolls in prop::collection::vec(0_u8..10, 60),
        at in any::<prop::sample::Index>(),
        days in prop::sample::select(vec!["now", "1 day", "3 days", "9 days", "5 weeks", "1 year", "unknown"]),
    ) {
        let risks = risks();
        let mut table = with(calm(), &[(SINCE, Some(days.into()))]);
        for (path, roll) in risks.iter().zip(rolls.iter().cycle()) {
            let answer = match roll {
                0 | 1 => Some(Value::Boolean(true)),
                2 => Some(value("\"unknown\"")),
                _ => Some(Value::Boolean(false)),
            };
            table = with(table, &[(path, answer)]);
        }
        let path = &risks[at.index(risks.len())];
        let no = with(table.clone(), &[(path, Some(false.into()))]);
        let before = judge(&no).level;
        for worse in [Some(Value::Boolean(true)), Some(value("\"unknown\"")), None] {
            // Numbing cream opens questions of its own, which a "no" closes.
            let after = judge(&with(no.clone(), &[(path, worse.clone())])).level;
            prop_assert!(after >= before, "{path} = {worse:?}: {before:?} to {after:?}");
        }
    }
}
