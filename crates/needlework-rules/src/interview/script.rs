//! The script of an interview: which questions, in which order, with which reason, and which are asked together.
//!
//! It is data, checked when it is read: a field that no case has, a list without a "no" for each of its members, a
//! member to which a yes is no answer and that says nothing of what holds until it is asked, a choice that sets what a
//! field cannot be are errors. Source: `evidence/interview.toml`.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::{AnswerKind, FieldDescription, fields};
use serde::Deserialize;

use crate::error::RuleError;
use crate::field::FactSchema;
use crate::predicate::{Predicate, PredicateText};

/// Paths of this section belong to the interview and stand in no case.
pub(crate) const OWN: &str = "interview.";

/// Whether it is planned or done.
pub(crate) const PATH: &str = "interview.path";

/// How the path begins at which it is kept that a thing of a list was named and is asked by itself; the path of its
/// field follows.
pub(crate) const OPENED: &str = "interview.opened ";

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
    /// How it reads where its question is not above it; the text itself where there is none.
    pub(crate) said: Option<String>,
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) field: String,
    pub(crate) text: String,
    /// The same in a few words, for whoever looks back.
    pub(crate) name: String,
    /// The answer where it is not named.
    pub(crate) none: String,
    /// The answer where it is named.
    pub(crate) named: String,
    /// Whether that answer only stands until it is asked by itself, since a yes does not say enough.
    pub(crate) is_asked: bool,
}

impl Member {
    /// A field as a thing of a list; `until` is the answer that stands until it is asked, where the field is no yes or
    /// no. None where nobody can say "none of these" to it, or nothing is known to stand.
    pub(crate) fn of(field: &FieldDescription, none: Option<String>, until: Option<String>) -> Option<Self> {
        let is_asked = field.kind != AnswerKind::YesNo;
        let until = until.or_else(|| (field.kind == AnswerKind::Lapse).then(|| "now".to_owned()));
        Some(Self {
            field: field.path.clone(),
            text: statement(&field.question),
            name: statement(&field.question),
            none: none.or_else(|| none_of(field))?,
            named: if is_asked { until? } else { "yes".to_owned() },
            is_asked,
        })
    }
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
        let schema = FactSchema::of_case();
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
                item.read(&schema, &fields)
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
    name: Option<String>,
    none: Option<String>,
    until: Option<String>,
}

impl MemberText {
    fn read(self, field: &FieldDescription) -> Option<Member> {
        let member = Member::of(field, self.none, self.until)?;
        let text = self.text.unwrap_or(member.text);
        Some(Member {
            name: self.name.unwrap_or_else(|| text.clone()),
            text,
            ..member
        })
    }
}

impl ItemText {
    fn read(self, schema: &FactSchema, fields: &BTreeMap<String, FieldDescription>) -> Result<Item, RuleError> {
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
                        member.read(field).ok_or_else(|| {
                            wrong(format!(
                                "`{}` lacks an answer for whoever does not name it (`none`), or one that stands until \
                                    it is asked (`until`)",
                                field.path
                            ))
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
            .map(|when| Predicate::read(&when, schema, &id, None))
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
pub(crate) fn statement(question: &str) -> String {
    let open = question.find(" (\"never\"").or_else(|| question.find(" (only "));
    question[..open.unwrap_or(question.len())].trim().to_owned()
}
