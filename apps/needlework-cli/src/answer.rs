//! What several commands do with an answer alike: it is written as JSON, as a table for other programs, and told on a
//! screen.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use needlework_files::{Layout, Table, TableError, csv, parquet};
use needlework_pages::{TextTable, json_text};
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
    let text = serde_json::to_string(answer).map_err(no_json)?;
    folder.write(name, format!("{text}\n").as_bytes())
}

/// Writes an answer as JSON with a field a line into `name`.
///
/// # Errors
/// [`Problem`] when it cannot be written.
pub fn write_json_lines<T: Serialize>(folder: &NewFolder, name: &str, answer: &T) -> Result<(), Problem> {
    folder.write(name, json_text(answer).map_err(no_json)?.as_bytes())
}

fn no_json(error: serde_json::Error) -> Problem {
    Problem::failed(
        format!("it could not be written as JSON: {error}"),
        "please report this",
    )
}

/// Writes a table as `NAME.csv` and `NAME.parquet`; `layout` is that of its Parquet.
///
/// # Errors
/// [`Problem`] when it cannot be made or written.
pub fn write_table(folder: &NewFolder, name: &str, table: &Table, layout: Layout) -> Result<(), Problem> {
    write_csv(folder, &format!("{name}.csv"), table)?;
    let columns = format!("{name}.parquet");
    let bytes = parquet(table, layout, Vec::new()).map_err(|error| not_made(&columns, error))?;
    folder.write(&columns, &bytes)
}

/// Writes a table as comma-separated values into `name`.
///
/// # Errors
/// [`Problem`] when it cannot be made or written.
pub fn write_csv(folder: &NewFolder, name: &str, table: &Table) -> Result<(), Problem> {
    let bytes = csv(table, Vec::new()).map_err(|error| not_made(name, error))?;
    folder.write(name, &bytes)
}

fn not_made(file: &str, error: TableError) -> Problem {
    Problem::failed(format!("{file} could not be made: {error}"), "please report this")
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
