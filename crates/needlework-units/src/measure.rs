//! A number with the unit that was written, and values in canonical units.

use crate::UnitError;
use crate::dimension::Dimension;
use crate::number::{fault, shortened, split};
use crate::spelling::{told, unit_of};
use crate::table::{find, symbols};

/// A number with its unit as written, for documents whose dimension is not known beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The number in front of the unit.
    pub value: f64,
    /// The unit as written.
    pub unit: String,
}

impl Measure {
    /// Reads `"4.6 mN/um"`. Units outside the table are kept as compounds.
    ///
    /// # Errors
    /// [`UnitError`] when there is no number, no unit, or the number is not finite.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let (value, unit) = split(text)?;
        if unit.is_empty() {
            return Err(UnitError::NoUnit {
                found: text.trim().to_owned(),
                allowed: vec!["1", "%", "mm", "day", "…"],
            });
        }
        Ok(Self {
            value,
            unit: unit.to_owned(),
        })
    }

    /// Reads a quantity as a person writes it: a unit in any spelling that is taken becomes its symbol in the table.
    ///
    /// # Errors
    /// [`UnitError`] as of [`parse`](Self::parse), with the reason where it is the number that is wrong.
    pub fn of_person(text: &str) -> Result<Self, UnitError> {
        let wrong = |error| match fault(text) {
            Some(why) => UnitError::Number {
                found: shortened(text),
                why,
            },
            None => error,
        };
        let mut measure = Self::parse(text).map_err(wrong)?;
        match unit_of(&measure.unit) {
            Some(unit) => unit.symbol.clone_into(&mut measure.unit),
            // A compound may hold digits, and one such as 1/nm begins with one; what is wrong with a number is said
            // only where nothing is known of the unit.
            None if measure.unit.starts_with(|c: char| !c.is_alphabetic()) && !measure.unit.starts_with("1/") => {
                return Err(wrong(UnitError::NotANumber { found: shortened(text) }));
            }
            None => {}
        }
        Ok(measure)
    }

    /// What the unit measures.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        find(&self.unit).map_or(Dimension::Compound, |unit| unit.dimension)
    }

    /// The number in the canonical unit of its dimension; compounds as written.
    #[must_use]
    pub fn canonical(&self) -> f64 {
        find(&self.unit).map_or(self.value, |unit| self.value * unit.factor)
    }
}

/// Converts a value between two units of the same dimension.
///
/// # Errors
/// [`UnitError::UnknownUnit`] or [`UnitError::WrongDimension`].
pub fn convert(value: f64, from: &str, to: &str) -> Result<f64, UnitError> {
    let target = find(to).ok_or_else(|| UnitError::UnknownUnit {
        found: to.to_owned(),
        told: None,
        allowed: Vec::new(),
    })?;
    Ok(canonical(value, from, target.dimension)? / target.factor)
}

/// The value in the canonical unit of `wanted`.
pub(crate) fn canonical(value: f64, symbol: &str, wanted: Dimension) -> Result<f64, UnitError> {
    match unit_of(symbol) {
        Some(unit) if unit.dimension == wanted => Ok(value * unit.factor),
        Some(unit) => Err(UnitError::WrongDimension {
            found: symbol.to_owned(),
            measures: unit.dimension.name(),
            wanted: wanted.name(),
            told: told(symbol, wanted),
            allowed: symbols(wanted),
        }),
        None => Err(UnitError::UnknownUnit {
            found: symbol.chars().take(40).collect(),
            told: told(symbol, wanted),
            allowed: symbols(wanted),
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_month_is_a_twelfth_of_a_year() {
        assert!((convert(6.0, "month", "year").unwrap() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_length_is_not_a_time() {
        assert!(matches!(
            convert(1.0, "mm", "day"),
            Err(UnitError::WrongDimension { .. })
        ));
    }
}
