//! Small dense symmetric matrices: what the layer operator of [`crate::adding_doubling`] needs and nothing more.
//!
//! Matrices are square, row-major slices of length `n * n` with `n` about 4 to 64. Every inner loop runs over a
//! contiguous row, because that is what the compiler turns into vector instructions; a dot product it must keep in
//! order.
//!
//! * Cholesky A = UᵀU with U upper triangular.
//! * The symmetric eigenproblem A = Q Λ Qᵀ by Householder tridiagonalisation and the implicit QL iteration with
//!   Wilkinson's shift (the classical pair of Wilkinson and Reinsch, 1971).
//!
//! Limits: no pivoting, no blocking, no checks of symmetry; only the upper triangle is read by Cholesky.

/// numerical: QL needs fewer than two sweeps per eigenvalue; thirty mean that the input was not finite.
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
    for k in 0..n {
        let (head, tail) = a.split_at_mut((k + 1) * n);
        let row = &mut head[k * n..];
        row[..k].fill(0.0);
        let pivot = row[k];
        if !pivot.is_finite() || pivot <= 0.0 {
            return false;
        }
        let scale = 1.0 / pivot.sqrt();
        for value in &mut row[k..] {
            *value *= scale;
        }
        for (i, below) in tail.chunks_exact_mut(n).enumerate() {
            let at = k + 1 + i;
            axpy(&mut below[at..], -row[at], &row[at..]);
        }
    }
    true
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

/// Eigenvalues and eigenvectors of the symmetric matrix `a`, which is destroyed.
///
/// `values` (length n) receives the eigenvalues in no particular order; **row** k of `vectors` (n × n) receives the
/// eigenvector of value k. Returns false where the iteration does not end, which a finite symmetric matrix never does.
#[must_use]
pub(crate) fn symmetric_eigen(a: &mut [f64], values: &mut [f64], vectors: &mut [f64], n: usize) -> bool {
    let mut beside = vec![0.0; n];
    let mut scales = vec![0.0; n];
    tridiagonalise(a, values, &mut beside, &mut scales, n);
    accumulate(a, &scales, vectors, n);
    implicit_ql(values, &mut beside, vectors, n)
}

/// Householder reduction from the first column on. Row k of `a` keeps the reflector's vector in its entries k+1..n, and
/// `scales[k]` its factor; `diagonal` and `beside` receive the tridiagonal matrix.
fn tridiagonalise(a: &mut [f64], diagonal: &mut [f64], beside: &mut [f64], scales: &mut [f64], n: usize) {
    let mut image = vec![0.0; n];
    for k in 0..n.saturating_sub(2) {
        let (head, tail) = a.split_at_mut((k + 1) * n);
        let reflector = &mut head[k * n + k + 1..(k + 1) * n];
        let rest = dot(&reflector[1..], &reflector[1..]);
        let lead = reflector[0];
        let norm = (lead * lead + rest).sqrt();
        if rest <= 0.0 {
            beside[k] = lead;
            scales[k] = 0.0;
            continue;
        }
        // The sign keeps the leading entry away from cancellation.
        let alpha = if lead > 0.0 { -norm } else { norm };
        reflector[0] = lead - alpha;
        beside[k] = alpha;
        let scale = 2.0 / (reflector[0] * reflector[0] + rest);
        scales[k] = scale;
        let image = &mut image[k + 1..];
        image.fill(0.0);
        for (value, row) in reflector.iter().zip(tail.chunks_exact(n)) {
            axpy(image, scale * value, &row[k + 1..]);
        }
        let half = 0.5 * scale * dot(image, reflector);
        axpy(image, -half, reflector);
        for ((r, q), row) in reflector.iter().zip(image.iter()).zip(tail.chunks_exact_mut(n)) {
            let row = &mut row[k + 1..];
            for ((target, u), p) in row.iter_mut().zip(reflector.iter()).zip(image.iter()) {
                *target -= r * p + q * u;
            }
        }
    }
    for k in 0..n {
        diagonal[k] = a[k * n + k];
    }
    if n > 1 {
        beside[n - 2] = a[(n - 2) * n + n - 1];
    }
}

/// The transpose of the product of the reflectors, into `vectors`.
fn accumulate(a: &mut [f64], scales: &[f64], vectors: &mut [f64], n: usize) {
    let mut product = vec![0.0; n * n];
    let mut image = vec![0.0; n];
    for k in 0..n {
        product[k * n + k] = 1.0;
    }
    // Backwards, so that each reflector meets only the block that is not yet the identity.
    for k in (0..n.saturating_sub(2)).rev() {
        if scales[k] == 0.0 {
            continue;
        }
        let reflector = &a[k * n + k + 1..(k + 1) * n];
        let block = &mut product[(k + 1) * n..];
        let image = &mut image[k + 1..];
        image.fill(0.0);
        for (value, row) in reflector.iter().zip(block.chunks_exact(n)) {
            axpy(image, scales[k] * value, &row[k + 1..]);
        }
        for (value, row) in reflector.iter().zip(block.chunks_exact_mut(n)) {
            axpy(&mut row[k + 1..], -value, image);
        }
    }
    transpose(&product, vectors, n);
}

/// Implicit QL with Wilkinson's shift; the rotations act on pairs of rows of `vectors`.
fn implicit_ql(d: &mut [f64], e: &mut [f64], vectors: &mut [f64], n: usize) -> bool {
    for l in 0..n {
        for sweep in 0..=SWEEPS {
            let split = (l..n - 1)
                .find(|m| e[*m].abs() <= f64::EPSILON * (d[*m].abs() + d[*m + 1].abs()))
                .unwrap_or(n - 1);
            if split == l {
                break;
            }
            if sweep == SWEEPS {
                return false;
            }
            let mut g = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let mut r = (g * g + 1.0).sqrt();
            g = d[split] - d[l] + e[l] / (g + r.copysign(g));
            let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
            let mut broke_off = false;
            for i in (l..split).rev() {
                let f = s * e[i];
                let b = c * e[i];
                r = (f * f + g * g).sqrt();
                e[i + 1] = r;
                if r == 0.0 {
                    d[i + 1] -= p;
                    e[split] = 0.0;
                    broke_off = true;
                    break;
                }
                s = f / r;
                c = g / r;
                g = d[i + 1] - p;
                r = (d[i] - g) * s + 2.0 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
                let (upper, lower) = vectors.split_at_mut((i + 1) * n);
                for (x, y) in upper[i * n..].iter_mut().zip(&mut lower[..n]) {
                    let old = *y;
                    *y = s * *x + c * old;
                    *x = c * *x - s * old;
                }
            }
            if !broke_off {
                d[l] -= p;
                e[l] = g;
                e[split] = 0.0;
            }
        }
    }
    d[..n].iter().all(|value| value.is_finite())
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
            let mut a = original.clone();
            let (mut values, mut vectors) = (vec![0.0; n], vec![0.0; n * n]);
            assert!(symmetric_eigen(&mut a, &mut values, &mut vectors, n));
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
}
