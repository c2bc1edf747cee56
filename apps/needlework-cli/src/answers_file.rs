//! Where the answers of an interview are kept: private, whole at any time, and never in the place of somebody else's
//! file.
//!
//! A file that is there already is written again only when the interview made it and nobody has put anything into it.
//! It is private to its owner, since answers are about somebody's health. An interview that is stopped leaves
//! everything as it was before it began.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use needlework::rules::interview::Answers;
use tempfile::Builder;

use crate::file::NewFile;
use crate::problem::Problem;

/// The file of an interview.
pub struct AnswersFile {
    path: PathBuf,
    /// What stood there before the interview began; none where nothing did.
    before: Option<Vec<u8>>,
    written: bool,
}

impl AnswersFile {
    /// Checks that the file may be written, before anything is asked. `resumed` is the file that the interview goes on
    /// from.
    ///
    /// # Errors
    /// [`Problem`] when something stands there that the interview did not make, or the place cannot be written.
    pub fn at(path: &Path, resumed: Option<&Path>) -> Result<Self, Problem> {
        let shown = crate::screen::cleaned(&path.display().to_string());
        // A place that cannot be written is said before the first question.
        drop(NewFile::at(path)?);
        let before = if path.exists() {
            Some(fs::read(path).map_err(|error| Problem::writing(path, &error))?)
        } else {
            None
        };
        if let Some(before) = &before {
            let same = resumed.is_some_and(|resumed| is_same(resumed, path));
            if !same {
                return Err(Problem::input(
                    format!("{shown} is there already"),
                    format!("go on with it by --resume {shown} --out {shown}, or name another file"),
                ));
            }
            let ours = std::str::from_utf8(before).is_ok_and(Answers::made);
            if !ours {
                return Err(Problem::input(
                    format!("{shown} holds what the interview did not write, such as comments, and that would be lost"),
                    "keep it, and name another file: --out my-case-2.toml",
                ));
            }
        }
        Ok(Self {
            path: path.to_owned(),
            before,
            written: false,
        })
    }

    /// Its name, as it may be printed.
    pub fn name(&self) -> String {
        crate::screen::cleaned(&self.path.display().to_string())
    }

    /// Keeps the answers, whole or not at all; only their owner may read them.
    ///
    /// # Errors
    /// [`Problem`] when they cannot be written; what was there then stays.
    pub fn keep(&mut self, answers: &Answers) -> Result<(), Problem> {
        self.put(answers.document().as_bytes())?;
        self.written = true;
        Ok(())
    }

    /// Leaves everything as it was before the interview, and says so.
    ///
    /// # Errors
    /// [`Problem`] when that cannot be done.
    pub fn leave(&mut self) -> Result<String, Problem> {
        if self.written {
            match self.before.clone() {
                Some(before) => self.put(&before)?,
                None => fs::remove_file(&self.path).map_err(|error| Problem::writing(&self.path, &error))?,
            }
        }
        self.written = false;
        Ok(match &self.before {
            None => "Your answers were not kept.".to_owned(),
            Some(_) => format!(
                "{} is as it was before; delete it if you do not want to keep it.",
                self.name()
            ),
        })
    }

    fn put(&self, content: &[u8]) -> Result<(), Problem> {
        let failed = |error: std::io::Error| Problem::writing(&self.path, &error);
        let goal = if self.path.exists() {
            fs::canonicalize(&self.path).map_err(failed)?
        } else {
            self.path.clone()
        };
        let folder = goal.parent().filter(|parent| !parent.as_os_str().is_empty());
        // A temporary file is private to its owner, and stays so.
        let mut beside = Builder::new()
            .prefix(".needlework-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(failed)?;
        beside
            .as_file_mut()
            .write_all(content)
            .and_then(|()| beside.as_file_mut().sync_all())
            .map_err(failed)?;
        beside
            .persist(&goal)
            .map(drop)
            .map_err(|failed| Problem::writing(&goal, &failed.error))
    }
}

/// Whether two names mean the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
