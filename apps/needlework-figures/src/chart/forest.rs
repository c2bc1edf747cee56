//! Alternatives or studies as points with their ranges on one scale, in the order in which they were asked for.
//!
//! Labels stand above their line, so that long ones are not cut. Nothing is sorted and nothing stands out but doing
//! nothing, which has its colour in every picture, and what several studies say together, which is a diamond as wide as
//! its range.

use maud::Markup;
use plotters::prelude::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::{Ink, picture, px, round_step, ticks};
use crate::model::Range;
use crate::words::number;

/// Height of one row, pixels.
const ROW: i32 = 42;

/// Width of the picture, pixels.
const WIDTH: u32 = 460;

/// Room below for the axis, pixels.
const BELOW: i32 = 46;

/// Room at both ends of the scale, pixels.
const SIDE: i32 = 14;

/// One line of the picture.
pub struct ForestRow {
    /// Its label.
    pub label: String,
    /// Mean and range, in the units of the axis.
    pub range: Range,
    /// How it is drawn.
    pub mark: Mark,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An alternative, or a study.
    One,
    /// Doing nothing.
    Nothing,
    /// Several studies together.
    Together,
}

/// The picture; nothing without rows. `within` are the ends that the scale has at least.
pub fn forest(id: &str, title: &str, axis: &str, within: (f64, f64), rows: &[ForestRow]) -> Option<Markup> {
    let finite = |range: &Range| range.mean.is_finite() && range.low.is_finite() && range.high.is_finite();
    let rows: Vec<&ForestRow> = rows.iter().filter(|row| finite(&row.range)).collect();
    if rows.is_empty() {
        return None;
    }
    let words: Vec<String> = rows
        .iter()
        .map(|row| {
            let range = &row.range;
            format!(
                "{}: {} ({} to {})",
                row.label,
                number(range.mean),
                number(range.low),
                number(range.high)
            )
        })
        .collect();
    let description = format!("{axis}. {}.", words.join("; "));
    let low = rows
        .iter()
        .map(|row| row.range.low.min(row.range.mean))
        .fold(within.0, f64::min);
    let high = rows
        .iter()
        .map(|row| row.range.high.max(row.range.mean))
        .fold(within.1, f64::max);
    let step = round_step(high - low, 5.0);
    let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
    let height = rows.len() as i32 * ROW + BELOW;
    Some(picture(id, title, &description, (WIDTH, height as u32), |canvas| {
        let room = f64::from(px(WIDTH as i32 - 2 * SIDE));
        let along = |value: f64| px(SIDE) + ((value - from) / (to - from) * room) as i32;
        let bottom = px(rows.len() as i32 * ROW + 4);
        for tick in ticks(from, to, step) {
            let at = along(tick);
            canvas.draw(&PathElement::new(vec![(at, 0), (at, bottom)], Ink::Grid.line(1)))?;
            let place = (at, bottom + px(4));
            canvas.draw(&Text::new(
                number(tick),
                place,
                Ink::Muted.text(HPos::Center, VPos::Top),
            ))?;
        }
        for (place, row) in rows.iter().enumerate() {
            let top = px(place as i32 * ROW);
            let middle = top + px(31);
            let ink = if row.mark == Mark::Nothing {
                Ink::Untreated
            } else {
                Ink::Treated
            };
            canvas.draw(&Text::new(
                short(&row.label),
                (px(2), top + px(4)),
                Ink::Text.text(HPos::Left, VPos::Top),
            ))?;
            if from < 0.0 && to > 0.0 {
                // Beside the line only, so that it runs through no label.
                let zero = vec![(along(0.0), middle - px(8)), (along(0.0), middle + px(8))];
                canvas.draw(&PathElement::new(zero, Ink::Muted.line(2)))?;
            }
            if row.mark == Mark::Together {
                let corners = [
                    (along(row.range.low), middle),
                    (along(row.range.mean), middle - px(6)),
                    (along(row.range.high), middle),
                    (along(row.range.mean), middle + px(6)),
                ];
                canvas.draw(&Polygon::new(corners.to_vec(), ink.fill(1.0)))?;
                continue;
            }
            let line = vec![(along(row.range.low), middle), (along(row.range.high), middle)];
            canvas.draw(&PathElement::new(line, ink.line(2)))?;
            let centre = (along(row.range.mean), middle);
            canvas.draw(&Circle::new(centre, px(5), ink.fill(1.0)))?;
        }
        let place = (px(2), px(height) - px(4));
        canvas.draw(&Text::new(
            axis.to_owned(),
            place,
            Ink::Text.text(HPos::Left, VPos::Bottom),
        ))
    }))
}

/// A label that fits above its line; the table has it in full.
fn short(label: &str) -> String {
    if label.chars().count() <= 56 {
        label.to_owned()
    } else {
        label.chars().take(55).chain(['…']).collect()
    }
}
