//! Problems, as data: why a command did not do what was asked, and what to do. [`crate::screen`] returns them, and
//! `complaint` shows them.

use std::io;
use std::path::Path;

use needlework::case::Diagnostics;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Problem {
    /// The case file is wrong; all its problems at once.
    Case(Diagnostics),
    /// Something else in the input is wrong.
    Input {
        /// What is wrong.
        what: String,
        /// What to do.
        help: String,
    },
    /// The work failed.
    Failed {
        /// What failed.
        what: String,
        /// What to do.
        help: String,
    },
}

impl Problem {
    /// Wrong input.
    pub fn input(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Input {
            what: what.into(),
            help: help.into(),
        }
    }

    /// Failed work.
    pub fn failed(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Failed {
            what: what.into(),
            help: help.into(),
        }
    }

    /// A file or folder could not be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::StorageFull => "the disk is full; nothing was left behind: free some space and try again",
            io::ErrorKind::PermissionDenied => "you may not write there; choose another place",
            io::ErrorKind::NotFound => "the folder above it does not exist; create it first",
            _ => "nothing was left behind; choose another place or try again",
        };
        Self::failed(format!("cannot write {}: {error}", path.display()), help)
    }
}
