//! Ranges over many decades on one scale of powers of ten: for each row one line per strand, from its 5 % over its
//! median to its 95 %.
//!
//! What lies below the scale, zero too, is drawn at its left edge, whose label says "or less". Strands have the colours
//! and dashes of the three laws; a legend beside the picture says which is which. Nothing is sorted.

use maud::Markup;
use plotters::prelude::{Circle, PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::{Ink, picture, px};
use crate::model::Percentiles;
use crate::numbers::median_with_range;

/// One row.
pub struct DecadesRow {
    /// Its label, which stands above its lines.
    pub label: String,
    /// Its strands, each with its name, in the order of the legend.
    pub strands: Vec<(String, Percentiles)>,
}

/// Width of the picture, pixels.
const WIDTH: u32 = 460;
/// Height of a row's label, pixels.
const LABEL: i32 = 24;
/// Height of one strand, pixels.
const STRAND: i32 = 14;
/// Room below a row, pixels.
const GAP: i32 = 6;
/// Room below all for the scale, pixels.
const BELOW: i32 = 26;
/// Room at both ends of the scale, pixels.
const SIDE: i32 = 34;

/// The picture, with a scale from ten to the power `from` to ten to the power `to`; nothing without rows.
pub fn decades(id: &str, title: &str, what: &str, (from, to): (i32, i32), rows: &[DecadesRow]) -> Option<Markup> {
    if rows.is_empty() || to <= from {
        return None;
    }
    let words: Vec<String> = rows
        .iter()
        .map(|row| {
            let strands: Vec<String> = row
                .strands
                .iter()
                .map(|(name, at)| format!("{name} {}", median_with_range(at)))
                .collect();
            format!("{}: {}", row.label, strands.join(", "))
        })
        .collect();
    let description = format!("{what}. {}.", words.join("; "));
    let row_height = |row: &DecadesRow| LABEL + STRAND * row.strands.len() as i32 + GAP;
    let bottom = rows.iter().map(row_height).sum::<i32>();
    let power = |value: f64| if value > 0.0 { value.log10() } else { f64::NEG_INFINITY };
    let room = f64::from(px(WIDTH as i32 - 2 * SIDE));
    let along = move |value: f64| {
        let share = (power(value) - f64::from(from)) / f64::from(to - from);
        px(SIDE) + (share.clamp(0.0, 1.0) * room) as i32
    };
    Some(picture(
        id,
        title,
        &description,
        (WIDTH, (bottom + BELOW) as u32),
        |canvas| {
            for exponent in from..=to {
                let value = 10_f64.powi(exponent);
                let at = along(value);
                canvas.draw(&PathElement::new(vec![(at, 0), (at, px(bottom))], Ink::Grid.line(1)))?;
                let mark = if exponent == from {
                    format!("≤ {}", plain(exponent))
                } else {
                    plain(exponent)
                };
                canvas.draw(&Text::new(
                    mark,
                    (at, px(bottom + 6)),
                    Ink::Muted.text(HPos::Center, VPos::Top),
                ))?;
            }
            let mut top = 0;
            for row in rows {
                canvas.draw(&Text::new(
                    row.label.clone(),
                    (px(2), px(top + 4)),
                    Ink::Text.text(HPos::Left, VPos::Top),
                ))?;
                for (place, (_, at)) in row.strands.iter().enumerate() {
                    let ink = Ink::Hypothesis(place as u8);
                    let level = px(top + LABEL + STRAND * place as i32 + STRAND / 2);
                    let line = vec![(along(at.p5), level), (along(at.p95), level)];
                    canvas.draw(&PathElement::new(line, ink.line(2)))?;
                    canvas.draw(&Circle::new((along(at.p50), level), px(4), ink.fill(1.0)))?;
                }
                top += row_height(row);
            }
            Ok(())
        },
    ))
}

/// A power of ten in plain digits with groups of three.
pub(super) fn plain(exponent: i32) -> String {
    if exponent < 0 {
        format!("{:.*}", exponent.unsigned_abs() as usize, 10_f64.powi(exponent))
    } else {
        let digits = format!("1{}", "0".repeat(exponent.unsigned_abs() as usize));
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| std::str::from_utf8(group).unwrap_or_default())
            .collect();
        groups.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(p5: f64, p50: f64, p95: f64) -> DecadesRow {
        DecadesRow {
            label: "row".to_owned(),
            strands: vec![(
                "one".to_owned(),
                Percentiles {
                    p5,
                    p25: p5,
                    p50,
                    p75: p95,
                    p95,
                },
            )],
        }
    }

    #[test]
    fn powers_of_ten_are_written_out() {
        assert_eq!(
            [-3, -1, 0, 2, 3, 6].map(plain),
            ["0.001", "0.1", "1", "100", "1,000", "1,000,000"]
        );
    }

    #[test]
    fn zero_is_drawn_at_the_edge_and_said_in_words() {
        let made = |rows: &[DecadesRow]| decades("x", "t", "w", (-2, 3), rows).map(maud::Markup::into_string);
        let text = made(&[row(0.0, 1.0, 100.0)]).unwrap_or_default();
        assert!(text.contains("one 1 (0 to 100)") && text.contains("≤ 0.01"), "{text}");
        assert!(!text.contains("NaN") && !text.contains('-'.to_string().repeat(2).as_str()));
        assert_eq!(made(&[]), None);
    }
}
