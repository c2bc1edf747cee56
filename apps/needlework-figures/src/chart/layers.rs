//! Skin seen from the side, to scale: people's layers as columns beside each other, the surface at the top.
//!
//! Every column is one person, drawn with that person's own layers; nothing is averaged. The picture ends at a depth
//! that the caller gives, so the same people can be shown whole, down to the dermis, or enlarged at the surface. Layers
//! carry a pattern of lightness and a name at the right; a layer that is thinner than a line is still drawn as a line.

use maud::{Markup, html};

use crate::words::sentence_case;

/// Width of the picture, pixels; names of layers stand at the right.
const WIDTH: f64 = 480.0;
/// Height of the drawn depth, pixels.
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 40.0;
/// Room for the layers' names.
const NAMES: f64 = 140.0;
/// Gap between columns.
const GAP: f64 = 10.0;

/// One person's layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands above it, in one or two short lines.
    pub title: [String; 2],
    /// Thickness of each layer from the surface down, mm, in the order of the names.
    pub thickness_mm: Vec<f64>,
}

fn pt(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Columns down to `bottom_mm`; `None` where something cannot be drawn. `id` must be unique on the page.
pub fn layers(
    id: &str,
    title: &str,
    description: &str,
    names: &[&str],
    columns: &[Column],
    bottom_mm: f64,
) -> Option<Markup> {
    let drawable = |column: &Column| {
        column.thickness_mm.len() == names.len() && column.thickness_mm.iter().all(|t| t.is_finite() && *t >= 0.0)
    };
    if columns.is_empty() || !columns.iter().all(drawable) || !bottom_mm.is_finite() || bottom_mm <= 0.0 {
        return None;
    }
    let scale = HEIGHT / bottom_mm;
    let y = |depth_mm: f64| TOP + depth_mm.min(bottom_mm) * scale;
    let room = WIDTH - LEFT - NAMES;
    let wide = room / columns.len() as f64 - GAP;
    let x = |which: usize| LEFT + which as f64 * (wide + GAP);
    // Upper and lower end of every layer of a person that the picture reaches.
    let bounds = |column: &Column| {
        let mut at = 0.0;
        column
            .thickness_mm
            .iter()
            .map(|thickness| {
                let from = at;
                at += thickness;
                (from, at)
            })
            .collect::<Vec<_>>()
    };
    let last = columns.last().map(bounds)?;
    let mut labels: Vec<(String, f64, f64)> = names
        .iter()
        .zip(&last)
        .filter(|(_, (from, _))| *from < bottom_mm)
        .map(|(name, (from, to))| {
            let middle = y(0.5 * (from + to.min(bottom_mm)));
            (sentence_case(name), middle, middle)
        })
        .collect();
    // Names of thin layers move down until they stand apart.
    for at in 1..labels.len() {
        labels[at].2 = labels[at].2.max(labels[at - 1].2 + 16.0);
    }
    let step = step(bottom_mm);
    // More ticks than an axis can show; a step of nothing would never end.
    let ticks: Vec<f64> = (0..100)
        .map(|count| f64::from(count) * step)
        .take_while(|depth| *depth <= bottom_mm + 1e-9)
        .collect();
    let unit = if bottom_mm < 0.5 { ("µm", 1000.0) } else { ("mm", 1.0) };
    let edge = x(columns.len() - 1) + wide;
    Some(html! {
        svg .chart
            role="img"
            aria-labelledby={ (id) "-t " (id) "-d" }
            viewBox={ "0 0 " (pt(WIDTH)) " " (pt(TOP + HEIGHT + 24.0)) }
        {
            title id={ (id) "-t" } { (title) }
            desc id={ (id) "-d" } { (description) }
            @for depth in &ticks {
                line.s-grid x1=(pt(LEFT - 5.0)) x2=(pt(edge)) y1=(pt(y(*depth))) y2=(pt(y(*depth))) stroke-width="1" {}
                text.f-muted x=(pt(LEFT - 8.0)) y=(pt(y(*depth) + 4.0)) text-anchor="end" font-size="12" {
                    (pt(depth * unit.1))
                }
            }
            @for (which, column) in columns.iter().enumerate() {
                @let shown = bounds(column).into_iter().enumerate().filter(|(_, (from, _))| *from < bottom_mm);
                @for (layer, (from, to)) in shown {
                    rect
                        class={ "f-" (fill(layer, names.len())) " s-muted" }
                        stroke-width="1"
                        x=(pt(x(which)))
                        y=(pt(y(from)))
                        width=(pt(wide))
                        height=(pt((y(to) - y(from)).max(0.5))) {}
                }
                line.s-text x1=(pt(x(which))) x2=(pt(x(which) + wide)) y1=(pt(TOP)) y2=(pt(TOP)) stroke-width="2" {}
                @for (line, text) in column.title.iter().enumerate() {
                    text
                        .f-text
                        x=(pt(x(which) + 0.5 * wide))
                        y=(pt(14.0 + 15.0 * line as f64))
                        text-anchor="middle"
                        font-size="12"
                    { (text) }
                }
            }
            @for (name, middle, place) in &labels {
                line.s-muted x1=(pt(edge)) x2=(pt(edge + 8.0)) y1=(pt(*middle)) y2=(pt(*place)) stroke-width="1" {}
                text.f-text x=(pt(edge + 11.0)) y=(pt(place + 4.0)) font-size="13" { (name) }
            }
            text.f-muted x="2" y=(pt(TOP + HEIGHT + 19.0)) font-size="12" { "Depth, " (unit.0) }
        }
    })
}

/// The style of a layer: the last one is fat, the uppermost the darkest, the others alternate in lightness.
fn fill(layer: usize, layers: usize) -> &'static str {
    if layer + 1 == layers {
        return "fat";
    }
    ["bar", "layer0", "layer1", "layer2"][layer % 4]
}

/// A round step that cuts the depth into four to ten pieces.
fn step(depth_mm: f64) -> f64 {
    super::round_step(depth_mm, 6.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use needlework_page_reader::Page;

    use super::*;

    const NAMED: [&str; 3] = ["horny layer", "dermis", "fat"];

    fn column(thickness_mm: &[f64]) -> Column {
        Column {
            title: ["<one>".to_owned(), "person".to_owned()],
            thickness_mm: thickness_mm.to_vec(),
        }
    }

    fn heights(svg: &str) -> Vec<f64> {
        let picture = Page::fragment(svg).unwrap();
        picture
            .named("rect")
            .map(|rect| rect.get("height").unwrap().parse().unwrap())
            .collect()
    }

    #[test]
    fn layers_are_drawn_to_scale_and_cut_off_at_the_bottom() {
        let svg = layers("a", "t", "d", &NAMED, &[column(&[0.2, 1.0, 30.0])], 2.0)
            .unwrap()
            .into_string();
        let heights = heights(&svg);
        assert!((heights[1] / heights[0] - 5.0).abs() < 0.1, "{heights:?}");
        assert!((heights.iter().sum::<f64>() - HEIGHT).abs() < 0.3, "{heights:?}");
        let text = Page::fragment(&svg).unwrap().text();
        assert!(text.contains("<one>") && text.contains("Horny layer"), "{text}");
    }

    #[test]
    fn what_cannot_be_drawn_is_nothing() {
        assert!(layers("a", "t", "d", &NAMED, &[column(&[0.2, f64::NAN, 3.0])], 2.0).is_none());
        assert!(layers("a", "t", "d", &NAMED, &[column(&[0.2])], 2.0).is_none());
        assert!(layers("a", "t", "d", &NAMED, &[], 2.0).is_none());
        assert!(layers("a", "t", "d", &NAMED, &[column(&[0.2, 1.0, 3.0])], 0.0).is_none());
    }

    #[test]
    fn layers_below_the_picture_are_neither_drawn_nor_named() {
        let svg = layers("a", "t", "d", &NAMED, &[column(&[0.02, 1.0, 3.0])], 0.1)
            .unwrap()
            .into_string();
        let text = Page::fragment(&svg).unwrap().text();
        assert!(!text.contains("Fat") && text.contains("Depth, µm"), "{text}");
    }
}
