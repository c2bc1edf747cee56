//! The summary stays within 80 columns and 56 lines and says the verdict first.

use crate::fixture;
use needlework_pages::model::*;
use needlework_pages::terminal;

/// A report with far too much of everything.
fn bloated(mut report: Report) -> Report {
    let long = "a very long sentence that goes on about needles, skin and doctors ".repeat(12);
    let rule = FiredRule {
        id: "R1".into(),
        severity: "refuse".into(),
        reason: long.clone(),
        instead: None,
        source: vec!["X".repeat(120)],
        grade: "L/J".into(),
    };
    for severity in ["refuse", "refer", "caution", "info"] {
        report.verdict.rules.extend((0..12).map(|n| FiredRule {
            id: format!("{severity}{n}"),
            severity: severity.into(),
            ..rule.clone()
        }));
    }
    report.title = format!("{long}\u{1b}[2J");
    report.banner = Some(long.clone());
    report.intended_use = long.clone();
    let verdict = &mut report.verdict;
    verdict.urgent = true;
    verdict.benefit_reason = long.clone();
    for list in [&mut verdict.instead, &mut verdict.unchecked] {
        list.extend(std::iter::repeat_n(long.clone(), 20));
    }
    let question = OpenQuestion {
        field: "x".into(),
        text: long.clone(),
        serious: true,
        rules: vec![],
    };
    verdict.questions.extend(std::iter::repeat_n(question, 20));
    let risks = report.risks.clone();
    for _ in 0..5 {
        report.risks.extend(risks.iter().cloned().map(|risk| Risk {
            title: long.clone(),
            ..risk
        }));
    }
    report
}

#[test]
fn it_never_passes_80_columns_or_56_lines() {
    let plain = [
        fixture::permitted_clinic(Reading::Lay),
        fixture::permitted_clinic(Reading::Research),
        fixture::refused_home(),
        fixture::referred_home(),
        fixture::home_short(),
        fixture::bare(Reading::Lay, "", Safety::Refuse),
    ];
    for (report, is_bloated) in plain
        .iter()
        .flat_map(|report| [(report.clone(), false), (bloated(report.clone()), true)])
    {
        for safety in [Safety::Caution, Safety::Refer, Safety::Refuse] {
            for width in [0, 40, 72, 80, 200] {
                let mut report = report.clone();
                report.verdict.safety = safety;
                let report = fixture::worded(report);
                let text = terminal(&report, width, false);
                // The first screen stands whole, so that a narrow terminal may need more lines. No sentence is cut, so
                // that where each takes a dozen lines only the number of them is bounded.
                let most = if width >= 72 { 56 } else { 80 };
                let items = text.lines().filter(|line| line.starts_with("- ")).count();
                if is_bloated {
                    assert!(items <= 12, "{items} items:\n{text}");
                } else {
                    assert!(text.lines().count() <= most, "{} lines:\n{text}", text.lines().count());
                }
                let limit = width.clamp(40, 80);
                assert!(
                    text.lines().all(|line| line.chars().count() <= limit),
                    "width {limit}:\n{text}"
                );
                assert!(!text.contains('\u{1b}'), "the case steers the terminal");
            }
        }
    }
}

#[test]
fn the_verdict_comes_first() {
    let first = |report: &Report| {
        terminal(report, 80, false)
            .lines()
            .nth(2)
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(first(&fixture::refused_home()), "Do not do this plan.");
    assert_eq!(
        first(&fixture::referred_home()),
        "Not yet. Ask a doctor or pharmacist this one question:"
    );
    assert_eq!(
        first(&fixture::home_short()),
        "No rule stops this plan, but some things were not checked."
    );
}

/// Every text that may never be shortened, in the order of the screen.
fn essentials(report: &Report) -> Vec<String> {
    let first = &report.verdict.first;
    let shown = !(report.verdict.distress || report.verdict.safety == Safety::Caution);
    let signs = report.verdict.danger_signs.iter().filter(|_| shown);
    let lead = [
        first.now.as_ref(),
        Some(&first.verdict),
        first.question.as_ref(),
        first.until_then.as_ref(),
    ];
    lead.into_iter()
        .flatten()
        .chain(&first.help)
        .chain(signs)
        .map(Essential::to_string)
        .collect()
}

#[test]
fn what_may_never_be_shortened_stands_whole_at_any_width_and_no_sentence_is_cut() {
    let long = "a sentence about what to look for and whom to ask, and when to ask them, ".repeat(9);
    for base in [
        fixture::refused_home(),
        fixture::referred_home(),
        fixture::home_short(),
        bloated(fixture::refused_home()),
    ] {
        for (distress, minor) in [(false, false), (true, false), (false, true)] {
            let mut report = base.clone();
            report.verdict.distress = distress;
            report.verdict.minor = minor;
            if distress || minor {
                report.verdict.instead.clear();
            }
            report.verdict.question = report.verdict.question.map(|_| long.clone());
            report.verdict.danger_signs.push(Essential::new(long.clone()));
            let report = fixture::worded(report);
            for width in [40, 57, 80] {
                let text = terminal(&report, width, false);
                let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
                for wanted in essentials(&report) {
                    let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(flat.contains(&wanted), "width {width}: {wanted}\n{text}");
                }
                if distress {
                    for word in ["needles were", "anger sign", "roller", "hygiene", "Instead"] {
                        assert!(!text.contains(word), "{word}\n{text}");
                    }
                }
            }
        }
    }
    for report in [
        fixture::refused_home(),
        fixture::referred_home(),
        fixture::permitted_clinic(Reading::Lay),
    ] {
        let text = terminal(&report, 80, false);
        let cut = text.lines().filter(|line| line.ends_with('…')).count();
        assert_eq!(cut, 0, "{text}");
    }
}

#[test]
fn what_leaves_is_counted() {
    let text = terminal(&bloated(fixture::refused_home()), 80, false);
    assert!(text.contains("more in the report\n"), "{text}");
    assert!(text.contains("danger signs"), "{text}");
}

#[test]
fn researchers_see_both_arms_side_by_side_at_each_month() {
    let text = terminal(&fixture::permitted_clinic(Reading::Research), 80, false);
    for line in ["     3 plan         5 (1–11)  85 (30–100)", "     6 nothing"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn whoever_may_go_on_is_told_the_danger_signs_and_what_to_leave_in_the_first_days() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let text = terminal(&report, 80, false);
    for sign in &report.verdict.danger_signs {
        assert!(text.contains(sign.whole()), "{sign}\n{text}");
    }
    for line in [
        "In the first days\n- Nothing on the skin that is not sterile",
        "That is not the same as safe",
        "- Skin infection that needs treatment: in about 15, not in 985",
        "not yet calibrated against",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("months after the first session\nmonths"), "{text}");
}

#[test]
fn a_stopped_plan_shows_a_layperson_no_forecast() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    report.verdict.safety = Safety::Refuse;
    let text = terminal(&fixture::worded(report), 80, false);
    for hint in ["Of 100", "Of 1,000", "Will it help", "forecast", "Pain"] {
        assert!(!text.contains(hint), "{hint}\n{text}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let report = fixture::refused_home();
    let painted = terminal(&report, 80, true);
    let mut bare = String::new();
    let mut inside = false;
    for letter in painted.chars() {
        match letter {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            other => bare.push(other),
        }
    }
    assert_ne!(painted, bare);
    assert_eq!(bare, terminal(&report, 80, false));
}
