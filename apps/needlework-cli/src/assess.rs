//! The main job: a case becomes an answer on the screen and, where told, a report.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;

use needlework::case::{self, Case};
use needlework::cohort::{Cohort, Settings};
use needlework::verdict::{self, Inquiry, Judgement, Library, Reading, Report, Safety};
use needlework_report as report;
use needlework_tables::FileKind;

use crate::arguments::{Assess, Deny, Shared};
use crate::file::{NewFile, PEOPLE};
use crate::folder::NewFolder;
use crate::problem::Problem;
use crate::screen::{self, Bar};

/// People in each world; the spread between worlds needs more than one.
const PEOPLE_PER_WORLD: usize = 5;

/// No more of a file is read: twice what the parser takes, so that it explains the limit for anything in between.
const LONGEST: u64 = 2 * case::LARGEST_FILE as u64;

/// Columns of the summary.
pub const WIDTH: usize = 80;

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

    let inquiry = inquiry(&library, shared, asked.people, Reading::from(asked.reader));
    let mut bar = Bar::new("simulating people");
    let judged = verdict::judge(&case, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let Judgement { report: answer, cohort } = judged
        .map_err(|error| Problem::failed(format!("the case could not be judged: {error}"), "please report this"))?;

    let json = report::json(&answer).map_err(|error| {
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
        folder.write("report.html", report::html(&answer).as_bytes())?;
        if let Some(calendar) = report::calendar(&answer, &case) {
            folder.write("calendar.ics", calendar.as_bytes())?;
        }
    }
    // Everything is written; only now does it appear.
    people_file.map_or(Ok(()), NewFile::appear)?;
    folder.map_or(Ok(()), NewFolder::appear)?;
    if shared.json {
        screen::print(&json)?;
    } else {
        let text = report::terminal(&answer, WIDTH, screen::colourful());
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

/// What a file of people is written as, by its ending.
///
/// # Errors
/// [`Problem`] where the ending is neither `.parquet` nor `.csv`, so that no file is other than its name says.
pub fn table_kind(path: &Path) -> Result<FileKind, Problem> {
    FileKind::of(path).ok_or_else(|| {
        Problem::input(
            format!("{} is named neither .parquet nor .csv", path.display()),
            "a table of people is written as Parquet or as comma-separated values, by the ending of its name",
        )
    })
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
    let table = report::people_table(cohort, &answer.engine, answer.seed);
    kind.bytes(&table, needlework_tables::PEOPLE).map_err(|error| {
        Problem::failed(
            format!("the people could not be written: {error}"),
            "please report this",
        )
    })
}

/// How many are simulated, and how, for `people` in all.
pub fn settings(shared: &Shared, people: usize) -> Settings {
    Settings {
        seed: shared.seed,
        worlds: people / PEOPLE_PER_WORLD,
        people_per_world: PEOPLE_PER_WORLD,
        threads: usize::from(shared.threads),
    }
}

/// What the commands that judge ask with: the bundled evidence, this build, `people` in all, and who reads.
pub fn inquiry<'a>(library: &'a Library, shared: &Shared, people: usize, reading: Reading) -> Inquiry<'a> {
    Inquiry {
        library,
        engine: needlework::engine(env!("NEEDLEWORK_COMMIT")),
        settings: settings(shared, people),
        reading,
    }
}

/// The bundled evidence.
///
/// # Errors
/// [`Problem`] when the build is broken.
pub fn library() -> Result<Library, Problem> {
    static READ: OnceLock<Library> = OnceLock::new();
    if let Some(library) = READ.get() {
        return Ok(library.clone());
    }
    let library = needlework::bundle()
        .map_err(|error| Problem::failed(error.to_string(), "build Needlework again from a clean checkout"))?;
    Ok(READ.get_or_init(|| library).clone())
}

fn read(path: &Path, library: &Library) -> Result<Case, Problem> {
    let (name, bytes) = bytes(path)?;
    case::read_bytes(&bytes, &name, &library.catalog).map_err(Problem::Case)
}

/// The name and the content of a case file, unread; `-` is standard input.
///
/// # Errors
/// [`Problem`] when it cannot be read, or is far too long for a case.
pub fn bytes(path: &Path) -> Result<(String, Vec<u8>), Problem> {
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
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    source.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 == LONGEST {
        return Err(Problem::input(
            format!(
                "{name} is far longer than a case file can be ({} bytes)",
                case::LARGEST_FILE
            ),
            "this is probably not a case file; it was not read to its end",
        ));
    }
    Ok((name, bytes))
}
