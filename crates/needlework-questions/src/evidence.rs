//! What changes in an answer when one number is another.
//!
//! The case is judged twice, with the same seed: once with the bundled evidence, once with one number put in the place
//! of another. Random streams are named after what they draw, so every other draw stays the same, and differences d =
//! after − before are those of the number alone. Each is shown as the mean with the 5–95 % interval of its world means.
//!
//! A layperson is shown nothing of a plan that a rule stops or that nobody has tested, as everywhere else: this door
//! opens on the same room. Limits: a number that no room takes changes nothing, and that is said; fields of the report
//! that have no row here are named when they differ.

use needlework_case::Case;
use needlework_cohort::{Cohort, PotentialOutcome, VirtualPerson, declared};
use needlework_numerics::{Continue, Progress};
use needlework_rules::{Facts, screen};
use needlework_units::PERCENT;
use needlework_verdict::{Benefit, COURSES, Inquiry, Judgement, Library, Range, Report, Safety, VerdictError, judge};
use serde::Serialize;

use crate::compare::{is_at, over_worlds};

/// One quantity before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What it is, with its unit.
    pub what: String,
    /// With the bundled number.
    pub before: Range,
    /// With the other number.
    pub after: Range,
    /// After minus before, paired by world.
    pub difference: Range,
}

/// The answer to "what if this number were another".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIf {
    /// The number's key.
    pub key: String,
    /// As it is bundled.
    pub from: String,
    /// As it was put.
    pub to: String,
    /// The field of the room that takes it; empty where no room declares it.
    pub taken_by: Vec<String>,
    /// The title of the case.
    pub title: String,
    /// The month at which improvement is looked at.
    pub month: Option<f64>,
    /// Safety before and after.
    pub safety: [Safety; 2],
    /// Benefit before and after.
    pub benefit: [Benefit; 2],
    /// Why a layperson is shown no quantities of this plan; empty where they are shown.
    pub withheld: Vec<String>,
    /// Quantities of the simulated people.
    pub changes: Vec<Change>,
    /// Fields of the report that differ.
    pub fields: Vec<String>,
    /// How many people were simulated each time.
    pub people: usize,
    /// The seed of both.
    pub seed: u64,
}

/// A quantity of a virtual person.
type Quantity = (&'static str, fn(&VirtualPerson) -> f64);

/// What is looked at beside improvement; labels carry the unit.
const QUANTITIES: &[Quantity] = &[
    ("median depth of the needles, µm", |person| {
        person.harms.holes.median_depth().um()
    }),
    ("needles that reach the dermis, share", |person| {
        person.harms.holes.reaches_dermis
    }),
    ("hours until the holes are closed to germs", |person| {
        person.harms.closure.open_window.hours()
    }),
    ("pain of a session, 0 to 10", |person| person.harms.pain),
    ("redness after a session, days", |person| {
        person.harms.redness.seen.days()
    }),
    ("dark marks, of 1,000 courses", |person| {
        person.harms.dark_marks.probability * COURSES
    }),
    ("new scars, of 1,000 courses", |person| person.harms.scar * COURSES),
    ("infection as clinics counted it, of 1,000 courses", |person| {
        person.harms.infection_counted * COURSES
    }),
    ("infection by the mildest model, of 1,000 courses", |person| {
        person.harms.infection.low * COURSES
    }),
    ("infection by the severest model, of 1,000 courses", |person| {
        person.harms.infection.high * COURSES
    }),
];

/// Judges a case with the bundled evidence and with the number of a key put to a text.
///
/// # Errors
/// [`VerdictError`] when the number cannot be put so, the evidence does not fill the model, or `progress` says stop.
pub fn what_if(
    case: &Case,
    [key, text]: [&str; 2],
    inquiry: &Inquiry<'_>,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<WhatIf, VerdictError> {
    let (library, settings) = (inquiry.library, &inquiry.settings);
    let mut other = library.clone();
    other.book.set(key, text)?;
    let total = 2 * settings.worlds;
    let mut judged = |library: &Library, before: usize| {
        let inquiry = Inquiry {
            library,
            // Draws by data mean nothing under another prior, and both sides need the same worlds.
            posterior: None,
            ..inquiry.clone()
        };
        judge(case, &inquiry, &mut |part: Progress| {
            progress(Progress {
                done: before + part.done,
                total,
            })
        })
    };
    let before = judged(library, 0)?;
    let after = judged(&other, settings.worlds)?;
    let passport = |library: &Library| {
        library
            .book
            .passport(key)
            .map(|one| one.value.clone())
            .unwrap_or_default()
    };
    let month = before
        .report
        .forecast
        .as_ref()
        .and_then(|forecast| forecast.months.get(forecast.lead).copied());
    Ok(WhatIf {
        key: key.to_owned(),
        from: passport(library),
        to: text.trim().to_owned(),
        taken_by: declared()
            .iter()
            .filter(|declared| declared.key == key)
            .map(|declared| declared.field.to_owned())
            .collect(),
        title: before.report.title.clone(),
        month,
        withheld: withheld(case, library, &before, &after),
        safety: [before.report.verdict.safety, after.report.verdict.safety],
        benefit: [before.report.verdict.benefit, after.report.verdict.benefit],
        changes: changes(&before, &after, month),
        fields: differing(&before.report, &after.report),
        people: settings.worlds * settings.people_per_world,
        seed: settings.seed,
    })
}

/// What withholds the quantities: what stops the plan, or that nobody has tested one like it, before or after.
fn withheld(case: &Case, library: &Library, before: &Judgement, after: &Judgement) -> Vec<String> {
    if before.cohort.is_some() && after.cohort.is_some() {
        return Vec::new();
    }
    let screened = screen(&library.rules, &Facts::resolved(case, &library.catalog));
    let stopped = screened.stopping().lines();
    if !stopped.is_empty() {
        return stopped;
    }
    let reasons = before.report.reach.reasons.iter();
    let mut said: Vec<String> = reasons
        .map(|reason| format!("Nobody has tested a plan like this: {reason}"))
        .collect();
    if said.is_empty() {
        said.push("Only needling and doing nothing are simulated.".to_owned());
    }
    said
}

fn changes(before: &Judgement, after: &Judgement, month: Option<f64>) -> Vec<Change> {
    let (Some(one), Some(two)) = (&before.cohort, &after.cohort) else {
        return Vec::new();
    };
    let change = |what: String, values: &dyn Fn(&Cohort) -> Vec<f64>| {
        let (old, new) = (values(one), values(two));
        let by: Vec<f64> = new.iter().zip(&old).map(|(new, old)| new - old).collect();
        let ranged = |values: &[f64]| over_worlds(values, one.people_per_world);
        Change {
            what,
            before: ranged(&old),
            after: ranged(&new),
            difference: ranged(&by),
        }
    };
    let mut found = Vec::new();
    if let Some((month, at)) = month.and_then(|month| {
        let at = one.moments.iter().position(|moment| is_at(moment, month))?;
        Some((month, at))
    }) {
        let improvement = |arm: PotentialOutcome| {
            move |cohort: &Cohort| {
                let each = |person: &VirtualPerson| cohort.improvement(person, at, arm);
                cohort.people.iter().map(each).collect::<Vec<f64>>()
            }
        };
        let gain = |cohort: &Cohort| -> Vec<f64> {
            improvement(PotentialOutcome::Treated)(cohort)
                .iter()
                .zip(improvement(PotentialOutcome::Untreated)(cohort))
                .map(|(with, without)| with - without)
                .collect()
        };
        let collagen = |cohort: &Cohort| -> Vec<f64> {
            let each = |person: &VirtualPerson| {
                cohort.observation(person, at, PotentialOutcome::Treated).papillary_gain * PERCENT
            };
            cohort.people.iter().map(each).collect()
        };
        let after = format!("{month:.0} months after the first session");
        found.push(change(
            format!("improvement {after}, points"),
            &improvement(PotentialOutcome::Treated),
        ));
        found.push(change(
            format!("the same doing nothing {after}, points"),
            &improvement(PotentialOutcome::Untreated),
        ));
        found.push(change(format!("gain over doing nothing {after}, points"), &gain));
        found.push(change(
            format!("collagen of the upper dermis {after}, % more"),
            &collagen,
        ));
    }
    for &(what, value) in QUANTITIES {
        found.push(change(what.to_owned(), &|cohort: &Cohort| {
            cohort.people.iter().map(value).collect()
        }));
    }
    found
}

/// Names of the report's fields that differ; the passports that it lists are left out, since one of them must.
fn differing(before: &Report, after: &Report) -> Vec<String> {
    let as_map = |report: &Report| serde_json::to_value(report).unwrap_or_default();
    let (before, after) = (as_map(before), as_map(after));
    let Some(fields) = before.as_object() else {
        return Vec::new();
    };
    fields
        .iter()
        .filter(|(name, value)| name.as_str() != "numbers" && after.get(name.as_str()) != Some(value))
        .map(|(name, _)| name.clone())
        .collect()
}
