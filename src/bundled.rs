//! The evidence that the binary carries, parsed and checked on start.
//!
//! The files under `evidence/` and `evidence/targets/` are compiled in, so that an answer never depends on what lies
//! beside the binary.

use std::fmt;

use needlework_appearance::skin_optics::SpectralTables;
use needlework_calibration::{Cases, Committed, Likelihood, stamp};
use needlework_case::Catalog;
use needlework_cohort::Posterior;
use needlework_evidence::{Book, parse_arms, parse_targets};
use needlework_ledger::ClaimBook;
use needlework_rules::RuleBook;
use needlework_rules::interview::Script;
use needlework_rules::triage::TriageBook;
use needlework_synthesis::parse_synthesis;
use needlework_verdict::{Engine, Library, ReachTable, parse_advice, parse_creams, parse_credibility, with_waits};

macro_rules! evidence {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../evidence/", $name)))),+]
    };
}

/// Passport and source files, by name.
const PASSPORTS: &[(&str, &str)] = evidence![
    "appearance.toml",
    "cascade.toml",
    "closure.toml",
    "conflicts.toml",
    "controls.toml",
    "field.toml",
    "histology.toml",
    "infection.toml",
    "insertion.toml",
    "mechanics.toml",
    "modifiers.toml",
    "molecules.toml",
    "needles.toml",
    "outcomes.toml",
    "people.toml",
    "priors.toml",
    "reactions.toml",
    "skin.toml",
    "skin_layers.toml",
    "sources.toml",
    "sources_appearance.toml",
    "sources_rules.toml",
    "striae.toml",
];

macro_rules! cases {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../cases/", $name, ".toml")))),+]
    };
}

/// The cases that the ledger of claims is measured on, by name.
const REFERENCE_CASES: &[(&str, &str)] = cases![
    "clinic-abdomen-alba",
    "clinic-thigh-rubra",
    "home-reused-uncleaned",
    "home-roller-0.2mm",
    "home-roller-0.5mm",
    "home-roller-1.5mm",
    "home-vitamin-c",
];

/// The cases that worlds are weighed by and forecast for, by name.
const CALIBRATION_CASES: &[(&str, &str)] = cases![
    "archderm-2023",
    "clinic-abdomen-alba",
    "clinic-thigh-rubra",
    "dogra-2014",
    "fabbrocini-2014",
    "lotfi-2013",
    "park-2012",
    "saki-2022",
];

// numerical: eyes hardly see outside these, and the full tables cost a third more time
const SEEN_NM: [f64; 2] = [400.0, 700.0];

/// Why the bundled evidence cannot be read; a fault of the build, which the tests catch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleError {
    /// The file or part.
    pub part: &'static str,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for BundleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the bundled {} cannot be read: {}; please report this",
            self.part, self.why
        )
    }
}

impl std::error::Error for BundleError {}

/// The bundled passport and source files as (name, text).
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    PASSPORTS
}

/// What was parsed, or which part of the bundle is at fault.
fn named<T, E: fmt::Display>(part: &'static str, parsed: Result<T, E>) -> Result<T, BundleError> {
    parsed.map_err(|error| BundleError {
        part,
        why: error.to_string(),
    })
}

/// Everything that a judgement reads.
///
/// # Errors
/// [`BundleError`] naming the part; it cannot happen in a build whose tests passed.
pub fn bundle() -> Result<Library, BundleError> {
    let catalog = Catalog::parse(
        include_str!("../evidence/sites.toml"),
        include_str!("../evidence/devices.toml"),
    );
    let catalog = named("catalogue", catalog)?;
    let targets = parse_targets("first_chain.toml", include_str!("../evidence/targets/first_chain.toml"));
    let book = named("evidence", Book::parse(PASSPORTS))?;
    let rules = RuleBook::parse(include_str!("../evidence/rules.toml"), book.sources());
    let rules = named("rules", rules)?;
    let triage = TriageBook::parse(include_str!("../evidence/triage.toml"), book.sources());
    let advice = named("advice", parse_advice(include_str!("../evidence/advice.toml")))?;
    let advice = named("advice", with_waits(advice, rules.waits()))?;
    let synthesis = parse_synthesis(include_str!("../evidence/synthesis.toml"), &book);
    Ok(Library {
        synthesis: named("studies that are pooled", synthesis)?,
        posterior: fresh_posterior(&book, &catalog)?,
        book,
        rules,
        triage: named("triage", triage)?,
        script: named("interview", Script::parse(include_str!("../evidence/interview.toml")))?,
        catalog,
        reach: named(
            "table of reach",
            ReachTable::parse(include_str!("../evidence/reach.toml")),
        )?,
        advice,
        creams: named("creams", parse_creams(include_str!("../evidence/creams.toml")))?,
        credibility: named(
            "credibility file",
            parse_credibility(include_str!("../evidence/credibility.toml")),
        )?,
        targets: named("targets", targets)?,
        arms: named("published arms", parse_arms(include_str!("../evidence/arms.toml")))?,
        spectra: spectral_tables()?.thinned(SEEN_NM[0], SEEN_NM[1], 1),
    })
}

/// Light, eyes, blood and water by wavelength, every 10 nm from 380 to 780 nm.
///
/// # Errors
/// [`BundleError`]; it cannot happen in a build whose tests passed.
pub fn spectral_tables() -> Result<SpectralTables, BundleError> {
    let tables = SpectralTables::from_csv(
        include_str!("../evidence/optics/cie_10nm.csv"),
        include_str!("../evidence/optics/absorption_10nm.csv"),
    );
    named("spectra", tables)
}

/// The published results that worlds are weighed by.
///
/// # Errors
/// [`BundleError`]; it cannot happen in a build whose tests passed.
pub fn likelihood(book: &Book) -> Result<Likelihood, BundleError> {
    named(
        "likelihood",
        Likelihood::parse(include_str!("../evidence/likelihood.toml"), book),
    )
}

/// The committed posterior, whether or not it is that of this evidence.
///
/// # Errors
/// [`BundleError`]; it cannot happen in a build whose tests passed.
pub fn committed() -> Result<Committed, BundleError> {
    let text = include_str!("../evidence/posterior/needlework-posterior-1.toml");
    named("posterior", Committed::read(text))
}

/// The committed posterior where it was made of this evidence; otherwise answers rest on the priors and say so.
fn fresh_posterior(book: &Book, catalog: &Catalog) -> Result<Option<Posterior>, BundleError> {
    let committed = committed()?;
    let (likelihood, cases) = (likelihood(book)?, calibration_cases(catalog)?);
    let now = named(
        "evidence",
        stamp((book, catalog), &likelihood, &cases, committed.people_per_world),
    )?;
    Ok((now == committed.posterior.fingerprint).then_some(committed.posterior))
}

/// The cases that they come from, and those that are forecast.
///
/// # Errors
/// [`BundleError`]; it cannot happen in a build whose tests passed.
pub fn calibration_cases(catalog: &Catalog) -> Result<Cases, BundleError> {
    CALIBRATION_CASES
        .iter()
        .map(|(name, text)| {
            let case = named("cases", needlework_case::read(text, &format!("{name}.toml"), catalog))?;
            Ok(((*name).to_owned(), case))
        })
        .collect()
}

/// The article's claims, with the cases that they are measured on.
///
/// # Errors
/// [`BundleError`] as for [`bundle`].
pub fn claims(library: &Library) -> Result<ClaimBook, BundleError> {
    let text = include_str!("../evidence/claims.toml");
    named("claims", ClaimBook::parse(text, REFERENCE_CASES, &library.catalog))
}

/// The engine as a report names it; `commit` is that of the build.
#[must_use]
pub fn engine(commit: &str) -> Engine {
    Engine {
        commit: commit.to_owned(),
        ..Engine::default()
    }
}
