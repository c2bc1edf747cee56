//! What a shell completes by the key Tab: a script for it, made from the same definition as `--help`.

use std::process::ExitCode;

use clap::Command;
use serde_json::json;

use crate::arguments::{Completions, Shared};
use crate::listing::print_json;
use crate::problem::Problem;
use crate::screen::print;

/// Prints the script of a shell.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn run(asked: &Completions, shared: &Shared, mut command: Command) -> Result<ExitCode, Problem> {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut command, "needlework", &mut script);
    let text = String::from_utf8(script)
        .map_err(|error| Problem::failed(format!("no script was made: {error}"), "please report this"))?;
    if shared.json {
        return print_json(&json!({ "shell": asked.shell.to_string(), "script": text }));
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
