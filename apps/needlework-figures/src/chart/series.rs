//! A few quantities over time on one pair of axes, with the sessions marked at the foot.

use maud::{Markup, html};
use plotters::prelude::{LineSeries, PathElement};

use super::axes::{axes, level_titles, margins};
use super::{Ink, line_key, month_ticks, picture, px, round_step, ticks};
use crate::words::number;

/// Width and height of the picture.
const SIZE: (u32, u32) = (440, 260);

/// The most lines of one chart, each with its colour and dash.
pub const MOST_LINES: usize = 3;

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// What it is.
    pub label: &'a str,
    /// Its values, one for each month of the chart.
    pub values: &'a [f64],
}

/// What a chart over time shows.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Id of the picture on the page.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Title of the upright axis, with its unit.
    pub upright: &'a str,
    /// Months since the first session, ascending.
    pub months: &'a [f64],
    /// At most [`MOST_LINES`] lines.
    pub lines: &'a [Line<'a>],
    /// Months of the sessions.
    pub sessions: &'a [f64],
}

/// The picture with its legend.
pub fn series(chart: &Series<'_>) -> Markup {
    let lines = &chart.lines[..chart.lines.len().min(MOST_LINES)];
    let points = |line: &Line<'_>| -> Vec<(f64, f64)> {
        chart
            .months
            .iter()
            .copied()
            .zip(line.values.iter().copied())
            .filter(|(month, value)| month.is_finite() && value.is_finite())
            .collect()
    };
    let all: Vec<(f64, f64)> = lines.iter().flat_map(points).collect();
    let end = all.iter().map(|(month, _)| *month).fold(0.1, f64::max);
    let low = all.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
    let high = all.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = if low.is_finite() { (low, high) } else { (0.0, 1.0) };
    // A quantity that starts near nothing is shown from nothing.
    let low = if low > 0.0 && low < 0.3 * high { 0.0 } else { low };
    let span = (high - low).max(1e-9 * high.abs()).max(1e-9);
    let step = round_step(span, 5.0);
    // Rounding must not open a step of nothing below or above.
    let (low, high) = ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step);
    let high = if high > low { high } else { low + step };
    let ends: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let points = points(line);
            let (first, last) = (points.first()?, points.last()?);
            let most = points
                .iter()
                .fold(*first, |best, point| if point.1 > best.1 { *point } else { best });
            Some(format!(
                "{}: {} at the start, highest {} after {} months, {} at the end",
                line.label,
                number(first.1),
                number(most.1),
                number(most.0),
                number(last.1)
            ))
        })
        .collect();
    let description = format!("{}. {}.", chart.upright, ends.join("; "));
    html! {
        figure.single {
            figcaption { (chart.title) }
            (picture(
                chart.id,
                chart.title,
                &description,
                SIZE,
                |canvas| {
                    let mut plot = margins(canvas, 14)
                        // Three places stand at the left.
                        .margin_left(px(54))
                        .build_cartesian_2d(0.0..end, low..high)?;
                    axes(
                        canvas,
                        &plot,
                        &month_ticks(end),
                        &ticks(low, high, step),
                        true,
                    )?;
                    for (which, line) in lines.iter().enumerate() {
                        plot.draw_series(
                            LineSeries::new(points(line), Ink::Hypothesis(which as u8).line(3)),
                        )?;
                    }
                    for session in chart
                        .sessions
                        .iter()
                        .filter(|session| **session <= end)
                    {
                        let (at, bottom) = plot.backend_coord(&(*session, low));
                        canvas
                            .draw(
                                &PathElement::new(
                                    vec![(at, bottom), (at, bottom - px(10))],
                                    Ink::Text.line(2),
                                ),
                            )?;
                    }
                    level_titles(
                        canvas,
                        chart.upright,
                        "Months since the first session (ticks: sessions)",
                    )
                },
            ))
            @if lines.len() > 1 {
                ul.legend {
                    @for (which, line) in lines.iter().enumerate() {
                        li {
                            (line_key(which))
                            span { (line.label) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_line_is_described_in_words_and_flat_or_missing_values_draw() {
        let values = [0.0, 2.0, 1.0];
        let flat = [0.65, 0.65, 0.65];
        let gaps = [f64::NAN, f64::NAN, f64::NAN];
        for lines in [
            vec![Line {
                label: "signal",
                values: &values,
            }],
            vec![Line {
                label: "signal",
                values: &flat,
            }],
            vec![Line {
                label: "signal",
                values: &gaps,
            }],
        ] {
            let text = series(&Series {
                id: "s",
                title: "Signal",
                upright: "Signal, share",
                months: &[0.0, 1.0, 2.0],
                lines: &lines,
                sessions: &[0.0],
            })
            .into_string();
            assert!(text.contains("<desc"), "{text}");
            assert!(!text.contains("could not be drawn"), "{text}");
        }
        let text = series(&Series {
            id: "s",
            title: "Signal",
            upright: "Signal, share",
            months: &[0.0, 1.0, 2.0],
            lines: &[Line {
                label: "signal",
                values: &values,
            }],
            sessions: &[0.0],
        })
        .into_string();
        assert!(text.contains("highest 2 after 1 months"), "{text}");
        assert!(
            !text.contains('−'),
            "what starts from nothing has no tick below it: {text}"
        );
    }
}
