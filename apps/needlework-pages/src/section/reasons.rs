//! Reasons, open questions and the checklist: the words of the rules.
//!
//! The reasons that stop a plan stand in the verdict; here stand the others, so that nothing is said twice.

use maud::html;

use super::Section;
use super::verdict::{reason, stopping};
use crate::calendar::planned_days;
use crate::model::{Reading, Report, Safety};
use crate::words::{full_stop, severity_word};

/// Every rule that fired and is not already in the verdict.
pub(super) fn reasons(report: &Report) -> Option<Section> {
    let said = stopping(report);
    let rest: Vec<_> = report
        .verdict
        .rules
        .iter()
        .filter(|rule| !said.iter().any(|other| other.id == rule.id))
        .collect();
    if rest.is_empty() {
        return None;
    }
    let title = if said.is_empty() {
        "What the rules say"
    } else {
        "What the rules say besides"
    };
    let mut severities: Vec<&str> = rest.iter().map(|rule| rule.severity.as_str()).collect();
    severities.dedup();
    let body = html! {
        @for severity in severities {
            h3 { (severity_word(severity)) }
            ul.why {
                @for rule in rest.iter().filter(|rule| rule.severity == severity) { (reason(report, rule)) }
            }
        }
    };
    Some(Section {
        id: "reasons",
        title,
        body,
    })
}

/// What was not checked, and which answers are missing.
pub(super) fn unchecked(report: &Report) -> Option<Section> {
    let said = &report.verdict;
    // A referred plan lists its serious questions in the verdict.
    let open: Vec<_> = said
        .questions
        .iter()
        .filter(|question| said.safety != Safety::Refer || !question.serious)
        .collect();
    // A permitted plan names the first few in the verdict; nothing is said twice.
    let bare: Vec<String> = said
        .unchecked
        .iter()
        .filter(|item| !said.questions.iter().any(|question| &question.text == *item))
        .cloned()
        .collect();
    let told = said.safety == Safety::Caution && said.unchecked.len() <= 4;
    if (told || bare.is_empty()) && open.is_empty() {
        return None;
    }
    let body = html! {
        @if !told { (super::list(&bare)) }
        @if !open.is_empty() {
            @if !bare.is_empty() && !told {
                h3 { "Answers that are missing" }
            }
            @let (serious, others): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|question| question.serious);
            @let some_serious = !serious.is_empty();
            @let groups = [("A wrong guess here could do serious harm:", serious), ("The others:", others)];
            @for (heading, group) in groups {
                @if !group.is_empty() {
                    @if some_serious {
                        p {
                            strong { (heading) }
                        }
                    }
                    ul.why.questions {
                        @for question in group {
                            li {
                                p { (full_stop(&question.text)) }
                                @if report.reading == Reading::Research {
                                    p.source {
                                        "Field "
                                        code { (question.field) }
                                        ", rules "
                                        (question.rules.join(", "))
                                        "."
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Some(Section {
        id: "unchecked",
        title: "What was not checked",
        body,
    })
}

/// What to do before, during and after; only for a plan that no rule stops.
pub(super) fn checklist(report: &Report) -> Option<Section> {
    let stopped = report.verdict.safety != Safety::Caution;
    if stopped || report.checklist.is_empty() && report.verdict.danger_signs.is_empty() {
        return None;
    }
    let mut times: Vec<&str> = Vec::new();
    // Danger signs stand in a block of their own.
    let told = |when: &str| when != "danger" || report.verdict.danger_signs.is_empty();
    for item in report.checklist.iter().filter(|item| told(&item.when)) {
        if !times.contains(&item.when.as_str()) {
            times.push(&item.when);
        }
    }
    let days: Vec<String> = planned_days(report)
        .iter()
        .map(|day| day.format("%-d %B %Y").to_string())
        .collect();
    let body = html! {
        div.columns {
            @for when in times {
                div.block {
                    h3 { (time_word(when)) }
                    @if when == "next" && days.len() > 1 {
                        p { "Planned days, if the skin is calm: " (days.join(", ")) "." }
                    }
                    ul.check[when != "stop"] {
                        @for item in report.checklist.iter().filter(|item| item.when == when) {
                            li {
                                (full_stop(&item.text))
                                @if let Some(because) = because(report, &item.because) {
                                    " "
                                    span.source { (because) }
                                }
                            }
                        }
                    }
                }
            }
            @if !report.verdict.danger_signs.is_empty() {
                div.block.danger {
                    h3 { "Danger signs: see a doctor" }
                    (super::list(&report.verdict.danger_signs))
                }
            }
        }
    };
    Some(Section {
        id: "checklist",
        title: "If it is done: a checklist",
        body,
    })
}

/// What is behind a line: for researchers every key, for laypeople the rules and sources without the keys of numbers.
fn because(report: &Report, keys: &[String]) -> Option<String> {
    if report.reading == Reading::Research {
        return (!keys.is_empty()).then(|| keys.join(", "));
    }
    let is_rule = |key: &&String| key.starts_with('R') && key[1..].starts_with(|c: char| c.is_ascii_digit());
    let rules: Vec<&str> = keys.iter().filter(is_rule).map(String::as_str).collect();
    let others: Vec<&str> = keys
        .iter()
        .filter(|key| !is_rule(key) && !key.contains('.'))
        .map(String::as_str)
        .collect();
    let rules = match rules.as_slice() {
        [] => None,
        [one] => Some(format!("rule {one}")),
        many => Some(format!("rules {}", many.join(", "))),
    };
    let told: Vec<String> = rules.into_iter().chain(others.into_iter().map(str::to_owned)).collect();
    Some(if told.is_empty() {
        "published protocols".to_owned()
    } else {
        told.join("; ")
    })
}

/// A time of the checklist in words.
fn time_word(when: &str) -> &str {
    match when {
        "before" => "Before",
        "skin" => "Disinfect before",
        "session" => "The session",
        "after" => "Disinfect and tidy after",
        "first_day" => "The first day",
        "first_days" => "The first days",
        "later" => "Sun and waiting",
        "next" => "The next session",
        "danger" => "Danger signs",
        "stop" => "Stop if",
        other => other,
    }
}
