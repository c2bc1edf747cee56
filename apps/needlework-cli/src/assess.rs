//! The main job: a case becomes an answer on the screen and, where told, a report.

use std::process::ExitCode;

use needlework::cohort::Cohort;
use needlework::verdict::{self, Judgement, Reading, Report, Safety};
use needlework_files::FileKind;
use needlework_pages as pages;

use crate::arguments::{Assess, Deny, Shared};
use crate::file::{NewFile, PEOPLE};
use crate::folder::NewFolder;
use crate::input::{inquiry, library, read, table_kind};
use crate::layout::WIDTH;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// Judges one case.
///
/// # Errors
/// [`Problem`] when the case is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Assess, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = read(&asked.case, &library)?;
    // Places to write are checked before the work, so that nobody waits for a report that cannot be kept.
    // They are let go again, so that whoever interrupts the work leaves nothing behind.
    places(asked)?;
    let kind = asked.people_out.as_deref().map(table_kind).transpose()?;

    let inquiry = inquiry(&library, shared, asked.people, Reading::from(asked.reader), asked.prior);
    let mut bar = Bar::new("simulating people");
    let judged = verdict::judge(&case, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let Judgement { report: answer, cohort } = judged
        .map_err(|error| Problem::failed(format!("the case could not be judged: {error}"), "please report this"))?;

    let json = pages::json(&answer).map_err(|error| {
        Problem::failed(
            format!("the report could not be written as JSON: {error}"),
            "please report this",
        )
    })?;
    let (folder, mut people_file) = places(asked)?;
    if let (Some(file), Some(kind)) = (&mut people_file, kind) {
        file.write(&people(cohort.as_ref(), &answer, kind)?)?;
    }
    if let Some(folder) = &folder {
        folder.write("report.json", json.as_bytes())?;
        folder.write("report.html", pages::html(&answer).as_bytes())?;
        if let Some(calendar) = pages::calendar(&answer, &case) {
            folder.write("calendar.ics", calendar.as_bytes())?;
        }
    }
    // Everything is written; only now does it appear.
    people_file.map_or(Ok(()), NewFile::appear)?;
    folder.map_or(Ok(()), NewFolder::appear)?;
    if shared.json {
        screen::print(&json)?;
    } else {
        let text = pages::terminal(&answer, WIDTH, screen::colourful());
        screen::print_coloured(&match &asked.out {
            None => text,
            // The advice how to get a report makes room for the place where it is.
            Some(out) => {
                let kept = text.lines().filter(|line| !line.contains("More: --out DIR"));
                let place = format!("Report: {}", out.join("report.html").display());
                kept.chain([place.as_str()]).collect::<Vec<_>>().join("\n")
            }
        })?;
    }
    let denied = match asked.deny {
        None => false,
        Some(Deny::Refer) => answer.verdict.safety >= Safety::Refer,
        Some(Deny::Refuse) => answer.verdict.safety >= Safety::Refuse,
    };
    Ok(if denied { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// Where to write, as far as asked.
fn places(asked: &Assess) -> Result<(Option<NewFolder>, Option<NewFile>), Problem> {
    let people_file = asked
        .people_out
        .as_deref()
        .map(|path| NewFile::of(&PEOPLE, path))
        .transpose()?;
    let folder = asked.out.as_deref().map(NewFolder::at).transpose()?;
    Ok((folder, people_file))
}

/// Every virtual person, as a file.
fn people(cohort: Option<&Cohort>, answer: &Report, kind: FileKind) -> Result<Vec<u8>, Problem> {
    // What the reading holds back from the report must not leave by this door.
    let Some(cohort) = cohort.filter(|_| answer.forecast.is_some()) else {
        return Err(match answer.reading {
            Reading::Lay => Problem::input(
                "laypeople are shown no forecast of this plan, so there are no people to write",
                "read the answer without --people-out, or add --for research",
            ),
            Reading::Research => Problem::input(
                "only needling and doing nothing are simulated, so there are no people to write",
                "leave --people-out away",
            ),
        });
    };
    let table = pages::people_table(cohort, &answer.engine, answer.seed);
    kind.bytes(&table, needlework_files::PEOPLE).map_err(|error| {
        Problem::failed(
            format!("the people could not be written: {error}"),
            "please report this",
        )
    })
}
