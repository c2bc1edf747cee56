//! Improvement over the months: median line with the bands that hold half and nine tenths of people.
//!
//! The plan and doing nothing are two pictures of the same size with the same axes, so that neither flatters.
//! Improvement is in percent of one's own severity at the start; 0 is as at the start, below 0 is worse.

use plotters::prelude::{LineSeries, PathElement, Polygon};

use maud::{Markup, html};

use super::axes::{across, axes, level_titles, margins};
use super::{Ink, month_ticks, picture, round_step, ticks};
use crate::model::Percentiles;

/// Width and height of one picture.
const SIZE: (u32, u32) = (440, 300);
/// Room to the right of the plot, pixels.
const RIGHT: i32 = 14;

/// The axis that both pictures share: lowest and highest improvement, percent, wide enough for every band.
pub fn improvement_axis(sets: &[&[Percentiles]]) -> (f64, f64) {
    let all = || {
        sets.iter()
            .flat_map(|set| set.iter())
            .filter(|p| p.p5.is_finite() && p.p95.is_finite())
    };
    let low = all().map(|p| p.p5).fold(-5.0, f64::min).max(-400.0);
    let high = all().map(|p| p.p95).fold(30.0, f64::max).min(110.0);
    let step = round_step(high - low, 7.0);
    ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step)
}

/// What one picture shows.
pub struct Bands<'a> {
    /// Id of the picture on the page.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its description in words.
    pub description: &'a str,
    /// Months of the curves.
    pub months: &'a [f64],
    /// Improvement at each month, percent.
    pub curve: &'a [Percentiles],
    /// Months of the sessions; marked at the foot.
    pub sessions: &'a [f64],
    /// Which arm it is.
    pub treated: bool,
    /// The shared axis.
    pub axis: (f64, f64),
}

/// One picture with its bands.
///
/// It says where its months stand, so that a script can mark one: `data-from` and `data-to`, in the units of its view
/// box, and `data-end`, the last month.
pub fn bands(chart: &Bands<'_>) -> Markup {
    let points: Vec<(f64, Percentiles)> = chart
        .months
        .iter()
        .copied()
        .zip(chart.curve.iter().copied())
        .filter(|(month, p)| month.is_finite() && [p.p5, p.p25, p.p50, p.p75, p.p95].iter().all(|v| v.is_finite()))
        .collect();
    let end = points.iter().map(|(month, _)| *month).fold(1.0, f64::max);
    let (from, to) = across(SIZE.0, RIGHT);
    html! {
        div.by-month data-from=(from) data-to=(to) data-end=(end) { (drawn(chart, &points, end)) }
    }
}

/// The picture itself.
fn drawn(chart: &Bands<'_>, points: &[(f64, Percentiles)], end: f64) -> Markup {
    picture(chart.id, chart.title, chart.description, SIZE, |canvas| {
        let (low, high) = chart.axis;
        let ink = if chart.treated { Ink::Treated } else { Ink::Untreated };
        let mut plot = margins(canvas, RIGHT).build_cartesian_2d(0.0..end, low..high)?;
        axes(
            canvas,
            &plot,
            &month_ticks(end),
            &ticks(low, high, round_step(high - low, 7.0)),
            true,
        )?;
        for (opacity, lower, upper) in [
            (
                0.22,
                (|p: &Percentiles| p.p5) as fn(&Percentiles) -> f64,
                (|p: &Percentiles| p.p95) as fn(&Percentiles) -> f64,
            ),
            (0.40, |p| p.p25, |p| p.p75),
        ] {
            let there = points.iter().map(|(month, p)| (*month, upper(p)));
            let back = points.iter().rev().map(|(month, p)| (*month, lower(p)));
            let ring: Vec<(f64, f64)> = there.chain(back).collect();
            plot.draw_series([Polygon::new(ring, ink.fill(opacity))])?;
        }
        plot.draw_series([PathElement::new(vec![(0.0, 0.0), (end, 0.0)], Ink::Muted.line(1))])?;
        plot.draw_series(LineSeries::new(
            points.iter().map(|(month, p)| (*month, p.p50)),
            ink.line(3),
        ))?;
        let foot = low + 0.05 * (high - low);
        let marks = chart.sessions.iter().filter(|month| (0.0..=end).contains(*month));
        plot.draw_series(marks.map(|month| PathElement::new(vec![(*month, low), (*month, foot)], Ink::Text.line(2))))?;
        level_titles(canvas, "Improvement, % of the start", "Months since the first session")
    })
}

/// What lines and bands mean.
pub fn bands_legend() -> Markup {
    html! {
        ul.legend {
            li {
                svg aria-hidden="true" viewBox="0 0 28 12" {
                    line.s-treated x1="0" y1="6" x2="28" y2="6" stroke-width="3" {}
                }
                "with this plan, the middle person"
            }
            li {
                svg aria-hidden="true" viewBox="0 0 28 12" {
                    line.s-untreated.legend-dash x1="0" y1="6" x2="28" y2="6" stroke-width="3" {}
                }
                "doing nothing, the middle person"
            }
            li {
                svg aria-hidden="true" viewBox="0 0 28 12" {
                    rect.f-treated x="0" width="14" height="12" opacity="0.55" {}
                    rect.f-untreated x="14" width="14" height="12" opacity="0.55" {}
                }
                "50 of 100 people"
            }
            li {
                svg aria-hidden="true" viewBox="0 0 28 12" {
                    rect.f-treated x="0" width="14" height="12" opacity="0.22" {}
                    rect.f-untreated x="14" width="14" height="12" opacity="0.22" {}
                }
                "90 of 100 people"
            }
            li {
                svg aria-hidden="true" viewBox="0 0 28 12" {
                    line.s-text x1="14" y1="1" x2="14" y2="11" stroke-width="2" {}
                }
                "a session"
            }
        }
    }
}
