//! Small dense symmetric matrices: what the layer operator of [`crate::adding_doubling`] needs and nothing more.
//!
//! Matrices are square, row-major slices of length `n * n` with `n` about 4 to 64. Every inner loop runs over a
//! contiguous row, because that is what the compiler turns into vector instructions; a dot product it must keep in
//! order.
//!
//! * Cholesky A = UᵀU with U upper triangular, by `nalgebra`, whose columns of L are the rows of U.
//! * The symmetric eigenproblem A = Q Λ Qᵀ by `nalgebra`: Householder tridiagonalisation and an implicit QR iteration.
//!
//! Limits: no pivoting, no checks of symmetry; only the upper triangle is read.

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

// numerical: the iteration needs fewer than two sweeps per eigenvalue; thirty mean that the input was not finite
const SWEEPS: usize = 30;

/// Adds `factor * row` to `target`, element by element.
#[inline]
pub(crate) fn axpy(target: &mut [f64], factor: f64, row: &[f64]) {
    for (t, r) in target.iter_mut().zip(row) {
        *t += factor * r;
    }
}

/// The sum of products of two rows.
#[inline]
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Writes the transpose of `a` into `out`.
pub(crate) fn transpose(a: &[f64], out: &mut [f64], n: usize) {
    for (i, row) in a.chunks_exact(n).enumerate() {
        for (j, value) in row.iter().enumerate() {
            out[j * n + i] = *value;
        }
    }
}

/// Writes the product `a * b` into `out`.
pub(crate) fn multiply(a: &[f64], b: &[f64], out: &mut [f64], n: usize) {
    for (row, target) in a.chunks_exact(n).zip(out.chunks_exact_mut(n)) {
        target.fill(0.0);
        for (factor, b_row) in row.iter().zip(b.chunks_exact(n)) {
            axpy(target, *factor, b_row);
        }
    }
}

/// Replaces the upper triangle of `a` by U with A = UᵀU and clears the lower triangle.
///
/// Returns false where `a` is not positive definite.
#[must_use]
pub(crate) fn cholesky(a: &mut [f64], n: usize) -> bool {
    // Columns of one are rows of the other, so the lower triangle that is read there is the upper one here.
    let Some(factor) = Cholesky::new(DMatrix::from_column_slice(n, n, a)) else {
        return false;
    };
    a.copy_from_slice(factor.unpack().as_slice());
    a.iter().step_by(n + 1).all(|pivot| pivot.is_finite())
}

/// Solves Uᵀ x = b in place, U upper triangular.
pub(crate) fn solve_transposed(u: &[f64], b: &mut [f64], n: usize) {
    for k in 0..n {
        let row = &u[k * n..(k + 1) * n];
        b[k] /= row[k];
        let value = b[k];
        axpy(&mut b[k + 1..], -value, &row[k + 1..]);
    }
}

/// Solves U x = b in place, U upper triangular.
pub(crate) fn solve_upper(u: &[f64], b: &mut [f64], n: usize) {
    for k in (0..n).rev() {
        let row = &u[k * n..(k + 1) * n];
        let sum = dot(&row[k + 1..], &b[k + 1..]);
        b[k] = (b[k] - sum) / row[k];
    }
}

/// Eigenvalues and eigenvectors of the symmetric matrix `a`.
///
/// `values` (length n) receives the eigenvalues in no particular order; **row** k of `vectors` (n × n) receives the
/// eigenvector of value k. Returns false where the iteration does not end, which a finite symmetric matrix never does.
#[must_use]
pub(crate) fn symmetric_eigen(a: &[f64], values: &mut [f64], vectors: &mut [f64], n: usize) -> bool {
    let Some(eigen) = SymmetricEigen::try_new(DMatrix::from_column_slice(n, n, a), f64::EPSILON, SWEEPS * n) else {
        return false;
    };
    values.copy_from_slice(eigen.eigenvalues.as_slice());
    // Its columns are the rows here.
    vectors.copy_from_slice(eigen.eigenvectors.as_slice());
    values.iter().all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(n: usize) -> Vec<f64> {
        let mut a = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                a[i * n + j] = 1.0 / (1.0 + i as f64 + j as f64) + if i == j { 1.0 + i as f64 } else { 0.0 };
            }
        }
        a
    }

    #[test]
    fn eigenvectors_rebuild_the_matrix_and_are_orthonormal() {
        for n in [1, 2, 3, 8, 17] {
            let original = example(n);
            let (mut values, mut vectors) = (vec![0.0; n], vec![0.0; n * n]);
            assert!(symmetric_eigen(&original, &mut values, &mut vectors, n));
            for i in 0..n {
                for j in 0..n {
                    let rebuilt: f64 = (0..n)
                        .map(|k| values[k] * vectors[k * n + i] * vectors[k * n + j])
                        .sum();
                    assert!((rebuilt - original[i * n + j]).abs() < 1e-12, "{n} {i} {j}");
                    let inner = dot(&vectors[i * n..(i + 1) * n], &vectors[j * n..(j + 1) * n]);
                    assert!((inner - if i == j { 1.0 } else { 0.0 }).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn cholesky_solves_a_linear_system() {
        let n = 9;
        let original = example(n);
        let mut u = original.clone();
        assert!(cholesky(&mut u, n));
        let mut x: Vec<f64> = (0..n).map(|i| i as f64 - 2.0).collect();
        let wanted = x.clone();
        solve_transposed(&u, &mut x, n);
        solve_upper(&u, &mut x, n);
        for i in 0..n {
            assert!((dot(&original[i * n..(i + 1) * n], &x) - wanted[i]).abs() < 1e-12);
        }
    }

    #[test]
    fn cholesky_refuses_a_matrix_that_is_not_positive() {
        let mut a = vec![1.0, 2.0, 2.0, 1.0];
        assert!(!cholesky(&mut a, 2));
    }

    #[test]
    fn what_is_not_finite_is_refused_and_ends() {
        for lost in [f64::NAN, f64::INFINITY] {
            // The upper triangle, which is what is read.
            for place in [0, 1, 2, 4, 5, 8] {
                let mut a = example(3);
                a[place] = lost;
                let (mut values, mut vectors) = (vec![0.0; 3], vec![0.0; 9]);
                assert!(!symmetric_eigen(&a, &mut values, &mut vectors, 3), "{lost} {place}");
                assert!(!cholesky(&mut a, 3), "{lost} {place}");
            }
        }
    }
}
