//! Where the needles end: a histogram of depth drawn over the layers of the skin, the surface at the top.
//!
//! Depth runs down. Bars show the share of needles whose tip ends at that depth; layers stand behind them at their
//! median thickness, named at the right. Layers deeper than the picture are cut off.

use maud::Markup;
use needlework::units::{PERCENT, UM_PER_MM};
use plotters::prelude::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::axes::{axes, level_titles, margins};
use super::{Ink, picture, px, round_step, ticks};
use crate::model::Puncture;

/// Width and height of the picture.
const SIZE: (u32, u32) = (440, 380);

/// Room for the layers' names at the right, pixels.
const NAMES: i32 = 142;

/// The picture; nothing where the histogram is empty.
pub fn depth(puncture: &Puncture, description: &str) -> Option<Markup> {
    let histogram = &puncture.histogram;
    let bins: Vec<(f64, f64, f64)> = histogram
        .share
        .iter()
        .zip(histogram.edges_um.windows(2))
        .map(|(share, edges)| (edges[0] / UM_PER_MM, edges[1] / UM_PER_MM, share * PERCENT))
        .filter(|(from, to, percent)| from.is_finite() && to.is_finite() && percent.is_finite())
        .collect();
    let deepest = bins
        .iter()
        .filter(|(_, _, percent)| *percent > 0.05)
        .map(|(_, to, _)| *to)
        .fold(0.0, f64::max);
    let tallest = bins.iter().map(|(_, _, percent)| *percent).fold(0.0, f64::max);
    if deepest <= 0.0 || tallest <= 0.0 {
        return None;
    }
    let living = puncture
        .layers
        .iter()
        .map(|layer| layer.from_um / UM_PER_MM)
        .filter(|from| *from > 0.0)
        .fold(f64::INFINITY, f64::min);
    let least = if living.is_finite() { living * 2.5 } else { 0.1 };
    let bottom = (deepest * 1.08).max(least.min(deepest * 4.0)).max(0.15);
    let right = tallest * 1.05;
    Some(picture(
        "depth",
        "How deep the needles go",
        description,
        SIZE,
        |canvas| {
            // Depth is drawn as a negative height, so that the surface is at the top.
            let mut plot = margins(canvas, NAMES).build_cartesian_2d(0.0..right, -bottom..0.0)?;
            for (which, layer) in puncture.layers.iter().enumerate() {
                let (from, to) = (layer.from_um / UM_PER_MM, (layer.to_um / UM_PER_MM).min(bottom));
                if from < to {
                    let style = Ink::Layer((which % 3) as u8).fill(1.0);
                    plot.draw_series([Rectangle::new([(0.0, -from), (right, -to)], style)])?;
                    plot.draw_series([PathElement::new(vec![(0.0, -to), (right, -to)], Ink::Muted.line(1))])?;
                }
            }
            let across = ticks(0.0, right, round_step(right, 4.0));
            axes(
                canvas,
                &plot,
                &across,
                &ticks(-bottom, 0.0, round_step(bottom, 6.0)),
                false,
            )?;
            let gap = 0.12;
            plot.draw_series(
                bins.iter()
                    .filter(|(_, _, percent)| *percent > 0.0)
                    .map(|(from, to, percent)| {
                        let trim = gap * (to - from) * 0.5;
                        Rectangle::new([(0.0, -(from + trim)), (*percent, -(to - trim))], Ink::Bar.fill(1.0))
                    }),
            )?;
            plot.draw_series([PathElement::new(vec![(0.0, 0.0), (right, 0.0)], Ink::Text.line(2))])?;
            let (edge, _) = plot.backend_coord(&(right, 0.0));
            let wanted: Vec<(String, i32)> = puncture
                .layers
                .iter()
                .filter(|layer| layer.from_um / UM_PER_MM < bottom)
                .map(|layer| {
                    let middle = (layer.from_um / UM_PER_MM + (layer.to_um / UM_PER_MM).min(bottom)) * 0.5;
                    (layer.name.clone(), plot.backend_coord(&(0.0, -middle)).1)
                })
                .collect();
            let (_, floor) = plot.backend_coord(&(0.0, -bottom));
            let places = spread(&wanted.iter().map(|(_, y)| *y).collect::<Vec<_>>(), px(17), floor);
            for ((name, middle), place) in wanted.iter().zip(places) {
                canvas.draw(&PathElement::new(
                    vec![(edge, *middle), (edge + px(7), place)],
                    Ink::Muted.line(1),
                ))?;
                canvas.draw(&Text::new(
                    short(name, 18),
                    (edge + px(10), place),
                    Ink::Text.text(HPos::Left, VPos::Center),
                ))?;
            }
            level_titles(canvas, "Depth, mm", "Needles ending there, of 100")
        },
    ))
}

/// Moves label places apart to at least `gap`, keeping their order and staying above `floor` where there is room.
fn spread(wanted: &[i32], gap: i32, floor: i32) -> Vec<i32> {
    let mut places = wanted.to_vec();
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + gap);
    }
    let mut limit = floor;
    for place in places.iter_mut().rev() {
        *place = (*place).min(limit);
        limit = *place - gap;
    }
    places
}

/// A name that fits its room.
fn short(name: &str, room: usize) -> String {
    let name = crate::words::sentence_case(name);
    if name.chars().count() <= room {
        name
    } else {
        name.chars().take(room - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn names_of_thin_layers_do_not_overlap() {
        let places = spread(&[3, 10, 60, 200], 17, 210);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 17), "{places:?}");
        assert_eq!(places[3], 200);
        let crowded = spread(&[100, 105, 110], 17, 112);
        assert!(
            crowded.windows(2).all(|pair| pair[1] - pair[0] >= 17) && crowded[2] <= 112,
            "{crowded:?}"
        );
    }
}
