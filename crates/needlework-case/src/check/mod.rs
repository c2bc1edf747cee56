//! What serde cannot see: numbers beyond what can be, names that nobody knows, and answers that contradict each other.
//!
//! Each finding points to the value in the file. Contradictions are few: only what cannot both be true. Whether a plan
//! is wise is for the rules, not for the reader. What a device is said to be beside its name is in `device.rs`.

mod device;
mod place;

use needlework_units::Time;
use toml::de::DeTable;

use crate::date::{self, DateError};
use crate::diagnostic::Diagnostic;
use crate::limits::{Breach, LIMITS, LONGEST_AFTERCARE};
use crate::names::list_choices;
use crate::{Arm, Case, Catalog, Lapse, LesionKind, steers};

pub(crate) use device::against_the_library;
use place::Place;

/// Longest title or key, in characters.
const LONGEST_NAME: usize = 200;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 10_000;

/// Everything that is wrong with a case that has been read.
pub(crate) fn check(case: &Case, catalog: &Catalog, document: &DeTable<'_>, text: &str) -> Vec<Diagnostic> {
    let place = Place { document, text };
    let mut found = Vec::new();
    found.extend(beyond_limits(case, &place));
    found.extend(unknown_names(case, catalog, &place));
    found.extend(long_texts(case, &place));
    found.extend(empty_texts(case, &place));
    found.extend(no_date(case, &place));
    found.extend(contradictions(case, &place));
    found.extend(device::contradictions(case, catalog, &place));
    found
}

fn beyond_limits(case: &Case, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for limit in LIMITS {
        let Some(breach) = limit.breach(case) else { continue };
        let (side, bound) = match breach {
            Breach::Below => ("below", limit.least),
            Breach::Above => ("above", limit.most),
        };
        found.push(place.at(
            limit.path,
            |value| format!("`{}` is {value}, which is {side} {bound}", limit.path),
            &format!("{side} {bound}"),
            format!("allowed: from {} to {}; {}", limit.least, limit.most, limit.why),
        ));
    }
    if let (Some(topicals), Ok(longest)) = (case.aftercare.topicals.known(), Time::parse(LONGEST_AFTERCARE))
        && topicals.iter().any(|topical| topical.after > longest)
    {
        found.push(place.at(
            "aftercare.topicals",
            |_| format!("a product is first used later than {LONGEST_AFTERCARE} after the session"),
            &format!("above {LONGEST_AFTERCARE}"),
            format!("allowed: from 0 h to {LONGEST_AFTERCARE}; later than that it is not aftercare"),
        ));
    }
    found
}

fn unknown_names(case: &Case, catalog: &Catalog, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(name) = case.lesion.site.known().filter(|name| catalog.site(name).is_none()) {
        let names: Vec<&str> = catalog.sites().iter().map(|site| site.name.as_str()).collect();
        let mut problem = place.at(
            "lesion.site",
            |value| format!("there is no site called {value}"),
            "not a known site",
            format!("allowed: {}, or \"unknown\"", names.join(", ")),
        );
        problem.nearest = catalog.nearest_site(name).map(|name| format!("\"{name}\""));
        list_choices(&mut problem, name, catalog, true);
        found.push(problem);
    }
    if let Some(name) = case.lesion.others().find(|name| catalog.site(name).is_none()) {
        let mut problem = place.at(
            "lesion.other_sites",
            |value| format!("there is no site called \"{name}\" in {value}"),
            "not a list of known sites",
            "allowed: names that `needlework sites` lists, with commas between them, or \"unknown\"".to_owned(),
        );
        problem.nearest = catalog.nearest_site(name).map(|name| format!("\"{name}\""));
        found.push(problem);
    }
    if let Some(name) = case.device.name.known().filter(|name| catalog.device(name).is_none()) {
        let names: Vec<&str> = catalog.devices().iter().map(|device| device.name.as_str()).collect();
        let mut problem = place.at(
            "device.name",
            |value| format!("there is no device called {value}"),
            "not a known device",
            format!(
                "allowed: {}, or \"unknown\"; a device that is not listed is described by its kind and geometry",
                names.join(", ")
            ),
        );
        problem.nearest = catalog.nearest_device(name).map(|name| format!("\"{name}\""));
        list_choices(&mut problem, name, catalog, false);
        found.push(problem);
    }
    found
}

fn long_texts(case: &Case, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let texts = [
        ("about.title", &case.about.title, LONGEST_NAME),
        ("about.study", &case.about.study, LONGEST_NAME),
        ("about.note", &case.about.note, LONGEST_NOTE),
    ];
    let too_long = texts
        .into_iter()
        .filter(|(_, answer, most)| answer.known().is_some_and(|text| text.chars().count() > *most));
    too_long
        .map(|(path, _, most)| {
            place.at(
                path,
                |_| format!("`{path}` is longer than {most} characters"),
                "too long",
                format!("allowed: a text of at most {most} characters"),
            )
        })
        .collect()
}

/// A text in which nothing can be seen says nothing: the answer is left out.
fn empty_texts(case: &Case, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let texts = [
        ("about.title", &case.about.title),
        ("about.study", &case.about.study),
        ("about.note", &case.about.note),
    ];
    let unseen = |c: char| c.is_whitespace() || steers(c);
    let empty = texts
        .into_iter()
        .filter(|(_, answer)| answer.known().is_some_and(|text| text.chars().all(unseen)));
    empty
        .map(|(path, _)| {
            let help = format!("write a few words, or leave `{path}` out");
            place.at(path, |_| format!("`{path}` is empty"), "nothing in it", help)
        })
        .collect()
}

fn no_date(case: &Case, place: &Place<'_, '_>) -> Option<Diagnostic> {
    let error = date::check(case.regimen.start_date.known()?).err()?;
    let (what, label) = match error {
        DateError::Form => ("is not written as a date", "not a date"),
        DateError::NoSuchDay => ("is not a day of the calendar", "no such day"),
        DateError::Beyond => ("is no day on which a plan starts", "too far back or ahead"),
    };
    let help = format!(
        "allowed: year, month and day with hyphens in quotes, such as \"2027-01-15\", from {} to {}, or \"unknown\"",
        date::FIRST,
        date::LAST
    );
    Some(place.at("regimen.start_date", |value| format!("{value} {what}"), label, help))
}

fn contradictions(case: &Case, place: &Place<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let sessions = case.regimen.sessions.get();
    if case.regimen.arm.get() == Some(Arm::Nothing) && sessions.is_some_and(|sessions| sessions > 0) {
        found.push(place.at(
            "regimen.sessions",
            |value| format!("the plan is to do nothing, yet it has {value} sessions"),
            "contradicts regimen.arm",
            "leave the sessions out, or say in `regimen.arm` what is done".to_owned(),
        ));
    }
    let kind = case.lesion.kind.get();
    if case.lesion.stage.is_known() && matches!(kind, Some(LesionKind::AcneScar | LesionKind::None)) {
        found.push(place.at(
            "lesion.stage",
            |value| format!("only stretch marks have a stage, yet `lesion.stage` is {value}"),
            "contradicts lesion.kind",
            "leave the stage out, or set `lesion.kind` to \"striae\"".to_owned(),
        ));
    }
    if let (Some(mark), Some(person)) = (case.lesion.age.get(), case.person.age.get())
        && mark > person
    {
        found.push(place.at(
            "lesion.age",
            |value| format!("the mark is {value} old, older than the person"),
            "contradicts person.age",
            "check the units of both ages".to_owned(),
        ));
    }
    let lesion = &case.lesion;
    let matters = [&lesion.texture_matters, &lesion.colour_matters, &lesion.width_matters];
    if matters.iter().all(|answer| answer.get() == Some(0)) {
        found.push(place.at(
            "lesion.width_matters",
            |_| "neither texture nor colour nor width of the marks matters, so that nothing can get better".to_owned(),
            "contradicts lesion.texture_matters and lesion.colour_matters",
            "give at least one of the three a number above 0, or leave all three out".to_owned(),
        ));
    }
    let had_none = matches!(case.regimen.last_session.get(), Some(Lapse::Never));
    let had_one = case
        .regimen
        .last_session
        .get()
        .is_some_and(|last| last.time().is_some());
    let so_far = case.regimen.sessions_so_far.get();
    if had_none && so_far.is_some_and(|count| count > 0) || had_one && so_far == Some(0) {
        found.push(place.at(
            "regimen.sessions_so_far",
            |value| format!("`regimen.sessions_so_far` is {value}, which cannot be with this `regimen.last_session`"),
            "contradicts regimen.last_session",
            "without a session so far the last one was \"never\"".to_owned(),
        ));
    }
    found
}
