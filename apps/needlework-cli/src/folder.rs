//! Writing whole folders and files or nothing: beside the goal first, then renamed.
//!
//! A folder that holds anything but an earlier report of ours is refused: nobody's files are overwritten or deleted.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use crate::problem::Problem;

/// A kind of folder that a command writes, and how an earlier one of it is known.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What it is, in a sentence that begins with "part of".
    noun: &'static str,
    /// The file whose presence and beginning mark a folder as one of ours.
    mark: &'static str,
    /// How that file names its format.
    format: &'static str,
    /// All that such a folder may hold; a star stands for the number of a moment.
    files: &'static [&'static str],
}

impl Kind {
    /// Whether such a folder may hold a file of this name.
    fn holds(&self, name: &str) -> bool {
        self.files.iter().any(|file| match file.split_once('*') {
            Some((begin, end)) => name
                .strip_prefix(begin)
                .and_then(|rest| rest.strip_suffix(end))
                .is_some_and(|middle| !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_digit())),
            None => *file == name,
        })
    }
}

/// What `assess` writes.
pub const REPORT: Kind = Kind {
    noun: "a report",
    mark: "report.json",
    format: "\"needlework-report/",
    files: &["report.html", "report.json", "calendar.ics"],
};

/// What `claims` writes.
pub const CLAIMS: Kind = Kind {
    noun: "a ledger of claims",
    mark: "claims.json",
    format: "\"needlework-claims/",
    files: &["claims.html", "claims.json"],
};

/// What `infect` writes.
pub const INFECTION: Kind = Kind {
    noun: "an answer about germs",
    mark: "infect.json",
    format: "\"needlework-infection/",
    files: &["infect.html", "infect.json"],
};

/// What `triage` writes.
pub const TRIAGE: Kind = Kind {
    noun: "an answer of triage",
    mark: "triage.json",
    format: "\"needlework-triage/",
    files: &["triage.html", "triage.json"],
};

/// What `skin` writes.
pub const SKIN: Kind = Kind {
    noun: "a sample of skin",
    mark: "skin.json",
    format: "\"needlework-skin/",
    files: &["skin.html", "skin.json"],
};

/// What `insert` writes.
pub const INSERTION: Kind = Kind {
    noun: "an answer about a needle",
    mark: "insert.json",
    format: "\"needlework-insertion/",
    files: &["insert.html", "insert.json", "holes.csv"],
};

/// What `sweep` writes.
pub const SWEEP: Kind = Kind {
    noun: "a sweep of designs",
    mark: "sweep.json",
    format: "\"needlework-sweep/",
    files: &["sweep.html", "sweep.json", "sweep.csv", "sweep.parquet"],
};

/// What `simulate` writes.
pub const SIMULATION: Kind = Kind {
    noun: "a simulation",
    mark: "simulate.json",
    format: "\"needlework-simulation/",
    files: &[
        "simulate.html",
        "simulate.json",
        "series.parquet",
        "series.csv",
        "fields.pvd",
        "fields-*.vtr",
        "collagen_gained-*.png",
        "collagen_gained.png",
        "tgf_beta-*.png",
        "tgf_beta.png",
        "fibre_anisotropy-*.png",
        "fibre_anisotropy.png",
        CHECKPOINT,
    ],
};

/// Where an unfinished run goes on from; not in a finished folder.
pub const CHECKPOINT: &str = "checkpoint.bin";

/// What `compare` writes.
pub const COMPARISON: Kind = Kind {
    noun: "a comparison",
    mark: "compare.json",
    format: "\"needlework-compare/",
    files: &["compare.html", "compare.json", "compare.parquet"],
};

/// A folder that does not exist yet: its files are written beside it.
pub struct NewFolder {
    kind: &'static Kind,
    goal: PathBuf,
    beside: TempDir,
}

impl NewFolder {
    /// Checks that the goal may be written, and opens the place beside it. Dropped without [`Self::appear`], nothing is left.
    ///
    /// # Errors
    /// [`Problem`] when the goal holds foreign files, is a file or the folder one works in, or cannot be written.
    pub fn at(goal: &Path) -> Result<Self, Problem> {
        Self::of(&REPORT, goal)
    }

    /// As [`Self::at`], for another kind of folder than a report.
    ///
    /// # Errors
    /// As [`Self::at`].
    pub fn of(kind: &'static Kind, goal: &Path) -> Result<Self, Problem> {
        refuse_foreign(kind, goal)?;
        let goal = resolved(goal)?;
        refuse_where_one_stands(&goal)?;
        let beside = Builder::new()
            .prefix(".needlework-")
            .tempdir_in(parent_of(&goal))
            .map_err(|error| Problem::writing(&goal, &error))?;
        Ok(Self { kind, goal, beside })
    }

    /// Writes one file of the folder.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be written; the folder then never appears.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), Problem> {
        let path = self.beside.path().join(name);
        let written = fs::File::create(&path).and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()
        });
        written.map_err(|error| Problem::writing(&self.goal.join(name), &error))
    }

    /// Puts the folder in its place; an earlier report of ours is replaced.
    ///
    /// # Errors
    /// [`Problem`] when the place cannot be taken; the earlier report then stays.
    pub fn appear(self) -> Result<(), Problem> {
        // Looked at again: the work took a while.
        refuse_foreign(self.kind, &self.goal)?;
        readable_by_all(self.beside.path());
        place(self.beside.path(), &self.goal)?;
        // The folder has moved; there is nothing left to clean up.
        let _ = self.beside.keep();
        Ok(())
    }
}

/// Renames a folder to its goal; what was there of ours is replaced, and put back if the goal cannot be taken.
fn place(folder: &Path, goal: &Path) -> Result<(), Problem> {
    let failed = |error: io::Error| Problem::writing(goal, &error);
    let earlier = if goal.exists() {
        let aside = Builder::new()
            .prefix(".needlework-old-")
            .tempdir_in(parent_of(goal))
            .map_err(failed)?;
        fs::rename(goal, aside.path().join("report")).map_err(failed)?;
        Some(aside)
    } else {
        None
    };
    fs::rename(folder, goal).map_err(|error| {
        if let Some(aside) = earlier {
            let _ = fs::rename(aside.path().join("report"), goal);
        }
        failed(error)
    })
}

/// A folder that is replaced as a whole must not be the one that somebody works in.
fn refuse_where_one_stands(goal: &Path) -> Result<(), Problem> {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(goal)) {
        return Err(Problem::input(
            format!(
                "{} is the folder you work in, and a report replaces its folder",
                goal.display()
            ),
            "name a new folder in it, such as out",
        ));
    }
    Ok(())
}

/// A folder in the making that outlives the program: it stands beside its goal as `GOAL.part`, and every file in it is whole at any time.
pub struct Making {
    kind: &'static Kind,
    goal: PathBuf,
    part: PathBuf,
    /// Held as long as this run writes here; the system lets go of it when the program ends, however it ends.
    lock: fs::File,
}

/// What a run holds while it writes.
const LOCK: &str = ".needlework-lock";

impl Making {
    /// Begins anew, or goes on with what an interrupted run left.
    ///
    /// # Errors
    /// [`Problem`] when the goal holds foreign files, when there is an unfinished run and neither `resume` nor `restart` says what to do with it,
    /// when there is none to resume, or when the place cannot be written.
    pub fn open(kind: &'static Kind, goal: &Path, resume: bool, restart: bool) -> Result<Self, Problem> {
        refuse_foreign(kind, goal)?;
        let goal = resolved(goal)?;
        refuse_where_one_stands(&goal)?;
        let name = goal.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name else {
            return Err(Problem::input(
                format!("{} has no name of its own", goal.display()),
                "name a new folder, such as out",
            ));
        };
        let part = parent_of(&goal).join(format!("{name}.part"));
        let unfinished = part.join(CHECKPOINT).is_file();
        if unfinished && !resume && !restart {
            return Err(Problem::input(
                format!("{} holds a run that was interrupted", part.display()),
                "go on with it by --resume, or begin anew by --restart",
            ));
        }
        if resume && !unfinished {
            return Err(Problem::input(
                format!("{} holds no run to go on with", part.display()),
                "leave --resume out to begin",
            ));
        }
        let writing = |error: io::Error| Problem::writing(&part, &error);
        fs::create_dir_all(&part).map_err(writing)?;
        let lock = fs::File::create(part.join(LOCK)).map_err(writing)?;
        if lock.try_lock().is_err() {
            return Err(Problem::input(
                format!("another run is writing in {}", part.display()),
                "wait for it, or name another folder",
            ));
        }
        if !resume {
            let mut ours = Vec::new();
            for entry in fs::read_dir(&part).map_err(writing)? {
                let entry = entry.map_err(writing)?;
                let found = entry.file_name().to_string_lossy().into_owned();
                if !kind.holds(&found) && !found.starts_with(".needlework-") {
                    return Err(Problem::input(
                        format!("{} holds `{found}`, which is not part of {}", part.display(), kind.noun),
                        "name another folder; nothing of yours is deleted",
                    ));
                }
                if found != LOCK {
                    ours.push(entry.path());
                }
            }
            for path in ours {
                fs::remove_file(path).map_err(writing)?;
            }
        }
        Ok(Self { kind, goal, part, lock })
    }

    /// Where the unfinished run stands.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// The file of this name, if it is there.
    ///
    /// # Errors
    /// [`Problem`] when it is there and cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let path = self.part.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::failed(
                format!("cannot read {}: {error}", path.display()),
                "begin anew by --restart",
            )),
        }
    }

    /// Writes one file, whole or not at all; an earlier one of its name is replaced.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be written; an earlier one then stays.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), Problem> {
        let path = self.part.join(name);
        let mut beside = Builder::new()
            .prefix(".needlework-")
            .tempfile_in(&self.part)
            .map_err(|error| Problem::writing(&path, &error))?;
        let file = beside.as_file_mut();
        file.write_all(content)
            .and_then(|()| file.sync_all())
            .map_err(|error| Problem::writing(&path, &error))?;
        readable_by_all(beside.path());
        beside
            .persist(&path)
            .map(drop)
            .map_err(|failed| Problem::writing(&path, &failed.error))
    }

    /// Puts the folder in its place and takes the checkpoint away; an earlier one of ours is replaced.
    ///
    /// # Errors
    /// [`Problem`] when the place cannot be taken; the folder in the making then stays.
    pub fn appear(self) -> Result<(), Problem> {
        refuse_foreign(self.kind, &self.goal)?;
        let failed = |error: io::Error| Problem::writing(&self.goal, &error);
        for entry in fs::read_dir(&self.part).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let found = entry.file_name().to_string_lossy().into_owned();
            // What a killed run was writing when it was killed.
            if found.starts_with(".needlework-") {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        place(&self.part, &self.goal)?;
        drop(self.lock);
        // Only now: had the place not been taken, the run could still go on.
        match fs::remove_file(self.goal.join(CHECKPOINT)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }
}

/// A file that does not exist yet.
pub struct NewFile {
    goal: PathBuf,
    beside: NamedTempFile,
}

impl NewFile {
    /// Checks that the file may be written, and opens the place beside it. Dropped without [`Self::appear`], nothing is left.
    ///
    /// # Errors
    /// [`Problem`] when it cannot.
    pub fn at(goal: &Path) -> Result<Self, Problem> {
        if goal.is_dir() {
            return Err(Problem::input(
                format!("{} is a folder", goal.display()),
                "name a file in it",
            ));
        }
        // Renaming a file over a device or a pipe would destroy it.
        if goal.exists() && !goal.is_file() {
            return Err(Problem::input(
                format!("{} is not an ordinary file", goal.display()),
                "name a file that does not exist yet",
            ));
        }
        let goal = resolved(goal)?;
        let beside = Builder::new()
            .prefix(".needlework-")
            .tempfile_in(parent_of(&goal))
            .map_err(|error| Problem::writing(&goal, &error))?;
        Ok(Self { goal, beside })
    }

    /// Writes the file beside its place.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be written; the file then never appears.
    pub fn write(&mut self, content: &[u8]) -> Result<(), Problem> {
        // The file itself: errors of the wrapper name the place beside, which means nothing to the reader.
        let file = self.beside.as_file_mut();
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.map_err(|error| Problem::writing(&self.goal, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Problem`] when the place cannot be taken; a file that was there before then stays.
    pub fn appear(self) -> Result<(), Problem> {
        readable_by_all(self.beside.path());
        let goal = self.goal;
        self.beside
            .persist(&goal)
            .map(drop)
            .map_err(|failed| Problem::writing(&goal, &failed.error))
    }
}

/// The place that a goal means: links and dots are followed where it exists, so that a rename does not replace a link.
fn resolved(goal: &Path) -> Result<PathBuf, Problem> {
    if goal.exists() {
        fs::canonicalize(goal).map_err(|error| Problem::writing(goal, &error))
    } else {
        Ok(goal.to_owned())
    }
}

fn parent_of(goal: &Path) -> PathBuf {
    match goal.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Temporary files are private to their owner; a report is not.
fn readable_by_all(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn refuse_foreign(kind: &Kind, goal: &Path) -> Result<(), Problem> {
    if !goal.exists() {
        return Ok(());
    }
    if !goal.is_dir() {
        return Err(Problem::input(
            format!("{} is a file, not a folder", goal.display()),
            "name a folder that does not exist yet",
        ));
    }
    let unreadable = |error: io::Error| {
        Problem::input(
            format!("cannot look into {}: {error}", goal.display()),
            "name another folder",
        )
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(goal).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    if let Some(foreign) = names.iter().find(|name| !kind.holds(name)) {
        return Err(Problem::input(
            format!(
                "{} holds `{foreign}`, which is not part of {}",
                goal.display(),
                kind.noun
            ),
            "name a new folder; nothing of yours is overwritten",
        ));
    }
    let ours = names.is_empty() || starts_as_ours(kind, &goal.join(kind.mark));
    if ours {
        return Ok(());
    }
    Err(Problem::input(
        format!("{} holds files that Needlework did not write", goal.display()),
        "name a new folder; nothing of yours is overwritten",
    ))
}

/// Whether a file begins as the mark of this kind does.
fn starts_as_ours(kind: &Kind, path: &Path) -> bool {
    let format = kind.format.as_bytes();
    let mut beginning = [0; 64];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read(&mut file, &mut beginning));
    read.is_ok_and(|length| beginning[..length].windows(format.len()).any(|window| window == format))
}
