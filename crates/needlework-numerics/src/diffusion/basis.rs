//! The basis of one axis in which exchange between its cells is diagonal, and a product of matrices to get there.
//!
//! With cell measures m and a symmetric matrix K of conductances, exchange is M⁻¹K; M^{−½}·K·M^{−½} = V·Λ·Vᵀ is symmetric, so the way there is
//! Vᵀ·M^{½} and the way back M^{−½}·V. For equal cells V is the cosine basis and Λ is −(4/Δ²)·sin²(πk/2n), in closed form.
//!
//! The product runs over rows of a tile as plain loops. It is compiled for several instruction sets and the widest that the machine has is
//! chosen; no multiplication is fused with an addition, so the bits are the same for all.

use std::f64::consts::PI;

use nalgebra::{DMatrix, SymmetricEigen};

use super::grid::Axis;

/// Values per block of a row.
const LANES: usize = 8;
/// Rows that are computed together, so that a block of the right factor is read once for all of them.
const ROWS: usize = 4;

/// Runs `work` compiled for the widest vectors that this machine has.
#[inline]
pub fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// A basis, and the rates of exchange of its members, none negative and in units of 1/length².
#[derive(Debug, Clone)]
pub struct Basis {
    pub rates: Vec<f64>,
    /// n × n, row by row: from values to amplitudes.
    pub forward: Vec<f64>,
    /// n × n, row by row: from amplitudes to values.
    pub backward: Vec<f64>,
}

impl Basis {
    /// The basis of lateral exchange along `axis` at diffusivity 1.
    pub fn of_axis(axis: &Axis) -> Self {
        if axis.is_uniform() {
            return Self::cosine(axis.count(), axis.widths()[0]);
        }
        Self::of_exchange(axis.measures(), &vec![0.0; axis.count()], axis.openness())
    }

    /// The basis of exchange with `openness` between neighbours and `leaks` to nowhere, for cells of `measures`.
    pub fn of_exchange(measures: &[f64], leaks: &[f64], openness: &[f64]) -> Self {
        let n = measures.len();
        let roots: Vec<f64> = measures.iter().map(|measure| measure.sqrt()).collect();
        let mut matrix = DMatrix::<f64>::zeros(n, n);
        for i in 0..n {
            matrix[(i, i)] += leaks[i] / measures[i];
            if i + 1 < n {
                matrix[(i, i)] += openness[i] / measures[i];
                matrix[(i + 1, i + 1)] += openness[i] / measures[i + 1];
                let off = -openness[i] / (roots[i] * roots[i + 1]);
                matrix[(i, i + 1)] = off;
                matrix[(i + 1, i)] = off;
            }
        }
        let eigen = SymmetricEigen::new(matrix);
        let at = |cell: usize, member: usize| eigen.eigenvectors[(cell, member)];
        // The slowest rates drown in the rounding of the fastest; from differences within the member they don't.
        let rate = |member: usize| {
            let value = |cell: usize| at(cell, member) / roots[cell];
            let exchanged: f64 = (1..n)
                .map(|i| openness[i - 1] * (value(i) - value(i - 1)).powi(2))
                .sum();
            exchanged + (0..n).map(|i| leaks[i] * value(i).powi(2)).sum::<f64>()
        };
        Self {
            rates: (0..n).map(rate).collect(),
            forward: (0..n * n).map(|i| at(i % n, i / n) * roots[i % n]).collect(),
            backward: (0..n * n).map(|i| at(i / n, i % n) / roots[i / n]).collect(),
        }
    }

    /// The same for multiplying from the right: rows that hold the axis.
    pub fn transposed(self) -> Self {
        let n = self.rates.len();
        let turn = |matrix: &[f64]| (0..n * n).map(|i| matrix[i % n * n + i / n]).collect();
        Self {
            forward: turn(&self.forward),
            backward: turn(&self.backward),
            rates: self.rates,
        }
    }

    fn cosine(n: usize, size: f64) -> Self {
        let value = |member: usize, cell: usize| {
            // Whole turns are taken off as integers: large arguments of the cosine would cost digits.
            let quarter_steps = member * (2 * cell + 1) % (4 * n);
            let scale = if member == 0 { 1.0 } else { 2.0_f64 } / n as f64;
            scale.sqrt() * (PI * quarter_steps as f64 / (2 * n) as f64).cos()
        };
        let rate = |member: usize| {
            let half_angle = PI * member as f64 / (2 * n) as f64;
            4.0 * (half_angle.sin() / size).powi(2)
        };
        Self {
            rates: (0..n).map(rate).collect(),
            forward: (0..n * n).map(|i| value(i / n, i % n)).collect(),
            backward: (0..n * n).map(|i| value(i % n, i / n)).collect(),
        }
    }
}

/// `out` = `left` (`rows` × `inner`) · `right` (`inner` × `columns`), all row by row.
#[inline(always)]
pub fn multiply(left: &[f64], right: &[f64], out: &mut [f64], inner: usize, columns: usize) {
    let mut outs = out.chunks_exact_mut(ROWS * columns);
    let mut lefts = left.chunks_exact(ROWS * inner);
    for (out, left) in outs.by_ref().zip(lefts.by_ref()) {
        some_rows::<ROWS>(left, right, out, inner, columns);
    }
    let rest = outs.into_remainder().chunks_exact_mut(columns);
    for (out, left) in rest.zip(lefts.remainder().chunks_exact(inner)) {
        some_rows::<1>(left, right, out, inner, columns);
    }
}

#[inline(always)]
fn some_rows<const R: usize>(left: &[f64], right: &[f64], out: &mut [f64], inner: usize, columns: usize) {
    let whole = columns - columns % LANES;
    for start in (0..whole).step_by(LANES) {
        let mut sums = [[0.0; LANES]; R];
        for (k, row) in right.chunks_exact(columns).enumerate() {
            let mut block = [0.0; LANES];
            block.copy_from_slice(&row[start..start + LANES]);
            for r in 0..R {
                let factor = left[r * inner + k];
                for l in 0..LANES {
                    sums[r][l] += factor * block[l];
                }
            }
        }
        for r in 0..R {
            out[r * columns + start..r * columns + start + LANES].copy_from_slice(&sums[r]);
        }
    }
    for r in 0..R {
        for column in whole..columns {
            let terms = left[r * inner..(r + 1) * inner].iter().zip(right.chunks_exact(columns));
            out[r * columns + column] = terms.map(|(factor, row)| factor * row[column]).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::grid::Grid;
    use super::*;

    fn product(left: &[f64], right: &[f64], inner: usize, columns: usize) -> Vec<f64> {
        let mut out = vec![0.0; left.len() / inner * columns];
        vectorised(|| multiply(left, right, &mut out, inner, columns));
        out
    }

    #[test]
    fn a_product_is_the_sum_of_products_for_any_size() {
        for (rows, inner, columns) in [(1, 1, 1), (5, 3, 17), (4, 8, 8), (9, 13, 11)] {
            let left: Vec<f64> = (0..rows * inner).map(|i| (i as f64 * 0.7).sin()).collect();
            let right: Vec<f64> = (0..inner * columns).map(|i| (i as f64 * 1.3).cos()).collect();
            let found = product(&left, &right, inner, columns);
            for (i, value) in found.iter().enumerate() {
                let exact: f64 = (0..inner)
                    .map(|k| left[i / columns * inner + k] * right[k * columns + i % columns])
                    .sum();
                assert!((value - exact).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn the_way_back_undoes_the_way_there() {
        let ring = Grid::cell(&[0.0, 0.1, 0.25, 0.45, 0.7], &[0.0, 1.0]).unwrap();
        let equal = Grid::patch((11, 0.3), (1, 1.0), &[0.0, 1.0]).unwrap();
        for axis in [ring.first(), equal.first()] {
            let (basis, n) = (Basis::of_axis(axis), axis.count());
            let unit = product(&basis.backward, &basis.forward, n, n);
            for (i, value) in unit.iter().enumerate() {
                let exact = if i / n == i % n { 1.0 } else { 0.0 };
                assert!((value - exact).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn the_cosine_basis_is_that_of_exchange_between_equal_cells() {
        let n = 9;
        let cosine = Basis::cosine(n, 0.3);
        let mut rates = Basis::of_exchange(&vec![0.3; n], &vec![0.0; n], &vec![1.0 / 0.3; n - 1]).rates;
        rates.sort_by(f64::total_cmp);
        for (closed, found) in cosine.rates.iter().zip(&rates) {
            assert!((closed - found).abs() < 1e-12 * cosine.rates[n - 1]);
        }
    }
}
