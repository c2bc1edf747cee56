//! A folder in the making that outlives the program: it stands beside its goal as `GOAL.part`, and every file in it is
//! whole at any time.
//!
//! Its lock marks it as ours and is held as long as a run writes there; the system lets go of it when the program ends,
//! however it ends. A folder of that name without the mark, or with anything in it that such a run does not write, is
//! somebody else's and stays as it is.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::folder::{CHECKPOINT, Kind, LOCK, refuse_foreign, refuse_where_one_stands, resolved};
use crate::problem::Problem;
use crate::workplace::{PREFIX, Workplace, parent_of, tidy};

/// What the lock says.
const MARK: &str = "needlework-part/1\n";

/// A folder in the making.
pub struct Making {
    kind: &'static Kind,
    goal: PathBuf,
    part: PathBuf,
    lock: fs::File,
}

impl Making {
    /// Begins anew, or goes on with what an interrupted run left.
    ///
    /// # Errors
    /// [`Problem`] when the goal or the place beside it holds foreign files, when there is an unfinished run and
    /// neither `resume` nor `restart` says what to do with it, when there is none to resume, or when the place cannot
    /// be written.
    pub fn open(kind: &'static Kind, goal: &Path, resume: bool, restart: bool) -> Result<Self, Problem> {
        tidy(goal);
        refuse_foreign(kind, goal)?;
        let goal = resolved(goal)?;
        refuse_where_one_stands(&goal)?;
        let Some(name) = goal.file_name() else {
            return Err(Problem::input(
                format!("{} has no name of its own", goal.display()),
                "name a new folder, such as out",
            ));
        };
        let mut name = name.to_owned();
        name.push(".part");
        let part = parent_of(&goal).join(name);
        let ours = ours(kind, &part)?;
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
        let mut lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(part.join(LOCK))
            .map_err(writing)?;
        if lock.try_lock().is_err() {
            return Err(busy(&part));
        }
        lock.write_all(MARK.as_bytes()).map_err(writing)?;
        if !resume {
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
        self.write_parts(name, &[content])
    }

    /// As [`Self::write`], for a file whose parts are not put together in memory.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_parts(&self, name: &str, parts: &[&[u8]]) -> Result<(), Problem> {
        let path = self.part.join(name);
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        open_to_the_mask(&mut builder);
        let mut beside = builder
            .tempfile_in(&self.part)
            .map_err(|error| Problem::writing(&path, &error))?;
        let file = beside.as_file_mut();
        parts
            .iter()
            .try_for_each(|part| file.write_all(part))
            .and_then(|()| file.sync_all())
            .map_err(|error| Problem::writing(&path, &error))?;
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
        let Self { kind, goal, part, lock } = self;
        refuse_foreign(kind, &goal)?;
        let failed = |error: io::Error| Problem::writing(&goal, &error);
        for entry in fs::read_dir(&part).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let found = entry.file_name().to_string_lossy().into_owned();
            // What a killed run was writing when it was killed.
            if found.starts_with(PREFIX) && found != LOCK {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Workplace::beside(&goal)?.place(&part, &goal, |old| refuse_foreign(kind, old))?;
        drop(lock);
        // Only now: had the place not been taken, the run could still go on.
        for name in [CHECKPOINT, LOCK] {
            match fs::remove_file(goal.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A temporary file is its owner's alone; what is kept has the rights that the user's mask gives.
fn open_to_the_mask(builder: &mut Builder<'_, '_>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = builder;
}

fn busy(part: &Path) -> Problem {
    Problem::input(
        format!("another run is writing in {}", part.display()),
        "wait for it, or name another folder",
    )
}

/// The files of an unfinished run of ours but its lock; none where there is no folder, or an empty one.
fn ours(kind: &Kind, part: &Path) -> Result<Vec<PathBuf>, Problem> {
    let Ok(found) = fs::symlink_metadata(part) else {
        return Ok(Vec::new());
    };
    let foreign = |what: String| Err(Problem::input(what, "name another folder; nothing of yours is deleted"));
    if !found.is_dir() {
        return foreign(format!("{} is there already, and it is no folder", part.display()));
    }
    let unreadable = |error: io::Error| {
        Problem::input(
            format!("cannot look into {}: {error}", part.display()),
            "name another folder",
        )
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(part).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let plain = entry.file_type().map_err(unreadable)?.is_file();
        if !plain || !(kind.holds(&name) || name.starts_with(PREFIX)) {
            return foreign(format!(
                "{} holds `{name}`, which is not part of {}",
                part.display(),
                kind.noun
            ));
        }
        files.push(entry.path());
    }
    if files.is_empty() {
        return Ok(files);
    }
    let lock = part.join(LOCK);
    let mut says = String::new();
    if let Ok(held) = fs::File::open(&lock) {
        if held.try_lock_shared().is_err() {
            return Err(busy(part));
        }
        held.take(2 * MARK.len() as u64)
            .read_to_string(&mut says)
            .map_err(unreadable)?;
    }
    // A lock without its mark was left between two steps of the beginning, when nothing else was there.
    let alone = files.len() == 1 && says.is_empty() && files[0] == lock;
    if says != MARK && !alone {
        return foreign(format!("{} holds files that Needlework did not write", part.display()));
    }
    files.retain(|path| *path != lock);
    Ok(files)
}
