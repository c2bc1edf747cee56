//! The table of units: symbol, what it measures, and how much of the canonical unit it is.
//!
//! Canonical units are those of the models: millimetre, square millimetre, day, newton, megapascal, per day, per square
//! millimetre, millimetre per second, radian, kg/m², euro, and one for pure numbers.

use crate::UnitError;
use crate::number::{fault, shortened, split};
use crate::spelling::{told, unit_of};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// A pure number: a share, a ratio, a count or a score.
    Ratio,
    /// A length; canonical millimetre.
    Length,
    /// An area; canonical square millimetre.
    Area,
    /// A span of time; canonical day.
    Time,
    /// A force; canonical newton.
    Force,
    /// A pressure or stiffness; canonical megapascal.
    Stress,
    /// Something per time; canonical per day.
    Rate,
    /// Something per area; canonical per square millimetre.
    ArealDensity,
    /// A speed; canonical millimetre per second.
    Speed,
    /// An angle; canonical radian.
    Angle,
    /// Body mass over squared height; canonical kg/m².
    BodyMassIndex,
    /// An amount of money; canonical euro, since prices are stated assumptions in one currency.
    Money,
    /// A published compound that no model computes with; kept as written.
    Compound,
}

impl Dimension {
    /// What a unit measures, in any of its spellings.
    #[must_use]
    pub fn of_unit(written: &str) -> Option<Self> {
        unit_of(written).map(|unit| unit.dimension)
    }

    /// The name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "a pure number",
            Self::Length => "a length",
            Self::Area => "an area",
            Self::Time => "a time",
            Self::Force => "a force",
            Self::Stress => "a stress",
            Self::Rate => "a rate",
            Self::ArealDensity => "a number per area",
            Self::Speed => "a speed",
            Self::Angle => "an angle",
            Self::BodyMassIndex => "a body mass index",
            Self::Money => "an amount of money",
            Self::Compound => "a compound quantity",
        }
    }
}

/// A unit of the table.
#[derive(Debug)]
pub(crate) struct Unit {
    /// How it is written.
    pub(crate) symbol: &'static str,
    /// What it measures.
    pub(crate) dimension: Dimension,
    /// How much of the canonical unit it is.
    pub(crate) factor: f64,
}

const fn unit(symbol: &'static str, dimension: Dimension, factor: f64) -> Unit {
    Unit {
        symbol,
        dimension,
        factor,
    }
}

/// Days in a mean Gregorian year; a month is a twelfth of it, so that "6 month" and "0.5 years" are the same time.
const YEAR: f64 = 365.25;

/// Every unit, by its own symbols; other spellings stand in `spelling.rs`.
pub(crate) const UNITS: &[Unit] = &[
    unit("1", Dimension::Ratio, 1.0),
    unit("%", Dimension::Ratio, 0.01),
    unit("point", Dimension::Ratio, 1.0),
    unit("points", Dimension::Ratio, 1.0),
    unit("ratio", Dimension::Ratio, 1.0),
    unit("fraction", Dimension::Ratio, 1.0),
    unit("probability", Dimension::Ratio, 1.0),
    unit("count", Dimension::Ratio, 1.0),
    unit("score", Dimension::Ratio, 1.0),
    unit("log10", Dimension::Ratio, 1.0),
    unit("nm", Dimension::Length, 1e-6),
    unit("um", Dimension::Length, 1e-3),
    unit("µm", Dimension::Length, 1e-3),
    unit("mm", Dimension::Length, 1.0),
    unit("cm", Dimension::Length, 10.0),
    unit("m", Dimension::Length, 1000.0),
    unit("in", Dimension::Length, 25.4),
    unit("um2", Dimension::Area, 1e-6),
    unit("mm2", Dimension::Area, 1.0),
    unit("cm2", Dimension::Area, 100.0),
    unit("m2", Dimension::Area, 1e6),
    unit("s", Dimension::Time, 1.0 / 86_400.0),
    unit("second", Dimension::Time, 1.0 / 86_400.0),
    unit("seconds", Dimension::Time, 1.0 / 86_400.0),
    unit("min", Dimension::Time, 1.0 / 1440.0),
    unit("minute", Dimension::Time, 1.0 / 1440.0),
    unit("minutes", Dimension::Time, 1.0 / 1440.0),
    unit("h", Dimension::Time, 1.0 / 24.0),
    unit("hour", Dimension::Time, 1.0 / 24.0),
    unit("hours", Dimension::Time, 1.0 / 24.0),
    unit("d", Dimension::Time, 1.0),
    unit("day", Dimension::Time, 1.0),
    unit("days", Dimension::Time, 1.0),
    unit("week", Dimension::Time, 7.0),
    unit("weeks", Dimension::Time, 7.0),
    unit("month", Dimension::Time, YEAR / 12.0),
    unit("months", Dimension::Time, YEAR / 12.0),
    unit("year", Dimension::Time, YEAR),
    unit("years", Dimension::Time, YEAR),
    unit("mN", Dimension::Force, 1e-3),
    unit("N", Dimension::Force, 1.0),
    unit("Pa", Dimension::Stress, 1e-6),
    unit("kPa", Dimension::Stress, 1e-3),
    unit("MPa", Dimension::Stress, 1.0),
    unit("GPa", Dimension::Stress, 1e3),
    unit("1/s", Dimension::Rate, 86_400.0),
    unit("1/min", Dimension::Rate, 1440.0),
    unit("1/h", Dimension::Rate, 24.0),
    unit("1/day", Dimension::Rate, 1.0),
    unit("1/year", Dimension::Rate, 1.0 / YEAR),
    unit("1/mm2", Dimension::ArealDensity, 1.0),
    unit("1/cm2", Dimension::ArealDensity, 0.01),
    unit("um/h", Dimension::Speed, 1e-3 / 3600.0),
    unit("mm/s", Dimension::Speed, 1.0),
    unit("m/s", Dimension::Speed, 1000.0),
    unit("rad", Dimension::Angle, 1.0),
    unit("deg", Dimension::Angle, std::f64::consts::PI / 180.0),
    unit("kg/m2", Dimension::BodyMassIndex, 1.0),
    unit("EUR", Dimension::Money, 1.0),
];

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

/// The symbols that measure a dimension, shortest form first.
#[must_use]
pub fn symbols(dimension: Dimension) -> Vec<&'static str> {
    UNITS
        .iter()
        .filter(|unit| unit.dimension == dimension)
        .map(|unit| unit.symbol)
        .collect()
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

/// The factor of a unit that a quantity names, looked up while compiling: a wrong name does not compile.
#[allow(clippy::panic, reason = "evaluated by the compiler")]
pub(crate) const fn factor(symbol: &str, wanted: Dimension) -> f64 {
    let mut at = 0;
    // Ends: it counts up.
    while at < UNITS.len() {
        let unit = &UNITS[at];
        if unit.dimension as u8 == wanted as u8 && same(unit.symbol.as_bytes(), symbol.as_bytes()) {
            return unit.factor;
        }
        at += 1;
    }
    panic!("no such unit measures this")
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    // Ends: it counts up.
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

pub(crate) fn find(symbol: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.symbol == symbol)
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
