//! Icon arrays and the pain scale: numbers as people and courses that one can count.
//!
//! A hundred figures stand for a hundred people like this, coloured by what becomes of them; a thousand dots stand for
//! a thousand courses: full for the point estimate, rings up to the high end of the plausible range. Lightness and
//! shape carry the meaning too, so that the pictures read in grey. Dots are drawn as patterned rectangles, a handful of
//! elements instead of a thousand.

use maud::{Markup, html};

use crate::model::{Outcome, Percentiles, Risk};
use crate::words::{classes, hundred, number, risk_sentence};

/// Shapes that the arrays refer to; once per page.
pub fn definitions() -> Markup {
    html! {
        svg.defs aria-hidden="true" width="0" height="0" {
            defs {
                symbol id="person" viewBox="0 0 12 18" {
                    circle cx="6" cy="3.6" r="2.6" {}
                    path d="M2.2 16.4V10.6Q2.2 7.4 6 7.4T9.8 10.6V16.4Z" {}
                }
                symbol id="person-worse" viewBox="0 0 12 18" {
                    circle cx="6" cy="3.6" r="2.6" {}
                    path d="M2.2 16.4V10.6Q2.2 7.4 6 7.4T9.8 10.6V16.4Z" {}
                    path.slash d="M4 10L8 14M8 10L4 14" {}
                }
                pattern id="dot-base" width="8" height="8" patternUnits="userSpaceOnUse" {
                    circle.dot-base cx="4" cy="4" r="1.5" {}
                }
                pattern id="dot-mean" width="8" height="8" patternUnits="userSpaceOnUse" {
                    circle.dot-mean cx="4" cy="4" r="3.4" {}
                }
                pattern id="dot-range" width="8" height="8" patternUnits="userSpaceOnUse" {
                    circle.dot-range cx="4" cy="4" r="2.7" {}
                }
            }
        }
    }
}

/// What a picture of a hundred people says, in a sentence.
pub fn figures_said(outcome: &Outcome) -> String {
    let words: Vec<String> = classes(outcome)
        .iter()
        .zip(hundred(outcome))
        .filter(|(_, count)| *count > 0)
        .map(|((_, name, _), count)| format!("{count} {name}"))
        .collect();
    format!("Of 100 figures: {}.", words.join(", "))
}

/// How many of a hundred people are of each class, in the order in which they are drawn: `worse 2,none 80`.
pub fn figures_counted(outcome: &Outcome) -> String {
    let counts: Vec<String> = classes(outcome)
        .iter()
        .zip(hundred(outcome))
        .map(|((class, _, _), count)| format!("{class} {count}"))
        .collect();
    counts.join(",")
}

/// A hundred people by what becomes of them.
pub fn figures(id: &str, title: &str, outcome: &Outcome) -> Markup {
    let counts = hundred(outcome);
    let mut people: Vec<&'static str> = Vec::with_capacity(100);
    for ((class, _, _), count) in classes(outcome).iter().zip(counts) {
        people.extend(std::iter::repeat_n(*class, count));
    }
    html! {
        svg.people role="img" viewBox="0 0 152 190" aria-labelledby={ (id) "-t " (id) "-d" } {
            title id={ (id) "-t" } { (title) }
            desc id={ (id) "-d" } { (figures_said(outcome)) }
            @for (place, class) in people.iter().enumerate() {
                @let shape = if *class == "worse" { "#person-worse" } else { "#person" };
                @let (x, y) = (place % 10 * 15 + 2, place / 10 * 19);
                use href=(shape) class={ "who-" (class) } x=(x) y=(y) width="12" height="18" {}
            }
        }
    }
}

/// The name of each class beside its figure.
fn class_name(class: &str, name: &str) -> Markup {
    html! {
        svg.glyph aria-hidden="true" viewBox="0 0 12 18" {
            use href=(if class == "worse" { "#person-worse" } else { "#person" })
                class={ "who-" (class) }
                width="12"
                height="18" {}
        }
        (crate::words::sentence_case(name))
    }
}

/// What the figures mean, and how many of a hundred they are of each alternative: names with their outcomes.
pub fn figures_key(alternatives: &[(String, &Outcome)]) -> Markup {
    let Some((_, first)) = alternatives.first() else {
        return html! {};
    };
    html! {
        table.key {
            caption.quiet { "What the figures mean, and how many of 100" }
            thead {
                tr {
                    th scope="col" { "Change" }
                    @for (name, _) in alternatives {
                        th.num scope="col" { (name) }
                    }
                }
            }
            tbody {
                @for (place, (class, name, _)) in classes(first).iter().enumerate() {
                    tr {
                        th scope="row" { (class_name(class, name)) }
                        @for (_, outcome) in alternatives {
                            td.num { (hundred(outcome)[place]) }
                        }
                    }
                }
            }
        }
    }
}

/// What the figures mean, with the counts of both arms.
pub fn figures_legend(treated: &Outcome, untreated: &Outcome) -> Markup {
    let (with, without) = (hundred(treated), hundred(untreated));
    html! {
        table.key {
            caption.quiet {
                "What the figures mean, and how many of 100: whole people, rounded so that they add up to 100; \
                    elsewhere each share is rounded by itself"
            }
            thead {
                tr {
                    th scope="col" { "Change" }
                    th.num scope="col" { "with this plan" }
                    th.num scope="col" { "doing nothing" }
                }
            }
            tbody {
                @for (place, (class, name, _)) in classes(treated).iter().enumerate() {
                    tr {
                        th scope="row" { (class_name(class, name)) }
                        td.num { (with[place]) }
                        td.num { (without[place]) }
                    }
                }
            }
        }
    }
}

/// Dots in a row of the array of a thousand.
const COLUMNS: usize = 50;

/// A thousand courses; the first `mean` full, then rings up to the high end of the range.
pub fn courses(id: &str, risk: &Risk) -> Markup {
    let count = |value: f64| {
        if value.is_finite() {
            value.round().clamp(0.0, 1000.0) as usize
        } else {
            0
        }
    };
    let full = count(risk.per_1000.mean.unwrap_or(risk.per_1000.low));
    let rings = count(risk.per_1000.high).max(full);
    html! {
        svg.courses role="img" viewBox="0 0 400 160" aria-labelledby={ (id) "-t " (id) "-d" } {
            title id={ (id) "-t" } { (risk.title) ", of 1,000 courses" }
            desc id={ (id) "-d" } { (risk_sentence(risk)) "." }
            @for (from, to, pattern) in [(0, full, "dot-mean"), (full, rings, "dot-range"), (rings, 1000, "dot-base")] {
                @for (x, y, width, height) in runs(from, to) {
                    rect x=(x * 8) y=(y * 8) width=(width * 8) height=(height * 8) fill={ "url(#" (pattern) ")" } {}
                }
            }
        }
    }
}

/// The cells `from..to` of the array, read row by row, as at most three rectangles (column, row, columns, rows).
fn runs(from: usize, to: usize) -> Vec<(usize, usize, usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    // Ends: each turn takes a cell at least.
    while at < to {
        let (row, column) = (at / COLUMNS, at % COLUMNS);
        if column == 0 && to - at >= COLUMNS {
            let rows = (to - at) / COLUMNS;
            found.push((0, row, COLUMNS, rows));
            at += rows * COLUMNS;
        } else {
            let width = (COLUMNS - column).min(to - at);
            found.push((column, row, width, 1));
            at += width;
        }
    }
    found
}

/// Pain on the scale of 0 to 10 with its anchors in words.
pub fn pain_scale(pain: &Percentiles) -> Markup {
    let along = |value: f64| 14.0 + 41.2 * if value.is_finite() { value.clamp(0.0, 10.0) } else { 0.0 };
    let place = |value: f64| format!("{:.1}", along(value));
    let width = |from: f64, to: f64| format!("{:.1}", (along(to) - along(from)).max(1.0));
    html! {
        svg.chart role="img" viewBox="0 0 440 84" aria-labelledby="pain-t pain-d" {
            title id="pain-t" { "Pain of a session, from 0 to 10" }
            desc id="pain-d" {
                "The middle person says "
                (number(pain.p50))
                "; 90 of 100 people say between "
                (number(pain.p5))
                " and "
                (number(pain.p95))
                "."
            }
            rect.f-bar x=(place(pain.p5)) y="22" width=(width(pain.p5, pain.p95)) height="14" opacity="0.3" {}
            rect.f-bar x=(place(pain.p25)) y="22" width=(width(pain.p25, pain.p75)) height="14" opacity="0.55" {}
            line.s-muted x1="14" y1="44" x2="426" y2="44" stroke-width="1" {}
            @for mark in 0..=10_i32 {
                line.s-muted x1=(place(f64::from(mark))) y1="44" x2=(place(f64::from(mark))) y2="49" stroke-width="1" {}
                text.f-muted x=(place(f64::from(mark))) y="62" text-anchor="middle" font-size="13" { (mark) }
            }
            line.s-text x1=(place(pain.p50)) y1="18" x2=(place(pain.p50)) y2="40" stroke-width="3" {}
            text.f-text x=(place(pain.p50)) y="13" text-anchor="middle" font-size="14" font-weight="600" {
                (number(pain.p50))
            }
            text.f-muted x="8" y="80" font-size="13" { "no pain" }
            text.f-muted x="432" y="80" text-anchor="end" font-size="13" { "worst imaginable" }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn rectangles_cover_each_course_exactly_once() {
        for (from, to) in [(0, 1000), (0, 8), (8, 40), (37, 415), (50, 100), (999, 1000), (5, 5)] {
            let mut seen = vec![0; 1000];
            for (column, row, width, height) in runs(from, to) {
                for y in row..row + height {
                    for x in column..column + width {
                        seen[y * COLUMNS + x] += 1;
                    }
                }
            }
            assert!(
                seen.iter()
                    .enumerate()
                    .all(|(cell, times)| *times == usize::from((from..to).contains(&cell))),
                "{from}..{to}"
            );
        }
    }
}
