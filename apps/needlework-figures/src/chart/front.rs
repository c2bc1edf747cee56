//! Designs as points: what is wanted against what is not, the designs that nothing beats standing out by colour, size
//! and a ring.
//!
//! Points that are beaten are small and quiet. Nothing is joined by a line, since designs between two points need not
//! exist.

use maud::Markup;
use plotters::prelude::{Circle, EmptyElement};

use super::axes::{axes, level_titles, margins};
use super::{Ink, picture, px, round_step, ticks};

/// Width and height of the picture.
const SIZE: (u32, u32) = (460, 320);

/// Most beaten points that are drawn: an even choice of them beyond.
const MOST: usize = 2000;

/// A design as a point.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// Along the level axis.
    pub x: f64,
    /// Along the upright axis.
    pub y: f64,
    /// Whether nothing beats it.
    pub on_front: bool,
}

/// The picture; nothing where no point is usable.
pub fn front(id: &str, title: &str, description: &str, titles: (&str, &str), points: &[Point]) -> Option<Markup> {
    let usable: Vec<Point> = points
        .iter()
        .copied()
        .filter(|point| point.x.is_finite() && point.y.is_finite())
        .collect();
    let right = usable.iter().map(|point| point.x).fold(0.0, f64::max);
    let top = usable.iter().map(|point| point.y).fold(0.0, f64::max);
    if usable.is_empty() || right <= 0.0 || top <= 0.0 {
        return None;
    }
    let beaten: Vec<&Point> = usable.iter().filter(|point| !point.on_front).collect();
    let each = beaten.len().div_ceil(MOST).max(1);
    Some(picture(id, title, description, SIZE, |canvas| {
        // Four digits and a comma stand at the left.
        let mut plot = margins(canvas, 34)
            .margin_left(px(52))
            .build_cartesian_2d(0.0..right * 1.05, 0.0..top * 1.05)?;
        axes(
            canvas,
            &plot,
            &ticks(0.0, right * 1.05, round_step(right, 5.0)),
            &ticks(0.0, top * 1.05, round_step(top, 5.0)),
            true,
        )?;
        plot.draw_series(
            beaten
                .iter()
                .step_by(each)
                .map(|point| Circle::new((point.x, point.y), px(2), Ink::Muted.fill(0.35))),
        )?;
        plot.draw_series(usable.iter().filter(|point| point.on_front).map(|point| {
            EmptyElement::at((point.x, point.y))
                + Circle::new((0, 0), px(3), Ink::Treated.fill(0.9))
                + Circle::new((0, 0), px(5), Ink::Treated.line(1))
        }))?;
        level_titles(canvas, titles.1, titles.0)
    }))
}
