//! The page as a reader, a screen reader and a browser get it.

use crate::fixture;
use needlework_page_reader::{Page, laws};
use needlework_pages::html;
use needlework_pages::model::*;

/// A page as a browser holds it, and what a reader sees of it.
fn read(page: &str) -> (Page, String) {
    let page = Page::read(page).unwrap_or_else(|wrong| panic!("{wrong}"));
    let text = page.text();
    (page, text)
}

fn every() -> Vec<(&'static str, Report)> {
    let mut stopped = fixture::permitted_clinic(Reading::Lay);
    stopped.verdict.safety = Safety::Refuse;
    let stopped = fixture::worded(stopped);
    vec![
        ("permitted lay", fixture::permitted_clinic(Reading::Lay)),
        ("permitted research", fixture::permitted_clinic(Reading::Research)),
        ("refused", fixture::refused_home()),
        ("referred", fixture::referred_home()),
        ("home short", fixture::home_short()),
        ("stopped with data", stopped),
        ("bare", fixture::bare(Reading::Lay, "", Safety::Caution)),
    ]
}

#[test]
fn every_page_is_well_formed_and_accessible() {
    for (name, report) in every() {
        let (page, _) = read(&html(&report));
        let broken = laws::accessible(&page);
        assert!(broken.is_empty(), "{name}: {broken:#?}");
    }
}

#[test]
fn every_page_is_one_file_that_loads_nothing_and_runs_nothing() {
    for (name, report) in every() {
        let (page, _) = read(&html(&report));
        let broken = laws::alone(&page);
        assert!(broken.is_empty(), "{name}: {broken:#?}");
    }
}

/// Whether a text holds a sentence, but for a full stop that the page adds.
fn holds(text: &str, wanted: &str) -> bool {
    text.contains(wanted.trim_end_matches('.'))
}

#[test]
fn what_the_report_says_stands_on_the_page() {
    for reading in [Reading::Lay, Reading::Research] {
        let report = fixture::permitted_clinic(reading);
        let (_, text) = read(&html(&report));
        let verdict = &report.verdict;
        let mut wanted: Vec<String> = vec![
            report.title.clone(),
            report.intended_use.clone(),
            report.banner.clone().unwrap(),
            verdict.benefit_reason.clone(),
            report.burden.as_ref().unwrap().cost.note.clone(),
            report.engine.version.clone(),
            report.engine.posterior.clone(),
            "Will it help? Possible".into(),
            "low certainty".into(),
            "No rule stops this plan, but some things were not checked.".into(),
        ];
        wanted.extend(
            verdict
                .summary
                .iter()
                .chain(&verdict.unchecked)
                .chain(&report.reach.reasons)
                .cloned(),
        );
        wanted.extend(verdict.danger_signs.iter().map(Essential::to_string));
        wanted.extend(
            verdict
                .first
                .expect
                .iter()
                .chain(&verdict.first.harm)
                .chain(&verdict.first.reported)
                .chain(&verdict.first.hinge)
                .cloned(),
        );
        wanted.extend(verdict.rules.iter().map(|rule| rule.reason.clone()));
        wanted.extend(verdict.questions.iter().map(|question| question.text.clone()));
        wanted.extend(
            report
                .risks
                .iter()
                .flat_map(|risk| [risk.title.clone(), risk.note.clone()]),
        );
        wanted.extend(
            report
                .forecast
                .as_ref()
                .unwrap()
                .by_hypothesis
                .iter()
                .map(|law| law.label.clone()),
        );
        wanted.extend(report.checklist.iter().map(|item| item.text.clone()));
        wanted.extend(report.sources.iter().map(|line| line.title.clone()));
        wanted.extend(report.swatches.iter().map(|swatch| swatch.srgb.clone()));
        wanted.extend(
            report
                .against_published
                .iter()
                .flat_map(|row| [row.study.clone(), row.outcome.clone()]),
        );
        for sentence in wanted {
            assert!(holds(&text, &sentence), "{reading:?}: {sentence}");
        }
    }
}

#[test]
fn numbers_stand_on_the_page_as_the_report_has_them() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let (_, text) = read(&html(&report));
    for wanted in [
        "Of 100 people like this, about 72 see little or no change 8 months after the first session (less than 25 \
            points better, where 100 is a mark that is gone), 25 some, 2 a clear one and about 1 get worse. Doing \
            nothing, about 85 would and about 5 get worse. How sure? The average gain over doing nothing may be \
            anything from none to 31 points. For one person there is an even chance of less than 4, and one in ten of \
            more than 24.",
        "about 8 of 100 gain at least 25 points more",
        "After 24 months this plan 1 65 29 5 1",
        "Of 1,000 courses like this, it happens in about 124 and not in 876. Plausible range: 12 to 340.",
        "Of 1,000 courses like this, models span 0 to fewer than 1; nobody has counted.",
        "middle person says about 4.1; 90 of 100 say between 2 and 7.4",
        "about €780 €390 to €1,560",
        "0.72 mm 0.31 to 1.22",
        "Range covers it?",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[test]
fn the_pictures_of_skin_draw_the_holes_that_the_report_carries_and_no_others() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let puncture = report.puncture.as_ref().unwrap();
    let (page, text) = read(&html(&report));
    assert_eq!(page.of_class("f-hole").count(), puncture.slice.channels.len());
    let map = page.of_class("s-hole").next().and_then(|path| path.get("d")).unwrap();
    assert_eq!(map.matches('M').count(), puncture.hole_map.holes_mm.len());
    assert!(text.contains("simulated · will it help? possible"), "{text}");
    let mut odd = report.clone();
    let puncture = odd.puncture.as_mut().unwrap();
    puncture.slice.mark_bottom_um = f64::NAN;
    puncture.hole_map.holes_mm.push([f64::INFINITY, 1.0]);
    let (_, text) = read(&html(&odd));
    assert!(text.contains("could not be drawn") && !text.contains("NaN"));
}

#[test]
fn a_layperson_reads_in_words_what_the_answer_hangs_on_and_a_researcher_finds_each_passport() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    if report.sensitivity.is_none() {
        report.sensitivity = fixture::permitted_clinic(Reading::Research).sensitivity;
    }
    let (_, text) = read(&html(&report));
    assert!(text.contains("What would change this answer most"), "{text}");
    assert!(!text.contains("variance"), "{text}");
    let (page, text) = read(&html(&fixture::permitted_clinic(Reading::Research)));
    assert!(text.contains("needlework evidence KEY"));
    assert!(page.by_id("number-healing.amplification").is_some());
}

#[test]
fn whole_people_that_were_rounded_to_a_hundred_say_so() {
    let (_, text) = read(&html(&fixture::permitted_clinic(Reading::Lay)));
    assert!(text.contains("rounded so that they add up to 100"), "{text}");
}

#[test]
fn the_picture_of_a_hundred_has_a_hundred_figures_in_each_arm() {
    let (page, _) = read(&html(&fixture::permitted_clinic(Reading::Lay)));
    for arm in ["100 people with this plan", "The same 100 people doing nothing"] {
        let pictures = page
            .named("svg")
            .filter(|svg| svg.named("title").any(|title| title.text().starts_with(arm)));
        let figures: Vec<usize> = pictures.map(|svg| svg.named("use").count()).collect();
        assert_eq!(figures, [100], "{arm}");
    }
}

#[test]
fn a_stopped_plan_shows_a_layperson_no_forecast_even_if_the_data_has_one() {
    for safety in [Safety::Refuse, Safety::Refer] {
        let mut report = fixture::permitted_clinic(Reading::Lay);
        report.verdict.safety = safety;
        report.verdict.headline = String::new();
        report.verdict.summary.clear();
        report.verdict.rules.clear();
        report.verdict.benefit_reason = "BENEFIT".into();
        let (page, _) = read(&html(&fixture::worded(report)));
        // Tags and attributes too: not even the place of a picture is there.
        let body = page.named("body").next().unwrap();
        let tags: Vec<String> = body.inside().map(|tag| format!("{tag:?}")).collect();
        let body = format!("{} {}", tags.join(" "), body.told()).to_lowercase();
        for hint in [
            "forecast",
            "improve",
            "of 100",
            "of 1,000",
            "chart",
            "figure",
            "simulated",
            "swatch",
            "gain",
            "benefit",
            "worst imaginable",
            "plausible",
            "certain",
            "calibrated",
        ] {
            assert!(!body.contains(hint), "{safety:?}: {hint}");
        }
    }
    let mut research = fixture::permitted_clinic(Reading::Research);
    research.verdict.safety = Safety::Refuse;
    let (_, text) = read(&html(&fixture::worded(research)));
    for wanted in ["Do not do this plan.", "of 1,000 courses", "for research only"] {
        assert!(text.contains(wanted), "{wanted}");
    }
}

#[test]
fn the_verdict_opens_in_the_fixed_words() {
    let refused = read(&html(&fixture::refused_home())).1;
    let at = |text: &str, part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    let order = [
        "Do not do this plan.",
        "The reasons",
        "in part our judgement",
        "What you can do instead",
        "If you have already done it: danger signs",
    ];
    assert!(
        order
            .windows(2)
            .all(|pair| at(&refused, pair[0]) < at(&refused, pair[1])),
        "{refused}"
    );
    let referred = read(&html(&fixture::referred_home())).1;
    assert!(
        referred.contains("Not yet. Ask a doctor or pharmacist this one question: “I take a blood thinner"),
        "{referred}"
    );
    assert!(referred.contains("Until then, do not needle."));
    let permitted = read(&html(&fixture::home_short())).1;
    assert!(
        permitted.contains("No rule stops this plan, but some things were not checked.")
            && !permitted.contains("Do not do this plan")
    );
    assert!(permitted.contains("Nobody has tested this on stretch marks"));
}

#[test]
fn a_plan_out_of_reach_shows_depth_and_harms_but_no_improvement() {
    let (_, text) = read(&html(&fixture::home_short()));
    assert!(text.contains("Of 100 needles, about 3 reach the dermis") && text.contains("nobody has counted"));
    assert!(!text.contains("improvement") && !text.contains("100 people like this"));
}

#[test]
fn only_a_named_colour_and_a_real_address_reach_the_page() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    report.swatches[1].srgb = "red\" onload=\"x".into();
    let burden = report.burden.as_mut().expect("the fixture has one");
    burden.redness_look[0].srgb = Some("red\" onload=\"x".into());
    report.sources[0].link = Some("javascript:alert(1)".into());
    report.title = "<script>alert(1)</script>".into();
    report.case = serde_json::json!({"a<b": "\"><img src=x>"});
    let (page, text) = read(&html(&report));
    for tag in page.elements() {
        assert!(
            !["script", "img"].contains(&tag.name()) && tag.get("onload").is_none(),
            "{tag:?}"
        );
        assert!(tag.get("fill").is_none_or(|fill| !fill.contains("red")), "{tag:?}");
        let goal = tag.get("href").unwrap_or("#");
        assert!(goal.starts_with('#') || goal.starts_with("https://"), "{tag:?}");
    }
    assert!(text.contains("<script>alert(1)</script>"));
}

#[test]
fn odd_numbers_and_empty_curves_never_break_the_page() {
    let mut report = fixture::permitted_clinic(Reading::Research);
    report.figures.improvement_treated[3].p50 = f64::NAN;
    report.figures.improvement_untreated.clear();
    report.risks[0].per_1000 = Frequency {
        mean: Some(f64::NAN),
        low: f64::NEG_INFINITY,
        high: 5e9,
    };
    let puncture = report.puncture.as_mut().unwrap();
    puncture.histogram.share[2] = f64::INFINITY;
    puncture.histogram.edges_um.truncate(4);
    puncture.layers.clear();
    let forecast = report.forecast.as_mut().unwrap();
    forecast.untreated.truncate(2);
    forecast.treated[0].none.mean = f64::NAN;
    let (_, text) = read(&html(&report));
    assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
    report.forecast.as_mut().unwrap().months.clear();
    report.figures.months.clear();
    read(&html(&report));
}

#[test]
fn redness_is_drawn_where_it_has_a_colour_and_says_how_it_was_tested() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    let drawn = |report: &Report| {
        let (page, text) = read(&html(report));
        (page.of_class("look").count(), text)
    };
    let (pictures, text) = drawn(&report);
    // One of the two hours of the fixture has a colour.
    assert_eq!(pictures, 1);
    assert!(holds(&text, "looks, simulated") && holds(&text, "but in the pictures"));
    let tests = report.burden.as_ref().expect("the fixture has one").validated.clone();
    for words in [tests.pain, tests.redness, tests.bleeding] {
        assert!(holds(&text, &words), "{words}");
    }
    // Without the skin around there is nothing to see it beside.
    report.swatches.clear();
    let (pictures, text) = drawn(&report);
    assert_eq!(pictures, 0);
    assert!(!holds(&text, "looks, simulated") && !holds(&text, "but in the pictures"));
}

#[test]
fn somebody_under_age_or_in_distress_is_stopped_kindly() {
    let mut report = fixture::bare(Reading::Lay, "A plan", Safety::Refuse);
    report.verdict.minor = true;
    let (_, text) = read(&html(&fixture::worded(report.clone())));
    assert!(
        text.contains("This simulator is for adults.") && !text.contains("Do not do this plan"),
        "{text}"
    );
    report.verdict.distress = true;
    report.verdict.danger_signs = vec![Essential::new("Pus or fever")];
    let (_, text) = read(&html(&fixture::worded(report.clone())));
    assert!(text.contains("crisis line listens at any hour: 116 123"), "{text}");
    for word in ["anger sign", "Pus", "roller", "hygiene"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    report.verdict.distress = false;
    report.verdict.minor = false;
    report.verdict.urgent = true;
    let (_, text) = read(&html(&fixture::worded(report)));
    assert_eq!(text.matches("See a doctor today.").count(), 1, "{text}");
    assert_eq!(text.matches("Do not do this plan.").count(), 1, "{text}");
}

#[test]
fn an_open_question_is_asked_once_below_the_verdict() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    let texts: Vec<String> = (0..6).map(|n| format!("Question number {n}?")).collect();
    let ask = |text: &String| OpenQuestion {
        field: "x".into(),
        text: text.clone(),
        serious: false,
        rules: vec![],
    };
    report.verdict.questions = texts.iter().map(ask).collect();
    report.verdict.unchecked = texts;
    let (_, text) = read(&html(&fixture::worded(report)));
    assert_eq!(text.matches("Question number 5?").count(), 1, "{text}");
    assert_eq!(text.matches("ome things were not checked").count(), 1, "{text}");
}

#[test]
fn a_harm_that_was_only_reported_shows_words_and_no_number() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    let mut lumps = report.risks[0].clone();
    lumps.title = "Lumps that last".into();
    lumps.note = "Reported, never counted: 15 patients in 13 studies".into();
    lumps.validated = "never compared with data: there is no number".into();
    lumps.per_1000 = Frequency {
        mean: None,
        low: 0.0,
        high: 1000.0,
    };
    lumps.reported = Some(Reported {
        patients: 15,
        studies: 13,
        products: vec!["a serum with vitamin C".into()],
        months: 9.0,
        this_plan: false,
    });
    report.risks = vec![lumps];
    let (_, text) = read(&html(&report));
    for wanted in [
        "Reported, never counted: there is no number",
        "15 patients in 13 studies",
        "never compared with data",
        "no number",
        "A course with a fractional laser",
        "In a word: mild",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(!text.contains("models span") && !text.contains("0 to 1,000"), "{text}");
}
