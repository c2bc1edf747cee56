//! A number put in the place of another: what "fixed at" and "moved to" mean for each kind of prior.
//!
//! Most priors say how far a number is uncertain; some (beta, uniform, Dirichlet) don't even use the value that stands
//! beside them. So a number that somebody puts in is taken as known, unless a range comes with it. Limits: a range can
//! be given only where the prior has a median and two quantiles.

use needlework_units::{Dimension, Measure};

use crate::error::BookError;
use crate::passport::{Passport, Scope, Spread};
use crate::possible::possible;

impl Passport {
    /// This passport with another number, `2 mm` or `2 mm (1 mm to 4 mm)`.
    ///
    /// # Errors
    /// [`BookError`] when the text does not read, has another dimension, or lies outside what the number can be.
    pub(crate) fn changed_to(&self, text: &str) -> Result<Self, BookError> {
        let (value, range) = match text.split_once('(') {
            None => (text.trim(), None),
            Some((value, rest)) => {
                let bounds = rest.trim().strip_suffix(')').and_then(|inner| inner.split_once(" to "));
                let (low, high) = bounds.ok_or_else(|| {
                    self.wrong(format!(
                        "`{text}` does not read; write `{0}` or `{0} (LOW to HIGH)`",
                        self.value
                    ))
                })?;
                (value.trim(), Some((low.trim().to_owned(), high.trim().to_owned())))
            }
        };
        let value = self.with_unit(value);
        self.same_dimension(&value)?;
        let mut changed = self.clone();
        changed.value = value;
        match range {
            None => {
                self.possible(changed.canonical()?)?;
                changed.scope = Scope::Fixed;
                // A part of a group stays one, so that the other parts can make room for it.
                if !matches!(self.spread, Spread::Dirichlet { .. }) {
                    changed.spread = Spread::None;
                }
            }
            Some((low, high)) => {
                let (low, high) = (self.with_unit(&low), self.with_unit(&high));
                self.same_dimension(&low)?;
                self.same_dimension(&high)?;
                let number = |text: &str| Measure::parse(text).map_or(f64::NAN, |measure| measure.canonical());
                let middle = changed.canonical()?;
                for number in [number(&low), middle, number(&high)] {
                    self.possible(number)?;
                }
                if !(number(&low) < middle && middle < number(&high)) {
                    return Err(self.wrong(format!("{} does not lie between {low} and {high}", changed.value)));
                }
                changed.spread = match &self.spread {
                    _ if self.scope == Scope::Fixed => {
                        return Err(self.wrong("is never drawn, so it takes a number and no range".to_owned()));
                    }
                    Spread::LogNormal { .. } => Spread::LogNormal { low, high },
                    Spread::LogitNormal { .. } => Spread::LogitNormal { low, high },
                    Spread::Normal { .. } => Spread::Normal { low, high },
                    Spread::Uniform { .. } => Spread::Uniform { low, high },
                    _ => {
                        return Err(
                            self.wrong("has a prior that no two quantiles describe; give a number alone".to_owned())
                        );
                    }
                };
            }
        }
        changed.prior()?;
        Ok(changed)
    }

    /// A bare number takes the unit of the number in its place, where that is a pure number.
    fn with_unit(&self, text: &str) -> String {
        let unit = self.value.split_whitespace().nth(1).unwrap_or_default();
        let pure = self.dimension().is_ok_and(|dimension| dimension == Dimension::Ratio);
        if pure && text.parse::<f64>().is_ok() {
            format!("{text} {unit}")
        } else {
            text.to_owned()
        }
    }

    fn same_dimension(&self, text: &str) -> Result<(), BookError> {
        let read =
            |text: &str| Measure::of_person(text).map_err(|error| self.wrong(format!("{error}; it is {}", self.value)));
        let (measure, before) = (read(text)?, read(&self.value)?.dimension());
        if measure.dimension() == before {
            Ok(())
        } else {
            Err(self.wrong(format!("{text} is not {}, as {} is", before.name(), self.value)))
        }
    }

    /// Whether the number can be what it is said to be.
    fn possible(&self, number: f64) -> Result<(), BookError> {
        possible(self, number).map_err(|why| self.wrong(why))
    }

    fn wrong(&self, why: String) -> BookError {
        BookError::Value {
            key: self.key.clone(),
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use crate::{Book, BookError};

    const TEXT: &str = r#"
        [[source]]
        key = "project"
        title = "our own judgement"
        [[value]]
        key = "a.length"
        value = "4 mm"
        spread = { kind = "log-normal", low = "2 mm", high = "8 mm" }
        source = "project"
        seen = "assumed"
        used = "calibration"
        scope = "world"
        note = "why"
        [[value]]
        key = "a.share"
        value = "0.2 1"
        spread = { kind = "beta", alpha = 2, beta = 3 }
        source = "project"
        seen = "assumed"
        used = "calibration"
        scope = "world"
        note = "why"
    "#;

    fn book() -> Book {
        Book::parse(&[("a", TEXT)]).unwrap()
    }

    #[test]
    fn a_number_alone_is_taken_as_known_whatever_the_prior_was() {
        let mut book = book();
        book.set("a.length", "3 mm").unwrap();
        book.set("a.share", "0.7").unwrap();
        for (key, want) in [("a.length", 3.0), ("a.share", 0.7)] {
            let prior = book.prior(key).unwrap();
            for level in [0.01, 0.5, 0.99] {
                assert!((prior.distribution.quantile(level) - want).abs() < 1e-12, "{key}");
            }
        }
    }

    #[test]
    fn a_range_moves_the_prior() {
        let mut book = book();
        book.set("a.length", "3 mm (1 mm to 9 mm)").unwrap();
        let prior = book.prior("a.length").unwrap();
        assert!((prior.distribution.quantile(0.95) - 9.0).abs() < 1e-9);
        assert!((prior.distribution.quantile(0.5) - 3.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_is_refused_and_the_book_stays_as_it_was() {
        for (key, text, says) in [
            ("a.nothing", "1 mm", "missing"),
            ("a.length", "3 kg", "3 kg"),
            ("a.length", "soon", "4 mm"),
            ("a.length", "-1 mm", "above 0"),
            ("a.length", "3 mm (1 mm 9 mm)", "LOW to HIGH"),
            ("a.length", "3 mm (5 mm to 9 mm)", "between 5 mm and 9 mm"),
            ("a.share", "1.5", "between 0 and 1"),
            ("a.share", "0.5 (0.4 to 0.6)", "give a number alone"),
        ] {
            let mut book = book();
            let error: BookError = book.set(key, text).unwrap_err();
            assert!(error.to_string().contains(says), "{key} {text}: {error}");
            assert_eq!(book.prior("a.length").unwrap(), self::book().prior("a.length").unwrap());
        }
    }
}
