//! The command line of Needlework: reads a case, prints the answer with the verdict first, and writes reports where told.
//!
//! Exit codes: 0 done (a refused plan is an answer too), 1 the work failed, 2 the input is wrong, 3 `--deny` asked for it.

mod arguments;
mod assess;
mod folder;
mod listing;
mod problem;
mod screen;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Command, Needlework};
use crate::problem::Problem;

fn main() -> ExitCode {
    let asked = Needlework::parse();
    let done = match &asked.command {
        Command::Assess(assess) => assess::run(assess, &asked.shared),
        Command::Schema(schema) => listing::schema(schema),
        Command::Sites => listing::sites(&asked.shared),
        Command::Devices => listing::devices(&asked.shared),
        Command::Conditions => listing::conditions(&asked.shared),
        Command::Rules(rules) => listing::rules(rules, &asked.shared),
        Command::Evidence(evidence) => listing::evidence(evidence, &asked.shared),
    };
    match done {
        Ok(code) => code,
        // Whoever closed the pipe has read enough.
        Err(Problem::ClosedPipe) => ExitCode::SUCCESS,
        Err(problem) => problem.report(),
    }
}
