//! Why a request got no answer, as data; the pages and the programs are told in their own ways.

use needlework::case::Diagnostics;
use needlework_desk::problem::Problem;

/// Why a request got no answer.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is nothing at this address.
    NotFound,
    /// Too much is asked at once.
    Busy,
    /// What a form carried is not of our making.
    Stale,
    /// More was sent than anything here takes.
    TooLarge,
    /// What the command line would say as well.
    Problem(Problem),
}

impl Fault {
    /// Work that broke in a way that none should.
    pub(crate) fn broke() -> Self {
        Self::Problem(Problem::failed("the computation broke", "please report this"))
    }

    /// Work that failed.
    pub(crate) fn failed(what: &str, error: impl std::fmt::Display) -> Self {
        Self::Problem(Problem::failed(format!("{what}: {error}"), "please report this"))
    }

    /// The number by which HTTP knows it.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Busy => 503,
            Self::Stale => 400,
            Self::TooLarge => 413,
            Self::Problem(Problem::Case(_) | Problem::Input { .. }) => 422,
            Self::Problem(Problem::Failed { .. }) => 500,
        }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Diagnostics> for Fault {
    fn from(wrong: Diagnostics) -> Self {
        Self::Problem(Problem::Case(wrong))
    }
}
