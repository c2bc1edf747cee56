//! The words of the answer beside its first screen: the question to a doctor, the summary, what to do instead.
//!
//! Rules of wording: lead with what was found; never "heals", "up to", "success rate" or a relative gain; never "safe
//! for you"; a stopped plan gives no forecast and no hint which answer would pass.

use needlework_case::path;
use needlework_rules::Screening;

use crate::advice::{Advice, Occasion, texts};
use crate::library::Library;
use crate::report::{Benefit, Certainty, Forecast, Reach, ReachLevel, Safety};

/// What the words need to know of a judgement.
pub(crate) struct Found<'a> {
    pub screening: &'a Screening,
    pub safety: Safety,
    pub reach: &'a Reach,
    pub benefit: Benefit,
    pub certainty: Certainty,
    pub forecast: Option<&'a Forecast>,
    pub home: bool,
    pub short_home_roller: bool,
    pub simulated_arm: bool,
}

/// Sections of the case that a doctor can find out about with somebody who does not know.
const SECTIONS_FOUND_OUT_TOGETHER: [&str; 4] = ["health.", "area.", "symptoms.", "signs."];

/// Fields of other sections of which the same holds.
const FIELDS_FOUND_OUT_TOGETHER: [&str; 3] = [path!(lesion.kind), path!(lesion.stage), path!(lesion.warning_signs)];

/// The one question of a referred plan, as a person can say it aloud: that of the rule that refers, or what the person
/// does not know of their own body. None where questions were not asked yet, or are such as no doctor can answer: then
/// the answer is to answer them.
pub(crate) fn question(screening: &Screening) -> Option<String> {
    let refers = screening
        .fired
        .iter()
        .find(|rule| rule.severity == needlework_rules::RuleSeverity::Refer);
    if let Some(rule) = refers {
        let ask = rule.ask.clone();
        return Some(format!(
            "“{}”",
            ask.unwrap_or_else(|| format!("{} May I still do this?", rule.reason))
        ));
    }
    let unknown = screening.questions.iter().find(|question| {
        let field = question.field.as_str();
        let together = SECTIONS_FOUND_OUT_TOGETHER
            .iter()
            .any(|section| field.starts_with(section))
            || FIELDS_FOUND_OUT_TOGETHER.contains(&field);
        question.serious && question.said_unknown && together
    })?;
    Some(format!(
        "“I was asked, and don't know: {} Can you find out with me?”",
        unknown.text
    ))
}

/// A few sentences: what was found, what may be expected, how sure.
pub(crate) fn summary(found: &Found<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if found.screening.minor || found.screening.distress {
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
        Safety::Refer | Safety::Caution => {}
    }
    if found.screening.by_study {
        lines.push("What the case leaves out is taken as screened by the study.".to_owned());
    }
    match found.forecast {
        Some(_) if found.certainty == Certainty::None => {
            lines.push("These numbers lie outside the evidence.".to_owned());
        }
        None if found.safety == Safety::Caution && !found.screening.not_judged => lines.push(unknown(found)),
        _ => {}
    }
    if found.short_home_roller && found.safety == Safety::Caution {
        lines.push(
            "Nobody has tested this on stretch marks; we expect little. Don't use a longer roller to make up for it."
                .to_owned(),
        );
    }
    lines
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
    // Under age or in a crisis help comes first, and nothing is said of needles but what must be done today.
    if found.screening.minor || found.screening.distress {
        let urgent = |rule: &&needlework_rules::Fired| rule.severity == needlework_rules::RuleSeverity::Urgent;
        let today = found.screening.fired.iter().filter(urgent);
        return today.filter_map(|rule| rule.instead.clone()).collect();
    }
    if found.safety == Safety::Caution {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for rule in &found.screening.fired {
        let stops = rule.severity >= needlework_rules::RuleSeverity::Refer;
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
        if found.home {
            Occasion::InsteadHome
        } else {
            Occasion::InsteadClinic
        },
    ));
    lines
}
