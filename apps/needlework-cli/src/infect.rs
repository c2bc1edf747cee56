//! Germs through the punctures of a case: the risk as a range over regimes, and each step of hygiene left out.

use std::process::ExitCode;

use needlework::questions::infection;
use needlework::verdict::Reading;
use needlework_pages as pages;
use serde_json::json;

use crate::arguments::{Infect, Shared};
use crate::folder::{INFECTION, NewFolder};
use crate::input::{bytes, inquiry, library};
use crate::layout::{self, WIDTH};
use crate::listing::{finite, print_json};
use crate::problem::Problem;
use crate::screen::{self, Bar};
use crate::vary;

/// Works out germs and channels of a case.
///
/// # Errors
/// [`Problem`] when the case is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Infect, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let reading = Reading::from(asked.reader);
    let (name, content) = bytes(&asked.case)?;
    let mut case = needlework::case::read_bytes(&content, &name, &library.catalog).map_err(Problem::Case)?;
    if !asked.set.is_empty() {
        let several = Problem::input(
            "--set takes one value for each field",
            "needlework compare --vary puts several values side by side",
        );
        let text = String::from_utf8_lossy(&content);
        case = vary::set("--set", &asked.set, (&text, &name), &library.catalog, several)?;
    }
    let place = || {
        asked
            .out
            .as_deref()
            .map(|out| NewFolder::of(&INFECTION, out))
            .transpose()
    };
    drop(place()?);
    let inquiry = inquiry(&library, shared, asked.people, reading, asked.prior);
    let mut bar = Bar::new("simulating people");
    let made = infection(&case, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let found =
        made.map_err(|error| Problem::failed(format!("germs could not be worked out: {error}"), "please report this"))?;
    finite(&found)?;
    if let Some(folder) = place()? {
        let text = needlework_pages::json_text(&found).map_err(|error| {
            Problem::failed(
                format!("germs could not be written as JSON: {error}"),
                "please report this",
            )
        })?;
        folder.write("infect.json", text.as_bytes())?;
        folder.write("infect.html", pages::infection_html(&found).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(found));
    }
    let mut text = layout::wrapped(&pages::infection_opening(&found), WIDTH);
    for table in pages::infection_tables(&found) {
        text = format!("{text}\n\n{}", layout::titled(table));
    }
    if let Some(out) = &asked.out {
        text = format!("{text}\n\nPage: {}", out.join("infect.html").display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
