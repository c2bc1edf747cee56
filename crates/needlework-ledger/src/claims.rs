//! The claims: what the article that this project began with says, and what published evidence says to it.
//!
//! A claim is data (`evidence/claims.toml`): its words, the rooms that model it, the evidence with grade and keys, the
//! verdict with its reason, and the names of the measurements that bear on it. The measurements are made anew in every
//! run ([`crate::ledger()`]); no computed number stands in the file.
//!
//! Limits: the verdicts are ours, from the evidence. What no room computes yet is named as such and has no number.

use std::collections::BTreeMap;

use needlework_case::{Case, Catalog, read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measure::Measure;

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
