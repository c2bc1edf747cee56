//! What the answer hangs on: bars of the share of variance that each unknown explains, the largest at the top.
//!
//! Labels stand above their bar, so that long ones are not cut; a thin line shows two standard errors of the share.

use maud::Markup;
use plotters::prelude::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::{Ink, picture, px};
use crate::model::Driver;
use crate::words::{people_short, sentence_case};

/// Height of one row, pixels.
const ROW: i32 = 36;

/// Width of the picture, pixels.
const WIDTH: u32 = 440;

/// The picture of at most twelve drivers; nothing where there is none.
pub fn tornado(drivers: &[Driver]) -> Option<Markup> {
    let mut shown: Vec<&Driver> = drivers
        .iter()
        .filter(|driver| driver.share.is_finite() && driver.share > 0.0)
        .collect();
    shown.sort_by(|a, b| b.share.total_cmp(&a.share));
    shown.truncate(12);
    let largest = shown.first()?.share;
    let words: Vec<String> = shown
        .iter()
        .map(|driver| format!("{} {} %", driver.label, people_short(driver.share)))
        .collect();
    let description = format!(
        "Share of the answer's variance explained by each unknown: {}.",
        words.join("; ")
    );
    let height = (shown.len() as i32 * ROW + 6) as u32;
    Some(picture(
        "tornado",
        "What the answer hangs on",
        &description,
        (WIDTH, height),
        |canvas| {
            let room = f64::from(px(WIDTH as i32 - 56));
            let along = |share: f64| (share.clamp(0.0, 1.2 * largest) / (1.2 * largest) * room) as i32;
            for (row, driver) in shown.iter().enumerate() {
                let top = px(row as i32 * ROW);
                canvas.draw(&Text::new(
                    short(&driver.label),
                    (0, top + px(2)),
                    Ink::Text.text(HPos::Left, VPos::Top),
                ))?;
                let bar = [(0, top + px(18)), (along(driver.share).max(px(1)), top + px(29))];
                canvas.draw(&Rectangle::new(bar, Ink::Bar.fill(0.6)))?;
                let error = 2.0 * driver.standard_error.max(0.0);
                let reach = along(driver.share + error);
                if error.is_finite() && error > 0.0 {
                    let line = vec![(along(driver.share - error), top + px(24)), (reach, top + px(24))];
                    canvas.draw(&PathElement::new(line, Ink::Text.line(1)))?;
                }
                let number = format!("{} %", people_short(driver.share));
                let beside = (reach.max(along(driver.share)) + px(6), top + px(24));
                canvas.draw(&Text::new(number, beside, Ink::Text.text(HPos::Left, VPos::Center)))?;
            }
            Ok(())
        },
    ))
}

/// A label that fits above its bar; the table has it in full.
fn short(label: &str) -> String {
    let label = sentence_case(label);
    if label.chars().count() <= 54 {
        label
    } else {
        label.chars().take(53).chain(['…']).collect()
    }
}
