//! The ledger of claims: what the article that this project began with says, what published evidence says to it, and
//! what the engine computes of it now.
//!
//! A claim is data (`evidence/claims.toml`): its words, the rooms that model it, the evidence with grade and keys, the
//! verdict with its reason, and the names of the measurements that bear on it. The measurements are made anew in every
//! run, on a handful of reference cohorts (`measure`); no computed number stands in the file.
//!
//! Limits: the verdicts are ours, from the evidence; where the engine by itself would say something else, the ledger
//! shows both. What no room computes yet is named as such and has no number.

use std::collections::{BTreeMap, BTreeSet};

use needlework_case::{Case, Catalog, read};
use needlework_cohort::Settings;
use needlework_numerics::{Continue, Progress};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::judge::VerdictError;
use crate::library::Library;
use crate::measure::Measure;
use crate::references::References;
use crate::report::{Engine, INTENDED_USE, NOT_CALIBRATED, ReachLevel, SourceLine};

/// The version of the ledger's format that this build writes.
pub const CLAIMS_FORMAT: &str = "needlework-claims/1";

/// What becomes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimVerdict {
    /// The evidence holds it up.
    Supported,
    /// Some of it holds.
    Partly,
    /// The evidence speaks against it.
    Contradicted,
    /// Nobody knows.
    Unknown,
}

/// What published evidence says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimEvidence {
    /// The finding, in a sentence.
    pub text: String,
    /// How good it is: `high`, `moderate`, `low`, `very low`, or `none` where nobody has looked.
    pub grade: String,
    /// Keys of passports, sources and rules behind it.
    pub keys: Vec<String>,
    /// Keys of the sources behind those, filled when the ledger is made.
    #[serde(default, skip_deserializing)]
    pub sources: Vec<String>,
}

/// The verdict on one part of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimPart {
    /// The part.
    pub part: String,
    /// What becomes of it.
    pub verdict: ClaimVerdict,
}

/// A claim as the evidence file holds it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `C0` to `C19`.
    pub id: String,
    /// The claim in our words.
    pub says: String,
    /// The rooms that model it, without the crate's first word.
    pub rooms: Vec<String>,
    /// What published evidence says.
    pub evidence: Vec<ClaimEvidence>,
    /// What becomes of the whole claim.
    pub verdict: ClaimVerdict,
    /// What becomes of its parts, where they differ.
    #[serde(default)]
    pub parts: Vec<ClaimPart>,
    /// Why, in one plain sentence.
    pub because: String,
    /// What the engine computes of it.
    #[serde(default)]
    pub computes: Vec<Measure>,
    /// What no room computes yet.
    #[serde(default)]
    pub not_modelled: Option<String>,
}

/// The claims and the cases that they are measured on.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimBook {
    claims: Vec<Claim>,
    cases: BTreeMap<String, Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Claim>,
}

impl ClaimBook {
    /// Reads `claims.toml` and the reference cases, each by its name.
    ///
    /// # Errors
    /// What the TOML parser says, or which case does not read.
    pub fn parse(text: &str, cases: &[(&str, &str)], catalog: &Catalog) -> Result<Self, String> {
        let claims = toml::from_str::<File>(text).map_err(|error| error.to_string())?.claim;
        let cases = cases
            .iter()
            .map(|&(name, text)| {
                let case = read(text, name, catalog).map_err(|_| format!("the reference case {name} does not read"))?;
                Ok((name.to_owned(), case))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self { claims, cases })
    }

    /// The claims in order.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// A reference case; an empty one where there is none of that name, which the tests exclude.
    pub(crate) fn case(&self, name: &str) -> Case {
        self.cases.get(name).cloned().unwrap_or_default()
    }
}

/// One number or finding that was computed in this run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Computed {
    /// What it is.
    pub what: String,
    /// The unit of the numbers; empty where the finding is words.
    pub unit: String,
    /// Mean or median; null where the finding is words, and where nobody has counted.
    pub value: Option<f64>,
    /// Low end, 5 %.
    pub low: Option<f64>,
    /// High end, 95 %.
    pub high: Option<f64>,
    /// What the number is and what its range spans, such as `mean, range over worlds`, or why it has none; empty for
    /// words.
    pub kind: String,
    /// The finding in words, where it is not a number.
    pub said: Option<String>,
    /// Whether case and month lie within what the evidence reaches.
    pub reach: ReachLevel,
    /// The command that computes it.
    pub command: String,
}

/// A claim with what this run computed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LedgerRow {
    /// `C0` to `C19`.
    pub id: String,
    /// The claim in our words.
    pub says: String,
    /// What becomes of the whole claim.
    pub verdict: ClaimVerdict,
    /// What becomes of its parts, where they differ.
    pub parts: Vec<ClaimPart>,
    /// Why, in one plain sentence.
    pub because: String,
    /// The rooms that model it.
    pub rooms: Vec<String>,
    /// What published evidence says.
    pub evidence: Vec<ClaimEvidence>,
    /// What the engine computes now.
    pub computed: Vec<Computed>,
    /// What the computed numbers alone would say; null where they decide nothing.
    pub engine_says: Option<ClaimVerdict>,
    /// What no room computes yet.
    pub not_modelled: Option<String>,
}

/// The ledger.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ledger {
    /// [`CLAIMS_FORMAT`].
    pub format: String,
    /// What the software is for.
    pub intended_use: String,
    /// A warning that applies to all computed numbers.
    pub banner: String,
    /// What computed this.
    pub engine: Engine,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Virtual people in each reference cohort.
    pub people: usize,
    /// Worlds over which they are spread.
    pub worlds: usize,
    /// The claims in order.
    pub claims: Vec<LedgerRow>,
    /// The sources behind the evidence, by key.
    pub sources: Vec<SourceLine>,
}

/// The ledger with every number computed anew.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn ledger(
    library: &Library,
    engine: &Engine,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Ledger, VerdictError> {
    let references = References::simulate(library, settings, progress)?;
    let row = |claim: &Claim| -> Result<LedgerRow, VerdictError> {
        let mut computed = Vec::new();
        let mut engine_says = None;
        for &measure in &claim.computes {
            let found = references.measure(measure, &claim.id)?;
            computed.extend(found.rows);
            // The first measurement that decides something speaks for the claim.
            engine_says = engine_says.or(found.says);
        }
        Ok(LedgerRow {
            id: claim.id.clone(),
            says: claim.says.clone(),
            verdict: claim.verdict,
            parts: claim.parts.clone(),
            because: claim.because.clone(),
            rooms: claim.rooms.clone(),
            evidence: claim
                .evidence
                .iter()
                .map(|evidence| with_sources(evidence, library))
                .collect(),
            computed,
            engine_says,
            not_modelled: claim.not_modelled.clone(),
        })
    };
    let claims = library.claims.claims().iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let keys: BTreeSet<String> = claims
        .iter()
        .flat_map(|row| &row.evidence)
        .flat_map(|evidence| evidence.sources.iter().cloned())
        .collect();
    Ok(Ledger {
        format: CLAIMS_FORMAT.to_owned(),
        intended_use: INTENDED_USE.to_owned(),
        banner: NOT_CALIBRATED.to_owned(),
        engine: engine.clone(),
        seed: settings.seed,
        people: settings.worlds * settings.people_per_world,
        worlds: settings.worlds,
        claims,
        sources: keys
            .iter()
            .filter_map(|key| crate::sources::line(key, library))
            .collect(),
    })
}

/// Evidence with the sources behind its keys, each once.
fn with_sources(evidence: &ClaimEvidence, library: &Library) -> ClaimEvidence {
    let keys: BTreeSet<&str> = evidence.keys.iter().flat_map(|key| source_keys(key, library)).collect();
    ClaimEvidence {
        sources: keys.into_iter().map(str::to_owned).collect(),
        ..evidence.clone()
    }
}

/// The sources behind a key of evidence: that of a passport, those of a rule, or the source itself.
fn source_keys<'a>(key: &'a str, library: &'a Library) -> Vec<&'a str> {
    if let Some(passport) = library.book.passport(key) {
        return vec![passport.source.as_str()];
    }
    match library.rules.rule(key) {
        Some(rule) => rule.sources.iter().map(String::as_str).collect(),
        None => vec![key],
    }
}
