//! What can be asked on the command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use needlework::units::Length;

use crate::number::{self, people};

pub use crate::light::Optics;
pub use crate::reader::Reader;
pub use crate::research::{Plan, Trial};
pub use crate::skin_pictures::Render;

/// Is micro-needling safe enough to use on stretch marks, and will it help?
///
/// Needlework simulates the whole chain for one person, body site, mark, device and regimen. It says which safety rules
/// stop a plan, what may be expected against doing nothing, and how sure that is. It is research and education
/// software, not a medical device.
#[derive(Debug, Parser)]
#[command(
    name = "needlework",
    version,
    max_term_width = 100,
    after_help = "Begin with: needlework assess cases/clinic-abdomen-alba.toml --out out"
)]
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
    /// Threads to compute with; 0 takes all that the machine has. The result is the same
    #[arg(
        long,
        global = true,
        value_name = "NUMBER",
        default_value_t = 0,
        value_parser = clap::value_parser!(u16).range(0..=1024),
        allow_negative_numbers = true,
    )]
    pub threads: u16,
    /// Seed of all random numbers: the same seed gives the same answer
    #[arg(
        long,
        global = true,
        value_name = "NUMBER",
        default_value_t = 1,
        value_parser = seed,
        allow_negative_numbers = true,
    )]
    pub seed: u64,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge a plan: does a rule stop it, what may be expected of it, how sure is that
    Assess(Assess),
    /// Put alternatives side by side on the same virtual people, doing nothing always among them
    Compare(Compare),
    /// Follow germs through any set of punctures: what comes in, the risk as a range, each step of hygiene left out
    Infect(Infect),
    /// Sample the skin of a body site: layers, stiffness, tension lines, germs, colour, and how people differ
    Skin(Skin),
    /// Push one needle into skin: force, the drop, depth, gape; and what its device leaves
    Insert(Insert),
    /// Follow light through any stack of layers: reflectance, colour, where it comes out, what an instrument reads
    Optics(Optics),
    /// Try many designs of a device side by side, and show which of them none beats
    Sweep(Sweep),
    /// Try every plan that no rule stops, and find the gentlest that is nearly as good as the best, or that none is
    /// worth it
    Plan(Plan),
    /// Run a trial in many worlds: how probably it finds what is there, and what is not; where a published value falls
    Trial(Trial),
    /// Simulate one course in full: the healing tissue in depth, about one channel, or in all of space
    Simulate(Simulate),
    /// Draw how it looks: a patch of skin before, after a session, and at a month with the plan and without it
    Render(Render),
    /// It was done already: emergency help, a doctor today, a doctor soon, or watch it, and what to do by day
    Triage(Triage),
    /// Ask the questions that the rules and the chain need, and write a case
    Interview(Interview),
    /// List the article's claims with the evidence, the verdict and what is computed now, or show one
    Claims(Claims),
    /// Show what creams do on needled skin: how much passes, until when they wait, what nobody knows
    Creams(Creams),
    /// Print the model card and the credibility file, as Markdown
    Card,
    /// Print the JSON Schema of a case file, or of the answer of a command
    Schema(Schema),
    /// List the body sites that a case can name
    Sites,
    /// List the devices that a case can name
    Devices,
    /// List the questions that a case can answer, and the rules behind them (! unanswered, a doctor is to be asked)
    Conditions,
    /// List the safety rules, or show one
    Rules(Rules),
    /// List the evidence, show one number with its passport, or try another in its place
    Evidence(Evidence),
    /// Weigh worlds by published results: what the data change, and on which assumption that hangs
    Calibrate(Calibrate),
    /// Compare every declared target with what is computed: hits, misses, and what cannot be computed yet
    Validate(Validate),
    /// Recompute the numerical proofs
    Verify(Verify),
    /// Open the local page: the questions, the answer and all that is known, in a browser on this machine
    Serve(Serve),
    /// Print the script by which a shell completes commands and options
    Completions(Completions),
    /// Write the manual pages: one of the program, and one of each command
    Man(Man),
}

/// Weigh worlds.
#[derive(Debug, Args)]
#[command(
    after_help = "For research: the results of open arms are few, uncontrolled and unblinded, so most stays as the\n\
    priors have it. A run of minutes shows its progress; Ctrl-C or a kill leaves a run in DIR.part that --resume\n\
    goes on with.\n\
    Exit codes: 0 done, 1 the work failed or was stopped, 2 the input is wrong.\n\n\
    Example: needlework calibrate --out calibration"
)]
pub struct Calibrate {
    /// Worlds of the bank: draws of what is not known
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 50_000,
        value_parser = clap::value_parser!(u32).range(20..=1_000_000),
        allow_negative_numbers = true,
    )]
    pub worlds: u32,
    /// Virtual people in each world and study
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 10,
        value_parser = clap::value_parser!(u32).range(2..=100),
        allow_negative_numbers = true,
    )]
    pub people: u32,
    /// Particles of the sample that is drawn by moving worlds where the weights cannot be trusted (about ten minutes a
    /// thousand); 0 draws none. Usual: 2000 from 20,000 worlds on, none of fewer, which are a trial
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(0..=20_000),
        allow_negative_numbers = true,
    )]
    pub particles: Option<u32>,
    /// Leave the results of one study out of all weights, such as Park2012
    #[arg(long, value_name = "STUDY")]
    pub leave_out: Option<String>,
    /// Write calibrate.json, the draws and the bank of worlds into this folder; an earlier calibration is replaced.
    /// posterior.toml in it is what answers rest on once it is committed
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with the run that was interrupted
    #[arg(long, requires = "out", conflicts_with = "restart")]
    pub resume: bool,
    /// Throw the interrupted run away and begin anew
    #[arg(long, requires = "out")]
    pub restart: bool,
    /// Weigh nothing; check that the posterior that answers rest on is still what this build would make
    #[arg(long, conflicts_with_all = ["out", "leave_out", "worlds", "people", "particles"])]
    pub check: bool,
}

/// Compare targets.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 done (a miss is a result), 1 the work failed, 2 the input is wrong.\n\n\
    Uses: calibration (may be fitted), check (must still be reproduced), validation (never fitted),\n\
    hold-out (inputs only, predicted blind), verify (a formula that the code must give back)."
)]
pub struct Validate {
    /// Show targets of one use only
    #[arg(
        long = "use",
        value_name = "USE",
        value_parser = ["calibration", "check", "validation", "hold-out", "verify"],
    )]
    pub used: Option<String>,
    /// Write the pages of validation/results; run it from the root of a checkout
    #[arg(long, conflicts_with = "used")]
    pub write: bool,
    /// Predict what is held out, before anybody looks, and write it into validation/blind; run it from the root of a
    /// checkout
    #[arg(long, conflicts_with_all = ["used", "write"])]
    pub freeze: bool,
}

/// Recompute proofs.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 all proofs hold, 1 one does not or the work failed, 2 the input is wrong.")]
pub struct Verify {
    /// Write validation/results/verification.md; run it from the root of a checkout
    #[arg(long)]
    pub write: bool,
}

/// Judge a plan.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 done (a refused plan is an answer), 1 the work failed, 2 the input is wrong, 3 \
        --deny.\n\n\
    Example: needlework assess cases/clinic-abdomen-alba.toml --out out"
)]
pub struct Assess {
    /// The case file (TOML); `needlework schema` describes it, cases/ holds examples; - reads standard input
    pub case: PathBuf,
    /// Who reads: a layperson is shown no forecast of a plan that a rule stops or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "2000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Draw worlds from the priors alone, not from what published results leave of them
    #[arg(long)]
    pub prior: bool,
    /// Write report.html, report.json and, with a start date, calendar.ics into this folder; an earlier report there is
    /// replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write every virtual person into this file, as Parquet or as comma-separated values by its ending: .parquet or
    /// .csv
    #[arg(long, value_name = "FILE.parquet|csv")]
    pub people_out: Option<PathBuf>,
    /// Exit with 3 when the verdict is this severe or more
    #[arg(long, value_enum, value_name = "VERDICT")]
    pub deny: Option<Deny>,
}

/// Put alternatives side by side.
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is ranked: alternatives stand in the order in which they are named. Published creams and \
        lasers stand below, not simulated.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework compare cases/clinic-abdomen-alba.toml --vary \"device.needle_length=1 mm,1.5 mm,2 mm\""
)]
pub struct Compare {
    /// The case files (TOML); - reads standard input
    #[arg(required = true, value_name = "CASE")]
    pub cases: Vec<PathBuf>,
    /// Vary a field of each case over values written as in a case file without quotes, such as
    /// "regimen.sessions=1,3,6"; several give every combination, 24 at most
    #[arg(long, value_name = "KEY=A,B,C")]
    pub vary: Vec<String>,
    /// Who reads: a layperson is shown no forecast of a plan that a rule stops or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people in each alternative, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "2000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Draw worlds from the priors alone, not from what published results leave of them
    #[arg(long)]
    pub prior: bool,
    /// Write compare.html, compare.json and compare.parquet into this folder; an earlier comparison there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Follow germs through punctures.
#[derive(Debug, Args)]
#[command(
    after_help = "Any punctures do: rollers, pens, stamps, and single needles with the devices hypodermic-21g, \
        insulin-31g and acupuncture-0.25.\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework infect cases/clinic-abdomen-alba.toml --set device.name=acupuncture-0.25 --set \
    regimen.punctures=10"
)]
pub struct Infect {
    /// The case file (TOML); - reads standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,
    /// Set a field of the case, written as in a case file without quotes, such as "hygiene.through_cloth=true"; may be
    /// given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Who reads: a layperson is shown no numbers of a plan that a rule stops
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "1000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Draw worlds from the priors alone, not from what published results leave of them
    #[arg(long)]
    pub prior: bool,
    /// Write infect.html and infect.json into this folder; an earlier answer of this command there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Sample the skin of a site.
#[derive(Debug, Args)]
#[command(
    after_help = "What is not said of the people is drawn as in a case that leaves it open.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework skin abdomen --age \"31 years\" --sex female --bmi \"24 kg/m2\" --out skin"
)]
pub struct Skin {
    /// The body site; `needlework sites` lists them
    pub site: String,
    /// Age, such as "31 years"
    #[arg(long, value_name = "AGE", allow_hyphen_values = true)]
    pub age: Option<String>,
    /// Sex
    #[arg(long, value_parser = ["female", "male"])]
    pub sex: Option<String>,
    /// Body mass index, such as "24 kg/m2"
    #[arg(long, value_name = "BMI", allow_hyphen_values = true)]
    pub bmi: Option<String>,
    /// Skin type
    #[arg(long, value_parser = ["I", "II", "III", "IV", "V", "VI"])]
    pub skin_type: Option<String>,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "2000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Write skin.html with pictures of the layers, and skin.json, into this folder; an earlier sample there is
    /// replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write every virtual person into this file, as Parquet or as comma-separated values by its ending: .parquet or
    /// .csv
    #[arg(long, value_name = "FILE.parquet|csv")]
    pub people_out: Option<PathBuf>,
}

/// Push one needle into skin.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Any needle does: rollers, stamps, pens, and single ones such as hypodermic-21g; --set device.… describes one of \
    your own.\n\n\
    Example: needlework insert dermaroller-mf8 --site abdomen --out out")]
pub struct Insert {
    /// The device, by a name that `needlework devices` lists
    pub device: String,
    /// The body site, by a name that `needlework sites` lists
    #[arg(long, value_name = "SITE", default_value = "abdomen")]
    pub site: String,
    /// Set a field of the device, written as in a case file without quotes, such as "device.needle_length=1 mm"; may be
    /// given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Force of the hand on the device, such as "3 N"; drawn where it is not set
    #[arg(long, value_name = "FORCE", allow_hyphen_values = true)]
    pub force: Option<String>,
    /// The other hand holds the skin taut
    #[arg(long)]
    pub stretched: bool,
    /// Passes of a session over the same skin; drawn where it is not set
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u16).range(1..=50),
        allow_negative_numbers = true,
    )]
    pub passes: Option<u16>,
    /// Sessions of the hole map
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..=60),
        allow_negative_numbers = true,
    )]
    pub sessions: u32,
    /// Side of the square of the hole map, such as "5 cm"; a bare number counts centimetres
    #[arg(long, value_name = "LENGTH", default_value = "5 cm", value_parser = side, allow_hyphen_values = true)]
    pub side: Length,
    /// Worlds: draws of what is not known
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 400,
        value_parser = clap::value_parser!(u32).range(20..=20000),
        allow_negative_numbers = true,
    )]
    pub worlds: u32,
    /// Write insert.html, insert.json and holes.csv into this folder; an earlier answer of this command there is
    /// replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Try many designs.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Any number of the file may be a list or a range; every combination is a design, 100000 at most.\n\n\
    Example: needlework sweep cases/designs/roller.toml --out out")]
pub struct Sweep {
    /// The design file (TOML); cases/designs holds an example; - reads standard input
    pub design: PathBuf,
    /// Worlds that every design meets: draws of what is not known
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 64,
        value_parser = clap::value_parser!(u32).range(8..=4000),
        allow_negative_numbers = true,
    )]
    pub worlds: u32,
    /// Write sweep.html, sweep.json, sweep.csv and sweep.parquet into this folder; an earlier sweep there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Simulate one course.
#[derive(Debug, Args)]
#[command(
    after_help = "For research: one piece of tissue, everything that is not known at its median; it is no forecast.\n\
    A run of minutes shows its progress; Ctrl-C or a kill leaves a run in DIR.part that --resume goes on with.\n\
    Exit codes: 0 done, 1 the work failed or was stopped, 2 the input is wrong.\n\n\
    Example: needlework simulate cases/clinic-abdomen-alba.toml --fidelity cell --out tissue"
)]
pub struct Simulate {
    /// The case file (TOML); - reads standard input
    #[arg(value_name = "CASE")]
    pub case: PathBuf,
    /// How much of space is resolved
    #[arg(long, value_enum, default_value_t = Resolved::Column)]
    pub fidelity: Resolved,
    /// What becomes of a gain of collagen
    #[arg(long, value_enum, default_value_t = HypothesisName::Persistence)]
    pub law: HypothesisName,
    /// When the run ends, such as "26 week"; half a year after the last session where not given
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Times at which whole fields are taken, such as "1 day, 1 week, 26 week"
    #[arg(long, value_name = "TIMES")]
    pub frames: Option<String>,
    /// Size of a cell in depth, and sideways in a patch, such as "25 um"
    #[arg(long, value_name = "LENGTH", conflicts_with = "coarse", allow_hyphen_values = true)]
    pub cell: Option<String>,
    /// Side of a patch, such as "2.5 mm"
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub side: Option<String>,
    /// Large cells: for trying out, not for numbers
    #[arg(long)]
    pub coarse: bool,
    /// Length of the steps over the usual one, to see what it changes
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = step_scale, allow_negative_numbers = true)]
    pub step_scale: f64,
    /// Infect the holes of the first session for so long, such as "5 day"
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub infection: Option<String>,
    /// Stretch the tissue along x beyond its resting stretch, as a share, such as 0.05
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = stretch, allow_negative_numbers = true)]
    pub stretch: f64,
    /// Refuse a run that needs more memory than this, such as "2 GB"; what the machine has where not given
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub memory: Option<String>,
    /// Who reads: a layperson is shown nothing of a plan that a rule stops
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// How often a run with --out is kept, so that a kill loses no more than that
    #[arg(long, value_name = "TIME", default_value = "1 min")]
    pub keep_every: String,
    /// Write fields (VTK), curves (Parquet, CSV), pictures and a page into this folder; an earlier simulation there is
    /// replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Go on with the run that was interrupted
    #[arg(long, requires = "out", conflicts_with = "restart")]
    pub resume: bool,
    /// Throw the interrupted run away and begin anew
    #[arg(long, requires = "out")]
    pub restart: bool,
}

/// How much of space is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Resolved {
    /// Depth only.
    Column,
    /// Depth and distance from one channel.
    Cell,
    /// All of space, with the holes where they are.
    Patch,
}

impl From<Resolved> for needlework::healing::Fidelity {
    fn from(resolved: Resolved) -> Self {
        match resolved {
            Resolved::Column => Self::Column,
            Resolved::Cell => Self::Cell,
            Resolved::Patch => Self::Patch,
        }
    }
}

/// What becomes of a gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HypothesisName {
    /// It fades back over months.
    Relapse,
    /// It stays for years.
    Persistence,
    /// A large one completes itself, a small one fades.
    TwoStates,
}

impl From<HypothesisName> for needlework::healing::RemodellingHypothesis {
    fn from(law: HypothesisName) -> Self {
        match law {
            HypothesisName::Relapse => Self::Relapse,
            HypothesisName::Persistence => Self::Persistence,
            HypothesisName::TwoStates => Self::TwoStates,
        }
    }
}

fn stretch(text: &str) -> Result<f64, String> {
    match number::share(text)? {
        share if (0.0..=0.5).contains(&share) => Ok(share),
        _ => Err("a share from 0 to 0.5 is needed, above the resting stretch; skin tears not far beyond".to_owned()),
    }
}

fn step_scale(text: &str) -> Result<f64, String> {
    match number::share(text)? {
        scale if (0.001..=1.0).contains(&scale) => Ok(scale),
        _ => Err("a share from 0.001 to 1 is needed".to_owned()),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    number::whole(text).map_err(|why| format!("{why}; a seed is a whole number from 0 to {}", u64::MAX))
}

fn side(text: &str) -> Result<Length, String> {
    match number::centimetres(text)? {
        side if (1.0..=20.0).contains(&side.cm()) => Ok(side),
        _ => Err("a side from 1 cm to 20 cm is needed".to_owned()),
    }
}

/// Something was done already.
#[derive(Debug, Args)]
#[command(
    after_help = "Say in the case when it was done (regimen.last_session), with what, and what is seen now (the \
        section signs); a sign that is left\n\
    out is judged by its worst answer. It forecasts nothing. In an emergency do not read on: call 112, 999, 911 or \
    your own number.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework triage cases/done/shared-roller.toml"
)]
pub struct Triage {
    /// The case file (TOML); - reads standard input; `needlework interview` asks and writes one
    #[arg(value_name = "CASE")]
    pub case: PathBuf,
    /// Write triage.html and triage.json into this folder; an earlier one there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Ask the questions and write a case.
#[derive(Debug, Args)]
#[command(
    after_help = "First: is it planned, or done already? A plan is asked for its mark and means, then what can stop \
        it; it ends as soon as nothing can\n\
    change the answer. What was done already is asked for its signs, and ends with what `needlework triage` says. A \
    usual case takes some 25\n\
    questions. Nothing is sent anywhere; the file is private to you.\n\n\
    Example: needlework interview --out my-case.toml"
)]
pub struct Interview {
    /// Write the case into this file; it is kept after every answer
    #[arg(long, value_name = "FILE.toml", default_value = "my-case.toml")]
    pub out: PathBuf,
    /// Go on from this case in the making
    #[arg(long, value_name = "FILE.toml")]
    pub resume: Option<PathBuf>,
    /// One answer on each line, without arrow keys
    #[arg(long)]
    pub plain: bool,
}

/// From which verdict on the exit code is 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// See a doctor first.
    Refer,
    /// A rule stops it.
    Refuse,
}

/// List the article's claims, or show one.
#[derive(Debug, Args)]
pub struct Claims {
    /// The claim to show in full, such as C9
    pub id: Option<String>,
    /// Virtual people for each situation, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "1000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
    /// Write claims.html and claims.json into this folder; an earlier ledger there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Show what creams do on needled skin.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Doses are for one layer of a product of 1 %; they are an upper end, since a real one dries.\n\n\
    Example: needlework creams cases/home-vitamin-c.toml")]
pub struct Creams {
    /// The case (TOML) whose device, site and aftercare are taken; - reads standard input; a clinic plan for pale marks
    /// of the belly where none is named
    pub case: Option<PathBuf>,
    /// Who reads: a layperson is shown nothing of a plan that is stopped
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "1000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
}

/// Print a schema.
#[derive(Debug, Args)]
pub struct Schema {
    /// Of report.json instead of a case file
    #[arg(long, group = "of")]
    pub report: bool,
    /// Of compare.json instead of a case file
    #[arg(long, group = "of")]
    pub comparison: bool,
    /// Of triage.json instead of a case file
    #[arg(long, group = "of")]
    pub triage: bool,
    /// Of infect.json instead of a case file
    #[arg(long, group = "of")]
    pub germs: bool,
    /// Of skin.json instead of a case file
    #[arg(long, group = "of")]
    pub skin: bool,
    /// Of insert.json instead of a case file
    #[arg(long, group = "of")]
    pub needle: bool,
    /// Of optics.json instead of a case file
    #[arg(long, group = "of")]
    pub optics: bool,
    /// Of sweep.json instead of a case file
    #[arg(long, group = "of")]
    pub designs: bool,
    /// Of a study file, which `trial` reads, instead of a case file
    #[arg(long, group = "of")]
    pub study: bool,
    /// Of plan.json instead of a case file
    #[arg(long, group = "of")]
    pub plans: bool,
    /// Of trial.json instead of a case file
    #[arg(long, group = "of")]
    pub trial: bool,
    /// Of simulate.json instead of a case file
    #[arg(long, group = "of")]
    pub tissue: bool,
    /// Of claims.json instead of a case file
    #[arg(long, group = "of")]
    pub claims: bool,
    /// Of what `creams --json` prints instead of a case file
    #[arg(long, group = "of")]
    pub creams: bool,
    /// Of the block of skin that `serve` gives programs instead of a case file
    #[arg(long, group = "of")]
    pub block: bool,
    /// Of render.json instead of a case file
    #[arg(long, group = "of")]
    pub pictures: bool,
}

/// List the rules, or show one.
#[derive(Debug, Args)]
#[command(
    after_help = "Home and clinic say how much a rule weighs there: none, info, caution, refer (ask a doctor first),\n\
    refuse (it stops the plan), urgent (see a doctor today).\n\n\
    Grades: L label or regulator, C society consensus, T trial or human data, B bench, R case reports,\n\
    E expert or trade consensus, J judgement of this project."
)]
pub struct Rules {
    /// The rule to show, such as R25a; R25 lists R25a, R25b and R25c
    pub id: Option<String>,
}

/// List the evidence, show one number, or try another in its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Seen: full-text, abstract, registry, secondary (cited by others), derived (by a formula that is \
        named), assumed.\n\
    Use: calibration, check, validation (never fitted), context."
)]
pub struct Evidence {
    /// The key to show, such as puncture.reach.roller; the beginning or a part of a key lists all that have it
    pub key: Option<String>,
    /// The case that --set is tried on; a clinic plan for pale marks of the belly where none is named
    #[arg(requires = "set")]
    pub case: Option<PathBuf>,
    /// Only numbers of this room, such as puncture
    #[arg(long)]
    pub room: Option<String>,
    /// Only numbers of this source, such as Park2012
    #[arg(long)]
    pub source: Option<String>,
    /// Only numbers of this use
    #[arg(long)]
    pub used: Option<String>,
    /// Only numbers that were seen in this way
    #[arg(long)]
    pub seen: Option<String>,
    /// Print comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Show what studies say together, and what a next one may find, for each outcome that several reported
    #[arg(long, conflicts_with_all = ["key", "set", "csv", "html", "room", "source", "used", "seen"])]
    pub pooled: bool,
    /// Write all of them as one page into this file
    #[arg(long, value_name = "FILE.html", conflicts_with_all = ["set", "csv", "json"])]
    pub html: Option<PathBuf>,
    /// Judge a case with another number in the place of KEY's and print what changes: "2 mm" fixes it, "2 mm (1 mm to 4
    /// mm)" moves its prior
    #[arg(long, value_name = "VALUE", requires = "key", allow_hyphen_values = true)]
    pub set: Option<String>,
    /// Who reads --set: a layperson is shown nothing of a plan that is stopped or that nobody has tested
    #[arg(long = "for", value_enum, default_value_t = Reader::Lay)]
    pub reader: Reader,
    /// Virtual people of --set, a multiple of 5 (five in each world), from 50 to 100000
    #[arg(long, value_name = "NUMBER", default_value = "2000", value_parser = people, allow_negative_numbers = true)]
    pub people: usize,
}

/// Open the local page.
#[derive(Debug, Args)]
#[command(after_help = "Nothing is sent anywhere and nothing is stored; Ctrl-C ends it.\n\
    Exit codes: 0 stopped, 1 the work failed, 2 the input is wrong, such as a port that is taken.\n\n\
    Example: needlework serve --open")]
pub struct Serve {
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 8642, allow_negative_numbers = true)]
    pub port: u16,
    /// Open it in the browser of this machine
    #[arg(long)]
    pub open: bool,
    /// Where to listen; anything but this machine alone needs --token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,
    /// A word that whoever opens the page must know; a browser asks for it as a password, with any name
    #[arg(long, value_name = "WORD")]
    pub token: Option<String>,
}

/// Print the script of a shell.
#[derive(Debug, Args)]
#[command(after_help = "It goes where the shell looks for such scripts:\n\n\
    bash  needlework completions bash > ~/.local/share/bash-completion/completions/needlework\n\n\
    zsh   needlework completions zsh > _needlework, in a folder of $fpath\n\n\
    fish  needlework completions fish > ~/.config/fish/completions/needlework.fish\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Write the manual pages.
#[derive(Debug, Args)]
#[command(
    after_help = "They hold what --help prints. `man` finds them where they lie in share/man/man1, such as that of \
        ~/.local.\n\n\
    Exit codes: 0 done, 1 the work failed, 2 the input is wrong.\n\n\
    Example: needlework man --out man"
)]
pub struct Man {
    /// Write needlework.1 and a page for each command into this folder; earlier pages there are replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
