//! The plan as a calendar (iCalendar, RFC 5545): when to look for danger signs, when a session is, when to stop.
//!
//! There is no clock: every day is counted from the case's `regimen.start_date`, the day of the first session; without it, or for anything
//! but needling, there is no calendar. The first entries are the looks for danger signs, 24 hours, 72 hours, one week and three weeks
//! after each session, and the days on which one stops if nothing has changed; then come the sessions, and the days from which water, sun
//! and retinoids are allowed again.
//!
//! A plan that a rule stops, in any reading, has no session and no hint in its calendar: only the looks for danger signs after
//! sessions that the case says were done, and no calendar at all where none was. The case does not say on which day those were; they are
//! counted from the start date by the interval. Same answer, same bytes: stamps come from the start date, identities from the content.

use chrono::{Days, NaiveDate, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike};
use needlework::case::{Arm, Case, Lapse};

use crate::model::{Essential, Report, Safety};
use crate::words::full_stop;

/// Days after a session on which one looks for danger signs, and how the look is called.
const LOOKS: [(u64, &str); 4] = [
    (1, "24 hours"),
    (3, "72 hours"),
    (7, "one week"),
    // Granulomas and slow germs show after one to three weeks (rule R48).
    (21, "three weeks"),
];
/// Days after which the advice of the checklist ends: water (R49), retinoids and acids (R39b), sun (R42).
const AGAIN: [(u64, &str, &str); 3] = [
    (
        3,
        "Water again",
        "Pool, bath, sea and sweaty sport are possible again if the skin has closed and looks calm.",
    ),
    (
        7,
        "Retinoids and acids again",
        "Retinoids and acids are possible again if the skin is calm.",
    ),
    (14, "Sun again", "The two weeks without sun end. Go on with sunscreen."),
];
/// Sessions without a visible change after which one stops for good (R68).
const STOP_AFTER: u32 = 4;
/// Days after a session on which its result is looked at.
const REVIEW_DAYS: u64 = 28;
/// A calendar of more sessions helps nobody.
const MOST_SESSIONS: u32 = 60;

/// One entry: a whole day.
struct Entry {
    day: NaiveDate,
    title: String,
    text: String,
}

/// The calendar of an answer, as the text of an `.ics` file; none where the plan has no days or may have none.
#[must_use]
pub fn calendar(report: &Report, case: &Case) -> Option<String> {
    let start = case.regimen.start_date.known()?;
    let start = NaiveDate::parse_from_str(start, "%Y-%m-%d").ok()?;
    if case.regimen.arm.get().is_some_and(|arm| arm != Arm::Needling) {
        return None;
    }
    let entries = if report.verdict.safety == Safety::Caution && !report.verdict.urgent && !report.verdict.distress {
        permitted(report, case, start)
    } else {
        stopped(report, case, start)
    };
    (!entries.is_empty()).then(|| written(report, start, &entries))
}

/// Everything that a plan which no rule stops asks for.
fn permitted(report: &Report, case: &Case, start: NaiveDate) -> Vec<Entry> {
    let planned = case.regimen.sessions.get();
    let days = session_days(case, start, planned.unwrap_or(1));
    let mut entries: Vec<Entry> = days.iter().flat_map(|day| looks(report, *day)).collect();
    let count = days.len();
    let so_far = case.regimen.sessions_so_far.get().unwrap_or(0);
    let fourth = STOP_AFTER.saturating_sub(so_far).max(1) as usize;
    let mut stops: Vec<usize> = vec![fourth.min(count), count];
    stops.dedup();
    for session in stops.into_iter().filter(|session| *session > 0) {
        let day = later(days[session - 1], REVIEW_DAYS);
        // The look comes before the next session, so that it can stop it.
        let day = days
            .get(session)
            .and_then(|next| next.pred_opt())
            .map_or(day, |before_next| day.min(before_next));
        entries.push(Entry {
            day,
            title: format!("Stop if nothing has changed (after session {session})"),
            text: "Compare with a photograph from before the first session, in the same light. Stop if nothing has changed: more of the \
                same is unlikely to help. Never go on with longer needles to make up for it."
                .to_owned(),
        });
    }
    for (number, day) in days.iter().enumerate() {
        let of = match planned {
            Some(sessions) => format!("{} of {sessions}", number + 1),
            None => format!("{}", number + 1),
        };
        let before: Vec<&str> = report
            .checklist
            .iter()
            .filter(|item| item.when == "before")
            .map(|item| item.text.as_str())
            .collect();
        entries.push(Entry {
            day: *day,
            title: format!("Session {of}: the checklist first"),
            text: format!(
                "No rule stopped this plan when it was asked about; a changed answer is asked again first.\n{}",
                lines(&before)
            ),
        });
    }
    for day in &days {
        entries.extend(AGAIN.iter().map(|(after, title, text)| Entry {
            day: later(*day, *after),
            title: (*title).to_owned(),
            text: (*text).to_owned(),
        }));
    }
    entries
}

/// What a stopped plan leaves: looks for danger signs after the last session that was done.
fn stopped(report: &Report, case: &Case, start: NaiveDate) -> Vec<Entry> {
    let regimen = &case.regimen;
    let symptoms = &case.symptoms;
    let noticed = [
        symptoms.infection_signs,
        symptoms.lasting_lumps,
        symptoms.unresolved,
        symptoms.bled,
    ]
    .iter()
    .any(|answer| answer.get() == Some(true));
    let done = regimen.sessions_so_far.get().unwrap_or(0);
    let lapsed = matches!(regimen.last_session.get(), Some(Lapse::Now | Lapse::After(_)));
    if !noticed && !lapsed && done == 0 {
        return Vec::new();
    }
    session_days(case, start, done.max(1))
        .last()
        .map(|day| looks(report, *day))
        .unwrap_or_default()
}

/// The days of sessions; the first alone where the interval is not known.
fn session_days(case: &Case, start: NaiveDate, sessions: u32) -> Vec<NaiveDate> {
    let interval = case
        .regimen
        .interval
        .get()
        .map(|interval| interval.days().ceil().max(1.0) as u64);
    let count = if interval.is_some() {
        sessions.min(MOST_SESSIONS)
    } else {
        sessions.min(1)
    };
    (0..u64::from(count))
        .map(|number| later(start, number * interval.unwrap_or(0)))
        .collect()
}

/// The planned days of sessions, where the case in a report has a start date and an interval.
pub(crate) fn planned_days(report: &Report) -> Vec<NaiveDate> {
    let Ok(case) = serde_json::from_value::<Case>(report.case.clone()) else {
        return Vec::new();
    };
    let start = case.regimen.start_date.known().and_then(|text| text.parse().ok());
    start.map_or_else(Vec::new, |start| {
        session_days(&case, start, case.regimen.sessions.get().unwrap_or(1))
    })
}

/// The looks for danger signs after a session.
fn looks(report: &Report, session: NaiveDate) -> Vec<Entry> {
    let signs: Vec<&str> = report.verdict.danger_signs.iter().map(Essential::whole).collect();
    LOOKS
        .iter()
        .map(|(after, when)| Entry {
            day: later(session, *after),
            title: format!("Look for danger signs ({when} after needling)"),
            text: format!(
                "See a doctor the same day if you notice any of these:\n{}",
                lines(&signs)
            ),
        })
        .collect()
}

/// A day later on; the last day of the calendar where there is none.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Sentences below each other.
fn lines(sentences: &[&str]) -> String {
    sentences
        .iter()
        .map(|sentence| format!("- {}", full_stop(sentence)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The file.
fn written(report: &Report, start: NaiveDate, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Needlework//Needlework//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property((name, value));
    }
    for (place, entry) in entries.iter().enumerate() {
        let text = format!("{}\n\n{}", entry.text, report.intended_use);
        let content = fingerprint(&[&report.title, &entry.day.to_string(), &entry.title, &text]);
        let mut event = Event::new();
        event
            .uid(&format!("{content:016x}-{place}@needlework.invalid"))
            .timestamp(start.and_time(NaiveTime::MIN).and_utc())
            .all_day(entry.day)
            .summary(&entry.title)
            .description(&text);
        calendar.push(event.done());
    }
    calendar.to_string()
}

/// FNV-1a, 64 bit: the same on every machine and release.
fn fingerprint(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}
