//! Safety through the whole chain: forbidden places stay forbidden, and one more contraindication never makes a verdict
//! milder.

use needlework::case::{AnswerKind, Case, SiteClass, fields};
use needlework::rules::{Fact, Facts, RuleSeverity, Safety as Screened, screen};
use needlework::verdict::{Reading, Safety};

use crate::setup::{answer, case, edited, library};

/// Cases with every question answered, where no rule stops the plan.
const ANSWERED: [&str; 4] = [
    "clinic-abdomen-alba",
    "clinic-thigh-rubra",
    "home-roller-0.2mm",
    "home-roller-0.5mm",
];

/// Yes-or-no questions about health, the area and symptoms: a yes is a contraindication or a warning, never a merit.
fn contraindications() -> Vec<String> {
    let sections = ["health.", "area.", "symptoms."];
    let mut found: Vec<String> = fields()
        .into_iter()
        .filter(|field| field.kind == AnswerKind::YesNo && sections.iter().any(|start| field.path.starts_with(start)))
        .map(|field| field.path)
        .collect();
    found.push("lesion.warning_signs".to_owned());
    found
}

/// How severe a screening reads, mild to severe.
type Reads = (Screened, bool, Option<RuleSeverity>);

fn severity(case: &Case) -> Reads {
    severity_of(&Facts::resolved(case, &library().catalog))
}

fn severity_of(facts: &Facts) -> Reads {
    let found = screen(&library().rules, facts);
    (
        found.safety,
        found.urgent,
        found.fired.iter().map(|rule| rule.severity).max(),
    )
}

#[test]
fn one_more_contraindication_never_makes_the_verdict_milder() {
    let questions = contraindications();
    assert!(questions.len() > 35, "{}", questions.len());
    for name in ANSWERED {
        let start = severity(&case(name));
        let facts = Facts::resolved(&case(name), &library().catalog);
        let mut harsher = 0;
        let alone: Vec<_> = questions
            .iter()
            .map(|question| severity(&edited(name, &[(question, "true")])))
            .collect();
        for (question, found) in questions.iter().zip(&alone) {
            assert!(*found >= start, "{name}: {question} makes {start:?} milder: {found:?}");
            harsher += usize::from(found.0 > start.0);
        }
        assert!(harsher > 15, "{name}: only {harsher} contraindications stop the plan");
        // A second one beside the first is never milder than the harsher of the two.
        for (i, one) in questions.iter().enumerate() {
            for (j, other) in questions.iter().enumerate().skip(i + 1) {
                let both = severity_of(&facts.clone().with(one, Fact::Flag(true)).with(other, Fact::Flag(true)));
                let harsher = alone[i].max(alone[j]);
                assert!(
                    both >= harsher,
                    "{name}: {one} and {other} together: {both:?} < {harsher:?}"
                );
            }
        }
    }
}

#[test]
fn a_contraindication_never_makes_the_whole_answer_milder() {
    for name in ["clinic-abdomen-alba", "home-roller-0.2mm"] {
        let start = answer(&case(name), Reading::Lay, 1).verdict;
        assert_eq!(start.safety, Safety::Caution, "{name}");
        for question in contraindications() {
            let found = answer(&edited(name, &[(&question, "true")]), Reading::Lay, 1).verdict;
            assert!(found.safety >= start.safety, "{name} {question}");
            assert!(found.urgent >= start.urgent, "{name} {question}");
        }
    }
}

#[test]
fn leaving_a_serious_question_open_is_never_milder_than_answering_no() {
    for name in ANSWERED {
        let start = severity(&case(name));
        for question in contraindications() {
            let open = severity(&edited(name, &[(&question, "\"unknown\"")]));
            assert!(open.0 >= start.0, "{name}: {question} unknown");
        }
        assert!(
            severity(&edited(name, &[("health.immunosuppressed", "\"unknown\"")])).0 >= Screened::Refer,
            "{name}"
        );
    }
}

#[test]
fn face_armpit_groin_and_nipple_are_refused_at_home_whatever_the_needle() {
    let forbidden: Vec<&str> = library()
        .catalog
        .sites()
        .iter()
        .filter(|site| site.is(SiteClass::ForbiddenAtHome) || site.is(SiteClass::Never))
        .map(|site| site.name.as_str())
        .collect();
    for place in ["face", "axilla", "groin", "nipple"] {
        assert!(
            forbidden.iter().any(|name| name.contains(place)),
            "{place} is not among {forbidden:?}"
        );
    }
    for site in forbidden {
        for name in ["home-roller-0.2mm", "home-roller-1.5mm"] {
            let report = answer(
                &edited(name, &[("lesion.site", &format!("\"{site}\""))]),
                Reading::Lay,
                1,
            );
            assert_eq!(report.verdict.safety, Safety::Refuse, "{site} {name}");
            assert!(report.forecast.is_none() && report.risks.is_empty(), "{site} {name}");
        }
    }
}

#[test]
fn the_situations_of_the_article_end_as_they_should() {
    let expected = [
        ("home-face", Safety::Refuse),
        ("home-armpit", Safety::Refuse),
        ("home-pregnant", Safety::Refuse),
        ("home-under-18", Safety::Refuse),
        ("home-reused-uncleaned", Safety::Refuse),
        ("home-vitamin-c", Safety::Refuse),
        ("home-roller-1.5mm", Safety::Refuse),
        ("home-roller-0.2mm", Safety::Caution),
        ("clinic-abdomen-alba", Safety::Caution),
        ("clinic-thigh-rubra", Safety::Caution),
    ];
    for (name, safety) in expected {
        assert_eq!(answer(&case(name), Reading::Lay, 1).verdict.safety, safety, "{name}");
    }
}

#[test]
fn the_same_plan_is_never_milder_at_home_than_in_a_clinic() {
    for name in ANSWERED {
        let at = |setting: &str| severity(&edited(name, &[("regimen.setting", &format!("\"{setting}\""))])).0;
        assert!(at("home") >= at("clinic"), "{name}");
    }
}
