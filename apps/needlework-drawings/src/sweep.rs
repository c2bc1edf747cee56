//! Many designs on a page, in a terminal, and as a table of comma-separated values.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, html};
use needlework::designer::{SweepReport, Tried};
use needlework::verdict::Range;
use needlework_figures::chart::{Point, front};
use needlework_figures::numbers::{grouped, number};
use needlework_figures::style::head;
use needlework_figures::words::sentence_case;

use crate::range;

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }\n\
.wide { overflow-x: auto; }\ntd.n { text-align: right; white-space: nowrap; }";

/// Most designs that a page or a terminal names.
const MOST: usize = 50;

/// The front, deepest first.
fn front_of(report: &SweepReport) -> Vec<&Tried> {
    let mut best: Vec<&Tried> = report.designs.iter().filter(|design| design.on_front).collect();
    best.sort_by(|a, b| b.dermal_um.mean.total_cmp(&a.dermal_um.mean));
    best
}

fn opening(report: &SweepReport) -> String {
    format!(
        "{} designs on the {}, unmarked skin of a typical person, each in the same {} worlds. {} are beaten by none in all four aims at once: deep in the dermis, little pain, narrow holes, few cut vessels. Reach is no benefit, and a difference smaller than the ranges means nothing.",
        grouped(report.designs.len() as f64),
        report.site,
        report.worlds,
        grouped(report.designs.iter().filter(|design| design.on_front).count() as f64)
    )
}

/// Many designs as a complete, self-contained HTML document.
#[must_use]
pub fn sweep_html(report: &SweepReport) -> String {
    let best = front_of(report);
    let against: [(&str, &str, fn(&Tried) -> f64); 3] = [
        ("pain", "Pain without numbing, 0 to 10", |design| design.pain.mean),
        ("gape", "Width of an open hole, µm", |design| design.gape_um.mean),
        ("bleeding", "Small vessels cut in a square centimetre", |design| {
            design.cuts_per_cm2.mean
        }),
    ];
    let picture = |&(id, title, value): &(&str, &str, fn(&Tried) -> f64)| {
        let points: Vec<Point> = report
            .designs
            .iter()
            .map(|design| Point {
                x: design.dermal_um.mean,
                y: value(design),
                on_front: design.on_front,
            })
            .collect();
        let words = format!(
            "{} designs as points: reach into the dermis from 0 to {} µm against {}. {} stand out, since none beats them in all four aims.",
            report.designs.len(),
            number(points.iter().map(|point| point.x).fold(0.0, f64::max)),
            title.to_lowercase(),
            best.len()
        );
        front(
            id,
            title,
            &words,
            ("Reach into the dermis, mean over needles, µm", title),
            &points,
        )
    };
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head("Designs side by side", &report.engine.version, OWN_STYLE))
            body {
                a.skip href="#main" { "Skip to the answer" }
                header {
                    p.brand { "Needlework " span { "Designs side by side" } }
                    h1 { @if let Some(base) = &report.base { (sentence_case(base)) ", varied" } @else { "Designs side by side" } }
                    p { (opening(report)) }
                }
                main #main {
                    section aria-labelledby="front" {
                        h2 #front { "Reach against what it costs" }
                        div.pair { @for chart in against.iter().filter_map(picture) { figure { (chart) } } }
                        p.quiet { "Ringed: beaten by none in all four aims. Small: beaten. Means over worlds." }
                    }
                    section aria-labelledby="best" {
                        h2 #best { "Designs that none beats" }
                        @if best.len() > MOST { p { "The " (MOST) " that reach deepest of " (best.len()) "; the table of values has all." } }
                        div.wide tabindex="0" role="region" aria-label="Designs that none beats" { table {
                            thead { tr {
                                @for field in &report.fields { th scope="col" { (words(field)) } }
                                @for (title, _) in COLUMNS { th scope="col" { (title) } }
                            } }
                            tbody { @for design in best.iter().take(MOST) { tr {
                                @for value in &design.values { td.n { (value) } }
                                @for (_, value) in COLUMNS { td.n { (value(design)) } }
                            } } }
                        } }
                    }
                }
                footer { p { (report.intended_use) } p { "Seed " (report.seed) ", " (report.worlds) " worlds." } }
            }
        }
    };
    page.into_string()
}

/// Columns of a named design.
type Column = (&'static str, fn(&Tried) -> String);
const COLUMNS: [Column; 6] = [
    ("reach in the dermis, µm", |design| range(&design.dermal_um)),
    ("pain", |design| range(&design.pain)),
    ("gape, µm", |design| range(&design.gape_um)),
    ("vessels cut, 1/cm²", |design| range(&design.cuts_per_cm2)),
    ("reach the dermis, of 100", |design| {
        number(design.reaches_dermis * 100.0)
    }),
    ("holes, 1/cm²", |design| number(design.holes_per_cm2)),
];

fn words(field: &str) -> String {
    field.replace('_', " ")
}

/// Many designs for a terminal: an opening, the head of the front's table and its rows.
#[must_use]
pub fn sweep_text(report: &SweepReport) -> (String, Vec<String>, Vec<Vec<String>>) {
    /// Most designs that a terminal names.
    const FEW: usize = 12;
    let short: [Column; 4] = [
        ("reach, µm", |design| number(design.dermal_um.mean)),
        ("pain", |design| number(design.pain.mean)),
        ("gape, µm", |design| number(design.gape_um.mean)),
        ("cuts, 1/cm²", |design| number(design.cuts_per_cm2.mean)),
    ];
    let best = front_of(report);
    // Evenly over the front, from deep to shallow.
    let each = best.len().div_ceil(FEW).max(1);
    let head = report
        .fields
        .iter()
        .map(|field| words(field))
        .chain(short.iter().map(|(title, _)| (*title).to_owned()));
    let rows = best
        .iter()
        .step_by(each)
        .map(|design| {
            design
                .values
                .iter()
                .cloned()
                .chain(short.iter().map(|(_, value)| value(design)))
                .collect()
        })
        .collect();
    let mut opening = opening(report);
    if best.len() > FEW {
        let _ = write!(
            opening,
            " Here are {} of these, evenly from deep to shallow; --out writes all.",
            best.len().div_ceil(each)
        );
    }
    (opening, head.collect(), rows)
}

/// The columns of numbers of a sweep: name, unit, what it is, and its values.
#[must_use]
pub fn sweep_columns(report: &SweepReport) -> Vec<(String, String, String, Vec<f64>)> {
    let ranges: [(&str, &str, &str, fn(&Tried) -> &Range); 5] = [
        ("dermal", "um", "mean depth in the dermis over needles", |design| {
            &design.dermal_um
        }),
        ("depth", "um", "median depth below the surface", |design| {
            &design.depth_um
        }),
        ("pain", "1", "pain of a session without numbing, 0 to 10", |design| {
            &design.pain
        }),
        ("gape", "um", "mean width of an open hole at the surface", |design| {
            &design.gape_um
        }),
        ("cuts", "1/cm2", "small vessels cut", |design| &design.cuts_per_cm2),
    ];
    let mut columns = Vec::new();
    for (name, unit, what, value) in ranges {
        let ends: [(&str, &str, fn(&Range) -> f64); 3] = [
            ("", "mean over worlds", |range| range.mean),
            ("_low", "5 % over worlds", |range| range.low),
            ("_high", "95 % over worlds", |range| range.high),
        ];
        for (end, which, of) in ends {
            columns.push((
                format!("{name}{end}"),
                unit.to_owned(),
                format!("{what}; {which}"),
                report.designs.iter().map(|design| of(value(design))).collect(),
            ));
        }
    }
    let singles: [(&str, &str, &str, fn(&Tried) -> f64); 5] = [
        ("goes_in", "1", "share of needles that go in", |design| design.goes_in),
        (
            "reaches_dermis",
            "1",
            "share of needles that reach the dermis",
            |design| design.reaches_dermis,
        ),
        ("holes", "1/cm2", "holes of a session", |design| design.holes_per_cm2),
        (
            "injured",
            "1",
            "injured share of the dermis just below the epidermis",
            |design| design.injured_fraction,
        ),
        (
            "on_front",
            "1",
            "one where no design beats it in all four aims",
            |design| f64::from(u8::from(design.on_front)),
        ),
    ];
    for (name, unit, what, of) in singles {
        columns.push((
            name.to_owned(),
            unit.to_owned(),
            what.to_owned(),
            report.designs.iter().map(of).collect(),
        ));
    }
    columns
}
