//! What the room knows, for people: the conditions that rules ask about, and the rules in a table.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::{RuleBook, RuleSeverity};

/// One thing that rules ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// The field of the case.
    pub field: String,
    /// The question as a person is asked it.
    pub question: String,
    /// What may be answered.
    pub allowed: String,
    /// Rules that read it.
    pub rules: Vec<String>,
    /// Whether one of them guards against serious harm.
    pub serious: bool,
}

/// One line of the table of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// The rule.
    pub id: String,
    /// Its severity at home.
    pub home: RuleSeverity,
    /// Its severity in a clinic.
    pub clinic: RuleSeverity,
    /// Why, in plain words.
    pub reason: String,
    /// What to do instead, in plain words.
    pub instead: Option<String>,
    /// The question to say aloud to a doctor.
    pub ask: Option<String>,
    /// How well it is founded.
    pub grade: String,
    /// Keys of its sources.
    pub sources: Vec<String>,
    /// Whether it guards against serious harm.
    pub serious: bool,
}

/// Every case field that a rule reads, in the order of a case.
#[must_use]
pub fn conditions(book: &RuleBook) -> Vec<Condition> {
    let mut found: BTreeMap<usize, Condition> = BTreeMap::new();
    for rule in book.rules() {
        for path in rule.when.paths() {
            let asks = book.fact_schema().get(path).and_then(|field| field.asks.as_deref());
            let Some(field) = asks.and_then(|asks| book.fact_schema().get(asks)) else {
                continue;
            };
            let condition = found.entry(field.place).or_insert_with(|| Condition {
                field: field.path.clone(),
                question: field.question.clone(),
                allowed: field.allowed.clone(),
                rules: Vec::new(),
                serious: false,
            });
            if !condition.rules.contains(&rule.id) {
                condition.rules.push(rule.id.clone());
            }
            condition.serious |= rule.serious;
        }
    }
    found.into_values().collect()
}

/// The rules as a table, in the order of the book.
#[must_use]
pub fn lines(book: &RuleBook) -> Vec<RuleLine> {
    let line = |rule: &crate::Rule| RuleLine {
        id: rule.id.clone(),
        home: rule.home,
        clinic: rule.clinic,
        reason: rule.reason.clone(),
        instead: rule.instead.clone(),
        ask: rule.ask.clone(),
        grade: rule.grade.clone(),
        sources: rule.sources.clone(),
        serious: rule.serious,
    };
    book.rules().iter().map(line).collect()
}

/// The lines that a name stands for: the rule of that name, else all whose names begin so, since R25 stands for R25a,
/// R25b and R25c.
#[must_use]
pub fn named<'a>(lines: &'a [RuleLine], name: &str) -> Vec<&'a RuleLine> {
    if let Some(line) = lines.iter().find(|line| line.id.eq_ignore_ascii_case(name)) {
        return vec![line];
    }
    let name = name.to_lowercase();
    lines
        .iter()
        .filter(|line| line.id.to_lowercase().starts_with(&name))
        .collect()
}
