//! Alternatives side by side: pairs share their draws, nothing is leaked that a reader is not shown, and published arms
//! stay published.

use needlework::case::{Answer, Arm, Case};
use needlework::cohort::Settings;
use needlework::numerics::unwatched;
use needlework::questions::{Asked, PUBLISHED_MARK, SideBySide, compare};
use needlework::verdict::{Range, Reading, Safety};

use crate::setup::{case, edited, inquiry, library};

fn asked(label: &str, case: Case) -> Asked {
    Asked {
        label: label.to_owned(),
        settings: Vec::new(),
        case,
    }
}

fn compared_on(cases: Vec<Case>, reading: Reading, settings: &Settings) -> SideBySide {
    let asked: Vec<Asked> = cases.into_iter().map(|case| asked("a plan", case)).collect();
    compare(
        "some plans",
        &asked,
        &inquiry(library(), reading, settings),
        &mut unwatched,
    )
    .expect("cases that read are compared")
}

pub fn compared(cases: Vec<Case>, reading: Reading, worlds: usize) -> SideBySide {
    compared_on(
        cases,
        reading,
        &Settings {
            seed: 1,
            worlds,
            people_per_world: 5,
            threads: 2,
        },
    )
}

const CLINIC: &str = "clinic-abdomen-alba";
const ZERO: Range = Range {
    mean: 0.0,
    low: 0.0,
    high: 0.0,
};

#[test]
fn a_plan_beside_itself_differs_by_exactly_nothing() {
    let found = compared(vec![case(CLINIC), case(CLINIC)], Reading::Lay, 12);
    assert!(found.same_people);
    let difference = found.alternatives[1].against_first.as_ref().expect("both are shown");
    for paired in &difference.by_month {
        assert_eq!([paired.points, paired.better, paired.worse], [ZERO; 3]);
    }
    let burden = difference.burden.expect("both needle");
    assert_eq!(
        [
            burden.pain,
            burden.redness_days,
            burden.depth_um,
            burden.dark_marks_per_1000,
            burden.cost_euros
        ],
        [ZERO; 5]
    );
}

#[test]
fn nothing_beside_nothing_differs_by_exactly_nothing() {
    let nothing = || {
        let mut case = case("clinic-thigh-rubra");
        case.regimen.arm = Answer::Known(Arm::Nothing);
        case
    };
    let found = compared(vec![nothing(), nothing()], Reading::Lay, 12);
    assert_eq!(found.alternatives.len(), 2, "nothing is among them already");
    let difference = found.alternatives[1].against_first.as_ref().expect("both are shown");
    assert!(
        difference
            .by_month
            .iter()
            .all(|paired| paired.points == ZERO && paired.better == ZERO)
    );
    assert!(
        difference.burden.is_none()
            && found
                .alternatives
                .iter()
                .all(|one| one.nothing && one.against_nothing.is_none())
    );
}

#[test]
fn doing_nothing_is_always_among_them_and_is_the_untreated_course_of_the_same_people() {
    let found = compared(vec![case("clinic-thigh-rubra")], Reading::Lay, 12);
    let [plan, nothing] = &found.alternatives[..] else {
        panic!("{} alternatives", found.alternatives.len())
    };
    assert!(nothing.nothing && nothing.risks.is_empty() && nothing.burden.is_none());
    let with_plan = plan.against_nothing.as_ref().expect("shown").at_month.points;
    let back = nothing.against_first.as_ref().expect("shown").at_month.points;
    assert!((with_plan.mean + back.mean).abs() < 1e-9, "{with_plan:?} {back:?}");
    assert!((with_plan.low + back.high).abs() < 1e-9 && (with_plan.high + back.low).abs() < 1e-9);
}

#[test]
fn a_longer_needle_never_makes_the_paired_depth_smaller() {
    let lengths = ["1 mm", "1.5 mm", "2 mm", "3 mm"];
    let cases = lengths.map(|length| edited(CLINIC, &[("device.needle_length", &format!("\"{length}\""))]));
    let found = compared(cases.to_vec(), Reading::Research, 20);
    let mut last = 0.0;
    for one in found.alternatives.iter().filter(|one| !one.nothing).skip(1) {
        let depth = one
            .against_first
            .as_ref()
            .and_then(|difference| difference.burden)
            .expect("both needle")
            .depth_um;
        assert!(depth.low >= 0.0 && depth.mean > last, "{depth:?} after {last}");
        last = depth.mean;
    }
}

#[test]
fn a_stopped_alternative_carries_no_number_for_laypeople_and_all_for_researchers() {
    let cases = || {
        vec![
            case("home-roller-1.5mm"),
            case(CLINIC),
            case("home-pregnant"),
            case("home-roller-0.5mm"),
        ]
    };
    let lay = compared(cases(), Reading::Lay, 8);
    for one in &lay.alternatives {
        let stopped = one.verdict.safety != Safety::Caution;
        let untested = one.reach.level != needlework::verdict::ReachLevel::Inside && !one.nothing;
        if stopped || untested {
            assert!(
                one.expected.is_none() && one.against_first.is_none() && one.against_nothing.is_none(),
                "{}",
                one.name
            );
        }
        if stopped {
            assert!(
                one.risks.is_empty() && one.burden.is_none() && one.needles.is_none(),
                "{}",
                one.name
            );
        }
    }
    assert_eq!(lay.alternatives[0].verdict.safety, Safety::Refuse);
    assert!(lay.alternatives[1].expected.is_some(), "the permitted one is shown");
    assert!(
        lay.alternatives.iter().all(|one| one.against_first.is_none()),
        "a difference to a refused plan would give it away"
    );
    let research = compared(cases(), Reading::Research, 8);
    assert!(research.alternatives.iter().all(|one| one.expected.is_some()));
    assert!(
        research.alternatives[3]
            .expected
            .as_ref()
            .is_some_and(|expected| expected.extrapolated),
        "and flagged"
    );
}

#[test]
fn somebody_under_age_is_shown_no_numbers_of_any_alternative() {
    let young = case("home-under-18");
    let mut clinic = case(CLINIC);
    clinic.person = young.person.clone();
    let found = compared(vec![clinic, young], Reading::Lay, 4);
    assert!(found.published.is_empty() && found.month.is_none() && found.worlds == 0);
    assert!(
        found
            .alternatives
            .iter()
            .all(|one| one.expected.is_none() && one.risks.is_empty() && one.burden.is_none())
    );
}

#[test]
fn published_arms_are_marked_and_of_the_stage_of_the_case() {
    let alba = compared(vec![case(CLINIC)], Reading::Lay, 4);
    assert!(
        alba.published.iter().any(|arm| arm.kind == "cream") && alba.published.iter().any(|arm| arm.kind == "laser")
    );
    assert!(
        alba.published
            .iter()
            .all(|arm| arm.mark == PUBLISHED_MARK && (arm.stage == "alba" || arm.stage == "mixed"))
    );
    assert!(alba.published.iter().all(|arm| !arm.arm.contains("needl")));
    let rubra = compared(vec![case("clinic-thigh-rubra")], Reading::Lay, 4);
    assert!(
        rubra
            .published
            .iter()
            .any(|arm| arm.study == "Kang1996" && arm.kind == "untreated")
    );
    for arm in &rubra.published {
        assert!(
            rubra.sources.iter().any(|source| source.key == arm.study),
            "{} has its source",
            arm.study
        );
    }
}

/// A new arm of the evidence must be understood, or it would silently be missing here.
#[test]
fn every_published_arm_is_a_cream_a_laser_untreated_or_left_out_on_purpose() {
    let words = [
        "needl",
        "radiofrequency",
        "microdermabrasion",
        "laser",
        "co2",
        "tretinoin",
        "cream",
        "glycolic",
        "vehicle",
        "untreated",
        "control",
    ];
    for arm in &library().arms {
        let name = arm.arm.to_lowercase();
        assert!(
            words.iter().any(|word| name.contains(word)),
            "nobody knows what `{name}` is; see comparators.rs"
        );
    }
}

#[test]
fn all_are_looked_at_when_the_longest_plan_is_over() {
    let short = edited(CLINIC, &[("regimen.sessions", "1")]);
    let long = edited(CLINIC, &[("regimen.sessions", "6"), ("regimen.interval", "\"8 week\"")]);
    let found = compared(vec![short, long], Reading::Lay, 4);
    assert_eq!(found.month, Some(12.0));
    assert!(found.alternatives.iter().all(|one| one.expected.is_some()));
}

#[test]
fn cases_of_different_people_are_called_so() {
    let older = edited(CLINIC, &[("person.age", "\"50 years\"")]);
    assert!(!compared(vec![case(CLINIC), older], Reading::Lay, 4).same_people);
    let wider = edited(CLINIC, &[("lesion.treated_area", "\"100 cm2\"")]);
    assert!(
        compared(vec![case(CLINIC), wider], Reading::Lay, 4).same_people,
        "how much is treated belongs to the plan"
    );
}

#[test]
fn one_and_two_threads_compare_to_the_same_bytes() {
    let bytes = |threads: usize| {
        let settings = Settings {
            seed: 5,
            worlds: 11,
            people_per_world: 3,
            threads,
        };
        let found = compared_on(
            vec![case(CLINIC), case("home-roller-1.5mm")],
            Reading::Research,
            &settings,
        );
        serde_json::to_vec(&found).unwrap()
    };
    assert!(bytes(1) == bytes(2));
}
