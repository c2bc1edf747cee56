//! Creams through needle channels: how much more passes, how much lies where when channels have closed, what harms and
//! until when.

use std::process::ExitCode;

use needlework::case;
use needlework::questions::{Creams, CreamsError, creams};
use needlework::verdict::Reading;
use needlework_pages as pages;
use serde_json::json;

use crate::arguments::{self, Shared};
use crate::input::{bytes, inquiry, library};
use crate::layout;
use crate::listing::{finite, print_json};
use crate::problem::Problem;
use crate::screen::{Bar, print};

/// The case that is taken where none is named: the clinic of the README.
const CLINIC: (&str, &str) = (
    "clinic-abdomen-alba.toml",
    include_str!("../../../cases/clinic-abdomen-alba.toml"),
);

/// Prints the table of creams for a case.
///
/// # Errors
/// [`Problem`] when the case is wrong or has no needles, or something cannot be read, computed or printed.
pub fn run(asked: &arguments::Creams, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = match &asked.case {
        Some(path) => {
            let (name, bytes) = bytes(path)?;
            case::read_bytes(&bytes, &name, &library.catalog)
        }
        None => case::read(CLINIC.1, CLINIC.0, &library.catalog),
    }
    .map_err(Problem::Case)?;
    let inquiry = inquiry(&library, shared, asked.people, Reading::from(asked.reader), true);
    let mut bar = Bar::new("simulating people");
    let made = creams(&case, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let found = made.map_err(|error| match error {
        CreamsError::NoNeedles => Problem::input(error.to_string(), "name a case whose arm is needling"),
        error => Problem::failed(
            format!("the creams could not be computed: {error}"),
            "please report this",
        ),
    })?;
    finite(&found)?;
    if shared.json {
        return print_json(&json!(found));
    }
    if found.lines.is_empty() {
        print(&layout::wrapped(&pages::creams_stopped(&found), COLUMNS))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&told(&found))?;
    Ok(ExitCode::SUCCESS)
}

/// The table as text.
fn told(found: &Creams) -> String {
    let (title, basis) = pages::creams_opening(found);
    let mut text = format!("{title}\n{basis}\n\n");
    let (head, rows) = pages::creams_table(found);
    text.push_str(&layout::list(&head, rows));
    text.push_str(&format!("\n{}\n", pages::CREAMS_PASSED));
    for (name, fields) in pages::creams_passed(found) {
        text.push_str(&layout::entry(&name, fields));
    }
    text.push_str(&layout::wrapped(pages::CREAMS_NOTE, COLUMNS));
    text.push('\n');
    text
}

/// Columns of a paragraph.
const COLUMNS: usize = 80;
