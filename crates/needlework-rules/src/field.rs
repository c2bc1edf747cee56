//! The schema of facts that a rule may read: every field of a case, and the facts that a caller derives.
//!
//! Paths, questions and allowed words come from the case's own schema, so that each question stands once in the
//! project. A derived fact (the classes of a site, a depth that the chain computed) is declared beside the rules, with
//! the case field behind it: when the fact is missing, that field's question is asked.

use std::collections::BTreeMap;

use needlework_case::{AnswerKind, fields};
use needlework_units::{Dimension, Measure};

/// What a fact can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// One of these words, or any text where the list is empty.
    Word(Vec<String>),
    /// Any number of these words.
    Set(Vec<String>),
    /// A quantity of this dimension.
    Quantity(Dimension),
    /// A whole number.
    Count,
    /// "never", "now", or so long ago or after.
    Lapse,
    /// A list whose items have facts of their own, under `path[]`.
    List,
    /// A group of fields; no rule reads it as such.
    Section,
}

/// One fact that a rule may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, such as `health.hba1c`; the items of a list are `aftercare.topicals[].after`.
    pub path: String,
    /// What it can be.
    pub kind: Kind,
    /// The case field whose question is asked when it is missing: itself for a case field, none for what only the chain
    /// knows.
    pub asks: Option<String>,
    /// The question; empty for a derived fact.
    pub question: String,
    /// What may be answered, in one line; empty for a derived fact.
    pub allowed: String,
    /// Its place in the order of the case format, for the order of an interview.
    pub place: usize,
}

/// Every fact that a rule may read, by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSchema {
    fields: BTreeMap<String, Field>,
}

impl FactSchema {
    /// The fields of a case.
    #[must_use]
    pub fn of_case() -> Self {
        let fields = fields()
            .into_iter()
            .enumerate()
            .map(|(place, described)| {
                let words = || described.choices.iter().map(|choice| choice.word.clone()).collect();
                let kind = match described.kind {
                    AnswerKind::YesNo => Kind::Flag,
                    AnswerKind::Words => Kind::Word(words()),
                    AnswerKind::Text => Kind::Word(Vec::new()),
                    AnswerKind::Quantity => Kind::Quantity(dimension_of(described.example.as_deref())),
                    AnswerKind::Lapse => Kind::Lapse,
                    AnswerKind::Whole => Kind::Count,
                    AnswerKind::List => Kind::List,
                    AnswerKind::Section => Kind::Section,
                };
                let field = Field {
                    asks: Some(described.path.clone()),
                    path: described.path.clone(),
                    kind,
                    question: described.question,
                    allowed: described.allowed,
                    place,
                };
                (described.path, field)
            })
            .collect();
        Self { fields }
    }

    /// The field of this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.fields.get(path)
    }

    /// All fields, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.fields.values()
    }

    /// Adds a derived fact; whether the path was free.
    pub(crate) fn add(&mut self, field: Field) -> bool {
        self.fields.insert(field.path.clone(), field).is_none()
    }
}

/// The schema gives every quantity an example, such as "4 week"; its unit tells the dimension.
fn dimension_of(example: Option<&str>) -> Dimension {
    example
        .and_then(|text| Measure::parse(text).ok())
        .map_or(Dimension::Compound, |measure| measure.dimension())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn fields_have_the_kind_of_their_type() {
        let schema = FactSchema::of_case();
        let kind = |path: &str| schema.get(path).unwrap_or_else(|| panic!("{path}")).kind.clone();
        assert_eq!(kind("person.age"), Kind::Quantity(Dimension::Time));
        assert_eq!(kind("person.ita"), Kind::Quantity(Dimension::Angle));
        assert_eq!(kind("lesion.treated_area"), Kind::Quantity(Dimension::Area));
        assert_eq!(kind("health.hba1c"), Kind::Quantity(Dimension::Ratio));
        assert_eq!(kind("health.isotretinoin"), Kind::Lapse);
        assert_eq!(kind("health.diabetes"), Kind::Flag);
        assert_eq!(kind("regimen.sessions"), Kind::Count);
        assert_eq!(kind("lesion.site"), Kind::Word(Vec::new()));
        assert_eq!(
            kind("regimen.setting"),
            Kind::Word(vec!["home".into(), "salon".into(), "clinic".into()])
        );
        assert_eq!(kind("aftercare.topicals"), Kind::List);
        assert_eq!(kind("aftercare.topicals[].after"), Kind::Quantity(Dimension::Time));
    }

    #[test]
    fn every_answerable_field_has_a_question() {
        for field in FactSchema::of_case().iter() {
            assert!(!field.question.is_empty(), "{} has no question", field.path);
            assert!(!field.question.contains('`'), "{} is asked in code", field.path);
        }
    }
}
