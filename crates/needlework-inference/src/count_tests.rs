//! Tests and intervals of counts: exact binomial, Fisher, McNemar, Wilson.
//!
//! * Exact binomial: the probability of a count at least as far out; two-sided, of all that are no more probable.
//! * Fisher's exact test of two groups, given the margins; two-sided in the same way.
//! * McNemar, exact: of the people in whom two sides differ, as many on each side if nothing differs.
//! * Wilson's 1927 interval of a share: all shares that a normal test of the count does not reject.

use needlework_numerics::standard_normal_quantile;
use statrs::distribution::{Binomial, Discrete, DiscreteCDF, Hypergeometric};

use crate::trial_tests::Sides;

// numerical: counts whose probabilities differ by rounding only are as probable
const AS_PROBABLE: f64 = 1.0 + 1e-7;

/// The exact binomial test of `events` of `of` people against a probability. `None` where there are more events than
/// people, or the probability is none.
#[must_use]
pub fn binomial_test(events: u64, of: u64, probability: f64, sides: Sides) -> Option<f64> {
    let distribution = Binomial::new(probability, of).ok().filter(|_| events <= of)?;
    Some(match sides {
        Sides::More => at_least(&distribution, events),
        Sides::Less => distribution.cdf(events),
        Sides::Both => no_more_probable(0..=of, events, |count| distribution.pmf(count)),
    })
}

/// Fisher's exact test: `events` of `of` people in the first and in the second group; `Sides::More` asks for more in
/// the first. `None` where there are more events than people.
#[must_use]
pub fn fisher_test(events: [u64; 2], of: [u64; 2], sides: Sides) -> Option<f64> {
    let [[a, b], [m, n]] = [events, of];
    if a > m || b > n {
        return None;
    }
    let distribution = Hypergeometric::new(m.checked_add(n)?, a + b, m).ok()?;
    let possible = (a + b).saturating_sub(n)..=m.min(a + b);
    let pmf = |count: u64| distribution.pmf(count);
    let total: f64 = match sides {
        Sides::More => possible.filter(|count| *count >= a).map(pmf).sum(),
        Sides::Less => possible.filter(|count| *count <= a).map(pmf).sum(),
        Sides::Both => no_more_probable(possible, a, pmf),
    };
    Some(total.min(1.0))
}

/// McNemar's exact test: in how many people only the first side had it, and in how many only the second. One, where
/// nobody differs.
#[must_use]
pub fn mcnemar_test(only_first: u64, only_second: u64, sides: Sides) -> f64 {
    let differ = only_first.saturating_add(only_second);
    binomial_test(only_first, differ, 0.5, sides).unwrap_or(1.0)
}

/// Wilson's interval of a share with a confidence such as 0.9. `None` of nobody, of more events than people, or where
/// the confidence is not between zero and one.
#[must_use]
pub fn wilson_interval(events: u64, of: u64, confidence: f64) -> Option<(f64, f64)> {
    let fair = of > 0 && events <= of && confidence > 0.0 && confidence < 1.0;
    fair.then(|| {
        let n = of as f64;
        let share = events as f64 / n;
        let z = standard_normal_quantile(0.5 + 0.5 * confidence);
        let square = z * z / n;
        let centre = (share + 0.5 * square) / (1.0 + square);
        let half = z * (share * (1.0 - share) / n + square / (4.0 * n)).sqrt() / (1.0 + square);
        ((centre - half).max(0.0), (centre + half).min(1.0))
    })
}

/// The probability of at least so many events.
pub(crate) fn at_least(distribution: &Binomial, events: u64) -> f64 {
    events.checked_sub(1).map_or(1.0, |below| distribution.sf(below))
}

fn no_more_probable(counts: impl Iterator<Item = u64>, observed: u64, pmf: impl Fn(u64) -> f64) -> f64 {
    let own = pmf(observed) * AS_PROBABLE;
    let total: f64 = counts.map(pmf).filter(|p| *p <= own).sum();
    total.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::normal_cdf;
    use statrs::stats_tests::{Alternative, fishers_exact};

    #[test]
    fn binomial_tests_are_sums_of_probabilities() {
        // Of ten fair coins 8, 9 or 10: 56/1024, and as many on the other side.
        assert!((binomial_test(8, 10, 0.5, Sides::More).unwrap() - 56.0 / 1024.0).abs() < 1e-12);
        assert!((binomial_test(8, 10, 0.5, Sides::Both).unwrap() - 112.0 / 1024.0).abs() < 1e-12);
        assert!((binomial_test(8, 10, 0.5, Sides::Less).unwrap() - 1013.0 / 1024.0).abs() < 1e-12);
        // 7 of 16 against a quarter.
        assert!((binomial_test(7, 16, 0.25, Sides::More).unwrap() - 0.0796).abs() < 1e-4);
        assert_eq!(binomial_test(0, 5, 0.3, Sides::More), Some(1.0));
        assert!(binomial_test(3, 2, 0.5, Sides::Both).is_none() && binomial_test(1, 2, 1.5, Sides::Both).is_none());
    }

    /// The tea of Fisher's lady: 3 of 4 cups, 1 of 4.
    #[test]
    fn the_lady_tasting_tea() {
        assert!((fisher_test([3, 1], [4, 4], Sides::More).unwrap() - 17.0 / 70.0).abs() < 1e-12);
        assert!((fisher_test([3, 1], [4, 4], Sides::Both).unwrap() - 34.0 / 70.0).abs() < 1e-12);
        assert!((fisher_test([3, 1], [4, 4], Sides::Less).unwrap() - 69.0 / 70.0).abs() < 1e-12);
        assert_eq!(fisher_test([0, 0], [5, 7], Sides::Both), Some(1.0));
        assert!(fisher_test([5, 0], [4, 4], Sides::Both).is_none());
    }

    #[test]
    fn fisher_is_that_of_the_library() {
        for [a, m, b, n] in [[3, 8, 4, 54], [7, 32, 0, 60], [12, 20, 5, 22], [1, 40, 9, 33]] {
            let library = fishers_exact(&[a, m - a, b, n - b], Alternative::TwoSided).unwrap();
            let found = fisher_test([a, b], [m, n], Sides::Both).unwrap();
            assert!((found - library).abs() < 1e-9, "{a} {m} {b} {n}: {found} {library}");
        }
    }

    #[test]
    fn mcnemar_asks_those_who_differ() {
        assert!((mcnemar_test(8, 2, Sides::Both) - 112.0 / 1024.0).abs() < 1e-12);
        assert_eq!(mcnemar_test(0, 0, Sides::Both), 1.0);
        assert!(mcnemar_test(19, 0, Sides::More) < 1e-5);
    }

    #[test]
    fn wilson_is_as_published_and_is_the_test_turned_around() {
        let (low, high) = wilson_interval(7, 16, 0.95).unwrap();
        assert!(
            (low - 0.2310).abs() < 5e-5 && (high - 0.6682).abs() < 5e-5,
            "{low} {high}"
        );
        for bound in [low, high] {
            let z = (7.0 / 16.0 - bound) / (bound * (1.0 - bound) / 16.0).sqrt();
            assert!((normal_cdf(-z.abs()) - 0.025).abs() < 1e-9);
        }
        let (low, high) = wilson_interval(0, 60, 0.9).unwrap();
        assert!(low == 0.0 && (0.04..0.05).contains(&high), "{high}");
        assert!(wilson_interval(0, 0, 0.9).is_none() && wilson_interval(3, 2, 0.9).is_none());
        assert!(wilson_interval(1, 2, 1.0).is_none());
    }
}
