//! How a needle ends, by kind.

/// How a needle ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tip {
    /// A solid round cone.
    Cone,
    /// A solid square pyramid; its radius is half of its edge.
    Pyramid,
    /// A tube that is cut aslant to a lancet point.
    Bevel,
    /// A flat end, of a wire or of a tube.
    Blunt,
}

impl Tip {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Cone, Self::Pyramid, Self::Bevel, Self::Blunt];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cone => "cone",
            Self::Pyramid => "pyramid",
            Self::Bevel => "bevel",
            Self::Blunt => "blunt",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tip| tip.name() == name)
    }
}
