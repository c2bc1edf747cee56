//! Screening: a case against the rule book gives a safety verdict, the rules that fired, and the questions still open.
//!
//! * Severity is that of the setting; where the setting is not known, the worse of the two.
//! * An open rule of serious harm gives `refer`, also in a clinic where a "yes" would be no more than a caution: nobody has
//!   looked yet. Other open rules are questions only. A rule that says nothing in this setting is not asked about.
//! * With `screening = "by study"` the study's entry criteria stand for the missing answers about person, health and area;
//!   what else is missing is how the study worked, and stays an open question. A stated reason still fires, and an explicit
//!   "unknown" about person, health or area still refers.
//! * Info never changes the verdict. Without a rule the verdict is `caution`: there is no green light.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::Setting;
use serde::{Deserialize, Serialize};

use crate::book::{Rule, RuleBook, Severity, Special};
use crate::evaluate::{Finding, evaluate};
use crate::fact::{Fact, Facts};

/// The safety verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// No rule stops the plan; do these things.
    Caution,
    /// See a doctor first.
    Refer,
    /// A rule stops the plan.
    Refuse,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fired {
    /// The rule.
    pub id: String,
    /// Its severity in this setting.
    pub severity: Severity,
    /// Why, in plain words.
    pub reason: String,
    /// What to do instead.
    pub instead: Option<String>,
    /// The question to say aloud to a doctor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// How well it is founded.
    pub grade: String,
    /// Keys of its sources; none where it is the judgement of this project.
    pub sources: Vec<String>,
    /// Whether it guards against serious harm.
    pub serious: bool,
    /// Whether it is treated apart.
    pub special: Option<Special>,
}

/// A question that is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The field of the case that would answer it.
    pub field: String,
    /// The question as a person is asked it.
    pub text: String,
    /// What may be answered, in one line.
    pub allowed: String,
    /// Rules that an answer would help to decide.
    pub rules: Vec<String>,
    /// Whether one of them guards against serious harm.
    pub serious: bool,
    /// Whether the person has already said "I don't know"; then say how to find out.
    pub said_unknown: bool,
}

/// What screening found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// The verdict.
    pub safety: Safety,
    /// Whether a doctor should be seen today.
    pub urgent: bool,
    /// Whether the person is under age: the simulator stops kindly.
    pub minor: bool,
    /// Whether distress weighs: the answer shows where to find help.
    pub distress: bool,
    /// Whether a study's own screening stood for missing answers.
    pub by_study: bool,
    /// Rules that fired: under age first, then by severity.
    pub fired: Vec<Fired>,
    /// Open questions: serious ones first, then in the order of a case.
    pub questions: Vec<Question>,
    /// Rules that could not be decided, and that a study's screening does not cover.
    pub undecided: Vec<String>,
    /// Rules that only the study's own screening covers.
    pub covered_by_study: Vec<String>,
    /// What was concluded from other answers.
    pub notes: Vec<String>,
}

/// Judges the facts of a case by the rules of the book.
#[must_use]
pub fn screen(book: &RuleBook, facts: &Facts) -> Screening {
    let (facts, notes) = complete(book, facts);
    let setting = match facts.word("regimen.setting") {
        Some("home") => Some(Setting::Home),
        Some("clinic") => Some(Setting::Clinic),
        Some("salon") => Some(Setting::Salon),
        _ => None,
    };
    let by_study = facts.word("about.screening") == Some("by study");
    // Creams and lasers have no needles; only what holds without needles is said of them.
    let nothing_is_done = matches!(facts.word("regimen.arm"), Some("nothing" | "cream" | "laser"));

    let mut fired = Vec::new();
    let mut undecided = Vec::new();
    let mut covered_by_study = Vec::new();
    let mut must_refer = false;
    let mut asked: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut setting_matters = BTreeSet::new();
    for rule in book.rules() {
        let severity = rule.severity(setting);
        if severity == Severity::None || (nothing_is_done && !rule.without_needles) {
            continue;
        }
        let finding = evaluate(book, &rule.when, &facts);
        if setting.is_none() && rule.home != rule.clinic && finding != Finding::No {
            setting_matters.insert(rule.id.as_str());
        }
        match finding {
            Finding::No => {}
            Finding::Yes => fired.push(fire(rule, severity)),
            Finding::Open(fields) => {
                let said_unknown = |field: &String| *facts.get(field) == Fact::Unknown;
                let (covered, open): (Vec<_>, Vec<_>) = fields
                    .into_iter()
                    .partition(|field| by_study && book.is_screened(field) && !said_unknown(field));
                if open.is_empty() && !covered.is_empty() {
                    covered_by_study.push(rule.id.clone());
                    continue;
                }
                let stated = open.iter().any(|field| book.is_screened(field) && said_unknown(field));
                must_refer |= rule.serious && (!by_study || stated);
                undecided.push(rule.id.clone());
                for field in open {
                    asked.entry(field).or_default().insert(&rule.id);
                }
            }
        }
    }
    if !setting_matters.is_empty() {
        asked
            .entry("regimen.setting".to_owned())
            .or_default()
            .extend(setting_matters);
    }

    fired.sort_by(|a, b| {
        let rank = |one: &Fired| (one.special != Some(Special::Minor), std::cmp::Reverse(one.severity));
        rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
    });
    undecided.sort();
    covered_by_study.sort();
    let worst = fired.iter().map(|one| one.severity).max().unwrap_or(Severity::None);
    let safety = match worst {
        Severity::Urgent | Severity::Refuse => Safety::Refuse,
        Severity::Refer => Safety::Refer,
        _ if must_refer => Safety::Refer,
        _ => Safety::Caution,
    };
    let has = |special| fired.iter().any(|one| one.special == Some(special));
    Screening {
        safety,
        urgent: worst == Severity::Urgent,
        minor: has(Special::Minor),
        distress: has(Special::Distress),
        by_study,
        questions: questions(book, &facts, asked),
        undecided,
        covered_by_study,
        notes,
        fired,
    }
}

/// Fills what follows from other answers, such as a skin type from a measured colour; an answer is never replaced.
fn complete(book: &RuleBook, facts: &Facts) -> (Facts, Vec<String>) {
    let mut facts = facts.clone();
    let mut notes = Vec::new();
    for assumption in book.assumptions() {
        if !facts.get(&assumption.field).is_known() && evaluate(book, &assumption.when, &facts) == Finding::Yes {
            facts = facts.with(&assumption.field, Fact::Word(assumption.word.clone()));
            notes.push(assumption.note.clone());
        }
    }
    (facts, notes)
}

fn fire(rule: &Rule, severity: Severity) -> Fired {
    Fired {
        id: rule.id.clone(),
        severity,
        reason: rule.reason.clone(),
        instead: rule.instead.clone(),
        ask: rule.ask.clone(),
        grade: rule.grade.clone(),
        sources: rule.sources.clone(),
        serious: rule.serious,
        special: rule.special,
    }
}

fn questions(book: &RuleBook, facts: &Facts, asked: BTreeMap<String, BTreeSet<&str>>) -> Vec<Question> {
    let mut questions: Vec<(usize, Question)> = asked
        .into_iter()
        .map(|(field, rules)| {
            let described = book.catalogue().get(&field);
            let question = Question {
                text: described.map(|one| one.question.clone()).unwrap_or_default(),
                allowed: described.map(|one| one.allowed.clone()).unwrap_or_default(),
                serious: rules.iter().any(|id| book.rule(id).is_some_and(|rule| rule.serious)),
                rules: rules.into_iter().map(str::to_owned).collect(),
                said_unknown: *facts.get(&field) == Fact::Unknown,
                field,
            };
            (described.map_or(usize::MAX, |one| one.place), question)
        })
        .collect();
    questions.sort_by_key(|(place, question)| (!question.serious, *place));
    questions.into_iter().map(|(_, question)| question).collect()
}
