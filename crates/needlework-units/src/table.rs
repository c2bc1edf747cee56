//! The table of units: symbol, what it measures, and how much of the canonical unit it is.
//!
//! Canonical units are those of the models: millimetre, square millimetre, day, newton, megapascal, per day, per square
//! millimetre, millimetre per second, radian, kg/m², euro, and one for pure numbers.

use crate::dimension::Dimension;
use crate::factor::{HOURS_PER_DAY, MM2_PER_CM2, SECONDS_PER_DAY, SECONDS_PER_HOUR};

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
    unit("cm2", Dimension::Area, MM2_PER_CM2),
    unit("m2", Dimension::Area, 1e6),
    unit("s", Dimension::Time, 1.0 / SECONDS_PER_DAY),
    unit("second", Dimension::Time, 1.0 / SECONDS_PER_DAY),
    unit("seconds", Dimension::Time, 1.0 / SECONDS_PER_DAY),
    unit("min", Dimension::Time, 1.0 / 1440.0),
    unit("minute", Dimension::Time, 1.0 / 1440.0),
    unit("minutes", Dimension::Time, 1.0 / 1440.0),
    unit("h", Dimension::Time, 1.0 / HOURS_PER_DAY),
    unit("hour", Dimension::Time, 1.0 / HOURS_PER_DAY),
    unit("hours", Dimension::Time, 1.0 / HOURS_PER_DAY),
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
    unit("1/s", Dimension::Rate, SECONDS_PER_DAY),
    unit("1/min", Dimension::Rate, 1440.0),
    unit("1/h", Dimension::Rate, HOURS_PER_DAY),
    unit("1/day", Dimension::Rate, 1.0),
    unit("1/year", Dimension::Rate, 1.0 / YEAR),
    unit("1/mm2", Dimension::ArealDensity, 1.0),
    unit("1/cm2", Dimension::ArealDensity, 0.01),
    unit("um/h", Dimension::Speed, 1e-3 / SECONDS_PER_HOUR),
    unit("mm/s", Dimension::Speed, 1.0),
    unit("m/s", Dimension::Speed, 1000.0),
    unit("rad", Dimension::Angle, 1.0),
    unit("deg", Dimension::Angle, std::f64::consts::PI / 180.0),
    unit("kg/m2", Dimension::BodyMassIndex, 1.0),
    unit("EUR", Dimension::Money, 1.0),
];

/// The symbols that measure a dimension, shortest form first.
#[must_use]
pub fn symbols(dimension: Dimension) -> Vec<&'static str> {
    UNITS
        .iter()
        .filter(|unit| unit.dimension == dimension)
        .map(|unit| unit.symbol)
        .collect()
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
