//! Reports that contradict each other, with the choice that the chain makes between them.

use serde::{Deserialize, Serialize};

/// One contradiction and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What is contradicted.
    pub topic: String,
    /// Keys of the passports that stand against each other.
    pub keys: Vec<String>,
    /// Keys of the numbers that rooms take; empty where no room takes any.
    pub chosen: Vec<String>,
    /// Why, our judgement.
    pub why: String,
}
