//! Why a case could not be judged, by the room that says so.

use std::fmt;

use needlework_appearance::adding_doubling::OpticsError;
use needlework_cohort::CohortError;
use needlework_evidence::BookError;

/// Why a case could not be judged. A refused plan is not among them: that is an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum VerdictError {
    /// The cohort could not be simulated.
    Cohort(CohortError),
    /// The evidence lacks something.
    Evidence(BookError),
    /// A colour could not be computed.
    Optics(OpticsError),
}

impl fmt::Display for VerdictError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cohort(error) => error.fmt(out),
            Self::Evidence(error) => error.fmt(out),
            Self::Optics(error) => write!(out, "a colour could not be computed: {error}"),
        }
    }
}

impl std::error::Error for VerdictError {}

impl From<CohortError> for VerdictError {
    fn from(error: CohortError) -> Self {
        Self::Cohort(error)
    }
}

impl From<BookError> for VerdictError {
    fn from(error: BookError) -> Self {
        Self::Evidence(error)
    }
}

impl From<OpticsError> for VerdictError {
    fn from(error: OpticsError) -> Self {
        Self::Optics(error)
    }
}
