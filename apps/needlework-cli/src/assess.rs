//! The main job: a case becomes an answer on the screen and, where told, a report.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use needlework::case::{self, Case};
use needlework::cohort::Settings;
use needlework::verdict::{self, Judgement, Library, Reading, Safety};
use needlework_report as report;

use crate::arguments::{Assess, Deny, Reader, Shared};
use crate::folder::{NewFile, NewFolder};
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// People in each world; the spread between worlds needs more than one.
const PEOPLE_PER_WORLD: usize = 5;

/// The longest case that is read; the parser explains the limit.
const LONGEST: u64 = 1 << 21;

/// Columns of the summary.
const WIDTH: usize = 80;

/// Judges one case.
///
/// # Errors
/// [`Problem`] when the case is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Assess, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = read(&asked.case, &library)?;
    // Places to write are checked before the work, so that nobody waits for a report that cannot be kept.
    let folder = asked.out.as_deref().map(NewFolder::at).transpose()?;
    let people_file = asked.people_out.as_deref().map(NewFile::at).transpose()?;

    let settings = Settings {
        seed: shared.seed,
        worlds: asked.people / PEOPLE_PER_WORLD,
        people_per_world: PEOPLE_PER_WORLD,
        threads: usize::from(shared.threads),
    };
    let reading = match asked.reader {
        Reader::Lay => Reading::Lay,
        Reader::Research => Reading::Research,
    };
    let engine = needlework::engine(env!("NEEDLEWORK_COMMIT"));
    let mut bar = Bar::new("simulating people");
    let judged = verdict::judge(&case, &library, &engine, &settings, reading, &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let Judgement { report: answer, cohort } = judged
        .map_err(|error| Problem::failed(format!("the case could not be judged: {error}"), "please report this"))?;

    let json = report::json(&answer).map_err(|error| {
        Problem::failed(
            format!("the report could not be written as JSON: {error}"),
            "please report this",
        )
    })?;
    if let Some(file) = people_file {
        let cohort = cohort.as_ref().ok_or_else(|| {
            Problem::input(
                "a plan that a rule stops is not simulated for laypeople, so there are no people to write",
                "add --for research",
            )
        })?;
        let table = report::people_table(cohort, &answer.engine);
        let bytes = report::people_parquet(&table, Vec::new()).map_err(|error| {
            Problem::failed(
                format!("the people could not be written: {error}"),
                "please report this",
            )
        })?;
        file.appear(&bytes)?;
    }
    if let Some(folder) = folder {
        folder.write("report.json", json.as_bytes())?;
        folder.write("report.html", report::html(&answer).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        screen::print(&json)?;
    } else {
        screen::print(&report::terminal(&answer, WIDTH, screen::colourful()))?;
        if let Some(out) = &asked.out {
            screen::print(&format!("Report: {}", out.join("report.html").display()))?;
        }
    }
    let denied = match asked.deny {
        None => false,
        Some(Deny::Refer) => answer.verdict.safety >= Safety::Refer,
        Some(Deny::Refuse) => answer.verdict.safety >= Safety::Refuse,
    };
    Ok(if denied { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The bundled evidence.
///
/// # Errors
/// [`Problem`] when the build is broken.
pub fn library() -> Result<Library, Problem> {
    needlework::bundle()
        .map_err(|error| Problem::failed(error.to_string(), "build Needlework again from a clean checkout"))
}

fn read(path: &Path, library: &Library) -> Result<Case, Problem> {
    let name = if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let unreadable = |error: io::Error| {
        let help = match error.kind() {
            io::ErrorKind::NotFound => "check the name; cases/ holds examples",
            io::ErrorKind::PermissionDenied => "you may not read it",
            io::ErrorKind::IsADirectory => "name a case file in it",
            _ => "check that it is a file you may read",
        };
        Problem::input(format!("cannot read {name}: {error}"), help)
    };
    let mut bytes = Vec::new();
    // One byte more than the parser takes is enough for it to say that the file is too long.
    if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(LONGEST)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    } else {
        File::open(path)
            .map_err(unreadable)?
            .take(LONGEST)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    }
    case::read_bytes(&bytes, &name, &library.catalog).map_err(Problem::Case)
}
