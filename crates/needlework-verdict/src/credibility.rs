//! What each output is for, what it risks, and on what it stands: the data of the credibility file.
//!
//! The order is that of ASME V&V 40: question of interest, context of use, model risk (how much the model sways the
//! decision × what a wrong decision costs), the goal that follows, and the evidence for it. Everything here is
//! judgement, read from `evidence/credibility.toml`; counts of measured and assumed numbers come from the passports
//! themselves.
//!
//! Limits: risks are three words, not numbers; adequacy is for the reader to judge.

use std::collections::BTreeMap;

use needlework_evidence::{Book, Scope, Seen};
use serde::{Deserialize, Serialize};

/// A step of the scale of influence, consequence and risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

/// One output with its context of use and what it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credibility {
    /// `Q1` and on.
    pub id: String,
    /// The question of interest.
    pub question: String,
    /// Who uses the answer for what.
    pub context: String,
    /// How much the model sways the decision.
    pub influence: Step,
    /// What a wrong decision costs.
    pub consequence: Step,
    /// Both together.
    pub risk: Step,
    /// What must be shown before the output deserves trust.
    pub goal: String,
    /// Numerical proofs.
    pub verified: Vec<String>,
    /// Comparisons with measurements.
    pub validated: Vec<String>,
    /// Passports of the assumptions that sway it most.
    pub assumed: Vec<String>,
    /// What nobody has measured.
    pub unknown: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    output: Vec<Credibility>,
}

/// Reads `credibility.toml`.
///
/// # Errors
/// What the TOML parser says, or an output whose risk lies outside its influence and consequence.
pub fn parse_credibility(text: &str) -> Result<Vec<Credibility>, String> {
    let outputs = toml::from_str::<File>(text).map_err(|error| error.to_string())?.output;
    for output in &outputs {
        let (least, most) = (
            output.influence.min(output.consequence),
            output.influence.max(output.consequence),
        );
        if output.risk < least || output.risk > most {
            return Err(format!(
                "{}: the risk must lie between influence and consequence",
                output.id
            ));
        }
    }
    Ok(outputs)
}

/// How the numbers that the chain draws or takes were come by: (measured, derived, assumed), and of how many passports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// Seen in a publication, or cited by one.
    pub published: usize,
    /// Computed from published ones.
    pub derived: usize,
    /// Our judgement.
    pub assumed: usize,
    /// Of these, drawn from a prior for each world or person.
    pub drawn: usize,
    /// All passports, used by the chain or not.
    pub passports: usize,
}

/// Counts the origins of the model's parameters.
#[must_use]
pub fn origins(book: &Book) -> Origins {
    let declared: BTreeMap<&str, ()> = needlework_cohort::declared()
        .iter()
        .map(|declared| (declared.key, ()))
        .collect();
    let used: Vec<_> = declared.keys().filter_map(|key| book.passport(key)).collect();
    let count = |holds: &dyn Fn(Seen) -> bool| used.iter().filter(|passport| holds(passport.seen)).count();
    Origins {
        published: count(&|seen| !matches!(seen, Seen::Derived | Seen::Assumed)),
        derived: count(&|seen| seen == Seen::Derived),
        assumed: count(&|seen| seen == Seen::Assumed),
        drawn: used.iter().filter(|passport| passport.scope != Scope::Fixed).count(),
        passports: book.passports().count(),
    }
}
