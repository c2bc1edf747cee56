//! The ledger of the article's claims, each with what published evidence says and what is computed now.

use std::process::ExitCode;

use needlework::ledger;
use needlework_pages as pages;

use crate::arguments::{Claims, Shared};
use crate::folder::{CLAIMS, NewFolder};
use crate::input::{claims, engine, library, settings};
use crate::layout::WIDTH;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// Prints the ledger, or one claim of it, and writes it where told.
///
/// # Errors
/// [`Problem`] when there is no such claim, or something cannot be computed or written.
pub fn run(asked: &Claims, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let claims = claims(&library)?;
    let ids: Vec<&str> = claims.claims().iter().map(|claim| claim.id.as_str()).collect();
    let is_asked = |id: &str| asked.id.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(id));
    if !ids.iter().any(|id| is_asked(id)) {
        return Err(Problem::input(
            format!("there is no claim {}", asked.id.as_deref().unwrap_or_default()),
            format!(
                "the claims are {} to {}",
                ids.first().copied().unwrap_or_default(),
                ids.last().copied().unwrap_or_default()
            ),
        ));
    }
    // The place to write is checked before the work and let go again, so that whoever interrupts the work leaves
    // nothing behind.
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&CLAIMS, out)).transpose();
    drop(place()?);
    let settings = settings(shared, asked.people);
    let engine = engine();
    let mut bar = Bar::new("simulating people");
    let made = ledger::ledger(&claims, &library, &engine, &settings, &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let mut ledger = made.map_err(|error| {
        Problem::failed(
            format!("the claims could not be computed: {error}"),
            "please report this",
        )
    })?;
    ledger.claims.retain(|row| is_asked(&row.id));
    let json = pages::claims_json(&ledger).map_err(|error| {
        Problem::failed(
            format!("the claims could not be written as JSON: {error}"),
            "please report this",
        )
    })?;
    if let Some(folder) = place()? {
        folder.write("claims.json", json.as_bytes())?;
        folder.write("claims.html", pages::claims_html(&ledger).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        screen::print(&json)?;
    } else {
        screen::print_coloured(&pages::claims_terminal(&ledger, WIDTH, screen::colourful()))?;
        if let Some(out) = &asked.out {
            screen::print(&format!("Page: {}", out.join("claims.html").display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
