//! The verdict: the first screen as the answer words it, then the reasons, and, apart from them, whether it helps.
//!
//! No sentence of the first screen is written here: `verdict.first` of the report carries them, for every view alike.
//! There is no score and no green light, and safety and benefit are never one number. Somebody in a crisis reads where
//! help is, and nothing about needles.

use maud::{Markup, html};

use super::list;
use crate::model::{Essential, FiredRule, NOT_SAFE, Reading, Report, Safety};
use crate::words::{benefit_word, certainty_word, full_stop, rule_source, shows_numbers};

/// What stands above the questions that only the clinic can answer.
pub(crate) const ASK_CLINIC: &str = "Ask the clinic before you begin";

/// The rules that stop the plan at its own severity.
pub(crate) fn stopping(report: &Report) -> Vec<&FiredRule> {
    report.verdict.stopping()
}

/// The whole section, with its landmark and heading.
pub(crate) fn verdict(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        section.verdict-part aria-labelledby="verdict" {
            @if let Some(now) = &said.first.now {
                div.card.urgent {
                    p.lead {
                        strong { (now.whole()) }
                    }
                }
            }
            @match said.safety {
                _ if said.distress || said.minor => (kindly(report)),
                Safety::Refuse => (refused(report)),
                Safety::Refer => (referred(report)),
                Safety::Caution => (permitted(report)),
            }
            @if shows_numbers(report) { (benefit(report)) }
            @if !said.summary.is_empty() && !said.distress {
                div.summary {
                    @for line in &said.summary {
                        p { (full_stop(line)) }
                    }
                }
            }
        }
    }
}

/// Somebody in a crisis or under age: where help is, before anything else and without a red sign.
fn kindly(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.help {
            h2 #verdict { (said.first.verdict.whole()) }
            (list(&said.instead))
            (whole(&said.first.help))
            @let rules = stopping(report);
            @if !said.distress && !rules.is_empty() {
                h3 { "Why this plan stops here" }
                ul.why {
                    @for rule in rules {
                        li {
                            p { (full_stop(&rule.reason)) }
                        }
                    }
                }
            }
        }
        @if !said.distress { (danger(&said.danger_signs)) }
    }
}

/// Sentences that stand whole, a paragraph each.
fn whole(lines: &[Essential]) -> Markup {
    html! {
        @for line in lines {
            p { (line.whole()) }
        }
    }
}

/// What stands above danger signs.
pub(crate) const SEE_A_DOCTOR: &str = "See a doctor if you notice any of these, for the first at once:";

/// What to watch for if it has already been done; nothing where there is nothing to say.
fn danger(signs: &[Essential]) -> Markup {
    html! {
        @if !signs.is_empty() {
            h3 { "If you have already done it: danger signs" }
            p { (SEE_A_DOCTOR) }
            (list(signs))
        }
    }
}

fn refused(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.refused {
            (sign("refused"))
            h2 #verdict { (said.first.verdict.whole()) }
            @let rules = stopping(report);
            @if !rules.is_empty() {
                h3 {
                    @if rules.len() == 1 { "The reason" } @else { "The reasons" }
                }
                ul.why {
                    @for rule in rules { (reason(report, rule)) }
                }
            }
            @if !said.instead.is_empty() {
                h3 { "What you can do instead" }
                (list(&said.instead))
            }
            (danger(&said.danger_signs))
        }
    }
}

/// What stands above the serious questions of a referred plan: a doctor needs to know them, or the person answers them
/// first.
pub(crate) fn open_heading(report: &Report) -> &'static str {
    match report.verdict.first.question {
        Some(_) => "What the case does not say, and they need to know",
        None => "What the case does not say",
    }
}

fn referred(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.referred {
            (sign("referred"))
            h2 #verdict { (said.first.verdict.whole()) }
            @if let Some(question) = &said.first.question {
                p.question { (question.whole()) }
            }
            @if let Some(wait) = &said.first.until_then {
                p.lead {
                    strong { (wait.whole()) }
                }
            }
            @let rules = stopping(report);
            @let open: Vec<_> = said
                .questions
                .iter()
                .filter(|question| question.serious)
                .collect();
            @if !rules.is_empty() {
                h3 { "Why they should be asked" }
                ul.why {
                    @for rule in rules { (reason(report, rule)) }
                }
            }
            @if !open.is_empty() {
                h3 { (open_heading(report)) }
                ul {
                    @for question in open {
                        li { (full_stop(&question.text)) }
                    }
                }
            }
            @if !said.ask_clinic.is_empty() {
                h3 { (ASK_CLINIC) }
                (list(&said.ask_clinic))
            }
            @if !said.instead.is_empty() {
                h3 { "What you can do meanwhile" }
                (list(&said.instead))
            }
            (danger(&said.danger_signs))
        }
    }
}

fn permitted(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.permitted {
            (sign("permitted"))
            h2 #verdict { (said.first.verdict.whole()) }
            @if !said.unchecked.is_empty() {
                ul.compact {
                    @for item in said.unchecked.iter().take(4) {
                        li { (item) }
                    }
                    @if said.unchecked.len() > 4 {
                        li {
                            a href="#unchecked" { "and " (said.unchecked.len() - 4) " more" }
                        }
                    }
                }
            }
            @if !said.ask_clinic.is_empty() {
                h3 { (ASK_CLINIC) }
                (list(&said.ask_clinic))
            }
            p.quiet { (NOT_SAFE) }
            @if !said.instead.is_empty() {
                h3 { "What you can do next" }
                (list(&said.instead))
            }
        }
    }
}

/// Whether it helps, apart from safety.
fn benefit(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.benefit {
            h3 {
                "Will it help? "
                strong { (benefit_word(said.benefit)) }
            }
            @if let Some(reported) = said.first.reported_before() {
                p { (reported) }
            }
            @if let Some(expect) = &said.first.expect {
                p.lead { (expect) }
            }
            @if let Some(harm) = &said.first.harm {
                p.lead { (harm) }
            }
            @for text in said.first.reported_after().into_iter().chain(&said.first.hinge) {
                p { (text) }
            }
            p { (full_stop(&said.benefit_reason)) }
            p.quiet {
                "How sure: "
                (certainty_word(report.certainty))
                "."
                @if report.reading == Reading::Research && said.safety != Safety::Caution {
                    " This plan is stopped, or a doctor has to be asked first; the numbers below are for research only."
                }
            }
        }
    }
}

/// One reason with where it comes from.
pub(super) fn reason(report: &Report, rule: &FiredRule) -> Markup {
    html! {
        li {
            p { (full_stop(&rule.reason)) }
            @if let Some(instead) = &rule.instead {
                p.instead { "Instead: " (full_stop(instead)) }
            }
            p.source {
                (full_stop(&rule_source(rule, &report.sources)))
                @if report.reading == Reading::Research { " Rule " (rule.id) ", grade " (rule.grade) "." }
            }
        }
    }
}

/// A sign beside the words, by shape as well as by colour; it says nothing that the words don't.
fn sign(which: &str) -> Markup {
    html! {
        svg.sign aria-hidden="true" viewBox="0 0 40 40" {
            @match which {
                "refused" => {
                    path d="M13 3H27L37 13V27L27 37H13L3 27V13Z" {}
                    path.mark d="M13 20H27" {}
                }
                "referred" => {
                    circle cx="20" cy="20" r="17" {}
                    path.mark d="M15 15.5Q15 10.5 20 10.5T25 15.5C25 19.5 20 19.5 20 24M20 29V29.4" {}
                }
                _ => {
                    rect x="4" y="4" width="32" height="32" rx="5" {}
                    path.mark d="M12 14H28M12 20H28M12 26H21" {}
                }
            }
        }
    }
}
