//! Factors between units, for plain numbers whose names bear the unit: hot loops, shares, lines of a table, pages.
//!
//! A quantity says itself in another unit (`Length::um`, `Ratio::percent`); where a number is a plain float, its factor
//! stands here, and nowhere else. The table of units rests on these numbers too.

/// Hundredths in one: a share times this is in percent.
pub const PERCENT: f64 = 100.0;
/// Micrometres in a millimetre.
pub const UM_PER_MM: f64 = 1000.0;
/// Nanometres in a millimetre.
pub const NM_PER_MM: f64 = 1e6;
/// Millinewtons in a newton.
pub const MN_PER_N: f64 = 1000.0;
/// Square millimetres in a square centimetre.
pub const MM2_PER_CM2: f64 = 100.0;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: f64 = 3600.0;
/// Seconds in a day.
pub const SECONDS_PER_DAY: f64 = 86_400.0;
/// Hours in a day.
pub const HOURS_PER_DAY: f64 = 24.0;
