//! When a run is looked at: often for the curves, rarely for whole fields.

use needlework::units::{Dimension, Time, mended};

/// Why moments cannot be as they were asked for, and what would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MomentsError {
    /// What is wrong.
    pub what: String,
    /// What would do.
    pub help: String,
}

impl MomentsError {
    fn of(what: String, help: impl Into<String>) -> Self {
        Self {
            what,
            help: help.into(),
        }
    }
}

/// The time that an option of a run was given.
///
/// # Errors
/// [`MomentsError`] when the text is no time.
pub fn duration(flag: &str, text: &str) -> Result<Time, MomentsError> {
    Time::parse(text).map_err(|error| {
        MomentsError::of(
            format!("`{flag} {text}` is no time: {error}"),
            mended(text, Dimension::Time).map_or_else(
                || "write it as \"26 week\", \"6 month\" or \"10 day\"".to_owned(),
                |meant| format!("did you mean \"{meant}\"?"),
            ),
        )
    })
}

/// Days after a session at which the curves are taken while no other session comes; then weekly.
const CURVE_DAYS: [f64; 11] = [0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 21.0, 28.0];
/// Days after the first session at which fields are taken, as far as the run goes; then every eight weeks and at the
/// end.
const FIELD_DAYS: [f64; 6] = [0.0, 1.0, 3.0, 7.0, 14.0, 28.0];
/// Days after the last session at which a run ends that is not told when.
const AFTERWARDS: f64 = 182.0;
/// The most fields of a run; more are asked for by a mistake.
const MOST_FIELDS: usize = 200;
/// The longest run, days: ten years.
const LONGEST: f64 = 3653.0;

/// The moments of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Days, ascending.
    pub days: Vec<f64>,
    /// Whether whole fields are taken at each.
    pub whole: Vec<bool>,
}

impl Moments {
    /// The moments of a plan with these sessions; `frames` is a list of times at which fields are taken.
    ///
    /// # Errors
    /// [`MomentsError`] when a time cannot be read, or there are too many.
    pub fn of(sessions: &[Time], until: Option<Time>, frames: Option<&str>) -> Result<Self, MomentsError> {
        let last = sessions.last().map_or(0.0, |session| session.days());
        let asked: Option<Vec<f64>> = frames
            .map(|list| {
                let times = list.split(',').map(|text| duration("--frames", text.trim()));
                times.map(|time| time.map(Time::days)).collect()
            })
            .transpose()?;
        let latest = asked.iter().flatten().copied().fold(0.0, f64::max);
        let end = until.map_or((last + AFTERWARDS).max(latest), Time::days);
        if end > LONGEST {
            return Err(MomentsError::of(
                format!(
                    "a run of {} is longer than ten years, and nothing is known of skin that far on",
                    Time::from_days(end)
                ),
                "shorten it by --until",
            ));
        }
        if let Some(late) = asked.iter().flatten().find(|day| **day > end) {
            return Err(MomentsError::of(
                format!(
                    "`--frames` asks for fields at {}, and the run ends at {}",
                    Time::from_days(*late),
                    Time::from_days(end)
                ),
                "leave that time away, or make --until later",
            ));
        }
        let mut fields = asked.unwrap_or_else(|| {
            // Ends: it is taken from only as far as the end of the run.
            let later = (1..).map(|count| FIELD_DAYS[FIELD_DAYS.len() - 1] + 56.0 * f64::from(count));
            FIELD_DAYS
                .into_iter()
                .chain(later.take_while(|day| *day < end))
                .collect()
        });
        fields.push(end);
        fields.retain(|day| *day <= end);
        fields.sort_by(f64::total_cmp);
        fields.dedup();
        if fields.len() > MOST_FIELDS {
            return Err(MomentsError::of(
                format!("fields at {} moments would fill the disk", fields.len()),
                format!("ask for {MOST_FIELDS} at most"),
            ));
        }
        let mut days = fields.clone();
        days.push(0.0);
        for (place, session) in sessions.iter().enumerate() {
            let next = sessions.get(place + 1).map_or(end, |next| next.days()).min(end);
            // Ends: it is taken from only as far as the next session.
            let weekly = (5..).map(|week| 7.0 * f64::from(week));
            let after = CURVE_DAYS.into_iter().chain(weekly).map(|day| session.days() + day);
            days.extend(after.take_while(|day| *day <= next));
        }
        days.retain(|day| *day <= end);
        days.sort_by(f64::total_cmp);
        days.dedup();
        let whole = days.iter().map(|day| fields.contains(day)).collect();
        Ok(Self { days, whole })
    }

    /// The same as times.
    #[must_use]
    pub fn times(&self) -> Vec<Time> {
        self.days.iter().copied().map(Time::from_days).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn weeks(list: &[f64]) -> Vec<Time> {
        list.iter().copied().map(Time::from_weeks).collect()
    }

    #[test]
    fn curves_follow_every_session_and_fields_end_with_the_run() {
        let found = Moments::of(&weeks(&[0.0, 4.0, 8.0]), None, None).unwrap();
        assert!(found.days.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
        for day in [0.0, 0.25, 28.25, 56.25, 57.0] {
            assert!(found.days.contains(&day), "{day}");
        }
        assert_eq!(found.days.last(), Some(&(56.0 + 182.0)));
        assert_eq!((found.whole[0], found.whole.last()), (true, Some(&true)));
        assert!(found.whole.iter().filter(|whole| **whole).count() < 12);
    }

    #[test]
    fn asked_moments_are_taken_and_a_wrong_one_is_named() {
        let found = Moments::of(&weeks(&[0.0]), Some(Time::from_weeks(4.0)), Some("1 day, 2 week")).unwrap();
        let fields: Vec<f64> = found
            .days
            .iter()
            .zip(&found.whole)
            .filter(|(_, whole)| **whole)
            .map(|(day, _)| *day)
            .collect();
        assert_eq!(fields, vec![1.0, 14.0, 28.0]);
        for (until, frames) in [
            (None, Some("1 day, soon")),
            (Some(Time::from_years(50.0)), None),
            // A moment after the end is not left out in silence.
            (Some(Time::from_weeks(4.0)), Some("1 day, 1 year")),
        ] {
            assert!(Moments::of(&weeks(&[0.0]), until, frames).is_err());
        }
    }

    #[test]
    fn a_plan_without_sessions_is_looked_at_too() {
        let found = Moments::of(&[], Some(Time::from_weeks(8.0)), None).unwrap();
        assert_eq!((found.days[0], *found.days.last().unwrap()), (0.0, 56.0));
    }
}
