//! What is withheld from a layperson, and from which plans: the one gate through which every answer passes.
//!
//! A plan that a rule stops, or that a doctor must be asked about first, is answered by its verdict alone: no forecast,
//! no harms in numbers, no needles, no colours, no published figure beside a computed one, no list of steps. A plan
//! that lies outside of what was studied shows where its needles go and what it asks, and no forecast, nor anything
//! that a forecast could be read from. Researchers see everything, flagged.
//!
//! The gate takes the report apart field by field, so a new field doesn't compile before it was decided what becomes of
//! it.

use serde::Serialize;

use crate::report::{Certainty, Figures, ReachLevel, Reading, Report, Safety, Verdict};

/// How much of an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The verdict, with its reasons and what to do instead.
    Verdict,
    /// Everything but the forecast and what it could be read from.
    NoForecast,
    /// Everything.
    Everything,
}

impl Shown {
    /// How much of a plan's answer a reader is shown. Doing nothing needs no trial of needles; its course is shown
    /// unless nobody like this was studied.
    #[must_use]
    pub fn of(reading: Reading, safety: Safety, reach: ReachLevel, nothing: bool) -> Self {
        match (reading, safety, reach) {
            (Reading::Research, ..) => Self::Everything,
            (Reading::Lay, Safety::Refer | Safety::Refuse, _) => Self::Verdict,
            (Reading::Lay, Safety::Caution, ReachLevel::Inside) => Self::Everything,
            (Reading::Lay, Safety::Caution, ReachLevel::Edge) if nothing => Self::Everything,
            (Reading::Lay, Safety::Caution, _) => Self::NoForecast,
        }
    }

    /// Whether a forecast is shown.
    #[must_use]
    pub fn forecast(self) -> bool {
        self == Self::Everything
    }

    /// Whether any number of the simulation is shown.
    #[must_use]
    pub fn numbers(self) -> bool {
        self >= Self::NoForecast
    }
}

impl Verdict {
    /// Whether a reader is shown no simulated number of the plan: a layperson whom a rule or a doctor must answer
    /// first, or who needs help before anything else.
    #[must_use]
    pub fn holds_back(&self, reading: Reading) -> bool {
        let stopped = self.safety != Safety::Caution || self.urgent || self.distress || self.minor;
        reading == Reading::Lay && stopped
    }
}

/// The report as far as it is shown.
#[must_use]
pub fn withhold(report: Report, shown: Shown) -> Report {
    let Report {
        format,
        intended_use,
        banner,
        engine,
        reading,
        title,
        case,
        seed,
        people,
        worlds,
        verdict,
        reach,
        certainty,
        forecast,
        gain25,
        risks,
        burden,
        puncture,
        swatches,
        colour,
        sensitivity,
        sensitivity_note,
        information,
        checklist,
        against_published,
        rhythm,
        figures,
        sources,
        numbers,
    } = report;
    let (forecasts, any) = (shown.forecast(), shown.numbers());
    Report {
        format,
        intended_use,
        engine,
        reading,
        title,
        case,
        seed,
        people,
        verdict,
        reach,
        sources,
        // Numbers of the simulation.
        banner: banner.filter(|_| any),
        worlds: if any { worlds } else { 0 },
        certainty: if any { certainty } else { Certainty::None },
        risks: if any { risks } else { Vec::new() },
        burden: burden.filter(|_| any),
        puncture: puncture.filter(|_| any),
        checklist: if any { checklist } else { Vec::new() },
        numbers: if any { numbers } else { Vec::new() },
        // The forecast, and what it could be read from.
        forecast: forecast.filter(|_| forecasts),
        gain25: gain25.filter(|_| forecasts),
        swatches: if forecasts { swatches } else { Vec::new() },
        colour: colour.filter(|_| forecasts),
        sensitivity: sensitivity.filter(|_| forecasts),
        sensitivity_note: sensitivity_note.filter(|_| forecasts),
        information: information.filter(|_| forecasts),
        against_published: if forecasts { against_published } else { Vec::new() },
        rhythm: rhythm.filter(|_| forecasts),
        figures: if forecasts { figures } else { Figures::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laypeople_are_shown_a_forecast_only_of_a_plan_that_nothing_stops_and_that_was_studied() {
        let levels = [ReachLevel::Inside, ReachLevel::Edge, ReachLevel::Outside];
        for safety in [Safety::Caution, Safety::Refer, Safety::Refuse] {
            for reach in levels {
                for nothing in [false, true] {
                    let shown = Shown::of(Reading::Lay, safety, reach, nothing);
                    let studied = reach == ReachLevel::Inside || nothing && reach == ReachLevel::Edge;
                    assert_eq!(shown.forecast(), safety == Safety::Caution && studied);
                    assert_eq!(shown.numbers(), safety == Safety::Caution);
                    assert_eq!(Shown::of(Reading::Research, safety, reach, nothing), Shown::Everything);
                }
            }
        }
    }
}
