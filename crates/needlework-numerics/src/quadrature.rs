//! Nodes for averages: cell midpoints of an interval, and equal-probability strata of the normal distribution.

use crate::Distribution;

/// The midpoints of `count` equal cells of `[0, length]`. The midpoint rule is second order in the cell size.
#[must_use]
pub fn midpoints(length: f64, count: usize) -> Vec<f64> {
    let cell = length / count.max(1) as f64;
    (0..count).map(|i| (i as f64 + 0.5) * cell).collect()
}

/// The medians of `count` equally likely strata of the standard normal distribution, ascending. Averages over them stand for
/// averages over many needles without the noise of a random draw.
#[must_use]
pub fn normal_strata(count: usize) -> Vec<f64> {
    let standard = Distribution::Normal { mean: 0.0, sd: 1.0 };
    (0..count)
        .map(|i| standard.quantile((i as f64 + 0.5) / count as f64))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midpoint_rule_is_second_order() {
        let error = |n: usize| {
            let sum: f64 = midpoints(1.0, n).iter().map(|x| x.exp()).sum::<f64>() / n as f64;
            (sum - (1.0_f64.exp() - 1.0)).abs()
        };
        let order = (error(16) / error(32)).log2();
        assert!((order - 2.0).abs() < 0.05, "{order}");
    }

    #[test]
    fn strata_reproduce_the_mean_of_a_log_normal() {
        let cv = 0.25_f64;
        let strata = normal_strata(64);
        let mean = strata.iter().map(|e| (cv * e).exp()).sum::<f64>() / 64.0;
        assert!((mean - (cv * cv / 2.0).exp()).abs() < 1e-3, "{mean}");
    }
}
