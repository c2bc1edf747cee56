//! Many designs of a device side by side, and those that none beats.

use std::process::ExitCode;

use needlework::questions::{read, sweep};
use needlework_files::DESIGNS;
use needlework_pages::{sweep_html, sweep_table, sweep_text};
use serde_json::json;

use crate::answer::{tell, write_json, write_table};
use crate::arguments::{Shared, Sweep};
use crate::folder::{NewFolder, SWEEP};
use crate::input::{engine, library, text};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::Bar;

/// Tries the designs of a file.
///
/// # Errors
/// [`Problem`] when the file is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Sweep, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, text) = text(&asked.design)?;
    let design = read(&text, &name, &library.catalog).map_err(Problem::Case)?;
    memory::take(
        memory::of_designs(design.designs.len() as u64, u64::from(asked.worlds)),
        "take fewer --worlds, or shorten a list or a range of the file",
    )?;
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&SWEEP, out)).transpose();
    drop(place()?);
    let engine = engine();
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
        write_json(&folder, "sweep.json", &report)?;
        folder.write("sweep.html", sweep_html(&report).as_bytes())?;
        write_table(&folder, "sweep", &sweep_table(&report), DESIGNS)?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, table) = sweep_text(&report);
    let page = asked.out.as_deref().map(|out| out.join("sweep.html"));
    tell(&opening, vec![table], None, page)
}
