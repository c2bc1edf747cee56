//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Is micro-needling safe enough to use on stretch marks, and will it help?
///
/// Needlework simulates the whole chain for one person, body site, mark, device and regimen. It says which safety rules stop a
/// plan, what may be expected against doing nothing, and how sure that is. It is research and education software, not a
/// medical device.
#[derive(Debug, Parser)]
#[command(name = "needlework", version, max_term_width = 100)]
pub struct Needlework {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub shared: Shared,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Shared {
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Threads to compute with; 0 takes all. They change no result
    #[arg(long, global = true, default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub threads: u16,
    /// Seed of all random numbers
    #[arg(long, global = true, default_value_t = 1)]
    pub seed: u64,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge a plan: does a rule stop it, what may be expected of it, how sure is that
    Assess(Assess),
    /// Print the JSON Schema of a case file, or of a report
    Schema(Schema),
    /// List the body sites that a case can name
    Sites,
    /// List the devices that a case can name
    Devices,
    /// List the questions that a case can answer, and the rules behind them
    Conditions,
    /// List the safety rules, or show one
    Rules(Rules),
    /// List the evidence, or show one number with its passport
    Evidence(Evidence),
}

/// Judge a plan.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 done (a refused plan is an answer), 1 the work failed, 2 the input is wrong, 3 --deny.\n\n\
    Example: needlework assess cases/clinic-abdomen-alba.toml --out out"
)]
pub struct Assess {
    /// The case file (TOML); `needlework schema` describes it, cases/ holds examples; - reads standard input
    pub case: PathBuf,
    /// Who reads: a layperson is shown no forecast of a plan that a rule stops or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, default_value = "2000", value_parser = people)]
    pub people: usize,
    /// Write report.html and report.json into this folder; an earlier report there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write every virtual person into this Parquet file
    #[arg(long, value_name = "FILE.parquet")]
    pub people_out: Option<PathBuf>,
    /// Exit with 3 when the verdict is this severe or more
    #[arg(long, value_enum, value_name = "VERDICT")]
    pub deny: Option<Deny>,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reader {
    /// A careful layperson.
    Lay,
    /// A researcher.
    Research,
}

/// From which verdict on the exit code is 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// See a doctor first.
    Refer,
    /// A rule stops it.
    Refuse,
}

/// Print a schema.
#[derive(Debug, Args)]
pub struct Schema {
    /// Of report.json instead of a case file
    #[arg(long)]
    pub report: bool,
}

/// List the rules, or show one.
#[derive(Debug, Args)]
pub struct Rules {
    /// The rule to show, such as R25a
    pub id: Option<String>,
}

/// List the evidence, or show one number.
#[derive(Debug, Args)]
pub struct Evidence {
    /// The key to show, such as puncture.reach.roller; the beginning of a key lists all that begin so
    pub key: Option<String>,
}

fn people(text: &str) -> Result<usize, String> {
    let count: usize = text.parse().map_err(|_| "a whole number is needed".to_owned())?;
    match count {
        50..=100_000 if count.is_multiple_of(5) => Ok(count),
        50..=100_000 => Err(format!(
            "five people live in each world, so take a multiple of 5, such as {}",
            count / 5 * 5
        )),
        _ => Err("between 50 and 100000 people can be simulated".to_owned()),
    }
}
