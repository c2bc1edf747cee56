//! A Rosenbrock method of second order for stiff systems of a few equations, with steps that follow an error estimate.
//!
//! With J the Jacobian, γ = 1/(2 + √2) and W = 1 − hγJ: W k₁ = f(y), W(k₂ − k₁) = f(y + h k₁/2) − k₁, y' = y + h k₂;
//! the third stage W k₃ = f(y') − (6 + √2)(k₂ − f(y + h k₁/2)) − 2(k₁ − f(y)) gives the error h(k₁ − 2k₂ + k₃)/6.
//! L-stable; one small linear system a step.
//!
//! Assumptions: f does not depend on time within a call. Limits: second order, so tight tolerances take many steps.
//! Source: Shampine and Reichelt 1997, the method behind `ode23s`.

use std::fmt;

/// Why a stiff system could not be integrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StiffError {
    /// The step became too small or a value is no number.
    Stuck,
    /// More steps were needed than allowed.
    TooManySteps,
}

impl fmt::Display for StiffError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Stuck => "the step became too small; the rates or their derivatives are not finite",
            Self::TooManySteps => "too many steps; a looser tolerance or a shorter time is needed",
        })
    }
}

impl std::error::Error for StiffError {}

/// How exactly a stiff system is integrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Error of a step over the value.
    pub relative: f64,
    /// Error of a step where values are small.
    pub absolute: f64,
}

// numerical: steps of one call; the slowest use needs some thousands
const MOST_STEPS: u32 = 2_000_000;

/// The state after `span`, from `state`, under the rates `rate` with the Jacobian `jacobian` (row i: derivatives of
/// rate i).
///
/// # Errors
/// [`StiffError`] when no step is small enough or too many are needed.
pub fn integrate_stiff<const N: usize>(
    state: [f64; N],
    span: f64,
    tolerance: Tolerance,
    rate: impl Fn(&[f64; N]) -> [f64; N],
    jacobian: impl Fn(&[f64; N]) -> [[f64; N]; N],
) -> Result<[f64; N], StiffError> {
    let gamma = 1.0 / (2.0 + std::f64::consts::SQRT_2);
    let third = 6.0 + std::f64::consts::SQRT_2;
    let (mut state, mut at) = (state, 0.0);
    let mut step = span * 1e-6;
    for _ in 0..MOST_STEPS {
        if at >= span {
            return Ok(state);
        }
        step = step.min(span - at);
        let derivatives = jacobian(&state);
        let system: [[f64; N]; N] = std::array::from_fn(|i| {
            std::array::from_fn(|j| f64::from(u8::from(i == j)) - step * gamma * derivatives[i][j])
        });
        let solved = Lower::of(system);
        let f0 = rate(&state);
        let k1 = solved.solve(f0);
        let f1 = rate(&std::array::from_fn(|i| state[i] + step * 0.5 * k1[i]));
        let shift = solved.solve(std::array::from_fn(|i| f1[i] - k1[i]));
        let k2: [f64; N] = std::array::from_fn(|i| k1[i] + shift[i]);
        let next: [f64; N] = std::array::from_fn(|i| state[i] + step * k2[i]);
        let f2 = rate(&next);
        let k3 = solved.solve(std::array::from_fn(|i| {
            f2[i] - third * (k2[i] - f1[i]) - 2.0 * (k1[i] - f0[i])
        }));
        let error = (0..N)
            .map(|i| {
                let off = (step / 6.0 * (k1[i] - 2.0 * k2[i] + k3[i])).abs();
                off / (tolerance.absolute + tolerance.relative * state[i].abs().max(next[i].abs()))
            })
            .fold(
                0.0_f64,
                |worst, one| if one.is_nan() { f64::INFINITY } else { worst.max(one) },
            );
        if error <= 1.0 {
            at += step;
            state = next;
        }
        step *= (0.8 * error.powf(-1.0 / 3.0)).clamp(0.2, 5.0);
        if step.is_nan() || step <= span * 1e-15 {
            return Err(StiffError::Stuck);
        }
    }
    Err(StiffError::TooManySteps)
}

/// A matrix as its factors, rows exchanged so that the largest pivot comes first.
struct Lower<const N: usize> {
    factors: [[f64; N]; N],
    order: [usize; N],
}

impl<const N: usize> Lower<N> {
    fn of(mut a: [[f64; N]; N]) -> Self {
        let mut order: [usize; N] = std::array::from_fn(|i| i);
        for k in 0..N {
            let pivot = (k..N)
                .max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))
                .unwrap_or(k);
            a.swap(k, pivot);
            order.swap(k, pivot);
            for i in k + 1..N {
                a[i][k] /= a[k][k];
                for j in k + 1..N {
                    a[i][j] -= a[i][k] * a[k][j];
                }
            }
        }
        Self { factors: a, order }
    }

    fn solve(&self, right: [f64; N]) -> [f64; N] {
        let mut x: [f64; N] = std::array::from_fn(|i| right[self.order[i]]);
        for i in 0..N {
            for j in 0..i {
                x[i] -= self.factors[i][j] * x[j];
            }
        }
        for i in (0..N).rev() {
            for j in i + 1..N {
                x[i] -= self.factors[i][j] * x[j];
            }
            x[i] /= self.factors[i][i];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn loose(relative: f64) -> Tolerance {
        Tolerance {
            relative,
            absolute: relative * 1e-3,
        }
    }

    /// Robertson's reactions, three rates over nine decades; reference values of Hairer and Wanner at 40.
    #[test]
    fn robertsons_reactions_come_out_as_tabulated() {
        let rate = |y: &[f64; 3]| {
            let (slow, fast, back) = (0.04 * y[0], 3e7 * y[1] * y[1], 1e4 * y[1] * y[2]);
            [back - slow, slow - back - fast, fast]
        };
        let jacobian = |y: &[f64; 3]| {
            let fast = 6e7 * y[1];
            [
                [-0.04, 1e4 * y[2], 1e4 * y[1]],
                [0.04, -1e4 * y[2] - fast, -1e4 * y[1]],
                [0.0, fast, 0.0],
            ]
        };
        let end = integrate_stiff([1.0, 0.0, 0.0], 40.0, loose(1e-7), rate, jacobian).unwrap();
        for (found, known) in end.iter().zip([0.715_827_068_7, 9.185_534_764e-6, 0.284_163_745_7]) {
            assert!((found / known - 1.0).abs() < 1e-5, "{end:?}");
        }
        assert!((end.iter().sum::<f64>() - 1.0).abs() < 1e-10, "matter is kept");
    }

    #[test]
    fn the_error_falls_in_step_with_the_tolerance() {
        let run = |relative: f64| {
            integrate_stiff(
                [1.0, 0.0],
                2.0,
                loose(relative),
                |[x, y]| [*y, -x],
                |_| [[0.0, 1.0], [-1.0, 0.0]],
            )
            .unwrap()
        };
        let error = |relative: f64| (run(relative)[0] - 2.0_f64.cos()).abs();
        // Second order: an error per step ∝ h³ leaves an error in all ∝ h² ∝ tolerance^(2/3).
        let exponent = (error(1e-5) / error(1e-8)).log10() / 3.0;
        assert!((0.55..0.8).contains(&exponent), "{exponent}");
    }

    #[test]
    fn a_blow_up_is_an_error_and_no_panic() {
        let found = integrate_stiff([1.0], 2.0, loose(1e-6), |[x]| [x * x], |[x]| [[2.0 * x]]);
        assert!(found.is_err());
    }
}
