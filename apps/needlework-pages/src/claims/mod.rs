//! The ledger of claims as a page, as text for a terminal and as JSON.
//!
//! The ledger arrives judged and computed; this module words its numbers and lays them out. A number is never shown
//! without its range and its command, and one that lies beyond what the evidence reaches is marked.

mod page;
mod text;

pub use page::claims_html;
pub use text::claims_terminal;

use needlework::units::PERCENT;
use needlework::verdict::PRIOR;

use crate::model::{ClaimVerdict, Computed, Ledger, ReachLevel};
use crate::numbers::{number, people_short};

/// The mark of a number beyond what the evidence reaches.
const BEYOND: &str = "†";
/// What the mark means.
const BEYOND_MEANS: &str =
    "The mark † stands for what lies beyond the reach of the evidence, where nobody has measured it.";

/// The ledger as pretty-printed JSON with a final line feed.
///
/// # Errors
/// When it cannot be serialised; its own types always can, so this means a defect.
pub fn claims_json(ledger: &Ledger) -> Result<String, serde_json::Error> {
    crate::finite::text(ledger)
}

/// Which plan the sentences at the top are about, and what they rest on beside the claims.
fn of_one_plan(ledger: &Ledger) -> String {
    let drawn = if ledger.first.posterior == PRIOR {
        "on worlds from the priors, as the claims do"
    } else {
        "on worlds that open studies have weighed, while the claims rest on the priors"
    };
    format!(
        "That is the answer of `needlework assess` to the case {}, {drawn}.",
        ledger.first.case
    )
}

/// The word for what becomes of a claim.
fn verdict_word(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::Supported => "supported",
        ClaimVerdict::Partly => "partly",
        ClaimVerdict::Contradicted => "contradicted",
        ClaimVerdict::Unknown => "unknown",
    }
}

/// Whether a number lies beyond what the evidence reaches.
fn is_beyond(row: &Computed) -> bool {
    row.reach != ReachLevel::Inside
}

/// The finding of a row, and its range in brackets or nothing: (`12 of 100 people`, `<1 to 69`).
fn finding(row: &Computed) -> (String, String) {
    /// Less is told as nothing, except where it is a harm.
    const NONE: f64 = 0.005;
    let text = |value: f64| {
        // Shares of people and needles are told in whole ones.
        if row.unit.starts_with("of 100") {
            people_short(value / PERCENT)
        } else if value.abs() < NONE && !row.unit.starts_with("infections") {
            "0".to_owned()
        } else {
            number(value)
        }
    };
    let range = match (row.low, row.high) {
        (Some(low), Some(high)) => format!("{} to {}", text(low), text(high)),
        _ => row.kind.clone(),
    };
    match (&row.said, row.value) {
        (Some(said), _) => (said.clone(), String::new()),
        (None, Some(value)) => (format!("{} {}", text(value), row.unit), range),
        (None, None) => (format!("{range} {}", row.unit), row.kind.clone()),
    }
}

/// How many claims have each verdict, in words: `6 supported, 8 partly, 2 contradicted, 4 unknown`.
fn counts(ledger: &Ledger) -> String {
    use ClaimVerdict::{Contradicted, Partly, Supported, Unknown};
    [Supported, Partly, Contradicted, Unknown]
        .map(|verdict| {
            let count = ledger.claims.iter().filter(|row| row.verdict == verdict).count();
            format!("{count} {}", verdict_word(verdict))
        })
        .join(", ")
}
