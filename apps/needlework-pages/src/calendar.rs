//! The plan as a calendar (iCalendar, RFC 5545): when to look for danger signs, when a session is, when to stop.
//!
//! There is no clock: every day is counted from the case's `regimen.start_date`, which has one meaning, the day of the
//! first session of the plan that the case asks about; without it, or for anything but needling, there is no calendar.
//! Sessions that were done before come before it. The first entries are the looks for danger signs, 24 hours, 72 hours,
//! one week and three weeks after each session, and six weeks, three months and six months after the last one, since
//! slow bacteria and granulomas take weeks to months; and the days on which one stops if nothing has changed. Then come
//! the sessions, and the days from which water, sun and retinoids are allowed again. Whole months go by the calendar,
//! from the 15th to the 15th; every other time by its days.
//!
//! A plan that a rule stops, in any reading, has no session and no hint in its calendar: only the same looks for danger
//! signs after the last session that the case says was done, and no calendar at all where none was.
//! `regimen.last_session` says how long that was ago; it is counted back from the start date, since on that day at the
//! latest the answers are given. Where it isn't known, the looks are counted from the start date itself.
//!
//! As RFC 5545 asks, an entry of a whole day ends on the day after, leaves the day free, and keeps its identity (UID)
//! when it is moved: identities come from the mark, the site, the setting and the device, and from which session and
//! which look it is, never from a day or a title. Same answer, same bytes: the stamp is the day on which these entries
//! were last worded ([`WORDED`]), and the revision (SEQUENCE) counts the days up to the entry, so that a calendar that
//! knows an entry from before takes a postponed one for the newer.
//!
//! What the signs are comes from the report and stands nowhere here. The days and words of the looks are the calendar's
//! own; those that repeat a waiting time of the rules do so because a report carries waits only inside its sentences,
//! and a test compares them with the rules.
//!
//! Limits: an entry that is moved to an earlier day has the lower revision; most calendars ask or take it, a strict one
//! keeps the later day. Where the interval isn't known the last session of the calendar is its only one, and the late
//! looks count from that.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike};
use needlework::case::{Arm, Case, Lapse};
use needlework::numerics::fingerprint;
use needlework::units::Time;
use serde_json::json;

use crate::model::{Essential, Report, Safety};
use crate::section::verdict::SEE_A_DOCTOR;
use crate::words::full_stop;

/// How long after a session something is.
#[derive(Clone, Copy)]
enum After {
    Days(u64),
    /// Whole months by the calendar.
    Months(u32),
}

impl After {
    /// The day so long after another.
    fn day_after(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => later(day, days),
            Self::Months(months) => months_later(day, months),
        }
    }

    /// Its part of an entry's identity.
    fn key(self) -> String {
        match self {
            Self::Days(days) => days.to_string(),
            Self::Months(months) => format!("{months}-months"),
        }
    }
}

/// When one looks for danger signs after each session, and how the look is called.
const LOOKS: [(After, &str); 4] = [
    (After::Days(1), "24 hours"),
    (After::Days(3), "72 hours"),
    (After::Days(7), "one week"),
    // The first granulomas and slow germs show by then (rule R48).
    (After::Days(21), "three weeks"),
];
/// When one looks once more after the last session: slow bacteria and granulomas can take weeks to months.
const LATE_LOOKS: [(After, &str); 3] = [
    (After::Days(42), "six weeks"),
    (After::Months(3), "three months"),
    (After::Months(6), "six months"),
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
/// The day on which the entries were last worded, year, month and day: the same for every case, so that the same case
/// gives the same bytes.
const WORDED: (i32, u32, u32) = (2026, 11, 30);
/// Years in which a plan can start; the reader of cases refuses others.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// Nine in the morning of the day itself, counted from the midnight with which it begins.
const MORNING: &str = "PT9H";
/// Nine in the morning of the day before.
const MORNING_BEFORE: &str = "-PT15H";

/// One entry: a whole day.
struct Entry {
    /// Which entry of the plan it is, whatever its day and its words.
    key: String,
    day: NaiveDate,
    title: String,
    text: String,
    /// When it rings, from the midnight that begins the day; what may be missed doesn't ring.
    alarm: Option<&'static str>,
}

/// The calendar of an answer, as the text of an `.ics` file; none where the plan has no days or may have none.
#[must_use]
pub fn calendar(report: &Report, case: &Case) -> Option<String> {
    let start = case.regimen.start_date.known()?;
    let start = NaiveDate::parse_from_str(start, "%Y-%m-%d")
        .ok()
        .filter(|day| YEARS.contains(&day.year()))?;
    if case.regimen.arm.get().is_some_and(|arm| arm != Arm::Needling) {
        return None;
    }
    let entries = if report.verdict.safety == Safety::Caution && !report.verdict.urgent && !report.verdict.distress {
        permitted(report, case, start)
    } else {
        stopped(report, case, start)
    };
    (!entries.is_empty()).then(|| written(report, case, &entries))
}

/// Everything that a plan which no rule stops asks for.
fn permitted(report: &Report, case: &Case, start: NaiveDate) -> Vec<Entry> {
    let planned = case.regimen.sessions.get();
    let days = session_days(case, start, planned.unwrap_or(1));
    let count = days.len();
    // Sessions that nobody counts are not numbered: then this plan's first is the first.
    let so_far = case.regimen.sessions_so_far.get().unwrap_or(0);
    // A session keeps its number when the case is asked again after some of them.
    let number = |place: usize| u64::from(so_far) + place as u64 + 1;
    let mut entries: Vec<Entry> = days
        .iter()
        .enumerate()
        .flat_map(|(place, day)| looks(report, &LOOKS, number(place), *day, ""))
        .collect();
    if let Some((place, day)) = days.iter().enumerate().next_back() {
        entries.extend(looks(report, &LATE_LOOKS, number(place), *day, ""));
    }
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
            key: format!("needling-{}-stop", number(session - 1)),
            alarm: Some(MORNING),
            day,
            title: format!("Stop if nothing has changed (after session {session})"),
            text: "Compare with a photograph from before the first session, in the same light. Stop if nothing has \
                changed: more of the same is unlikely to help. Never go on with longer needles to make up for it."
                .to_owned(),
        });
    }
    for (place, day) in days.iter().enumerate() {
        let of = match planned {
            Some(sessions) => format!("{} of {sessions}", place + 1),
            None => format!("{}", place + 1),
        };
        let before: Vec<&str> = report
            .checklist
            .iter()
            .filter(|item| item.when == "before")
            .map(|item| item.text.as_str())
            .collect();
        entries.push(Entry {
            key: format!("needling-{}", number(place)),
            alarm: Some(MORNING_BEFORE),
            day: *day,
            title: format!("Session {of}: the checklist first"),
            text: format!(
                "No rule stopped this plan when it was asked about; a changed answer is asked again first.\n{}",
                lines(&before)
            ),
        });
    }
    for (place, day) in days.iter().enumerate() {
        entries.extend(AGAIN.iter().map(|(after, title, text)| Entry {
            key: format!("needling-{}-again-{after}", number(place)),
            alarm: None,
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
    let (day, counted) = match regimen.last_session.get() {
        Some(Lapse::After(ago)) => (
            earlier(start, whole_days(ago)),
            format!("Counted from the last needling, {ago} before the start date of the case."),
        ),
        Some(Lapse::Now) => (
            start,
            "Counted from the last needling, on the start date of the case.".to_owned(),
        ),
        Some(Lapse::Never) | None => (
            start,
            "The case does not say when the last needling was; this is counted from its start date, before which it \
                was."
                .to_owned(),
        ),
    };
    let number = u64::from(done.max(1));
    [LOOKS.as_slice(), LATE_LOOKS.as_slice()]
        .into_iter()
        .flat_map(|times| looks(report, times, number, day, &counted))
        .collect()
}

/// The days of sessions; the first alone where the interval is not known.
fn session_days(case: &Case, start: NaiveDate, sessions: u32) -> Vec<NaiveDate> {
    let Some(interval) = case.regimen.interval.get() else {
        return vec![start; sessions.min(1) as usize];
    };
    let months = whole_months(interval);
    let day = |number: u32| match months {
        // From the start each time: the 31st comes back after a month that has none.
        Some(months) => months_later(start, number.saturating_mul(months)),
        None => later(start, u64::from(number) * whole_days(interval).max(1)),
    };
    (0..sessions.min(MOST_SESSIONS)).map(day).collect()
}

/// The interval in calendar months, where it is whole months of a twelfth of a year and not whole days.
fn whole_months(interval: Time) -> Option<u32> {
    // Rounding of a change of unit.
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    let months = interval.months();
    (months > 0.5 && is_whole(months) && !is_whole(interval.days()))
        .then(|| months.round() as u32)
        .or_else(|| (is_whole(interval.years()) && interval.years() > 0.5).then(|| interval.months().round() as u32))
}

/// A time in days, a part of a day as a whole one.
fn whole_days(time: Time) -> u64 {
    (time.days() - 1e-6).ceil().max(0.0) as u64
}

/// The planned days of sessions, where the case in a report has a start date and an interval.
pub(crate) fn planned_days(report: &Report) -> Vec<NaiveDate> {
    let Ok(case) = serde_json::from_value::<Case>(report.case.clone()) else {
        return Vec::new();
    };
    let start = case
        .regimen
        .start_date
        .known()
        .and_then(|text| text.parse::<NaiveDate>().ok());
    let start = start.filter(|day| YEARS.contains(&day.year()));
    start.map_or_else(Vec::new, |start| {
        session_days(&case, start, case.regimen.sessions.get().unwrap_or(1))
    })
}

/// Looks for danger signs at some times after a session; what the signs are, the report says.
fn looks(report: &Report, times: &[(After, &str)], number: u64, session: NaiveDate, counted: &str) -> Vec<Entry> {
    let signs: Vec<&str> = report.verdict.danger_signs.iter().map(Essential::whole).collect();
    let gap = if counted.is_empty() { "" } else { "\n\n" };
    times
        .iter()
        .map(|(after, when)| Entry {
            key: format!("needling-{number}-look-{}", after.key()),
            alarm: Some(MORNING),
            day: after.day_after(session),
            title: format!("Look for danger signs ({when} after needling)"),
            text: format!("{SEE_A_DOCTOR}\n{}{gap}{counted}", lines(&signs)),
        })
        .collect()
}

/// A day later on; the last day of the calendar where there is none.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The same day of the month, so many months on; the last of a month that is too short, and of the calendar where there
/// is none.
fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// A day earlier; the first of the calendar where there is none.
fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Sentences below each other.
fn lines(sentences: &[&str]) -> String {
    sentences
        .iter()
        .map(|sentence| format!("- {}", full_stop(sentence)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What a plan is whenever it is and whatever it is called: which mark, where, in which setting, with which device.
fn identity(case: &Case) -> u64 {
    let (lesion, regimen, device) = (&case.lesion, &case.regimen, &case.device);
    let parts = [
        json!(lesion.kind),
        json!(lesion.site),
        json!(regimen.setting),
        json!(regimen.arm),
        json!(device.name),
        json!(device.kind),
    ];
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    // A zero behind each part, so that no two lists of parts run together alike.
    fingerprint(parts.iter().flat_map(|part| [part.as_bytes(), &[0]]))
}

/// The file.
fn written(report: &Report, case: &Case, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Needlework//Needlework//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property((name, value));
    }
    let (year, month, day) = WORDED;
    let worded = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let identity = identity(case);
    for entry in entries {
        let mut event = Event::new();
        event
            .uid(&format!("{identity:016x}-{}@needlework.invalid", entry.key))
            .timestamp(worded.and_time(NaiveTime::MIN).and_utc())
            .starts(entry.day)
            .ends(later(entry.day, 1))
            .summary(&entry.title)
            .description(&format!("{}\n\n{}", entry.text, report.intended_use))
            .add_property("SEQUENCE", revision(entry.day).to_string())
            .add_property("TRANSP", "TRANSPARENT");
        calendar.push(event.done());
    }
    with_alarms(&calendar.to_string(), entries)
}

/// Days from the beginning of 2000 to the entry.
fn revision(day: NaiveDate) -> i64 {
    let first = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or_default();
    day.signed_duration_since(first).num_days().max(0)
}

/// Puts the alarms into the entries. The library writes a new stamp and a random identity into each alarm, which RFC
/// 5545 does not allow there, and which would change the bytes.
fn with_alarms(text: &str, entries: &[Entry]) -> String {
    const END: &str = "END:VEVENT";
    let mut parts = text.split(END);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, entry) in parts.zip(entries) {
        if let Some(trigger) = entry.alarm {
            let title = entry
                .title
                .replace('\\', "\\\\")
                .replace(',', "\\,")
                .replace(';', "\\;");
            out.push_str("BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
            out.push_str(&format!("DESCRIPTION:{title}\r\nTRIGGER:{trigger}\r\nEND:VALARM\r\n"));
        }
        out.push_str(END);
        out.push_str(part);
    }
    out
}
