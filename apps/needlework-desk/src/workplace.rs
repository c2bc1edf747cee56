//! A hidden place beside a goal, where what is new is made and what is old waits until the new one stands.
//!
//! ```text
//! .needlework-XXXXXX/lock        marks the place as ours; held while its run lives
//! .needlework-XXXXXX/new/NAME    what is being made
//! .needlework-XXXXXX/old/NAME    what is replaced, between two renames
//! ```
//!
//! A run that is killed leaves its place. Whoever writes beside it next tidies up: if what was replaced has no
//! successor yet, it is put back; all else of the place goes. A place whose lock is held, or that holds anything but
//! the above, is left alone. Where the system knows no locks, nothing is tidied.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use crate::problem::Problem;
use crate::screen::complain;

/// How every hidden name of ours begins.
pub const PREFIX: &str = ".needlework-";
const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
/// What the lock says.
const MARK: &str = "needlework-workplace/1\n";
/// How often a place is tried for that somebody who tidies up takes away while it is furnished.
const TRIES: usize = 8;

/// The folder in which a goal stands.
pub fn parent_of(goal: &Path) -> PathBuf {
    match goal.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A place of this run. Dropped, it is gone with all that is in it.
pub struct Workplace {
    /// Let go of before the place goes, since some systems don't remove what is open.
    _lock: File,
    place: TempDir,
    name: std::ffi::OsString,
}

impl Workplace {
    /// Opens a place beside a goal.
    ///
    /// # Errors
    /// [`Problem`] when the goal has no name, or one may not write there.
    pub fn beside(goal: &Path) -> Result<Self, Problem> {
        let Some(name) = goal.file_name() else {
            return Err(Problem::input(
                format!("{} has no name of its own", goal.display()),
                "name a new folder or file, such as out",
            ));
        };
        let failed = |error: io::Error| Problem::writing(goal, &error);
        let mut tried = 0;
        // Ends: the tries are counted.
        loop {
            tried += 1;
            let place = Builder::new()
                .prefix(PREFIX)
                .tempdir_in(parent_of(goal))
                .map_err(failed)?;
            match furnished(place.path()) {
                Ok(lock) => {
                    return Ok(Self {
                        _lock: lock,
                        place,
                        name: name.to_owned(),
                    });
                }
                // Somebody tidied up just now.
                Err(error) if error.kind() == io::ErrorKind::NotFound && tried < TRIES => {}
                Err(error) => return Err(failed(error)),
            }
        }
    }

    /// Where the new one is made.
    pub fn new_one(&self) -> PathBuf {
        self.place.path().join(NEW).join(&self.name)
    }

    /// Puts a finished folder at its goal. What stands there is moved aside, looked at once more, and put back if it
    /// isn't ours or the goal cannot be taken.
    ///
    /// # Errors
    /// [`Problem`] of the last look, or of the system.
    pub fn place(self, folder: &Path, goal: &Path, look: impl Fn(&Path) -> Result<(), Problem>) -> Result<(), Problem> {
        let failed = |error: io::Error| Problem::writing(goal, &error);
        let old = self.place.path().join(OLD).join(&self.name);
        let replaced = fs::symlink_metadata(goal).is_ok();
        if replaced {
            fs::rename(goal, &old).map_err(failed)?;
        }
        let placed = if replaced { look(&old) } else { Ok(()) }.and_then(|()| {
            if let Ok(before) = fs::metadata(&old) {
                // Whoever closed the folder to others wants it closed.
                fs::set_permissions(folder, before.permissions()).map_err(failed)?;
            }
            fs::rename(folder, goal).map_err(failed)
        });
        if placed.is_err() && replaced && fs::rename(&old, goal).is_err() {
            let kept = self.place.keep();
            return Err(Problem::failed(
                format!("{} could not be put back", goal.display()),
                format!("it is kept in {}", kept.join(OLD).display()),
            ));
        }
        placed
    }
}

/// Marks a place as ours and lays out its parts.
fn furnished(place: &Path) -> io::Result<File> {
    let mut lock = File::create_new(place.join(LOCK))?;
    if matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        return Err(io::ErrorKind::NotFound.into());
    }
    lock.write_all(MARK.as_bytes())?;
    fs::create_dir(place.join(NEW))?;
    fs::create_dir(place.join(OLD))?;
    Ok(lock)
}

/// Puts back or takes away what killed runs left beside a goal, and says so.
pub fn tidy(goal: &Path) {
    let parent = parent_of(goal);
    let Ok(entries) = fs::read_dir(&parent) else { return };
    let mut places: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(PREFIX))
        })
        .collect();
    places.sort();
    for place in places {
        match tidied(&parent, &place) {
            Ok(Some(back)) => complain(&format!(
                "An earlier run was stopped while it replaced {}: what stood there is back.",
                back.display()
            )),
            Ok(None) => complain(&format!("Swept away what a stopped run left in {}.", parent.display())),
            // It isn't ours, or its run lives, or one may not: left alone.
            Err(_) => {}
        }
    }
}

/// Tidies one place; what was put back, if anything.
fn tidied(parent: &Path, place: &Path) -> io::Result<Option<PathBuf>> {
    let leave = || io::Error::from(io::ErrorKind::Other);
    if !fs::symlink_metadata(place)?.is_dir() {
        return Err(leave());
    }
    let lock = place.join(LOCK);
    match fs::symlink_metadata(&lock) {
        Ok(found) if found.is_file() => {}
        // Killed before it was furnished: nothing is in it, or it isn't ours and stays.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return fs::remove_dir(place).map(|()| None),
        _ => return Err(leave()),
    }
    let held = OpenOptions::new().read(true).write(true).open(&lock)?;
    held.try_lock().map_err(|_| leave())?;
    let mut says = String::new();
    (&held).take(2 * MARK.len() as u64).read_to_string(&mut says)?;
    if !MARK.starts_with(&says) || !is_a_place(place)? {
        return Err(leave());
    }
    let mut back = None;
    if let Some(old) = entries_of(&place.join(OLD))?.first() {
        let goal = parent.join(old.file_name().unwrap_or_default());
        if fs::symlink_metadata(&goal).is_err() {
            fs::rename(old, &goal)?;
            back = Some(goal);
        }
    }
    drop(held);
    fs::remove_dir_all(place)?;
    Ok(back)
}

/// Whether a folder holds what such a place holds, and nothing else.
fn is_a_place(place: &Path) -> io::Result<bool> {
    let known = [LOCK, NEW, OLD];
    for entry in entries_of(place)? {
        if !known.iter().any(|name| entry.file_name() == Some((*name).as_ref())) {
            return Ok(false);
        }
    }
    for part in [NEW, OLD] {
        let inside = entries_of(&place.join(part))?;
        if inside.len() > 1 {
            return Ok(false);
        }
        for one in inside {
            let plain = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
            let folder = fs::symlink_metadata(&one)?.is_dir();
            let flat = folder && entries_of(&one)?.iter().all(|file| plain(file));
            if !flat && !plain(&one) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// What is in a folder; nothing where there is none.
fn entries_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
