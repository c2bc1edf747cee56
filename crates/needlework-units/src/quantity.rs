//! The quantity types: one newtype per dimension, each a non-negative amount unless said otherwise.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::{Serialize, Serializer};

use crate::dimension::Dimension;
use crate::measure::canonical;
use crate::number::{BLANK, fault, pattern as number_pattern, shortened, split};
use crate::spelling::spellings;
use crate::table::symbols;
use crate::{UnitError, table};

/// A number that the models take in a canonical unit: a quantity, or a pure number.
pub trait Canonical {
    /// What the number measures.
    const DIMENSION: Dimension;

    /// The value whose number in the canonical unit is `value`.
    fn of_canonical(value: f64) -> Self;
}

impl Canonical for f64 {
    const DIMENSION: Dimension = Dimension::Ratio;

    fn of_canonical(value: f64) -> Self {
        value
    }
}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $dimension:ident, signed: $signed:literal, example: $example:literal,
     $( $(#[$unit_doc:meta])* $from:ident / $get:ident = $symbol:literal ),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $name(f64);

        impl $name {
            /// The amount nothing.
            pub const ZERO: Self = Self(0.0);

            $(
                $(#[$unit_doc])*
                #[must_use]
                pub fn $from(value: f64) -> Self {
                    const FACTOR: f64 = table::factor($symbol, Dimension::$dimension);
                    Self(value * FACTOR)
                }

                $(#[$unit_doc])*
                #[must_use]
                pub fn $get(self) -> f64 {
                    const FACTOR: f64 = table::factor($symbol, Dimension::$dimension);
                    self.0 / FACTOR
                }
            )+

            /// The quantity whose value in the canonical unit is `value`.
            #[must_use]
            pub const fn from_canonical(value: f64) -> Self {
                Self(value)
            }

            /// The value in the canonical unit of the models.
            #[must_use]
            pub const fn canonical(self) -> f64 {
                self.0
            }

            /// Reads a number and a unit, such as
            #[doc = concat!("`\"", $example, "\"`.")]
            ///
            /// # Errors
            /// [`UnitError`] naming what is wrong and which units would do.
            pub fn parse(text: &str) -> Result<Self, UnitError> {
                read(text, Dimension::$dimension, $signed).map(Self)
            }
        }

        impl Canonical for $name {
            const DIMENSION: Dimension = Dimension::$dimension;

            fn of_canonical(value: f64) -> Self {
                Self(value)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(out, "{} with its unit, such as \"{}\"", Dimension::$dimension.name(), $example)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<$name, E> {
                        Err(E::custom(no_unit(value, Dimension::$dimension)))
                    }
                    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<$name, E> {
                        Err(E::custom(no_unit(value, Dimension::$dimension)))
                    }
                    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<$name, E> {
                        Err(E::custom(no_unit(value, Dimension::$dimension)))
                    }
                }
                deserializer.deserialize_any(Text).map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let units = symbols(Dimension::$dimension);
                json_schema!({
                    "type": "string",
                    "description": format!("{} with its unit: {}", Dimension::$dimension.name(), units.join(", ")),
                    "examples": [$example],
                    "pattern": pattern(Dimension::$dimension, $signed),
                })
            }
        }
    };
}

/// The number of a written quantity in the canonical unit.
fn read(text: &str, wanted: Dimension, signed: bool) -> Result<f64, UnitError> {
    let found = || shortened(text);
    let (value, symbol) = split(text).map_err(|error| faulty(text, error))?;
    if symbol.is_empty() {
        return Err(UnitError::NoUnit {
            found: found(),
            allowed: symbols(wanted),
        });
    }
    let canonical = canonical(value, symbol, wanted).map_err(|error| match error {
        UnitError::UnknownUnit { told: None, .. } => faulty(text, error),
        error => error,
    })?;
    // A minus is refused also before nothing, so that what reads is what the pattern of the schema takes.
    if value.is_sign_negative() && !signed {
        return Err(UnitError::Negative { found: found() });
    }
    Ok(canonical)
}

/// The error that says what is wrong with the number, where it is the number.
fn faulty(text: &str, error: UnitError) -> UnitError {
    match fault(text) {
        Some(why) => UnitError::Number {
            found: shortened(text),
            why,
        },
        None => error,
    }
}

/// The regular expression that takes exactly what is read: a number, and a unit in any of its spellings.
fn pattern(dimension: Dimension, signed: bool) -> String {
    let escaped = |form: &str| {
        form.chars().fold(String::new(), |mut out, c| {
            if "^$\\.*+?()[]{}|/".contains(c) {
                out.push('\\');
            }
            out.push(c);
            out
        })
    };
    let units: Vec<String> = spellings(dimension).into_iter().map(escaped).collect();
    with_units(signed, &units)
}

/// The regular expression of a number that is not below zero with one of these units, which are given as regular
/// expressions.
#[must_use]
pub fn quantity_pattern(units: &[String]) -> String {
    with_units(false, units)
}

/// A unit that begins with a digit, such as `1/s`, stands behind a blank: `51/s` is 51 per second written without its
/// 1.
fn with_units(signed: bool, units: &[String]) -> String {
    let (digits, letters): (Vec<&String>, Vec<&String>) = units
        .iter()
        .partition(|unit| unit.starts_with(|c: char| c.is_ascii_digit()));
    let one_of = |gap: &str, units: &[&String]| {
        let units: Vec<&str> = units.iter().map(|unit| unit.as_str()).collect();
        format!("{BLANK}{gap}({})", units.join("|"))
    };
    let unit = match (letters.as_slice(), digits.as_slice()) {
        (letters, []) => one_of("*", letters),
        ([], digits) => one_of("+", digits),
        (letters, digits) => format!("({}|{})", one_of("*", letters), one_of("+", digits)),
    };
    format!("^{BLANK}*{}{unit}{BLANK}*$", number_pattern(signed))
}

fn no_unit(value: impl fmt::Display, dimension: Dimension) -> UnitError {
    UnitError::NoUnit {
        found: value.to_string(),
        allowed: symbols(dimension),
    }
}

quantity!(
    /// A length.
    Length, Length, signed: false, example: "1.5 mm",
    /// In millimetres.
    from_mm / mm = "mm",
    /// In micrometres.
    from_um / um = "um",
    /// In centimetres.
    from_cm / cm = "cm",
);
quantity!(
    /// An area.
    Area, Area, signed: false, example: "100 cm2",
    /// In square millimetres.
    from_mm2 / mm2 = "mm2",
    /// In square centimetres.
    from_cm2 / cm2 = "cm2",
);
quantity!(
    /// A span of time.
    Time, Time, signed: false, example: "4 week",
    /// In days.
    from_days / days = "day",
    /// In hours.
    from_hours / hours = "h",
    /// In weeks.
    from_weeks / weeks = "week",
    /// In months of a twelfth of a year.
    from_months / months = "month",
    /// In years.
    from_years / years = "year",
);
quantity!(
    /// A force.
    Force, Force, signed: false, example: "3 N",
    /// In newtons.
    from_newtons / newtons = "N",
);
quantity!(
    /// A pressure or a stiffness.
    Stress, Stress, signed: false, example: "80 kPa",
    /// In megapascals.
    from_mpa / mpa = "MPa",
    /// In kilopascals.
    from_kpa / kpa = "kPa",
);
quantity!(
    /// Something per time.
    Rate, Rate, signed: false, example: "0.8 1/day",
    /// Per day.
    from_per_day / per_day = "1/day",
    /// Per second.
    from_per_second / per_second = "1/s",
);
quantity!(
    /// Something per area of skin.
    ArealDensity, ArealDensity, signed: false, example: "15.3 1/cm2",
    /// Per square millimetre.
    from_per_mm2 / per_mm2 = "1/mm2",
    /// Per square centimetre.
    from_per_cm2 / per_cm2 = "1/cm2",
);
quantity!(
    /// A speed.
    Speed, Speed, signed: false, example: "5 um/h",
    /// In micrometres per hour.
    from_um_per_hour / um_per_hour = "um/h",
);
quantity!(
    /// An angle; it may be negative, as the ITA of dark skin is.
    Angle, Angle, signed: true, example: "35 deg",
    /// In radians.
    from_radians / radians = "rad",
    /// In degrees.
    from_degrees / degrees = "deg",
);
quantity!(
    /// Body mass over squared height.
    BodyMassIndex, BodyMassIndex, signed: false, example: "24 kg/m2",
    /// In kilograms per square metre.
    from_kg_per_m2 / kg_per_m2 = "kg/m2",
);
quantity!(
    /// A pure number that is written with `%` or `1`.
    Ratio, Ratio, signed: false, example: "7.2 %",
    /// As a fraction of one.
    from_fraction / fraction = "1",
    /// In hundredths.
    from_percent / percent = "%",
);
quantity!(
    /// An amount of money; prices are assumptions that the user can replace.
    Money, Money, signed: false, example: "150 EUR",
    /// In euros.
    from_euros / euros = "EUR",
);

impl fmt::Display for Length {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mm = self.mm();
        if mm != 0.0 && mm < 0.2 {
            write!(out, "{} um", tidy(self.um()))
        } else {
            write!(out, "{} mm", tidy(mm))
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mm2 = self.mm2();
        if mm2 < 100.0 {
            write!(out, "{} mm2", tidy(mm2))
        } else {
            write!(out, "{} cm2", tidy(self.cm2()))
        }
    }
}

impl fmt::Display for Time {
    /// Prints in the largest unit that keeps the number at or above two, so that "28 day" reads "4 week"; one hour as
    /// "1 h", and in whole minutes what is no whole hour below two.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.days();
        let whole = |value: f64| (value - value.round()).abs() < 1e-9;
        if days == 0.0 {
            write!(out, "0 h")
        } else if self.hours() < 2.0 && !whole(self.hours()) && whole(self.hours() * 60.0) {
            write!(out, "{} min", tidy((self.hours() * 60.0).round()))
        } else if days < 3.0 {
            write!(out, "{} h", tidy(self.hours()))
        } else if whole(self.years()) {
            write!(out, "{} year", tidy(self.years()))
        } else if whole(self.weeks()) && self.weeks() >= 2.0 {
            write!(out, "{} week", tidy(self.weeks()))
        } else if whole(self.months()) {
            write!(out, "{} month", tidy(self.months()))
        } else {
            write!(out, "{} day", tidy(days))
        }
    }
}

macro_rules! plain_display {
    ($($name:ident: $get:ident $symbol:literal),+ $(,)?) => {
        $(impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!("{} ", $symbol), tidy(self.$get()))
            }
        })+
    };
}

plain_display!(
    Force: newtons "N",
    Stress: mpa "MPa",
    Rate: per_day "1/day",
    ArealDensity: per_cm2 "1/cm2",
    Speed: um_per_hour "um/h",
    Angle: degrees "deg",
    BodyMassIndex: kg_per_m2 "kg/m2",
    Ratio: percent "%",
    Money: euros "EUR",
);

/// Rounds away the last bits that a change of unit leaves behind, so that what was written is what is printed.
fn tidy(value: f64) -> f64 {
    let digits = 12 - value.abs().log10().max(-20.0).floor() as i32;
    let scale = 10_f64.powi(digits.clamp(0, 15));
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn what_was_written_is_what_is_printed() {
        for text in ["1.5 mm", "90 um", "0.25 mm", "150 um"] {
            assert_eq!(Length::parse(text).unwrap().to_string(), text);
        }
        for text in ["4 week", "31 year", "6 month", "12 h", "10 day", "1 year"] {
            assert_eq!(Time::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Ratio::parse("7.2 %").unwrap().to_string(), "7.2 %");
        assert_eq!(Angle::parse("-22.6 deg").unwrap().to_string(), "-22.6 deg");
    }

    #[test]
    fn a_bare_number_is_refused() {
        assert!(matches!(Length::parse("1.5"), Err(UnitError::NoUnit { .. })));
        assert!(matches!(Length::parse("1.5 kg"), Err(UnitError::UnknownUnit { .. })));
        assert!(matches!(
            Length::parse("1.5 week"),
            Err(UnitError::WrongDimension { .. })
        ));
        assert!(matches!(Length::parse("-1.5 mm"), Err(UnitError::Negative { .. })));
        assert!(Length::parse("NaN mm").is_err());
        assert!(Length::parse("1e999 mm").is_err());
        assert!(Length::parse("").is_err());
        assert!(Length::parse("µ").is_err());
    }
}
