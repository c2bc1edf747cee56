//! Triage in a terminal and on a page: what to do now, first and never shortened, then why, what to look for, and what
//! to do by day.
//!
//! Nothing is judged here. Lines of the type `Essential` stand before everything else and are drawn whole, in any
//! width. On the page they have a card of their own, and it is printed on the first sheet.

use std::fmt::Write as _;

use maud::{Markup, html};
use needlework::rules::triage::{Level, Then, Triage, TriageReason};

use crate::style::{Shell, document};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.first p { font-size: 1.1rem; font-weight: 600; margin: 0.4rem 0; }\n\
.day { border-top: 1px solid var(--line); padding: 0.55rem 0; }\n\
.day.now { border-left: 0.35rem solid var(--accent); padding-left: 0.7rem; }\n\
.day.over { color: var(--muted); }\n\
.day h3, .why h3 { font-size: 1rem; margin: 0.2rem 0; }\n\
.source { color: var(--muted); font-size: 0.9rem; overflow-wrap: anywhere; }";

/// The heads of what a day says.
const USUAL: &str = "Usual";
const DO: &str = "Do";
const SEEN: &str = "Not usual";

/// Triage as text of at most so many columns.
#[must_use]
pub fn triage_terminal(found: &Triage, columns: usize) -> String {
    let mut text = String::new();
    let mut say = |indent: &str, mark: &str, line: &str| paragraph(&mut text, columns, indent, mark, line);
    say("", "", &found.title);
    say("", "", "");
    say("", "", &found.headline);
    for line in &found.essential {
        say("", "", "");
        say("", "", line.whole());
    }
    if let Some(summary) = &found.summary {
        say("", "", "");
        say("", "", summary);
    }
    let (grave, mild): (Vec<_>, Vec<_>) = found.reasons.iter().partition(|one| one.level > Level::Watch);
    if !grave.is_empty() {
        heading(&mut say, "Why");
        grave.iter().for_each(|one| reason(&mut say, one));
    }
    if !found.open.is_empty() {
        heading(&mut say, "Look at these now; you have not answered them");
        for one in &found.open {
            say(
                "  ",
                "- ",
                &format!("{} (yes: {})", one.question, level_words(one.worst)),
            );
        }
    }
    let sentences: Vec<&String> = found.reasons.iter().filter_map(|one| one.say.as_ref()).collect();
    if !found.tell.is_empty() || !sentences.is_empty() {
        heading(&mut say, "Tell whoever helps you");
        found
            .tell
            .iter()
            .chain(unique(&sentences))
            .for_each(|line| say("  ", "- ", line));
    }
    if !mild.is_empty() {
        heading(&mut say, "Know this");
        mild.iter().for_each(|one| reason(&mut say, one));
    }
    for then in found.days.iter().filter(|then| !then.over) {
        let now = if then.now { " (now)" } else { "" };
        heading(&mut say, &format!("{}{now}", then.days.name));
        for (name, lines) in parts(then) {
            for line in lines {
                say("  ", "- ", &format!("{name}: {line}"));
            }
        }
    }
    say("", "", "");
    say("", "", &found.limits);
    text
}

/// Triage as a complete, self-contained HTML document; `version` is that of the engine.
#[must_use]
pub fn triage_html(found: &Triage, version: &str) -> String {
    let class = match found.level {
        Level::EmergencyNow | Level::DoctorToday => "card urgent",
        Level::DoctorSoon => "card referred",
        Level::Watch => "card permitted",
    };
    let (grave, mild): (Vec<_>, Vec<_>) = found.reasons.iter().partition(|one| one.level > Level::Watch);
    let sentences: Vec<&String> = found.reasons.iter().filter_map(|one| one.say.as_ref()).collect();
    document(
        &Shell {
            title: "What to do now",
            version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "triage",
        },
        &html! {
            h1 { (found.title) }
        },
        &html! {
            section.verdict-part aria-labelledby="verdict" {
                div class=(class) {
                    h2 #verdict { (found.headline) }
                    div.first {
                        @for line in &found.essential {
                            p { (line.whole()) }
                        }
                    }
                }
                @if let Some(summary) = &found.summary {
                    p { (summary) }
                }
            }
            @if !grave.is_empty() {
                section.why aria-labelledby="why" {
                    h2 #why { "Why" }
                    @for one in &grave { (reason_part(one)) }
                }
            }
            @if !found.open.is_empty() {
                section aria-labelledby="open" {
                    h2 #open { "Look at these now; you have not answered them" }
                    ul {
                        @for one in &found.open {
                            li {
                                (one.question)
                                " "
                                span.source { "(yes: " (level_words(one.worst)) ")" }
                            }
                        }
                    }
                }
            }
            @if !found.tell.is_empty() || !sentences.is_empty() {
                section aria-labelledby="tell" {
                    h2 #tell { "Tell whoever helps you" }
                    ul {
                        @for line in found.tell.iter().chain(unique(&sentences)) {
                            li { (line) }
                        }
                    }
                }
            }
            @if !mild.is_empty() {
                section.why aria-labelledby="know" {
                    h2 #know { "Know this" }
                    @for one in &mild { (reason_part(one)) }
                }
            }
            @if !found.days.is_empty() {
                section aria-labelledby="days" {
                    h2 #days { "By day" }
                    @for then in &found.days { (day_part(then)) }
                }
            }
            section aria-labelledby="sources" {
                h2 #sources { "Where this comes from" }
                ul.source {
                    @for source in &found.sources {
                        li { (source.key) ": " (source.title) " (seen: " (source.seen) ")" }
                    }
                }
            }
        },
        &html! {
            p { (found.limits) }
        },
    )
}

fn reason_part(one: &TriageReason) -> Markup {
    html! {
        p {
            strong { (sentence(level_words(one.level))) }
            " "
            (one.reason)
            " "
            span.source { (origin(one)) }
        }
        @if !one.what.is_empty() {
            ul {
                @for line in &one.what {
                    li { (line) }
                }
            }
        }
    }
}

fn day_part(then: &Then) -> Markup {
    let class = match (then.now, then.over) {
        (true, _) => "day now",
        (_, true) => "day over",
        _ => "day",
    };
    html! {
        div class=(class) {
            h3 {
                (then.days.name)
                @if then.now { " (now)" }
            }
            ul {
                @for (name, lines) in parts(then) {
                    @for line in lines {
                        li {
                            strong { (name) ": " }
                            (line)
                        }
                    }
                }
            }
        }
    }
}

fn parts(then: &Then) -> [(&'static str, &Vec<String>); 3] {
    [(USUAL, &then.days.usual), (DO, &then.days.what), (SEEN, &then.days.see)]
}

/// Each sentence once, in their order.
fn unique<'a>(sentences: &[&'a String]) -> Vec<&'a String> {
    let mut seen = Vec::new();
    for sentence in sentences {
        if !seen.contains(sentence) {
            seen.push(*sentence);
        }
    }
    seen
}

/// What a level asks for, in a few words.
fn level_words(level: Level) -> &'static str {
    match level {
        Level::EmergencyNow => "emergency help now",
        Level::DoctorToday => "a doctor today",
        Level::DoctorSoon => "a doctor within days",
        Level::Watch => "to be known",
    }
}

fn sentence(words: &str) -> String {
    format!("{}.", crate::words::sentence_case(words))
}

/// Grade and sources of a reason.
fn origin(one: &TriageReason) -> String {
    if one.sources.is_empty() {
        format!("({}; our judgement)", one.grade)
    } else {
        format!("({}; {})", one.grade, one.sources.join(", "))
    }
}

fn heading(say: &mut impl FnMut(&str, &str, &str), words: &str) {
    say("", "", "");
    say("", "", words);
}

fn reason(say: &mut impl FnMut(&str, &str, &str), one: &TriageReason) {
    let level = if one.level > Level::Watch {
        format!("{} ", sentence(level_words(one.level)))
    } else {
        String::new()
    };
    say("  ", "- ", &format!("{level}{} {}", one.reason, origin(one)));
    one.what.iter().for_each(|line| say("    ", "", line));
}

/// A paragraph whose lines break between words; none of them is left out in any width.
fn paragraph(text: &mut String, columns: usize, indent: &str, mark: &str, line: &str) {
    let hang = " ".repeat(indent.len() + mark.len());
    let room = columns.saturating_sub(hang.len()).max(1);
    let clean: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut words = String::new();
    let mut lead = format!("{indent}{mark}");
    for word in clean.split_whitespace() {
        if !words.is_empty() && words.chars().count() + 1 + word.chars().count() > room {
            let _ = writeln!(text, "{lead}{words}");
            lead.clone_from(&hang);
            words.clear();
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    let _ = writeln!(text, "{}", format!("{lead}{words}").trim_end());
}
