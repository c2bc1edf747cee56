//! How likely a count is: binomial on the log-odds scale.

use statrs::function::factorial::ln_binomial;

/// So many of so many people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// People in whom it happened, at most `of`.
    pub events: u64,
    /// People who were looked at.
    pub of: u64,
    /// What is known to move the log-odds of this study from those of the others; zero where nothing is.
    pub offset: f64,
}

impl Count {
    /// A count of a study that is like the others.
    #[must_use]
    pub fn new(events: u64, of: u64) -> Self {
        Self {
            events,
            of,
            offset: 0.0,
        }
    }

    pub(crate) fn is_fair(&self) -> bool {
        self.events <= self.of && self.offset.is_finite()
    }

    /// The logarithm of the binomial probability where `log_odds` are those of the other studies.
    pub(crate) fn ln_probability(&self, log_odds: f64) -> f64 {
        let x = log_odds + self.offset;
        let of = |count: u64, ln: f64| if count == 0 { 0.0 } else { count as f64 * ln };
        ln_binomial(self.of, self.events) + of(self.events, ln_expit(x)) + of(self.of - self.events, ln_expit(-x))
    }
}

/// The logarithm of the probability of log-odds.
fn ln_expit(x: f64) -> f64 {
    if x < 0.0 {
        x - x.exp().ln_1p()
    } else {
        -(-x).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use needlework_numerics::logit;
    use statrs::distribution::{Binomial, Discrete};

    #[test]
    fn it_is_the_binomial_of_the_library() {
        for (events, of, p) in [(0, 60, 0.02), (7, 32, 0.2), (5, 5, 0.99)] {
            let exact = Binomial::new(p, of).unwrap().ln_pmf(events);
            let found = Count::new(events, of).ln_probability(logit(p));
            assert!((found - exact).abs() < 1e-10, "{found} {exact}");
        }
        let sure = Count::new(0, 60).ln_probability(-800.0);
        assert!(sure == 0.0 && Count::new(1, 60).ln_probability(-800.0) < -700.0);
        let moved = Count {
            offset: 0.5,
            ..Count::new(3, 9)
        };
        assert_eq!(moved.ln_probability(0.1), Count::new(3, 9).ln_probability(0.6));
    }
}
