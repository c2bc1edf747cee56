//! Steady diffusion with decay in one dimension: −(D·u′)′ + k·u = s with no flux at both ends.
//!
//! Finite volumes of second order; the conductance between cells of different D is the harmonic mean, two resistances
//! in series. The matrix is tridiagonal and diagonally dominant (an M-matrix): elimination needs no pivoting, and a
//! source that isn't negative gives a u that isn't. Exact: ∫k·u = ∫s.

/// u in each cell; `widths`, `diffusivity` and `source` have one value per cell, `decay` is positive and the same
/// everywhere.
#[must_use]
pub fn steady(widths: &[f64], diffusivity: &[f64], decay: f64, source: &[f64]) -> Vec<f64> {
    let count = widths.len();
    // Conductance between cell i and the next; none where either cell does not conduct.
    let conductance: Vec<f64> = (1..count)
        .map(|i| {
            let (above, below) = (diffusivity[i - 1], diffusivity[i]);
            if above > 0.0 && below > 0.0 {
                2.0 / (widths[i - 1] / above + widths[i] / below)
            } else {
                0.0
            }
        })
        .collect();
    // The Thomas algorithm: forward elimination writes each cell in terms of the next one, then back substitution.
    let mut follows = vec![0.0; count];
    let mut u = vec![0.0; count];
    for i in 0..count {
        let from_above = if i > 0 { conductance[i - 1] } else { 0.0 };
        let to_below = conductance.get(i).copied().unwrap_or(0.0);
        let (coupled, carried) = if i > 0 {
            (from_above * follows[i - 1], from_above * u[i - 1])
        } else {
            (0.0, 0.0)
        };
        let pivot = decay * widths[i] + from_above + to_below - coupled;
        follows[i] = to_below / pivot;
        u[i] = (source[i] * widths[i] + carried) / pivot;
    }
    for i in (1..count).rev() {
        u[i - 1] += follows[i - 1] * u[i];
    }
    u
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fed_is_what_decays_and_nothing_is_negative() {
        let widths: Vec<f64> = (0..30).map(|i| 0.01 * 1.1_f64.powi(i)).collect();
        let diffusivity: Vec<f64> = (0..30).map(|i| if i % 7 == 0 { 0.0 } else { 0.3 }).collect();
        let source: Vec<f64> = (0..30).map(|i| f64::from(u8::from(i == 4))).collect();
        let u = steady(&widths, &diffusivity, 2.0, &source);
        let sum = |values: &[f64]| -> f64 { values.iter().zip(&widths).map(|(v, w)| v * w).sum() };
        assert!((2.0 * sum(&u) / sum(&source) - 1.0).abs() < 1e-13);
        assert!(u.iter().all(|value| *value >= 0.0));
    }

    /// s = 1 on the upper half of a bar of length 2 with D = k = 1: u = 1 − cosh(x)/cosh-like pieces; by symmetry u(1)
    /// = ½.
    #[test]
    fn the_order_is_two_against_the_known_solution() {
        let error = |half: usize| {
            let count = 2 * half;
            let widths = vec![2.0 / count as f64; count];
            let source: Vec<f64> = (0..count).map(|i| if i < half { 1.0 } else { 0.0 }).collect();
            let u = steady(&widths, &vec![1.0; count], 1.0, &source);
            (0..half)
                .map(|i| {
                    let x = (i as f64 + 0.5) * widths[0];
                    (u[i] - (1.0 - 0.5 * x.cosh() / 1.0_f64.cosh())).abs()
                })
                .fold(0.0, f64::max)
        };
        let order = (error(20) / error(80)).log2() / 2.0;
        assert!(
            error(80) < 1e-4 && (1.8..2.2).contains(&order),
            "{order} {:e}",
            error(80)
        );
    }
}
