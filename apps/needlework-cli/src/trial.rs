//! A trial in many worlds.

use std::path::Path;
use std::process::ExitCode;

use needlework::questions::{read_study, trial};
use needlework::verdict::Reading;
use needlework_files::REPLICATES;
use needlework_pages::{trial_html, trial_table, trial_text};
use serde_json::json;

use crate::answer::{tell, write_json, write_table};
use crate::arguments::{Shared, Trial};
use crate::folder::{NewFolder, TRIAL};
use crate::input::{PEOPLE_PER_WORLD, bytes, inquiry, library, text};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::Bar;

/// Memory of a world of a trial: what is measured in a thousand people of two arms, and what the chain says of them.
const WORLD: u64 = 100_000;

/// Runs a trial.
///
/// # Errors
/// [`Problem`] when the study or one of its cases is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Trial, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, text) = text(&asked.study)?;
    let beside = asked.study.parent().unwrap_or(Path::new(""));
    let load = |case: &str| {
        let path = beside.join(case);
        let (name, content) = bytes(&path).map_err(|_| format!("{} cannot be read", path.display()))?;
        let text = String::from_utf8(content).map_err(|_| format!("{name} is no text in UTF-8"))?;
        Ok((name, text))
    };
    let study = read_study(&text, &name, (&library.catalog, &library.book), &load).map_err(Problem::Case)?;
    memory::take(u64::from(asked.worlds) * WORLD, "take fewer --worlds")?;
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&TRIAL, out)).transpose();
    drop(place()?);
    // How many people a world has is the study's affair.
    let people = PEOPLE_PER_WORLD * asked.worlds as usize;
    let inquiry = inquiry(&library, shared, people, Reading::Research, !asked.posterior);
    let mut bar = Bar::new("running the trial");
    let made = trial(&study, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let (report, rows) =
        made.map_err(|error| Problem::failed(format!("the trial could not be run: {error}"), "please report this"))?;
    finite(&report)?;
    if let Some(folder) = place()? {
        write_json(&folder, "trial.json", &report)?;
        folder.write("trial.html", trial_html(&report).as_bytes())?;
        write_table(&folder, "trial", &trial_table(&report, &rows), REPLICATES)?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables, notes) = trial_text(&report);
    let page = asked.out.as_deref().map(|out| out.join("trial.html"));
    tell(&opening, tables, Some(&notes), page)
}
