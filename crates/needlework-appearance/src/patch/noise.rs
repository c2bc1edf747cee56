//! Irregularity that has the same value at the same place for the same seed, on any number of threads.
//!
//! * [`Waver`]: values at the corners of a lattice, uniform in [−1, 1], joined by the quintic that has no kinks
//!   (Perlin 2002). Its variance is about a fifth; several octaves add up by halves.
//! * [`Mesh`]: points jittered in a square lattice, one a square; a place knows how far it is from the border of its
//!   cell (Worley 1996), which is how primary furrows divide skin into plateaus.
//!
//! Numbers come from a mix of seed, name and lattice corner (the finaliser of SplitMix64), so that no table is kept and
//! a larger patch begins with the smaller one. Limits: texture for the eye; no statistic of it is a finding.

use needlework_numerics::fingerprint;

/// numerical: the mixing numbers of SplitMix64 (Steele, Lea and Flood 2014).
const MIX: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];

fn mixed(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(MIX[0]);
    bits = (bits ^ (bits >> 30)).wrapping_mul(MIX[1]);
    bits = (bits ^ (bits >> 27)).wrapping_mul(MIX[2]);
    bits ^ (bits >> 31)
}

/// The stream of a seed under a name.
fn stream(seed: u64, name: &str) -> u64 {
    mixed(seed ^ fingerprint([name.as_bytes()]))
}

/// A number between 0 and 1 of a corner of the lattice; `which` tells several of one corner apart.
fn at_corner(key: u64, x: i64, y: i64, which: u64) -> f64 {
    // numerical: an odd number that keeps rows apart, and the bits and the unit of a double between 0 and 1
    const ROW: u64 = 0xd6e8_feb8_6659_fd93;
    // numerical: the bits that a double does not hold, and what one of the others is worth
    const SPARE: u32 = 11;
    // numerical: two to the minus fifty-third
    const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
    let place = (x as u64).wrapping_add((y as u64).wrapping_mul(ROW));
    (mixed(mixed(key ^ place).wrapping_add(which)) >> SPARE) as f64 * UNIT
}

/// A smooth irregular field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Waver {
    key: u64,
}

impl Waver {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            key: stream(seed, name),
        }
    }

    /// Its value at a place, −1 to 1; the lattice has unit squares.
    pub(crate) fn at(&self, x: f64, y: f64) -> f64 {
        let (column, row) = (x.floor(), y.floor());
        let (u, v) = (eased(x - column), eased(y - row));
        let corner = |dx: i64, dy: i64| 2.0 * at_corner(self.key, column as i64 + dx, row as i64 + dy, 0) - 1.0;
        let low = corner(0, 0) * (1.0 - u) + corner(1, 0) * u;
        let high = corner(0, 1) * (1.0 - u) + corner(1, 1) * u;
        low * (1.0 - v) + high * v
    }

    /// The sum of octaves, each twice as fine and half as strong, scaled to a standard deviation of about one.
    pub(crate) fn octaves(&self, x: f64, y: f64, count: u32) -> f64 {
        // numerical: the standard deviation of one octave of uniform corners under the quintic, measured by a test
        const DEVIATION: f64 = 0.45;
        let (mut sum, mut power, mut scale, mut size) = (0.0, 0.0, 1.0, 1.0_f64);
        for octave in 0..count {
            // Octaves are shifted, so that their corners do not fall together at the origin.
            let shift = f64::from(octave) * std::f64::consts::E;
            sum += size * self.at(x * scale + shift, y * scale - shift);
            power += size * size;
            scale *= 2.0;
            size *= 0.5;
        }
        sum / (DEVIATION * power.sqrt())
    }
}

/// 6t⁵ − 15t⁴ + 10t³.
fn eased(t: f64) -> f64 {
    // numerical: coefficients of the quintic with two vanishing derivatives at both ends
    const QUINTIC: [f64; 3] = [6.0, -15.0, 10.0];
    t * t * t * (t * (t * QUINTIC[0] + QUINTIC[1]) + QUINTIC[2])
}

/// Skin divided into cells by furrows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mesh {
    key: u64,
}

impl Mesh {
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        Self {
            key: stream(seed, name),
        }
    }

    /// How far a place is from the border between its cell and the next, in sides of a square: 0 on the border.
    pub(crate) fn border_distance(&self, x: f64, y: f64) -> f64 {
        let (column, row) = (x.floor() as i64, y.floor() as i64);
        // Squares of distances, and where the nearest two points lie.
        let (mut first, mut second) = ((f64::INFINITY, 0.0, 0.0), (f64::INFINITY, 0.0, 0.0));
        for j in row - 1..=row + 1 {
            for i in column - 1..=column + 1 {
                let (px, py) = (
                    i as f64 + at_corner(self.key, i, j, 1),
                    j as f64 + at_corner(self.key, i, j, 2),
                );
                let found = ((px - x).powi(2) + (py - y).powi(2), px, py);
                if found.0 < first.0 {
                    second = first;
                    first = found;
                } else if found.0 < second.0 {
                    second = found;
                }
            }
        }
        // The border is half-way between the two points, square to the line that joins them.
        let between = (second.1 - first.1).hypot(second.2 - first.2);
        if between > 0.0 {
            0.5 * (second.0 - first.0) / between
        } else {
            0.0
        }
    }
}

/// Mouths of follicles: small pits here and there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pores {
    key: u64,
}

// numerical: mm from one mouth to the next, half the width of one, and the share of places that have one
const PORES: [f64; 3] = [2.1, 0.13, 0.7];

impl Pores {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            key: stream(seed, "patch.pores"),
        }
    }

    /// How far each pixel of a patch lies in a mouth.
    pub(crate) fn over(&self, pixels: usize, mm_per_pixel: f64) -> Vec<f64> {
        let place = |k: usize| k as f64 * mm_per_pixel;
        (0..pixels * pixels)
            .map(|i| self.at(place(i % pixels), place(i / pixels)))
            .collect()
    }

    /// How far a place, mm, lies in a mouth: one in its middle, nothing beyond it.
    fn at(&self, x_mm: f64, y_mm: f64) -> f64 {
        let (x, y) = (x_mm / PORES[0], y_mm / PORES[0]);
        let (column, row) = (x.floor() as i64, y.floor() as i64);
        let mut deepest = 0.0_f64;
        for j in row - 1..=row + 1 {
            for i in column - 1..=column + 1 {
                let corner = |which: u64| at_corner(self.key, i, j, which);
                if corner(0) < PORES[2] {
                    let (dx, dy) = (i as f64 + corner(1) - x, j as f64 + corner(2) - y);
                    let away = PORES[0] * dx.hypot(dy) / (PORES[1] * (0.5 + corner(3)));
                    deepest = deepest.max((0.5 + 0.5 * corner(4)) * (-away * away).exp());
                }
            }
        }
        deepest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_the_same_for_a_seed_and_another_for_another_and_has_no_jumps() {
        let (one, other) = (Waver::new(7, "a"), Waver::new(8, "a"));
        assert_eq!(one.at(3.3, -2.7), Waver::new(7, "a").at(3.3, -2.7));
        assert_ne!(one.at(3.3, -2.7), other.at(3.3, -2.7));
        assert_ne!(one.at(3.3, -2.7), Waver::new(7, "b").at(3.3, -2.7));
        for step in 0..4000 {
            let x = f64::from(step) * 0.01 - 20.0;
            assert!((one.at(x + 1e-6, 0.4) - one.at(x, 0.4)).abs() < 1e-5);
        }
    }

    #[test]
    fn octaves_have_a_mean_of_none_and_a_deviation_of_about_one() {
        let field = Waver::new(1, "spread");
        for octaves in [1, 3] {
            let values: Vec<f64> = (0..40_000)
                .map(|i| field.octaves(f64::from(i % 200) * 0.73, f64::from(i / 200) * 0.79, octaves))
                .collect();
            let mean = needlework_numerics::mean(&values);
            let deviation = needlework_numerics::standard_deviation(&values);
            assert!(mean.abs() < 0.05, "{octaves}: {mean}");
            assert!((deviation - 1.0).abs() < 0.1, "{octaves}: {deviation}");
        }
    }

    #[test]
    fn borders_of_a_mesh_divide_it_into_about_as_many_cells_as_squares() {
        let mesh = Mesh::new(2, "cells");
        let near = (0..100_000)
            .filter(|i| mesh.border_distance(f64::from(i % 400) * 0.05, f64::from(i / 400) * 0.08) < 0.1)
            .count();
        // The border of a Poisson mosaic is 2 √density long for each area; jitter makes it a little shorter.
        let share = near as f64 / 100_000.0;
        assert!((0.25..0.42).contains(&share), "{share}");
        assert!(mesh.border_distance(0.5, 0.5) >= 0.0);
    }
}
