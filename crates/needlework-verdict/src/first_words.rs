//! What everybody reads first, as data: the verdict, what cannot wait, the main number with its doubt, and the harm
//! that matters most.
//!
//! Terminal, page, calendar and comparison take these sentences and write none of their own, so that they cannot
//! differ. Times count from the first session, everywhere. How a range is worded depends on how wide it is: a range
//! that spans most of the possible says that the number is hardly known, instead of lending it two decimals.

use needlework_rules::Essential;

use crate::first_screen::FirstScreen;
use crate::people::people_of;
use crate::report::{COURSES, Forecast, Outcome, Range, Risk, Safety, Verdict};
/// What a person in a crisis is told before anything else.
const CRISIS: &str = "Let us talk about you first, not about needles.";
/// How the answer to somebody under age opens.
const MINOR: &str = "This simulator is for adults.";
/// What stands above everything when symptoms need a doctor.
const TODAY: &str = "See a doctor today.";
/// How a refused plan opens.
const REFUSED: &str = "Do not do this plan.";
/// How a referred plan opens.
const REFERRED: &str = "Not yet. Ask a doctor or pharmacist this one question:";
/// How a plan opens whose serious questions nobody has asked yet.
const OPEN: &str = "Not yet. Serious questions are still open: find out their answers first.";
/// How a referred plan waits.
const UNTIL_THEN: &str = "Until then, do not needle.";
/// What a permitted plan is told beside that.
pub const NOT_SAFE: &str = "That is not the same as safe: rules can only stop what they know of.";
/// How a permitted plan opens.
const PERMITTED: &str = "No rule stops this plan.";
/// How the answer to a cream or a laser opens.
const NOT_JUDGED: &str = "This is not judged here: there are no needles in it.";
/// How a permitted plan with open questions opens.
const UNCHECKED: &str = "No rule stops this plan, but some things were not checked.";

/// Of how many people a share is told.
// numerical: people that a frequency is told of
const PEOPLE: f64 = 100.0;
// numerical: half a person of a hundred, below which nobody is told of
const SEEN: f64 = 0.5 / PEOPLE;

/// The opening of an answer: the verdict in its fixed words.
pub(crate) fn opening(verdict: &Verdict) -> &'static str {
    match verdict.safety {
        _ if verdict.distress => CRISIS,
        _ if verdict.minor => MINOR,
        Safety::Refuse => REFUSED,
        Safety::Refer if verdict.question.is_some() => REFERRED,
        Safety::Refer => OPEN,
        Safety::Caution if verdict.not_judged => NOT_JUDGED,
        Safety::Caution if verdict.unchecked.is_empty() && verdict.ask_clinic.is_empty() => PERMITTED,
        Safety::Caution => UNCHECKED,
    }
}

/// The first screen of a verdict, its forecast and its harms; `help` are the lines for somebody in a crisis or under
/// age.
#[must_use]
pub fn first_screen(verdict: &Verdict, forecast: Option<&Forecast>, risks: &[Risk], help: Vec<String>) -> FirstScreen {
    let kind = verdict.distress || verdict.minor;
    FirstScreen {
        help: help.into_iter().filter(|_| kind).map(Essential::new).collect(),
        now: verdict.urgent.then(|| Essential::new(TODAY)),
        verdict: Essential::new(opening(verdict)),
        question: verdict.question.as_ref().filter(|_| !kind).map(Essential::new),
        until_then: (!kind && verdict.safety == Safety::Refer).then(|| Essential::new(UNTIL_THEN)),
        expect: forecast.and_then(expected),
        harm: risks.iter().find(|risk| risk.has_number()).map(main_harm),
    }
}

/// The main number against doing nothing.
fn expected(forecast: &Forecast) -> Option<String> {
    let at = forecast.lead;
    let (with, without) = (forecast.treated.get(at)?, forecast.untreated.get(at)?);
    let months = forecast.months.get(at)?.round();
    let months = if months == 1.0 {
        "1 month".to_owned()
    } else {
        format!("{months:.0} months")
    };
    let little = people_of(with.none.mean, PEOPLE);
    Some(format!(
        "Of 100 people like this, about {little} see little or no change {months} after the first session{}{}. {} {}",
        worse(with),
        for_dark_marks(forecast, at),
        doubt(&with.none),
        alone(without, forecast.untreated_by_assumption),
    ))
}

/// What becomes of the same people without the plan.
fn alone(without: &Outcome, assumed: bool) -> String {
    if assumed {
        return "Doing nothing, all 100 would; that is assumed, nobody has followed it.".to_owned();
    }
    format!(
        "Doing nothing, about {} would{}.",
        people_of(without.none.mean, PEOPLE),
        worse(without)
    )
}

/// Those who get worse, where there are any.
fn worse(outcome: &Outcome) -> String {
    if outcome.worse.mean < SEEN {
        return String::new();
    }
    format!(" and about {} get worse", people_of(outcome.worse.mean, PEOPLE))
}

/// How many of those who get worse do so for a dark mark; nothing where it is hardly anybody.
fn for_dark_marks(forecast: &Forecast, at: usize) -> String {
    match forecast.worse_for_dark_marks.get(at) {
        Some(share) if share.mean >= SEEN => format!(", {} of them for a dark mark", people_of(share.mean, PEOPLE)),
        _ => String::new(),
    }
}

/// How well a share is known, in words that fit the width of its range.
fn doubt(range: &Range) -> String {
    // numerical: a range over half of all people says hardly anything
    const HARDLY: f64 = 0.5;
    // numerical: one over a fifth is still wide
    const WIDE: f64 = 0.2;
    let (low, high) = (people_of(range.low, PEOPLE), people_of(range.high, PEOPLE));
    match range.high - range.low {
        width if width >= HARDLY => format!("Nobody knows this well: anything from {low} to {high} is plausible."),
        width if width >= WIDE => format!("That is not known well: {low} to {high} is plausible."),
        _ => format!("Plausible range: {low} to {high}."),
    }
}

/// The main harm in a sentence.
fn main_harm(risk: &Risk) -> String {
    let title = lower_first(&risk.title);
    let per = |count: f64| people_of(count / COURSES, COURSES);
    let (low, high) = (per(risk.per_1000.low), per(risk.per_1000.high));
    // numerical: a range over so many of a thousand says hardly anything, and a number in it would be taken for one
    // that is known
    const HARDLY: f64 = 250.0;
    match risk.per_1000.mean {
        Some(_) if risk.per_1000.high - risk.per_1000.low >= HARDLY => format!(
            "Main harm: {title}. Nobody knows how often: anything from {low} to {high} of 1,000 courses like this is \
                plausible."
        ),
        Some(mean) => format!(
            "Main harm: {title}, in about {} of 1,000 courses like this (plausible range {low} to {high}).",
            per(mean)
        ),
        None => {
            format!(
                "Main harm: {title}. Nobody has counted it; models span {low} to {high} of 1,000 courses like this."
            )
        }
    }
}

/// A title as part of a sentence.
fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}

/// Puts the harm that matters most for this person first: dark marks where they are prone to them, else the likeliest:
/// by what was counted, where nobody has counted by the upper end of the range, and what has no number last.
pub(crate) fn likeliest_first(risks: &mut [Risk], prone_to_dark_marks: bool) {
    let weight = |risk: &Risk| {
        if prone_to_dark_marks && risk.name == "dark_marks" {
            f64::INFINITY
        } else if risk.has_number() {
            risk.per_1000.mean.unwrap_or(risk.per_1000.high)
        } else {
            -1.0
        }
    };
    risks.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(mean: f64, low: f64, high: f64) -> Range {
        Range { mean, low, high }
    }

    #[test]
    fn the_words_of_a_range_fit_how_wide_it_is() {
        assert!(
            doubt(&range(0.73, 0.01, 0.997)).starts_with("Nobody knows this well: anything from 1 to more than 99")
        );
        assert!(doubt(&range(0.73, 0.6, 0.85)).starts_with("That is not known well: 60 to 85"));
        assert_eq!(doubt(&range(0.73, 0.7, 0.76)), "Plausible range: 70 to 76.");
    }
}
