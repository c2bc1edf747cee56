//! The cosine basis of equal cells, fast: n·log n instead of n² operations where n has factors of two.
//!
//! The orthonormal DCT-II of even size falls into one of half the size, of sums of mirrored values, and a DCT-IV of
//! differences. A DCT-IV of even size falls, after rotations, into two DCT-IIs of half the size. With φⱼ = π(2j+1)/4m,
//! yⱼ = x_{m−1−j}:
//!
//! a = x·cos φ + y·sin φ, b = (−1)ʲ·(y·cos φ − x·sin φ), A = C₂a, B = C₂b;
//! X₀ = A₀, X_{2l} = (A_l + B_{m/2−l})/√2, X_{2l−1} = (A_l − B_{m/2−l})/√2, X_{m−1} = −B₀.
//!
//! All factors are orthogonal, so rounding doesn't grow (Plonka and Tasche, Linear Algebra Appl. 394, 2005). A DCT-IV
//! is its own inverse. What is odd or small is a product with a matrix. Eight lines are transformed side by side by
//! plain loops.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::vectors::{LANES, Lanes, vectorised};

/// The longest line that is one product with a matrix even if it could be halved.
const DENSE: usize = 8;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From values to amplitudes.
    There,
    /// From amplitudes to values.
    Back,
}

/// A transform of lines of one length.
#[derive(Debug, Clone)]
pub struct Cosine {
    /// Cosine and sine of the rotations of a DCT-IV of half the size, a quarter, and so on.
    rotations: Vec<Vec<(f64, f64)>>,
    /// DCT-II and DCT-IV of what can't be halved, row by row; the inverse of the first.
    second: Vec<f64>,
    fourth: Vec<f64>,
    third: Vec<f64>,
}

impl Cosine {
    /// For lines of `count` cells.
    pub fn new(count: usize) -> Self {
        let mut rotations = Vec::new();
        let mut size = count;
        // Ends: the size is halved.
        while size > DENSE && size.is_multiple_of(2) {
            size /= 2;
            let angle = |j: usize| PI * (2 * j + 1) as f64 / (4 * size) as f64;
            rotations.push((0..size / 2).map(|j| (angle(j).cos(), angle(j).sin())).collect());
        }
        let scale = |member: usize| if member == 0 { 1.0 } else { 2.0_f64 } / size as f64;
        // Whole turns are taken off as integers: large arguments of the cosine would cost digits.
        let second: Vec<f64> = (0..size * size)
            .map(|i| {
                let (member, cell) = (i / size, i % size);
                let part = member * (2 * cell + 1) % (4 * size);
                scale(member).sqrt() * (PI * part as f64 / (2 * size) as f64).cos()
            })
            .collect();
        let fourth = (0..size * size)
            .map(|i| {
                let part = (2 * (i / size) + 1) * (2 * (i % size) + 1) % (8 * size);
                (2.0 / size as f64).sqrt() * (PI * part as f64 / (4 * size) as f64).cos()
            })
            .collect();
        Self {
            rotations,
            third: (0..size * size).map(|i| second[i % size * size + i / size]).collect(),
            second,
            fourth,
        }
    }

    /// Turns lines in place; `spare` is as long.
    pub fn turn(&self, way: Way, lines: &mut [Lanes], spare: &mut [Lanes]) {
        match way {
            Way::There => self.dct_two(0, lines, spare),
            Way::Back => self.dct_three(0, lines, spare),
        }
    }

    fn dct_two(&self, level: usize, x: &mut [Lanes], t: &mut [Lanes]) {
        if level == self.rotations.len() {
            return vectorised(|| product(&self.second, x, t));
        }
        let (low, high) = halves(t);
        vectorised(|| {
            let mirrored = x.iter().zip(x.iter().rev());
            for ((low, high), (a, b)) in low.iter_mut().zip(high.iter_mut()).zip(mirrored) {
                for l in 0..LANES {
                    low[l] = (a[l] + b[l]) * FRAC_1_SQRT_2;
                    high[l] = (a[l] - b[l]) * FRAC_1_SQRT_2;
                }
            }
        });
        let (x_low, x_high) = halves(x);
        self.dct_two(level + 1, low, x_low);
        self.dct_four(level, high, x_high);
        for (pair, (low, high)) in x.chunks_exact_mut(2).zip(low.iter().zip(high)) {
            pair[0] = *low;
            pair[1] = *high;
        }
    }

    fn dct_three(&self, level: usize, x: &mut [Lanes], t: &mut [Lanes]) {
        if level == self.rotations.len() {
            return vectorised(|| product(&self.third, x, t));
        }
        let (low, high) = halves(t);
        for (pair, (low, high)) in x.chunks_exact(2).zip(low.iter_mut().zip(high.iter_mut())) {
            *low = pair[0];
            *high = pair[1];
        }
        let (x_low, x_high) = halves(x);
        self.dct_three(level + 1, low, x_low);
        self.dct_four(level, high, x_high);
        let (start, end) = halves(x);
        vectorised(|| {
            let mirrored = start.iter_mut().zip(end.iter_mut().rev());
            for ((low, high), (start, end)) in low.iter().zip(high.iter()).zip(mirrored) {
                for l in 0..LANES {
                    start[l] = (low[l] + high[l]) * FRAC_1_SQRT_2;
                    end[l] = (low[l] - high[l]) * FRAC_1_SQRT_2;
                }
            }
        });
    }

    /// Of half the size of `level`; a DCT-IV that can't be halved is a product.
    fn dct_four(&self, level: usize, x: &mut [Lanes], t: &mut [Lanes]) {
        let size = x.len();
        if level + 1 == self.rotations.len() {
            return vectorised(|| product(&self.fourth, x, t));
        }
        let (low, high) = halves(t);
        vectorised(|| {
            let mut sign = 1.0;
            let turned = x.iter().zip(x.iter().rev()).zip(&self.rotations[level]);
            for ((low, high), ((a, b), (cos, sin))) in low.iter_mut().zip(high.iter_mut()).zip(turned) {
                let (signed_cos, signed_sin) = (sign * cos, sign * sin);
                for l in 0..LANES {
                    low[l] = a[l] * cos + b[l] * sin;
                    high[l] = b[l] * signed_cos - a[l] * signed_sin;
                }
                sign = -sign;
            }
        });
        let (x_low, x_high) = halves(x);
        self.dct_two(level + 2, low, x_low);
        self.dct_two(level + 2, high, x_high);
        x[0] = low[0];
        x[size - 1] = high[0].map(|value| -value);
        vectorised(|| {
            let joined = low[1..].iter().zip(high[1..].iter().rev());
            for (pair, (a, b)) in x[1..size - 1].chunks_exact_mut(2).zip(joined) {
                for l in 0..LANES {
                    pair[0][l] = (a[l] - b[l]) * FRAC_1_SQRT_2;
                    pair[1][l] = (a[l] + b[l]) * FRAC_1_SQRT_2;
                }
            }
        });
    }
}

#[inline(always)]
fn halves(lines: &mut [Lanes]) -> (&mut [Lanes], &mut [Lanes]) {
    let middle = lines.len() / 2;
    lines.split_at_mut(middle)
}

/// x ← matrix · x, four rows at a time.
#[inline(always)]
fn product(matrix: &[f64], x: &mut [Lanes], t: &mut [Lanes]) {
    const ROWS: usize = 4;
    let size = x.len();
    let mut rows = matrix.chunks_exact(ROWS * size);
    let mut outs = t.chunks_exact_mut(ROWS);
    for (out, rows) in outs.by_ref().zip(rows.by_ref()) {
        let mut sums = [[0.0; LANES]; ROWS];
        for (k, cell) in x.iter().enumerate() {
            for (r, sum) in sums.iter_mut().enumerate() {
                let factor = rows[r * size + k];
                for l in 0..LANES {
                    sum[l] += factor * cell[l];
                }
            }
        }
        out.copy_from_slice(&sums);
    }
    for (out, row) in outs
        .into_remainder()
        .iter_mut()
        .zip(rows.remainder().chunks_exact(size))
    {
        let mut sum = [0.0; LANES];
        for (factor, cell) in row.iter().zip(x.iter()) {
            for l in 0..LANES {
                sum[l] += factor * cell[l];
            }
        }
        *out = sum;
    }
    x.copy_from_slice(t);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(n: usize) -> Vec<Lanes> {
        (0..n)
            .map(|j| std::array::from_fn(|l| ((j * LANES + l) as f64 * 0.37).sin()))
            .collect()
    }

    #[test]
    fn the_fast_transform_is_the_sum_that_defines_it_for_any_size() {
        for n in [1, 2, 3, 5, 8, 9, 10, 12, 16, 20, 22, 48, 50, 64, 96, 100, 128, 144, 160] {
            let (start, mut spare) = (lines(n), lines(n));
            let mut found = start.clone();
            let cosine = Cosine::new(n);
            cosine.turn(Way::There, &mut found, &mut spare);
            for (k, found) in found.iter().enumerate() {
                let scale = (if k == 0 { 1.0 } else { 2.0 } / n as f64).sqrt();
                for l in 0..LANES {
                    let exact: f64 = (0..n)
                        .map(|j| start[j][l] * scale * (PI * (k * (2 * j + 1)) as f64 / (2 * n) as f64).cos())
                        .sum();
                    assert!((found[l] - exact).abs() < 1e-13 * (n as f64).sqrt(), "{n} {k}");
                }
            }
        }
    }

    #[test]
    fn the_way_back_undoes_the_way_there() {
        for n in [1, 7, 8, 24, 40, 100, 128, 256] {
            let (start, mut spare) = (lines(n), lines(n));
            let mut there = start.clone();
            let cosine = Cosine::new(n);
            cosine.turn(Way::There, &mut there, &mut spare);
            cosine.turn(Way::Back, &mut there, &mut spare);
            for (there, start) in there.iter().zip(&start) {
                assert!(there.iter().zip(start).all(|(a, b)| (a - b).abs() < 2e-15));
            }
        }
    }
}
