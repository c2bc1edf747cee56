//! The skin of people at a body site, without any plan.
//!
//! What is asked of the people becomes a small case, so that the same parser checks it and says what is wrong, and the
//! same streams draw them as in an answer.

use std::process::ExitCode;

use needlework::cohort;
use needlework::questions;
use needlework_pages as pages;
use serde_json::json;

use crate::answer::tell;
use crate::arguments::{Shared, Skin};
use crate::file::{NewFile, PEOPLE};
use crate::folder::{NewFolder, SKIN};
use crate::input::{engine, library, settings, table_kind};
use crate::listing::{finite, print_json};
use crate::named;
use crate::problem::Problem;
use crate::screen::Bar;
use crate::wanted::Wanted;

/// Samples skin.
///
/// # Errors
/// [`Problem`] when what is asked is wrong, or something cannot be computed or written.
pub fn run(asked: &Skin, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let site = named::site(&library, &asked.site)?;
    let said = Wanted {
        age: asked.age.as_deref(),
        sex: asked.sex.as_deref(),
        bmi: asked.bmi.as_deref(),
        skin_type: asked.skin_type.as_deref(),
    };
    let case = said.case(site, &library.catalog)?;
    drop(places(asked)?);
    let kind = asked.people_out.as_deref().map(table_kind).transpose()?;
    let settings = settings(shared, asked.people);
    let engine = engine();
    let mut bar = Bar::new("drawing people");
    let drawn = cohort::skins(&case, site, &library.book, &settings, &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let people =
        drawn.map_err(|error| Problem::failed(format!("skin could not be sampled: {error}"), "please report this"))?;
    let words = said.words();
    let report = questions::skin(
        &people,
        settings.people_per_world,
        (&site.name, &words),
        (&engine, settings.seed),
    );
    let sample = pages::SkinSample {
        report: &report,
        people: &people,
        label: &site.label,
    };
    finite(&report)?;
    let json = json!(report);
    let (folder, file) = places(asked)?;
    if let (Some(mut file), Some(kind)) = (file, kind) {
        let table = pages::skin_table(&sample);
        let bytes = kind.bytes(&table, needlework_files::PEOPLE).map_err(|error| {
            Problem::failed(
                format!("the people could not be written: {error}"),
                "please report this",
            )
        })?;
        file.write(&bytes)?;
        file.appear()?;
    }
    if let Some(folder) = folder {
        folder.write("skin.json", format!("{json:#}\n").as_bytes())?;
        folder.write("skin.html", pages::skin_html(&sample).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json);
    }
    let (opening, table, note) = pages::skin_terminal(&sample);
    let page = asked.out.as_deref().map(|out| out.join("skin.html"));
    tell(&opening, vec![table], Some(note), page)
}

/// Where to write, as far as asked; checked before the work.
fn places(asked: &Skin) -> Result<(Option<NewFolder>, Option<NewFile>), Problem> {
    let file = asked
        .people_out
        .as_deref()
        .map(|path| NewFile::of(&PEOPLE, path))
        .transpose()?;
    let folder = asked.out.as_deref().map(|out| NewFolder::of(&SKIN, out)).transpose()?;
    Ok((folder, file))
}
