//! What can be asked of trials, and of all plans of a case.

use std::path::PathBuf;

use clap::Args;

use crate::reader::Reader;

/// Try every plan.
#[derive(Debug, Args)]
#[command(
    after_help = "Plans differ in length, passes, sessions and interval; device, person and mark are those of the \
        case. For laypeople no plan has\n\
    longer needles, more passes, more sessions or shorter intervals than the case. Published creams stand below, not \
    simulated.\n\n\
    Exit codes: 0 done (no plan is an answer), 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework plan cases/clinic-abdomen-alba.toml --for research --out plan"
)]
pub struct Plan {
    /// The case file (TOML); - reads standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,
    /// Who reads: a layperson is shown no plan that is more than the case has, or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Worlds in which the plans that are left meet, with five people each
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 400,
        value_parser = clap::value_parser!(u32).range(8..=5000),
        allow_negative_numbers = true,
    )]
    pub worlds: u32,
    /// Most sessions of a plan
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 6,
        value_parser = clap::value_parser!(u32).range(1..=8),
        allow_negative_numbers = true,
    )]
    pub sessions: u32,
    /// Most dark marks, as the upper end of their range, in 1,000 courses
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(0..=1000),
        allow_negative_numbers = true,
    )]
    pub most_dark_marks: Option<u32>,
    /// Most infections, likewise
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(0..=1000),
        allow_negative_numbers = true,
    )]
    pub most_infections: Option<u32>,
    /// Most scars, likewise
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(0..=1000),
        allow_negative_numbers = true,
    )]
    pub most_scars: Option<u32>,
    /// Draw worlds from the priors alone, not from what published results leave of them
    #[arg(long)]
    pub prior: bool,
    /// Write plan.html and plan.json into this folder; earlier plans there are replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Run a trial.
#[derive(Debug, Args)]
#[command(
    after_help = "For research. The study is run once in each world: people are drawn, treated, rated, lost and \
        tested. Tests: paired t, Wilcoxon's\n\
    signed ranks, Welch's t, exact binomial, Fisher, McNemar, proportional odds. Infections, scars and pain are no \
    outcomes here.\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework trial cases/trials/split-belly.toml --out trial"
)]
pub struct Trial {
    /// The study file (TOML); `needlework schema --study` describes it, cases/trials/ holds examples; - reads standard
    /// input
    #[arg(value_name = "STUDY")]
    pub study: PathBuf,
    /// Worlds: draws of what is not known, each with one replicate of the trial
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 400,
        value_parser = clap::value_parser!(u32).range(8..=5000),
        allow_negative_numbers = true,
    )]
    pub worlds: u32,
    /// Draw worlds from what published results leave of the priors, as assess does; those results are of studies
    /// without a comparison, which a trial is there to doubt. A study with a published value never does
    #[arg(long)]
    pub posterior: bool,
    /// Write trial.html, trial.json, trial.csv and trial.parquet into this folder; an earlier trial there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
