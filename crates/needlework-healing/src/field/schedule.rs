//! When a run steps, is injured and is looked at: one list, fixed by the set-up, so that a run that was interrupted
//! goes on as it would have.
//!
//! Steps begin anew at each session and grow with the time since it, in the cascade's own days. Between two marks
//! (sessions, moments) what is left is divided evenly, so that every mark is met.

use super::setup::Setup;

// numerical: first step after a session, nine seconds of the cascade's own: what a channel holds at first leaves it
// within a minute to an hour
const FIRST_STEP_DAYS: f64 = 0.0001;
// numerical: up to an hour each step is half as long as all before it
const FIRST_GROWTH: f64 = 0.5;
// numerical: an hour, which the first steps grow to
const HOUR_DAYS: f64 = 0.042;
// numerical: from an hour on steps grow by so much of the time since the session
const GROWTH: f64 = 0.03;
// numerical: what changes after two months, collagen and the number of fibroblasts, takes a month and more; nothing
// limits stability
const LONGEST_STEP_DAYS: f64 = 2.0;
// numerical: a mark that is less than a tenth of a second away has been reached
const ARRIVED_DAYS: f64 = 1e-6;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Event {
    /// Advance by `days`, counted from `day`.
    Step {
        /// From.
        day: f64,
        /// How far.
        days: f64,
    },
    /// The holes of a session.
    Session(u32),
    /// The infection is over.
    Cured,
    /// Pause to be looked at.
    Moment(usize),
}

/// The list of a set-up; it ends with its last moment.
pub(super) fn events(setup: &Setup) -> Vec<Event> {
    let mut marks: Vec<(f64, Event)> = setup
        .moments_days
        .iter()
        .enumerate()
        .map(|(i, &day)| (day, Event::Moment(i)))
        .collect();
    let ends = setup.moments_days.last().copied().unwrap_or(0.0);
    let sessions = setup.sessions_days.iter().zip(0_u32..).filter(|(day, _)| **day < ends);
    marks.extend(sessions.map(|(&day, k)| (day, Event::Session(k))));
    let cured = setup.infection.and_then(|infection| {
        let begins = setup.sessions_days.get(infection.session as usize)?;
        Some(begins + infection.days).filter(|day| *day < ends)
    });
    marks.extend(cured.map(|day| (day, Event::Cured)));
    // Stable: a moment on a session stays before it.
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pace = setup.kinetics.pace();
    let mut list = Vec::new();
    let mut day = 0.0;
    let mut session = f64::NEG_INFINITY;
    for (mark, event) in marks {
        // Ends: no step is shorter than what counts as arrived.
        while mark - day > ARRIVED_DAYS {
            let since = (day - session) * pace;
            let first = FIRST_STEP_DAYS + FIRST_GROWTH * since;
            let wanted = first.min(HOUR_DAYS + GROWTH * since).min(LONGEST_STEP_DAYS) * setup.step_scale / pace;
            // No step is shorter than what counts as arrived, so that there is an end whatever the pace.
            let wanted = wanted.max(ARRIVED_DAYS);
            let left = mark - day;
            let steps_left = (left / wanted).ceil().max(1.0);
            let days = left / steps_left;
            list.push(Event::Step { day, days });
            day = if steps_left <= 1.0 { mark } else { day + days };
        }
        day = mark;
        if let Event::Session(_) = event {
            session = mark;
        }
        list.push(event);
    }
    list
}

/// How many events a set-up has.
pub(super) fn steps(setup: &Setup) -> usize {
    events(setup).len()
}
