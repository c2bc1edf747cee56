//! A comparison as one page: what the rules say, what may be expected, the paired differences, what it asks, and what
//! others published.
//!
//! A single file without scripts that loads nothing, in the manner of the report's page. Rows stand in the order of the
//! question; nothing is sorted or highlighted.

use maud::{Markup, html};

use super::cards::verdicts;
use super::letter::letter;
use super::published::published;
use super::{named, shows, signed, why_hidden};
use crate::chart::{self, ForestRow, Mark, forest};
use crate::model::{Alternative, COURSES, Difference, Outcome, Range, Reading, Risk, SideBySide};
use crate::section::{address, scrolling};
use crate::style::{Shell, document};
use crate::words::{
    NOTHING, days_or_hours, grouped, months, number, people_of, people_short, range_of_100, risk_range, sentence_case,
};

/// What the style sheet lacks for a comparison.
const OWN_STYLE: &str = include_str!("compare.css");

/// The comparison as a complete, self-contained HTML document.
///
/// It never fails: a chart that cannot be drawn is replaced by a sentence, its data stays in the table beside it.
#[must_use]
pub fn compare_html(comparison: &SideBySide) -> String {
    let banner = comparison.banner.as_ref().filter(|_| !shown(comparison).is_empty());
    let parts: [(&str, &str, Markup); 6] = [
        ("rules", "What the rules say", verdicts(comparison)),
        (
            "differences",
            "The same people with one or the other",
            differences(comparison),
        ),
        ("expected", "What may be expected", expected(comparison)),
        ("harms", "What can go wrong, and what it asks", harms(comparison)),
        (
            "published",
            "Creams and lasers: published, not simulated",
            published(comparison),
        ),
        ("about", "How this was compared", about(comparison)),
    ];
    document(
        &Shell {
            title: &comparison.title,
            version: &comparison.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: match comparison.reading {
                Reading::Lay => "comparison",
                Reading::Research => "research comparison",
            },
        },
        &html! {
            h1 { (comparison.title) }
        },
        &html! {
            @if let Some(one) = comparison.alternatives.iter().find(|one| one.verdict.distress) {
                div.card.help {
                    @for line in &one.verdict.first.help {
                        p { (line.whole()) }
                    }
                }
            }
            @if let Some(now) = {
                comparison
                    .alternatives
                    .iter()
                    .find_map(|one| one.verdict.first.now.as_ref())
            } {
                div.card.urgent {
                    p.lead {
                        strong { (now.whole()) }
                    }
                }
            }
            @for (id, title, body) in parts.iter().filter(|(_, _, body)| !body.0.is_empty()) {
                section aria-labelledby=(id) class=[(*id == "rules").then_some("verdict-part")] {
                    h2 id=(id) { (title) }
                    @if *id == "expected" {
                        @if let Some(text) = banner {
                            p.banner role="note" { (text) }
                        }
                    }
                    (body)
                }
            }
        },
        &html! {
            p { (comparison.intended_use) }
            @if let Some(text) = banner {
                p { (text) }
            }
        },
    )
}

/// The alternatives whose forecast is shown.
fn shown(comparison: &SideBySide) -> Vec<&Alternative> {
    let all = comparison.alternatives.iter();
    all.filter(|one| shows(comparison, one) && one.expected.is_some())
        .collect()
}

// What may be expected.

fn expected(comparison: &SideBySide) -> Markup {
    let Some(month) = comparison.month else {
        return html! {
            @for note in &comparison.notes {
                p { (note) }
            }
        };
    };
    let rows = shown(comparison);
    let outcomes: Vec<(String, &Outcome)> = rows
        .iter()
        .filter_map(|one| Some((one.name.clone(), &one.expected.as_ref()?.outcome)))
        .collect();
    let gain = rows.iter().find_map(|one| one.expected.as_ref()?.gain25);
    let table = html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { "Alternative" }
                    th.num scope="col" { "see little or no change, of 100" }
                    th.num scope="col" { "get worse, of 100" }
                    th.num scope="col" {
                        "gain 25 points or more because of it, of 100"
                        @if gain.is_some() { " *" }
                    }
                    th.num scope="col" { "average change, points" }
                }
            }
            tbody {
                @for one in &comparison.alternatives { (expected_row(comparison, one)) }
            }
        }
    };
    html! {
        p.lead {
            (sentence_case(&months(month)))
            " after the first session, of 100 people like this. Counts of people are the mean of all that may be so; \
                the small numbers are the plausible range of an average."
        }
        @for note in &comparison.notes {
            p { (note) }
        }
        (chart::definitions())
        div.block {
            div.hundreds {
                @for (place, one) in rows.iter().enumerate() {
                    @if let Some(expected) = &one.expected {
                        figure {
                            figcaption { (named(one)) }
                            (chart::figures(
                                &format!("people-{place}"),
                                &format!("100 people: {}", named(one)),
                                &expected.outcome,
                            ))
                        }
                    }
                }
            }
            (chart::figures_key(&outcomes))
        }
        (scrolling("What may be expected of each alternative", &table))
        @if let Some(gain) = gain {
            p.quiet {
                "* More than they would have without it, "
                (months(gain.month_after_last))
                " after the last session of each plan. No change is 0 points, marks that are gone are 100."
            }
        }
        @if comparison.reading == Reading::Research { (by_month(comparison)) }
    }
}

fn expected_row(comparison: &SideBySide, one: &Alternative) -> Markup {
    let hidden = why_hidden(comparison, one);
    html! {
        tr class=[one.nothing.then_some("untreated-row")] {
            th scope="row" { (letter(one)) (one.label) }
            @match (hidden, &one.expected) {
                (None, Some(expected)) => {
                    (share_cell(expected.outcome.none.mean))
                    (share_cell(expected.outcome.worse.mean))
                    @match expected.gain25 {
                        Some(gain) => (share_cell(gain.share.mean)),
                        None => {
                            td.num { (NOTHING) }
                        }
                    }
                    (points_cell(&expected.improvement))
                }
                (why, _) => {
                    td.held colspan="4" {
                        span { (why.unwrap_or(NOTHING)) }
                    }
                }
            }
        }
        @let extrapolated = one.expected.as_ref().is_some_and(|expected| expected.extrapolated);
        @if hidden.is_none() && extrapolated {
            tr {
                td.held colspan="5" { (one.name) ": extrapolated, this lies outside what has been studied." }
            }
        }
    }
}

/// People of a hundred, without a range: it would say little until the gain itself is known to a few points.
pub(super) fn share_cell(share: f64) -> Markup {
    html! {
        td.num { (people_short(share)) }
    }
}

/// Needles of a hundred, with what is plausible of them.
fn needles_cell(range: &Range) -> Markup {
    let (middle, bounds) = (people_short(range.mean), range_of_100(range));
    let one = format!("{middle} to {middle}");
    html! {
        td.num {
            (middle)
            @if bounds != one {
                small { (bounds) }
            }
        }
    }
}

pub(super) fn points_cell(range: &Range) -> Markup {
    let [middle, low, high] = [range.mean, range.low, range.high].map(signed);
    let differ = low != middle || high != middle;
    html! {
        td.num {
            (middle)
            @if differ {
                small { (low) " to " (high) }
            }
        }
    }
}

fn row(one: &Alternative, range: Range) -> ForestRow {
    ForestRow {
        label: named(one),
        range,
        mark: if one.nothing { Mark::Nothing } else { Mark::One },
    }
}

/// Average change at every month, for researchers.
fn by_month(comparison: &SideBySide) -> Markup {
    let table = html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { "Average change in points after" }
                    @for month in &comparison.months {
                        th.num scope="col" { (months(*month)) }
                    }
                }
            }
            tbody {
                @for one in shown(comparison) {
                    @if let Some(expected) = &one.expected {
                        tr {
                            th scope="row" { (letter(one)) (one.label) }
                            @for range in &expected.by_month { (points_cell(range)) }
                        }
                    }
                }
                @for one in shown(comparison) {
                    @if let Some(difference) = &one.against_nothing {
                        tr {
                            th scope="row" { (letter(one)) "minus doing nothing" }
                            @for paired in &difference.by_month { (points_cell(&paired.points)) }
                        }
                    }
                }
            }
        }
    };
    crate::section::data("Average change month by month", &table)
}

// Paired differences.

fn differences(comparison: &SideBySide) -> Markup {
    let rows = shown(comparison);
    let Some(month) = comparison.month else { return html! {} };
    if rows
        .iter()
        .all(|one| one.against_nothing.is_none() && one.against_first.is_none())
    {
        return html! {};
    }
    let first = comparison.alternatives.first();
    // With doing nothing alone the table would be the one above, turned round.
    let first_shown = rows.iter().any(|one| !one.nothing && one.against_first.is_some());
    let first_name = first.map_or_else(String::new, named);
    let step = number(comparison.better_points);
    let against_nothing: Vec<ForestRow> = rows
        .iter()
        .filter_map(|one| Some(row(one, one.against_nothing.as_ref()?.at_month.points)))
        .collect();
    let against_first: Vec<ForestRow> = rows
        .iter()
        .filter_map(|one| Some(row(one, one.against_first.as_ref()?.at_month.points)))
        .collect();
    html! {
        p {
            @if comparison.same_people {
                "Each virtual person goes through every alternative, "
                (months(month))
                " each, with the same skin, the same mark and the same luck. A difference is what the one alternative \
                    changes for the same person against the other. "
            } @else {
                "Each plan and doing nothing are tried on the same virtual people, "
                (months(month))
                " each. Between two cases the people or the marks differ too. "
            }
            "Better or worse off means by at least "
            (step)
            " points; that mark is our choice."
        }
        div.pair {
            @if let Some(chart) = {
                forest(
                    "against-nothing",
                    "Average difference to doing nothing",
                    "points more than doing nothing",
                    (0.0, 5.0),
                    &against_nothing,
                )
            } {
                figure.single {
                    figcaption { "Each plan and doing nothing" }
                    (chart)
                }
            }
            @if comparison.reading == Reading::Research && first_shown {
                @if let Some(chart) = {
                    forest(
                        "against-first",
                        "Average difference to the first alternative",
                        "points more than the first alternative",
                        (-2.0, 2.0),
                        &against_first,
                    )
                } {
                    figure.single {
                        figcaption { "Each alternative and " (first_name) }
                        (chart)
                    }
                }
            }
        }
        (paired_table(
            comparison,
            &rows,
            "Each plan and doing nothing",
            |one| one.against_nothing.as_ref(),
        ))
        @if first_shown {
            (paired_table(
                comparison,
                &rows,
                &format!("Each alternative and {first_name}"),
                |one| one.against_first.as_ref(),
            ))
        }
        @if first_shown && comparison.reading == Reading::Research { (paired_burdens(&rows, &first_name)) }
    }
}

fn paired_table(
    comparison: &SideBySide,
    rows: &[&Alternative],
    title: &str,
    which: impl Fn(&Alternative) -> Option<&Difference>,
) -> Markup {
    let step = number(comparison.better_points);
    let found: Vec<(&Alternative, &Difference)> = rows.iter().filter_map(|one| Some((*one, which(one)?))).collect();
    if found.is_empty() {
        return html! {};
    }
    let table = html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { (title) }
                    th.num scope="col" { "points more, on average" }
                    th.num scope="col" { "better off by " (step) " points, of 100" }
                    th.num scope="col" { "worse off by " (step) " points, of 100" }
                }
            }
            tbody {
                @for (one, difference) in found {
                    tr {
                        th scope="row" { (letter(one)) (one.label) }
                        (points_cell(&difference.at_month.points))
                        (share_cell(difference.at_month.better.mean))
                        (share_cell(difference.at_month.worse.mean))
                    }
                }
            }
        }
    };
    scrolling(title, &table)
}

fn paired_burdens(rows: &[&Alternative], first_name: &str) -> Markup {
    let found: Vec<_> = rows
        .iter()
        .filter_map(|one| Some((*one, one.against_first.as_ref()?.burden?)))
        .collect();
    if found.is_empty() {
        return html! {};
    }
    let table = html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { "Each plan minus " (first_name) }
                    th.num scope="col" { "pain, of 10" }
                    th.num scope="col" { "redness, days" }
                    th.num scope="col" { "median depth, µm" }
                    th.num scope="col" { "dark marks, of 1,000" }
                    th.num scope="col" { "cost, €" }
                }
            }
            tbody {
                @for (one, burden) in found {
                    tr {
                        th scope="row" { (letter(one)) (one.label) }
                        @let cost = burden.cost_euros;
                        @let marks = burden.dark_marks_per_1000;
                        @for range in [burden.pain, burden.redness_days, burden.depth_um, marks, cost] {
                            (points_cell(&range))
                        }
                    }
                }
            }
        }
    };
    crate::section::data("Paired differences of what the plans ask", &table)
}

// Harms and burden.

fn harms(comparison: &SideBySide) -> Markup {
    let any = |one: &Alternative| shows(comparison, one) && (one.burden.is_some() || !one.risks.is_empty());
    if !comparison.alternatives.iter().any(any) {
        return html! {};
    }
    let risk = |one: &Alternative, name: &str| one.risks.iter().find(|risk| risk.name == name).cloned();
    let table = html! {
        table.beside-each {
            thead {
                tr {
                    th scope="col" { "Alternative" }
                    th.num scope="col" { "infection, of 1,000 courses" }
                    th.num scope="col" { "dark marks, of 1,000" }
                    th.num scope="col" { "a new scar, of 1,000" }
                    th.num scope="col" { "pain, 0 to 10" }
                    th.num scope="col" { "redness after a session" }
                    th.num scope="col" { "needles that reach the dermis, of 100" }
                    th.num scope="col" { "cost of the course" }
                }
            }
            tbody {
                @for one in &comparison.alternatives {
                    tr class=[one.nothing.then_some("untreated-row")] {
                        th scope="row" { (letter(one)) (one.label) }
                        @if any(one) {
                            @for name in ["infection", "dark_marks", "scar"] { (risk_cell(risk(one, name).as_ref())) }
                            (burden_cells(one))
                        } @else if one.nothing {
                            td.held colspan="7" {
                                span { "No needles: none of these." }
                            }
                        } @else {
                            td.held colspan="7" {
                                span { (why_hidden(comparison, one).unwrap_or(NOTHING)) }
                            }
                        }
                    }
                }
            }
        }
    };
    let uncounted = comparison.alternatives.iter().any(|one| {
        any(one)
            && one
                .risks
                .iter()
                .any(|risk| risk.has_number() && risk.per_1000.mean.is_none())
    });
    html! {
        p {
            "Whoever compares what may be gained compares what may go wrong with it. All harms are counted in courses \
                of 1,000; the small numbers are the plausible range."
        }
        (scrolling("What can go wrong and what each alternative asks", &table))
        @if uncounted {
            p.quiet { "Where there is only a range, nobody has counted: it is what models span." }
        }
        p.quiet {
            "Pain and redness are those of the middle person; 90 of 100 people lie in the range. Prices are assumed \
                where a case states none."
        }
    }
}

fn risk_cell(risk: Option<&Risk>) -> Markup {
    html! {
        td.num {
            @match risk {
                None => (NOTHING),
                Some(risk) => {
                    @match risk.per_1000.mean {
                        Some(mean) => {
                            (people_of(mean / COURSES, COURSES).replace("fewer than ", "<"))
                            small { (short(&risk_range(risk))) }
                        }
                        None => {
                            small { (short(&risk_range(risk))) }
                        }
                    }
                }
            }
        }
    }
}

fn short(range: &str) -> String {
    range.replace("fewer than ", "<").replace("more than ", ">")
}

fn burden_cells(one: &Alternative) -> Markup {
    html! {
        @match &one.burden {
            None => {
                td.num { (NOTHING) }
                td.num { (NOTHING) }
            }
            Some(burden) => {
                td.num {
                    (number(burden.pain.p50))
                    small { (number(burden.pain.p5)) " to " (number(burden.pain.p95)) }
                }
                @let (middle, range) = days_or_hours(
                    burden.redness_days.p50,
                    burden.redness_days.p5,
                    burden.redness_days.p95,
                );
                td.num {
                    (middle)
                    small { (range) }
                }
            }
        }
        @match &one.needles {
            None => {
                td.num { (NOTHING) }
            }
            Some(needles) => (needles_cell(&needles.reaches_dermis)),
        }
        @match &one.burden {
            None => {
                td.num { (NOTHING) }
            }
            Some(burden) => {
                td.num {
                    "€"
                    (grouped(burden.cost.euros.mean))
                    small { "€" (grouped(burden.cost.euros.low)) " to €" (grouped(burden.cost.euros.high)) }
                }
            }
        }
    }
}

// How it was compared.

fn about(comparison: &SideBySide) -> Markup {
    html! {
        @if comparison.worlds > 0 {
            p.quiet {
                "Needlework "
                (comparison.engine.version)
                ", seed "
                (comparison.seed)
                ", "
                (grouped(comparison.people as f64))
                " virtual people in "
                (grouped(comparison.worlds as f64))
                " worlds for each alternative."
            }
        }
        @if !comparison.sources.is_empty() {
            h3 { "Sources" }
            ol.sources {
                @for line in &comparison.sources {
                    li {
                        @match address(line) {
                            Some(address) => a href=(address) rel="noopener noreferrer" { (line.title) },
                            None => (line.title),
                        }
                        @if line.year != 0 { ", " (line.year) }
                    }
                }
            }
        }
    }
}
