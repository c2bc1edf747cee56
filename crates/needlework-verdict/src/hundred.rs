//! A hundred people by what becomes of them: whole people, as the first sentence tells them and the figures show them.

use needlework_units::PERCENT;

use crate::report::Outcome;

/// Whole people of 100 who get worse, see little or no change, some, a clear or a strong one; they sum to 100 (largest
/// remainders, ties to the earlier class). All are zero where no share is known.
#[must_use]
pub fn hundred(outcome: &Outcome) -> [usize; 5] {
    let classes = [outcome.worse, outcome.none, outcome.some, outcome.clear, outcome.strong];
    let shares = classes.map(|range| {
        if range.mean.is_finite() {
            range.mean.max(0.0)
        } else {
            0.0
        }
    });
    let total: f64 = shares.iter().sum();
    if total <= 0.0 {
        return [0; 5];
    }
    let exact = shares.map(|share| share / total * PERCENT);
    let mut counts = exact.map(|value| value.floor() as usize);
    let mut order = [0, 1, 2, 3, 4];
    order.sort_by(|&a, &b| (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())));
    let missing = (PERCENT as usize).saturating_sub(counts.iter().sum());
    for &class in order.iter().take(missing) {
        counts[class] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Percentiles, Range};

    #[test]
    fn a_hundred_figures_are_always_a_hundred() {
        let range = |mean| Range {
            mean,
            low: 0.0,
            high: 1.0,
        };
        let severity = Percentiles {
            p5: 0.0,
            p25: 0.0,
            p50: 0.0,
            p75: 0.0,
            p95: 0.0,
        };
        let third = 1.0 / 3.0;
        let outcome = Outcome {
            worse: range(third),
            none: range(third),
            some: range(third),
            clear: range(0.0),
            strong: range(0.0),
            severity,
        };
        assert_eq!(hundred(&outcome), [34, 33, 33, 0, 0]);
        // Two are left after rounding down; they go where most was cut away.
        let shares = |[worse, none, some, clear, strong]: [f64; 5]| Outcome {
            worse: range(worse),
            none: range(none),
            some: range(some),
            clear: range(clear),
            strong: range(strong),
            severity,
        };
        assert_eq!(hundred(&shares([0.009, 0.802, 0.139, 0.045, 0.005])), [1, 80, 14, 5, 0]);
        assert_eq!(hundred(&shares([f64::NAN, 0.5, 0.5, 0.0, -1.0])), [0, 50, 50, 0, 0]);
        assert_eq!(hundred(&shares([f64::NAN; 5])), [0; 5]);
    }
}
