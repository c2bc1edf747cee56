//! The script of an interview: which questions, in which order, with which reason, and which are asked together.
//!
//! It is data, checked when it is read: a field that no case has, a list without a "no" for each of its members, a choice that sets what a field
//! cannot be are errors. Source: `evidence/interview.toml`.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::{AnswerKind, FieldDescription, fields};
use serde::Deserialize;

use crate::error::RuleError;
use crate::field::Catalogue;
use crate::predicate::{Predicate, PredicateText};

/// Paths of this section belong to the interview and stand in no case.
pub(crate) const OWN: &str = "interview.";

/// Whether it is planned or done.
pub(crate) const PATH: &str = "interview.path";

/// What the questions are about.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    pub(crate) items: Vec<Item>,
    pub(crate) fields: BTreeMap<String, FieldDescription>,
}

/// One item of the script.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) path: Option<String>,
    pub(crate) always: bool,
    pub(crate) when: Option<Predicate>,
    pub(crate) question: Option<String>,
    pub(crate) label: String,
    pub(crate) why: String,
    pub(crate) asks: Asks,
}

/// What an item asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asks {
    /// One field of a case.
    Field(String),
    /// One of several choices, each of which answers several fields.
    Choice(Vec<Choice>),
    /// Any number of things; and a field that is yes as soon as one of them is.
    Several(Vec<Member>, Option<String>),
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    pub(crate) text: String,
    pub(crate) sets: BTreeMap<String, String>,
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) field: String,
    pub(crate) text: String,
    /// The answer where it is not named.
    pub(crate) none: String,
    /// The answer where it is named; none where it is then asked by itself.
    pub(crate) named: Option<String>,
}

impl Item {
    /// The fields that it answers.
    pub(crate) fn fields(&self) -> BTreeSet<&str> {
        match &self.asks {
            Asks::Field(field) => BTreeSet::from([field.as_str()]),
            Asks::Choice(choices) => choices
                .iter()
                .flat_map(|choice| choice.sets.keys())
                .map(String::as_str)
                .collect(),
            Asks::Several(members, any) => members
                .iter()
                .map(|member| member.field.as_str())
                .chain(any.as_deref())
                .collect(),
        }
    }

    /// Where the choice that was made is kept.
    pub(crate) fn record(&self) -> String {
        format!("{OWN}{}", self.id)
    }
}

impl Script {
    /// Reads and checks the text of `interview.toml`.
    ///
    /// # Errors
    /// [`RuleError`], the first found.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let script: ScriptText = toml::from_str(text).map_err(|error| RuleError::Toml(error.to_string()))?;
        let catalogue = Catalogue::of_case();
        let described = fields();
        let fields: BTreeMap<String, FieldDescription> =
            described.into_iter().map(|field| (field.path.clone(), field)).collect();
        let mut seen = BTreeSet::new();
        let items = script
            .item
            .into_iter()
            .map(|item| {
                if !seen.insert(item.id.clone()) {
                    return Err(RuleError::Duplicate { id: item.id });
                }
                item.read(&catalogue, &fields)
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { items, fields })
    }

    /// Every field of a case that the script names.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        self.items
            .iter()
            .flat_map(Item::fields)
            .filter(|path| !path.starts_with(OWN))
            .collect()
    }
}

/// The answer of a field that says "nothing of the kind", where it has one.
pub(crate) fn none_of(field: &FieldDescription) -> Option<String> {
    let word = |wanted: &[&str]| {
        field
            .choices
            .iter()
            .map(|choice| choice.word.as_str())
            .find(|word| wanted.contains(word))
            .map(str::to_owned)
    };
    match field.kind {
        AnswerKind::YesNo => Some("no".to_owned()),
        AnswerKind::Lapse => Some("never".to_owned()),
        AnswerKind::Words => word(&["none", "no", "nothing", "never"]),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptText {
    item: Vec<ItemText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemText {
    id: String,
    path: Option<String>,
    #[serde(default)]
    always: bool,
    when: Option<PredicateText>,
    question: Option<String>,
    label: String,
    why: String,
    field: Option<String>,
    option: Option<Vec<Choice>>,
    member: Option<Vec<MemberText>>,
    any: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberText {
    field: String,
    text: Option<String>,
    none: Option<String>,
}

impl ItemText {
    fn read(self, catalogue: &Catalogue, fields: &BTreeMap<String, FieldDescription>) -> Result<Item, RuleError> {
        let id = self.id;
        let wrong = |problem: String| RuleError::Script {
            id: id.clone(),
            problem,
        };
        let known = |path: &str| {
            fields.get(path).ok_or_else(|| RuleError::UnknownField {
                rule: id.clone(),
                field: path.to_owned(),
            })
        };
        let asks = match (self.field, self.option, self.member) {
            (Some(field), None, None) => {
                known(&field)?;
                Asks::Field(field)
            }
            (None, Some(choices), None) if choices.len() > 1 => {
                for path in choices.iter().flat_map(|choice| choice.sets.keys()) {
                    if !path.starts_with(OWN) {
                        known(path)?;
                    }
                }
                Asks::Choice(choices)
            }
            (None, None, Some(members)) if !members.is_empty() => {
                let members = members
                    .into_iter()
                    .map(|member| {
                        let field = known(&member.field)?;
                        let none = member.none.or_else(|| none_of(field)).ok_or_else(|| {
                            wrong(format!("`{}` has no answer for whoever does not name it", member.field))
                        })?;
                        Ok(Member {
                            text: member.text.unwrap_or_else(|| statement(&field.question)),
                            named: (field.kind == AnswerKind::YesNo).then(|| "yes".to_owned()),
                            field: member.field,
                            none,
                        })
                    })
                    .collect::<Result<Vec<_>, RuleError>>()?;
                if let Some(any) = &self.any {
                    known(any)?;
                }
                Asks::Several(members, self.any)
            }
            _ => {
                return Err(wrong(
                    "it is one of `field`, `option` (two or more) and `member`".to_owned(),
                ));
            }
        };
        if self.question.is_none() && !matches!(asks, Asks::Field(_)) {
            return Err(wrong("it has no question".to_owned()));
        }
        let when = self
            .when
            .map(|when| Predicate::read(&when, catalogue, &id, None))
            .transpose()?;
        Ok(Item {
            path: self.path,
            always: self.always,
            when,
            question: self.question,
            label: self.label,
            why: self.why,
            asks,
            id,
        })
    }
}

/// A question as a line of a list: without what only belongs to a question by itself.
fn statement(question: &str) -> String {
    let open = question.find(" (\"never\"").or_else(|| question.find(" (only "));
    question[..open.unwrap_or(question.len())].trim().to_owned()
}
