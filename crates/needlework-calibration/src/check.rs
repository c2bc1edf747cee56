//! Whether a committed posterior is still what the engine would make: the likelihoods of the first worlds of its bank
//! are computed anew.

use needlework_case::Catalog;
use needlework_cohort::Settings;
use needlework_evidence::Book;
use needlework_numerics::{Continue, Progress};

use crate::bank::{Cases, rows};
use crate::committed::Committed;
use crate::datum::Likelihood;
use crate::failed::Failed;
use crate::posterior::stamp;
use crate::weigh::Weighing;

/// The largest difference of a logarithm of a likelihood that is none, in nats.
// numerical: rounding differs in the last of some sixteen digits, and is amplified a thousandfold on the way
pub const CHECKED: f64 = 1e-9;

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What priors, data, cases, people and chain are now.
    pub fingerprint: String,
    /// Whether they are what they were.
    pub fresh: bool,
    /// Worlds that were looked at.
    pub worlds: usize,
    /// The largest difference of the logarithm of a likelihood, nats.
    pub largest: f64,
}

impl Checked {
    /// Whether the posterior stands.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.fresh && self.largest <= CHECKED
    }
}

/// Computes the kept likelihoods of a posterior anew, on so many threads.
///
/// # Errors
/// [`Failed`] when the evidence lacks something or `progress` says stop.
pub fn check(
    committed: &Committed,
    likelihood: &Likelihood,
    cases: &Cases,
    (book, catalog): (&Book, &Catalog),
    threads: usize,
    progress: &mut dyn FnMut(Progress) -> Continue,
) -> Result<Checked, Failed> {
    let fingerprint = stamp((book, catalog), likelihood, cases, committed.people_per_world)?;
    let worlds = committed.ln_likelihoods.len();
    let settings = Settings {
        seed: committed.posterior.seed,
        worlds,
        people_per_world: committed.people_per_world,
        threads,
    };
    let rows = rows(likelihood, cases, (book, catalog), &settings, 0..worlds, progress)?;
    let weighing = Weighing::of(likelihood, &rows, book)?;
    let weighed = weighing.by(&weighing.weighing(None)).ok_or(Failed::Impossible)?;
    let apart = |(now, then): (&f64, &f64)| {
        // What is impossible both times differs by nothing.
        if now == then {
            0.0
        } else {
            let apart = (now - then).abs();
            if apart.is_nan() { f64::INFINITY } else { apart }
        }
    };
    Ok(Checked {
        fresh: fingerprint == committed.posterior.fingerprint,
        fingerprint,
        worlds,
        largest: weighed
            .ln_likelihoods
            .iter()
            .zip(&committed.ln_likelihoods)
            .map(apart)
            .fold(0.0, f64::max),
    })
}
