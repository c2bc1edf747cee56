//! Many designs on a page, in a terminal, and as a table for a file.

use std::fmt::Write as _;

use maud::html;
use needlework::questions::{SweepReport, Tried};
use needlework::units::PERCENT;
use needlework::verdict::Range;
use needlework_figures::TextTable;
use needlework_figures::chart::{Point, front};
use needlework_figures::numbers::{grouped, mean_with_range, number};
use needlework_figures::style::{Shell, document};
use needlework_figures::words::sentence_case;
use needlework_files::{Column, ColumnData, Table};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }\n\
td.n { text-align: right; white-space: nowrap; }";

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
        "{} designs on the {}, unmarked skin of a typical person, each in the same {} worlds. {} are beaten by none in \
            all four aims at once: deep in the dermis, little pain, narrow holes, few cut vessels. Reach is no \
            benefit, and a difference smaller than the ranges means nothing.",
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
    let against: [(&str, &str, Number); 3] = [
        ("pain", "Pain without numbing, 0 to 10", |design| design.pain.mean),
        ("gape", "Width of an open hole, µm", |design| design.gape_um.mean),
        ("bleeding", "Small vessels cut in a square centimetre", |design| {
            design.cuts_per_cm2.mean
        }),
    ];
    let picture = |&(id, title, value): &(&str, &str, Number)| {
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
            "{} designs as points: reach into the dermis from 0 to {} µm against {}. {} stand out, since none beats \
                them in all four aims.",
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
    document(
        &Shell {
            title: "Designs side by side",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "Designs side by side",
        },
        &html! {
            h1 {
                @if let Some(base) = &report.base { (sentence_case(base)) ", varied" } @else {
                    "Designs side by side"
                }
            }
            p { (opening(report)) }
        },
        &html! {
            section aria-labelledby="front" {
                h2 #front { "Reach against what it costs" }
                div.pair {
                    @for chart in against.iter().filter_map(picture) {
                        figure { (chart) }
                    }
                }
                p.quiet {
                    "Ringed: beaten by none in all four aims. Small: beaten. Means over worlds. Pain knows the \
                        length and number of needles only, not force or depth; a pen's holes do not depend on \
                        its needles."
                }
            }
            section aria-labelledby="best" {
                h2 #best { "Designs that none beats" }
                @if best.len() > MOST {
                    p { "The " (MOST) " that reach deepest of " (best.len()) "; the table of values has all." }
                }
                section.scroll.many tabindex="0" aria-label="Values of these designs" {
                    table {
                        thead {
                            tr {
                                @for field in &report.fields {
                                    th scope="col" { (words(field)) }
                                }
                                @for (title, _) in COLUMNS {
                                    th scope="col" { (title) }
                                }
                            }
                        }
                        tbody {
                            @for design in best.iter().take(MOST) {
                                tr {
                                    @for value in &design.values {
                                        td.n { (value) }
                                    }
                                    @for (_, value) in COLUMNS {
                                        td.n { (value(design)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
        &html! {
            p { (report.intended_use) }
            p { "Seed " (report.seed) ", " (report.worlds) " worlds." }
        },
    )
}

/// A column of the page or the terminal: title and cell.
type Cell = (&'static str, fn(&Tried) -> String);
const COLUMNS: [Cell; 6] = [
    ("reach in the dermis, µm", |design| mean_with_range(&design.dermal_um)),
    ("pain", |design| mean_with_range(&design.pain)),
    ("gape, µm", |design| mean_with_range(&design.gape_um)),
    ("vessels cut, 1/cm²", |design| mean_with_range(&design.cuts_per_cm2)),
    ("reach the dermis, of 100", |design| {
        number(design.reaches_dermis * PERCENT)
    }),
    ("holes, 1/cm²", |design| number(design.holes_per_cm2)),
];

/// A number of a design.
type Number = fn(&Tried) -> f64;

fn words(field: &str) -> String {
    field.replace('_', " ")
}

/// Many designs for a terminal: an opening and the table of the front.
#[must_use]
pub fn sweep_text(report: &SweepReport) -> (String, TextTable) {
    /// Most designs that a terminal names.
    const FEW: usize = 12;
    let short: [Cell; 4] = [
        ("reach, µm", |design| number(design.dermal_um.mean)),
        ("pain", |design| number(design.pain.mean)),
        ("gape, µm", |design| number(design.gape_um.mean)),
        ("cuts, 1/cm²", |design| number(design.cuts_per_cm2.mean)),
    ];
    let best = front_of(report);
    // Evenly over the front, from deep to shallow.
    let each = best.len().div_ceil(FEW).max(1);
    let head = ["design"].into_iter().chain(short.iter().map(|(title, _)| *title));
    let design = |tried: &Tried| {
        let fields = report.fields.iter().zip(&tried.values);
        let said: Vec<String> = fields
            .map(|(field, value)| format!("{} {value}", words(field)))
            .collect();
        said.join(", ")
    };
    let rows = best
        .iter()
        .step_by(each)
        .map(|tried| {
            std::iter::once(design(tried))
                .chain(short.iter().map(|(_, value)| value(tried)))
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
    let table = TextTable {
        title: "Designs that none beats: means over worlds".to_owned(),
        head: head.map(str::to_owned).collect(),
        rows,
    };
    (opening, table)
}

/// All designs as a table: their fields as they were written, then what was computed.
#[must_use]
pub fn sweep_table(report: &SweepReport) -> Table {
    let mut columns: Vec<Column> = report
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| Column {
            name: field.clone(),
            unit: report.units[at].clone(),
            doc: "a field that varies".to_owned(),
            data: ColumnData::numbers(report.designs.iter().map(|design| design.numbers[at])),
        })
        .collect();
    let mut numbers = |name: &str, unit: &str, doc: &str, value: &dyn Fn(&Tried) -> f64| {
        columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: doc.to_owned(),
            data: ColumnData::numbers(report.designs.iter().map(value)),
        });
    };
    let mut ranges = |name: &str, unit: &str, doc: &str, range: &dyn Fn(&Tried) -> Range| {
        numbers(name, unit, &format!("{doc}; mean over worlds"), &|design| {
            range(design).mean
        });
        numbers(
            &format!("{name}_low"),
            unit,
            &format!("{doc}; 5 % over worlds"),
            &|design| range(design).low,
        );
        numbers(
            &format!("{name}_high"),
            unit,
            &format!("{doc}; 95 % over worlds"),
            &|design| range(design).high,
        );
    };
    ranges("dermal", "um", "mean depth in the dermis over needles", &|d| {
        d.dermal_um
    });
    ranges("depth", "um", "median depth below the surface", &|d| d.depth_um);
    ranges("pain", "1", "pain of a session without numbing, 0 to 10", &|d| d.pain);
    ranges("gape", "um", "mean width of an open hole at the surface", &|d| {
        d.gape_um
    });
    ranges("cuts", "1/cm2", "small vessels cut", &|d| d.cuts_per_cm2);
    numbers("goes_in", "1", "share of needles that go in", &|d| d.goes_in);
    numbers("reaches_dermis", "1", "share of needles that reach the dermis", &|d| {
        d.reaches_dermis
    });
    numbers("holes", "1/cm2", "holes of a session", &|d| d.holes_per_cm2);
    numbers(
        "injured",
        "1",
        "injured share of the dermis just below the epidermis",
        &|d| d.injured_fraction,
    );
    numbers("on_front", "1", "1 where no design beats it in all four aims", &|d| {
        f64::from(u8::from(d.on_front))
    });
    Table {
        engine: report.engine.version.clone(),
        columns,
    }
}
