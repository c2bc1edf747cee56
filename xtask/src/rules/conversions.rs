//! A conversion between units and the ends of an interval stand once: in `needlework-units` and `needlework-numerics`.
//!
//! In the source of rooms, facade and front doors, outside tests, this refuses
//!
//! * a `const` that is the factor of a conversion by its number (86 400 of anything) or by number and name (100 that is
//!   called percent, 1,000 that is called micrometres in a millimetre);
//! * a `const` that holds the ends of an interval (0.95, or 0.05 that is called an end);
//! * a plain 100, 1,000, 24, 3,600 or 86,400 that multiplies or divides, unless the result is rounded to a decimal.
//!
//! Tokens are read, not the tree, so that markup in a macro is seen as well. Limits: a factor spelt as a sum or under
//! another name is for a reviewer; 60, 12, 10 and 7 are too common to be held without a name, and so are whole numbers.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

use crate::Violation;
use crate::tree::SourceFile;
use crate::words::{attribute, is_test};

/// Where these numbers stand.
const HOMES: &[&str] = &[
    "crates/needlework-units/",
    "crates/needlework-numerics/",
    // Home of the denominator of frequencies.
    "crates/needlework-verdict/src/report.rs",
];

/// Factors that are nothing but a conversion, whatever they are called.
const PLAIN: &[f64] = &[1440.0, 3600.0, 86_400.0, 365.25];

/// Factors that are a conversion where the name says so.
const NAMED: &[f64] = &[1e-6, 0.001, 0.01, 7.0, 12.0, 24.0, 60.0, 100.0, 365.0, 1000.0, 1e6];

/// Names of a conversion, alone or as `UM_PER_MM`.
const UNITS: &[&str] = &[
    "PERCENT", "THOUSAND", "COURSES", "MILLI", "MICRO", "NANO", "NM", "UM", "MM", "CM", "MM2", "CM2", "MN", "N", "KPA",
    "MPA", "SECOND", "SECONDS", "MINUTE", "MINUTES", "HOUR", "HOURS", "DAY", "WEEK", "MONTH", "YEAR",
];

/// Numbers that are conversions where they multiply or divide.
const FACTORS: &[f64] = &[24.0, 100.0, 1000.0, 1440.0, 3600.0, 86_400.0, 365.25];

/// Words of a name that is the end of an interval.
const ENDS: &[&str] = &[
    "LOW",
    "LOWER",
    "HIGH",
    "UPPER",
    "END",
    "ENDS",
    "BOUND",
    "BOUNDS",
    "PERCENTILES",
];

/// Every second copy of a conversion or of the ends of an interval.
pub fn copied(files: &[SourceFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| is_held(&file.path)) {
        // A file that is no Rust is told by the rule of floats.
        if let Ok(tokens) = file.text.parse::<TokenStream>() {
            look(&file.path, tokens, false, &mut found);
        }
    }
    found
}

/// Homes in which nothing stands that would be refused elsewhere.
pub fn stale(files: &[SourceFile]) -> Vec<Violation> {
    const OWN: &str = "xtask/src/rules/conversions.rs";
    let needs_it = |home: &str| {
        let mut found = Vec::new();
        for file in files
            .iter()
            .filter(|file| file.path.starts_with(home) && is_source(&file.path))
        {
            if let Ok(tokens) = file.text.parse::<TokenStream>() {
                look(&file.path, tokens, false, &mut found);
            }
        }
        !found.is_empty()
    };
    // A tree without this file is none of ours, and has none of its homes.
    let own = files.iter().any(|file| file.path == OWN);
    HOMES
        .iter()
        .filter(|home| own && !needs_it(home))
        .map(|home| Violation::new(OWN, 1, format!("{home} holds nothing that HOMES excepts; take it out")))
        .collect()
}

/// Is this a source file of a room, the facade or a front door that is not home of these numbers, and no test?
fn is_held(path: &str) -> bool {
    is_source(path) && !HOMES.iter().any(|home| path.starts_with(home))
}

/// Is this a source file of a room, the facade or a front door, and no test?
fn is_source(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    path.ends_with(".rs")
        && matches!(parts[..], ["src", ..] | ["crates" | "apps", _, "src", ..])
        && !path.ends_with("/tests.rs")
}

/// Looks at tokens of a file, which are the whole of a group that is rounded or not.
fn look(path: &str, tokens: TokenStream, rounded: bool, found: &mut Vec<Violation>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    // Ends: each turn goes on by one token at least.
    while let Some(token) = tokens.get(at) {
        if let Some(attribute) = attribute(&tokens[at..]) {
            at += 2;
            if is_test(attribute) {
                at += tokens[at..]
                    .iter()
                    .position(ends_item)
                    .map_or(tokens.len(), |last| last + 1);
            }
            continue;
        }
        match token {
            TokenTree::Group(group) => look(path, group.stream(), is_rounded(&tokens[at + 1..]), found),
            TokenTree::Ident(word) if word == "const" => {
                if let Some(why) = constant(&tokens[at + 1..]) {
                    found.push(Violation::new(path, word.span().start().line, why));
                }
            }
            TokenTree::Literal(literal) => {
                if !rounded
                    && literal.to_string().contains('.')
                    && number(literal).is_some_and(|value| FACTORS.contains(&value))
                    && is_factor(&tokens, at)
                    && !divides_rounded(&tokens, at)
                {
                    let what = format!(
                        "{literal} converts here; take its name from `needlework-units` (`PERCENT`, `UM_PER_MM`, …) or \
                         let the quantity say itself"
                    );
                    found.push(Violation::new(path, literal.span().start().line, what));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        at += 1;
    }
}

/// Does an item end with this token?
fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        other => is_mark(other, ';'),
    }
}

/// Why the constant is a copy whose name and value follow; nothing where it is none.
fn constant(tokens: &[TokenTree]) -> Option<String> {
    let [TokenTree::Ident(name), TokenTree::Punct(colon), ..] = tokens else {
        return None;
    };
    if colon.as_char() != ':' {
        return None;
    }
    let from = tokens.iter().position(|token| is_mark(token, '='))?;
    let to = tokens.iter().position(|token| is_mark(token, ';'))?;
    let value = tokens.get(from + 1..to)?;
    let name = name.to_string();
    let numbers = numbers(value);
    if numbers.contains(&0.95) || numbers.contains(&0.05) && name.split('_').any(|word| ENDS.contains(&word)) {
        return Some(format!(
            "{name} holds the ends of an interval, which are `needlework_numerics::{{LOW, HIGH}}`"
        ));
    }
    let [TokenTree::Literal(only)] = value else {
        return None;
    };
    let only = number(only)?;
    (PLAIN.contains(&only) || NAMED.contains(&only) && converts(&name)).then(|| {
        format!("{name} is a second copy of a conversion; its home is `needlework-units`, or `COURSES` of verdict")
    })
}

/// Is this the name of a conversion?
fn converts(name: &str) -> bool {
    match name.split_once("_PER_") {
        Some((one, other)) => UNITS.contains(&one) && UNITS.contains(&other),
        // A count is called N too.
        None => name != "N" && UNITS.contains(&name),
    }
}

/// Does the literal multiply or divide what stands beside it?
fn is_factor(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let divides = before.is_some_and(|token| is_mark(token, '*') || is_mark(token, '/'));
    divides || tokens.get(at + 1).is_some_and(|token| is_mark(token, '*'))
}

/// Does the literal divide what was rounded, as in `(x * 100.0).round() / 100.0`?
fn divides_rounded(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|place| tokens.get(place));
    matches!((before(3), before(1)), (Some(name), Some(mark)) if is_round(name) && is_mark(mark, '/'))
}

/// Is a group rounded that these tokens follow?
fn is_rounded(after: &[TokenTree]) -> bool {
    matches!(after, [point, name, ..] if is_mark(point, '.') && is_round(name))
}

fn is_round(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(name) if name == "round" || name == "floor" || name == "ceil")
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// All numbers in these tokens, also in groups.
fn numbers(tokens: &[TokenTree]) -> Vec<f64> {
    let of = |token: &TokenTree| match token {
        TokenTree::Literal(literal) => number(literal).into_iter().collect(),
        TokenTree::Group(group) => numbers(&group.stream().into_iter().collect::<Vec<_>>()),
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    };
    tokens.iter().flat_map(of).collect()
}

/// The number of a literal, whatever its suffix and underscores.
fn number(literal: &Literal) -> Option<f64> {
    let text = literal.to_string().replace('_', "");
    let digits = ["f64", "f32", "u32", "u64", "usize", "i32", "i64"]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(&text);
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(code: &str) -> usize {
        in_file("crates/needlework-skin/src/x.rs", code)
    }

    fn in_file(path: &str, code: &str) -> usize {
        copied(&[SourceFile::new(path, code)]).len()
    }

    #[test]
    fn a_second_copy_of_a_conversion_is_caught() {
        for code in [
            "const PERCENT: f64 = 100.0;",
            "const UM_PER_MM: f64 = 1000.0;",
            "const UM: f64 = 1_000.0;",
            "const NM_PER_MM: f64 = 1e6;",
            "const DAY: u64 = 86_400;",
            "fn f() { const WHATEVER: f64 = 3600.0; }",
            "impl X { const HOURS: f64 = 24.0; }",
        ] {
            assert_eq!(broken(code), 1, "{code}");
        }
    }

    #[test]
    fn a_number_of_the_method_is_none() {
        for code in [
            "const PEOPLE_PER_WORLD: usize = 100;",
            "const OPEN_WOUND_DAYS: f64 = 100.0;",
            "const MONTHS: usize = 24;",
            "const WIDEST_MM: f64 = 1000.0;",
            "const HOURS: [f64; 2] = [1.0, 24.0];",
            "const fn day() -> f64 { 1.0 }",
            "const CHANCE: f64 = 0.05;",
        ] {
            assert_eq!(broken(code), 0, "{code}");
        }
    }

    #[test]
    fn the_ends_of_an_interval_are_caught() {
        for code in [
            "const AT: [f64; 3] = [0.05, 0.5, 0.95];",
            "const HIGH: f64 = 0.95;",
            "const LOW_END: f64 = 0.05;",
        ] {
            assert_eq!(broken(code), 1, "{code}");
        }
    }

    #[test]
    fn a_plain_factor_is_caught_in_code_and_markup_and_a_rounding_is_none() {
        for code in [
            "fn f(x: f64) -> f64 { x * 100.0 }",
            "fn f(x: f64) -> f64 { 100.0 * x }",
            "fn f(um: f64) -> f64 { um / 1000.0 }",
            "fn f(x: f64) -> Markup { html! { p { (number(x * 100.0)) } } }",
            "fn f(days: f64) -> f64 { days * 24.0 + 1.0 }",
        ] {
            assert_eq!(broken(code), 1, "{code}");
        }
        for code in [
            "fn f(x: f64) -> f64 { (x * 100.0).round() / 100.0 }",
            "fn f(x: f64) -> f64 { x / 12.0 + 100.0 }",
            "fn f(done: usize) -> usize { 100 * done }",
            "#[cfg(test)]\nmod tests { fn f(x: f64) -> f64 { x * 100.0 } }",
            "#[test]\nfn f() { let x = 3.0 * 100.0; }",
        ] {
            assert_eq!(broken(code), 0, "{code}");
        }
    }

    #[test]
    fn homes_and_tests_are_free_and_front_doors_are_not() {
        let code = "const PERCENT: f64 = 100.0;";
        assert_eq!(in_file("crates/needlework-units/src/factor.rs", code), 0);
        assert_eq!(in_file("crates/needlework-skin/tests/suite/x.rs", code), 0);
        assert_eq!(in_file("validation/src/x.rs", code), 0);
        assert_eq!(in_file("apps/needlework-pages/src/x.rs", code), 1);
        assert_eq!(in_file("src/x.rs", code), 1);
    }
}
