//! A step of second order for what is made and used up locally, which never falls below zero.
//!
//! y′ = P − k·y with production P ≥ 0 and a rate of loss k ≥ 0 that may depend on everything. Patankar's trick, in the
//! two stages of Burchard, Deleersnijder and Meister (Appl. Numer. Math. 47, 2003), takes what is lost in proportion to
//! the new value:
//!
//! y₁ = (y + h·P₀)/(1 + h·k₀),  y⁺ = (y + ½h·(P₀ + P₁))/(1 + ½h·(k₀·y + k₁·y₁)/y₁).
//!
//! Positive for any step, of second order where y stays off zero. **Limits.** What one state loses and another gains
//! isn't matched to the last digit: the modified method does that at the price of a linear system per cell.

/// The first stage: y₁, of first order, from production and rate of loss at the start.
#[inline]
#[must_use]
pub fn patankar_predict(value: f64, production: f64, loss: f64, step: f64) -> f64 {
    (value + step * production) / (1.0 + step * loss)
}

/// The second stage: y⁺ from the start, y₁, and (production, rate of loss) at both.
#[inline]
#[must_use]
pub fn patankar_correct(value: f64, predicted: f64, start: (f64, f64), end: (f64, f64), step: f64) -> f64 {
    if predicted <= 0.0 {
        // Nothing there, nothing made: nothing to lose.
        return value.max(0.0) + 0.5 * step * end.0;
    }
    let half = 0.5 * step;
    (value + half * (start.0 + end.0)) / (1.0 + half * (start.1 * value + end.1 * predicted) / predicted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pair that feed on each other: y′ = 0.2 + z − y·(1 + y), z′ = y − 3z.
    fn run(steps: u32) -> [f64; 2] {
        let h = 2.0 / f64::from(steps);
        let parts = |[y, z]: [f64; 2]| [(0.2 + z, 1.0 + y), (y, 3.0)];
        (0..steps).fold([2.0, 0.1], |now, _| {
            let start = parts(now);
            let first: [f64; 2] = std::array::from_fn(|i| patankar_predict(now[i], start[i].0, start[i].1, h));
            let end = parts(first);
            std::array::from_fn(|i| patankar_correct(now[i], first[i], start[i], end[i], h))
        })
    }

    #[test]
    fn the_observed_order_is_two() {
        let exact = run(8192);
        let error = |steps| (run(steps)[0] - exact[0]).abs() + (run(steps)[1] - exact[1]).abs();
        let order = (error(64) / error(128)).log2();
        assert!((order - 2.0).abs() < 0.1, "{order}");
    }

    #[test]
    fn no_step_is_so_long_that_a_value_falls_below_zero() {
        for h in [0.1, 10.0, 1e6] {
            for (value, production) in [(1.0, 0.0), (0.0, 0.0), (0.0, 2.0), (1e-300, 0.0)] {
                let first = patankar_predict(value, production, 50.0, h);
                let last = patankar_correct(value, first, (production, 50.0), (production, 80.0), h);
                assert!(
                    first >= 0.0 && last >= 0.0 && last.is_finite(),
                    "{h} {value} {production}: {last}"
                );
            }
        }
    }

    #[test]
    fn what_is_at_rest_stays() {
        let (value, loss) = (0.7, 0.4);
        let first = patankar_predict(value, value * loss, loss, 3.0);
        assert!((first - value).abs() < 1e-15);
        let last = patankar_correct(value, first, (value * loss, loss), (value * loss, loss), 3.0);
        assert!((last - value).abs() < 1e-15);
    }
}
