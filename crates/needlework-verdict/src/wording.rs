//! The words of the answer: headline, summary, what to do instead.
//!
//! Rules of wording: lead with what was found; never "heals", "up to", "success rate" or a relative gain; never "safe for you"; a
//! stopped plan gives no forecast and no hint which answer would pass; the share who see little or no change comes first.

use needlework_rules::Screening;

use crate::advice::{Advice, texts};
use crate::library::Library;
use crate::report::{Benefit, Certainty, Forecast, Gain, Reach, ReachLevel, Safety};

/// What the words need to know of a judgement.
pub(crate) struct Found<'a> {
    pub screening: &'a Screening,
    pub safety: Safety,
    pub reach: &'a Reach,
    pub benefit: Benefit,
    pub certainty: Certainty,
    pub forecast: Option<&'a Forecast>,
    pub gain: Option<&'a Gain>,
    pub home: bool,
    pub short_home_roller: bool,
    pub simulated_arm: bool,
}

/// The sentence that opens every view.
pub(crate) fn headline(found: &Found<'_>) -> String {
    if found.screening.minor {
        return "This simulator is for adults.".to_owned();
    }
    if found.screening.distress {
        return "Let us talk about you first, not about needles.".to_owned();
    }
    match found.safety {
        Safety::Refuse if found.screening.urgent => "See a doctor today. Do not do this plan.".to_owned(),
        Safety::Refuse => "Do not do this plan.".to_owned(),
        Safety::Refer => format!(
            "Not yet. Ask a doctor or pharmacist this one question: {}",
            question(found.screening)
        ),
        Safety::Caution if found.screening.not_judged => {
            "This is not judged here: there are no needles in it.".to_owned()
        }
        Safety::Caution if found.screening.questions.is_empty() && found.screening.ask_clinic.is_empty() => {
            "No rule stops this plan.".to_owned()
        }
        Safety::Caution => "No rule stops this plan; some things were not checked.".to_owned(),
    }
}

/// The one question of a referred plan: about the rule that refers, or the first serious thing that is not known.
pub(crate) fn question(screening: &Screening) -> String {
    let stopping = screening.stopping();
    match (stopping.rules.first(), stopping.open.first()) {
        (Some(rule), _) => format!("“{} May I still do this?”", rule.reason),
        (None, Some(question)) => format!("“{}”", question.text),
        (None, None) => "“Is there anything in my health that speaks against needling?”".to_owned(),
    }
}

/// A few sentences: what was found, what may be expected, how sure.
pub(crate) fn summary(found: &Found<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if found.screening.minor {
        return lines;
    }
    match found.safety {
        Safety::Refuse => {
            let stops = match found.screening.stopping().rules.len() {
                1 => "One rule stops it.".to_owned(),
                count => format!("{count} rules stop it."),
            };
            lines.push(format!(
                "{stops} Rules come first and are not weighed against a benefit."
            ));
        }
        Safety::Refer => lines.push("Until then don't roll.".to_owned()),
        Safety::Caution => {}
    }
    if found.screening.by_study {
        lines.push("What the case leaves out is taken as screened by the study.".to_owned());
    }
    if let Some(forecast) = found.forecast {
        lines.extend(expected(found, forecast));
    } else if found.safety == Safety::Caution && !found.screening.not_judged {
        lines.push(unknown(found));
    }
    if found.short_home_roller && found.safety == Safety::Caution {
        lines.push(
            "Nobody has tested this on stretch marks; we expect little. Don't use a longer roller to make up for it."
                .to_owned(),
        );
    }
    lines
}

/// The sentences of a forecast, the share who see little or no change first.
fn expected(found: &Found<'_>, forecast: &Forecast) -> Vec<String> {
    let at = forecast.lead;
    let (Some(treated), Some(untreated)) = (forecast.treated.get(at), forecast.untreated.get(at)) else {
        return Vec::new();
    };
    let mut lines = vec![format!(
        "Of 100 people like this, about {} see little or no change {:.0} months after the first session, against about {} who do nothing.",
        of_100(treated.none.mean),
        forecast.months[at],
        of_100(untreated.none.mean),
    )];
    if let (Some(gain), true) = (found.gain, found.simulated_arm) {
        lines.push(format!(
            "About {} of 100 (plausibly {} to {}) gain clearly more than they would have untreated.",
            of_100(gain.share.mean),
            of_100(gain.share.low),
            of_100(gain.share.high),
        ));
    }
    if found.certainty == Certainty::None {
        lines.push("These numbers lie outside the evidence.".to_owned());
    }
    lines
}

/// People of 100; a possibility never reads as none.
fn of_100(share: f64) -> String {
    // numerical: percent
    const PEOPLE: f64 = 100.0;
    let people = share * PEOPLE;
    if people > 0.0 && people < 0.5 {
        "fewer than 1".to_owned()
    } else {
        // Halves go up, as on the page; formatting alone would send them to the even neighbour.
        format!("{:.0}", people.round())
    }
}

fn unknown(found: &Found<'_>) -> String {
    if !found.simulated_arm {
        return "Creams and lasers are not simulated; what others published stands beside it.".to_owned();
    }
    let why = found.reach.reasons.join("; ");
    match (found.reach.level, found.benefit) {
        (_, Benefit::Unlikely) => {
            "A benefit is unlikely: the needles hardly reach the dermis, where the mark is.".to_owned()
        }
        (ReachLevel::Inside, _) => "What it does is unknown.".to_owned(),
        (ReachLevel::Edge, _) => format!("What it does is hardly known: {why}."),
        (ReachLevel::Outside, _) => format!("What it does is unknown: {why}."),
    }
}

/// What one can do instead, or next.
pub(crate) fn instead(found: &Found<'_>, library: &Library) -> Vec<String> {
    let advice: &[Advice] = &library.advice;
    if found.screening.minor {
        return texts(advice, "minor");
    }
    let mut lines = if found.screening.distress {
        texts(advice, "distress")
    } else {
        Vec::new()
    };
    if found.safety == Safety::Caution {
        return lines;
    }
    for rule in &found.screening.fired {
        let stops = rule.severity >= needlework_rules::Severity::Refer;
        if let Some(instead) = rule
            .instead
            .as_ref()
            .filter(|instead| stops && !lines.contains(instead))
        {
            lines.push(instead.clone());
        }
    }
    lines.extend(texts(
        advice,
        if found.home { "instead_home" } else { "instead_clinic" },
    ));
    lines
}

#[cfg(test)]
mod tests {
    use super::of_100;

    #[test]
    fn halves_go_up_whatever_their_neighbours_are_and_a_possibility_is_never_none() {
        assert_eq!(
            [0.845, 0.855, 0.125, 0.004, 0.0].map(of_100),
            ["85", "86", "13", "fewer than 1", "0"]
        );
    }
}
