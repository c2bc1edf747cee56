//! A case as facts: path to value, where a value may be missing or explicitly unknown.
//!
//! Neither state is ever read as "no". Quantities are held in the canonical unit of their dimension, so that "300 um"
//! and "0.3 mm" are the same fact.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use needlework_case::{Case, Catalog, UNKNOWN, resolve};
use needlework_units::{Dimension, Measure};
use serde_json::Value;

use crate::field::{FactSchema, Kind};

/// What is known about one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Not asked or not answered.
    Missing,
    /// Answered with "I don't know".
    Unknown,
    /// Yes or no.
    Flag(bool),
    /// A quantity.
    Quantity {
        /// Its value in the canonical unit.
        canonical: f64,
        /// What it measures.
        dimension: Dimension,
    },
    /// A whole number.
    Count(u64),
    /// A word or a text.
    Word(String),
    /// So many days ago or after; "now" is zero, "never" is infinite.
    Lapse {
        /// Days that passed.
        days: f64,
    },
    /// Words that hold together, such as the classes of a site.
    Set(BTreeSet<String>),
    /// Items with facts of their own.
    List(Vec<Facts>),
}

impl Fact {
    /// A set of words.
    pub fn set<I: IntoIterator<Item = S>, S: Into<String>>(words: I) -> Self {
        Self::Set(words.into_iter().map(Into::into).collect())
    }

    /// A length in millimetres, such as the needle length that the device library gives.
    #[must_use]
    pub fn length_mm(mm: f64) -> Self {
        Self::Quantity {
            canonical: mm,
            dimension: Dimension::Length,
        }
    }

    /// Whether it is neither missing nor unknown.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Missing | Self::Unknown)
    }
}

/// The fields of a case, worked out once: the schema behind them never changes.
static FIELDS: LazyLock<FactSchema> = LazyLock::new(FactSchema::of_case);

/// What is known about a case, by path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    facts: BTreeMap<String, Fact>,
}

impl Facts {
    /// The facts of a case alone, as it was written. See [`Facts::resolved`] for what site and device add.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let mut facts = Self::default();
        // A case is plain data, so it always serialises; an empty object would only leave everything to be asked.
        let value = serde_json::to_value(case).unwrap_or_default();
        collect(&FIELDS, &value, "", &mut facts);
        facts
    }

    /// The facts of a case with what the catalogue of sites and devices adds: the classes of the site, the kind and
    /// needle length of a library device, and whether the passes exceed its limit. What the chain alone knows is still
    /// missing.
    #[must_use]
    pub fn resolved(case: &Case, catalog: &Catalog) -> Self {
        let mut facts = Self::of(case);
        if let Some(site) = case.lesion.site.known().and_then(|name| catalog.site(name)) {
            // A rule about one of several sites holds for the plan.
            let others = case.lesion.others().filter_map(|name| catalog.site(name));
            let classes = others.chain([site]).flat_map(|site| &site.classes);
            facts = facts.with("site.class", Fact::set(classes.filter_map(word_of)));
        }
        let device = resolve(case, catalog);
        if let Some(kind) = device.kind.as_ref().and_then(word_of) {
            facts = facts.with("device.kind", Fact::Word(kind));
        }
        if let Some(length) = device.geometry.needle_length {
            facts = facts.with("device.needle_length", Fact::length_mm(length.mm()));
        }
        if let (Some(limit), Some(passes)) = (device.passes_limit, case.regimen.passes.get()) {
            facts = facts.with("device.passes_above_limit", Fact::Flag(passes > limit));
        }
        facts
    }

    /// The same facts with one set, replaced, or taken back with [`Fact::Missing`].
    #[must_use]
    pub fn with(mut self, path: &str, fact: Fact) -> Self {
        self.facts.insert(path.to_owned(), fact);
        self
    }

    /// The paths of all facts of which something was said.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// The fact of this path; missing if nothing was said.
    #[must_use]
    pub fn get(&self, path: &str) -> &Fact {
        self.facts.get(path).unwrap_or(&Fact::Missing)
    }

    /// The word that stands at this path, if one does.
    #[must_use]
    pub fn word(&self, path: &str) -> Option<&str> {
        match self.get(path) {
            Fact::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The word by which a class or a kind is written in a file.
fn word_of<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn collect(schema: &FactSchema, object: &Value, prefix: &str, facts: &mut Facts) {
    let Some(object) = object.as_object() else { return };
    for (name, value) in object {
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        let Some(field) = schema.get(&path) else { continue };
        // The facts of a list's item are known by the name within the item.
        let short = path
            .rsplit_once("[].")
            .map_or(path.as_str(), |(_, name)| name)
            .to_owned();
        match (&field.kind, value) {
            (Kind::Section, Value::Object(_)) => collect(schema, value, &path, facts),
            (Kind::List, Value::Array(items)) => {
                let items = items
                    .iter()
                    .map(|item| {
                        let mut inner = Facts::default();
                        collect(schema, item, &format!("{path}[]"), &mut inner);
                        inner
                    })
                    .collect();
                facts.facts.insert(short, Fact::List(items));
            }
            (kind, value) => {
                facts.facts.insert(short, read(kind, value));
            }
        }
    }
}

fn read(kind: &Kind, value: &Value) -> Fact {
    match (kind, value) {
        (_, Value::Null) => Fact::Missing,
        (_, Value::String(text)) if text == UNKNOWN => Fact::Unknown,
        (Kind::Flag, Value::Bool(flag)) => Fact::Flag(*flag),
        (Kind::Word(_), Value::String(text)) => Fact::Word(text.clone()),
        (Kind::Count, value) => value.as_u64().map_or(Fact::Unknown, Fact::Count),
        (Kind::Quantity(dimension), Value::String(text)) => {
            Measure::parse(text).map_or(Fact::Unknown, |measure| Fact::Quantity {
                canonical: measure.canonical(),
                dimension: *dimension,
            })
        }
        (Kind::Lapse, Value::String(text)) => match text.as_str() {
            "never" => Fact::Lapse { days: f64::INFINITY },
            "now" => Fact::Lapse { days: 0.0 },
            time => Measure::parse(time).map_or(Fact::Unknown, |measure| Fact::Lapse {
                days: measure.canonical(),
            }),
        },
        // What cannot be read must not count as "no".
        _ => Fact::Unknown,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use needlework_case::{Answer, Lapse, Product, Topical};
    use needlework_units::{Length, Time};

    use super::*;

    #[test]
    fn the_three_states_of_an_answer_stay_apart() {
        let mut case = Case::default();
        case.health.diabetes = Answer::Unknown;
        case.health.keloid_history = Answer::Known(false);
        let facts = Facts::of(&case);
        assert_eq!(facts.get("health.diabetes"), &Fact::Unknown);
        assert_eq!(facts.get("health.keloid_history"), &Fact::Flag(false));
        assert_eq!(facts.get("health.pregnant"), &Fact::Missing);
    }

    #[test]
    fn quantities_and_lapses_are_held_in_canonical_units() {
        let mut case = Case::default();
        case.device.needle_length = Answer::Known(Length::from_um(300.0));
        case.regimen.last_session = Answer::Known(Lapse::After(Time::from_weeks(2.0)));
        case.health.isotretinoin = Answer::Known(Lapse::Never);
        case.aftercare.topicals = Answer::Known(vec![Topical {
            product: Product::VitaminC,
            after: Time::from_hours(12.0),
        }]);
        let facts = Facts::of(&case);
        let close = |fact: &Fact, wanted: f64| match fact {
            Fact::Quantity { canonical: value, .. } | Fact::Lapse { days: value } => (value - wanted).abs() < 1e-12,
            _ => false,
        };
        assert!(close(facts.get("device.needle_length"), 0.3));
        assert!(close(facts.get("regimen.last_session"), 14.0));
        assert_eq!(facts.get("health.isotretinoin"), &Fact::Lapse { days: f64::INFINITY });
        let Fact::List(items) = facts.get("aftercare.topicals") else {
            panic!("a list")
        };
        assert_eq!(items[0].word("product"), Some("vitamin_c"));
        assert!(close(items[0].get("after"), 0.5));
    }
}
