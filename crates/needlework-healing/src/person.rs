//! How one person's healing differs from that of others in the same world.

/// How a person's tissue response differs; a standard normal draw.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonDraws {
    /// Strength of the answer.
    pub response: f64,
}
