//! All passports and sources together, checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::conflict::Conflict;
use crate::error::BookError;
use crate::passport::{Passport, Scope, Seen, Spread};
use crate::prior::{Declared, Prior};
use crate::source::Source;

/// The bundled evidence.
#[derive(Debug, Clone, Default)]
pub struct Book {
    passports: BTreeMap<String, Passport>,
    sources: BTreeMap<String, Source>,
    contradictions: Vec<Conflict>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    value: Vec<Passport>,
    #[serde(default)]
    source: Vec<Source>,
    #[serde(default)]
    conflict: Vec<Conflict>,
}

impl Book {
    /// Reads files given as (name, text) and checks that keys are unique and sources exist.
    ///
    /// # Errors
    /// The first [`BookError`] found.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, BookError> {
        let mut book = Self::default();
        for (name, text) in files {
            let file: File = toml::from_str(text).map_err(|error| BookError::File {
                file: (*name).to_owned(),
                why: error.to_string(),
            })?;
            for passport in file.value {
                let key = passport.key.clone();
                if book.passports.insert(key.clone(), passport).is_some() {
                    return Err(BookError::Twice { key });
                }
            }
            book.contradictions.extend(file.conflict);
            for source in file.source {
                let key = source.key.clone();
                if book.sources.insert(key.clone(), source).is_some() {
                    return Err(BookError::Twice { key });
                }
            }
        }
        for passport in book.passports.values() {
            passport.prior()?;
            if !book.sources.contains_key(&passport.source) {
                return Err(BookError::Missing {
                    key: passport.source.clone(),
                    wanted_by: passport.key.clone(),
                });
            }
            if let Some(key) = passport.conflicts.iter().find(|key| !book.passports.contains_key(*key)) {
                return Err(BookError::Missing {
                    key: key.clone(),
                    wanted_by: passport.key.clone(),
                });
            }
        }
        for conflict in &book.contradictions {
            let keys = conflict.keys.iter().chain(&conflict.chosen);
            if let Some(key) = keys.into_iter().find(|key| !book.passports.contains_key(*key)) {
                return Err(BookError::Missing {
                    key: key.clone(),
                    wanted_by: format!("the conflict on {}", conflict.topic),
                });
            }
        }
        Ok(book)
    }

    /// The passport of a key.
    #[must_use]
    pub fn passport(&self, key: &str) -> Option<&Passport> {
        self.passports.get(key)
    }

    /// All passports by key.
    pub fn passports(&self) -> impl Iterator<Item = &Passport> {
        self.passports.values()
    }

    /// The contradictions that a passport is part of, as a report or as the choice.
    pub fn contradictions<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Conflict> {
        let part = move |conflict: &&Conflict| conflict.keys.iter().chain(&conflict.chosen).any(|one| one == key);
        self.contradictions.iter().filter(part)
    }

    /// The source of a key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// All sources by key.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The value of a key in its canonical unit.
    ///
    /// # Errors
    /// [`BookError::Missing`] when there is no such passport.
    pub fn value(&self, key: &str) -> Result<f64, BookError> {
        self.passport(key)
            .ok_or_else(|| BookError::Missing {
                key: key.to_owned(),
                wanted_by: "a caller".to_owned(),
            })?
            .canonical()
    }

    /// The prior of a key.
    ///
    /// # Errors
    /// [`BookError::Missing`] when there is no such passport.
    pub fn prior(&self, key: &str) -> Result<Prior, BookError> {
        self.passport(key)
            .ok_or_else(|| BookError::Missing {
                key: key.to_owned(),
                wanted_by: "a model".to_owned(),
            })?
            .prior()
    }

    /// Replaces a number, for "what if this number were another".
    ///
    /// `2 mm` fixes the number: every world and person has it, whatever the prior was. `2 mm (1 mm to 4 mm)` moves the
    /// prior to that median and those 5 and 95 % quantiles, where its kind has quantiles. A fixed part of a Dirichlet
    /// group leaves the rest to the other parts.
    ///
    /// # Errors
    /// [`BookError`] when the key does not exist, the text does not read, or the number cannot be what it is said to
    /// be.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), BookError> {
        let passport = self.passports.get(key).ok_or_else(|| BookError::Missing {
            key: key.to_owned(),
            wanted_by: "--set".to_owned(),
        })?;
        let changed = passport.changed_to(text)?;
        self.passports.insert(key.to_owned(), changed);
        Ok(())
    }

    /// Checks that every declared parameter has a passport of the right dimension, and the rules of the house for each
    /// passport.
    #[must_use]
    pub fn violations(&self, declared: &[Declared]) -> Vec<BookError> {
        let mut found = Vec::new();
        for want in declared {
            match self.passport(want.key) {
                None => found.push(BookError::Missing {
                    key: want.key.to_owned(),
                    wanted_by: want.field.to_owned(),
                }),
                Some(passport) => match passport.dimension() {
                    Ok(dimension) if dimension == want.dimension => {}
                    Ok(dimension) => found.push(BookError::Value {
                        key: want.key.to_owned(),
                        why: format!("is {}, the room wants {}", dimension.name(), want.dimension.name()),
                    }),
                    Err(error) => found.push(error),
                },
            }
        }
        for passport in self.passports.values() {
            let rule = |why: &str| BookError::Rule {
                key: passport.key.clone(),
                why: why.to_owned(),
            };
            if passport.seen == Seen::Assumed && passport.note.trim().is_empty() {
                found.push(rule("is assumed, so its note must give the reason"));
            }
            if passport.seen == Seen::Derived && passport.derivation.is_none() {
                found.push(rule("is derived, so it must name the script or formula"));
            }
            if passport.scope != Scope::Fixed && matches!(passport.spread, Spread::None) {
                found.push(rule("is drawn, so it must have a spread"));
            }
        }
        for source in self.sources.keys() {
            if !self.passports.values().any(|passport| &passport.source == source) {
                found.push(BookError::Rule {
                    key: source.clone(),
                    why: "no passport uses this source".to_owned(),
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GOOD: &str = r#"
        [[source]]
        key = "project"
        title = "our own judgement"
        [[value]]
        key = "a.b"
        value = "4 mm"
        spread = { kind = "log-normal", low = "2 mm", high = "8 mm" }
        source = "project"
        seen = "assumed"
        used = "calibration"
        scope = "world"
        note = "why"
    "#;

    #[test]
    fn a_passport_gives_a_prior_in_the_canonical_unit() {
        let book = Book::parse(&[("a", GOOD)]).unwrap();
        let prior = book.prior("a.b").unwrap();
        assert!((prior.distribution.quantile(0.95) - 8.0).abs() < 1e-9);
        assert!(book.violations(&[]).is_empty());
    }

    #[test]
    fn a_bare_number_a_double_key_and_a_missing_source_are_errors() {
        assert!(matches!(
            Book::parse(&[("a", &GOOD.replace("4 mm", "4"))]),
            Err(BookError::Value { .. })
        ));
        assert!(matches!(
            Book::parse(&[
                ("a", GOOD),
                (
                    "b",
                    &GOOD.replace(
                        "[[source]]\n        key = \"project\"",
                        "[[source]]\n        key = \"p2\""
                    )
                )
            ]),
            Err(BookError::Twice { .. })
        ));
        assert!(matches!(
            Book::parse(&[("a", &GOOD.replace("source = \"project\"", "source = \"nobody\""))]),
            Err(BookError::Missing { .. })
        ));
    }

    #[test]
    fn a_number_can_be_replaced_only_by_the_same_kind() {
        let mut book = Book::parse(&[("a", GOOD)]).unwrap();
        book.set("a.b", "500 um").unwrap();
        assert!((book.value("a.b").unwrap() - 0.5).abs() < 1e-12);
        assert!(book.set("a.b", "5 day").is_err());
        assert!(book.set("a.c", "5 mm").is_err());
    }

    #[test]
    fn an_assumed_number_without_a_reason_is_a_violation() {
        let book = Book::parse(&[("a", &GOOD.replace("note = \"why\"", ""))]).unwrap();
        assert_eq!(book.violations(&[]).len(), 1);
    }
}
