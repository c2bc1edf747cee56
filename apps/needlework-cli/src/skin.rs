//! The skin of people at a body site, without any plan.
//!
//! What is asked of the people becomes a small case, so that the same parser checks it and says what is wrong, and the
//! same streams draw them as in an answer.

use std::fmt::Write as _;
use std::process::ExitCode;

use needlework::case::{self, Case, Site};
use needlework::cohort;
use needlework::questions;
use needlework::verdict::Library;
use needlework_pages as pages;
use serde_json::json;

use crate::answer::tell;
use crate::arguments::{Shared, Skin};
use crate::file::{NewFile, PEOPLE};
use crate::folder::{NewFolder, SKIN};
use crate::input::{library, settings, table_kind};
use crate::listing::{finite, print_json};
use crate::named;
use crate::problem::Problem;
use crate::screen::Bar;

/// Samples skin.
///
/// # Errors
/// [`Problem`] when what is asked is wrong, or something cannot be computed or written.
pub fn run(asked: &Skin, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let site = named::site(&library, &asked.site)?;
    let case = people_asked_for(asked, site, &library)?;
    drop(places(asked)?);
    let kind = asked.people_out.as_deref().map(table_kind).transpose()?;
    let settings = settings(shared, asked.people);
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let mut bar = Bar::new("drawing people");
    let drawn = cohort::skins(&case, site, &library.book, &settings, &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let people =
        drawn.map_err(|error| Problem::failed(format!("skin could not be sampled: {error}"), "please report this"))?;
    let words = in_words(asked);
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

/// What is asked of the people, as fields of a case with their words.
fn answers(asked: &Skin) -> [(&'static str, Option<&String>); 4] {
    [
        ("age", asked.age.as_ref()),
        ("sex", asked.sex.as_ref()),
        ("bmi", asked.bmi.as_ref()),
        ("fitzpatrick", asked.skin_type.as_ref()),
    ]
}

/// The people that are asked for, as a case that says nothing else.
fn people_asked_for(asked: &Skin, site: &Site, library: &Library) -> Result<Case, Problem> {
    let mut text = format!(
        "format = \"needlework-case/1\"\n[lesion]\nkind = \"striae\"\nsite = \"{}\"\n[person]\n",
        site.name
    );
    for (field, answer) in answers(asked) {
        if let Some(answer) = answer {
            let _ = writeln!(text, "{field} = {}", serde_json::Value::from(answer.as_str()));
        }
    }
    case::read(&text, "what was asked of the people", &library.catalog).map_err(Problem::Case)
}

fn in_words(asked: &Skin) -> String {
    let said: Vec<String> = answers(asked)
        .into_iter()
        .filter_map(|(field, answer)| {
            let answer = answer.filter(|answer| *answer != "unknown")?;
            Some(match field {
                "bmi" => format!("body mass index {answer}"),
                "fitzpatrick" => format!("skin type {answer}"),
                _ => answer.clone(),
            })
        })
        .collect();
    said.join(", ")
}
