//! What several commands do with an answer alike: it is written as JSON, as a table for other programs, and told on a
//! screen.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use needlework_files::{Layout, Table, TableError, csv, parquet};
use needlework_pages::TextTable;
use serde::Serialize;

use crate::folder::NewFolder;
use crate::layout::{self, WIDTH};
use crate::problem::Problem;
use crate::screen;

/// Writes an answer as one line of JSON into `name`.
///
/// # Errors
/// [`Problem`] when it cannot be written.
pub fn write_json<T: Serialize>(folder: &NewFolder, name: &str, answer: &T) -> Result<(), Problem> {
    let text = serde_json::to_string(answer).map_err(|error| {
        Problem::failed(
            format!("it could not be written as JSON: {error}"),
            "please report this",
        )
    })?;
    folder.write(name, format!("{text}\n").as_bytes())
}

/// Writes a table as `NAME.csv` and `NAME.parquet`; `layout` is that of its Parquet.
///
/// # Errors
/// [`Problem`] when it cannot be made or written.
pub fn write_table(folder: &NewFolder, name: &str, table: &Table, layout: Layout) -> Result<(), Problem> {
    let (commas, columns) = (format!("{name}.csv"), format!("{name}.parquet"));
    let not_made = |file: &str, error: TableError| {
        Problem::failed(format!("{file} could not be made: {error}"), "please report this")
    };
    let bytes = csv(table, Vec::new()).map_err(|error| not_made(&commas, error))?;
    folder.write(&commas, &bytes)?;
    let bytes = parquet(table, layout, Vec::new()).map_err(|error| not_made(&columns, error))?;
    folder.write(&columns, &bytes)
}

/// Prints an answer: its opening, its tables, how to read it, and where its page is.
///
/// # Errors
/// [`Problem`] when it cannot be printed.
pub fn tell(
    opening: &str,
    tables: Vec<TextTable>,
    note: Option<&str>,
    page: Option<PathBuf>,
) -> Result<ExitCode, Problem> {
    let mut text = layout::wrapped(opening, WIDTH);
    for table in tables {
        let _ = write!(text, "\n\n{}", layout::titled(table));
    }
    if let Some(note) = note {
        let _ = write!(text, "\n\n{}", layout::wrapped(note, WIDTH));
    }
    if let Some(page) = page {
        let _ = write!(text, "\n\nPage: {}", page.display());
    }
    screen::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
