//! What may become of a gain of collagen: three hypotheses that today's data cannot tell apart. Their equations stand
//! in `Remodelling`.

/// What becomes of a gain: hypotheses that today's data cannot tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemodellingHypothesis {
    /// Collagen returns to its set point.
    Relapse,
    /// Gains are lost only by the turnover of years.
    Persistence,
    /// Gains past a separatrix complete themselves, others are lost.
    TwoStates,
}

impl RemodellingHypothesis {
    /// All laws, in the order of their names.
    pub const ALL: [Self; 3] = [Self::Relapse, Self::Persistence, Self::TwoStates];

    /// A short name for files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relapse => "relapse",
            Self::Persistence => "persistence",
            Self::TwoStates => "two_states",
        }
    }

    /// What it says, in plain words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Relapse => "the gain fades back over months",
            Self::Persistence => "the gain stays for years",
            Self::TwoStates => "a large gain completes itself, a small one fades",
        }
    }
}
