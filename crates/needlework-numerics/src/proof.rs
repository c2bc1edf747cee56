//! One proof: what a number has to be, what was computed, and how far it may be off.
//!
//! Each room states its own in its `proofs.rs`, its tests hold them, and `needlework verify` prints them. What cannot
//! be computed is no number ([`f64::NAN`]), and a proof without a number does not hold.

/// One proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// Short name.
    pub name: &'static str,
    /// What is shown.
    pub shows: &'static str,
    /// What it has to be.
    pub expected: f64,
    /// What was computed.
    pub computed: f64,
    /// How far it may be off.
    pub tolerance: f64,
}

impl Proof {
    /// A proof from its parts, in the order in which they are printed.
    #[must_use]
    pub fn new(name: &'static str, shows: &'static str, expected: f64, computed: f64, tolerance: f64) -> Self {
        Self {
            name,
            shows,
            expected,
            computed,
            tolerance,
        }
    }

    /// Whether it holds. What is no number holds nothing.
    #[must_use]
    pub fn holds(&self) -> bool {
        (self.computed - self.expected).abs() <= self.tolerance
    }
}

/// The largest magnitude among errors. It is no number where one of them is none or where there are no errors at all,
/// so that neither passes for exact.
pub fn largest(errors: impl IntoIterator<Item = f64>) -> f64 {
    errors
        .into_iter()
        .map(f64::abs)
        .reduce(|most, error| if most >= error || most.is_nan() { most } else { error })
        .unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_up_to_its_tolerance_and_never_without_a_number() {
        let of = |computed| Proof::new("", "", 1.0, computed, 0.5).holds();
        assert!(of(1.5) && of(0.5) && !of(1.6) && !of(f64::NAN) && !of(f64::INFINITY));
    }

    #[test]
    fn no_error_hides_behind_the_largest() {
        assert_eq!(largest([0.5, -2.0, 1.0]), 2.0);
        for lost in [&[f64::NAN, 1.0][..], &[1.0, f64::NAN], &[1.0, f64::NAN, 2.0], &[]] {
            assert!(largest(lost.iter().copied()).is_nan(), "{lost:?}");
        }
    }
}
