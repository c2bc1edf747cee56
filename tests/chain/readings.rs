//! Who reads what: a stopped plan shows a layperson no forecast, a plan outside the evidence no numbers of benefit, and
//! a researcher sees everything, flagged.

use needlework::case::SiteClass;
use needlework::verdict::{Benefit, Certainty, Figures, INTENDED_USE, ReachLevel, Reading, Report, Safety};

use crate::setup::{answer, case, case_names, edited, library};

fn shows_no_forecast(report: &Report, name: &str) {
    assert!(
        report.forecast.is_none() && report.gain25.is_none() && report.sensitivity.is_none(),
        "{name}"
    );
    assert!(report.colour.is_none() && report.swatches.is_empty(), "{name}");
    assert_eq!(report.figures, Figures::default(), "{name}");
}

#[test]
fn every_committed_case_has_an_answer_in_both_readings() {
    let names = case_names();
    assert!(names.len() >= 16, "{}", names.len());
    for name in &names {
        let question = case(name);
        let [lay, research] = [Reading::Lay, Reading::Research].map(|reading| answer(&question, reading, 6));
        for report in [&lay, &research] {
            assert_eq!(report.people, 30, "{name}: the number that was asked for");
            assert_eq!(report.intended_use, INTENDED_USE);
            assert!(!report.verdict.headline.is_empty(), "{name}");
            let words = report.verdict.summary.len()
                + report.verdict.instead.len()
                + report.verdict.first.help.len()
                + usize::from(report.verdict.first.expect.is_some());
            assert!(words > 0, "{name}: an answer says more than its headline");
            assert_ne!(
                report.verdict.benefit,
                Benefit::Likely,
                "{name}: no controlled, blinded trial exists"
            );
            assert!(
                report.banner.is_some() == (report.worlds > 0),
                "{name}: computed numbers carry the banner"
            );
        }
        assert_eq!(
            lay.verdict.safety, research.verdict.safety,
            "{name}: safety does not depend on who reads"
        );
        assert_eq!(lay.reach, research.reach, "{name}");
        check_lay(&lay, name);
        check_research(&research, name);
    }
}

fn check_lay(report: &Report, name: &str) {
    let stopped = report.verdict.safety != Safety::Caution;
    let nothing = report.case.pointer("/regimen/arm").is_some_and(|arm| arm == "nothing");
    if stopped {
        assert_eq!(report.worlds, 0, "{name}: a stopped plan is not simulated");
        assert!(
            report.risks.is_empty() && report.burden.is_none() && report.puncture.is_none(),
            "{name}"
        );
        let help = report.verdict.instead.len() + report.verdict.first.help.len();
        assert!(help > 0, "{name}: what to do instead");
        assert!(
            !report.verdict.danger_signs.is_empty(),
            "{name}: what to watch for if it is done already"
        );
        assert!(
            report.checklist.is_empty(),
            "{name}: no checklist for a plan that is stopped"
        );
        assert_eq!(report.certainty, Certainty::None, "{name}");
    }
    if stopped || (report.reach.level != ReachLevel::Inside && !nothing) {
        shows_no_forecast(report, name);
        assert!(
            report.verdict.benefit != Benefit::Possible || report.reach.level == ReachLevel::Edge,
            "{name}"
        );
    } else if report.worlds > 0 {
        let forecast = report
            .forecast
            .as_ref()
            .unwrap_or_else(|| panic!("{name} has a forecast"));
        assert!(
            !forecast.extrapolated,
            "{name}: a layperson is shown nothing that is extrapolated"
        );
    }
}

fn check_research(report: &Report, name: &str) {
    let arm = report
        .case
        .pointer("/regimen/arm")
        .and_then(|arm| arm.as_str())
        .unwrap_or("needling")
        .to_owned();
    let simulated = arm == "needling" || arm == "nothing";
    assert_eq!(report.forecast.is_some(), simulated, "{name}");
    let Some(forecast) = &report.forecast else { return };
    assert_eq!(report.worlds, 6, "{name}");
    assert!(forecast.months.contains(&24.0), "{name}: a researcher sees two years");
    // Two years lie beyond a year after the last session of any of these plans, so something is always extrapolated.
    assert!(
        forecast.extrapolated,
        "{name}: what lies outside the evidence is flagged"
    );
    assert!(report.gain25.is_some() && !report.figures.months.is_empty(), "{name}");
    assert_eq!(report.puncture.is_some(), arm == "needling", "{name}");
    assert_eq!(
        report.reach.level == ReachLevel::Inside,
        report.reach.reasons.is_empty(),
        "{name}"
    );
}

#[test]
fn a_benefit_is_unknown_outside_the_reach_and_possible_at_best_inside() {
    for (name, benefit) in [
        ("home-roller-0.5mm", Benefit::Unknown),
        ("clinic-thigh-rubra", Benefit::Possible),
    ] {
        assert_eq!(
            answer(&case(name), Reading::Research, 40).verdict.benefit,
            benefit,
            "{name}"
        );
    }
}

#[test]
fn needles_that_hardly_reach_the_dermis_are_unlikely_to_help_by_mechanism() {
    let report = answer(
        &edited("clinic-abdomen-alba", &[("device.needle_length", "\"0.05 mm\"")]),
        Reading::Research,
        40,
    );
    let reaches = report.puncture.expect("research sees the holes").reaches_dermis;
    assert!(reaches.high < 0.05, "{reaches:?}");
    assert_eq!(report.verdict.benefit, Benefit::Unlikely);
}

#[test]
fn certainty_is_low_at_best_and_none_outside() {
    let certainty =
        |name: &str, answers: &[(&str, &str)]| answer(&edited(name, answers), Reading::Research, 6).certainty;
    let clinic = "clinic-abdomen-alba";
    assert_eq!(certainty(clinic, &[]), Certainty::Low);
    assert_eq!(
        certainty(clinic, &[("device.needle_length", "\"1 mm\"")]),
        Certainty::Low
    );
    assert_eq!(
        certainty(clinic, &[("device.needle_length", "\"0.6 mm\"")]),
        Certainty::VeryLow
    );
    assert_eq!(
        certainty(clinic, &[("person.fitzpatrick", "\"VI\"")]),
        Certainty::VeryLow
    );
    assert_eq!(certainty(clinic, &[("person.age", "\"60 years\"")]), Certainty::VeryLow);
    assert_eq!(
        certainty(clinic, &[("device.needle_length", "\"0.3 mm\"")]),
        Certainty::None
    );
    assert_eq!(certainty("home-roller-0.2mm", &[]), Certainty::None);
    assert_eq!(certainty("kang-1996-tretinoin", &[]), Certainty::None);
}

#[test]
fn home_infections_have_a_range_and_no_point_estimate() {
    let infection = |name: &str| {
        let report = answer(&case(name), Reading::Research, 20);
        report
            .risks
            .into_iter()
            .find(|risk| risk.name == "infection")
            .expect("infection is a risk")
    };
    let home = infection("home-roller-1.5mm");
    assert!(home.per_1000.mean.is_none() && !home.counted && home.per_1000.high > home.per_1000.low);
    let clinic = infection("clinic-abdomen-alba");
    assert!(clinic.per_1000.mean.is_some_and(|mean| mean > 5.0 && mean < 60.0) && clinic.counted);
}

#[test]
fn an_edge_plan_is_flagged_for_researchers_and_hidden_from_laypeople() {
    let edge = edited("clinic-abdomen-alba", &[("person.fitzpatrick", "\"VI\"")]);
    let research = answer(&edge, Reading::Research, 6);
    assert_eq!(research.reach.level, ReachLevel::Edge);
    assert!(research.forecast.is_some_and(|forecast| forecast.extrapolated));
    let lay = answer(&edge, Reading::Lay, 6);
    shows_no_forecast(&lay, "edge");
    assert!(
        lay.puncture.is_some() && !lay.risks.is_empty(),
        "no rule stops it, so its risks and holes are shown"
    );
}

#[test]
fn every_site_gives_an_answer_and_only_trunk_and_limbs_lie_inside() {
    for site in library().catalog.sites() {
        let report = answer(
            &edited("clinic-abdomen-alba", &[("lesion.site", &format!("\"{}\"", site.name))]),
            Reading::Lay,
            2,
        );
        let inside = site.is(SiteClass::Trunk) || site.is(SiteClass::Limb);
        assert_eq!(report.reach.level == ReachLevel::Inside, inside, "{}", site.name);
    }
}
