//! One needle and its device on a page and in a terminal.

use maud::{Markup, html};
use needlework::puncture::{Hole, HoleMap};
use needlework::questions::{InsertionReport, MapSummary};
use needlework::units::{PERCENT, UM_PER_MM};
use needlework::verdict::Engine;
use needlework_figures::TextTable;
use needlework_figures::chart::{Curve, DrumPicture, curve, depth, drum, hole_map, slice};
use needlework_figures::numbers::{
    fine, fine_median_with_range, grouped, mean_with_range, median_with_range, mm, number,
};
use needlework_figures::style::{Shell, document, scrolling};
use needlework_figures::words::{full_stop, sentence_case};
use needlework_files::{Column, ColumnData, Table};

/// What this page adds to the style sheet.
const OWN_STYLE: &str = "\
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }\n\
td.n { text-align: right; white-space: nowrap; }";

/// One needle as a complete, self-contained HTML document.
#[must_use]
pub fn insertion_html(report: &InsertionReport) -> String {
    document(
        &Shell {
            title: "One needle in skin",
            version: &report.engine.version,
            own_style: OWN_STYLE,
            skip: "Skip to the answer",
            brand: "One needle in skin",
        },
        &html! {
            h1 { (sentence_case(&report.subject.device)) }
            p { (opening(report)) }
        },
        &html! {
            section aria-labelledby="needle" {
                h2 #needle { "One needle" }
                div.pair {
                    @for picture in curves(report) {
                        figure { (picture) }
                    }
                }
                p.quiet {
                    "Line: a world in which every number is at its middle. Band: 5 to 95 % over "
                    (report.worlds)
                    " worlds; the drop lies elsewhere in each."
                }
                (table(
                    "What happens when the skin gives way",
                    "median (5 to 95 % over worlds)",
                    &drop_rows(report),
                ))
            }
            section aria-labelledby="device" {
                h2 #device { "The device" }
                div.pair {
                    @if let Some(picture) = depth(&report.puncture, &depth_words(report)) {
                        figure {
                            (picture)
                            figcaption {
                                "Where needles end, over worlds and needles. The first bar holds those that do \
                                    not go in."
                            }
                        }
                    }
                    @if let Some(found) = &report.drum {
                        figure {
                            (drum(
                                &DrumPicture {
                                    radius_mm: found.radius_mm,
                                    length_mm: report.subject.length_mm,
                                    gap_mm: found.gap_mm,
                                    pitch_deg: found.pitch_deg,
                                    tip_path_um: &found.tip_path_um,
                                    epidermis_um: report
                                        .puncture
                                        .layers
                                        .first()
                                        .map_or(90.0, |layer| layer.to_um),
                                    description: &drum_words(report),
                                },
                            ))
                            figcaption {
                                "The drum on level skin, and how a tip goes in where skin follows the needle."
                            }
                        }
                    }
                }
                (table(
                    "The device on skin",
                    "median (5 to 95 % over worlds)",
                    &device_rows(report),
                ))
            }
            section aria-labelledby="holes" {
                h2 #holes {
                    @if report.map.is_some() { "The holes" } @else { "The puncture" }
                }
                @if let Some(map) = &report.map {
                    div.pair {
                        figure {
                            (slice(&report.puncture, ""))
                            figcaption {
                                "A slice of skin after one session, to scale in both directions; holes as they \
                                    lie in the map."
                            }
                        }
                        figure {
                            (hole_map(&report.puncture))
                            figcaption { "One square centimetre after one session, seen from above." }
                        }
                    }
                    (table(
                        "The map, in the world of middle numbers",
                        "number",
                        &map_rows(report, map),
                    ))
                    (injured(map))
                } @else {
                    figure {
                        (slice(&report.puncture, ""))
                        figcaption {
                            "The one puncture of a single needle, to scale in both directions, in the world of \
                                middle numbers."
                        }
                    }
                }
            }
            section aria-labelledby="published" {
                h2 #published { "What was published, side by side" }
                p {
                    "Published ratios of depth to length contradict each other. None set anything here, but \
                        all were known."
                }
                (scrolling("Published ratios", &html! {
                    table {
                        thead {
                            tr {
                                th scope="col" { "Measured on" }
                                th scope="col" { "Depth over length" }
                                th scope="col" { "Source" }
                            }
                        }
                        tbody {
                            @for found in &report.published {
                                tr {
                                    th scope="row" { (found.conditions) }
                                    td.n { (fine(found.ratio)) }
                                    td { (found.source) }
                                }
                            }
                            tr {
                                th scope="row" {
                                    strong { "This device here" }
                                }
                                td.n { (fine_median_with_range(&report.depth_ratio)) }
                                td { "computed" }
                            }
                        }
                    }
                }))
            }
        },
        &html! {
            p { (report.intended_use) }
            p { "Law of depth: " (report.law) ". Seed " (report.seed) ", " (report.worlds) " worlds." }
        },
    )
}

fn opening(report: &InsertionReport) -> String {
    let ratio = &report.depth_ratio;
    format!(
        "{}, {} of {} mm, on the {}: unmarked skin of a typical person. In {} of 100 worlds a typical needle enters \
            the horny layer, and in {} it comes through the epidermis; it stands {} of its length deep (5 to 95 %: {} \
            to {}).",
        full_stop(&sentence_case(&report.subject.device)).trim_end_matches('.'),
        if report.map.is_some() { "needles" } else { "a needle" },
        number(report.subject.length_mm),
        report.subject.site,
        number(report.goes_in * PERCENT),
        number(report.comes_through * PERCENT),
        fine(ratio.p50),
        fine(ratio.p5),
        fine(ratio.p95)
    )
}

fn curves(report: &InsertionReport) -> Vec<Markup> {
    let drop = report
        .curve
        .windows(2)
        .find(|pair| pair[1].force_mn < pair[0].force_mn)
        .map(|pair| pair[0]);
    let mark = drop.map(|step| (step.travel_um / UM_PER_MM, "gives way"));
    let forces = format!(
        "Force on one needle against its travel. It gives way at {} mN and {} mm of travel (medians over worlds) and \
            then stands {} µm deep.",
        number(report.force_at_drop_mn.p50),
        mm(report.travel_at_drop_um.p50),
        number(report.depth_at_drop_um.p50)
    );
    let depths = "Depth of the tip against travel of the needle: nothing until the horny layer is entered, slowly \
        through the epidermis, then a step, then nearly as much as it is moved.";
    [
        curve(&Curve {
            id: "force",
            title: "Force on one needle, simulated",
            description: &forces,
            axes: ("Travel from first touch, mm", "Force, mN"),
            line: report
                .curve
                .iter()
                .map(|step| (step.travel_um / UM_PER_MM, step.force_mn))
                .collect(),
            band: report
                .bands
                .iter()
                .map(|band| (band.travel_um / UM_PER_MM, band.force_mn.p5, band.force_mn.p95))
                .collect(),
            mark,
        }),
        curve(&Curve {
            id: "way",
            title: "Depth of one needle, simulated",
            description: depths,
            axes: ("Travel from first touch, mm", "Depth of the tip, mm"),
            line: report
                .curve
                .iter()
                .map(|step| (step.travel_um / UM_PER_MM, step.depth_um / UM_PER_MM))
                .collect(),
            band: report
                .bands
                .iter()
                .map(|band| {
                    (
                        band.travel_um / UM_PER_MM,
                        band.depth_um.p5 / UM_PER_MM,
                        band.depth_um.p95 / UM_PER_MM,
                    )
                })
                .collect(),
            mark,
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn depth_words(report: &InsertionReport) -> String {
    format!(
        "Depths of needles over the layers of the skin: median {} mm, 90 of 100 between {} and {} mm. {} of 100 reach \
            the dermis.",
        mm(report.puncture.depth_um.p50),
        mm(report.puncture.depth_um.p5),
        mm(report.puncture.depth_um.p95),
        number(report.puncture.reaches_dermis.mean * PERCENT)
    )
}

fn drum_words(report: &InsertionReport) -> String {
    report.drum.as_ref().map_or_else(String::new, |drum| {
        format!(
            "A drum of {} mm radius with needles of {} mm on level skin. A needle enters {} degrees from the upright \
                and turns upright below its hole.",
            number(drum.radius_mm),
            number(report.subject.length_mm),
            number(drum.entry_deg)
        )
    })
}

type Rows = Vec<(&'static str, String)>;

fn drop_rows(report: &InsertionReport) -> Rows {
    vec![
        ("Area of the tip, µm²", median_with_range(&report.tip_area_um2)),
        (
            "Force at which the horny layer is entered, mN",
            median_with_range(&report.force_at_entry_mn),
        ),
        (
            "Travel at which it is, µm",
            median_with_range(&report.travel_at_entry_um),
        ),
        ("Force at the drop, mN", median_with_range(&report.force_at_drop_mn)),
        ("Force just after, mN", median_with_range(&report.force_after_drop_mn)),
        ("Travel at the drop, µm", median_with_range(&report.travel_at_drop_um)),
        ("Depth at the drop, µm", median_with_range(&report.depth_at_drop_um)),
    ]
}

fn device_rows(report: &InsertionReport) -> Rows {
    let mut rows = vec![
        (
            "Worlds of 100 in which a typical needle enters the horny layer",
            number(report.goes_in * PERCENT),
        ),
        (
            "Worlds of 100 in which it comes through the epidermis",
            number(report.comes_through * PERCENT),
        ),
        (
            "Depth of a typical needle over its length",
            fine_median_with_range(&report.depth_ratio),
        ),
        (
            "Needles of 100 that reach the dermis: mean",
            number(report.puncture.reaches_dermis.mean * PERCENT),
        ),
        ("Force on the device, N", median_with_range(&report.force_n)),
        (
            "Force on a needle at its deepest, mN",
            median_with_range(&report.force_per_needle_mn),
        ),
        (
            "Gap that stays between device and skin, µm",
            median_with_range(&report.gap_um),
        ),
        ("Skin and fat sink as a whole by, mm", median_with_range(&report.sag_mm)),
        ("Open hole after recoil (gape), µm", median_with_range(&report.gape_um)),
        (
            "Skin is lifted on the way out by, µm",
            median_with_range(&report.tent_um),
        ),
    ];
    if let Some(drum) = &report.drum {
        rows.extend([
            ("Angle of entry from the upright, degrees", number(drum.entry_deg)),
            ("Rolling radius, mm", number(drum.rolling_radius_mm)),
            ("Excursion in skin that stands still, µm", number(drum.excursion_um)),
            (
                "Hole at the surface: length over width",
                median_with_range(&drum.aspect_ratio),
            ),
            (
                "Cleft in the dermis along the rolling, µm",
                median_with_range(&drum.cleft_um),
            ),
        ]);
    }
    rows
}

fn map_rows(report: &InsertionReport, map: &MapSummary) -> Rows {
    vec![
        ("Plot, mm", format!("{0} × {0}", number(map.side_mm))),
        (
            "Sessions and passes of each",
            format!("{} × {}", map.sessions, number(map.passes)),
        ),
        ("Needles that came down", grouped(map.landings as f64)),
        ("Needles that went in", grouped(map.pierced as f64)),
        ("Distinct holes", grouped(map.holes as f64)),
        ("Distinct holes over needles that went in", fine(map.distinct_fraction)),
        (
            "Holes for each square centimetre and session",
            number(map.holes_per_cm2),
        ),
        (
            "Skin within 0.1, 0.25 and 0.5 mm of a hole, of 100",
            map.near_fraction.map(|share| number(share * PERCENT)).join(", "),
        ),
        ("Needles of 100 in the lower dermis, over worlds", {
            let share = &report.puncture.reaches_reticular;
            mean_with_range(&needlework::verdict::Range {
                mean: share.mean * PERCENT,
                low: share.low * PERCENT,
                high: share.high * PERCENT,
            })
        }),
    ]
}

/// Injured share by depth.
fn injured(map: &MapSummary) -> Markup {
    let points = &map.injured_by_depth_um;
    let line: Vec<(f64, f64)> = points
        .iter()
        .map(|[depth, share]| (depth / UM_PER_MM, share * PERCENT))
        .collect();
    let most = line.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let words = format!(
        "Injured share of the skin by depth in one session: at most {} of 100, falling to nothing at the deepest tip.",
        number(most)
    );
    let picture = curve(&Curve {
        id: "injured",
        title: "Injured share of the skin by depth, simulated",
        description: &words,
        axes: ("Depth below the surface, mm", "Injured, of 100"),
        line,
        band: Vec::new(),
        mark: None,
    });
    html! {
        @if let Some(picture) = picture {
            figure {
                (picture)
                figcaption { "Share of the skin inside a channel or its injured rim, by depth, after one session." }
            }
        }
    }
}

fn table(caption: &str, column: &str, rows: &Rows) -> Markup {
    html! {
        table {
            caption { (caption) }
            thead {
                tr {
                    th scope="col" { "What" }
                    th scope="col" { (column) }
                }
            }
            tbody {
                @for (what, value) in rows {
                    tr {
                        th scope="row" { (what) }
                        td.n { (value) }
                    }
                }
            }
        }
    }
}

/// Every hole of a plot as a table.
#[must_use]
pub fn holes_table(map: &HoleMap, engine: &Engine) -> Table {
    let mut columns = vec![Column {
        name: "session".to_owned(),
        unit: String::new(),
        doc: "session that left the hole, from 0".to_owned(),
        data: ColumnData::Integers(map.holes.iter().map(|hole| i64::from(hole.session)).collect()),
    }];
    let mut numbers = |name: &str, doc: &str, value: &dyn Fn(&Hole) -> f64| {
        columns.push(Column {
            name: name.to_owned(),
            unit: "mm".to_owned(),
            doc: doc.to_owned(),
            data: ColumnData::numbers(map.holes.iter().map(value)),
        });
    };
    numbers("x", "place along the first edge of the plot", &|hole| hole.x_mm);
    numbers("y", "place along its second edge", &|hole| hole.y_mm);
    numbers("depth", "depth below the surface", &|hole| hole.depth_mm);
    numbers("radius", "radius at the surface", &|hole| hole.radius_mm);
    Table {
        engine: engine.version.clone(),
        columns,
    }
}

/// One needle for a terminal: an opening, and tables.
#[must_use]
pub fn insertion_text(report: &InsertionReport) -> (String, Vec<TextTable>) {
    let table = |title: &str, rows: Rows| TextTable {
        title: title.to_owned(),
        head: vec!["What".to_owned(), "Median (5-95 %), or number".to_owned()],
        rows: rows
            .into_iter()
            .map(|(what, value)| vec![what.to_owned(), value])
            .collect(),
    };
    let mut opening = opening(report);
    if report.map.is_none() {
        opening.push_str(" A single needle leaves one puncture and no density.");
    }
    if !report.subject.assumed.is_empty() {
        opening = format!(
            "{opening}\nAssumed of the device: {}.",
            report.subject.assumed.join(", ")
        );
    }
    let ratios = TextTable {
        title: "Depth over length, published and computed".to_owned(),
        head: vec!["Where".to_owned(), "Depth over length".to_owned()],
        rows: report
            .published
            .iter()
            .map(|found| vec![found.conditions.clone(), fine(found.ratio)])
            .chain([vec![
                "this device here, computed".to_owned(),
                fine_median_with_range(&report.depth_ratio),
            ]])
            .collect(),
    };
    let mut tables = vec![
        table("One needle: what happens when the skin gives way", drop_rows(report)),
        table("The device on skin", device_rows(report)),
    ];
    if let Some(map) = &report.map {
        tables.push(table(
            "The holes of a plot, in the world of middle numbers",
            map_rows(report, map),
        ));
    }
    tables.push(ratios);
    (opening, tables)
}
