//! Colours of skin and mark: simulated, stamped, treated beside untreated at the same size.
//!
//! A swatch is drawn only from a colour written `#rrggbb`; anything else in its place is left out, because the value
//! goes into a style.

use maud::{Markup, html};
use needlework::units::PERCENT;

use super::{Section, data, stamped};
use crate::model::{Reading, Report, Swatch};
use crate::words::{median_with_range, months, number};

/// The section.
pub(super) fn colours(report: &Report) -> Option<Section> {
    let marks: Vec<&Swatch> = report
        .swatches
        .iter()
        .filter(|swatch| swatch.part == "mark" && colour(swatch).is_some())
        .collect();
    let skin = skin(report)?;
    let of = |arm: &str, month: f64| -> Vec<&Swatch> {
        let mut found: Vec<&Swatch> = marks
            .iter()
            .copied()
            .filter(|s| s.arm == arm && same(s.month, month))
            .collect();
        found.sort_by(|a, b| a.percentile.unwrap_or(50.0).total_cmp(&b.percentile.unwrap_or(50.0)));
        found
    };
    let mut times: Vec<f64> = marks.iter().filter(|s| s.arm != "before").map(|s| s.month).collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|a, b| same(*a, *b));
    let before: Vec<&Swatch> = marks.iter().copied().filter(|s| s.arm == "before").collect();
    if marks.is_empty() {
        return None;
    }
    let body = html! {
        p {
            "What the model makes of the colour of skin and mark. Texture and shine are not drawn. These are not \
                photographs, and your screen shifts colours."
        }
        div.swatches {
            @if !before.is_empty() {
                div.block {
                    h3 { "Before" }
                    div.pair { (panel(report, skin, "at the start", &before, None)) }
                }
            }
            @for month in times {
                div.block {
                    h3 { (crate::words::sentence_case(&months(month))) " after the first session" }
                    div.pair {
                        (panel(
                            report,
                            skin,
                            "with this plan",
                            &of("treated", month),
                            Some(month),
                        ))
                        (panel(
                            report,
                            skin,
                            "doing nothing",
                            &of("untreated", month),
                            Some(month),
                        ))
                    }
                }
            }
        }
        p.quiet {
            "The stripes are the marks of three people, the same three in every picture: of 100 people in the order of \
                their improvement with this plan the 5th (who improves least), the 50th and the 95th (who improves \
                most)."
        }
        (data("Colours in numbers", &table(report)))
        @if let Some(summary) = &report.colour {
            @if report.reading == Reading::Research {
                p.quiet {
                    "Contrast of mark to skin, ΔE*76, median (5–95 %): before "
                    (median_with_range(&summary.before))
                    ", treated "
                    (median_with_range(&summary.treated))
                    ", untreated "
                    (median_with_range(&summary.untreated))
                    ". Reduced colour model against the full one: root mean square error "
                    (number(summary.model_rms_error))
                    ", largest "
                    (number(summary.model_max_error))
                    "."
                }
            }
        }
    };
    Some(Section {
        id: "colours",
        title: "Colours, simulated",
        body,
    })
}

/// The colour of the skin before.
pub(super) fn skin(report: &Report) -> Option<&str> {
    report
        .swatches
        .iter()
        .find(|swatch| swatch.part == "skin")
        .and_then(colour)
}

/// Skin with a stripe for each swatch, stamped.
fn panel(report: &Report, skin: &str, caption: &str, stripes: &[&Swatch], month: Option<f64>) -> Markup {
    let many = stripes.len().max(1);
    let step = 240.0 / many as f64;
    let words: Vec<String> = stripes
        .iter()
        .map(|s| {
            format!(
                "colour difference to the skin {}{}",
                number(s.delta_e),
                s.percentile.map_or(String::new(), |p| format!(
                    " (place {} of 100 by improvement)",
                    number(of_100(p))
                ))
            )
        })
        .collect();
    let title = month.map_or_else(
        || format!("Simulated colour {caption}"),
        |month| format!("Simulated colour {caption} after {}", months(month)),
    );
    html! {
        figure {
            figcaption { (crate::words::sentence_case(caption)) }
            svg.swatch role="img" viewBox="0 0 240 84" aria-label={ (title) ": " (words.join("; ")) } {
                rect width="240" height="84" fill=(skin) {}
                @for (place, swatch) in stripes.iter().enumerate() {
                    @if let Some(colour) = colour(swatch) {
                        @let x = step * (place as f64 + 0.5);
                        path
                            fill=(colour)
                            d={
                                "M"
                                (pt(x - 6.0))
                                " 6C"
                                (pt(x - 13.0))
                                " 30 "
                                (pt(x - 4.0))
                                " 52 "
                                (pt(x - 8.0))
                                " 78C"
                                (pt(x))
                                " 82 "
                                (pt(x + 4.0))
                                " 80 "
                                (pt(x + 7.0))
                                " 76C"
                                (pt(x + 12.0))
                                " 50 "
                                (pt(x + 4.0))
                                " 30 "
                                (pt(x + 9.0))
                                " 8C"
                                (pt(x + 4.0))
                                " 2 "
                                (pt(x - 2.0))
                                " 3 "
                                (pt(x - 6.0))
                                " 6Z"
                            } {}
                    }
                }
            }
            // The picture's label says the same.
            div.places aria-hidden="true" {
                @for swatch in stripes {
                    span { (place_word(swatch)) }
                }
            }
            (stamped(report))
        }
    }
}

/// Whose mark a stripe shows, in a word.
fn place_word(swatch: &Swatch) -> &'static str {
    match swatch.percentile.map(of_100) {
        Some(p) if p < 25.0 => "5th",
        Some(p) if p > 75.0 => "95th",
        Some(_) => "50th",
        None => "",
    }
}

/// Every swatch in numbers.
fn table(report: &Report) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Part" }
                    th scope="col" { "Arm" }
                    th.num scope="col" { "Month" }
                    th.num scope="col" { "Percentile" }
                    th.num scope="col" { "L*" }
                    th.num scope="col" { "a*" }
                    th.num scope="col" { "b*" }
                    th scope="col" { "sRGB" }
                    th.num scope="col" { "ΔE*76 to skin" }
                    th.num scope="col" { "Δa*" }
                }
            }
            tbody {
                @for s in &report.swatches {
                    tr {
                        th scope="row" { (s.part) }
                        td { (s.arm) }
                        td.num { (number(s.month)) }
                        td.num {
                            @match s.percentile {
                                Some(p) => (number(of_100(p))),
                                None => "–",
                            }
                        }
                        @for value in s.lab {
                            td.num { (number(value)) }
                        }
                        td {
                            code { (s.srgb) }
                        }
                        td.num { (number(s.delta_e)) }
                        td.num { (number(s.delta_a)) }
                    }
                }
            }
        }
    }
}

/// A coordinate of a path.
fn pt(value: f64) -> String {
    format!("{value:.1}")
}

/// A percentile of 100, whether it is written 0.05 or 5.
fn of_100(percentile: f64) -> f64 {
    if percentile <= 1.0 {
        percentile * PERCENT
    } else {
        percentile
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// The colour as `#rrggbb`, or nothing where it is written otherwise.
fn colour(swatch: &Swatch) -> Option<&str> {
    as_colour(&swatch.srgb)
}

/// The text where it is a colour `#rrggbb`.
pub(super) fn as_colour(text: &str) -> Option<&str> {
    let hex = text.strip_prefix('#')?;
    (hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(text)
}
