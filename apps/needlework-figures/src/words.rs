//! Labels and sentences: what every view of the answer calls things.
//!
//! A harm is told of 1,000 courses in both frames; a rule names its sources or says that it is our judgement. Numbers
//! are worded in `numbers`.

pub use crate::numbers::*;
pub use needlework::verdict::hundred;

use crate::model::{
    Benefit, COURSES, Certainty, FiredRule, Forecast, Gain, Outcome, Range, ReachLevel, Report, Risk, SourceLine,
};

/// A harm of 1,000 courses in both frames, without a final stop.
pub fn risk_sentence(risk: &Risk) -> String {
    if !risk.has_number() {
        return "Reported, never counted: there is no number".into();
    }
    let range = risk_range(risk);
    match risk.per_1000.mean {
        Some(mean) => {
            let yes = people_of(mean / COURSES, COURSES);
            let no = if mean > 0.0 && mean < 0.5 {
                "more than 999".into()
            } else if mean > 999.5 && mean < COURSES {
                "fewer than 1".into()
            } else {
                grouped(COURSES - mean.round().clamp(0.0, COURSES))
            };
            let about = if yes.starts_with(|first: char| first.is_ascii_digit()) {
                "about "
            } else {
                ""
            };
            format!("Of 1,000 courses like this, it happens in {about}{yes} and not in {no}. Plausible range: {range}")
        }
        None => format!("Of 1,000 courses like this, models span {range}; nobody has counted"),
    }
}

/// `1 to 40`, of 1,000 courses; `no number` where nothing was counted at all.
pub fn risk_range(risk: &Risk) -> String {
    if !risk.has_number() {
        return "no number".into();
    }
    let per = risk.per_1000;
    format!(
        "{} to {}",
        people_of(per.low / COURSES, COURSES),
        people_of(per.high / COURSES, COURSES)
    )
}

/// Whether simulated numbers may be shown: not in the lay reading of a plan that is stopped.
pub fn shows_numbers(report: &Report) -> bool {
    !report.verdict.holds_back(report.reading)
}

/// The five classes of an outcome in order, with what they are called.
pub fn classes(outcome: &Outcome) -> [(&'static str, &'static str, Range); 5] {
    [
        ("worse", "worse", outcome.worse),
        ("none", "little or no change", outcome.none),
        ("some", "some improvement", outcome.some),
        ("clear", "clear improvement", outcome.clear),
        ("strong", "strong improvement", outcome.strong),
    ]
}

/// The word for benefit.
pub fn benefit_word(benefit: Benefit) -> &'static str {
    match benefit {
        Benefit::Likely => "Likely",
        Benefit::Possible => "Possible",
        Benefit::Unlikely => "Unlikely",
        Benefit::Unknown => "Unknown",
    }
}

/// The word for certainty, as part of a sentence.
pub fn certainty_word(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Low => "low certainty",
        Certainty::VeryLow => "very low certainty",
        Certainty::None => "no certainty: outside what this program knows",
    }
}

/// What is stamped on a simulated picture: that it is one, and the verdict on the plan.
pub fn stamp(report: &Report) -> String {
    stamp_of(report.verdict.safety, report.verdict.benefit)
}

/// The same from what it says.
pub fn stamp_of(safety: crate::model::Safety, benefit: Benefit) -> String {
    use crate::model::Safety;
    let verdict = match safety {
        Safety::Refuse => "a rule stops this plan".to_owned(),
        Safety::Refer => "ask a doctor first".to_owned(),
        Safety::Caution => format!("will it help? {}", benefit_word(benefit).to_lowercase()),
    };
    format!("simulated · {verdict}")
}

/// What the reach of the evidence means.
pub fn reach_sentence(level: ReachLevel) -> &'static str {
    match level {
        ReachLevel::Inside => "People and plans like this have been studied.",
        ReachLevel::Edge => "Only neighbouring people or plans have been studied; the numbers are extrapolated.",
        ReachLevel::Outside => "Nobody like this has been studied.",
    }
}

/// What a rule's severity means for the reader.
pub fn severity_word(severity: &str) -> &str {
    match severity {
        "urgent" => "See a doctor today",
        "refuse" => "Stops this plan",
        "refer" => "Ask a doctor first",
        "caution" => "Take care",
        "info" => "Good to know",
        other => other,
    }
}

/// What a grade letter stands for; unknown letters are shown as they are.
fn grade_word(grade: &str) -> &str {
    match grade.trim() {
        "L" => "label or regulator",
        "C" => "specialists' consensus",
        "T" => "human data",
        "T-indirect" => "human data on something similar",
        "B" => "laboratory data",
        "R" => "case reports",
        "E" => "expert or trade opinion",
        "J" => "our judgement",
        other => other,
    }
}

/// What kinds of source a rule rests on, in words; our own judgement beside them is no source.
fn grade_words(rule: &FiredRule) -> Vec<&str> {
    let parts = rule.grade.split('/');
    parts
        .filter(|part| !part.trim().is_empty() && part.trim() != "J")
        .map(grade_word)
        .collect()
}

/// Where a rule comes from: its sources by title, or that it is our judgement.
pub fn rule_source(rule: &FiredRule, sources: &[SourceLine]) -> String {
    let ours = rule.grade.split(['/', ' ']).any(|part| part.trim() == "J");
    let named: Vec<String> = rule
        .source
        .iter()
        .map(|key| {
            sources
                .iter()
                .find(|line| &line.key == key)
                .map_or_else(|| key.clone(), source_name)
        })
        .collect();
    let grades = grade_words(rule);
    if named.is_empty() || grades.is_empty() && ours {
        let after = if named.is_empty() {
            String::new()
        } else {
            format!(", after {}", named.join("; "))
        };
        return format!("Our judgement{after}");
    }
    let and_ours = if ours { "; in part our judgement" } else { "" };
    format!("Source: {} ({}){and_ours}", named.join("; "), grades.join(", "))
}

/// What kind of source a rule rests on, for people to whom keys say nothing, such as `label or regulator`.
pub fn rule_basis(rule: &FiredRule) -> String {
    let grades = grade_words(rule);
    if grades.is_empty() {
        "our judgement".to_owned()
    } else {
        grades.join(", ")
    }
}

/// A source as one names it in a sentence: title and year.
pub fn source_name(line: &SourceLine) -> String {
    // Some titles say their year themselves.
    if line.year == 0 || line.title.contains(&line.year.to_string()) {
        line.title.clone()
    } else {
        format!("{}, {}", line.title, line.year)
    }
}

/// Text with its first letter large.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// Text that ends in exactly one full stop, question or exclamation mark.
pub fn full_stop(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '?', '!', ':', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Positions of the month that the answer leads with and of those nearest to 3, 6, 12 and 24, without repeats and in
/// order; all where none is near.
pub fn landmark_months(forecast: &Forecast) -> Vec<usize> {
    let months = &forecast.months;
    let mut found: Vec<usize> = Vec::new();
    for wanted in [3.0, 6.0, 12.0, 24.0] {
        let near = nearest(months, wanted).filter(|&at| (months[at] - wanted).abs() <= 0.2 * wanted);
        found.extend(near.filter(|at| !found.contains(at)));
    }
    if found.is_empty() {
        return (0..months.len()).collect();
    }
    let lead = Some(forecast.lead).filter(|at| *at < months.len() && !found.contains(at));
    found.extend(lead);
    found.sort_unstable();
    found
}

/// When a gain is judged, on the clock of the first session where the plan's length is known.
pub fn gain_moment(gain: &Gain) -> String {
    match gain.month {
        Some(month) => format!("{} after the first session", months(month.round())),
        None => format!("{} after the last session", months(gain.month_after_last.round())),
    }
}

/// Position of the value nearest to `wanted`.
pub fn nearest(values: &[f64], wanted: f64) -> Option<usize> {
    (0..values.len()).min_by(|&a, &b| (values[a] - wanted).abs().total_cmp(&(values[b] - wanted).abs()))
}

/// The month to lead with, where the forecast has it.
pub fn lead_month(report: &Report) -> Option<usize> {
    let forecast = report.forecast.as_ref()?;
    let has = |arm: &[Outcome]| forecast.lead < arm.len();
    (forecast.lead < forecast.months.len() && has(&forecast.treated) && has(&forecast.untreated))
        .then_some(forecast.lead)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::model::{Frequency, Reported};

    fn risk(mean: Option<f64>, low: f64, high: f64) -> Risk {
        let per_1000 = Frequency { mean, low, high };
        Risk {
            name: "x".into(),
            title: "X".into(),
            per_1000,
            counted: mean.is_some(),
            note: String::new(),
            validated: String::new(),
            reported: None,
        }
    }

    #[test]
    fn a_harm_reads_in_both_frames_and_they_add_up() {
        assert_eq!(
            risk_sentence(&risk(Some(8.0), 1.0, 40.0)),
            "Of 1,000 courses like this, it happens in about 8 and not in 992. Plausible range: 1 to 40"
        );
        assert!(risk_sentence(&risk(Some(0.2), 0.0, 3.0)).contains("in fewer than 1 and not in more than 999"));
        assert!(risk_sentence(&risk(Some(1.0), 0.0, 3.0)).contains("in about 1 and not in 999"));
    }

    #[test]
    fn an_uncounted_harm_has_no_point_estimate() {
        let text = risk_sentence(&risk(None, 0.01, 120.0));
        assert_eq!(
            text,
            "Of 1,000 courses like this, models span fewer than 1 to 120; nobody has counted"
        );
    }

    #[test]
    fn what_was_only_reported_has_no_number_at_all() {
        let mut lumps = risk(None, 0.0, 1000.0);
        lumps.reported = Some(Reported {
            patients: 15,
            studies: 13,
            products: vec![],
            months: 9.0,
            this_plan: false,
        });
        assert_eq!(risk_sentence(&lumps), "Reported, never counted: there is no number");
        assert_eq!(risk_range(&lumps), "no number");
    }

    #[test]
    fn a_rule_without_a_source_is_called_our_judgement() {
        let mut rule = FiredRule {
            id: "R1".into(),
            severity: "refuse".into(),
            reason: "r".into(),
            instead: None,
            source: vec![],
            grade: "J".into(),
        };
        assert_eq!(rule_source(&rule, &[]), "Our judgement");
        rule.source = vec!["HC21".into()];
        rule.grade = "L/J".into();
        let line = SourceLine {
            key: "HC21".into(),
            title: "Health Canada notice".into(),
            year: 2021,
            link: None,
        };
        assert_eq!(
            rule_source(&rule, &[line]),
            "Source: Health Canada notice, 2021 (label or regulator); in part our judgement"
        );
    }
}
