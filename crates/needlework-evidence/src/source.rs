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
    /// How much of it was read, where rules or triage cite it: `official`, `abstract`, `secondary`, `memory` or `not
    /// seen`. Of a passport each says so itself.
    #[serde(default, skip_serializing)]
    pub seen: Option<String>,
    /// What a reader should know of it.
    #[serde(default)]
    pub note: String,
}

impl Source {
    /// Title, year and DOI in one line; the year only where the title doesn't hold it already.
    #[must_use]
    pub fn citation(&self) -> String {
        let mut line = self.title.clone();
        if self.year != 0 && !line.contains(&self.year.to_string()) {
            line += &format!(", {}", self.year);
        }
        if let Some(doi) = &self.doi {
            line += &format!(", doi {doi}");
        }
        line
    }
}
