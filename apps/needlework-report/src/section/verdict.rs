//! The verdict: whether a rule stops the plan, and, apart from it, whether it helps.
//!
//! The opening words are fixed: refused "Do not do this plan.", referred "Not yet. Ask a doctor or pharmacist this one question: …", permitted
//! "No rule stops this plan; this was not checked: …". There is no score and no green light, and safety and benefit are never one number.

use maud::{Markup, html};

use super::list;
use crate::model::{FiredRule, Reading, Report, Safety};
use crate::words::{after_opening, benefit_word, certainty_word, full_stop, rule_source, shows_numbers};

/// What stands above everything when symptoms need a doctor.
pub(crate) const TODAY: &str = "See a doctor today.";
/// How a refused plan opens.
pub(crate) const REFUSED: &str = "Do not do this plan.";
/// How a referred plan opens.
pub(crate) const REFERRED: &str = "Not yet. Ask a doctor or pharmacist this one question:";
/// How a referred plan ends.
pub(crate) const UNTIL_THEN: &str = "Until then don’t roll.";
/// How a permitted plan opens.
pub(crate) const PERMITTED: &str = "No rule stops this plan";
/// What stands above the questions that only the clinic can answer.
pub(crate) const ASK_CLINIC: &str = "Ask the clinic before you begin";
/// What is asked where the headline does not carry the question.
pub(crate) const PLAIN_QUESTION: &str =
    "“I am thinking of needling my skin. Given the points below, is there a reason why I should not?”";
/// What is said first where distress was named.
pub(crate) const DISTRESS: &str = "You said that this weighs on you. That deserves help of its own, and needles do not give it. Please talk to \
    somebody you trust or to your doctor. If you might harm yourself, call your local emergency number or a crisis line now.";

/// The rules that stop the plan at its own severity.
pub(crate) fn stopping(report: &Report) -> Vec<&FiredRule> {
    report.verdict.stopping()
}

/// The question to a doctor or pharmacist.
pub(crate) fn doctors_question(report: &Report) -> String {
    report
        .verdict
        .question
        .clone()
        .unwrap_or_else(|| PLAIN_QUESTION.to_owned())
}

/// The whole section, with its landmark and heading.
pub(crate) fn verdict(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        section.verdict-part aria-labelledby="verdict" {
            @if said.distress { div.card.help { p.lead { (DISTRESS) } } }
            @if said.urgent { div.card.urgent { p.lead { strong { (TODAY) } } } }
            @match said.safety {
                Safety::Refuse => (refused(report)),
                Safety::Refer => (referred(report)),
                Safety::Caution => (permitted(report)),
            }
            @if shows_numbers(report) { (benefit(report)) }
            @let summary = summary(report);
            @if !summary.is_empty() {
                div.summary { @for line in summary { p { (full_stop(line)) } } }
            }
        }
    }
}

/// How a stopped plan is opened: its title, what else the headline says, and whether it stops kindly instead of in the fixed words.
pub(crate) struct Opening {
    /// The heading.
    pub(crate) title: String,
    /// The rest of the headline; may be empty.
    pub(crate) rest: String,
    /// Somebody under age or in distress: no red sign.
    pub(crate) kind: bool,
}

/// The opening of a refused plan. A headline that does not carry the fixed words (for people under age or in distress) takes their place.
pub(crate) fn opening(report: &Report) -> Opening {
    let headline = report.verdict.headline.trim();
    let without_call = headline.strip_prefix(TODAY).unwrap_or(headline).trim();
    if !without_call.is_empty() && !without_call.starts_with(REFUSED.trim_end_matches('.')) {
        return Opening {
            title: full_stop(without_call),
            rest: String::new(),
            kind: true,
        };
    }
    Opening {
        title: REFUSED.to_owned(),
        rest: after_opening(without_call, REFUSED),
        kind: false,
    }
}

fn refused(report: &Report) -> Markup {
    let said = &report.verdict;
    let opening = opening(report);
    html! {
        div class={"card " @if opening.kind { "permitted" } @else { "refused" }} {
            @if !opening.kind { (sign("refused")) }
            h2 #verdict { (opening.title) }
            @if !opening.rest.is_empty() { p.lead { (full_stop(&crate::words::sentence_case(&opening.rest))) } }
            @let rules = stopping(report);
            @if !rules.is_empty() {
                h3 { @if rules.len() == 1 { "The reason" } @else { "The reasons" } }
                ul.why { @for rule in rules { (reason(report, rule)) } }
            }
            @if !said.instead.is_empty() { h3 { "What you can do instead" } (list(&said.instead)) }
            @if !said.danger_signs.is_empty() {
                h3 { "If you have already done it: danger signs" }
                p { "See a doctor the same day if you notice any of these:" }
                (list(&said.danger_signs))
            }
        }
    }
}

fn referred(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.referred {
            (sign("referred"))
            h2 #verdict { (REFERRED) }
            p.question { (doctors_question(report)) }
            p.lead { strong { (UNTIL_THEN) } }
            @let rules = stopping(report);
            @let open: Vec<_> = said.questions.iter().filter(|question| question.serious).collect();
            @if !rules.is_empty() {
                h3 { "Why they should be asked" }
                ul.why { @for rule in rules { (reason(report, rule)) } }
            }
            @if !open.is_empty() {
                h3 { "What the case does not say, and they need to know" }
                ul { @for question in open { li { (full_stop(&question.text)) } } }
            }
            @if !said.ask_clinic.is_empty() { h3 { (ASK_CLINIC) } (list(&said.ask_clinic)) }
            @if !said.instead.is_empty() { h3 { "What you can do meanwhile" } (list(&said.instead)) }
            @if !said.danger_signs.is_empty() {
                h3 { "If you have already done it: danger signs" }
                p { "See a doctor the same day if you notice any of these:" }
                (list(&said.danger_signs))
            }
        }
    }
}

fn permitted(report: &Report) -> Markup {
    let said = &report.verdict;
    let rest = after_opening(&said.headline, PERMITTED);
    html! {
        div.card.permitted {
            (sign("permitted"))
            @if said.not_judged {
                h2 #verdict { (full_stop(&said.headline)) }
            } @else if said.unchecked.is_empty() {
                h2 #verdict { (PERMITTED) "." }
            } @else {
                h2 #verdict { (PERMITTED) "; this was not checked:" }
                ul.compact {
                    @for item in said.unchecked.iter().take(4) { li { (item) } }
                    @if said.unchecked.len() > 4 { li { a href="#unchecked" { "and " (said.unchecked.len() - 4) " more" } } }
                }
            }
            @if !said.ask_clinic.is_empty() { h3 { (ASK_CLINIC) } (list(&said.ask_clinic)) }
            @if !says_unchecked(&rest) && !said.not_judged {
                p.lead { (full_stop(&crate::words::sentence_case(&rest))) }
            }
            p.quiet {
                "That is not the same as safe: rules can only stop what they know of."
                @if said.screened_by_study && !said.summary.iter().any(|line| line.contains("screened by the study")) { " The study that this case describes did its own screening; it was trusted for what the case leaves out." }
            }
            @if !said.instead.is_empty() { h3 { "What you can do next" } (list(&said.instead)) }
        }
    }
}

/// Whether the rest of a permitted plan's headline says nothing, or only that something was not checked, which the card says itself.
pub(crate) fn says_unchecked(rest: &str) -> bool {
    rest.is_empty() || rest.contains("not checked")
}

/// The summary without what the card has said.
fn summary(report: &Report) -> Vec<&String> {
    let until_then = UNTIL_THEN.replace('’', "'");
    report
        .verdict
        .summary
        .iter()
        .filter(|line| line.replace('’', "'").trim() != until_then)
        .collect()
}

/// Whether it helps, apart from safety.
fn benefit(report: &Report) -> Markup {
    let said = &report.verdict;
    html! {
        div.card.benefit {
            h3 { "Will it help? " strong { (benefit_word(said.benefit)) } }
            p { (full_stop(&said.benefit_reason)) }
            p.quiet {
                "How sure: " (certainty_word(report.certainty)) "."
                @if report.reading == Reading::Research && said.safety != Safety::Caution {
                    " A rule stops this plan or sends it to a doctor; the numbers below are for research only."
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
            @if let Some(instead) = &rule.instead { p.instead { "Instead: " (full_stop(instead)) } }
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
                "refused" => { path d="M13 3H27L37 13V27L27 37H13L3 27V13Z" {} path.mark d="M13 20H27" {} }
                "referred" => { circle cx="20" cy="20" r="17" {} path.mark d="M15 15.5Q15 10.5 20 10.5T25 15.5C25 19.5 20 19.5 20 24M20 29V29.4" {} }
                _ => { rect x="4" y="4" width="32" height="32" rx="5" {} path.mark d="M12 14H28M12 20H28M12 26H21" {} }
            }
        }
    }
}
