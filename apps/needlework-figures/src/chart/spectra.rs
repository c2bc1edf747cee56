//! A few lines over one quantity that need not begin at zero, such as a wavelength; upright evenly, or by powers of
//! ten.
//!
//! Lines have the colours and dashes of the three laws, so that they differ without colour too. On a scale of powers of
//! ten what is zero has no place and is left out. The scale holds at most eight powers; what lies below is left out.

use maud::{Markup, html};
use plotters::prelude::{LineSeries, PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::axes::{axes, level_titles, margins};
use super::decades::plain;
use super::{Ink, MOST_LINES, line_key, picture, px, round_step, ticks};

/// Width and height of the picture.
const SIZE: (u32, u32) = (460, 320);
/// Room for the labels of powers of ten, pixels.
const WIDE: i32 = 92;
/// Most powers of ten.
const POWERS: f64 = 8.0;

/// One line.
#[derive(Debug, Clone)]
pub struct SpectraLine {
    /// What it is.
    pub label: String,
    /// Its points, by ascending place.
    pub points: Vec<(f64, f64)>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Spectra<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// The same in words with its main numbers.
    pub description: &'a str,
    /// Titles of the level and of the upright axis, with units.
    pub axes: (&'a str, &'a str),
    /// At most [`MOST_LINES`] lines.
    pub lines: &'a [SpectraLine],
    /// Whether the upright axis counts powers of ten, rather than evenly from zero.
    pub powers: bool,
}

/// The picture with its legend; nothing where no line has two points.
pub fn spectra(chart: &Spectra<'_>) -> Option<Markup> {
    let powers = chart.powers;
    let lines: Vec<Vec<(f64, f64)>> = chart
        .lines
        .iter()
        .take(MOST_LINES)
        .map(|line| {
            let points = line.points.iter().copied();
            let fits = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite() && (!powers || *y > 0.0);
            points
                .filter(fits)
                .map(|(x, y)| (x, if powers { y.log10() } else { y }))
                .collect()
        })
        .collect();
    let all = || lines.iter().flatten();
    let ends = |pick: fn(&(f64, f64)) -> f64| {
        all()
            .map(pick)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    };
    let ((left, right), (low, high)) = (ends(|point| point.0), ends(|point| point.1));
    if lines.iter().all(|line| line.len() < 2) || right <= left {
        return None;
    }
    let (bottom, top) = if powers {
        let top = (high + 1e-9).ceil();
        (low.floor().max(top - POWERS).min(top - 1.0), top)
    } else {
        (low.min(0.0), if high > 0.0 { 1.06 * high } else { 1.0 })
    };
    let (level, upright) = chart.axes;
    let drawn = picture(chart.id, chart.title, chart.description, SIZE, |canvas| {
        let mut plot = margins(canvas, 18)
            .margin_left(px(if powers { WIDE } else { 54 }))
            .build_cartesian_2d(left..right, bottom..top)?;
        let across = ticks(left, right, round_step(right - left, 5.0));
        if powers {
            axes(canvas, &plot, &across, &[], true)?;
            for power in ticks(bottom, top, 1.0) {
                let (from, at) = plot.backend_coord(&(left, power));
                let (to, _) = plot.backend_coord(&(right, power));
                canvas.draw(&PathElement::new(vec![(from, at), (to, at)], Ink::Grid.line(1)))?;
                canvas.draw(&Text::new(
                    plain(power as i32),
                    (from - px(8), at),
                    Ink::Muted.text(HPos::Right, VPos::Center),
                ))?;
            }
        } else {
            let up = ticks(bottom, top, round_step(top - bottom, 5.0));
            axes(canvas, &plot, &across, &up, true)?;
        }
        for (which, line) in lines.iter().enumerate() {
            let shown = line.iter().copied().filter(|(_, y)| *y >= bottom);
            plot.draw_series(LineSeries::new(shown, Ink::Hypothesis(which as u8).line(3)))?;
        }
        level_titles(canvas, upright, level)
    });
    Some(html! {
        figure.single {
            figcaption { (chart.title) }
            (drawn)
            @if lines.len() > 1 {
                ul.legend {
                    @for (which, line) in chart.lines.iter().take(MOST_LINES).enumerate() {
                        li {
                            (line_key(which))
                            span { (line.label) }
                        }
                    }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn drawn(powers: bool, points: &[(f64, f64)]) -> Option<String> {
        let line = SpectraLine {
            label: "one".to_owned(),
            points: points.to_vec(),
        };
        let chart = Spectra {
            id: "s",
            title: "t",
            description: "d",
            axes: ("level", "upright"),
            lines: &[line.clone(), line],
            powers,
        };
        spectra(&chart).map(Markup::into_string)
    }

    #[test]
    fn lines_are_drawn_evenly_and_in_powers_of_ten_and_nothing_gives_nothing() {
        let text = drawn(false, &[(400.0, 0.2), (700.0, 0.6)]).unwrap();
        assert!(
            text.contains("500") && text.contains("s-law1") && !text.contains("could not be drawn"),
            "{text}"
        );
        let text = drawn(true, &[(0.0, 3.0), (1.0, 0.0), (2.0, 0.004)]).unwrap();
        assert!(text.contains("\n0.001\n") && text.contains("\n10\n"), "{text}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        for points in [
            &[][..],
            &[(500.0, 0.3)],
            &[(0.0, 0.0), (1.0, 0.0)],
            &[(f64::NAN, 1.0), (1.0, 2.0)],
        ] {
            assert_eq!(drawn(true, points), None, "{points:?}");
        }
        assert!(drawn(false, &[(400.0, 0.0), (700.0, 0.0)]).unwrap().contains("<svg"));
    }
}
