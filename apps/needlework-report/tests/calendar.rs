//! The calendar as a program reads it: its order, its days, and what it never says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fixture;

use needlework::case::{Answer, Arm, Case, Lapse};
use needlework::units::Time;
use needlework_report::calendar;
use needlework_report::model::*;

/// A case that starts on a day, with sessions four weeks apart.
fn case(sessions: u32) -> Case {
    let mut case = Case::default();
    case.regimen.arm = Answer::Known(Arm::Needling);
    case.regimen.start_date = Answer::Known("2027-01-15".into());
    case.regimen.sessions = Answer::Known(sessions);
    case.regimen.interval = Answer::Known(Time::from_weeks(4.0));
    case
}

/// Day, summary and description of each entry, unfolded.
fn entries(text: &str) -> Vec<(String, String, String)> {
    let flat = text.replace("\r\n ", "");
    flat.split("BEGIN:VEVENT")
        .skip(1)
        .map(|event| {
            let of = |name: &str| {
                event
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .map(|rest| rest.split_once(':').unwrap().1.replace("\\,", ",").replace("\\;", ";"))
                    .unwrap_or_else(|| panic!("no {name} in {event}"))
            };
            (of("DTSTART"), of("SUMMARY"), of("DESCRIPTION"))
        })
        .collect()
}

#[test]
fn looks_for_danger_signs_and_the_day_to_stop_come_before_any_session() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let found = entries(&calendar(&report, &case(3)).unwrap());
    let looks: Vec<&str> = found.iter().take(12).map(|entry| entry.0.as_str()).collect();
    assert_eq!(looks[..5], ["20270116", "20270118", "20270122", "20270205", "20270213"]);
    assert!(
        found
            .iter()
            .take(12)
            .all(|entry| entry.1.starts_with("Look for danger signs"))
    );
    assert!(
        found[12].1.starts_with("Stop if nothing has changed"),
        "{}",
        found[12].1
    );
    assert_eq!(found[12].0, "20270409");
    let sessions: Vec<&str> = found
        .iter()
        .filter(|entry| entry.1.starts_with("Session "))
        .map(|entry| entry.0.as_str())
        .collect();
    assert_eq!(sessions, ["20270115", "20270212", "20270312"]);
    for (after, day) in [
        ("Water again", "20270118"),
        ("Retinoids and acids again", "20270122"),
        ("Sun again", "20270129"),
    ] {
        assert!(
            found.iter().any(|entry| entry.1 == after && entry.0 == day),
            "{after} {day}"
        );
    }
}

#[test]
fn a_long_course_is_looked_at_after_the_fourth_session_and_before_the_fifth() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let found = entries(&calendar(&report, &case(6)).unwrap());
    let stops: Vec<&str> = found
        .iter()
        .filter(|entry| entry.1.starts_with("Stop"))
        .map(|entry| entry.0.as_str())
        .collect();
    // The fourth session is on 9 April, the fifth would be on 7 May, the sixth on 4 June.
    assert_eq!(stops, ["20270506", "20270702"]);
}

#[test]
fn every_entry_says_what_the_software_is_not_and_two_runs_give_the_same_bytes() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let text = calendar(&report, &case(3)).unwrap();
    let found = entries(&text);
    assert!(
        found.iter().all(|entry| entry.2.contains("not a medical device")),
        "{found:?}"
    );
    assert_eq!(text, calendar(&report, &case(3)).unwrap());
    assert_eq!(text.matches("DTSTAMP:20270115T000000Z").count(), found.len());
    let mut ids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), found.len());
}

#[test]
fn without_a_start_date_or_without_needles_there_is_no_calendar() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let mut undated = case(3);
    undated.regimen.start_date = Answer::Missing;
    assert_eq!(calendar(&report, &undated), None);
    let mut cream = case(3);
    cream.regimen.arm = Answer::Known(Arm::Cream);
    assert_eq!(calendar(&report, &cream), None);
}

#[test]
fn a_stopped_plan_puts_no_session_and_no_hint_into_the_calendar() {
    for (safety, reading) in [
        (Safety::Refuse, Reading::Lay),
        (Safety::Refer, Reading::Lay),
        (Safety::Refuse, Reading::Research),
    ] {
        let mut report = fixture::permitted_clinic(reading);
        report.verdict.safety = safety;
        assert_eq!(calendar(&report, &case(3)), None, "nothing was done yet");
        let mut begun = case(3);
        begun.regimen.sessions_so_far = Answer::Known(2);
        begun.regimen.last_session = Answer::Known(Lapse::After(Time::from_days(5.0)));
        let text = calendar(&report, &begun).unwrap();
        let found = entries(&text);
        assert_eq!(found.len(), 4);
        assert_eq!(found[0].0, "20270213", "a day after the second session");
        assert!(found.iter().all(|entry| entry.1.starts_with("Look for danger signs")));
        let lower = text.to_lowercase();
        for hint in [
            "session",
            "again",
            "stop if",
            "forecast",
            "improve",
            "of 100",
            "of 1,000",
            "checklist",
            "no rule",
        ] {
            assert!(!lower.contains(hint), "{safety:?}: {hint}\n{text}");
        }
    }
}

#[test]
fn somebody_with_symptoms_is_reminded_even_where_the_case_counts_no_session() {
    let mut report = fixture::refused_home();
    report.verdict.danger_signs = vec![Essential::new("Pus or fever")];
    let mut begun = case(1);
    begun.symptoms.infection_signs = Answer::Known(true);
    assert_eq!(entries(&calendar(&report, &begun).unwrap()).len(), 4);
}
