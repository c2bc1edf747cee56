//! What a judgement needs beside the case: evidence, rules, catalogue, reach, advice, targets, optics.

use needlework_appearance::skin_optics::SpectralTables;
use needlework_case::Catalog;
use needlework_cohort::Posterior;
use needlework_evidence::{Book, PublishedArm, Target};
use needlework_rules::RuleBook;
use needlework_rules::interview::Script;
use needlework_rules::triage::TriageBook;
use needlework_synthesis::Synthesis;

use crate::advice::Advice;
use crate::credibility::Credibility;
use crate::products::Cream;
use crate::reach::ReachTable;

/// Everything that a judgement reads; the facade bundles it.
#[derive(Debug, Clone)]
pub struct Library {
    /// Passports and sources.
    pub book: Book,
    /// Safety rules.
    pub rules: RuleBook,
    /// What to do when something was done already.
    pub triage: TriageBook,
    /// How the questions of an interview are asked.
    pub script: Script,
    /// Sites and devices.
    pub catalog: Catalog,
    /// Which plans lie within the evidence.
    pub reach: ReachTable,
    /// What people are told to do.
    pub advice: Vec<Advice>,
    /// What products do on needled skin.
    pub creams: Vec<Cream>,
    /// What each output is for, and on what it stands.
    pub credibility: Vec<Credibility>,
    /// Published results that predictions are compared with.
    pub targets: Vec<Target>,
    /// Published results of one outcome together.
    pub synthesis: Synthesis,
    /// Published arms that are shown and not simulated.
    pub arms: Vec<PublishedArm>,
    /// What published results leave of worlds; `None` where it was made of other evidence.
    pub posterior: Option<Posterior>,
    /// Spectral tables from 400 to 700 nm.
    pub spectra: SpectralTables,
}
