//! Why a calibration says nothing.

use needlework_cohort::CohortError;
use needlework_evidence::BookError;

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Failed {
    /// The evidence lacks something.
    Evidence(BookError),
    /// The data are impossible in every world, or there is no world.
    Impossible,
    /// The work was stopped.
    Stopped,
}

impl From<BookError> for Failed {
    fn from(error: BookError) -> Self {
        Self::Evidence(error)
    }
}

impl From<CohortError> for Failed {
    fn from(error: CohortError) -> Self {
        match error {
            CohortError::Evidence(error) => Self::Evidence(error),
            CohortError::Interrupted(_) | CohortError::Empty => Self::Stopped,
        }
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Evidence(error) => write!(out, "the evidence does not fill the model: {error}"),
            Self::Impossible => out.write_str("no world of the bank could have given these data"),
            Self::Stopped => out.write_str("it was stopped"),
        }
    }
}

impl std::error::Error for Failed {}
