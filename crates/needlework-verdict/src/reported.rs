//! What raters of published studies reported, in words: the other forecaster, which knows no needles and no person.
//!
//! It stands beside the engine's own forecast because it is what people hear of, and because a study and a person see
//! two things: raters of photographs without a comparison over-read by an amount that nobody has measured.

use needlework_synthesis::{OutcomeName, Synthesis};

use crate::people::people_of;

/// What was reported, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// The sentences.
    pub text: String,
    /// Whether studies foretell each other's reports better than the engine does.
    pub lead: bool,
}

/// How many of how many people raters judged more than half improved, and what another such study may report; `None`
/// where no studies are known.
#[must_use]
pub fn reported(synthesis: &Synthesis) -> Option<Reports> {
    // numerical: people that the report of a next study is told of
    const PEOPLE: f64 = 10.0;
    let outcome = synthesis.outcome(OutcomeName::GradedAboveHalf)?;
    let next = outcome.next()?;
    let (studies, people) = (outcome.studies.len(), outcome.studies.iter().map(|study| study.n));
    let improved: u64 = outcome.studies.iter().map(needlework_synthesis::Study::events).sum();
    let opening = if outcome.leads {
        "What was reported foretells studies better than we do"
    } else {
        "What was reported"
    };
    let text = format!(
        "{opening}: raters of {studies} small studies judged {improved} of {} people more than half improved; new ones \
            may find {} to {} in 10. None compared with doing nothing: part or all of it may be wishful rating.",
        people.sum::<u32>(),
        people_of(next.low, PEOPLE),
        people_of(next.high, PEOPLE),
    );
    Some(Reports {
        text,
        lead: outcome.leads,
    })
}
