//! What a shell completes by the key Tab: a script for it, made from the same definition as `--help`.

use std::process::ExitCode;

use clap::Command;

use crate::arguments::Completions;
use crate::problem::Problem;
use crate::screen::print;

/// Prints the script of a shell.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn run(asked: &Completions, mut command: Command) -> Result<ExitCode, Problem> {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut command, "needlework", &mut script);
    let text = String::from_utf8(script)
        .map_err(|error| Problem::failed(format!("no script was made: {error}"), "please report this"))?;
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
