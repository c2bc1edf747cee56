//! What the engine can compute of the claims, by name: the words that `evidence/claims.toml` may ask for.

use serde::Deserialize;

/// Something that the engine computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share who gain 25 points or more over their own untreated twin.
    GainOverTwin,
    /// Redness, texture and width of marks that are left alone.
    NaturalCourse,
    /// Thickness of the skin's layers.
    Layers,
    /// The dermis of a mark beside that of its skin.
    MarkDermis,
    /// Needles of the rollers, and holes that they leave.
    Rollers,
    /// Needles that reach the dermis, by length.
    ReachDermis,
    /// Collagen of the upper dermis after needling.
    CollagenGain,
    /// What smoking, age and too little food take from the gain.
    Modifiers,
    /// Share whose marks are as good as gone.
    Disappearance,
    /// How soon a mark is a quarter better, treated and not.
    Speed,
    /// Pain by length.
    Pain,
    /// Cost of a course.
    Cost,
    /// What needling asks that a cream does not.
    Complexity,
    /// Infection with clean and with dirty needles.
    Infection,
    /// Each step of disinfection left out.
    Disinfection,
    /// Rules that fire at the sites that the article names.
    SiteRules,
    /// Share who see little or no change.
    NoGuarantee,
    /// Share who see a clear improvement.
    ClearImprovement,
    /// How long channels stay open, and rules on what goes onto them.
    Creams,
    /// Rules for other conditions.
    OtherConditions,
}
