//! How one person's hand and skin take needles, beside others in the same world.

/// How a person's hand and skin differ from the world's typical ones; standard normal draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Share of length brought in.
    pub insertion_ratio: f64,
}
