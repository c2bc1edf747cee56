//! Which share of each voxel a session injures.
//!
//! A channel of depth z_j injures a disc of radius r_j(z) = min(r_tip + (z_j − z)·tan α, r_s) + halo at each depth z
//! above its tip and nothing below. A voxel's share is the overlap of its cross-section with that disc (of a rectangle
//! or a ring exactly), averaged over its height by Gauss points between the kinks of r². So the injured volume of a
//! hole is that of its cylinders and cones to rounding, however coarse the grid. Several holes in one voxel lie at
//! random in it: 1 − Π(1 − f_j), and of a column, whose holes are only a density, 1 − exp(−n·π·⟨r²⟩). Of a hole at or
//! beyond an edge counts what lies inside, as it would with its mirror image beyond the edge: the part of the image
//! inside is part of the hole.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use needlework_numerics::diffusion::Grid;
use needlework_puncture::{Hole, Shape};

use super::setup::{Needle, Setup, Space};

/// Writes the injured share of each cell into `shares`.
pub(super) fn shares(setup: &Setup, grid: &Grid, session: u32, shares: &mut [f64]) {
    let edges = &setup.depth_edges_mm;
    spread(setup, grid, session, shares, &|needle, shape, k| {
        between(needle, shape, setup.halo_mm, edges[k], edges[k + 1])
    });
}

/// The injured share just below the epidermis, at each place of the surface.
pub(super) fn top_shares(setup: &Setup, surface: &Grid, session: u32) -> Vec<f64> {
    let top = setup.layers.epidermis_mm;
    let mut shares = vec![0.0; surface.cells()];
    spread(setup, surface, session, &mut shares, &|needle, shape, _| {
        vec![(radius_mm(needle, shape, setup.halo_mm, top), 1.0)]
    });
    shares
}

/// Radius of the injured disc at a depth, 0 below the tip.
fn radius_mm(needle: &Needle, shape: &Shape, halo_mm: f64, depth_mm: f64) -> f64 {
    if depth_mm >= needle.depth_mm {
        return 0.0;
    }
    // A hole that is given may be narrower than the needle's shaft.
    shape.radius_mm(needle.depth_mm - depth_mm).min(needle.radius_mm) + halo_mm
}

/// Radii and their weights, which add up to the part of the height that the channel passes.
fn between(needle: &Needle, shape: &Shape, halo_mm: f64, top: f64, bottom: f64) -> Vec<(f64, f64)> {
    let shaft_ends =
        needle.depth_mm - (needle.radius_mm - shape.tip_mm).max(0.0) / shape.taper_ratio.max(f64::MIN_POSITIVE);
    let tip = needle.depth_mm.clamp(top, bottom);
    let kink = shaft_ends.clamp(top, tip);
    // numerical: the two points of Gauss, exact for the squares of a cone's radii
    const GAUSS: f64 = 0.577_350_269_189_625_8;
    let mut radii = Vec::new();
    for (from, to) in [(top, kink), (kink, tip)] {
        if to > from {
            for side in [-GAUSS, GAUSS] {
                let depth = 0.5 * (from + to) + 0.5 * side * (to - from);
                radii.push((
                    radius_mm(needle, shape, halo_mm, depth),
                    0.5 * (to - from) / (bottom - top),
                ));
            }
        }
    }
    radii
}

/// Radii of a needle's discs within a cell of depth, with their weights.
type Radii<'a> = dyn Fn(&Needle, &Shape, usize) -> Vec<(f64, f64)> + 'a;

/// Spreads discs over a grid; `radii` gives those of a needle within a cell of depth.
fn spread(setup: &Setup, grid: &Grid, session: u32, shares: &mut [f64], radii: &Radii<'_>) {
    shares.fill(0.0);
    let depths = grid.depth().count();
    let shape = &setup.shape;
    match &setup.space {
        Space::Column {
            density_per_mm2,
            needles,
        } => {
            for (k, share) in shares.iter_mut().enumerate() {
                let squares: f64 = needles
                    .iter()
                    .flat_map(|needle| radii(needle, shape, k))
                    .map(|(radius, weight)| weight * radius * radius)
                    .sum();
                *share = -(-density_per_mm2 * PI * squares / needles.len().max(1) as f64).exp_m1();
            }
        }
        Space::Cell {
            radius_edges_mm,
            needles,
        } => {
            for needle in needles {
                for k in 0..depths {
                    for (radius, weight) in radii(needle, shape, k) {
                        for (ring, pair) in radius_edges_mm.windows(2).enumerate() {
                            let (inner, outer) = (pair[0] * pair[0], pair[1] * pair[1]);
                            let part = ((radius * radius).clamp(inner, outer) - inner) / (outer - inner);
                            shares[ring * depths + k] += weight * part / needles.len() as f64;
                        }
                    }
                }
            }
        }
        Space::Patch { x, y, holes } => {
            // What is left whole, until the end.
            shares.fill(1.0);
            for hole in holes.iter().filter(|hole| hole.session == session) {
                let needle = Needle {
                    depth_mm: hole.depth_mm,
                    radius_mm: hole.radius_mm,
                };
                for k in 0..depths {
                    visit(hole, [*x, *y], &radii(&needle, shape, k), &mut |i, j, share| {
                        shares[(i * y.0 + j) * depths + k] *= 1.0 - share;
                    });
                }
            }
            for share in shares.iter_mut() {
                *share = 1.0 - *share;
            }
        }
    }
}

/// Calls `take(i, j, share)` for each cell of a patch that discs about `hole` touch.
fn visit(hole: &Hole, [x, y]: [(usize, f64); 2], radii: &[(f64, f64)], take: &mut dyn FnMut(usize, usize, f64)) {
    let largest_radius = radii.iter().map(|(radius, _)| *radius).fold(0.0, f64::max);
    if largest_radius <= 0.0 {
        return;
    }
    let touched = |place: f64, (count, size): (usize, f64)| {
        let first = ((place - largest_radius) / size).floor().clamp(0.0, count as f64);
        let past = ((place + largest_radius) / size).ceil().clamp(0.0, count as f64);
        first as usize..past as usize
    };
    for i in touched(hole.x_mm, x) {
        for j in touched(hole.y_mm, y) {
            let west = i as f64 * x.1 - hole.x_mm;
            let south = j as f64 * y.1 - hole.y_mm;
            let areas = radii
                .iter()
                .map(|(radius, weight)| weight * overlap(*radius, [west, west + x.1], [south, south + y.1]));
            let share = areas.sum::<f64>() / (x.1 * y.1);
            if share > 0.0 {
                take(i, j, share.min(1.0));
            }
        }
    }
}

/// Area that a disc about the origin shares with a rectangle.
fn overlap(radius: f64, [west, east]: [f64; 2], [south, north]: [f64; 2]) -> f64 {
    let corner = |x, y| quadrant(radius, x, y);
    (corner(east, north) - corner(west, north) - corner(east, south) + corner(west, south)).max(0.0)
}

/// Area of a disc about the origin to the west of x and south of y.
fn quadrant(radius: f64, x: f64, y: f64) -> f64 {
    let r = radius;
    if r <= 0.0 || x <= -r || y <= -r {
        return 0.0;
    }
    let (x, y) = (x.min(r), y.min(r));
    // Half the area to the west of x, less a quarter of the disc.
    let wing = |x: f64| 0.5 * (x * (r * r - x * x).max(0.0).sqrt() + r * r * (x / r).asin());
    let west_of = |x: f64| r * r * FRAC_PI_2 + 2.0 * wing(x);
    if x * x + y * y < r * r {
        wing(x) + wing(y) + x * y + r * r * FRAC_PI_4
    } else if x <= 0.0 && y <= 0.0 {
        0.0
    } else if x <= 0.0 {
        west_of(x)
    } else if y <= 0.0 {
        west_of(y)
    } else {
        west_of(x) + west_of(y) - PI * r * r
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_shares_with_rectangles_what_it_should() {
        let r = 0.7;
        assert!((overlap(r, [-1.0, 1.0], [-1.0, 1.0]) - PI * r * r).abs() < 1e-14);
        assert!((overlap(r, [0.0, 1.0], [0.0, 1.0]) - PI * r * r / 4.0).abs() < 1e-14);
        assert!((overlap(r, [-0.1, 0.1], [-0.1, 0.1]) - 0.04).abs() < 1e-14);
        assert_eq!(overlap(r, [0.6, 1.0], [0.6, 1.0]), 0.0);
        // By counting points, off centre.
        let n = 2000;
        let place = |i: i32, low: f64, size: f64| low + (f64::from(i) + 0.5) / f64::from(n) * size;
        let inside = (0..n)
            .map(|i| {
                (0..n)
                    .filter(|&j| place(i, 0.2, 0.6).hypot(place(j, -0.9, 0.8)) < r)
                    .count()
            })
            .sum::<usize>();
        let counted = inside as f64 / f64::from(n * n) * 0.48;
        assert!((overlap(r, [0.2, 0.8], [-0.9, -0.1]) - counted).abs() < 1e-4);
    }
}
