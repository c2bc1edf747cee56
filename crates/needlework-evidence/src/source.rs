//! Where numbers come from.

use serde::{Deserialize, Serialize};

/// A publication, an official document, or the project's own judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short key, such as `Romgens2014`.
    pub key: String,
    /// Title, or what the document is.
    pub title: String,
    /// Year; zero where unknown.
    #[serde(default)]
    pub year: u16,
    /// Digital object identifier.
    #[serde(default)]
    pub doi: Option<String>,
    /// Address or accession, where there is no DOI.
    #[serde(default)]
    pub url: Option<String>,
    /// What a reader should know of it.
    #[serde(default)]
    pub note: String,
}
