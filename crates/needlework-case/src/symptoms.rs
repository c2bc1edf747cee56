//! What the skin has done since the last session.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Answer;

/// Symptoms since the last session. Only asked when there has been one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Symptoms {
    /// Is there spreading redness or darkening, heat, swelling, streaks, pus, fever, or pain that rises after two days?
    pub infection_signs: Answer<bool>,
    /// Are there lumps or raised patches that last, or that came weeks or months after?
    pub lasting_lumps: Answer<bool>,
    /// Are redness, crusts or dark marks from the last session still there?
    pub unresolved: Answer<bool>,
    /// Did the skin bleed during a session at home?
    pub bled: Answer<bool>,
    /// Is anything wrong now: fever, pus, spreading redness, rising pain, trouble breathing, or another sign? (a
    /// no stands for all signs)
    pub any_sign: Answer<bool>,
}
