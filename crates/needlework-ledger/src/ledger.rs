//! The ledger of claims as it is made in a run: each claim with what the engine computes of it now, on a handful of
//! reference cohorts (`measurements`), and with the sources behind its evidence.
//!
//! Limits: where the engine by itself would say something else than the verdict on the claim, the ledger shows both.

use std::collections::BTreeSet;

use needlework_cohort::Settings;
use needlework_numerics::{Continue, Progress, unwatched};
use needlework_verdict::{
    Engine, Extent, INTENDED_USE, Inquiry, Library, NOT_CALIBRATED, SourceLine, VerdictError, judge_to, source_line,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::claims::{Claim, ClaimBook, ClaimEvidence, ClaimPart, ClaimVerdict};
use crate::computed::Computed;
use crate::references::{ALBA, References};

/// The version of the ledger's format that this build writes.
pub const CLAIMS_FORMAT: &str = "needlework-claims/1";

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

/// The answer to one plan in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstWords {
    /// The case, as `needlework assess` takes it.
    pub case: String,
    /// The worlds that it rests on: the priors or a posterior, by name.
    pub posterior: String,
    /// The sentences in their order.
    pub says: Vec<String>,
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
    /// What comes first of everything: what was reported, what to expect of one plan and what that hangs on, as the
    /// answer to that plan says it.
    pub first: FirstWords,
    /// The claims in order.
    pub claims: Vec<LedgerRow>,
    /// The sources behind the evidence, by key.
    pub sources: Vec<SourceLine>,
}

/// The answer to the reference case of pale marks in a clinic, in the words of its own first screen.
fn first_words(
    claims: &ClaimBook,
    library: &Library,
    engine: &Engine,
    settings: &Settings,
) -> Result<FirstWords, VerdictError> {
    let inquiry = Inquiry {
        engine: engine.clone(),
        settings: *settings,
        ..Inquiry::new(library)
    };
    let case = claims.case(ALBA);
    // The ledger's own cohorts were watched already; this is one more of sixteen.
    let report = judge_to(Extent::Plain, &case, &inquiry, &mut unwatched)?.report;
    Ok(FirstWords {
        case: ALBA.to_owned(),
        says: report.verdict.first.told().cloned().collect(),
        posterior: report.engine.posterior,
    })
}

/// The ledger with every number computed anew.
///
/// # Errors
/// [`VerdictError`] when the evidence does not fill the model, or `progress` says stop.
pub fn ledger(
    claims: &ClaimBook,
    library: &Library,
    engine: &Engine,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Ledger, VerdictError> {
    let references = References::simulate(claims, library, settings, progress)?;
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
    let rows = claims.claims().iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let first = first_words(claims, library, engine, settings)?;
    let claims = rows;
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
        first,
        claims,
        sources: keys.iter().filter_map(|key| source_line(key, library)).collect(),
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
