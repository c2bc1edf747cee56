//! A trial in many worlds.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use needlework::questions::{read_study, trial};
use needlework_files::{REPLICATES, csv, parquet};
use needlework_pages::{trial_html, trial_table, trial_text};
use serde_json::json;

use crate::arguments::{Shared, Trial};
use crate::folder::{NewFolder, TRIAL};
use crate::input::{bytes, library};
use crate::layout::{self, WIDTH};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// Memory of a world of a trial: what is measured in a thousand people of two arms, and what the chain says of them.
const WORLD: u64 = 100_000;

/// Runs a trial.
///
/// # Errors
/// [`Problem`] when the study or one of its cases is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Trial, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, content) = bytes(&asked.study)?;
    let text = String::from_utf8(content)
        .map_err(|_| Problem::input(format!("{name} is no text in UTF-8"), "save it as UTF-8 and try again"))?;
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
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let mut bar = Bar::new("running the trial");
    let settings = (shared.seed, asked.worlds as usize, usize::from(shared.threads));
    let made = trial(&study, &library, &engine, settings, &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let (report, rows) =
        made.map_err(|error| Problem::failed(format!("the trial could not be run: {error}"), "please report this"))?;
    finite(&report)?;
    if let Some(folder) = place()? {
        let text = serde_json::to_string(&report).map_err(|error| {
            Problem::failed(
                format!("it could not be written as JSON: {error}"),
                "please report this",
            )
        })?;
        folder.write("trial.json", format!("{text}\n").as_bytes())?;
        folder.write("trial.html", trial_html(&report).as_bytes())?;
        let table = trial_table(&report, &rows);
        let not_made = |file: &str, error: needlework_files::TableError| {
            Problem::failed(format!("{file} could not be made: {error}"), "please report this")
        };
        let commas = csv(&table, Vec::new()).map_err(|error| not_made("trial.csv", error))?;
        folder.write("trial.csv", &commas)?;
        let columns = parquet(&table, REPLICATES, Vec::new()).map_err(|error| not_made("trial.parquet", error))?;
        folder.write("trial.parquet", &columns)?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables, notes) = trial_text(&report);
    let mut text = layout::wrapped(&opening, WIDTH);
    for table in tables {
        let _ = write!(text, "\n\n{}", layout::titled(table));
    }
    let _ = write!(text, "\n\n{}", layout::wrapped(&notes, WIDTH));
    if let Some(out) = &asked.out {
        let _ = write!(text, "\n\nPage: {}", out.join("trial.html").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
