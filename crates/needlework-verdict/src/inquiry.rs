//! How a case is asked about: with which evidence, by which engine, on how many virtual people, and who reads.
//!
//! The case itself stands beside it, since a comparison asks the same about several cases. Whoever changes one thing
//! keeps the rest: `Inquiry { reading: Reading::Research, ..Inquiry::new(&library) }`.

use needlework_cohort::{Posterior, Settings};

use crate::library::Library;
use crate::report::{Engine, Reading};

/// What a judgement, a comparison and the questions beside them are asked with.
///
/// ```
/// use needlework_verdict::{Inquiry, Reading};
///
/// let library = needlework::bundle()?;
/// let usual = Inquiry::new(&library);
/// let research = Inquiry { reading: Reading::Research, ..usual.clone() };
/// assert_eq!(research.settings, usual.settings);
/// # Ok::<(), needlework::BundleError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Inquiry<'a> {
    /// The evidence.
    pub library: &'a Library,
    /// The engine as the answer names it.
    pub engine: Engine,
    /// How many people are simulated, and how.
    pub settings: Settings,
    /// Who reads.
    pub reading: Reading,
    /// Where worlds are drawn from, as far as it belongs to the evidence; `None` for the priors.
    pub posterior: Option<&'a Posterior>,
}

impl<'a> Inquiry<'a> {
    /// What the command line asks by default: for a layperson, on the usual number of people.
    #[must_use]
    pub fn new(library: &'a Library) -> Self {
        Self {
            library,
            engine: Engine::default(),
            settings: Settings::default(),
            reading: Reading::Lay,
            posterior: library.posterior.as_ref(),
        }
    }
}
