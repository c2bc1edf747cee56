//! One proof: what a number has to be, what was computed, and how far it may be off.

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
    /// Whether it holds. A number that is none holds nothing.
    #[must_use]
    pub fn holds(&self) -> bool {
        (self.computed - self.expected).abs() <= self.tolerance
    }
}

/// A proof from its parts.
pub(crate) fn proof(name: &'static str, shows: &'static str, expected: f64, computed: f64, tolerance: f64) -> Proof {
    Proof {
        name,
        shows,
        expected,
        computed,
        tolerance,
    }
}
