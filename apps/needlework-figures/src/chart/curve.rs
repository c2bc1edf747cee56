//! A curve with a band: something over the travel of a needle, in the middle world and over worlds.
//!
//! Both axes begin at zero. The line is the middle world and shows the drop; the band is 5–95 % over worlds at each
//! travel, in which the drop lies elsewhere each time, so it is smooth.

use maud::Markup;
use plotters::prelude::{LineSeries, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::axes::{axes, level_titles, margins};
use super::{Ink, picture, round_step, ticks};

/// Width and height of the picture.
const SIZE: (u32, u32) = (460, 320);

/// Most that the picture is higher than the line.
const MOST: f64 = 2.5;

/// What is drawn.
pub struct Curve<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// The same in words with its main numbers.
    pub description: &'a str,
    /// Titles of the level and of the upright axis.
    pub axes: (&'a str, &'a str),
    /// The line.
    pub line: Vec<(f64, f64)>,
    /// The band: place, lower and upper end.
    pub band: Vec<(f64, f64, f64)>,
    /// A place on the level axis to mark, with a word.
    pub mark: Option<(f64, &'a str)>,
}

/// The picture; nothing where there is no line.
pub fn curve(chart: &Curve<'_>) -> Option<Markup> {
    let finite = |value: &f64| value.is_finite();
    let line: Vec<(f64, f64)> = chart
        .line
        .iter()
        .copied()
        .filter(|(x, y)| finite(x) && finite(y))
        .collect();
    let band: Vec<_> = chart
        .band
        .iter()
        .copied()
        .filter(|(x, a, b)| finite(x) && finite(a) && finite(b))
        .collect();
    let end = line.iter().map(|(x, _)| *x).fold(0.0, f64::max);
    // The band may rise far above the line, whose drop must stay visible; it is cut where it leaves the picture.
    let highest = line.iter().map(|(_, y)| *y).fold(0.0, f64::max);
    let top = band
        .iter()
        .map(|(_, _, high)| high.min(MOST * highest))
        .fold(highest, f64::max);
    if end <= 0.0 || top <= 0.0 {
        return None;
    }
    let (level, upright) = chart.axes;
    Some(picture(chart.id, chart.title, chart.description, SIZE, |canvas| {
        let mut plot = margins(canvas, 14).build_cartesian_2d(0.0..end, 0.0..top * 1.06)?;
        axes(
            canvas,
            &plot,
            &ticks(0.0, end, round_step(end, 5.0)),
            &ticks(0.0, top * 1.06, round_step(top, 5.0)),
            true,
        )?;
        let cut = |y: f64| y.min(top * 1.06);
        let there = band.iter().map(|(x, _, high)| (*x, cut(*high)));
        let back = band.iter().rev().map(|(x, low, _)| (*x, cut(*low)));
        let ring: Vec<(f64, f64)> = there.chain(back).collect();
        plot.draw_series([Polygon::new(ring, Ink::Treated.fill(0.22))])?;
        if let Some((at, word)) = chart.mark {
            plot.draw_series([PathElement::new(vec![(at, 0.0), (at, top * 1.06)], Ink::Muted.line(1))])?;
            let (x, y) = plot.backend_coord(&(at, top * 1.06));
            canvas.draw(&Text::new(
                word.to_owned(),
                (x + 16, y),
                Ink::Muted.text(HPos::Left, VPos::Top),
            ))?;
        }
        plot.draw_series(LineSeries::new(line.iter().copied(), Ink::Treated.line(3)))?;
        level_titles(canvas, upright, level)
    }))
}
