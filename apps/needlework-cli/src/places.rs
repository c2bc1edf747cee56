//! Where a command reads and where it writes, compared before it does either.
//!
//! Every option that takes a path is known from the definition of the command line itself: what stands without a flag
//! is read, an option is written unless it is listed here as read. So an option that is added later is looked at too.
//! Refused are a place to write that is also read, by whatever name (links, hard links, dots, letters of another case
//! where a file system does not tell them apart); one in a folder that is replaced as a whole; and one that two options
//! name.

use std::any::TypeId;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use crate::problem::Problem;
use crate::workplace::parent_of;

/// Options with a path that is read.
const READ: [&str; 1] = ["resume"];

/// What a path on the command line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is read.
    Read,
    /// It is written.
    Written,
}

/// What the path of an argument is for; nothing where it takes no path.
#[must_use]
pub fn way(argument: &Arg) -> Option<Way> {
    let takes_a_path = argument.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    let read = argument.is_positional() || READ.contains(&argument.get_id().as_str());
    takes_a_path.then_some(if read { Way::Read } else { Way::Written })
}

/// A path with the argument that names it.
struct Named {
    id: String,
    path: PathBuf,
}

/// Refuses a command line that writes over what it reads, or twice over the same place.
///
/// # Errors
/// [`Problem`] that names both.
pub fn refuse_collisions(commands: &clap::Command, matches: &ArgMatches) -> Result<(), Problem> {
    let Some((name, given)) = matches.subcommand() else {
        return Ok(());
    };
    let Some(command) = commands.find_subcommand(name) else {
        return Ok(());
    };
    let (mut read, mut written) = (Vec::new(), Vec::new());
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        let Some(way) = way(argument) else { continue };
        let paths = given.try_get_many::<PathBuf>(id).ok().flatten();
        for path in paths.into_iter().flatten() {
            let named = Named {
                id: id.replace('_', "-"),
                path: path.clone(),
            };
            match way {
                Way::Written => written.push(named),
                Way::Read if path == Path::new("-") => {}
                Way::Read => read.push(named),
            }
        }
    }
    for (place, one) in written.iter().enumerate() {
        for other in &read {
            // The interview goes on in the file that it began; it looks itself whether that file is one of its own.
            let goes_on = name == "interview" && other.id == "resume";
            if same(&one.path, &other.path) && !goes_on {
                return Err(Problem::input(
                    format!("--{} {} is the file that is read", one.id, one.path.display()),
                    "name a new file or folder; nothing of yours is overwritten",
                ));
            }
            refuse_within(&other.path, one, "which is read,")?;
        }
        for other in &written[..place] {
            if same(&one.path, &other.path) {
                return Err(Problem::input(
                    format!(
                        "--{} and --{} name the same place, {}",
                        other.id,
                        one.id,
                        one.path.display()
                    ),
                    "give each a name of its own",
                ));
            }
            refuse_within(&one.path, other, &format!("which --{} writes,", one.id))?;
            refuse_within(&other.path, one, &format!("which --{} writes,", other.id))?;
        }
    }
    Ok(())
}

/// Refuses a path that lies in a folder which is replaced as a whole.
fn refuse_within(path: &Path, folder: &Named, which: &str) -> Result<(), Problem> {
    let whole = lies(&folder.path);
    let inside = lies(path);
    if inside != whole && inside.starts_with(&whole) {
        return Err(Problem::input(
            format!(
                "{}, {which} lies in the folder of --{}, which is replaced as a whole",
                path.display(),
                folder.id
            ),
            "write it beside that folder",
        ));
    }
    Ok(())
}

/// Whether two paths mean the same place.
fn same(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            // Neither is there yet. Some systems don't tell letters by their case, so such names are one.
            let folded = |path: &Path| lies(path).to_string_lossy().to_lowercase();
            folded(one) == folded(other)
        }
        _ => false,
    }
}

/// What tells whether two existing paths are one file.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

/// What tells whether two existing paths are one file.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Where a path lies, with links and dots followed as far as it exists.
fn lies(path: &Path) -> PathBuf {
    if let Ok(found) = fs::canonicalize(path) {
        return found;
    }
    let Some(name) = path.file_name() else {
        return path.to_owned();
    };
    let parent = parent_of(path);
    let parent = if parent == path { parent } else { lies(&parent) };
    parent.join(name)
}
