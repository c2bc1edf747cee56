//! The calendar as a program reads it: its order, its days, and what it never says.

use std::collections::BTreeMap;

use crate::fixture;
use icalendar::Component as _;
use needlework::case::{Answer, Arm, Case, Lapse};
use needlework::units::Time;
use needlework_pages::calendar;
use needlework_pages::model::*;

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
    let looks: Vec<&str> = found.iter().take(15).map(|entry| entry.0.as_str()).collect();
    assert_eq!(looks[..5], ["20270116", "20270118", "20270122", "20270205", "20270213"]);
    assert!(
        found
            .iter()
            .take(15)
            .all(|entry| entry.1.starts_with("Look for danger signs"))
    );
    assert!(
        found[15].1.starts_with("Stop if nothing has changed"),
        "{}",
        found[15].1
    );
    assert_eq!(found[15].0, "20270409");
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

/// Day, title and identity of the looks that come after three weeks, with the rest of each entry.
fn late_looks(text: &str) -> Vec<BTreeMap<String, String>> {
    let late = ["six weeks", "three months", "six months"];
    let is_late = |event: &BTreeMap<String, String>| late.iter().any(|when| event["SUMMARY"].contains(when));
    parsed(text).into_iter().filter(is_late).collect()
}

/// One property of each entry.
fn each<'a>(events: &'a [BTreeMap<String, String>], name: &str) -> Vec<&'a str> {
    events.iter().map(|event| event[name].as_str()).collect()
}

#[test]
fn the_last_session_alone_is_followed_for_half_a_year_by_the_calendar() {
    let mut report = fixture::permitted_clinic(Reading::Lay);
    report.verdict.danger_signs = vec![Essential::new("A sign of this report alone")];
    let mut stopped = report.clone();
    stopped.verdict.safety = Safety::Refuse;
    // The third session is on 12 March 2027; the one that was done, on 30 August 2026, after which February has no such
    // day.
    let planned = calendar(&report, &case(3)).unwrap();
    let mut done = case(3);
    done.regimen.sessions_so_far = Answer::Known(3);
    done.regimen.last_session = Answer::Known(Lapse::After(Time::from_days(138.0)));
    let halted = calendar(&stopped, &done).unwrap();
    for (text, days) in [
        (&planned, ["20270423", "20270612", "20270912"]),
        (&halted, ["20261011", "20261130", "20270228"]),
    ] {
        let found = late_looks(text);
        let of = |name: &str| each(&found, name);
        assert_eq!(of("DTSTART"), days);
        assert_eq!(
            of("SUMMARY"),
            [
                "Look for danger signs (six weeks after needling)",
                "Look for danger signs (three months after needling)",
                "Look for danger signs (six months after needling)",
            ]
        );
        // What to look for is what the report says, in its words.
        let is_told = |event: &BTreeMap<String, String>| event["DESCRIPTION"].contains("A sign of this report alone.");
        assert!(found.iter().all(is_told), "{found:?}");
        for (look, uid) in ["look-42@", "look-3-months@", "look-6-months@"]
            .into_iter()
            .zip(of("UID"))
        {
            assert!(uid.contains(&format!("-needling-3-{look}")), "{uid}");
        }
    }
    // The plan was stopped after the session that it counts as its third: its looks are the same entries.
    let ids = |text: &str| -> Vec<String> { late_looks(text).into_iter().map(|event| event["UID"].clone()).collect() };
    assert_eq!(ids(&planned), ids(&halted));
}

#[test]
fn days_that_repeat_a_waiting_time_of_the_rules_are_those_of_the_rules() {
    let library = needlework::bundle().unwrap();
    let wait = |key: &str| library.rules.waits().iter().find(|wait| wait.key == key).unwrap();
    let start = chrono::NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
    let found = entries(&calendar(&fixture::permitted_clinic(Reading::Lay), &case(1)).unwrap());
    for (title, key) in [
        ("Water again", "open"),
        ("Retinoids and acids again", "strong"),
        ("Sun again", "sun"),
        ("Look for danger signs (24 hours after needling)", "first_product"),
        ("Look for danger signs (72 hours after needling)", "open"),
    ] {
        let entry = found.iter().find(|entry| entry.1 == title).unwrap();
        let days = wait(key).length().unwrap().days().round() as u64;
        let day = start.checked_add_days(chrono::Days::new(days)).unwrap();
        assert_eq!(entry.0, day.format("%Y%m%d").to_string(), "{title}");
        // Where the entry names the time, it is in the words of the rules.
        if title.contains("hours") {
            assert!(title.contains(&wait(key).words), "{title}: {}", wait(key).words);
        }
        if key == "sun" {
            assert!(entry.2.contains(&wait(key).words), "{}", entry.2);
        }
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
    assert_eq!(text.matches("DTSTAMP:20261130T000000Z").count(), found.len());
    assert!(!text.contains("DTSTAMP:20270115"), "the stamp is not the start date");
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
        assert_eq!(found.len(), 7);
        assert_eq!(
            found[0].0, "20270111",
            "a day after the needling five days before the start date"
        );
        assert_eq!(found[6].0, "20270710", "half a year after it");
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
    assert_eq!(entries(&calendar(&report, &begun).unwrap()).len(), 7);
}

/// The properties of each entry as another reader of calendars finds them.
fn parsed(text: &str) -> Vec<BTreeMap<String, String>> {
    let calendar: icalendar::Calendar = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let events: Vec<&icalendar::Event> = calendar.components.iter().filter_map(|one| one.as_event()).collect();
    events
        .iter()
        .map(|event| {
            let of = |(name, property): (&String, &icalendar::Property)| (name.clone(), property.value().to_owned());
            event.properties().iter().map(of).collect()
        })
        .collect()
}

/// Every committed case, with a start date put in.
fn committed() -> Vec<(String, Case)> {
    let library = needlework::bundle().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    let one = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut case = needlework::case::read(&text, &name, &library.catalog).unwrap_or_else(|found| panic!("{found}"));
        case.regimen.start_date = Answer::Known("2027-01-31".into());
        (name, case)
    };
    files.iter().map(one).collect()
}

#[test]
fn the_calendar_of_every_committed_case_is_one_that_other_programs_read() {
    let (mut written, mut asked) = (0, 0);
    for (name, case) in committed() {
        for report in [fixture::permitted_clinic(Reading::Lay), fixture::refused_home()] {
            asked += 1;
            let Some(text) = calendar(&report, &case) else { continue };
            written += 1;
            for line in text.split("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{name}: {line}");
            }
            let found = parsed(&text);
            assert!(
                !found.is_empty() && found.len() == text.matches("BEGIN:VEVENT").count(),
                "{name}"
            );
            let mut ids: Vec<&str> = found.iter().map(|event| event["UID"].as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), found.len(), "{name}: each entry has its own identity");
            for event in &found {
                let day = |name: &str| chrono::NaiveDate::parse_from_str(&event[name], "%Y%m%d").unwrap();
                assert_eq!(
                    day("DTSTART").succ_opt(),
                    Some(day("DTEND")),
                    "{name}: a day ends on the next"
                );
                assert_eq!(event["TRANSP"], "TRANSPARENT", "{name}");
                assert!(
                    event["SEQUENCE"].parse::<u32>().is_ok() && event["DTSTAMP"] == "20261130T000000Z",
                    "{name}"
                );
            }
            assert_eq!(text.matches("DTSTART;VALUE=DATE:").count(), found.len(), "{name}");
            assert_eq!(text.matches("DTEND;VALUE=DATE:").count(), found.len(), "{name}");
            // What must not be missed rings; an alarm has no stamp and no random identity.
            let rings = |word: &str| found.iter().filter(|event| event["SUMMARY"].starts_with(word)).count();
            let must = rings("Look") + rings("Stop") + rings("Session");
            assert_eq!(text.matches("BEGIN:VALARM").count(), must, "{name}");
            assert_eq!(text.matches("\r\nUID:").count(), found.len(), "{name}");
            assert_eq!(text.matches("\r\nDTSTAMP:").count(), found.len(), "{name}");
        }
    }
    assert!(written * 3 > asked, "{written} of {asked}");
}

#[test]
fn a_moved_start_or_a_mended_title_keeps_every_identity_and_another_plan_has_others() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let ids = |report: &Report, case: &Case| -> Vec<String> {
        parsed(&calendar(report, case).unwrap())
            .into_iter()
            .map(|event| event["UID"].clone())
            .collect()
    };
    let first = case(3);
    let mut moved = first.clone();
    moved.regimen.start_date = Answer::Known("2027-01-22".into());
    let mut titled = report.clone();
    titled.title = "Another title".into();
    let mut renamed = first.clone();
    renamed.about.title = Answer::Known("Another title".into());
    assert_eq!(ids(&report, &first), ids(&report, &moved));
    assert_eq!(ids(&report, &first), ids(&titled, &renamed));
    // A postponed entry has the higher revision, so that the calendar takes it for the newer.
    let revisions = |case: &Case| -> Vec<u32> {
        parsed(&calendar(&report, case).unwrap())
            .iter()
            .map(|event| event["SEQUENCE"].parse().unwrap())
            .collect()
    };
    assert!(
        revisions(&first)
            .iter()
            .zip(revisions(&moved))
            .all(|(before, after)| *before + 7 == after)
    );
    let mut elsewhere = first.clone();
    elsewhere.lesion.site = Answer::Known("hip".into());
    assert!(
        ids(&report, &first)
            .iter()
            .all(|id| !ids(&report, &elsewhere).contains(id))
    );
    // Asked again after the first session, what was the second keeps its identity.
    let mut later = case(2);
    later.regimen.sessions_so_far = Answer::Known(1);
    assert!(
        ids(&report, &later)
            .iter()
            .all(|id| ids(&report, &first).contains(id) || id.contains("stop"))
    );
}

#[test]
fn months_go_by_the_calendar() {
    let report = fixture::permitted_clinic(Reading::Lay);
    let days = |start: &str, interval: Time| -> Vec<String> {
        let mut case = case(4);
        case.regimen.start_date = Answer::Known(start.into());
        case.regimen.interval = Answer::Known(interval);
        entries(&calendar(&report, &case).unwrap())
            .into_iter()
            .filter(|entry| entry.1.starts_with("Session "))
            .map(|entry| entry.0)
            .collect()
    };
    assert_eq!(
        days("2027-01-15", Time::from_months(1.0)),
        ["20270115", "20270215", "20270315", "20270415"]
    );
    assert_eq!(
        days("2027-01-31", Time::from_months(1.0)),
        ["20270131", "20270228", "20270331", "20270430"]
    );
    assert_eq!(
        days("2027-01-15", Time::from_months(3.0)),
        ["20270115", "20270415", "20270715", "20271015"]
    );
    assert_eq!(
        days("2027-01-15", Time::from_years(1.0)),
        ["20270115", "20280115", "20290115", "20300115"]
    );
    assert_eq!(
        days("2027-01-15", Time::from_days(30.0)),
        ["20270115", "20270214", "20270316", "20270415"]
    );
    assert_eq!(
        days("2027-01-15", Time::from_weeks(4.0)),
        ["20270115", "20270212", "20270312", "20270409"]
    );
}

#[test]
fn after_a_stopped_plan_the_looks_count_from_the_needling_that_was_done() {
    let mut report = fixture::refused_home();
    report.verdict.danger_signs = vec![Essential::new("Pus or fever")];
    let mut done = case(4);
    done.regimen.sessions_so_far = Answer::Known(1);
    for (last, first_look) in [
        (Answer::Known(Lapse::After(Time::from_days(2.0))), "20270114"),
        (Answer::Known(Lapse::After(Time::from_weeks(1.0))), "20270109"),
        (Answer::Known(Lapse::Now), "20270116"),
        (Answer::Unknown, "20270116"),
    ] {
        done.regimen.last_session = last;
        let found = entries(&calendar(&report, &done).unwrap());
        assert_eq!((found.len(), found[0].0.as_str()), (7, first_look), "{last:?}");
        assert!(found.iter().all(|entry| entry.1.starts_with("Look for danger signs")));
    }
}

#[test]
fn a_year_that_no_calendar_shows_gives_no_calendar() {
    let report = fixture::permitted_clinic(Reading::Lay);
    for date in ["9999-12-30", "1999-12-31", "2101-01-01", "0001-01-01"] {
        let mut far = case(3);
        far.regimen.start_date = Answer::Known(date.into());
        assert_eq!(calendar(&report, &far), None, "{date}");
    }
}
