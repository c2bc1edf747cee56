//! What counts how much in improvement to the person of a case, as an answer tells it.

use needlework_appearance::SeverityWeights;
use needlework_cohort::Cohort;
use schemars::JsonSchema;
use serde::Serialize;

/// What counts how much in improvement to this person, each from 0 to 10; the usual is 7 for texture and colour and 4
/// for width.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct OwnWeights {
    /// Dents and unevenness.
    pub texture: f64,
    /// Colour, where it is called obvious.
    pub colour: f64,
    /// Width.
    pub width: f64,
}

/// The weights of the people where they are not the usual ones.
pub(crate) fn own_weights(cohort: &Cohort) -> Option<OwnWeights> {
    let first = cohort.people.first()?;
    let usual = cohort.worlds.get(first.world)?.parameters.appearance.weights();
    let SeverityWeights { texture, colour, width } = first.person.weights;
    (first.person.weights != usual).then_some(OwnWeights { texture, colour, width })
}
