//! Alternatives side by side: page, terminal, JSON and Parquet.
//!
//! The comparison arrives as data ([`SideBySide`](crate::model::SideBySide)) and is shown in its own order: nothing is
//! sorted, marked as the largest or called best. In the lay reading an alternative that a rule stops shows the refusal
//! and no simulated number, even if the data carried one. Published arms stand apart, each marked as not simulated.

mod beside;
mod cards;
mod html;
mod letter;
mod published;
mod table;
mod terminal;

pub use beside::beside_html;
pub use html::compare_html;
pub use table::compare_table;
pub use terminal::compare_terminal;

use crate::model::{Alternative, FiredRule, PublishedOutcome, Safety, SideBySide};
use crate::words::number;

/// The comparison as pretty-printed JSON with a final line feed.
///
/// # Errors
/// When it cannot be serialised; its own types always can, so this means a defect.
pub fn compare_json(comparison: &SideBySide) -> Result<String, serde_json::Error> {
    crate::finite::text(comparison)
}

/// Whether simulated numbers of an alternative may be shown.
fn shows(comparison: &SideBySide, one: &Alternative) -> bool {
    !one.verdict.holds_back(comparison.reading)
}

/// An alternative with its short name: `A: needle length 1 mm`.
fn named(one: &Alternative) -> String {
    format!("{}: {}", one.name, one.label)
}

/// What the rules say of an alternative, in one or two sentences.
fn statement(one: &Alternative) -> String {
    if one.nothing && one.verdict.safety == Safety::Caution {
        return "Nothing is done to the skin.".to_owned();
    }
    one.verdict.first.opening()
}

/// Why an alternative shows no forecast; none where it shows one.
fn why_hidden(comparison: &SideBySide, one: &Alternative) -> Option<&'static str> {
    if !shows(comparison, one) {
        return Some(match one.verdict.safety {
            Safety::Refer => "A doctor must be asked first; no numbers are shown.",
            _ => "A rule stops this plan; no numbers are shown.",
        });
    }
    if one.expected.is_some() {
        return None;
    }
    Some(if only_published(one) {
        "Not simulated; published results stand below."
    } else if one.nothing {
        "No numbers are shown here."
    } else {
        "Nobody has tested a plan like this; no forecast is shown."
    })
}

/// Whether an alternative is a cream or a laser, of which nothing is simulated.
fn only_published(one: &Alternative) -> bool {
    let arm = one.case.pointer("/regimen/arm").and_then(|arm| arm.as_str());
    matches!(arm, Some("cream" | "laser"))
}

/// The rules that stop an alternative.
fn stopping(one: &Alternative) -> Vec<&FiredRule> {
    one.verdict.stopping()
}

/// The cautions of an alternative that no rule stops.
fn cautions(one: &Alternative) -> Vec<&FiredRule> {
    let permitted = one.verdict.safety == Safety::Caution;
    let rules = one.verdict.rules.iter();
    rules.filter(|rule| permitted && rule.severity == "caution").collect()
}

/// The cautions that every permitted plan has.
fn shared_cautions(comparison: &SideBySide) -> Vec<&FiredRule> {
    let mut plans = comparison
        .alternatives
        .iter()
        .filter(|one| !one.nothing && one.verdict.safety == Safety::Caution);
    let Some(first) = plans.next() else { return Vec::new() };
    let others: Vec<&Alternative> = plans.collect();
    let everywhere = |rule: &&FiredRule| {
        others
            .iter()
            .all(|one| cautions(one).iter().any(|own| own.id == rule.id))
    };
    cautions(first).into_iter().filter(everywhere).collect()
}

/// A change or difference in points with its sign; what rounds to none reads 0.
fn signed(value: f64) -> String {
    match number(value) {
        _ if value.abs() < 0.05 => "0".to_owned(),
        text if value > 0.0 => format!("+{text}"),
        text => text,
    }
}

/// A published value as people write it: shares as percent, a true minus.
fn published_value(outcome: &PublishedOutcome) -> String {
    let text = outcome.value.trim();
    let fraction = text
        .strip_suffix(" fraction")
        .and_then(|value| value.trim().parse::<f64>().ok());
    let text = match fraction {
        Some(share) => format!("{} %", number((share * 1000.0).round() / 10.0)),
        None => as_printed(text.strip_suffix(" score").unwrap_or(text)),
    };
    let grows = outcome.outcome.starts_with("change") && text.starts_with(|first: char| first.is_ascii_digit());
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None if grows => format!("+{text}"),
        None => text,
    }
}

/// Words of a published arm with the signs of their units.
fn as_printed(text: &str) -> String {
    text.replace(" um", " µm").replace("cm2", "cm²").replace("mm2", "mm²")
}

/// Published outcomes with those of one arm together.
fn arms(comparison: &SideBySide) -> Vec<Vec<&PublishedOutcome>> {
    let mut found: Vec<Vec<&PublishedOutcome>> = Vec::new();
    for outcome in &comparison.published {
        let same = |arm: &&mut Vec<&PublishedOutcome>| {
            arm.first()
                .is_some_and(|first| first.study == outcome.study && first.arm == outcome.arm && first.n == outcome.n)
        };
        match found.iter_mut().find(same) {
            Some(arm) => arm.push(outcome),
            None => found.push(vec![outcome]),
        }
    }
    found
}

/// Who was in a published arm and when it was looked at, as far as stated.
fn about_arm(outcome: &PublishedOutcome) -> String {
    let mut parts = Vec::new();
    if outcome.n > 0 {
        parts.push(format!("{} people", outcome.n));
    }
    match outcome.stage.as_str() {
        "rubra" => parts.push("red marks".to_owned()),
        "alba" => parts.push("pale marks".to_owned()),
        "mixed" => parts.push("red and pale marks".to_owned()),
        _ => {}
    }
    if !outcome.schedule.is_empty() {
        parts.push(outcome.schedule.replace(" x ", " × "));
    }
    if !outcome.follow_up.is_empty() {
        parts.push(format!("seen at {}", outcome.follow_up));
    }
    parts.join(", ")
}
