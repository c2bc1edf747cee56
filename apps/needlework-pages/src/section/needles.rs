//! Where the needles go: depth over the layers of the skin, and what share reaches the dermis.

use maud::html;
use needlework::units::PERCENT;

use super::{Section, data, stamped};
use crate::chart::{depth, hole_map, slice};
use crate::model::{Reading, Report};
use crate::words::{grouped, median_with_range, mm, number, people_of, people_short, range_of_100};

/// What the mark is called.
fn mark_word(report: &Report) -> &'static str {
    match report.case.pointer("/lesion/kind").and_then(serde_json::Value::as_str) {
        Some("striae") => "stretch mark",
        _ => "mark",
    }
}

/// The section.
pub(super) fn needles(report: &Report) -> Option<Section> {
    let puncture = report.puncture.as_ref()?;
    let research = report.reading == Reading::Research;
    let description = format!(
        "The surface is at the top. The middle needle ends {} mm deep, 90 of 100 needles between {} and {} mm. {} of \
            100 needles reach the dermis.",
        mm(puncture.depth_um.p50),
        mm(puncture.depth_um.p5),
        mm(puncture.depth_um.p95),
        people_of(puncture.reaches_dermis.mean, 100.0)
    );
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Depth, mm" }
                    th.num scope="col" { "Needles ending there, of 100" }
                }
            }
            tbody {
                @for (share, edges) in puncture.histogram.share.iter().zip(puncture.histogram.edges_um.windows(2)) {
                    tr {
                        th scope="row" { (mm(edges[0])) " to " (mm(edges[1])) }
                        td.num { (number(share * PERCENT)) }
                    }
                }
            }
        }
        table {
            caption.quiet { "The holes of the slice; report.json has the places of those of the square centimetre." }
            thead {
                tr {
                    th.num scope="col" { "From the left, mm" }
                    th.num scope="col" { "Depth, mm" }
                    th.num scope="col" { "Width at the surface, mm" }
                }
            }
            tbody {
                @for hole in &puncture.slice.channels {
                    tr {
                        td.num { (mm(hole.x_um)) }
                        td.num { (mm(hole.depth_um)) }
                        td.num { (mm(2.0 * hole.radius_um)) }
                    }
                }
            }
        }
        table {
            thead {
                tr {
                    th scope="col" { "Layer" }
                    th.num scope="col" { "from, mm" }
                    th.num scope="col" { "to, mm" }
                }
            }
            tbody {
                @for layer in &puncture.layers {
                    tr {
                        th scope="row" { (layer.name) }
                        td.num { (mm(layer.from_um)) }
                        td.num { (mm(layer.to_um)) }
                    }
                }
            }
        }
    };
    let body = html! {
        p.lead {
            "Of 100 needles, about "
            strong { (people_of(puncture.reaches_dermis.mean, 100.0)) }
            " reach the dermis, the layer where stretch marks lie (plausible range "
            (range_of_100(&puncture.reaches_dermis))
            ")."
        }
        div.beside {
            @if let Some(chart) = depth(puncture, &description) {
                figure.single { (chart) }
            }
            dl.facts {
                div {
                    dt { "Depth below the surface" }
                    dd {
                        (mm(puncture.depth_um.p50))
                        " mm"
                        " "
                        small { (mm(puncture.depth_um.p5)) " to " (mm(puncture.depth_um.p95)) }
                    }
                }
                div {
                    dt { "Holes per cm² in a session" }
                    dd {
                        (grouped(puncture.holes_per_cm2.mean))
                        " "
                        small { (grouped(puncture.holes_per_cm2.low)) " to " (grouped(puncture.holes_per_cm2.high)) }
                    }
                }
                div {
                    dt {
                        @if research { "Needles that reach the reticular dermis" } @else {
                            "Needles that reach the lower, coarser part of the dermis"
                        }
                    }
                    dd {
                        (people_short(puncture.reaches_reticular.mean))
                        " of 100"
                        " "
                        small { (range_of_100(&puncture.reaches_reticular)) }
                    }
                }
                div {
                    dt {
                        @if research { "Injured fraction of the uppermost dermis, one session, with halo" } @else {
                            "Upper dermis that one session injures"
                        }
                    }
                    dd {
                        (number(puncture.injured_fraction.mean * PERCENT))
                        " %"
                        " "
                        small {
                            (number(puncture.injured_fraction.low * PERCENT))
                            " to "
                            (number(puncture.injured_fraction.high * PERCENT))
                        }
                    }
                }
                div {
                    dt { "Hours until the holes are closed to germs" }
                    dd {
                        (number(puncture.open_window_hours.p50))
                        " "
                        small { (number(puncture.open_window_hours.p5)) " to \
                            " (number(puncture.open_window_hours.p95)) }
                    }
                }
            }
        }
        @let mark = mark_word(report);
        div.pair.skin {
            figure {
                figcaption { "A slice of skin after one session, to scale" }
                (slice(puncture, mark))
                (stamped(report))
            }
            figure {
                figcaption { "One square centimetre from above" }
                (hole_map(puncture))
                (stamped(report))
            }
        }
        p.quiet {
            "Depths and widths are drawn from many virtual people and needles, places at random; no two sessions look \
                alike."
        }
        (data("The data of these pictures", &table))
        @if research {
            p.quiet {
                "Depth, µm: median "
                (median_with_range(&puncture.depth_um))
                ", quartiles "
                (number(puncture.depth_um.p25))
                " and "
                (number(puncture.depth_um.p75))
                ". Layers are drawn at their median thickness."
            }
        }
    };
    Some(Section {
        id: "needles",
        title: "Where the needles go",
        body,
    })
}
