//! All passports on one page: what studies say together, then every number with spread, people, source, how it was
//! seen, what contradicts it and what hangs on it.
//!
//! The page is one file without scripts that loads nothing; the browser's own search finds a key or a word, and every
//! passport has an anchor of its key. Order: rooms in the order of the chain, keys in the order of the alphabet.
//! Limits: it is long, and is made to be searched, not printed.

mod pooled;
mod what_if;

use std::collections::BTreeMap;

use maud::{Markup, html};
use needlework::evidence::{Passport, Seen, Spread, Used};
use needlework::ledger::{ClaimBook, ROOMS, dependents, room_of};
use needlework::verdict::{Engine, Library};
use serde_json::{Value, json};

use crate::numbers::written_out;
use crate::style::{Shell, document};
use crate::words::sentence_case;

pub use pooled::pooled_terminal;
pub use what_if::{WhatIfText, what_if_html, what_if_text};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.passport { border-top: 1px solid var(--line); padding: 0.55rem 0; }\n\
.passport h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }\n\
.passport p { margin: 0.15rem 0; max-width: 60rem; overflow-wrap: anywhere; }\n\
.passport .number { font-weight: 600; }\n\
.passport ul { margin: 0.15rem 0 0.15rem 1.1rem; padding: 0; }\n\
summary { cursor: pointer; padding: 0.4rem 0; }\n\
summary h2 { display: inline; }";

/// One passport whole, with its room and source, what contradicts it and what hangs on it, as JSON.
#[must_use]
pub fn passport_json(library: &Library, claims: &ClaimBook, passport: &Passport) -> Value {
    let conflicts: Vec<&Passport> = passport
        .conflicts
        .iter()
        .filter_map(|key| library.book.passport(key))
        .collect();
    json!({
        "passport": passport,
        "room": room_of(&passport.key),
        "source": library.book.source(&passport.source),
        "conflicts": conflicts,
        "choice": library.book.contradictions(&passport.key).collect::<Vec<_>>(),
        "used_by": dependents(library, claims, &passport.key),
    })
}

/// Every passport of the library as a complete, self-contained HTML document.
#[must_use]
pub fn evidence_html(library: &Library, claims: &ClaimBook, engine: &Engine) -> String {
    let mut rooms: BTreeMap<usize, Vec<&Passport>> = BTreeMap::new();
    for passport in library.book.passports() {
        let room = room_of(&passport.key);
        let place = ROOMS.iter().position(|one| *one == room).unwrap_or(ROOMS.len());
        rooms.entry(place).or_default().push(passport);
    }
    let name = |place: usize| ROOMS.get(place).copied().unwrap_or("other");
    let total = library.book.passports().count();
    document(
        &Shell {
            title: "Every number with its passport",
            version: &engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the numbers",
            brand: "evidence",
        },
        &html! {
            h1 { "Every number with its passport" }
        },
        &html! {
            p {
                (total)
                " numbers: published ones with their source and how we saw them, derived ones with their \
                    formula, assumed ones with the reason. "
                "What contradicts a number stands beside it. Use your browser’s search to find a key or a word."
            }
            nav aria-label="Rooms" {
                ul {
                    li {
                        a href="#together" { "What studies say together" }
                    }
                    @for (place, passports) in &rooms {
                        li {
                            a href={ "#room-" (name(*place)) } {
                                (sentence_case(name(*place)))
                                " ("
                                (passports.len())
                                ")"
                            }
                        }
                    }
                }
            }
            (pooled::section(library))
            @for (place, passports) in &rooms {
                section aria-labelledby={ "room-" (name(*place)) } {
                    // Closed, so that the page is not a quarter of a kilometre long; a browser opens it for its
                    // own search and for a link into it.
                    details {
                        summary {
                            h2 id={ "room-" (name(*place)) } { (sentence_case(name(*place))) }
                            " "
                            (passports.len())
                            " numbers"
                        }
                        @for passport in passports { (entry(passport, library, claims, &|_| true)) }
                    }
                }
            }
        },
        &html! {
            p { (needlework::verdict::INTENDED_USE) }
        },
    )
}

/// Some of the passports, with those that contradict them, as a complete, self-contained HTML document; `wanted` is
/// what was looked for.
#[must_use]
pub fn found_html(
    (library, claims): (&Library, &ClaimBook),
    engine: &Engine,
    wanted: &str,
    found: &[&Passport],
) -> String {
    let mut against: Vec<&Passport> = Vec::new();
    for passport in found {
        for other in passport.conflicts.iter().filter_map(|key| library.book.passport(key)) {
            let shown = found.iter().chain(&against).any(|shown| shown.key == other.key);
            if !shown {
                against.push(other);
            }
        }
    }
    let all: Vec<&str> = found
        .iter()
        .chain(&against)
        .map(|passport| passport.key.as_str())
        .collect();
    let shown = |key: &str| all.contains(&key);
    let count = match found.len() {
        1 => "One number".to_owned(),
        many => format!("{many} numbers"),
    };
    document(
        &Shell {
            title: &format!("Numbers for “{wanted}”"),
            version: &engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the numbers",
            brand: "evidence",
        },
        &html! {
            h1 { (count) " for “" (wanted) "”" }
        },
        &html! {
            section aria-labelledby="found" {
                h2 #found { "Found" }
                @for passport in found { (entry(passport, library, claims, &shown)) }
            }
            @if !against.is_empty() {
                section aria-labelledby="against" {
                    h2 #against { "What contradicts them" }
                    @for passport in &against { (entry(passport, library, claims, &shown)) }
                }
            }
        },
        &html! {
            p { (needlework::verdict::INTENDED_USE) }
        },
    )
}

/// A key, which leads to its passport where that stands on the page.
fn link(key: &str, shown: &dyn Fn(&str) -> bool) -> Markup {
    html! {
        @if shown(key) {
            a href={ "#" (key) } {
                code { (key) }
            }
        } @else {
            code { (key) }
        }
    }
}

fn entry(passport: &Passport, library: &Library, claims: &ClaimBook, shown: &dyn Fn(&str) -> bool) -> Markup {
    let source = library.book.source(&passport.source);
    let place: Vec<String> = passport
        .place
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let used_by = dependents(library, claims, &passport.key);
    html! {
        div.passport {
            h3 id=(passport.key) {
                code { (passport.key) }
            }
            @if let Some(label) = &passport.label {
                p { (sentence_case(label)) }
            }
            p {
                span.number { (written_out(&passport.value)) }
                @if let Some(spread) = spread_words(&passport.spread) { ", " (written_out(&spread)) }
                @if passport.n > 0 { ", n = " (passport.n) }
            }
            @if !place.is_empty() {
                p.quiet { (place.join("; ")) }
            }
            p.quiet {
                (seen_words(passport.seen))
                "; "
                (use_words(passport.used))
                ". "
                @if let Some(source) = source {
                    (source.title)
                    @if source.year > 0 { ", " (source.year) }
                    @if let Some(address) = source.doi.as_deref().or(source.url.as_deref()) { ". " (address) }
                }
            }
            @if let Some(formula) = &passport.derivation {
                p.quiet { "Derived: " (formula) }
            }
            @if !passport.note.trim().is_empty() {
                p.quiet { (sentence_case(&passport.note)) }
            }
            @if !passport.conflicts.is_empty() {
                p { "Contradicted by" }
                ul {
                    @for key in &passport.conflicts {
                        li {
                            (link(key, shown))
                            @if let Some(other) = library.book.passport(key) {
                                ": "
                                (written_out(&other.value))
                                @if other.n > 0 { ", n = " (other.n) }
                                ", "
                                (other.source)
                            }
                        }
                    }
                }
            }
            @for choice in library.book.contradictions(&passport.key) {
                p {
                    "Choice: "
                    (choice.why)
                    @for key in &choice.chosen {
                        " "
                        (link(key, shown))
                    }
                }
            }
            @if !used_by.is_empty() {
                p { "Used by" }
                ul {
                    @for user in &used_by {
                        li { (user) }
                    }
                }
            }
        }
    }
}

/// A spread in words; nothing where none is reported.
pub fn spread_words(spread: &Spread) -> Option<String> {
    let two = |what: &str, low: &str, high: &str| Some(format!("{what} {low} to {high}"));
    match spread {
        Spread::None => None,
        Spread::Sd { value } => Some(format!("standard deviation {value}")),
        Spread::Se { value } => Some(format!("standard error {value}")),
        Spread::Ci95 { low, high } => two("95 % confidence interval", low, high),
        Spread::Range { low, high } => two("range", low, high),
        Spread::LogNormal { low, high } => two("log-normal prior, 5–95 %", low, high),
        Spread::LogitNormal { low, high } => two("logit-normal prior, 5–95 %", low, high),
        Spread::Normal { low, high } => two("normal prior, 5–95 %", low, high),
        Spread::Uniform { low, high } => two("uniform prior,", low, high),
        Spread::Beta { alpha, beta } => Some(format!("beta prior with shapes {alpha} and {beta}")),
        Spread::HalfNormal { sd } => Some(format!("half-normal prior, standard deviation {sd}")),
        Spread::Bernoulli => Some("holds or does not, with this probability".to_owned()),
        Spread::Dirichlet { alpha } => Some(format!("part of a Dirichlet prior, concentration {alpha}")),
    }
}

fn seen_words(seen: Seen) -> &'static str {
    match seen {
        Seen::FullText => "Seen in the full text",
        Seen::Abstract => "Seen in the abstract",
        Seen::Registry => "Seen in a registry or regulatory summary",
        Seen::Secondary => "Quoted by others",
        Seen::Derived => "Derived from other numbers",
        Seen::Assumed => "Assumed, our judgement",
    }
}

fn use_words(used: Used) -> &'static str {
    match used {
        Used::Calibration => "may be fitted",
        Used::Check => "a calibrated room must reproduce it",
        Used::Validation => "compared with predictions, never fitted",
        Used::Context => "background",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::collections::BTreeSet;

    use needlework_page_reader::{Page, laws};

    use super::*;

    #[test]
    fn every_passport_has_its_anchor_its_value_and_its_conflicts() {
        let library = needlework::bundle().unwrap();
        let page = Page::read(&evidence_html(
            &library,
            &needlework::claims(&library).unwrap(),
            &needlework::verdict::Engine::default(),
        ))
        .unwrap();
        assert_eq!(laws::accessible(&page), Vec::<String>::new());
        assert_eq!(laws::alone(&page), Vec::<String>::new());
        let all = |name| {
            page.elements()
                .filter_map(move |element| element.get(name))
                .collect::<BTreeSet<_>>()
        };
        let (ids, links) = (all("id"), all("href"));
        for passport in library.book.passports() {
            assert!(ids.contains(passport.key.as_str()), "{}", passport.key);
            for key in &passport.conflicts {
                assert!(links.contains(format!("#{key}").as_str()), "{key}");
            }
        }
    }
}
