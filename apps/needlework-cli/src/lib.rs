//! The command line of Needlework: reads a case, prints the answer with the verdict first, and writes reports where
//! told.
//!
//! Exit codes: 0 done (a refused plan is an answer too), 1 the work failed, 2 the input is wrong, 3 `--deny` asked for
//! it.

mod answer;
mod answers_file;
mod arguments;
mod assess;
mod calibrate;
mod claims;
mod compare;
mod completions;
mod creams;
mod effort;
mod evidence;
mod infect;
mod input;
mod insert;
mod interview;
mod kept;
mod light;
mod listing;
mod man;
mod optics;
mod picker;
mod places;
mod plan;
mod reader;
mod render;
mod research;
mod serve;
mod simulate;
mod skin;
mod skin_pictures;
mod sweep;
mod triage;
mod trial;
mod validate;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use needlework_desk::{
    file, folder, layout, making, memory, named, needle, number, problem, screen, vary, wanted, workplace,
};

use crate::arguments::{Command, Needlework};
use crate::problem::Problem;

pub use crate::places::{Way, way};
pub use needlework_desk::screen::Printed;

/// Every command with its options, as they can be typed.
#[must_use]
pub fn commands() -> clap::Command {
    Needlework::command()
}

/// Does what a command line asks for, as [`front_door`], and gives back what it says instead of printing it.
pub fn printed(arguments: impl IntoIterator<Item = OsString>) -> Printed {
    screen::printed(|| front_door(arguments))
}

/// Does what a command line asks for; the first argument is the name of the program.
pub fn front_door(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = Needlework::command();
    let read = command.clone().try_get_matches_from(arguments).and_then(|matches| {
        let asked = Needlework::from_arg_matches(&matches)?;
        Ok((matches, asked))
    });
    let (matches, mut asked) = match read {
        Ok(read) => read,
        Err(told) => return screen::tell(&told),
    };
    // Before anything is read or computed: nothing may be written over what is read, or twice over the same place.
    let checked = places::refuse_collisions(&command, &matches).and_then(|()| effort::fits(&asked.command));
    if let Err(problem) = checked {
        return problem.report();
    }
    asked.shared.threads = memory::threads(asked.shared.threads);
    let done = match &asked.command {
        Command::Assess(assess) => assess::run(assess, &asked.shared),
        Command::Compare(compare) => compare::run(compare, &asked.shared),
        Command::Infect(infect) => infect::run(infect, &asked.shared),
        Command::Skin(asked_for) => skin::run(asked_for, &asked.shared),
        Command::Insert(insert) => insert::run(insert, &asked.shared),
        Command::Optics(asked_for) => optics::run(asked_for, &asked.shared),
        Command::Sweep(sweep) => sweep::run(sweep, &asked.shared),
        Command::Plan(asked_for) => plan::run(asked_for, &asked.shared),
        Command::Trial(asked_for) => trial::run(asked_for, &asked.shared),
        Command::Simulate(asked_for) => simulate::run(asked_for, &asked.shared),
        Command::Render(asked_for) => render::run(asked_for, &asked.shared),
        Command::Triage(asked_for) => triage::run(asked_for, &asked.shared),
        Command::Interview(asked_for) => interview::run(asked_for),
        Command::Claims(claims) => claims::run(claims, &asked.shared),
        Command::Creams(asked_for) => creams::run(asked_for, &asked.shared),
        Command::Card => listing::card(&asked.shared),
        Command::Schema(schema) => listing::schema(schema),
        Command::Sites => listing::sites(&asked.shared),
        Command::Devices => listing::devices(&asked.shared),
        Command::Conditions => listing::conditions(&asked.shared),
        Command::Rules(rules) => listing::rules(rules, &asked.shared),
        Command::Evidence(evidence) => evidence::run(evidence, &asked.shared),
        Command::Calibrate(asked_for) => calibrate::run(asked_for, &asked.shared),
        Command::Validate(asked_for) => validate::validate(asked_for, &asked.shared),
        Command::Verify(asked_for) => validate::verify(asked_for, &asked.shared),
        Command::Serve(asked_for) => serve::run(asked_for, &asked.shared),
        Command::Completions(asked_for) => completions::run(asked_for, &asked.shared, command),
        Command::Man(asked_for) => man::run(asked_for, &asked.shared, command),
    };
    done.unwrap_or_else(Problem::report)
}
