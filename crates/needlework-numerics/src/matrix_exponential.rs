//! The matrix exponential: exact steps of linear systems x′ = M·x whose states feed each other, M_ij ≥ 0 off the
//! diagonal (a Metzler matrix), by uniformization.
//!
//! With q the largest rate of loss, M + q·1 has no negative entry, and e^{hM} = e^{−qh}·Σ (h·(M + q))ⁿ/n! is a sum of
//! terms that aren't negative: no digits are lost, and what isn't negative stays so for any step. A steady supply is
//! one more state that never changes. Long steps are halved until the series is short and squared back.

/// e^{hM}; row `i` says what state `i` is after the step.
///
/// `matrix[i][j]` is how much of state `j` becomes state `i` in a unit of time; off the diagonal it must not be
/// negative.
#[must_use]
pub fn propagator<const N: usize>(matrix: &[[f64; N]; N], step: f64) -> [[f64; N]; N] {
    let fastest = (0..N).map(|i| -matrix[i][i]).fold(0.0, f64::max);
    let mut halvings = 0;
    let mut length = step;
    // numerical: halvings from the largest float down to one; a rate that is not finite stops here and gives no number
    const MOST_HALVINGS: u32 = 1100;
    // Ends: there are no more halvings than the bound.
    while fastest * length > 1.0 && halvings < MOST_HALVINGS {
        length *= 0.5;
        halvings += 1;
    }
    // numerical: terms of the series; the next one is below the last digit, as no entry of h·(M + q) reaches far above
    // 1
    const TERMS: u32 = 24;
    let mut scaled = *matrix;
    for (i, row) in scaled.iter_mut().enumerate() {
        row[i] += fastest;
        row.iter_mut().for_each(|entry| *entry *= length);
    }
    // Horner's rule: 1 + A(1 + A/2(1 + A/3(…))).
    let mut sum = one();
    for n in (1..=TERMS).rev() {
        sum = times(&scaled, &sum);
        for (i, row) in sum.iter_mut().enumerate() {
            row.iter_mut().for_each(|entry| *entry /= f64::from(n));
            row[i] += 1.0;
        }
    }
    let shrink = (-fastest * length).exp();
    sum.iter_mut().flatten().for_each(|entry| *entry *= shrink);
    for _ in 0..halvings {
        sum = times(&sum, &sum);
    }
    sum
}

fn one<const N: usize>() -> [[f64; N]; N] {
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 }))
}

fn times<const N: usize>(a: &[[f64; N]; N], b: &[[f64; N]; N]) -> [[f64; N]; N] {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..N).map(|k| a[i][k] * b[k][j]).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: [[f64; 3]; 3] = [[-0.8, 0.0, 0.0], [0.8, -0.3, 0.0], [0.0, 0.3, 0.0]];

    #[test]
    fn rates_that_are_not_finite_end_without_a_number() {
        for bad in [f64::INFINITY, f64::MAX, f64::NAN] {
            let found = propagator(&[[-bad, 0.0], [bad, 0.0]], 1.0);
            assert!(
                found
                    .iter()
                    .flatten()
                    .all(|x| !x.is_finite() || (0.0..=1.0).contains(x)),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_chain_of_two_decays_is_the_known_sum_of_exponentials() {
        for t in [1e-3, 0.5, 7.0, 400.0] {
            let after = propagator(&CHAIN, t);
            let (fast, slow) = ((-0.8 * t).exp(), (-0.3 * t).exp());
            let middle = 0.8 / 0.5 * (slow - fast);
            for (found, exact) in [
                (after[0][0], fast),
                (after[1][0], middle),
                (after[2][0], 1.0 - fast - middle),
            ] {
                assert!((found - exact).abs() < 1e-13 * exact.max(0.1), "{t}: {found} {exact}");
            }
        }
    }

    #[test]
    fn two_half_steps_are_a_whole_one_and_nothing_gets_lost_or_negative() {
        for t in [0.1, 3.0, 50.0] {
            let (half, whole) = (propagator(&CHAIN, 0.5 * t), propagator(&CHAIN, t));
            let twice = times(&half, &half);
            for (row, other) in whole.iter().zip(&twice) {
                assert!(row.iter().zip(other).all(|(a, b)| *a >= 0.0 && (a - b).abs() < 1e-14));
            }
            for column in 0..3 {
                let total: f64 = whole.iter().map(|row| row[column]).sum();
                assert!((total - 1.0).abs() < 1e-13, "{total}");
            }
        }
    }
}
