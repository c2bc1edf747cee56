//! Ways round a refusal, each closed: unknown facts, contradictions with the library, a study's word, another number's
//! answer, another command.

use needlework::case::{Case, read};
use needlework::numerics::unwatched;
use needlework::questions::{creams, infection, what_if};
use needlework::verdict::{ReachLevel, Reading, Report, Safety};
use proptest::prelude::*;

use crate::setup::{answer, case, case_names, edited, inquiry, library, settings, try_edited};

/// Enough worlds for an answer; how good it is doesn't matter here.
const WORLDS: usize = 10;

fn lay(case: &Case) -> Report {
    answer(case, Reading::Lay, WORLDS)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(crate::setup::cases_folder().join(format!("{name}.toml"))).unwrap()
}

fn read_text(text: &str) -> Result<Case, String> {
    read(text, "case", &library().catalog).map_err(|error| error.to_string())
}

const UNKNOWN_AT_HOME: &[(&str, &str)] = &[("device.name", "\"unknown\""), ("device.needle_length", "\"unknown\"")];

#[test]
fn a_device_that_nobody_knows_is_referred_at_home() {
    for name in ["home-roller-1.5mm", "home-roller-0.2mm"] {
        let report = lay(&edited(name, UNKNOWN_AT_HOME));
        assert_eq!(report.verdict.safety, Safety::Refer, "{name}");
        assert!(!report.verdict.headline.contains("No rule stops"));
        assert!(
            report
                .verdict
                .questions
                .iter()
                .any(|one| one.field == "device.needle_length" && one.serious)
        );
        assert!(shows_nothing(&report));
    }
}

#[test]
fn what_contradicts_the_library_or_itself_is_an_error_that_names_both() {
    for (name, from, to, says) in [
        (
            "home-roller-1.5mm",
            "needles_used = \"new\"",
            "needles_used = \"new\"\nneedle_length = \"0.2 mm\"",
            ["0.2 mm", "1.5 mm"],
        ),
        (
            "home-roller-0.2mm",
            "roller-192-0.2mm\"",
            "rf-needles\"\nkind = \"roller\"",
            ["roller", "radiofrequency_needles"],
        ),
        (
            "home-roller-0.2mm",
            "needles_used = \"new\"",
            "needles_used = \"new\"\nuses = 200",
            ["200", "new"],
        ),
    ] {
        let before = text(name);
        let changed = before.replace(from, to);
        assert_ne!(before, changed, "{name} has {from}");
        let error = read_text(&changed).unwrap_err();
        assert!(says.iter().all(|part| error.contains(part)), "{error}");
    }
}

/// A pack can be opened and its needles used again, so that a sealed pack beside needles that were not cleaned is no
/// contradiction, but stopped.
#[test]
fn needles_that_are_not_sterile_are_stopped_at_home_whatever_is_said_of_their_pack() {
    for (cleaning, least) in [
        ("none", Safety::Refuse),
        ("disinfected_only", Safety::Refuse),
        ("cleaned_and_disinfected", Safety::Refer),
    ] {
        let plan = edited("home-roller-0.2mm", &[("hygiene.needles", &format!("\"{cleaning}\""))]);
        assert!(lay(&plan).verdict.safety >= least, "{cleaning}");
    }
}

#[test]
fn a_studys_word_needs_a_published_study_in_a_clinic() {
    let at_home = "[about]\nscreening = \"by study\"\n[lesion]\nkind = \"striae\"\n[regimen]\nsetting = \"home\"\narm \
        = \"needling\"\n";
    for more in ["", "study = \"Park2012\"\n", "study = \"Nobody2020\"\n"] {
        let report = lay(&read_text(&at_home.replace("by study\"\n", &format!("by study\"\n{more}"))).unwrap());
        assert_eq!(report.verdict.safety, Safety::Refer);
        assert!(!report.verdict.screened_by_study);
    }
    let stated = edited(
        "clinic-abdomen-alba",
        &[
            ("about.screening", "\"by study\""),
            ("health.diabetes", "true"),
            ("health.diabetes_complications", "\"unknown\""),
        ],
    );
    assert!(lay(&stated).verdict.safety >= Safety::Refer);
}

#[test]
fn the_studies_of_the_rule_book_are_those_of_the_evidence_and_the_cases() {
    let library = library();
    for study in library.rules.studies() {
        let of_an_arm = library.arms.iter().any(|arm| &arm.study == study);
        let of_a_case = case_names()
            .iter()
            .any(|name| case(name).about.study.known() == Some(study));
        assert!(of_an_arm || of_a_case, "{study} is neither an arm nor a case");
    }
    for name in case_names() {
        if let Some(study) = case(&name).about.study.known() {
            assert!(library.rules.studies().contains(study), "{name}: {study}");
        }
    }
}

#[test]
fn a_cream_or_laser_is_not_judged_and_no_rule_of_needles_speaks() {
    let pregnant = [
        ("health.pregnant", "\"yes\""),
        ("lesion.site", "\"groin\""),
        ("regimen.setting", "\"home\""),
    ];
    let report = lay(&edited(
        "clinic-abdomen-alba",
        &[&pregnant[..], &[("regimen.arm", "\"cream\"")]].concat(),
    ));
    assert!(report.verdict.not_judged && report.verdict.headline.contains("not judged here"));
    assert!(
        report.verdict.rules.iter().all(|rule| rule.severity == "info"),
        "{:?}",
        report.verdict.rules
    );
    assert!(
        report
            .verdict
            .summary
            .iter()
            .any(|line| line.starts_with("Published by "))
    );
    let laser = lay(&edited(
        "clinic-abdomen-alba",
        &[&pregnant[..], &[("regimen.arm", "\"laser\"")]].concat(),
    ));
    assert_eq!(laser.verdict.safety, Safety::Refuse, "a laser at home");
}

#[test]
fn in_a_clinic_what_a_patient_cannot_know_is_a_short_list_and_no_refusal() {
    const UNKNOWN: &str = "\"unknown\"";
    let fields = [
        "device.sterile_pack",
        "device.origin_known",
        "device.expired",
        "device.condition",
        "device.needles_used",
        "device.shared",
        "hygiene.skin",
        "hygiene.needles",
        "hygiene.hands_clean",
        "hygiene.tap_water",
        "hygiene.sharps_box",
        "hygiene.numbing",
    ];
    let unknown: Vec<(&str, &str)> = fields.iter().map(|field| (*field, UNKNOWN)).collect();
    let report = lay(&edited("clinic-abdomen-alba", &unknown));
    assert_eq!(report.verdict.safety, Safety::Caution, "{:?}", report.verdict.rules);
    assert!(
        (1..=5).contains(&report.verdict.ask_clinic.len()),
        "{:?}",
        report.verdict.ask_clinic
    );
    assert!(report.verdict.ask_clinic[0].contains("sterile"));
    let bad = lay(&edited("clinic-abdomen-alba", &[("device.sterile_pack", "false")]));
    assert_eq!(bad.verdict.safety, Safety::Refuse);
    // The minimal case of the README is asked about, and not refused.
    let minimal = read_text(
        "format = \"needlework-case/1\"\n[lesion]\nkind = \"striae\"\nsite = \"abdomen\"\nstage = \
            \"alba\"\n[device]\nname = \"dermaroller-mf8\"\n\
         [regimen]\nsetting = \"clinic\"\narm = \"needling\"\nsessions = 4\ninterval = \"4 week\"\n",
    );
    let report = lay(&minimal.unwrap());
    assert_eq!(report.verdict.safety, Safety::Refer);
    assert!(
        report
            .verdict
            .questions
            .iter()
            .all(|one| !one.field.starts_with("device.") && !one.field.starts_with("hygiene."))
    );
}

/// Whether a report holds nothing that is withheld from a stopped plan.
fn shows_nothing(report: &Report) -> bool {
    without_forecast(report)
        && report.risks.is_empty()
        && report.burden.is_none()
        && report.puncture.is_none()
        && report.checklist.is_empty()
        && report.numbers.is_empty()
        && report.banner.is_none()
        && report.worlds == 0
}

/// Whether a report holds nothing that a forecast could be read from.
fn without_forecast(report: &Report) -> bool {
    report.forecast.is_none()
        && report.gain25.is_none()
        && report.swatches.is_empty()
        && report.colour.is_none()
        && report.sensitivity.is_none()
        && report.against_published.is_empty()
        && report.rhythm.is_none()
        && report.figures.months.is_empty()
}

/// Checks every way in which a layperson could see numbers of a plan.
fn nothing_leaks(case: &Case) {
    let report = lay(case);
    if report.verdict.safety != Safety::Caution {
        assert!(shows_nothing(&report), "{}", report.title);
        let inquiry = inquiry(library(), Reading::Lay, &settings(WORLDS));
        let germs = infection(case, &inquiry, &mut unwatched).unwrap();
        assert!(germs.per_1000.is_none() && germs.ablation.is_empty() && germs.regimes.is_empty());
        if let Ok(table) = creams(case, &inquiry, &mut unwatched) {
            assert!(table.lines.is_empty() && !table.stopped.is_empty());
        }
        let other = what_if(case, ["healing.amplification", "10"], &inquiry, &mut unwatched);
        let other = other.unwrap();
        assert!(other.changes.is_empty() && !other.withheld.is_empty() && other.month.is_none());
        assert!(
            other
                .withheld
                .iter()
                .chain(&table_of(&germs))
                .all(|line| !line.starts_with("R53"))
        );
    } else if report.reach.level == ReachLevel::Outside {
        assert!(without_forecast(&report), "{}", report.title);
    }
}

fn table_of(germs: &needlework::questions::InfectionReport) -> Vec<String> {
    germs.stopped.clone()
}

#[test]
fn a_stopped_plan_shows_a_layperson_no_number_by_any_command() {
    for (name, answers) in [
        ("home-roller-1.5mm", &[][..]),
        ("home-pregnant", &[]),
        ("clinic-abdomen-alba", &[("health.pregnant", "\"yes\"")]),
        ("clinic-abdomen-alba", &[("health.keloid_history", "\"unknown\"")]),
        ("park-2012", &[("health.bleeding_disorder", "true")]),
        ("park-2012", &[("regimen.setting", "\"home\"")]),
        ("kang-1996-vehicle", &[("lesion.site", "\"eyelid\"")]),
        ("kang-1996-vehicle", &[("lesion.site", "\"face\"")]),
    ] {
        nothing_leaks(&edited(name, answers));
    }
}

/// Answers that a plan is given at random.
const TWISTS: &[(&str, &[&str])] = &[
    ("regimen.setting", &["\"home\"", "\"clinic\"", "\"unknown\""]),
    (
        "lesion.site",
        &["\"face\"", "\"axilla\"", "\"abdomen\"", "\"knee\"", "\"unknown\""],
    ),
    ("lesion.stage", &["\"rubra\"", "\"alba\"", "\"unknown\""]),
    ("health.pregnant", &["\"yes\"", "\"unknown\"", "\"no\""]),
    ("health.diabetes", &["true", "\"unknown\"", "false"]),
    (
        "person.age",
        &["\"16 years\"", "\"40 years\"", "\"70 years\"", "\"unknown\""],
    ),
    ("person.fitzpatrick", &["\"I\"", "\"VI\"", "\"III\""]),
    ("regimen.sessions", &["1", "3", "9", "40"]),
    ("regimen.interval", &["\"1 week\"", "\"4 week\"", "\"20 week\""]),
    ("regimen.adjunct", &["\"prp\"", "\"none\""]),
    ("device.sterile_pack", &["false", "\"unknown\"", "true"]),
    ("device.needle_length", &["\"0.2 mm\"", "\"1.5 mm\"", "\"unknown\""]),
    ("hygiene.hands_clean", &["false", "true"]),
    ("about.screening", &["\"by study\"", "\"by questions\""]),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_random_plan_leaks_what_is_withheld(
        at in 0_usize..1000,
        dice in proptest::collection::vec((0_usize..1000, 0_usize..1000), 0..5),
    ) {
        let names = case_names();
        let mut twists: Vec<(&str, &str)> = Vec::new();
        for (field, value) in dice {
            let (field, values) = TWISTS[field % TWISTS.len()];
            if twists.iter().all(|(known, _)| *known != field) {
                twists.push((field, values[value % values.len()]));
            }
        }
        // Some answers contradict what the case says already; the reader says so.
        if let Ok(case) = try_edited(&names[at % names.len()], &twists) {
            nothing_leaks(&case);
        }
    }
}

#[test]
fn a_number_is_put_only_where_it_can_be() {
    let library = library();
    let put = |key: &str, text: &str| library.clone().book.set(key, text).map_err(|error| error.to_string());
    let (mut shares, mut positive) = (0, 0);
    for passport in library.book.passports() {
        let (number, unit) = passport.value.split_once(' ').unwrap();
        let bundled: f64 = number.parse().unwrap();
        let key = passport.key.as_str();
        for extreme in ["1e300", "-1e300", "1e30", "-1e30"] {
            let error = put(key, &format!("{extreme} {unit}")).expect_err(key);
            assert!(error.contains(key) && !error.contains("NaN"), "{error}");
        }
        if ["fraction", "probability"].contains(&unit) && bundled <= 1.0 {
            shares += 1;
            for no in ["1.01", "-0.01", "10"] {
                assert!(put(key, &format!("{no} {unit}")).is_err(), "{key} = {no}");
            }
        }
        // What it is itself is always possible.
        put(key, &passport.value).unwrap_or_else(|error| panic!("{error}"));
        let lengths = ["mm", "um", "h", "day", "week", "N", "mN", "MPa", "1/mm2"];
        if bundled > 0.0 && lengths.contains(&unit) && !key.contains("change") && !key.contains("difference") {
            positive += usize::from(put(key, &format!("-{number} {unit}")).is_err());
        }
    }
    assert!(shares > 60 && positive > 200, "{shares} {positive}");
}
