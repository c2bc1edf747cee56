//! Axes in the page's manner: few ticks at round values, quiet lines, titles that never stand on end.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, ChartBuilder, ChartContext, PathElement, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::{Canvas, Failure, Ink, px};
use crate::words::number;

/// Room below the plot for labels and the level axis's title, pixels.
const BELOW: i32 = 48;
/// Room to the left for labels, pixels.
const LEFT: i32 = 44;
/// Room above for the upright axis's title, pixels.
const ABOVE: i32 = 34;

/// A plot with both axes in numbers.
pub(super) type Plot<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A chart with room for its labels, and `right` pixels at the right.
pub(super) fn margins<'a, 'b>(canvas: &'a Canvas<'b>, right: i32) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut chart = ChartBuilder::on(canvas);
    chart
        .margin_left(px(LEFT))
        .margin_right(px(right))
        .margin_top(px(ABOVE))
        .margin_bottom(px(BELOW));
    chart
}

/// Where the level axis of a picture so wide begins and ends, in the units of its view box; `right` as in [`margins`].
pub(super) fn across(width: u32, right: i32) -> (i32, i32) {
    (px(LEFT), width as i32 * px(1) - px(right))
}

/// Draws ticks with their numbers (without sign where the axis is depth) and, if `grid`, level lines across the plot.
pub(super) fn axes(
    canvas: &Canvas<'_>,
    plot: &Plot<'_, '_>,
    across: &[f64],
    up: &[f64],
    grid: bool,
) -> Result<(), Failure> {
    let (x, y) = (plot.x_range(), plot.y_range());
    let (left, bottom) = plot.backend_coord(&(x.start, y.start));
    let (right, top) = plot.backend_coord(&(x.end, y.end));
    for value in up {
        let (_, at) = plot.backend_coord(&(x.start, *value));
        let from = if grid { right } else { left };
        canvas.draw(&PathElement::new(
            vec![(left - px(4), at), (from, at)],
            Ink::Grid.line(1),
        ))?;
        // Depth has its zero at the top and counts down.
        let shown = if y.end <= 0.0 { value.abs() } else { *value };
        canvas.draw(&Text::new(
            tick(shown, up),
            (left - px(8), at),
            Ink::Muted.text(HPos::Right, VPos::Center),
        ))?;
    }
    for value in across {
        let (at, _) = plot.backend_coord(&(*value, y.start));
        canvas.draw(&PathElement::new(
            vec![(at, bottom), (at, bottom + px(4))],
            Ink::Grid.line(1),
        ))?;
        canvas.draw(&Text::new(
            tick(*value, across),
            (at, bottom + px(8)),
            Ink::Muted.text(HPos::Center, VPos::Top),
        ))?;
    }
    canvas.draw(&PathElement::new(
        vec![(left, top), (left, bottom), (right, bottom)],
        Ink::Grid.line(1),
    ))
}

/// The number at a tick, with as many places as its neighbours need to differ.
fn tick(value: f64, all: &[f64]) -> String {
    let step = all
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .fold(f64::INFINITY, f64::min);
    if step < 0.095 && value.abs() > 1e-9 {
        // Two places down to a step of a hundredth, one more for each power of ten below.
        let places = (-(step * 1.05).log10().floor()).max(2.0) as usize;
        format!("{value:.places$}").replace('-', "−")
    } else {
        number(value)
    }
}

/// The title of the upright axis above it, that of the level axis below it.
pub(super) fn level_titles(canvas: &Canvas<'_>, upright: &str, level: &str) -> Result<(), Failure> {
    let (_, height) = canvas.dim_in_pixel();
    canvas.draw(&Text::new(
        upright.to_owned(),
        (px(4), px(4)),
        Ink::Text.text(HPos::Left, VPos::Top),
    ))?;
    let place = (px(LEFT), i32::try_from(height).unwrap_or(i32::MAX) - px(6));
    canvas.draw(&Text::new(
        level.to_owned(),
        place,
        Ink::Text.text(HPos::Left, VPos::Bottom),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn neighbouring_ticks_never_read_the_same() {
        for step in [0.0002, 0.002, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 20.0] {
            let all: Vec<f64> = (0..6).map(|n| f64::from(n) * step).collect();
            let mut read: Vec<String> = all.iter().map(|value| tick(*value, &all)).collect();
            read.dedup();
            assert_eq!(read.len(), all.len(), "{step}: {read:?}");
        }
    }
}
