//! What one person may see, as dots that one can count: each stands for one chance in so many.
//!
//! Dots are quantiles, stacked over the step of the axis in which they lie, so that a share of people is read by
//! counting dots and no curve has to be understood.

use maud::Markup;
use plotters::prelude::{Circle, PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::{Ink, picture, px, ticks};
use crate::words::number;

/// Points of one stack.
const STEP: f64 = 5.0;
/// Width of the picture, pixels.
const WIDTH: i32 = 460;
/// Room below for the axis, pixels.
const BELOW: i32 = 46;
/// Room at both ends of the scale, pixels.
const SIDE: i32 = 16;
/// The largest radius of a dot, pixels.
const MOST_RADIUS: i32 = 9;

/// The picture; nothing without dots. `mark` is where a line parts little from some, `within` the ends that the scale
/// has at least.
pub fn dots(id: &str, title: &str, axis: &str, within: (f64, f64), mark: f64, values: &[f64]) -> Option<Markup> {
    let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let (low, high) = values
        .iter()
        .fold(within, |(low, high), value| (low.min(*value), high.max(*value)));
    let low = (low / STEP).floor() * STEP;
    let stack = |value: f64| ((value - low) / STEP).floor() as usize;
    let stacks = stack(high) + 1;
    let mut heights = vec![0_i32; stacks];
    values.iter().for_each(|value| heights[stack(*value)] += 1);
    let tallest = heights.iter().copied().max().filter(|dots| *dots > 0)?;
    let room = WIDTH - 2 * SIDE;
    let radius = (room / (2 * stacks as i32)).clamp(2, MOST_RADIUS);
    let height = 2 * radius * tallest + 12 + BELOW;
    let below = values.iter().filter(|value| **value < mark).count();
    let description = format!(
        "{axis}. Of {} dots, each as likely as any other, {below} lie below {}.",
        values.len(),
        number(mark)
    );
    Some(picture(
        id,
        title,
        &description,
        (WIDTH as u32, height as u32),
        |canvas| {
            let (from, to) = (low, low + STEP * stacks as f64);
            let along = |value: f64| px(SIDE) + ((value - from) / (to - from) * f64::from(px(room))) as i32;
            let bottom = px(height - BELOW);
            let line = vec![(along(from), bottom), (along(to), bottom)];
            canvas.draw(&PathElement::new(line, Ink::Muted.line(1)))?;
            canvas.draw(&PathElement::new(
                vec![(along(mark), 0), (along(mark), bottom)],
                Ink::Grid.line(2),
            ))?;
            for tick in ticks(from, to, 2.0 * STEP) {
                canvas.draw(&Text::new(
                    number(tick),
                    (along(tick), bottom + px(4)),
                    Ink::Muted.text(HPos::Center, VPos::Top),
                ))?;
            }
            for (place, dots) in heights.iter().enumerate() {
                let middle = along(from + STEP * (place as f64 + 0.5));
                for dot in 0..*dots {
                    let centre = (middle, bottom - px(2 * radius * dot + radius + 1));
                    canvas.draw(&Circle::new(centre, px(radius) - px(1), Ink::Treated.fill(1.0)))?;
                }
            }
            canvas.draw(&Text::new(
                axis.to_owned(),
                (px(2), px(height) - px(4)),
                Ink::Text.text(HPos::Left, VPos::Bottom),
            ))
        },
    ))
}
