//! The interview: which question comes next, so that no rule stays undecided with the fewest questions.
//!
//! Answers so far make a case like any other, which is read by the reader of cases and screened by the rules. What the screening leaves open
//! is asked: age before everything, then distress and danger signs, then what serious rules wait for, the question that decides most rules
//! first. A question that can no longer decide anything is not asked; a follow-up comes only when its gate is open, since predicates
//! say so. After the rules come the few things that the chain needs of a plan. Nothing is remembered but the answers, so their order
//! doesn't matter, and a date of birth is asked nowhere.
//!
//! "I don't know" is an answer: rules of serious harm then refer (`screen`), for the others the question says how to find out.
//! The interview stops kindly for somebody under age, for danger signs, and for distress, where it points to help.
//!
//! Limits: texts of questions are those of the case format, in English; the order of two equal questions is that of the format.

mod document;
#[cfg(test)]
mod properties;

use std::collections::BTreeMap;

use needlework_case::{AnswerKind, Case, Catalog, Diagnostics, FieldDescription, fields, read};

pub use document::Answers;

use crate::book::RuleBook;
use crate::evaluate::{Finding, evaluate};
use crate::fact::{Fact, Facts};
use crate::screen::{Screening, screen};

/// What the chain needs of a plan beside what rules ask; asked last, and "I don't know" is drawn from a prior.
const PLAN: &[&str] = &[
    "lesion.kind",
    "lesion.site",
    "lesion.stage",
    "regimen.setting",
    "device.kind",
    "device.needle_length",
    "device.needles",
    "regimen.sessions",
    "regimen.interval",
    "regimen.passes",
    "lesion.treated_area",
    "person.sex",
    "person.fitzpatrick",
    "person.smoker",
];

/// Asked before all others, in this order, as far as a rule waits for them.
const FIRST: &[&str] = &[
    "person.age",
    "health.distress",
    "symptoms.infection_signs",
    "symptoms.lasting_lumps",
    "regimen.setting",
];

/// A question to ask now.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The field of the case, with its question, kind, choices, units and example.
    pub field: FieldDescription,
    /// Why it is asked: reasons of rules that wait for it; empty for what only the chain needs.
    pub why: Vec<String>,
    /// Whether one of these rules guards against serious harm.
    pub serious: bool,
    /// How to find out, for whoever doesn't know.
    pub find_out: &'static str,
    /// How many questions are open now, this one among them; follow-ups may add some, and answers take some away.
    pub left: usize,
}

/// Why an interview ends before its questions do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person is under age.
    UnderAge,
    /// Distress weighs: help comes first.
    Distress,
    /// Danger signs: a doctor today.
    Urgent,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A question.
    Ask(Box<Ask>),
    /// The interview stops here, kindly.
    Stop(Ending),
    /// Nothing is open any more; the case is complete.
    Done(Box<Case>),
}

/// The case that the answers make, and what the rules say of it.
///
/// # Errors
/// [`Diagnostics`] when an answer is not one that the case format takes.
pub fn judged(book: &RuleBook, catalog: &Catalog, answers: &Answers) -> Result<(Case, Screening), Diagnostics> {
    let case = read(&answers.document(), "the answers", catalog)?;
    let screening = screen(book, &Facts::resolved(&case, catalog));
    Ok((case, screening))
}

/// What comes next after these answers.
///
/// # Errors
/// [`Diagnostics`] when an answer is not one that the case format takes; [`accept`] keeps such answers out.
pub fn next(book: &RuleBook, catalog: &Catalog, answers: &Answers) -> Result<Step, Diagnostics> {
    let (case, screening) = judged(book, catalog, answers)?;
    if screening.minor {
        return Ok(Step::Stop(Ending::UnderAge));
    }
    if screening.distress {
        return Ok(Step::Stop(Ending::Distress));
    }
    if screening.urgent {
        return Ok(Step::Stop(Ending::Urgent));
    }
    let known: BTreeMap<String, FieldDescription> =
        fields().into_iter().map(|field| (field.path.clone(), field)).collect();
    let facts = Facts::resolved(&case, catalog);
    let open: Vec<&crate::screen::Question> = screening
        .questions
        .iter()
        .filter(|question| answers.get(&question.field).is_none() && known.contains_key(&question.field))
        .collect();
    let plan: Vec<&str> = PLAN
        .iter()
        .copied()
        .filter(|path| {
            known.contains_key(*path)
                && answers.get(path).is_none()
                && !facts.get(path).is_known()
                && applies(book, path, &facts)
        })
        .collect();
    let rank = |field: &str| FIRST.iter().position(|first| *first == field).unwrap_or(FIRST.len());
    let best = open.iter().enumerate().min_by_key(|(place, one)| {
        (
            rank(&one.field),
            !one.serious,
            std::cmp::Reverse(one.rules.len()),
            *place,
        )
    });
    let also = plan
        .iter()
        .filter(|path| !open.iter().any(|one| one.field == **path))
        .count();
    let left = open.len() + also;
    let (path, why, serious) = match (best, plan.first()) {
        (Some((_, question)), _) => {
            let reasons = question
                .rules
                .iter()
                .filter_map(|id| book.rule(id))
                .map(|rule| rule.reason.clone());
            // Where it is done decides how much most rules weigh; no single reason says that.
            let why = if question.field == "regimen.setting" {
                vec!["Some plans are stopped at home and not in a clinic.".to_owned()]
            } else {
                reasons.collect()
            };
            (question.field.as_str(), why, question.serious)
        }
        (None, Some(path)) => (*path, Vec::new(), false),
        (None, None) => return Ok(Step::Done(Box::new(case))),
    };
    let Some(field) = known.get(path) else {
        return Ok(Step::Done(Box::new(case)));
    };
    Ok(Step::Ask(Box::new(Ask {
        find_out: find_out(path),
        field: field.clone(),
        why,
        serious,
        left,
    })))
}

/// The answers with one more, or changed: what no longer applies to the person is dropped, and asked again when it does.
///
/// # Errors
/// [`Diagnostics`] naming what is wrong with the answer; the answers stay as they were.
pub fn accept(
    book: &RuleBook,
    catalog: &Catalog,
    answers: &Answers,
    path: &str,
    answer: &str,
) -> Result<Answers, Diagnostics> {
    let mut changed = answers.clone();
    changed.give(path, answer);
    let (case, _) = judged(book, catalog, &changed)?;
    let mut facts = Facts::resolved(&case, catalog);
    // Ends: each turn takes back an answer, and there are as many as were given.
    loop {
        let stale = changed
            .paths()
            .find(|&other| other != path && !applies(book, other, &facts))
            .map(str::to_owned);
        let Some(stale) = stale else { return Ok(changed) };
        changed.take_back(&stale);
        facts = facts.with(&stale, Fact::Missing);
    }
}

/// Whether a question applies to the person, as far as is known.
fn applies(book: &RuleBook, path: &str, facts: &Facts) -> bool {
    book.relevance_of(path)
        .all(|relevance| evaluate(book, &relevance.when, facts) != Finding::No)
}

/// How somebody who doesn't know can find out.
fn find_out(path: &str) -> &'static str {
    if path == "health.distress" {
        return "Only you can say. If you are not sure, talking to somebody you trust helps more than any device.";
    }
    match path.split('.').next().unwrap_or(path) {
        "device" => "It is printed on the pack or on the maker's page; whoever sells it must be able to say.",
        "person" => "Take your best guess if it is a matter of degree; a doctor or pharmacist can tell.",
        "health" => "Your doctor or pharmacist knows; look at the leaflets of your medicines.",
        "area" | "symptoms" => "Look in good light, or let somebody look; if in doubt, show it to a doctor.",
        "lesion" => "Look in good light and measure with a ruler; a doctor can tell the rest.",
        "regimen" => "It is part of the plan: decide it first, or ask the clinic.",
        _ => "Decide it before you begin, or ask the clinic how it is done there.",
    }
}

/// What may be answered, in plain words and without the signs of the file format.
#[must_use]
pub fn allowed(field: &FieldDescription) -> String {
    match field.kind {
        AnswerKind::YesNo => "yes or no".to_owned(),
        AnswerKind::Words => {
            let words: Vec<&str> = field.choices.iter().map(|choice| choice.word.as_str()).collect();
            words.join(", ")
        }
        AnswerKind::Quantity if field.path == "person.age" => "a number of years, such as 31 years".to_owned(),
        AnswerKind::Quantity => format!(
            "a number with its unit, such as {}",
            field.example.as_deref().unwrap_or("1")
        ),
        AnswerKind::Lapse => "never, now, or a time such as 10 days".to_owned(),
        AnswerKind::Whole => "a whole number".to_owned(),
        AnswerKind::List => {
            "none, or products with the time after the session, such as vitamin_c 2 days, moisturiser 1 day".to_owned()
        }
        AnswerKind::Text | AnswerKind::Section => "a name, as the lists give it".to_owned(),
    }
}
