//! Charts as inline SVG: what they share.
//!
//! Charts are drawn by `plotters` in whole pixels on a canvas four times as fine as the picture, so that curves stay
//! smooth. Every colour that is drawn is a *sentinel*, a value that no picture would use, and is replaced by a style
//! class afterwards; the style sheet decides what it looks like on a light, a dark and a printed page, and which lines
//! are dashed. Each picture carries a title and a description and stands beside a table of its data.
//!
//! Limits: text is measured crudely (no fonts are loaded), so labels keep generous room.

mod axes;
mod bands;
mod block;
mod curve;
mod decades;
mod depth;
mod dots;
mod drum;
mod forest;
mod front;
mod hypotheses;
mod icons;
mod layers;
mod series;
mod skin;
mod spectra;
mod tornado;

pub use bands::{Bands, bands, bands_legend, improvement_axis};
pub use block::{BlockHoles, BlockStill, block_still};
pub use curve::{Curve, curve};
pub use decades::{DecadesRow, decades};
pub use depth::depth;
pub use dots::dots;
pub use drum::{DrumPicture, drum};
pub use forest::{ForestRow, Mark, forest};
pub use front::{Point, front};
pub use hypotheses::{hypotheses, hypotheses_legend, line_key};
pub use icons::{
    courses, definitions, figures, figures_counted, figures_key, figures_legend, figures_said, pain_scale,
};
pub use layers::{Column, layers};
pub use series::{Line, MOST_LINES, Series, series};
pub use skin::{hole_map, slice};
pub use spectra::{Spectra, SpectraLine, spectra};
pub use tornado::tornado;

use maud::{Markup, PreEscaped, html};
use plotters::coord::Shift;
use plotters::prelude::{
    DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, IntoFont, RGBColor, SVGBackend, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, ShapeStyle};

/// How many canvas pixels make one pixel of the picture.
const FINE: u32 = 4;

/// Height of plain chart text, pixels of the picture.
const TEXT: u32 = 14;

/// Where charts are drawn.
pub type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Why a chart could not be drawn.
pub type Failure = DrawingAreaErrorKind<std::io::Error>;

/// What a stroke or fill means; the style sheet knows what it looks like.
#[derive(Debug, Clone, Copy)]
pub enum Ink {
    /// Words and numbers.
    Text,
    /// Quiet words.
    Muted,
    /// Grid and axes.
    Grid,
    /// With the plan.
    Treated,
    /// The same people doing nothing.
    Untreated,
    /// First, second and third law of lasting benefit.
    Hypothesis(u8),
    /// Layers of skin, by turns.
    Layer(u8),
    /// Bars.
    Bar,
}

/// Every ink with the name of its style class.
const INKS: [(Ink, &str); 12] = [
    (Ink::Text, "text"),
    (Ink::Muted, "muted"),
    (Ink::Grid, "grid"),
    (Ink::Treated, "treated"),
    (Ink::Untreated, "untreated"),
    (Ink::Hypothesis(0), "law0"),
    (Ink::Hypothesis(1), "law1"),
    (Ink::Hypothesis(2), "law2"),
    (Ink::Layer(0), "layer0"),
    (Ink::Layer(1), "layer1"),
    (Ink::Layer(2), "layer2"),
    (Ink::Bar, "bar"),
];

impl Ink {
    /// The sentinel colour.
    fn sentinel(self) -> RGBColor {
        let number = match self {
            Ink::Text => 1,
            Ink::Muted => 2,
            Ink::Grid => 3,
            Ink::Treated => 4,
            Ink::Untreated => 5,
            Ink::Hypothesis(which) => 6 + which.min(2),
            Ink::Layer(which) => 9 + which.min(2),
            Ink::Bar => 12,
        };
        RGBColor(1, 2, number)
    }

    /// A line.
    fn line(self, width: u32) -> ShapeStyle {
        self.sentinel().stroke_width(width * FINE)
    }

    /// A fill of the given opacity.
    fn fill(self, opacity: f64) -> ShapeStyle {
        self.sentinel().mix(opacity).filled()
    }

    /// Text of the plain size, placed by the given point of it.
    fn text(self, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
        // The SVG backend divides the size by 1.24, its guess of the line height.
        let size = f64::from(TEXT * FINE) * 1.24;
        ("sans-serif", size)
            .into_font()
            .color(&self.sentinel())
            .pos(Pos::new(horizontal, vertical))
    }
}

/// Canvas pixels of a length on the picture.
fn px(length: i32) -> i32 {
    length * FINE as i32
}

/// Draws a picture of `size` pixels and wraps it for people who cannot see it.
///
/// `id` must be unique on the page. A picture that fails to draw leaves a sentence that points at the table.
pub fn picture(
    id: &str,
    title: &str,
    description: &str,
    size: (u32, u32),
    draw: impl FnOnce(&Canvas<'_>) -> Result<(), Failure>,
) -> Markup {
    let mut text = String::new();
    let drawn = {
        let canvas = SVGBackend::with_string(&mut text, (size.0 * FINE, size.1 * FINE)).into_drawing_area();
        draw(&canvas).and_then(|()| canvas.present())
    };
    let body = text
        .split_once('>')
        .and_then(|(_, rest)| rest.rsplit_once("</svg>"))
        .map(|(body, _)| body);
    match (drawn, body) {
        (Ok(()), Some(body)) => html! {
            svg .chart
                role="img"
                aria-labelledby={ (id) "-t " (id) "-d" }
                viewBox={ "0 0 " (size.0 * FINE) " " (size.1 * FINE) }
            {
                title id={ (id) "-t" } { (title) }
                desc id={ (id) "-d" } { (description) }
                (PreEscaped(dress(body)))
            }
        },
        _ => html! {
            p.note { "This chart could not be drawn; its data stands in the table." }
        },
    }
}

/// Replaces sentinel colours by style classes, and the backend's font by the page's.
fn dress(svg: &str) -> String {
    let mut text = svg
        .replace(" font-family=\"sans-serif\"", "")
        .replace(" opacity=\"1\"", "");
    for (ink, name) in INKS {
        let RGBColor(red, green, blue) = ink.sentinel();
        let colour = format!("#{red:02X}{green:02X}{blue:02X}");
        text = text
            .replace(&format!("stroke=\"{colour}\""), &format!("class=\"s-{name}\""))
            .replace(&format!("fill=\"{colour}\""), &format!("class=\"f-{name}\""));
    }
    text
}

/// A round step that cuts `span` into about `parts` pieces: 1, 2 or 5 times a power of ten.
fn round_step(span: f64, parts: f64) -> f64 {
    let raw = (span / parts).max(1e-9);
    let power = 10_f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw)
        .unwrap_or(raw)
}

/// Multiples of `step` from `from` to `to`.
fn ticks(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = (from / step - 1e-9).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last.min(first + 200))
        .map(|count| count as f64 * step)
        .collect()
}

/// Ticks for an axis of months that ends at `end`.
fn month_ticks(end: f64) -> Vec<f64> {
    let step = if end <= 6.5 {
        1.0
    } else if end <= 15.0 {
        3.0
    } else if end <= 30.0 {
        6.0
    } else {
        12.0
    };
    ticks(0.0, end, step)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use needlework_page_reader::Page;
    use plotters::prelude::Text;

    use super::*;

    #[test]
    fn text_in_a_picture_is_escaped() {
        let svg = picture("a", "<t>", "\"d\"", (40, 20), |canvas| {
            canvas.draw(&Text::new("<script>", (0, 0), Ink::Text.text(HPos::Left, VPos::Top)))
        })
        .into_string();
        let page = Page::fragment(&svg).unwrap();
        assert!(
            page.text().contains("<script>") && page.named("script").count() == 0,
            "{svg}"
        );
        assert!(page.named("title").any(|title| title.text() == "<t>"), "{svg}");
        assert!(page.of_class("f-text").count() > 0 && !svg.contains('#'), "{svg}");
    }

    #[test]
    fn every_ink_has_a_sentinel_of_its_own() {
        let mut seen: Vec<_> = INKS.iter().map(|(ink, _)| ink.sentinel()).collect();
        seen.sort_by_key(|RGBColor(_, _, blue)| *blue);
        seen.dedup();
        assert_eq!(seen.len(), INKS.len());
    }

    #[test]
    fn steps_are_round_and_ticks_stay_inside() {
        assert!((round_step(97.0, 5.0) - 20.0).abs() < 1e-12);
        assert!((round_step(0.31, 4.0) - 0.1).abs() < 1e-12);
        assert_eq!(ticks(-10.0, 25.0, 10.0), vec![-10.0, 0.0, 10.0, 20.0]);
    }
}
