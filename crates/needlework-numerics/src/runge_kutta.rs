//! One step of the classical fourth-order Runge–Kutta method.
//!
//! The slow equations of the chain are not stiff (fastest rate about 0.1 per day, steps of days), so an explicit method
//! of high order is both simplest and most accurate. Stiff or diffusing systems need another integrator.

/// Advances `state` by `step` with the right-hand side `rate(stage, state)`, where `stage` is 0 at the start, 1 in the
/// middle and 2 at the end of the step: callers look forcing up by stage instead of computing it anew for every state.
#[inline]
pub fn rk4_step<const N: usize>(state: [f64; N], step: f64, rate: impl Fn(usize, &[f64; N]) -> [f64; N]) -> [f64; N] {
    let shifted = |by: f64, slope: &[f64; N]| std::array::from_fn(|i| state[i] + by * slope[i]);
    let half = step * 0.5;
    let k1 = rate(0, &state);
    let k2 = rate(1, &shifted(half, &k1));
    let k3 = rate(1, &shifted(half, &k2));
    let k4 = rate(2, &shifted(step, &k3));
    let sixth = step / 6.0;
    std::array::from_fn(|i| state[i] + sixth * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_point_stays_exactly() {
        assert_eq!(rk4_step([0.65], 10.0, |_, [c]| [0.65 - c]), [0.65]);
    }
}
