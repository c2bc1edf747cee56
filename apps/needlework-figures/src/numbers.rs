//! Numbers in words: how every view of the answer rounds.
//!
//! A share is shown as people of 100, a harm as courses of 1,000, both with their 5–95 % range. Rounding never turns a
//! possibility into "0" or a certainty into "100": a share between 0 and one half of a person reads "fewer than 1".
//! Values that are not finite read "–".

pub use crate::model::{NOTHING, grouped, people_of};

use needlework::units::{HOURS_PER_DAY, PERCENT, UM_PER_MM};

use crate::model::{Percentiles, Range};

/// The same, short enough for a table: `<1`, `12`, `>99`.
pub fn people_short(share: f64) -> String {
    people_of(share, 100.0)
        .replace("fewer than ", "<")
        .replace("more than ", ">")
}

/// `3 to 24`, of 100 people.
pub fn range_of_100(range: &Range) -> String {
    format!("{} to {}", people_short(range.low), people_short(range.high))
}

/// `12 (3 to 24)`, of 100 people.
pub fn share_with_range(range: &Range) -> String {
    format!("{} ({})", people_short(range.mean), range_of_100(range))
}

/// A text with every number that has an exponent written out: `1.2e7 count` becomes `12,000,000 count`, `3e-5` becomes
/// `0.00003`. What is too large or small for that reads as a power of ten, `2 × 10^-12`.
pub fn written_out(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let number = word.trim_matches(|letter| "(),;".contains(letter));
        let exponent = number.split_once(['e', 'E']).and_then(|(front, exponent)| {
            let plain = front
                .trim_start_matches('-')
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
            let value: f64 = number.parse().ok()?;
            (plain && !front.is_empty()).then_some((front, exponent, value))
        });
        let Some((front, exponent, value)) = exponent else {
            return word.to_owned();
        };
        let size = value.abs();
        let shown = if (1000.0..1e15).contains(&size) && value.fract() == 0.0 {
            grouped(value)
        } else if size == 0.0 || (1e-7..1e15).contains(&size) {
            value.to_string()
        } else {
            format!("{front} × 10^{}", exponent.trim_start_matches('+'))
        };
        word.replace(number, &shown)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A number with as many places as a reader needs: two significant places below 10, none above; minus as `−`.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return NOTHING.into();
    }
    let size = value.abs();
    let text = if size == 0.0 {
        "0".into()
    } else if size < 0.005 {
        return if value < 0.0 { "about 0".into() } else { "<0.01".into() };
    } else if size < 0.095 {
        format!("{size:.2}")
    } else if size < 9.95 {
        let short = format!("{size:.1}");
        short.strip_suffix(".0").map_or(short.clone(), str::to_owned)
    } else {
        grouped(size)
    };
    if value < 0.0 && text != "0" {
        format!("−{text}")
    } else {
        text
    }
}

/// A share in per cent: `43.8 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", number(PERCENT * share))
}

/// A number with two decimals below 10, none above: for quantities that a researcher compares.
pub fn fine(value: f64) -> String {
    if value.is_finite() && value.abs() < 10.0 {
        format!("{value:.2}").replace('-', "−")
    } else {
        number(value)
    }
}

/// Micrometres as millimetres, to a hundredth.
pub fn mm(um: f64) -> String {
    if um.is_finite() {
        format!("{:.2}", um / UM_PER_MM)
    } else {
        NOTHING.into()
    }
}

/// `5.2 (2.1 to 8)`: the median with its 5–95 % range.
pub fn median_with_range(values: &Percentiles) -> String {
    with_range([values.p50, values.p5, values.p95].map(number))
}

/// The same in hundredths.
pub fn fine_median_with_range(values: &Percentiles) -> String {
    with_range([values.p50, values.p5, values.p95].map(fine))
}

/// `5.2 (2.1 to 8)`: the mean with its 5–95 % range.
pub fn mean_with_range(values: &Range) -> String {
    with_range([values.mean, values.low, values.high].map(number))
}

fn with_range([middle, low, high]: [String; 3]) -> String {
    format!("{middle} ({low} to {high})")
}

/// `3 months`, `1 month`, `0 months`.
pub fn months(value: f64) -> String {
    let text = number(value);
    if text == "1" {
        "1 month".into()
    } else {
        format!("{text} months")
    }
}

/// `1 day`, `2.5 days`.
pub fn days(value: f64) -> String {
    let text = number(value);
    if text == "1" {
        "1 day".into()
    } else {
        format!("{text} days")
    }
}

/// A time with its range, in hours where days would read as small fractions: (`5 hours`, `2 to 13`).
pub fn days_or_hours(middle: f64, low: f64, high: f64) -> (String, String) {
    let range = |scale: f64| format!("{} to {}", number(low * scale), number(high * scale));
    if middle < 1.5 {
        let text = number(middle * HOURS_PER_DAY);
        let unit = if text == "1" { "hour" } else { "hours" };
        (format!("{text} {unit}"), range(HOURS_PER_DAY))
    } else {
        (days(middle), range(1.0))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn no_exponent_is_left_in_a_text() {
        for (text, shown) in [
            ("1.2e7 count", "12,000,000 count"),
            ("3e-5", "0.00003"),
            ("range (1e3 to 2.5e4)", "range (1,000 to 25,000)"),
            ("2e-12 m2", "2 × 10^-12 m2"),
            ("-1e3 um, 5E2 um", "−1,000 um, 500 um"),
            ("the 12e person, e7, 1.5 mm", "the 12e person, e7, 1.5 mm"),
        ] {
            assert_eq!(written_out(text), shown);
        }
    }

    #[test]
    fn numbers_are_rounded_to_what_a_reader_needs() {
        for (value, text) in [
            (0.0, "0"),
            (0.04, "0.04"),
            (0.3, "0.3"),
            (4.0, "4"),
            (4.26, "4.3"),
            (9.96, "10"),
            (12.4, "12"),
            (1234.0, "1,234"),
            (-3.2, "−3.2"),
            (1e6, "1,000,000"),
            (f64::INFINITY, NOTHING),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
