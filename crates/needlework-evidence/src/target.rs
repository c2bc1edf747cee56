//! Published results that predictions are compared with, each declared for one use.

use needlework_units::Time;
use serde::{Deserialize, Serialize};

use crate::error::BookError;
use crate::passport::Used;

/// A published result and how the chain computes its like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Short name of the target.
    pub name: String,
    /// Key of the study, as `about.study` in a case.
    pub study: String,
    /// What was measured, in words.
    pub outcome: String,
    /// Key of the passport with the published value.
    pub value: String,
    /// What the chain computes.
    pub observable: Observable,
    /// When it was seen, counted from the first session.
    #[serde(default)]
    pub since_first: Option<Time>,
    /// When it was seen, counted from the last session.
    #[serde(default)]
    pub after_last: Option<Time>,
    /// People in the arm: a study of so many has its own chance.
    pub n: u32,
    /// Calibration, check or validation.
    pub used: Used,
    /// The key of a prior that the prediction hangs on and that was made with the study in view: what agrees then is an
    /// input read back, and no hit.
    #[serde(default)]
    pub read_back: Option<String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// What the chain computes of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Observable {
    /// Share of people whose graded improvement lies above so many percent.
    GradedShareAbove(f64),
    /// Mean graded improvement, percent.
    GradedMean,
    /// Mean gain of collagen in the papillary dermis, as a fraction.
    PapillaryCollagenGain,
    /// Mean gain of the epidermis, as a fraction.
    EpidermalGain,
    /// Mean change of width without treatment, as a fraction.
    UntreatedWidthChange,
    /// Share of people with dark marks.
    DarkMarks,
    /// Share of people with an infection.
    Infection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    target: Vec<Target>,
}

/// Reads a file of targets.
///
/// # Errors
/// [`BookError::File`] when the text is not what it should be.
pub fn parse_targets(name: &str, text: &str) -> Result<Vec<Target>, BookError> {
    toml::from_str::<File>(text)
        .map(|file| file.target)
        .map_err(|error| BookError::File {
            file: name.to_owned(),
            why: error.to_string(),
        })
}
