//! Three-valued evaluation of predicates: yes, no, or open with the questions that would decide.
//!
//! Kleene's logic: `all` is no as soon as one part is no, whatever is still open; `any` is yes as soon as one part is
//! yes. A question that is missing but does not apply to the person (HbA1c without diabetes) counts as "no" for its own
//! test; a known answer is always compared, so that relevance can never hide a reason that was stated.

use std::collections::BTreeSet;

use crate::book::RuleBook;
use crate::fact::{Fact, Facts};
use crate::predicate::{ITEM, Predicate, Relation, Test};

/// What a predicate comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// It does not hold, whatever is still open.
    No,
    /// Not decided; answers to these fields would decide. Empty when only the chain of models can decide.
    Open(BTreeSet<String>),
    /// It holds, whatever is still open.
    Yes,
}

impl Finding {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Two quantities closer than this share of the bound are equal, so that "300 um" is not above "0.3 mm".
const EQUAL: f64 = 1e-9; // numerical: far above rounding in unit conversion, far below any written digit

/// Evaluates a predicate on the facts of a case.
pub(crate) fn evaluate(book: &RuleBook, predicate: &Predicate, facts: &Facts) -> Finding {
    evaluate_in(book, predicate, facts, None)
}

fn evaluate_in(book: &RuleBook, predicate: &Predicate, facts: &Facts, item: Option<&Facts>) -> Finding {
    match predicate {
        Predicate::Always => Finding::Yes,
        Predicate::All(parts) => all(parts.iter().map(|part| evaluate_in(book, part, facts, item))),
        Predicate::Any(parts) => any(parts.iter().map(|part| evaluate_in(book, part, facts, item))),
        Predicate::Field { path, test } => match (path.strip_prefix(ITEM), item) {
            (Some(name), Some(item)) => stands(test, item.get(name)).unwrap_or_else(|| Finding::Open(BTreeSet::new())),
            _ => match stands(test, facts.get(path)) {
                Some(finding) => finding,
                None => unanswered(book, path, facts),
            },
        },
        Predicate::Exists { list, holds } => match facts.get(list) {
            Fact::List(items) => any(items.iter().map(|item| evaluate_in(book, holds, facts, Some(item)))),
            _ => unanswered(book, list, facts),
        },
    }
}

fn all(findings: impl Iterator<Item = Finding>) -> Finding {
    let mut open: Option<BTreeSet<String>> = None;
    for finding in findings {
        match finding {
            Finding::No => return Finding::No,
            Finding::Open(fields) => open.get_or_insert_default().extend(fields),
            Finding::Yes => {}
        }
    }
    open.map_or(Finding::Yes, Finding::Open)
}

fn any(findings: impl Iterator<Item = Finding>) -> Finding {
    let mut open: Option<BTreeSet<String>> = None;
    for finding in findings {
        match finding {
            Finding::Yes => return Finding::Yes,
            Finding::Open(fields) => open.get_or_insert_default().extend(fields),
            Finding::No => {}
        }
    }
    open.map_or(Finding::No, Finding::Open)
}

/// The paths of the facts that are known and stand their test, in the branches that are not yet decided against: what
/// of a predicate was stated. A test inside a list's item counts as the list's.
pub(crate) fn stated<'a>(book: &RuleBook, predicate: &'a Predicate, facts: &Facts) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    collect_stated(book, predicate, facts, None, &mut found);
    found
}

fn collect_stated<'a>(
    book: &RuleBook,
    predicate: &'a Predicate,
    facts: &Facts,
    item: Option<(&'a str, &Facts)>,
    found: &mut BTreeSet<&'a str>,
) {
    if evaluate_in(book, predicate, facts, item.map(|(_, item)| item)) == Finding::No {
        return;
    }
    match predicate {
        Predicate::Always => {}
        Predicate::All(parts) | Predicate::Any(parts) => {
            for part in parts {
                collect_stated(book, part, facts, item, found);
            }
        }
        Predicate::Field { path, test } => {
            let (name, fact) = match (path.strip_prefix(ITEM), item) {
                (Some(name), Some((list, item))) => (list, item.get(name)),
                _ => (path.as_str(), facts.get(path)),
            };
            if *fact != Fact::Missing && stands(test, fact) == Some(Finding::Yes) {
                found.insert(name);
            }
        }
        Predicate::Exists { list, holds } => {
            if let Fact::List(items) = facts.get(list) {
                for item in items {
                    collect_stated(book, holds, facts, Some((list, item)), found);
                }
            }
        }
    }
}

/// A field without a known answer: the usual one, not relevant, to be asked later, or to be asked now.
fn unanswered(book: &RuleBook, path: &str, facts: &Facts) -> Finding {
    if book.usual().iter().any(|field| field == path) {
        return Finding::No;
    }
    let asks = book.fact_schema().get(path).and_then(|field| field.asks.as_deref());
    let Some(asks) = asks else {
        return Finding::Open(BTreeSet::new());
    };
    // The question behind a derived fact was answered; what is missing is the caller's work, and nobody can be asked
    // for it.
    if asks != path && facts.get(asks).is_known() {
        return Finding::Open(BTreeSet::new());
    }
    let mut first = BTreeSet::new();
    for relevance in book.relevance_of(asks) {
        match evaluate(book, &relevance.when, facts) {
            Finding::No => return Finding::No,
            Finding::Open(fields) if relevance.ask_first => first.extend(fields),
            Finding::Open(_) | Finding::Yes => {}
        }
    }
    if first.is_empty() {
        first.insert(asks.to_owned());
    }
    Finding::Open(first)
}

/// Whether a fact stands a test; none if it is not answered, or is of a kind that the test cannot judge.
fn stands(test: &Test, fact: &Fact) -> Option<Finding> {
    let holds = match (test, fact) {
        (Test::Unknown, Fact::Unknown) => true,
        (Test::Unanswered, Fact::Missing | Fact::Unknown) => true,
        (_, Fact::Missing | Fact::Unknown) => return None,
        (Test::Unknown | Test::Unanswered, _) => false,
        (Test::Flag(wanted), Fact::Flag(flag)) => wanted == flag,
        (Test::Words { words, negated }, Fact::Word(word)) => words.contains(word) != *negated,
        (Test::Words { words, negated }, Fact::Set(set)) => words.is_disjoint(set) == *negated,
        (Test::Words { words, negated }, Fact::Lapse { days }) => {
            let is = |word: &str| words.contains(word);
            ((is("never") && days.is_infinite()) || (is("now") && *days == 0.0)) != *negated
        }
        (Test::Compare { relation, bound }, Fact::Quantity { canonical, .. }) => {
            compare(*relation, *canonical, *bound)?
        }
        (Test::Compare { relation, bound }, Fact::Count(count)) => compare(*relation, *count as f64, *bound)?,
        (Test::Compare { relation, bound }, Fact::Lapse { days }) => compare(*relation, *days, *bound)?,
        _ => return None,
    };
    Some(Finding::of(holds))
}

fn compare(relation: Relation, value: f64, bound: f64) -> Option<bool> {
    // A value that is not a number decides nothing.
    let order = value.partial_cmp(&bound)?;
    let equal = order.is_eq() || (value - bound).abs() <= EQUAL * bound.abs();
    Some(match relation {
        Relation::Below => order.is_lt() && !equal,
        Relation::AtMost => order.is_lt() || equal,
        Relation::Above => order.is_gt() && !equal,
        Relation::AtLeast => order.is_gt() || equal,
    })
}
