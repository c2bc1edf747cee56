//! What every command is given: a case or its bytes, the bundled evidence, how many are simulated, and what a file of
//! people is written as.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::OnceLock;

use needlework::BundleError;
use needlework::case::{self, Case};
use needlework::cohort::Settings;
use needlework::ledger::ClaimBook;
use needlework::verdict::{Engine, Inquiry, Library, Reading};
use needlework_files::FileKind;

use crate::arguments::Shared;
use crate::problem::Problem;

/// People in each world; the spread between worlds needs more than one.
pub const PEOPLE_PER_WORLD: usize = 5;

/// No more of a file is read: twice what the parser takes, so that it explains the limit for anything in between.
const LONGEST: u64 = 2 * case::LARGEST_FILE as u64;

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

/// How many are simulated, and how, for `people` in all.
pub fn settings(shared: &Shared, people: usize) -> Settings {
    Settings {
        seed: shared.seed,
        worlds: people / PEOPLE_PER_WORLD,
        people_per_world: PEOPLE_PER_WORLD,
        threads: usize::from(shared.threads),
    }
}

/// What the commands that judge ask with: the bundled evidence, this build, `people` in all, who reads, and whether
/// worlds come from the priors alone.
pub fn inquiry<'a>(library: &'a Library, shared: &Shared, people: usize, reading: Reading, prior: bool) -> Inquiry<'a> {
    Inquiry {
        library,
        engine: engine(),
        settings: settings(shared, people),
        reading,
        posterior: library.posterior.as_ref().filter(|_| !prior),
    }
}

/// This build, as every answer names it.
pub fn engine() -> Engine {
    needlework::engine(env!("NEEDLEWORK_COMMIT"))
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
    let library = needlework::bundle().map_err(broken_build)?;
    Ok(READ.get_or_init(|| library).clone())
}

/// The article's claims.
///
/// # Errors
/// [`Problem`] when the build is broken.
pub fn claims(library: &Library) -> Result<ClaimBook, Problem> {
    needlework::claims(library).map_err(broken_build)
}

fn broken_build(error: BundleError) -> Problem {
    Problem::failed(error.to_string(), "build Needlework again from a clean checkout")
}

/// Reads a case.
///
/// # Errors
/// [`Problem`] with all that is wrong in it, or why it cannot be read.
pub fn read(path: &Path, library: &Library) -> Result<Case, Problem> {
    let (name, bytes) = bytes(path)?;
    case::read_bytes(&bytes, &name, &library.catalog).map_err(Problem::Case)
}

/// The name and the text of a file that people write; `-` is standard input.
///
/// # Errors
/// [`Problem`] as [`bytes`], or where it is no text.
pub fn text(path: &Path) -> Result<(String, String), Problem> {
    let (name, bytes) = bytes(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(_) => Err(Problem::input(
            format!("{name} is no text in UTF-8"),
            "save it as UTF-8 and try again",
        )),
    }
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
