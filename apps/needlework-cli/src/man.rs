//! The manual pages: one of the program and one of each command, made from the same definition as `--help`.

use std::io;
use std::process::ExitCode;

use clap::Command;
use serde_json::json;

use crate::arguments::{Man, Shared};
use crate::folder::{MAN_PAGES, NewFolder};
use crate::listing::print_json;
use crate::problem::Problem;
use crate::screen::print;

/// The line that every page begins with, so that an earlier folder of them is known again; readers of pages pass over
/// it.
const OURS: &str = ".\\\" Written by needlework man.\n";

/// Writes the pages.
///
/// # Errors
/// [`Problem`] when the folder holds what is not ours, or cannot be written.
pub fn run(asked: &Man, shared: &Shared, command: Command) -> Result<ExitCode, Problem> {
    let folder = NewFolder::of(&MAN_PAGES, &asked.out)?;
    let pages =
        pages(command).map_err(|error| Problem::failed(format!("no page was made: {error}"), "please report this"))?;
    for (name, page) in &pages {
        folder.write(name, page)?;
    }
    folder.appear()?;
    if shared.json {
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        return print_json(&json!({ "folder": asked.out, "pages": names }));
    }
    let first = asked.out.join("needlework.1");
    // A path without a slash would be looked up among the pages that are installed.
    let place = if first.is_absolute() { "" } else { "./" };
    print(&format!(
        "{} pages; read the first: man {place}{}",
        pages.len(),
        first.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Every page with its name, the program's first.
fn pages(command: Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut whole = command.disable_help_subcommand(true);
    whole.build();
    let source = format!("needlework {}", whole.get_version().unwrap_or_default());
    let all = std::iter::once(&whole).chain(whole.get_subcommands());
    all.map(|command| {
        let page = clap_mangen::Man::new(command.clone())
            // There is no date, so that a page is the same whenever it is written; an empty one would be left out, and
            // what follows it would stand in its place.
            .date(" ")
            .source(source.as_str())
            .manual("Needlework");
        let mut text = OURS.as_bytes().to_vec();
        page.render(&mut text)?;
        Ok((page.get_filename(), text))
    })
    .collect()
}
