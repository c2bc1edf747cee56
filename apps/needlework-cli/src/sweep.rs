//! Many designs of a device side by side, and those that none beats.

use std::fmt::Write as _;
use std::process::ExitCode;

use needlework::questions::{read, sweep};
use needlework_files::{DESIGNS, csv, parquet};
use needlework_pages::{sweep_html, sweep_table, sweep_text};
use serde_json::json;

use crate::arguments::{Shared, Sweep};
use crate::folder::{NewFolder, SWEEP};
use crate::input::{bytes, library};
use crate::layout::{self, WIDTH};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// Tries the designs of a file.
///
/// # Errors
/// [`Problem`] when the file is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Sweep, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, content) = bytes(&asked.design)?;
    let text = String::from_utf8(content)
        .map_err(|_| Problem::input(format!("{name} is no text in UTF-8"), "save it as UTF-8 and try again"))?;
    let design = read(&text, &name, &library.catalog).map_err(Problem::Case)?;
    memory::take(
        memory::of_designs(design.designs.len() as u64, u64::from(asked.worlds)),
        "take fewer --worlds, or shorten a list or a range of the file",
    )?;
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&SWEEP, out)).transpose();
    drop(place()?);
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let mut bar = Bar::new("trying designs");
    let made = sweep(
        &design,
        (&library.book, &library.catalog),
        &engine,
        (shared.seed, asked.worlds as usize, usize::from(shared.threads)),
        &mut |progress| bar.update(progress),
    );
    bar.finish();
    let report = made
        .map_err(|error| Problem::failed(format!("the designs could not be tried: {error}"), "please report this"))?;
    finite(&report)?;
    if let Some(folder) = place()? {
        let text = serde_json::to_string(&report).map_err(|error| {
            Problem::failed(
                format!("it could not be written as JSON: {error}"),
                "please report this",
            )
        })?;
        folder.write("sweep.json", format!("{text}\n").as_bytes())?;
        folder.write("sweep.html", sweep_html(&report).as_bytes())?;
        let table = sweep_table(&report);
        let not_made = |file: &str, error: needlework_files::TableError| {
            Problem::failed(format!("{file} could not be made: {error}"), "please report this")
        };
        let commas = csv(&table, Vec::new()).map_err(|error| not_made("sweep.csv", error))?;
        folder.write("sweep.csv", &commas)?;
        let columns = parquet(&table, DESIGNS, Vec::new()).map_err(|error| not_made("sweep.parquet", error))?;
        folder.write("sweep.parquet", &columns)?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, table) = sweep_text(&report);
    let mut text = format!("{}\n\n{}", layout::wrapped(&opening, WIDTH), layout::titled(table));
    if let Some(out) = &asked.out {
        let _ = write!(text, "\n\nPage: {}", out.join("sweep.html").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
