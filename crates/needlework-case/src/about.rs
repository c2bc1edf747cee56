//! Where a case comes from: a published study, a situation, or a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// Where the case comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// What is this case called?
    pub title: Answer<String>,
    /// Which published study does it describe? (a key of the sources)
    pub study: Answer<String>,
    /// Who has checked the reasons against needling: the questions of this file, or the study's own screening?
    pub screening: Answer<Screening>,
    /// What else should a reader know?
    pub note: Answer<String>,
}

/// Who has checked the contraindications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Screening {
    /// The answers in the case file.
    #[serde(rename = "by questions")]
    ByQuestions,
    /// The entry criteria of a published study; its report is trusted, and the answer says so.
    #[serde(rename = "by study")]
    ByStudy,
}
