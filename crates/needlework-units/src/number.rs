//! The number in front of a unit: digits with a point, as `1.5`, `.5`, `+2`, `1e-3`; full-width digits and the
//! typographic minus are taken too.
//!
//! What people write besides (decimal commas, separators of thousands, ranges, fractions) is refused with its own
//! reason: a comma can be read in two ways that differ a thousandfold, and a range has no one value. What was probably
//! meant is offered by `mend.rs`, never taken.

use crate::UnitError;
use crate::spelling::unit_of;

/// Most digits in front of the point, behind it, and in the exponent: any text within them is a finite number.
const MOST_WHOLE: usize = 40;
const MOST_DECIMALS: usize = 60;
const MOST_EXPONENT: usize = 2;

/// The regular expression of the number, for a schema; it takes what [`split`] takes.
pub(crate) fn pattern(signed: bool) -> String {
    let sign = if signed { "[+\\-−]?" } else { "\\+?" };
    let digit = "[0-9０-９]";
    format!(
        "{sign}({digit}{{1,{MOST_WHOLE}}}([.．]{digit}{{0,{MOST_DECIMALS}}})?|[.．]{digit}{{1,{MOST_DECIMALS}}})\
            ([eE][+\\-−]?{digit}{{1,{MOST_EXPONENT}}})?"
    )
}

/// The blank characters that may stand around number and unit, as one of a schema.
pub(crate) const BLANK: &str = "[ \\t\\n\\r\u{a0}\u{2007}\u{2009}\u{202f}]";

/// A text without the blank characters around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}'])
}

/// A digit, also a full-width one.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

fn sign(c: char) -> Option<char> {
    match c {
        '+' | '-' => Some(c),
        '−' => Some('-'),
        _ => None,
    }
}

/// Splits a written quantity into its number and its unit. The unit is as written, without the blanks around it.
///
/// # Errors
/// [`UnitError::NotANumber`], or [`UnitError::NotFinite`] for more digits than any quantity has.
pub(crate) fn split(text: &str) -> Result<(f64, &str), UnitError> {
    let text = trimmed(text);
    let mut plain = String::new();
    let mut rest = text;
    let eat = |rest: &mut &str, plain: &mut String, take: fn(char) -> Option<char>| -> bool {
        let Some(c) = rest.chars().next() else { return false };
        let Some(taken) = take(c) else { return false };
        plain.push(taken);
        *rest = &rest[c.len_utf8()..];
        true
    };
    let digits = |rest: &mut &str, plain: &mut String| {
        let before = plain.len();
        // Ends: each turn eats a digit.
        while eat(rest, plain, digit) {}
        plain.len() - before
    };
    eat(&mut rest, &mut plain, sign);
    let whole = digits(&mut rest, &mut plain);
    let point = |c: char| matches!(c, '.' | '．').then_some('.');
    let mut decimals = 0;
    if whole > 0 || rest.chars().nth(1).is_some_and(|c| digit(c).is_some()) {
        let has_point = eat(&mut rest, &mut plain, point);
        decimals = if has_point { digits(&mut rest, &mut plain) } else { 0 };
    }
    if whole + decimals == 0 {
        return Err(UnitError::NotANumber { found: shortened(text) });
    }
    let mut power = 0;
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        // An exponent is followed by a digit, with or without a sign; everything else opens a unit.
        let (mut ahead, mut exponent) = (after, String::from("e"));
        eat(&mut ahead, &mut exponent, sign);
        power = digits(&mut ahead, &mut exponent);
        if power > 0 {
            plain.push_str(&exponent);
            rest = ahead;
        }
    }
    let too_long = whole > MOST_WHOLE || decimals > MOST_DECIMALS || power > MOST_EXPONENT;
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() && !too_long => Ok((value, trimmed(rest))),
        _ => Err(UnitError::NotFinite { found: shortened(text) }),
    }
}

/// A text short enough for a message.
pub(crate) fn shortened(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

/// Numbers in words, as far as people write them so.
pub(crate) const WORDS: [(&str, &str); 14] = [
    ("a", "1"),
    ("an", "1"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
];

/// Fractions that are one character.
pub(crate) const FRACTIONS: [(char, &str); 8] = [
    ('½', "0.5"),
    ('¼', "0.25"),
    ('¾', "0.75"),
    ('⅕', "0.2"),
    ('⅖', "0.4"),
    ('⅗', "0.6"),
    ('⅘', "0.8"),
    ('⅛', "0.125"),
];

/// Words and signs that people put in front of a number that is not exact.
pub(crate) const ABOUT: [&str; 16] = [
    "~",
    "≈",
    "about",
    "approx.",
    "approximately",
    "approx",
    "around",
    "ca.",
    "ca",
    "circa",
    "c.",
    "etwa",
    "nearly",
    "almost",
    "some",
    "roughly",
];

/// Why a text that does not read as a quantity does not, where it is its number that is wrong.
pub(crate) fn fault(text: &str) -> Option<&'static str> {
    const RANGE: &str = "one number is needed, not a range";
    const ALONE: &str = "one number is needed, without a word or sign in front of it";
    let text = trimmed(text);
    if text
        .chars()
        .any(|c| c.is_numeric() && digit(c).is_none() && !FRACTIONS.iter().any(|one| one.0 == c) && !"²³⁻¹".contains(c))
    {
        return Some("the number is written in the digits 0 to 9");
    }
    let small = text.to_lowercase();
    let first = small.split_whitespace().next().unwrap_or_default();
    if text.contains(|c| FRACTIONS.iter().any(|one| one.0 == c)) {
        return Some("a fraction is written as a decimal, such as 0.5");
    }
    if WORDS.iter().any(|(word, _)| *word == first) {
        return Some("the number is written in digits");
    }
    if ["between", "from"].contains(&first) {
        return Some(RANGE);
    }
    if ABOUT.iter().any(|word| small.starts_with(word)) && split(text).is_err()
        || small.starts_with(['<', '>', '≤', '≥', '±'])
        || [
            "under", "over", "up", "at", "less", "more", "max", "min.", "max.", "maximum",
        ]
        .contains(&first)
    {
        return Some(ALONE);
    }
    let rest = match split(text) {
        Ok((_, rest)) => rest,
        // It begins with a number, which is too large.
        Err(UnitError::NotFinite { .. }) => return None,
        Err(_) => {
            let starts_with_unit = text.contains(|c| digit(c).is_some());
            return starts_with_unit.then_some("the number comes first, then its unit");
        }
    };
    if unit_of(rest).is_some() {
        return None;
    }
    let before = &text[..text.len() - rest.len()];
    let spaced = before.ends_with(char::is_whitespace);
    let mut following = rest.chars();
    let (head, next) = (following.next()?, trimmed(following.as_str()).chars().next());
    let digit_next = next.is_some_and(|c| digit(c).is_some());
    let has_digit = rest.contains(|c| digit(c).is_some());
    match head {
        ',' | '，' | '٫' if digit_next && is_ambiguous(before, rest) => Some(
            "the comma can stand before decimals or between thousands; write the number without it, with a point \
                before decimals",
        ),
        ',' | '，' | '٫' if digit_next => Some("decimals are written with a point, not with a comma"),
        '\'' | '’' | '_' | '٬' if digit_next => Some("a number has no separators inside"),
        '.' | '．' if (rest.starts_with("..") || before.ends_with('.')) && has_digit => Some(RANGE),
        '.' | '．' if digit_next && !spaced => Some("a number has one point"),
        '.' | '．' if digit_next => Some("a number has no spaces inside"),
        '/' | '⁄' if digit_next => Some("a fraction is written as a decimal, such as 0.5"),
        'x' | '×' | '*' | '·' if rest.contains("10") => Some("a power of ten is written as 1.5e3"),
        '±' => Some("one number is needed, without its spread"),
        // A unit such as 1/nm begins with a digit.
        _ if digit(head).is_some() && !rest.starts_with("1/") => Some("a number has no spaces inside"),
        '-' | '–' | '—' | '−' | '~' | '…' | '‐' | '‑' if has_digit => Some(RANGE),
        _ => {
            let small = rest.to_lowercase();
            let range = ["to ", "or ", "bis ", "and ", "till ", "until "];
            if has_digit && range.iter().any(|word| small.starts_with(word)) {
                return Some(RANGE);
            }
            // A second amount behind a first that is complete.
            let end = rest.find(|c: char| digit(c).is_some())?;
            let between = trimmed(&rest[..end]);
            let dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '~' | '…');
            let joined = |word: &str| {
                between
                    .strip_suffix(word)
                    .map(trimmed)
                    .is_some_and(|unit| unit_of(unit).is_some())
            };
            if between.ends_with(dash) && unit_of(trimmed(between.trim_end_matches(dash))).is_some()
                || [" to", " or", " bis", " and"].iter().any(|word| joined(word))
            {
                Some(RANGE)
            } else if unit_of(between.trim_end_matches([',', ';', '+', ' '])).is_some() {
                Some("one amount is needed in one unit, such as \"18 month\" for a year and a half")
            } else {
                None
            }
        }
    }
}

/// Whether a comma could stand between thousands as well as before decimals: one comma with exactly three digits behind
/// it.
pub(crate) fn is_ambiguous(before: &str, rest: &str) -> bool {
    let whole = before.trim_start_matches(['+', '-', '−']);
    let behind = rest.chars().skip(1).take_while(|c| digit(*c).is_some()).count();
    let more = rest.chars().nth(behind + 1);
    behind == 3
        && !whole.starts_with('0')
        && (1..=3).contains(&whole.len())
        && !more.is_some_and(|c| matches!(c, ',' | '.'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_exponent_is_not_mistaken_for_a_unit() {
        assert_eq!(split("1e3 mm").unwrap(), (1000.0, "mm"));
        assert_eq!(split("2 EUR").unwrap(), (2.0, "EUR"));
        assert_eq!(split("2EUR").unwrap(), (2.0, "EUR"));
        assert_eq!(split("2euro").unwrap(), (2.0, "euro"));
    }

    #[test]
    fn digits_of_any_width_and_any_minus_are_read() {
        assert_eq!(split("１．５ mm").unwrap(), (1.5, "mm"));
        assert_eq!(split("−22.6°").unwrap(), (-22.6, "°"));
        assert_eq!(split(".5\u{a0}mm").unwrap(), (0.5, "mm"));
        assert_eq!(split("5.").unwrap(), (5.0, ""));
        for text in ["", ".", "-", "e5", "mm", "+.", "1e999 mm", &"9".repeat(41)] {
            assert!(split(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_way_of_writing_a_number_wrongly_has_its_reason() {
        for (text, reason) in [
            ("2,5 week", "point"),
            ("1,500 um", "thousands"),
            ("1 500 um", "spaces"),
            ("1'500 um", "separators"),
            ("1_500 um", "separators"),
            ("1.2.3 mm", "one point"),
            ("1. 5 mm", "spaces"),
            ("1 5 mm", "spaces"),
            ("1-2 mm", "range"),
            ("1 – 2 mm", "range"),
            ("1 to 2 mm", "range"),
            ("1..2 mm", "range"),
            ("1 mm - 2 mm", "range"),
            ("1 mm to 2 mm", "range"),
            ("between 1 and 2 mm", "range"),
            ("~1 mm", "in front"),
            ("about 1 mm", "in front"),
            ("<1 mm", "in front"),
            ("1±0.1 mm", "spread"),
            ("1/2 mm", "decimal"),
            ("½ mm", "decimal"),
            ("1.5 x 10^3 um", "power"),
            ("1.5×10^3 um", "power"),
            ("two weeks", "digits"),
            ("٣ mm", "digits"),
            ("EUR 150", "comes first"),
            ("1 year 6 months", "one amount"),
            ("1 h 30 min", "one amount"),
        ] {
            let found = fault(text).unwrap_or_else(|| panic!("{text}"));
            assert!(found.contains(reason), "{text}: {found}");
        }
        for text in [
            "5 mm",
            "4 weeks",
            "7.2 %",
            "100 cm²",
            "3 furlong",
            "15.3 1/cm2",
            "1 m/s",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }
}
