//! How much of space a run resolves: depth alone, a round cell about one channel, or a patch with its own holes.

/// How much of space is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fidelity {
    /// Depth only: everything at one depth is alike.
    Column,
    /// Depth and distance from one channel.
    Cell,
    /// All of space, with the holes where they are.
    Patch,
}

impl Fidelity {
    /// All, from the coarsest.
    pub const ALL: [Self; 3] = [Self::Column, Self::Cell, Self::Patch];

    /// A short name for files and commands.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Cell => "cell",
            Self::Patch => "patch",
        }
    }
}
