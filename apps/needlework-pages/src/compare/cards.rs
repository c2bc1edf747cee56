//! What the rules say of each alternative, a card each: verdict and reasons first, then, apart from it, whether it
//! helps.

use maud::{Markup, html};

use super::letter::letter;
use super::{cautions, only_published, shared_cautions, shows, statement, stopping, why_hidden};
use crate::model::{Alternative, FiredRule, Reading, Safety, SideBySide};
use crate::section::list;
use crate::section::verdict::SEE_A_DOCTOR;
use crate::words::{benefit_word, certainty_word, full_stop, reach_sentence, rule_source, sentence_case};

/// The cards, what is shared by all plans, and the danger signs.
pub(super) fn verdicts(comparison: &SideBySide) -> Markup {
    let shared = shared_cautions(comparison);
    let unchecked = unchecked(comparison);
    html! {
        div.alternatives {
            @for one in &comparison.alternatives { (card(comparison, one, &shared)) }
        }
        @if !shared.is_empty() {
            h3 { "Take care, with each of these plans" }
            ul.why {
                @for rule in &shared { (reason(comparison, rule)) }
            }
        }
        @if !unchecked.is_empty() {
            details {
                summary { "What was not checked" }
                (list(&unchecked))
            }
        }
        @if !comparison.danger_signs.is_empty() {
            div.danger {
                h3 { "If a stopped plan has already been done: danger signs" }
                p { (SEE_A_DOCTOR) }
                (list(&comparison.danger_signs))
            }
        }
    }
}

/// What was not checked for a plan that no rule stops, each once.
fn unchecked(comparison: &SideBySide) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let permitted = |one: &&Alternative| !one.nothing && one.verdict.safety == Safety::Caution;
    for text in comparison
        .alternatives
        .iter()
        .filter(permitted)
        .flat_map(|one| &one.verdict.unchecked)
    {
        if !found.contains(text) {
            found.push(text.clone());
        }
    }
    found
}

fn card(comparison: &SideBySide, one: &Alternative, shared: &[&FiredRule]) -> Markup {
    let verdict = &one.verdict;
    let kind = match verdict.safety {
        _ if verdict.minor || verdict.distress => "permitted",
        Safety::Refuse => "refused",
        Safety::Refer => "referred",
        Safety::Caution => "plain-card",
    };
    let own: Vec<&FiredRule> = cautions(one)
        .into_iter()
        .filter(|rule| one.nothing || !shared.iter().any(|shared| shared.id == rule.id))
        .collect();
    html! {
        div class={ "card " (kind) } id={ "alternative-" (one.name) } {
            h3 { (letter(one)) (one.label) }
            p.said { (statement(one)) }
            @let rules = stopping(one);
            @if !rules.is_empty() {
                ul.why {
                    @for rule in rules { (reason(comparison, rule)) }
                }
            }
            @if verdict.safety != Safety::Caution && !verdict.instead.is_empty() {
                h4 { "What you can do instead" }
                (list(&verdict.instead))
            }
            @if !own.is_empty() {
                h4 { "Take care" }
                ul.why {
                    @for rule in own { (reason(comparison, rule)) }
                }
            }
            @if shows(comparison, one) && !one.nothing && !only_published(one) {
                p {
                    "Will it help? "
                    strong { (benefit_word(verdict.benefit)) }
                    " ("
                    (certainty_word(one.certainty))
                    "). "
                    (full_stop(&verdict.benefit_reason))
                }
                p.quiet {
                    (reach_sentence(one.reach.level))
                    @if !one.reach.reasons.is_empty() { " " (sentence_case(&full_stop(&one.reach.reasons.join("; ")))) }
                }
            }
            @let research = shows(comparison, one) && comparison.reading == Reading::Research;
            @if research && verdict.safety != Safety::Caution {
                p.quiet { "Its numbers below are for research only." }
            }
            @if let Some(why) = why_hidden(comparison, one) {
                p.quiet { (why) }
            }
        }
    }
}

fn reason(comparison: &SideBySide, rule: &FiredRule) -> Markup {
    html! {
        li {
            p { (full_stop(&rule.reason)) }
            p.source {
                (full_stop(&rule_source(rule, &comparison.sources)))
                @if comparison.reading == Reading::Research { " Rule " (rule.id) ", grade " (rule.grade) "." }
            }
        }
    }
}
