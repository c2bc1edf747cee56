//! Published trial arms: what others measured, shown beside what we compute and never simulated.

use serde::{Deserialize, Serialize};

use crate::error::BookError;

/// One arm and outcome of a published study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedArm {
    /// Key of the study's source.
    pub study: String,
    /// What the arm received.
    pub arm: String,
    /// Number of people; zero where not stated.
    #[serde(default)]
    pub n: u32,
    /// `rubra`, `alba`, `mixed`, `acne` or empty.
    #[serde(default)]
    pub stage: String,
    /// Number and spacing of sessions, as reported.
    #[serde(default)]
    pub schedule: String,
    /// When the outcome was seen, as reported.
    #[serde(default)]
    pub follow_up: String,
    /// What was measured.
    pub outcome: String,
    /// The value with its unit, or words.
    pub value: String,
    /// The spread, as reported.
    #[serde(default)]
    pub spread: String,
    /// Calibration, check, validation or context.
    pub used: crate::Used,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    arm: Vec<PublishedArm>,
}

/// Reads `arms.toml`.
///
/// # Errors
/// [`BookError::File`] when the text is not what it should be.
pub fn parse_arms(text: &str) -> Result<Vec<PublishedArm>, BookError> {
    toml::from_str::<File>(text)
        .map(|file| file.arm)
        .map_err(|error| BookError::File {
            file: "arms.toml".to_owned(),
            why: error.to_string(),
        })
}
