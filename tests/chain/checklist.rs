//! The checklist of a permitted plan: every step is there, in order, each with what is behind it; a stopped plan has
//! none.

use needlework::verdict::{ChecklistItem, Reading, Safety};

use crate::setup::{answer, case, edited, library};

/// The groups that every permitted plan has, in the order in which they are done.
const STEPS: [&str; 10] = [
    "before",
    "skin",
    "session",
    "after",
    "first_day",
    "first_days",
    "later",
    "next",
    "danger",
    "stop",
];

fn checklist(case: &needlework::case::Case) -> Vec<ChecklistItem> {
    answer(case, Reading::Lay, 20).checklist
}

fn line<'a>(list: &'a [ChecklistItem], when: &str, words: &str) -> &'a ChecklistItem {
    list.iter()
        .find(|item| item.when == when && item.text.contains(words))
        .unwrap_or_else(|| panic!("no line of `{when}` says `{words}`: {list:#?}"))
}

#[test]
fn every_step_is_there_in_order_and_every_line_says_what_is_behind_it() {
    let library = library();
    for name in ["clinic-abdomen-alba", "clinic-thigh-rubra", "home-roller-0.2mm"] {
        let list = checklist(&case(name));
        let mut steps: Vec<&str> = list.iter().map(|item| item.when.as_str()).collect();
        steps.dedup();
        assert_eq!(steps, STEPS, "{name}");
        for item in &list {
            assert!(!item.because.is_empty(), "{name}: nothing is behind: {}", item.text);
            for key in &item.because {
                let known = key == "the plan itself"
                    || library.rules.rule(key).is_some()
                    || library.book.passport(key).is_some()
                    || library.book.source(key).is_some();
                assert!(known, "{name}: nobody knows {key}, behind: {}", item.text);
            }
        }
    }
}

#[test]
fn the_plans_own_lines_say_what_the_case_says() {
    let planned = edited(
        "clinic-abdomen-alba",
        &[
            ("regimen.passes", "7"),
            ("regimen.directions", "3"),
            ("regimen.interval", "\"6 week\""),
            ("lesion.treated_area", "\"80 cm2\""),
        ],
    );
    let list = checklist(&planned);
    line(&list, "session", "7 passes");
    line(&list, "session", "80 cm²");
    line(&list, "next", "6 weeks after this one");
}

/// Whoever is needled in a clinic is told what to look for; how it is done is for those who do it.
#[test]
fn only_at_home_the_checklist_says_how_passes_are_spread() {
    let directions = [("regimen.directions", "3")];
    line(
        &checklist(&edited("home-roller-0.2mm", &directions)),
        "session",
        "3 directions",
    );
    let clinic = checklist(&edited("clinic-abdomen-alba", &directions));
    for how in [
        "directions",
        "straight lines",
        "Lift",
        "Wipe every surface",
        "Count them",
    ] {
        assert!(!clinic.iter().any(|item| item.text.contains(how)), "{how}: {clinic:#?}");
    }
    line(&clinic, "session", "none is added");
}

#[test]
fn a_stopped_plan_has_no_checklist() {
    let stopped = answer(&case("home-roller-1.5mm"), Reading::Lay, 20);
    assert_eq!(stopped.verdict.safety, Safety::Refuse);
    assert!(stopped.checklist.is_empty());
}
