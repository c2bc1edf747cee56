//! What a text that is not a quantity was probably meant to be: the same amount, written as it is read.
//!
//! Only the way of writing is mended, never the amount: whatever could be read in two ways that differ in size
//! (`1,500 um`, a range, `mum`) is not mended at all. What is offered always reads.

use crate::dimension::Dimension;
use crate::number::{ABOUT, FRACTIONS, WORDS, is_ambiguous, split, trimmed};
use crate::spelling::{suggestion, unit_of};

/// Longer texts are no slip of a quantity.
const LONGEST: usize = 80;

/// The quantity that was probably meant, as it can be written; none where the text reads as it is, or could mean two
/// amounts.
#[must_use]
pub fn mended(text: &str, wanted: Dimension) -> Option<String> {
    if text.len() > LONGEST || reads(text, wanted) {
        return None;
    }
    let mut text = plain(text);
    for rewrite in [
        without_about,
        digits_for_words,
        number_first,
        decimal_for_fraction,
        power_of_ten,
        without_separators,
    ] {
        if let Some(rewritten) = rewrite(&text) {
            text = rewritten;
        }
    }
    let (_, unit) = split(&text).ok()?;
    let number = trimmed(&text[..text.len() - unit.len()]).to_owned();
    let unit = match unit_of(unit) {
        Some(known) if known.dimension == wanted => unit,
        _ => suggestion(unit, wanted)?,
    };
    let mended = format!("{number} {unit}");
    reads(&mended, wanted).then_some(mended)
}

/// Whether the text is a quantity of this dimension. Only an angle may be below zero.
fn reads(text: &str, wanted: Dimension) -> bool {
    split(text).is_ok_and(|(value, unit)| {
        (value >= 0.0 || wanted == Dimension::Angle) && unit_of(unit).is_some_and(|unit| unit.dimension == wanted)
    })
}

/// Blanks as one space each, nothing that is not seen, dashes as a hyphen.
fn plain(text: &str) -> String {
    let seen = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'));
    let plain: String = seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    plain
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn without_about(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    let word = ABOUT.iter().find(|word| small.starts_with(**word))?;
    let rest = text.get(word.len()..)?.trim_start();
    rest.starts_with(|c: char| c.is_numeric() || c == '.')
        .then(|| rest.to_owned())
}

fn digits_for_words(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    let (_, digits) = WORDS.iter().find(|(word, _)| first.eq_ignore_ascii_case(word))?;
    Some(format!("{digits} {rest}"))
}

/// `€ 150` as `150 €`.
fn number_first(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let unit = text[..at].trim();
    let number = &text[at..];
    let is_number = number
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '’'));
    (is_number && unit_of(unit).is_some()).then(|| format!("{number} {unit}"))
}

/// Where a unit such as `1/s` or `/cm2` begins, with the blank before it; its digit and its stroke are no part of the
/// number.
fn rate_at(text: &str) -> Option<usize> {
    let is_rate = |rest: &str| rest.contains('/') && unit_of(rest).is_some();
    text.char_indices()
        .find(|(at, c)| *c == ' ' && is_rate(&text[at + 1..]))
        .map(|(at, _)| at)
}

/// `1/2` and `½` as `0.5`; `1 1/2` and `1½` as `1.5`.
fn decimal_for_fraction(text: &str) -> Option<String> {
    if let Some((at, decimal)) = FRACTIONS
        .iter()
        .find_map(|(sign, decimal)| Some((text.find(*sign)?, *decimal)))
    {
        let (before, behind) = (text[..at].trim(), text[at..].chars().skip(1).collect::<String>());
        let whole = if before.is_empty() { "0" } else { before };
        let is_whole = whole.chars().all(|c| c.is_ascii_digit());
        return is_whole.then(|| format!("{whole}{} {}", decimal.trim_start_matches('0'), behind.trim_start()));
    }
    let end = rate_at(text).or_else(|| text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | ' '))))?;
    let (number, unit) = text.split_at(end);
    let (head, below) = number.trim().split_once('/')?;
    let (whole, above) = head.trim().split_once(' ').unwrap_or(("0", head.trim()));
    let (whole, above, below): (f64, f64, f64) = (
        whole.parse().ok()?,
        above.trim().parse().ok()?,
        below.trim().parse().ok()?,
    );
    let value = whole + above / below;
    // Only what a short decimal says exactly.
    let short = format!("{value:.4}");
    let short = short.trim_end_matches('0').trim_end_matches('.');
    (short.parse::<f64>().ok()? == value).then(|| format!("{short} {}", unit.trim_start()))
}

/// `1.5 x 10^3` as `1.5e3`.
fn power_of_ten(text: &str) -> Option<String> {
    let at = text.find(['x', '×', '*', '·'])?;
    let number = text[..at].trim();
    number.parse::<f64>().ok()?;
    let behind = text[at..].chars().skip(1).collect::<String>();
    let power = behind
        .trim_start()
        .strip_prefix("10")?
        .trim_start_matches(['^', '*'])
        .to_owned();
    let end = power
        .find(|c: char| !(c.is_ascii_digit() || c == '-'))
        .unwrap_or(power.len());
    (end > 0).then(|| format!("{number}e{} {}", &power[..end], power[end..].trim_start()))
}

/// The decimal comma as a point, and separators of thousands left out, where only one reading makes sense.
fn without_separators(text: &str) -> Option<String> {
    let number_end = rate_at(text).unwrap_or_else(|| {
        let part =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | ' ' | '\'' | '’' | '_' | '+' | '-' | '−');
        text.find(|c| !part(c)).unwrap_or(text.len())
    });
    let (number, unit) = (&text[..number_end], text[number_end..].trim_start());
    let number = number.trim().replace('，', ",");
    let (sign, digits) = match number.strip_prefix(['+', '-', '−']) {
        Some(digits) => (&number[..number.len() - digits.len()], digits.trim_start()),
        None => ("", number.as_str()),
    };
    // A dash inside is a range, not a number; a number of digits with one point needs no mending.
    let is_plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.matches('.').count() <= 1;
    if digits.contains(['-', '−', '+']) || is_plain {
        return None;
    }
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let decimal = match (points, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1)
            if digits
                .find(',')
                .is_some_and(|at| is_ambiguous(&digits[..at], &digits[at..])) =>
        {
            return None;
        }
        (0, 1) => Some(','),
        (1, more) if more >= 1 && digits.rfind('.') > digits.rfind(',') => Some('.'),
        (more, 1) if more >= 1 && digits.rfind(',') > digits.rfind('.') => Some(','),
        (0, _) => None,
        _ => return None,
    };
    let (whole, decimals) =
        match decimal.and_then(|mark| digits.split_once(mark).filter(|_| digits.matches(mark).count() == 1)) {
            Some((whole, decimals)) => (whole, Some(decimals.trim())),
            None => (digits, None),
        };
    let groups: Vec<&str> = whole.trim().split([' ', '\'', '’', '_', ',', '.']).collect();
    let is_grouped = groups.iter().all(|group| group.chars().all(|c| c.is_ascii_digit()))
        && groups[1..].iter().all(|group| group.len() == 3)
        && (groups.len() == 1 || (1..=3).contains(&groups[0].len()));
    if !is_grouped
        || decimals.is_some_and(|decimals| decimals.is_empty() || !decimals.chars().all(|c| c.is_ascii_digit()))
    {
        return None;
    }
    let sign = sign.replace('−', "-");
    let whole = groups.concat();
    let power = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let gap = if unit.strip_prefix(['e', 'E']).is_some_and(power) {
        ""
    } else {
        " "
    };
    Some(match decimals {
        Some(decimals) => format!("{sign}{whole}.{decimals}{gap}{unit}"),
        None => format!("{sign}{whole}{gap}{unit}"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::spelling::spellings;

    #[test]
    fn what_was_meant_is_offered_as_it_reads() {
        use Dimension::{Length, Money, Time};
        for (text, wanted, offered) in [
            ("2,5 week", Time, Some("2.5 week")),
            ("1,5mm", Length, Some("1.5 mm")),
            ("0,500 mm", Length, Some("0.500 mm")),
            ("1,500 um", Length, None),
            ("1 500 um", Length, Some("1500 um")),
            ("1’500 um", Length, Some("1500 um")),
            ("1.234,5 um", Length, Some("1234.5 um")),
            ("1,234.5 um", Length, Some("1234.5 um")),
            ("1,234,567 um", Length, Some("1234567 um")),
            ("1 5 mm", Length, None),
            ("1. 5 mm", Length, Some("1.5 mm")),
            ("1-2 mm", Length, None),
            ("1 to 2 mm", Length, None),
            ("½ mm", Length, Some("0.5 mm")),
            ("1½ mm", Length, Some("1.5 mm")),
            ("1/2 mm", Length, Some("0.5 mm")),
            ("1/3 mm", Length, None),
            ("1/0 mm", Length, None),
            ("1,5e3 um", Length, Some("1.5e3 um")),
            ("1.5 x 10^3 um", Length, Some("1.5e3 um")),
            ("two weeks", Time, Some("2 weeks")),
            ("a month", Time, Some("1 month")),
            ("about 3 weeks", Time, Some("3 weeks")),
            ("~1,5 mm", Length, Some("1.5 mm")),
            ("€150", Money, Some("150 €")),
            ("EUR 1 500", Money, Some("1500 EUR")),
            ("$150", Money, None),
            ("6 m", Time, None),
            ("6 M", Time, None),
            ("4 wekes", Time, Some("4 weeks")),
            ("500 micrometr", Length, Some("500 um")),
            ("1 year 6 months", Time, None),
            ("-1,5 mm", Length, None),
            ("1.5 mm", Length, None),
        ] {
            assert_eq!(mended(text, wanted).as_deref(), offered, "{text}");
        }
    }

    #[test]
    fn a_comma_or_a_space_changes_no_amount_whatever_the_unit() {
        for dimension in [
            Dimension::Length,
            Dimension::Time,
            Dimension::Area,
            Dimension::Money,
            Dimension::Angle,
            Dimension::Ratio,
            Dimension::Rate,
            Dimension::ArealDensity,
        ] {
            // Behind `2.5`, the `1` of a pure number looks like a digit of it.
            for form in spellings(dimension).into_iter().filter(|form| *form != "1") {
                let written = format!("2.5 {form}");
                let (value, unit) = split(&written).unwrap();
                for text in [
                    format!("2,5 {form}"),
                    format!("about 2,5 {form}"),
                    format!("2½ {form}"),
                    format!("2 1/2 {form}"),
                ] {
                    let offered = mended(&text, dimension).unwrap_or_else(|| panic!("{text}"));
                    let (again, spelt) = split(&offered).unwrap();
                    assert_eq!(value, again, "{text}");
                    assert_eq!(unit_of(unit).unwrap().factor, unit_of(spelt).unwrap().factor, "{text}");
                }
            }
        }
    }
}
