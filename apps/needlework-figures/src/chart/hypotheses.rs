//! The middle person's improvement under each law of lasting benefit.
//!
//! Short trials cannot tell the laws apart; the picture shows where they part. Each law has its own colour and its own
//! dash.

use maud::{Markup, html};
use plotters::prelude::{LineSeries, PathElement};

use super::axes::{axes, level_titles, margins};
use super::{Ink, month_ticks, picture, round_step, ticks};
use crate::model::Figures;
use crate::model::Forecast;

/// Width and height of the picture.
const SIZE: (u32, u32) = (440, 280);

/// The picture; nothing where the report carries no curves by law.
pub fn hypotheses(forecast: &Forecast, figures: &Figures) -> Option<Markup> {
    let curves: Vec<Vec<(f64, f64)>> = figures
        .improvement_by_hypothesis
        .iter()
        .take(3)
        .map(|curve| {
            figures
                .months
                .iter()
                .copied()
                .zip(curve.iter().copied())
                .filter(|(m, v)| m.is_finite() && v.is_finite())
                .collect()
        })
        .collect();
    if curves.iter().all(Vec::is_empty) || forecast.by_hypothesis.is_empty() {
        return None;
    }
    let values = || curves.iter().flatten();
    let end = values().map(|(month, _)| *month).fold(1.0, f64::max);
    let low = values().map(|(_, value)| *value).fold(0.0, f64::min);
    let high = values().map(|(_, value)| *value).fold(20.0, f64::max);
    let step = round_step(high - low, 5.0);
    let (low, high) = ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step);
    let ends: Vec<String> = forecast
        .by_hypothesis
        .iter()
        .zip(&curves)
        .filter_map(|(law, curve)| {
            curve.last().map(|(month, v)| {
                format!(
                    "{}: {} % at {}",
                    law.label,
                    crate::words::number(*v),
                    crate::words::months(*month)
                )
            })
        })
        .collect();
    let description = format!("Improvement of the middle person with this plan. {}.", ends.join("; "));
    Some(picture(
        "laws",
        "Improvement of the middle person under each idea",
        &description,
        SIZE,
        |canvas| {
            let mut plot = margins(canvas, 14).build_cartesian_2d(0.0..end, low..high)?;
            axes(canvas, &plot, &month_ticks(end), &ticks(low, high, step), true)?;
            plot.draw_series([PathElement::new(vec![(0.0, 0.0), (end, 0.0)], Ink::Muted.line(1))])?;
            for (which, curve) in curves.iter().enumerate() {
                plot.draw_series(LineSeries::new(
                    curve.iter().copied(),
                    Ink::Hypothesis(which as u8).line(3),
                ))?;
            }
            level_titles(canvas, "Improvement, % of the start", "Months since the first session")
        },
    ))
}

/// The piece of line that stands before a name in a legend, in the colour and dash of the first, second or third line.
pub fn line_key(which: usize) -> Markup {
    html! {
        svg aria-hidden="true" viewBox="0 0 28 12" {
            line class={ "s-law" (which) " legend-law" (which) } x1="0" y1="6" x2="28" y2="6" stroke-width="3" {}
        }
    }
}

/// Which line is which law, and how much weight it has.
pub fn hypotheses_legend(forecast: &Forecast) -> Markup {
    html! {
        ul.legend {
            @for (which, law) in forecast.by_hypothesis.iter().take(3).enumerate() {
                li {
                    (line_key(which))
                    span {
                        (law.label)
                        " "
                        small { "(weight " (crate::words::people_short(law.weight)) " of 100)" }
                    }
                }
            }
        }
    }
}
