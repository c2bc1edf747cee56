//! Quantities with units: every number that enters or leaves Needlework carries one.
//!
//! A quantity is written as a number, a space and a unit: `"1.5 mm"`, `"4 week"`, `"31 years"`. A bare number is an
//! error, since "1.5" of a needle may be millimetres or a misread 0.15. Types are small newtypes over `f64` in one
//! canonical unit; hot kernels take the plain float with the unit in its name (`depth_um`).
//!
//! Units are taken in the spellings that people use (`spelling.rs`), each of one size; what is only near is offered,
//! never taken (`mend.rs`), and nothing of another size is ever offered.
//!
//! Limits: no unit algebra. The few compound units that evidence needs (`mN/um`, `um/h`, `1/day`) are symbols of the
//! table.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod dimension;
mod error;
mod factor;
mod measure;
mod mend;
mod number;
mod quantity;
mod spelling;
mod table;

pub use dimension::Dimension;
pub use error::UnitError;
pub use factor::{
    HOURS_PER_DAY, MM2_PER_CM2, MN_PER_N, NM_PER_MM, PERCENT, SECONDS_PER_DAY, SECONDS_PER_HOUR, UM_PER_MM,
};
pub use measure::{Measure, convert};
pub use mend::mended;
pub use quantity::{
    Angle, Area, ArealDensity, BodyMassIndex, Canonical, Force, Length, Money, Rate, Ratio, Speed, Stress, Time,
    quantity_pattern,
};
pub use spelling::spellings;
pub use table::symbols;
