//! The root of a continuous function between two points of opposite sign.
//!
//! False position with the Illinois weight, and a bisection whenever that doesn't halve the bracket: it converges for
//! any continuous function, and superlinearly for smooth ones. Limits: one root of a bracket; the tolerance is on the
//! argument, not on the value.

/// The point between `low` and `high` where `function` changes its sign, within `tolerance`. `None` when both ends have
/// the same sign, or the function gives something that is not a number.
pub fn root(low: f64, high: f64, tolerance: f64, mut function: impl FnMut(f64) -> f64) -> Option<f64> {
    // numerical: bisection alone would reach the spacing of floats within these
    const STEPS: usize = 200;
    let (mut a, mut b) = (low, high);
    let (mut at_a, mut at_b) = (function(a), function(b));
    if at_a == 0.0 {
        return Some(a);
    }
    if at_b == 0.0 {
        return Some(b);
    }
    if at_a.is_nan() || at_b.is_nan() || at_a.signum() == at_b.signum() {
        return None;
    }
    let mut width = (b - a).abs();
    let mut bisect = false;
    for _ in 0..STEPS {
        if (b - a).abs() <= tolerance {
            break;
        }
        let chord = b - at_b * (b - a) / (at_b - at_a);
        let middle = 0.5 * (a + b);
        let inside = chord > a.min(b) && chord < a.max(b);
        let next = if inside && !bisect { chord } else { middle };
        let value = function(next);
        if value == 0.0 {
            return Some(next);
        }
        if value.is_nan() {
            return None;
        }
        if value.signum() == at_b.signum() {
            // The other end stayed: its value is halved, so that it moves soon.
            at_a *= 0.5;
        } else {
            (a, at_a) = (b, at_b);
        }
        (b, at_b) = (next, value);
        let now = (b - a).abs();
        bisect = now > 0.5 * width;
        width = now;
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_functions_need_few_evaluations() {
        let mut count = 0;
        let found = root(0.0, 2.0, 1e-12, |x| {
            count += 1;
            x * x * x - 2.0
        });
        assert!((found.unwrap_or(f64::NAN) - 2.0_f64.cbrt()).abs() < 1e-11, "{found:?}");
        assert!(count < 25, "{count}");
    }

    #[test]
    fn steps_and_steep_walls_are_found_as_by_bisection() {
        for at in [0.1, 0.37, 0.9] {
            let step = root(0.0, 1.0, 1e-10, |x| if x < at { -1.0 } else { 1.0 });
            assert!((step.unwrap_or(f64::NAN) - at).abs() < 1e-9);
            let wall = root(0.0, 1.0, 1e-10, |x| (50.0 * (x - at)).exp() - 1.0);
            assert!((wall.unwrap_or(f64::NAN) - at).abs() < 1e-9);
        }
    }

    #[test]
    fn without_a_change_of_sign_there_is_no_answer() {
        assert_eq!(root(0.0, 1.0, 1e-9, |x| x + 1.0), None);
        assert_eq!(root(0.0, 1.0, 1e-9, |_| f64::NAN), None);
        assert_eq!(root(0.0, 1.0, 1e-9, |x| x), Some(0.0));
    }
}
