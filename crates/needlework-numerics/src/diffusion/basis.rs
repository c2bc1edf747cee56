//! The basis of one axis in which exchange between its cells is diagonal, and the ways there and back.
//!
//! With cell measures m and a symmetric matrix K of conductances, exchange is M⁻¹K; M^{−½}·K·M^{−½} = V·Λ·Vᵀ is
//! symmetric, so the way there is Vᵀ·M^{½} and the way back M^{−½}·V: small dense matrices. For equal cells V is the
//! cosine basis, Λ is −(4/Δ²)·sin²(πk/2n) in closed form, and the ways are fast transforms ([`super::cosine`]).

use nalgebra::{DMatrix, SymmetricEigen};

use super::cosine::{Cosine, Way};
use super::grid::Axis;
use super::vectors::{LANES, Lanes, multiply, vectorised};

/// A basis, and the rates at which its members decay by exchange; none negative.
#[derive(Debug, Clone)]
pub struct Basis {
    pub rates: Vec<f64>,
    turn: Turn,
}

#[derive(Debug, Clone)]
enum Turn {
    Fast(Cosine),
    /// n × n, row by row: member by cell on the way there, cell by member on the way back; and both with rows and
    /// columns exchanged.
    Dense {
        rows: [Vec<f64>; 2],
        columns: [Vec<f64>; 2],
    },
}

impl Basis {
    /// The basis of exchange along `axis` at diffusivity 1.
    pub fn of_axis(axis: &Axis) -> Self {
        if axis.is_uniform() {
            return Self::cosine(axis.count(), axis.widths()[0]);
        }
        Self::of_exchange(axis.measures(), &vec![0.0; axis.count()], axis.conductance())
    }

    /// The basis of exchange with `conductance` between neighbours and `leaks` to nowhere, for cells of `measures`.
    pub fn of_exchange(measures: &[f64], leaks: &[f64], conductance: &[f64]) -> Self {
        let n = measures.len();
        let roots: Vec<f64> = measures.iter().map(|measure| measure.sqrt()).collect();
        let mut matrix = DMatrix::<f64>::zeros(n, n);
        for i in 0..n {
            matrix[(i, i)] += leaks[i] / measures[i];
            if i + 1 < n {
                matrix[(i, i)] += conductance[i] / measures[i];
                matrix[(i + 1, i + 1)] += conductance[i] / measures[i + 1];
                let off = -conductance[i] / (roots[i] * roots[i + 1]);
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
                .map(|i| conductance[i - 1] * (value(i) - value(i - 1)).powi(2))
                .sum();
            exchanged + (0..n).map(|i| leaks[i] * value(i).powi(2)).sum::<f64>()
        };
        let turned = |matrix: &[f64]| (0..n * n).map(|i| matrix[i % n * n + i / n]).collect();
        let there: Vec<f64> = (0..n * n).map(|i| at(i % n, i / n) * roots[i % n]).collect();
        let back: Vec<f64> = (0..n * n).map(|i| at(i / n, i % n) / roots[i / n]).collect();
        Self {
            rates: (0..n).map(rate).collect(),
            turn: Turn::Dense {
                columns: [turned(&there), turned(&back)],
                rows: [there, back],
            },
        }
    }

    fn cosine(count: usize, size: f64) -> Self {
        let rate = |member: usize| {
            let half_angle = std::f64::consts::PI * member as f64 / (2 * count) as f64;
            4.0 * (half_angle.sin() / size).powi(2)
        };
        Self {
            rates: (0..count).map(rate).collect(),
            turn: Turn::Fast(Cosine::new(count)),
        }
    }

    /// The same members where exchange is `by` times as fast and all decay by `decay` besides.
    pub fn faster(mut self, by: f64, decay: f64) -> Self {
        for rate in &mut self.rates {
            *rate = *rate * by + decay;
        }
        self
    }

    /// Changes the slow index of `data`, rows of `columns` numbers.
    pub fn change_rows(&self, way: Way, data: &mut [f64], columns: usize, room: &mut Room) {
        let n = self.rates.len();
        let cosine = match &self.turn {
            // One cell is its own basis.
            Turn::Fast(_) if n == 1 => return,
            Turn::Fast(cosine) => cosine,
            Turn::Dense { rows, .. } => {
                let out = &mut room.values[..data.len()];
                vectorised(|| multiply(&rows[way as usize], data, out, n, columns));
                return data.copy_from_slice(out);
            }
        };
        let (lines, spare) = (&mut room.lines[..n], &mut room.spare[..n]);
        let whole = columns - columns % LANES;
        for start in (0..columns).step_by(LANES) {
            let rest = columns - start;
            if start < whole {
                // Of a length known to the compiler: a move of registers.
                for (line, row) in lines.iter_mut().zip(data.chunks_exact(columns)) {
                    line.copy_from_slice(&row[start..start + LANES]);
                }
            } else {
                for (line, row) in lines.iter_mut().zip(data.chunks_exact(columns)) {
                    line[..rest].copy_from_slice(&row[start..]);
                }
            }
            cosine.turn(way, lines, spare);
            if start < whole {
                for (line, row) in lines.iter().zip(data.chunks_exact_mut(columns)) {
                    row[start..start + LANES].copy_from_slice(line);
                }
            } else {
                for (line, row) in lines.iter().zip(data.chunks_exact_mut(columns)) {
                    row[start..].copy_from_slice(&line[..rest]);
                }
            }
        }
    }

    /// Changes the fast index of `data`.
    pub fn change_columns(&self, way: Way, data: &mut [f64], room: &mut Room) {
        let n = self.rates.len();
        let cosine = match &self.turn {
            Turn::Fast(cosine) => cosine,
            Turn::Dense { columns, .. } => {
                let out = &mut room.values[..data.len()];
                vectorised(|| multiply(data, &columns[way as usize], out, n, n));
                return data.copy_from_slice(out);
            }
        };
        let (lines, spare) = (&mut room.lines[..n], &mut room.spare[..n]);
        for rows in data.chunks_mut(LANES * n) {
            for (l, row) in rows.chunks_exact(n).enumerate() {
                for (line, value) in lines.iter_mut().zip(row) {
                    line[l] = *value;
                }
            }
            cosine.turn(way, lines, spare);
            for (l, row) in rows.chunks_exact_mut(n).enumerate() {
                for (line, value) in lines.iter().zip(row) {
                    *value = line[l];
                }
            }
        }
    }
}

/// What changing the basis needs beside the data.
#[derive(Debug, Clone)]
pub struct Room {
    values: Vec<f64>,
    lines: Vec<Lanes>,
    spare: Vec<Lanes>,
}

impl Room {
    /// For tiles of at most `size` numbers and lines of at most `longest`.
    pub fn new(size: usize, longest: usize) -> Self {
        Self {
            values: vec![0.0; size],
            lines: vec![[0.0; LANES]; longest],
            spare: vec![[0.0; LANES]; longest],
        }
    }

    pub const fn bytes(size: usize, longest: usize) -> usize {
        size * size_of::<f64>() + 2 * longest * size_of::<Lanes>()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::grid::Grid;
    use super::*;

    fn dense(n: usize, size: f64) -> Basis {
        Basis::of_exchange(&vec![size; n], &vec![0.0; n], &vec![1.0 / size; n - 1])
    }

    #[test]
    fn the_way_back_undoes_the_way_there_along_either_index() {
        let ring = Grid::cell(&[0.0, 0.1, 0.25, 0.45, 0.7], &[0.0, 1.0]).unwrap();
        let equal = Grid::patch((22, 0.3), (1, 1.0), &[0.0, 1.0]).unwrap();
        for axis in [ring.first(), equal.first()] {
            let (basis, n) = (Basis::of_axis(axis), axis.count());
            for other in [1, 8, 11] {
                let start: Vec<f64> = (0..n * other).map(|i| (i as f64 * 0.7).sin()).collect();
                let mut room = Room::new(n * other, n);
                let mut rows = start.clone();
                basis.change_rows(Way::There, &mut rows, other, &mut room);
                basis.change_rows(Way::Back, &mut rows, other, &mut room);
                let mut columns = start.clone();
                basis.change_columns(Way::There, &mut columns, &mut room);
                basis.change_columns(Way::Back, &mut columns, &mut room);
                for i in 0..start.len() {
                    assert!((rows[i] - start[i]).abs() < 1e-13 && (columns[i] - start[i]).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn rows_and_columns_are_changed_alike() {
        let ring = Grid::cell(&[0.0, 0.1, 0.25, 0.45, 0.7], &[0.0, 1.0]).unwrap();
        for basis in [Basis::of_axis(ring.first()), Basis::cosine(12, 0.1)] {
            let n = basis.rates.len();
            let start: Vec<f64> = (0..n * 5).map(|i| (i as f64 * 0.7).sin()).collect();
            let turned: Vec<f64> = (0..n * 5).map(|i| start[i % n * 5 + i / n]).collect();
            for way in [Way::There, Way::Back] {
                let mut room = Room::new(n * 5, n);
                let (mut rows, mut columns) = (start.clone(), turned.clone());
                basis.change_rows(way, &mut rows, 5, &mut room);
                basis.change_columns(way, &mut columns, &mut room);
                for i in 0..n * 5 {
                    assert!((rows[i % n * 5 + i / n] - columns[i]).abs() < 1e-14);
                }
            }
        }
    }

    #[test]
    fn the_cosine_basis_is_that_of_exchange_between_equal_cells() {
        let cosine = Basis::cosine(9, 0.3);
        let mut rates = dense(9, 0.3).rates;
        rates.sort_by(f64::total_cmp);
        for (closed, found) in cosine.rates.iter().zip(&rates) {
            assert!((closed - found).abs() < 1e-12 * cosine.rates[8]);
        }
    }

    /// Cells a thousand times smaller than others exchange a million times faster.
    #[test]
    fn what_nothing_leaks_from_has_a_member_that_stays() {
        let edges: Vec<f64> = (0..=30).map(|i| (f64::from(i) * 0.3).exp()).collect();
        let grid = Grid::column(&edges).unwrap();
        let rates = Basis::of_axis(grid.depth()).rates;
        let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let fastest = rates.iter().copied().fold(0.0, f64::max);
        assert!(slowest < 1e-26 * fastest, "{slowest:e} {fastest:e}");
    }
}
