//! Writing a single file, whole or not at all, and never over what Needlework did not write.
//!
//! A file that is there is replaced only when it is known as an earlier one of the same kind: a table by its footer, a
//! page by its head, a case by being letter for letter what the interview writes for its answers. An empty file is
//! taken, since nothing is lost with it. There is no option that overrides this: whoever wants the name removes the
//! file.
//!
//! A new file has the rights that the user's mask gives; one that replaces another keeps the rights of that.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use needlework::case::LARGEST_FILE;
use needlework::rules::interview::Answers;

use crate::folder::resolved;
use crate::problem::Problem;
use crate::workplace::{Workplace, tidy};

/// As much of a file is looked at from its beginning, and from its end.
const LOOKED_AT: u64 = LARGEST_FILE as u64;

/// A kind of file that a command writes, and how an earlier one of it is known.
#[derive(Debug, Clone, Copy)]
pub struct FileKind {
    /// What it is, in a sentence that begins with "is not".
    noun: &'static str,
    /// How its name ends; anything where there is none.
    endings: &'static [&'static str],
    /// Whether a file is one of ours, by its first and its last bytes.
    ours: fn(&Glimpse) -> bool,
}

/// What is looked at of a file.
#[derive(Debug)]
struct Glimpse {
    begin: Vec<u8>,
    end: Vec<u8>,
    whole: bool,
}

/// Every virtual person.
pub const PEOPLE: FileKind = FileKind {
    noun: "a table of people that Needlework wrote",
    endings: &["parquet", "csv"],
    ours: |seen| is_our_table(seen) || is_our_rows(seen),
};

/// The evidence as one page.
pub const EVIDENCE_PAGE: FileKind = FileKind {
    noun: "a page that Needlework wrote",
    endings: &["html", "htm"],
    ours: |seen| {
        seen.begin.starts_with(b"<!DOCTYPE html>")
            && holds(&seen.begin, b"name=\"generator\" content=\"Needlework ")
            && holds(&seen.begin, b"<title>Every number with its passport")
    },
};

/// A case of the interview.
pub const CASE: FileKind = FileKind {
    noun: "a case as the interview writes it",
    endings: &["toml"],
    ours: |seen| {
        let text = std::str::from_utf8(&seen.begin).ok().filter(|_| seen.whole);
        text.is_some_and(|text| Answers::of_document(text).document() == text)
    },
};

/// A page of targets or proofs in a checkout.
pub const RESULTS: FileKind = FileKind {
    noun: "a page that `needlework validate` or `verify` wrote",
    endings: &["md"],
    ours: |seen| holds(&seen.begin, b"Written by `needlework v") || seen.begin.starts_with(b"| study | outcome |"),
};

/// A prediction of a study that nobody has looked at, in a checkout.
pub const BLIND: FileKind = FileKind {
    noun: "a prediction that `needlework validate --freeze` wrote",
    endings: &["json"],
    ours: |seen| holds(&seen.begin, b"needlework-blind/"),
};

/// Whether this is a Parquet file whose footer says that Needlework made it, and not another program from one of ours.
fn is_our_table(seen: &Glimpse) -> bool {
    const MAGIC: &[u8] = b"PAR1";
    const MADE_BY: &[u8] = b"needlework ";
    let made_by_us = seen
        .end
        .windows(MADE_BY.len() + 1)
        .any(|window| window.starts_with(MADE_BY) && window[MADE_BY.len()].is_ascii_digit());
    seen.begin.starts_with(MAGIC)
        && seen.end.ends_with(MAGIC)
        && made_by_us
        && holds(&seen.end, b"needlework.format")
        && holds(&seen.end, b"needlework-people/")
}

/// Whether these are comma-separated people: the byte order mark that we begin with, and the first columns of `assess`
/// or of `skin`.
fn is_our_rows(seen: &Glimpse) -> bool {
    let heads = [
        "\u{feff}world,law,stage,sex,skin_type,",
        "\u{feff}world,sex,age [year],bmi [kg/m2],",
    ];
    heads.iter().any(|head| seen.begin.starts_with(head.as_bytes()))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn glimpse(path: &Path) -> io::Result<Glimpse> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut begin = Vec::new();
    (&file).take(LOOKED_AT).read_to_end(&mut begin)?;
    file.seek(SeekFrom::Start(length.saturating_sub(LOOKED_AT)))?;
    let mut end = Vec::new();
    file.take(LOOKED_AT).read_to_end(&mut end)?;
    Ok(Glimpse {
        whole: begin.len() as u64 == length,
        begin,
        end,
    })
}

/// Whether a file may be written there: nothing is there, an empty file, or an earlier one of ours. Says whether
/// something is there.
fn free(kind: &FileKind, goal: &Path) -> Result<bool, Problem> {
    let Ok(found) = fs::metadata(goal) else {
        if fs::symlink_metadata(goal).is_ok() {
            return Err(Problem::input(
                format!("{} is a link that leads nowhere", goal.display()),
                "name a file that does not exist yet",
            ));
        }
        return Ok(false);
    };
    if found.is_dir() {
        return Err(Problem::input(
            format!("{} is a folder", goal.display()),
            "name a file in it",
        ));
    }
    // Renaming a file over a device or a pipe would destroy it.
    if !found.is_file() {
        return Err(Problem::input(
            format!("{} is not an ordinary file", goal.display()),
            "name a file that does not exist yet",
        ));
    }
    if found.len() > 0 && !glimpse(goal).is_ok_and(|seen| (kind.ours)(&seen)) {
        return Err(Problem::input(
            format!("{} is there already, and it is not {}", goal.display(), kind.noun),
            "name a new file; nothing of yours is overwritten",
        ));
    }
    Ok(true)
}

/// A file that does not exist yet.
pub struct NewFile {
    kind: &'static FileKind,
    goal: PathBuf,
    file: File,
    place: Workplace,
}

impl NewFile {
    /// A case in the making: [`Self::of`] for what the interview writes.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn at(goal: &Path) -> Result<Self, Problem> {
        Self::of(&CASE, goal)
    }

    /// Checks that the file may be written, and opens the place beside it. Dropped without [`Self::appear`], nothing is
    /// left.
    ///
    /// # Errors
    /// [`Problem`] when the name does not fit the kind, when something stands there that is not ours, or when one may
    /// not write there.
    pub fn of(kind: &'static FileKind, goal: &Path) -> Result<Self, Problem> {
        tidy(goal);
        free(kind, goal)?;
        let ending = goal.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if !kind.endings.iter().any(|known| ending.as_deref() == Some(*known)) {
            let named = match kind.endings {
                [one] => format!("does not end in .{one}"),
                several => format!("is named neither .{}", several.join(" nor .")),
            };
            return Err(Problem::input(
                format!("{} {named}", goal.display()),
                "the ending says what is written there; name it so",
            ));
        }
        let goal = resolved(goal)?;
        let place = Workplace::beside(&goal)?;
        let file = File::create_new(place.new_one()).map_err(|error| Problem::writing(&goal, &error))?;
        Ok(Self {
            kind,
            goal,
            file,
            place,
        })
    }

    /// Writes the file beside its place.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be written; the file then never appears.
    pub fn write(&mut self, content: &[u8]) -> Result<(), Problem> {
        let written = self.file.write_all(content).and_then(|()| self.file.sync_all());
        written.map_err(|error| Problem::writing(&self.goal, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Problem`] when the place cannot be taken, or is no longer ours; what was there then stays.
    pub fn appear(self) -> Result<(), Problem> {
        let Self {
            kind,
            goal,
            file,
            place,
        } = self;
        // Some systems don't rename what is open.
        drop(file);
        let failed = |error: io::Error| Problem::writing(&goal, &error);
        // Looked at again: the work took a while.
        if free(kind, &goal)? {
            let before = fs::metadata(&goal).map_err(failed)?;
            fs::set_permissions(place.new_one(), before.permissions()).map_err(failed)?;
            return fs::rename(place.new_one(), &goal).map_err(failed);
        }
        // A link never replaces what somebody put there in the meantime; where there are no links, a rename has to do.
        match fs::hard_link(place.new_one(), &goal) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(failed(error)),
            Err(_) => fs::rename(place.new_one(), &goal).map_err(failed),
        }
    }
}

/// Takes a file away if it is an earlier one of ours; anything else stays. Says whether it is gone.
///
/// # Errors
/// [`Problem`] when it is ours and cannot be taken away.
pub fn removed(kind: &FileKind, path: &Path) -> Result<bool, Problem> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(false);
    }
    if !matches!(free(kind, path), Ok(true)) {
        return Ok(false);
    }
    fs::remove_file(path)
        .map(|()| true)
        .map_err(|error| Problem::writing(path, &error))
}
