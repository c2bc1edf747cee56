//! How it looks: pictures of a case's skin with the numbers behind them, and a page.

use std::process::ExitCode;

use needlework::questions::{RenderError, RenderWish, render};
use needlework::verdict::Reading;
use needlework_pages::{render_files, render_html, render_text};
use serde_json::json;

use crate::answer::{tell, write_json_lines};
use crate::arguments::{Render, Shared};
use crate::folder::{NewFolder, PICTURES};
use crate::input::{inquiry, library, read};
use crate::listing::{finite, print_json};
use crate::memory;
use crate::problem::Problem;
use crate::screen::Bar;

/// Draws a case.
///
/// # Errors
/// [`Problem`] when the case or an option is wrong, or something cannot be computed or written.
pub fn run(asked: &Render, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = read(&asked.case, &library)?;
    let place = || {
        asked
            .out
            .as_deref()
            .map(|out| NewFolder::of(&PICTURES, out))
            .transpose()
    };
    drop(place()?);
    memory::take(
        memory::of_pictures(asked.pixels, asked.people),
        "take fewer --pixels or fewer --people",
    )?;
    let inquiry = inquiry(&library, shared, asked.people, Reading::from(asked.reader), asked.prior);
    let wish = RenderWish {
        month: asked.month,
        side: asked.side,
        pixels: usize::from(asked.pixels),
        percentile: asked.person.percentile(),
        light: asked.light.into(),
    };
    let mut bar = Bar::new("simulating people");
    let made = render(&case, &inquiry, &wish, &mut |progress| bar.update(progress));
    bar.finish();
    let made = made.map_err(|error| match error {
        RenderError::TooLate(_) => Problem::input(
            format!("--month {}: {error}", asked.month.unwrap_or_default()),
            "take an earlier month, or add --for research",
        ),
        error => Problem::failed(format!("the case could not be drawn: {error}"), "please report this"),
    })?;
    finite(&made.report)?;
    if let Some(folder) = place()? {
        let files = render_files(&made)
            .map_err(|why| Problem::failed(format!("a picture could not be encoded: {why}"), "please report this"))?;
        for file in &files {
            folder.write(&file.name, &file.png)?;
        }
        write_json_lines(&folder, "render.json", &made.report)?;
        folder.write("render.html", render_html(&made.report, &files).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(made.report));
    }
    let (opening, tables, note) = render_text(&made.report);
    let page = asked.out.as_deref().map(|out| out.join("render.html"));
    tell(&opening, tables, note.as_deref(), page)
}
