//! Sums of numbers that are given by their logarithm: ln Σ e^x = most + ln Σ e^(x − most), which neither overflows nor
//! vanishes.

/// The logarithm of the sum of e to the `terms`; minus infinity of none. A term that is no number gives none.
#[must_use]
pub fn ln_sum_exp(terms: impl Iterator<Item = f64>) -> f64 {
    let terms: Vec<f64> = terms.collect();
    if terms.iter().any(|term| term.is_nan()) {
        return f64::NAN;
    }
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most.is_infinite() {
        return most;
    }
    most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_terms_neither_overflow_nor_vanish() {
        for shift in [-1e6, 0.0, 1e6] {
            let found = ln_sum_exp([shift, shift + 1.0].into_iter());
            assert!((found - shift - (1.0 + 1.0_f64.exp()).ln()).abs() < 1e-9, "{shift}");
        }
        assert_eq!(ln_sum_exp([].into_iter()), f64::NEG_INFINITY);
        assert_eq!(ln_sum_exp([f64::NEG_INFINITY; 2].into_iter()), f64::NEG_INFINITY);
        assert!(ln_sum_exp([f64::NAN, 1.0].into_iter()).is_nan());
    }
}
