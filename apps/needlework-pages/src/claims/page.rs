//! The ledger as one page: a single file without scripts that loads nothing, in the dress of the report.
//!
//! Order: what it is, all claims at a glance, then each claim with its verdict and reason, the published evidence, what
//! is computed now with the command, and what is not modelled; at the end the sources.

use maud::{Markup, html};

use super::{BEYOND, BEYOND_MEANS, counts, finding, is_beyond, of_one_plan, verdict_word};
use crate::model::{ClaimEvidence, ClaimVerdict, Computed, Ledger, LedgerRow, SourceLine};
use crate::numbers::grouped;
use crate::section::scrolling;
use crate::style::{Shell, document};
use crate::words::{full_stop, sentence_case, source_name};

/// What the ledger adds to the report's style: the tag of a verdict, and tables that fit a phone.
const OWN_STYLE: &str = "\
.tag { display: inline-block; border: 1.5px solid currentColor; border-radius: 0.3rem; padding: 0 0.5rem; font-size: \
0.86rem; \
font-weight: 650; line-height: 1.5; white-space: nowrap; } \
.tag.supported { color: var(--plain); background: var(--plain-soft); } .tag.partly { color: var(--accent); } \
.tag.contradicted { color: var(--stop); background: var(--stop-soft); } \
.tag.unknown { color: var(--ask); border-style: dashed; } \
.claim { margin-top: 2.4rem; border-top: 1px solid var(--line); padding-top: 1.4rem; } \
.claim h2 { font-size: 1.2rem; max-width: 44rem; } .claim h2 .id { color: var(--muted); font-weight: 450; \
margin-right: 0.5rem; } \
.claim .tag { margin-right: 0.5rem; } \
.glance td, .glance th { padding-top: 0.4rem; padding-bottom: 0.4rem; } .glance .tag { font-size: 0.8rem; } \
.computed { width: 100%; max-width: 57.5rem; } .computed th { width: 46%; font-weight: 400; } \
.computed small { display: block; } .computed code { font-size: 0.76rem; color: var(--muted); } \
.command td { padding-top: 0.1rem; border-bottom: 1px solid var(--line); } .said th, .said td { border-bottom: 0; } \
@media (max-width: 40rem) { .glance th, .glance td { padding-right: 0.5rem; } .computed { font-size: 0.92rem; } } \
@media print { .claim { margin-top: 1.2rem; padding-top: 0.8rem; } .claim h2, .claim h3 { break-after: avoid; } .claim \
tr, .claim li { break-inside: avoid; } }";

/// The ledger as a complete, self-contained HTML document.
#[must_use]
pub fn claims_html(ledger: &Ledger) -> String {
    let beyond = ledger.claims.iter().flat_map(|row| &row.computed).any(is_beyond);
    document(
        &Shell {
            title: "The article’s claims",
            version: &ledger.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the claims",
            brand: "claims",
        },
        &html! {
            h1 { "What an article says of needling stretch marks, and what is known" }
        },
        &html! {
            p.lead { (ledger.claims.len()) " claims: " (counts(ledger)) "." }
            p {
                "Each claim is in our own words. The verdict is ours, from published evidence; beside it \
                    stands what the engine computes "
                "now, with "
                (grouped(ledger.people as f64))
                " virtual people for each situation, and the command that computes it. Ranges are 5 to "
                "95 %: of people, or of worlds, each of which is one way things could be as far as anyone \
                    knows."
                @if beyond { " " (BEYOND_MEANS) }
            }
            p.banner role="note" { (ledger.banner) }
            section aria-labelledby="short" {
                h2 #short { "In short: what to expect of one such plan" }
                @for line in &ledger.first.says { p { (line) } }
                p.quiet { (of_one_plan(ledger)) }
            }
            @if ledger.claims.len() > 1 {
                section aria-labelledby="glance" {
                    h2 #glance { "At a glance" }
                    (glance(ledger))
                }
            }
            @for row in &ledger.claims { (claim(row)) }
            section aria-labelledby="sources" {
                h2 #sources { "Sources" }
                (sources(&ledger.sources))
            }
        },
        &html! {
            p { (ledger.intended_use) }
            p.quiet {
                "Engine "
                (ledger.engine.version)
                ", build "
                (ledger.engine.commit)
                ", seed "
                (ledger.seed)
                ", "
                (grouped(ledger.worlds as f64))
                " worlds."
            }
        },
    )
}

fn tag(verdict: ClaimVerdict) -> Markup {
    html! {
        span class={ "tag " (verdict_word(verdict)) } { (verdict_word(verdict)) }
    }
}

/// All claims with their verdicts.
fn glance(ledger: &Ledger) -> Markup {
    html! {
        table.glance {
            thead {
                tr {
                    th scope="col" { "Claim" }
                    th scope="col" { "What the article says" }
                    th scope="col" { "Verdict" }
                }
            }
            tbody {
                @for row in &ledger.claims {
                    tr {
                        th scope="row" {
                            a href={ "#" (row.id) } { (row.id) }
                        }
                        td { (row.says) }
                        td { (tag(row.verdict)) }
                    }
                }
            }
        }
    }
}

fn claim(row: &LedgerRow) -> Markup {
    html! {
        section.claim aria-labelledby=(row.id) {
            h2 id=(row.id) {
                span.id { (row.id) }
                (row.says)
            }
            p { (tag(row.verdict)) (row.because) }
            @if !row.parts.is_empty() {
                ul.compact {
                    @for part in &row.parts {
                        li {
                            (sentence_case(&part.part))
                            ": "
                            strong { (verdict_word(part.verdict)) }
                        }
                    }
                }
            }
            h3 { "Published evidence" }
            ul {
                @for found in &row.evidence {
                    li { (evidence(found)) }
                }
            }
            h3 { "What the engine computes now" }
            @if !row.computed.is_empty() {
                (scrolling(
                    &format!("What is computed of {}", row.id),
                    &computed(&row.computed),
                ))
            }
            @if let Some(verdict) = row.engine_says {
                p.quiet {
                    "By these numbers alone: "
                    strong { (verdict_word(verdict)) }
                    "."
                }
            }
            @if let Some(missing) = &row.not_modelled {
                p { (full_stop(&sentence_case(missing))) }
            }
            p.quiet { "Modelled by: " (row.rooms.join(", ")) "." }
        }
    }
}

fn evidence(found: &ClaimEvidence) -> Markup {
    html! {
        (found.text)
        " "
        span.quiet {
            "Certainty: "
            (found.grade)
            "."
            @for (at, key) in found.sources.iter().enumerate() {
                @if at == 0 { " " } @else { ", " }
                a href={ "#source-" (key) } { (key) }
            }
        }
    }
}

/// Findings, each run of rows with the same command followed by that command.
fn computed(rows: &[Computed]) -> Markup {
    let last_of_run = |at: usize| rows.get(at + 1).is_none_or(|next| next.command != rows[at].command);
    html! {
        table.computed {
            thead {
                tr {
                    th scope="col" { "What" }
                    th scope="col" { "Computed" }
                }
            }
            tbody {
                @for (at, row) in rows.iter().enumerate() {
                    @let (found, range) = finding(row);
                    tr.said[last_of_run(at)] {
                        th scope="row" { (sentence_case(&row.what)) }
                        td {
                            (found)
                            @if is_beyond(row) { " " (BEYOND) }
                            @if !range.is_empty() {
                                small {
                                    (range)
                                    @if row.value.is_some() && row.kind != range { " (" (row.kind) ")" }
                                }
                            }
                        }
                    }
                    @if last_of_run(at) {
                        tr.command {
                            td colspan="2" {
                                code { (row.command) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn sources(lines: &[SourceLine]) -> Markup {
    html! {
        ol.sources {
            @for line in lines {
                li id={ "source-" (line.key) } {
                    code { (line.key) }
                    " "
                    @let of_the_web = |link: &&str| link.starts_with("https://") || link.starts_with("http://");
                    @match line.link.as_deref().filter(of_the_web) {
                        Some(link) => a href=(link) rel="noopener noreferrer" { (source_name(line)) },
                        None => (source_name(line)),
                    }
                }
            }
        }
    }
}
