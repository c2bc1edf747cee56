//! "I have already done it": what signs and deeds of a case ask for, and what to do by day; no forecast, and nothing
//! about how needling is done.

use std::process::ExitCode;

use needlework::rules::triage::triage;
use needlework::verdict::{Library, Occasion, texts};
use needlework_pages as pages;
use serde_json::json;

use crate::arguments::{Shared, Triage};
use crate::folder::{NewFolder, TRIAGE};
use crate::input::{bytes, engine, library};
use crate::layout::WIDTH;
use crate::listing::print_json;
use crate::problem::Problem;
use crate::screen;

/// Judges what was done.
///
/// # Errors
/// [`Problem`] when the case is wrong, or something cannot be read or written.
pub fn run(asked: &Triage, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let (name, content) = bytes(&asked.case)?;
    let case = needlework::case::read_bytes(&content, &name, &library.catalog).map_err(Problem::Case)?;
    let found = triage(&library.triage, &case, &library.catalog, &help(&library));
    if let Some(out) = &asked.out {
        let folder = NewFolder::of(&TRIAGE, out)?;
        let text = serde_json::to_string_pretty(&found)
            .map_err(|error| Problem::failed(format!("cannot write JSON: {error}"), "please report this"))?;
        let version = engine().version;
        folder.write("triage.json", format!("{text}\n").as_bytes())?;
        folder.write("triage.html", pages::triage_html(&found, &version).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(found));
    }
    let mut text = pages::triage_terminal(&found, WIDTH);
    if let Some(out) = &asked.out {
        text = format!("{text}\nPage: {}", out.join("triage.html").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Where somebody finds help whose distress weighs.
pub fn help(library: &Library) -> Vec<String> {
    texts(&library.advice, Occasion::Crisis)
}
