//! Two pictures of needled skin: a slice seen from the side, to scale in both directions, and a square centimetre seen
//! from above.
//!
//! They draw the channels and places that the answer carries and invent none. In the slice the skin around lies at the
//! left and the mark, with its thinner dermis, at the right; between them the lower end of the dermis runs over a fixed
//! slope, which nobody has measured. A hole of the square is a dot of its true width.

use maud::{Markup, html};
use needlework::units::UM_PER_MM;

use crate::model::{Channel, Puncture};
use crate::words::{grouped, mm, sentence_case};

/// Pixels of a millimetre in the slice.
const SCALE: f64 = 76.0;
/// Where the slice begins: room for the depths at its left and the names above it, pixels.
const LEFT: f64 = 34.0;
const TOP: f64 = 24.0;
/// Width of the picture, pixels; names of layers stand at the right.
const WIDTH: f64 = 440.0;
/// Half of the slope between skin and mark, and what is shown below the deepest line, mm.
const SLOPE: f64 = 0.15;
const BELOW: f64 = 0.18;

/// A length in pixels, short.
fn pt(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The slice; a sentence where its numbers are not usable.
pub fn slice(puncture: &Puncture, mark: &str) -> Markup {
    let slice = &puncture.slice;
    let (width, from, thin) = (
        slice.width_um / UM_PER_MM,
        slice.mark_from_um / UM_PER_MM,
        slice.mark_bottom_um / UM_PER_MM,
    );
    let bounds: Vec<f64> = puncture.layers.iter().map(|layer| layer.to_um / UM_PER_MM).collect();
    let channels: Vec<&Channel> = slice.channels.iter().filter(|channel| usable(channel)).collect();
    let deepest = channels
        .iter()
        .map(|channel| channel.depth_um / UM_PER_MM)
        .fold(thin, f64::max);
    let bottom = bounds.iter().copied().fold(deepest, f64::max) + BELOW;
    let sizes = [width, from, thin, bottom];
    if puncture.layers.is_empty()
        || sizes
            .iter()
            .any(|size| !size.is_finite() || *size <= 0.0 || *size > 20.0)
    {
        return html! {
            p.note { "This picture could not be drawn; its data stands in the table." }
        };
    }
    let x = |at: f64| pt(LEFT + at * SCALE);
    let y = |depth: f64| pt(TOP + depth * SCALE);
    let skin_bottom = bounds.last().copied().unwrap_or(bottom);
    // The lower end of a layer: the same on both sides, but never below the dermis of the mark.
    let band = |upper: f64, lower: f64| {
        let (upper_mark, lower_mark) = (upper.min(thin), lower.min(thin));
        let lower_mark = if (lower - skin_bottom).abs() < 1e-9 {
            thin
        } else {
            lower_mark
        };
        format!(
            "M{} {}H{}L{} {}H{}V{}H{}L{} {}H{}Z",
            x(0.0),
            y(upper),
            x(from - SLOPE),
            x(from + SLOPE),
            y(upper_mark),
            x(width),
            y(lower_mark),
            x(from + SLOPE),
            x(from - SLOPE),
            y(lower),
            x(0.0)
        )
    };
    let height = TOP + bottom * SCALE + 26.0;
    let ticks = (0..200)
        .map(|half| f64::from(half) * 0.5)
        .take_while(|depth| *depth < bottom);
    let mut names: Vec<(String, f64)> = puncture
        .layers
        .iter()
        .map(|layer| {
            let (upper, lower) = (
                (layer.from_um / UM_PER_MM).min(thin),
                (layer.to_um / UM_PER_MM).min(thin),
            );
            let lower = if (layer.to_um / UM_PER_MM - skin_bottom).abs() < 1e-9 {
                thin
            } else {
                lower
            };
            (sentence_case(&layer.name), TOP + 0.5 * (upper + lower) * SCALE)
        })
        .collect();
    names.push(("Fat".to_owned(), TOP + 0.5 * (thin + bottom) * SCALE));
    // Names of thin layers move down until they stand apart.
    for at in 1..names.len() {
        names[at].1 = names[at].1.max(names[at - 1].1 + 15.0);
    }
    let range = channels.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), channel| {
        (low.min(channel.depth_um), high.max(channel.depth_um))
    });
    html! {
        svg.chart role="img" aria-labelledby="slice-t slice-d" viewBox={ "0 0 " (pt(WIDTH)) " " (pt(height)) } {
            title id="slice-t" { "A slice of skin after one session, to scale, simulated" }
            desc id="slice-d" {
                "A slice "
                (pt(width))
                " mm wide and "
                (pt(slice.thickness_um / UM_PER_MM))
                " mm thick with "
                (channels.len())
                " holes"
                @if !channels.is_empty() { ", " (mm(range.0)) " to " (mm(range.1)) " mm deep" }
                ". The dermis ends "
                (mm(skin_bottom * UM_PER_MM))
                " mm below the surface around the mark and "
                (mm(slice.mark_bottom_um))
                " mm in it."
            }
            rect.f-fat x=(x(0.0)) y=(y(0.0)) width=(pt(width * SCALE)) height=(pt(bottom * SCALE)) {}
            @for (which, layer) in puncture.layers.iter().enumerate() {
                path
                    class={ "f-layer" (which % 3) " s-muted" }
                    stroke-width="0.8"
                    d=(band(layer.from_um / UM_PER_MM, layer.to_um / UM_PER_MM)) {}
            }
            line
                .s-muted
                x1=(x(from))
                x2=(x(from))
                y1=(y(0.0))
                y2=(y(thin.max(skin_bottom)))
                stroke-width="1"
                stroke-dasharray="3 4" {}
            @for channel in &channels {
                path.f-hole d=(outline(channel, &x, &y)) {}
            }
            line.s-text x1=(x(0.0)) x2=(x(width)) y1=(y(0.0)) y2=(y(0.0)) stroke-width="2" {}
            @if !mark.is_empty() {
                text.f-text x=(x(from * 0.5)) y="15" text-anchor="middle" font-size="13" { "skin around" }
                text.f-text x=(x((from + width) * 0.5)) y="15" text-anchor="middle" font-size="13" { (mark) }
            }
            @for depth in ticks {
                line.s-grid x1=(pt(LEFT - 4.0)) x2=(x(0.0)) y1=(y(depth)) y2=(y(depth)) stroke-width="1" {}
                text.f-muted x=(pt(LEFT - 7.0)) y=(pt(TOP + depth * SCALE + 4.0)) text-anchor="end" font-size="12" {
                    (pt(depth))
                }
            }
            @for (name, at) in &names {
                text.f-text x=(pt(LEFT + width * SCALE + 8.0)) y=(pt(at + 4.0)) font-size="13" { (name) }
            }
            @let scale = pt(height - 17.0);
            line.s-text x1=(x(width - 1.0)) x2=(x(width)) y1=(scale) y2=(scale) stroke-width="2" {}
            text.f-muted x=(x(width - 0.5)) y=(pt(height - 3.0)) text-anchor="middle" font-size="12" { "1 mm" }
            text.f-muted x="2" y=(pt(height - 3.0)) font-size="12" { "Depth, mm" }
        }
    }
}

/// Whether a channel can be drawn.
fn usable(channel: &Channel) -> bool {
    let all = [
        channel.x_um,
        channel.depth_um,
        channel.shoulder_um,
        channel.radius_um,
        channel.tip_radius_um,
    ];
    all.iter()
        .all(|value| value.is_finite() && *value >= 0.0 && *value < 20_000.0)
}

/// The outline of a channel.
fn outline(channel: &Channel, x: &impl Fn(f64) -> String, y: &impl Fn(f64) -> String) -> String {
    let [at, depth, shoulder, radius, tip] = [
        channel.x_um,
        channel.depth_um,
        channel.shoulder_um,
        channel.radius_um,
        channel.tip_radius_um,
    ]
    .map(|um| um / UM_PER_MM);
    format!(
        "M{} {}V{}L{} {}H{}L{} {}V{}Z",
        x(at - radius),
        y(0.0),
        y(shoulder),
        x(at - tip),
        y(depth),
        x(at + tip),
        x(at + radius),
        y(shoulder),
        y(0.0)
    )
}

/// A square centimetre from above; every hole a dot of its width.
pub fn hole_map(puncture: &Puncture) -> Markup {
    // Pixels of the square's side.
    const SIDE: f64 = 240.0;
    let map = &puncture.hole_map;
    let scale = SIDE / map.side_um.max(1.0);
    let dots: String = map
        .holes_mm
        .iter()
        .filter(|place| {
            place
                .iter()
                .all(|at| at.is_finite() && (0.0..=map.side_um / UM_PER_MM).contains(at))
        })
        .map(|[x, y]| {
            format!(
                "M{:.1} {:.1}h.1",
                10.0 + x * UM_PER_MM * scale,
                10.0 + y * UM_PER_MM * scale
            )
        })
        .collect();
    let wide = if map.radius_um.is_finite() {
        (2.0 * map.radius_um * scale).clamp(1.0, 12.0)
    } else {
        1.0
    };
    let count = map.holes_mm.len() + map.not_drawn;
    html! {
        svg.chart.map role="img" aria-labelledby="map-t map-d" viewBox="0 0 260 278" {
            title id="map-t" { "The holes of one session in one square centimetre, simulated" }
            desc id="map-d" {
                "A square of 10 by 10 mm with about "
                (grouped(count as f64))
                " holes at random places, each about "
                (mm(2.0 * map.radius_um))
                " mm wide at the surface."
            }
            rect.f-layer0.s-muted x="10" y="10" width="240" height="240" stroke-width="1" {}
            path.s-hole d=(dots) stroke-width=(format!("{wide:.1}")) stroke-linecap="round" fill="none" {}
            line.s-text x1="226" x2="250" y1="260" y2="260" stroke-width="2" {}
            text.f-muted x="238" y="275" text-anchor="middle" font-size="12" { "1 mm" }
            text.f-text x="10" y="270" font-size="13" {
                (grouped(count as f64))
                " holes"
                @if map.not_drawn > 0 { ", " (grouped(map.not_drawn as f64)) " not drawn" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_channel_is_drawn_at_its_own_depth_and_width() {
        let channel = Channel {
            x_um: 1000.0,
            depth_um: 800.0,
            shoulder_um: 200.0,
            radius_um: 100.0,
            tip_radius_um: 4.0,
        };
        let (x, y) = (|at: f64| pt(at * 100.0), |depth: f64| pt(depth * 100.0));
        assert_eq!(outline(&channel, &x, &y), "M90 0V20L99.6 80H100.4L110 20V0Z");
    }
}
