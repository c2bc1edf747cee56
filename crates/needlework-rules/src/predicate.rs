//! Predicates: what has to hold for a rule to fire, as typed data.
//!
//! In a file a predicate is a table: `{ field = "person.age", below = "18 years" }`, `{ any = […] }`, `{ all = […] }`,
//! `{ exists = { list = "aftercare.topicals", where = … } }` (inside, `item.…` names the item's own facts) or
//! `{ always = true }`. Several comparisons in one table all have to hold. There is no expression language to parse and
//! nothing is compared before its type is known: a length with a length, a word with a word that the field can be.
//! There is no "not" for whole predicates either: a question that does not apply to a person counts as "no", and that
//! must never turn into a reason.

use std::collections::BTreeSet;

use needlework_units::{Dimension, Measure};
use serde::Deserialize;

use crate::error::RuleError;
use crate::field::{FactSchema, Kind};

/// What has to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Holds for every case.
    Always,
    /// All of these hold.
    All(Vec<Predicate>),
    /// At least one of these holds.
    Any(Vec<Predicate>),
    /// One fact stands a test.
    Field {
        /// Where the fact stands; `item.…` inside a list.
        path: String,
        /// The test.
        test: Test,
    },
    /// At least one item of a list holds.
    Exists {
        /// The list.
        list: String,
        /// What has to hold for the item.
        holds: Box<Predicate>,
    },
}

/// A test of one fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The answer is this.
    Flag(bool),
    /// The word, or one of the set, is among these; or, `negated`, none is.
    Words {
        /// The words.
        words: BTreeSet<String>,
        /// Whether none must be among them.
        negated: bool,
    },
    /// The quantity, count or lapse stands in this relation to a bound in canonical units.
    Compare {
        /// The relation.
        relation: Relation,
        /// The bound.
        bound: f64,
    },
    /// The question was answered with "I don't know", and the rule names that.
    Unknown,
    /// The question has no answer yet, or "I don't know", and the rule names that.
    Unanswered,
}

/// How a number stands to its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Less than the bound.
    Below,
    /// The bound or less.
    AtMost,
    /// More than the bound.
    Above,
    /// The bound or more.
    AtLeast,
}

/// A predicate as it stands in a file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PredicateText {
    always: bool,
    all: Option<Vec<PredicateText>>,
    any: Option<Vec<PredicateText>>,
    exists: Option<Box<ExistsText>>,
    field: Option<String>,
    is: Option<toml::Value>,
    is_not: Option<toml::Value>,
    any_of: Option<Vec<String>>,
    none_of: Option<Vec<String>>,
    below: Option<toml::Value>,
    at_most: Option<toml::Value>,
    above: Option<toml::Value>,
    at_least: Option<toml::Value>,
    within: Option<toml::Value>,
    unknown: bool,
    unanswered: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExistsText {
    list: String,
    r#where: PredicateText,
}

impl Predicate {
    /// Checks a predicate against the schema and types it. `rule` names it in errors; `item` is the list whose item
    /// is meant by `item.…`.
    pub(crate) fn read(
        text: &PredicateText,
        schema: &FactSchema,
        rule: &str,
        item: Option<&str>,
    ) -> Result<Self, RuleError> {
        let wrong = |problem: &str| {
            Err(RuleError::WrongPredicate {
                rule: rule.to_owned(),
                problem: problem.to_owned(),
            })
        };
        let forms = usize::from(text.always)
            + usize::from(text.all.is_some())
            + usize::from(text.any.is_some())
            + usize::from(text.exists.is_some())
            + usize::from(text.field.is_some());
        if forms != 1 {
            return wrong("a predicate is one of `always`, `all`, `any`, `exists` and `field`");
        }
        if let Some(path) = &text.field {
            return read_field(path, text, schema, rule, item);
        }
        if text.comparisons().next().is_some() {
            return wrong("a comparison needs a `field`");
        }
        let read_each = |parts: &[PredicateText]| {
            parts
                .iter()
                .map(|part| Self::read(part, schema, rule, item))
                .collect::<Result<Vec<_>, _>>()
        };
        match (&text.all, &text.any, &text.exists) {
            (Some(parts), ..) | (_, Some(parts), _) if parts.is_empty() => wrong("an empty list of predicates"),
            (Some(parts), ..) => Ok(Self::All(read_each(parts)?)),
            (_, Some(parts), _) => Ok(Self::Any(read_each(parts)?)),
            (.., Some(exists)) => {
                match schema.get(&exists.list).map(|field| &field.kind) {
                    Some(Kind::List) => {}
                    Some(_) => return wrong(&format!("`{}` is not a list", exists.list)),
                    None => {
                        return Err(RuleError::UnknownField {
                            rule: rule.to_owned(),
                            field: exists.list.clone(),
                        });
                    }
                }
                let holds = Self::read(&exists.r#where, schema, rule, Some(&exists.list))?;
                Ok(Self::Exists {
                    list: exists.list.clone(),
                    holds: Box::new(holds),
                })
            }
            _ => Ok(Self::Always),
        }
    }

    /// Less than so many days lie between now and a lapse.
    pub(crate) fn within(path: &str, days: f64) -> Self {
        Self::Field {
            path: path.to_owned(),
            test: Test::Compare {
                relation: Relation::Below,
                bound: days,
            },
        }
    }

    /// Calls `visit` with the path of every fact of the case that is read; facts of items are left out.
    pub(crate) fn visit_paths<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Always => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit_paths(visit)),
            Self::Field { path, .. } if path.starts_with(ITEM) => {}
            Self::Field { path, .. } => visit(path),
            Self::Exists { list, holds } => {
                visit(list);
                holds.visit_paths(visit);
            }
        }
    }

    /// Whether "no", "none", "nothing" or "never" to this field can make it hold.
    pub(crate) fn fires_on_no(&self, field: &str) -> bool {
        match self {
            Self::Always => false,
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.fires_on_no(field)),
            Self::Field { path, test } if path == field => match test {
                Test::Flag(wanted) => !wanted,
                Test::Words { words, negated } => {
                    ["no", "none", "nothing", "never"].iter().any(|no| words.contains(*no)) != *negated
                }
                Test::Compare { relation, .. } => matches!(relation, Relation::Above | Relation::AtLeast),
                Test::Unknown | Test::Unanswered => false,
            },
            Self::Field { .. } => false,
            Self::Exists { list, .. } => list == field,
        }
    }

    /// The paths of the facts that are read, each once.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        let mut paths = BTreeSet::new();
        self.visit_paths(&mut |path| {
            paths.insert(path);
        });
        paths
    }
}

/// What stands before the name of a fact of a list's item.
pub(crate) const ITEM: &str = "item.";

/// One comparison as written: a relation, or equality.
enum Comparison<'a> {
    Is(&'a toml::Value, bool),
    Words(&'a [String], bool),
    Relation(Relation, &'a toml::Value, bool),
    Unknown,
    Unanswered,
}

impl PredicateText {
    fn comparisons(&self) -> impl Iterator<Item = Comparison<'_>> {
        // The names are written out: a typed struct is what refuses a misspelt one.
        [
            self.is.as_ref().map(|value| Comparison::Is(value, false)),
            self.is_not.as_ref().map(|value| Comparison::Is(value, true)),
            self.any_of.as_deref().map(|words| Comparison::Words(words, false)),
            self.none_of.as_deref().map(|words| Comparison::Words(words, true)),
            self.below
                .as_ref()
                .map(|bound| Comparison::Relation(Relation::Below, bound, false)),
            self.at_most
                .as_ref()
                .map(|bound| Comparison::Relation(Relation::AtMost, bound, false)),
            self.above
                .as_ref()
                .map(|bound| Comparison::Relation(Relation::Above, bound, false)),
            self.at_least
                .as_ref()
                .map(|bound| Comparison::Relation(Relation::AtLeast, bound, false)),
            self.within
                .as_ref()
                .map(|bound| Comparison::Relation(Relation::Below, bound, true)),
            self.unknown.then_some(Comparison::Unknown),
            self.unanswered.then_some(Comparison::Unanswered),
        ]
        .into_iter()
        .flatten()
    }
}

fn read_field(
    path: &str,
    text: &PredicateText,
    schema: &FactSchema,
    rule: &str,
    item: Option<&str>,
) -> Result<Predicate, RuleError> {
    let full = match (path.strip_prefix(ITEM), item) {
        (Some(name), Some(list)) => format!("{list}[].{name}"),
        _ => path.to_owned(),
    };
    let field = schema.get(&full).ok_or_else(|| RuleError::UnknownField {
        rule: rule.to_owned(),
        field: path.to_owned(),
    })?;
    let tests = text
        .comparisons()
        .map(|comparison| {
            let test = read_test(&comparison, &field.kind).map_err(|problem| RuleError::WrongComparison {
                rule: rule.to_owned(),
                field: path.to_owned(),
                problem,
            })?;
            Ok(Predicate::Field {
                path: path.to_owned(),
                test,
            })
        })
        .collect::<Result<Vec<_>, RuleError>>()?;
    match <[Predicate; 1]>::try_from(tests) {
        Ok([only]) => Ok(only),
        Err(none) if none.is_empty() => Err(RuleError::WrongPredicate {
            rule: rule.to_owned(),
            problem: format!("`{path}` is not compared"),
        }),
        Err(several) => Ok(Predicate::All(several)),
    }
}

fn read_test(comparison: &Comparison<'_>, kind: &Kind) -> Result<Test, String> {
    match (comparison, kind) {
        (Comparison::Unknown | Comparison::Unanswered, Kind::Set(_) | Kind::List | Kind::Section) => {
            Err("cannot be answered with unknown".into())
        }
        (Comparison::Unknown, _) => Ok(Test::Unknown),
        (Comparison::Unanswered, _) => Ok(Test::Unanswered),
        (Comparison::Is(toml::Value::Boolean(flag), negated), Kind::Flag) => Ok(Test::Flag(flag ^ negated)),
        (Comparison::Is(toml::Value::String(word), negated), kind) => words(std::slice::from_ref(word), *negated, kind),
        (Comparison::Words(list, negated), kind) => words(list, *negated, kind),
        (Comparison::Relation(relation, bound, is_within), kind) => {
            if *is_within != (*kind == Kind::Lapse && *relation == Relation::Below) {
                return Err("`within` is for a lapse of time, `below` for everything else".into());
            }
            Ok(Test::Compare {
                relation: *relation,
                bound: read_bound(bound, kind)?,
            })
        }
        (Comparison::Is(value, _), kind) => Err(format!("`{value}` cannot be compared with {}", name_of(kind))),
    }
}

fn words(list: &[String], negated: bool, kind: &Kind) -> Result<Test, String> {
    let lapse = ["never".to_owned(), "now".to_owned()];
    let allowed = match kind {
        Kind::Word(allowed) | Kind::Set(allowed) => allowed.as_slice(),
        Kind::Lapse => &lapse,
        other => return Err(format!("words cannot be compared with {}", name_of(other))),
    };
    if list.is_empty() {
        return Err("an empty list of words".into());
    }
    if let Some(stray) = list.iter().find(|word| !allowed.is_empty() && !allowed.contains(word)) {
        return Err(format!("`{stray}` is not one of {}", allowed.join(", ")));
    }
    Ok(Test::Words {
        words: list.iter().cloned().collect(),
        negated,
    })
}

fn read_bound(bound: &toml::Value, kind: &Kind) -> Result<f64, String> {
    let wanted = match kind {
        Kind::Quantity(dimension) => *dimension,
        Kind::Lapse => Dimension::Time,
        Kind::Count => {
            let count = bound.as_integer().and_then(|count| u32::try_from(count).ok());
            return count
                .map(f64::from)
                .ok_or_else(|| format!("`{bound}` is not a whole number"));
        }
        other => return Err(format!("an order cannot be asked of {}", name_of(other))),
    };
    let Some(text) = bound.as_str() else {
        return Err(format!("`{bound}` has no unit"));
    };
    let measure = Measure::parse(text).map_err(|error| error.to_string())?;
    if measure.dimension() != wanted {
        return Err(format!(
            "`{text}` is {}, but this is {}",
            measure.dimension().name(),
            wanted.name()
        ));
    }
    Ok(measure.canonical())
}

fn name_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Flag => "yes or no",
        Kind::Word(_) => "a word",
        Kind::Set(_) => "a set of words",
        Kind::Quantity(dimension) => dimension.name(),
        Kind::Count => "a whole number",
        Kind::Lapse => "a lapse of time",
        Kind::List => "a list",
        Kind::Section => "a group of fields",
    }
}
