//! What was found by trying the product: answers that no rule read, warnings that the rules could not hear, texts that
//! disagreed. Each input has its right verdict and the rule that speaks.

use needlework::case::Case;
use needlework::rules::{Facts, RuleSeverity, Safety, Screening, screen};
use needlework::verdict::Reading;

use crate::setup::{answer, case, edited, library};

fn screened(case: &Case) -> Screening {
    screen(&library().rules, &Facts::resolved(case, &library().catalog))
}

/// The severity at which a rule fired, if it did.
fn fired(found: &Screening, id: &str) -> Option<RuleSeverity> {
    found.fired.iter().find(|one| one.id == id).map(|one| one.severity)
}

/// Cases of the kinds "no rule reads it" and "the rules cannot hear it": name, verdict, and the rule that speaks with
/// its severity.
const FOUND: &[(&str, Safety, &str, RuleSeverity)] = &[
    ("home-hands-unwashed", Safety::Refuse, "R71", RuleSeverity::Refuse),
    ("home-needles-uncleaned", Safety::Refuse, "R31b", RuleSeverity::Refuse),
    ("home-own-roller-reused", Safety::Refuse, "R31a", RuleSeverity::Refuse),
    ("home-hygiene-all-bad", Safety::Refuse, "R35", RuleSeverity::Refuse),
    ("clinic-steroid-tablets", Safety::Refer, "R74", RuleSeverity::Refer),
    ("clinic-serum-needled-in", Safety::Refuse, "R75", RuleSeverity::Refuse),
    ("clinic-rf-needles", Safety::Caution, "R27b", RuleSeverity::Caution),
    ("clinic-filler-3-months", Safety::Refer, "R43d", RuleSeverity::Refer),
    (
        "clinic-vitamin-c-at-30h",
        Safety::Caution,
        "R38b",
        RuleSeverity::Caution,
    ),
    ("clinic-numbing-film", Safety::Caution, "R40c", RuleSeverity::Caution),
    (
        "clinic-isotretinoin-shoulder",
        Safety::Refer,
        "R12",
        RuleSeverity::Refer,
    ),
    ("clinic-dark-skin", Safety::Caution, "R41a", RuleSeverity::Caution),
    ("clinic-red-and-pale", Safety::Caution, "R84", RuleSeverity::Info),
    ("after-birth", Safety::Refer, "R79", RuleSeverity::Refer),
    ("salon-pen", Safety::Refuse, "R83", RuleSeverity::Refer),
    ("home-tretinoin-roller", Safety::Refuse, "R39b", RuleSeverity::Refuse),
    ("home-teen-shared-roller", Safety::Refuse, "R30b", RuleSeverity::Urgent),
    ("home-distress", Safety::Refer, "R51", RuleSeverity::Refer),
];

#[test]
fn each_found_situation_has_its_verdict_and_the_rule_that_speaks() {
    for &(name, safety, rule, severity) in FOUND {
        let found = screened(&case(name));
        assert_eq!(fired(&found, rule), Some(severity), "{name}: {rule}");
        assert_eq!(found.safety, safety, "{name}: {:?}", found.fired);
    }
}

/// The base case, what is changed in it, the least verdict, and a rule that must speak.
type Change = (
    &'static str,
    &'static [(&'static str, &'static str)],
    Safety,
    &'static str,
);

const CHANGES: &[Change] = &[
    (
        "clinic-abdomen-alba",
        &[("hygiene.hands_clean", "false")],
        Safety::Caution,
        "R71",
    ),
    (
        "clinic-abdomen-alba",
        &[("regimen.adjunct", "\"other\"")],
        Safety::Refer,
        "R75b",
    ),
    (
        "home-roller-0.2mm",
        &[("hygiene.needles", "\"disinfected_only\"")],
        Safety::Refuse,
        "R31b",
    ),
    (
        "home-roller-0.2mm",
        &[("hygiene.through_cloth", "true")],
        Safety::Refuse,
        "R73",
    ),
    (
        "home-roller-0.2mm",
        &[("hygiene.stored_dry", "false")],
        Safety::Refuse,
        "R72",
    ),
    (
        "home-roller-0.2mm",
        &[("health.steroid_tablets", "true")],
        Safety::Refuse,
        "R74",
    ),
    (
        "home-roller-0.2mm",
        &[("aftercare.topicals", "[{ product = \"vitamin_c\", after = \"30 h\" }]")],
        Safety::Refuse,
        "R38b",
    ),
    (
        "home-roller-0.2mm",
        &[("hygiene.numbing_under_film", "true")],
        Safety::Refuse,
        "R40c",
    ),
    (
        "home-roller-0.2mm",
        &[("health.granuloma_history", "true")],
        Safety::Refuse,
        "R77",
    ),
    (
        "home-roller-0.2mm",
        &[("health.poor_healing", "true")],
        Safety::Refuse,
        "R78",
    ),
    (
        "home-roller-0.2mm",
        &[("area.retinoid_acid_wax_tanner", "\"2 days\"")],
        Safety::Refuse,
        "R82",
    ),
    (
        "clinic-abdomen-alba",
        &[("health.blood_thinner", "true")],
        Safety::Caution,
        "R11",
    ),
    (
        "clinic-abdomen-alba",
        &[("health.heart_risk", "true")],
        Safety::Caution,
        "R45",
    ),
    (
        "clinic-thigh-rubra",
        &[("health.numbing_risk", "true")],
        Safety::Refer,
        "R40d",
    ),
    (
        "clinic-thigh-rubra",
        &[("health.hormones", "\"anabolic_steroids\"")],
        Safety::Refer,
        "R80",
    ),
    (
        "clinic-thigh-rubra",
        &[("person.weight_changing", "true")],
        Safety::Caution,
        "R81",
    ),
    (
        "clinic-abdomen-alba",
        &[("area.implant", "\"other\"")],
        Safety::Refer,
        "R76",
    ),
    (
        "clinic-rf-needles",
        &[("health.electronic_implant", "true")],
        Safety::Refuse,
        "R27c",
    ),
    (
        "clinic-rf-needles",
        &[("area.implant", "\"metal\"")],
        Safety::Refuse,
        "R27d",
    ),
    (
        "clinic-rf-needles",
        &[("device.heat_setting", "\"80 %\"")],
        Safety::Caution,
        "R27e",
    ),
    (
        "clinic-abdomen-alba",
        &[("regimen.adjunct", "\"prp\""), ("regimen.licensed_clinic", "false")],
        Safety::Refuse,
        "R50",
    ),
    (
        "clinic-abdomen-alba",
        &[("regimen.adjunct", "\"prp\""), ("regimen.setting", "\"salon\"")],
        Safety::Refuse,
        "R50",
    ),
    (
        "home-roller-0.2mm",
        &[("regimen.setting", "\"salon\"")],
        Safety::Refer,
        "R83",
    ),
    (
        "home-roller-0.2mm",
        &[("lesion.other_sites", "\"hip, axilla\"")],
        Safety::Refuse,
        "R21",
    ),
    (
        "clinic-abdomen-alba",
        &[("health.self_harm", "true")],
        Safety::Refuse,
        "R51b",
    ),
];

#[test]
fn each_answer_that_could_not_be_heard_is_heard_and_its_opposite_is_not() {
    for &(name, answers, safety, rule) in CHANGES {
        let found = screened(&edited(name, answers));
        assert!(fired(&found, rule).is_some(), "{name} {answers:?}: {rule} is silent");
        assert!(found.safety >= safety, "{name} {answers:?}: {:?}", found.safety);
        assert_eq!(
            fired(&screened(&case(name)), rule),
            None,
            "{name}: {rule} speaks without a reason"
        );
    }
}

#[test]
fn an_older_file_that_lumps_laser_and_filler_is_heard_too() {
    let text = std::fs::read_to_string(crate::setup::cases_folder().join("clinic-abdomen-alba.toml")).unwrap();
    let text = text
        .replace("\nfiller = \"never\"\n", "\n")
        .replace("laser_peel_filler = \"never\"", "laser_peel_filler = \"3 months\"");
    let case = needlework::case::read(&text, "older", &library().catalog).unwrap();
    let found = screened(&case);
    assert_eq!(fired(&found, "R43e"), Some(RuleSeverity::Refer));
    assert!(found.questions.iter().any(|question| question.field == "area.filler"));
}

#[test]
fn everyday_distress_does_not_close_the_door_and_thoughts_of_self_harm_do() {
    let everyday = screened(&case("home-distress"));
    assert!(!everyday.distress && everyday.safety == Safety::Refer);
    let crisis = screened(&edited("home-distress", &[("health.self_harm", "true")]));
    assert!(crisis.distress && crisis.safety == Safety::Refuse);
    // In older files one question covered both: without an answer to the second the graver reading holds.
    let text = std::fs::read_to_string(crate::setup::cases_folder().join("home-distress.toml")).unwrap();
    let older = needlework::case::read(&text.replace("self_harm = false\n", ""), "older", &library().catalog).unwrap();
    assert!(screened(&older).distress);
    let report = answer(
        &edited("home-distress", &[("health.self_harm", "true")]),
        Reading::Lay,
        1,
    );
    let help: Vec<&str> = report.verdict.first.help.iter().map(|line| line.whole()).collect();
    let instead = [help.join(" "), report.verdict.instead.join(" ")].join(" ");
    assert!(instead.contains("116 123") && instead.contains("988"), "{instead}");
    for word in ["needle", "roll", "marks", "clinic"] {
        assert!(!instead.contains(word), "{instead}");
    }
}

#[test]
fn a_minor_with_a_shared_roller_is_sent_to_a_doctor_today_and_told_no_how_to() {
    let report = answer(&case("home-teen-shared-roller"), Reading::Lay, 1);
    assert!(report.verdict.urgent && report.verdict.minor);
    assert!(report.verdict.headline.contains("today"), "{}", report.verdict.headline);
    let instead = report.verdict.instead.join(" ");
    assert!(instead.contains("today"), "{instead}");
    assert!(
        !instead.contains("disinfect") && !instead.contains("sharps"),
        "{instead}"
    );
}

#[test]
fn the_question_of_a_referred_plan_can_be_said_aloud() {
    let report = answer(&case("clinic-isotretinoin-shoulder"), Reading::Lay, 1);
    let question = report.verdict.question.unwrap();
    assert!(
        question.contains("I take isotretinoin") && question.ends_with("?”"),
        "{question}"
    );
    assert!(!question.contains("May I still do this"), "{question}");
}

#[test]
fn where_there_are_no_needles_the_rules_of_needles_are_silent() {
    let found = screened(&case("moisturiser-pregnant"));
    assert!(found.safety < Safety::Refuse, "{:?}", found.fired);
    assert_eq!(fired(&found, "R01a"), None);
}

#[test]
fn one_time_stands_for_one_thing_in_rules_creams_and_models() {
    let library = library();
    let wait = |key: &str| {
        let found = library.rules.waits().iter().find(|wait| wait.key == key);
        found.and_then(needlework::rules::Wait::length).unwrap().days()
    };
    let fresh = library.book.value("reaction.granuloma.fresh").unwrap();
    assert!((wait("open") - fresh).abs() < 1e-9, "{} {fresh}", wait("open"));
    for line in &library.advice {
        assert!(!line.text.contains('{'), "{}", line.text);
    }
    // Measured closing does not outlast what the rules say.
    assert!(wait("open") * 24.0 >= 63.0);
}
