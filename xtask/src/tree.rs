//! The text files of the project, read once, so that the rules can be pure functions over them.
//!
//! What counts as the project: everything below the workspace root except build output, version control and editor
//! folders. The list is taken from the disk, not from version control, so a new file is held before it is committed.
//! A file that isn't UTF-8 (a picture, a Parquet file) is left out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that are no part of the project, by name, wherever they lie.
const NOT_OURS: &[&str] = &["target", "node_modules", "out"];

/// One text file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the workspace root, with forward slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// A file by path and text; the rules' tests plant their violations with it.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Is this a Rust source file?
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The line of a file on which a text stands in quotes; the first where none does.
pub fn line_of(files: &[SourceFile], path: &str, text: &str) -> usize {
    let quoted = format!("\"{text}\"");
    let lines = files
        .iter()
        .filter(|file| file.path == path)
        .flat_map(|file| file.text.lines());
    (1..)
        .zip(lines)
        .find(|(_, line)| line.contains(&quoted))
        .map_or(1, |(number, _)| number)
}

/// The folder that holds the workspace's `Cargo.toml`.
pub fn workspace_root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Reads every text file below `root`, in the order of their paths.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn read(root: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}/{name}")
        };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let hidden = name.starts_with('.') && name != ".ci";
            if !hidden && !NOT_OURS.contains(&name.as_str()) {
                collect(&entry.path(), &path, files)?;
            }
        // In a linked worktree, `.git` is a file that names where the repository lies.
        } else if kind.is_file() && name != ".git" {
            // Somebody may save or build beside us: a file that vanished between listing and reading is not an error.
            let bytes = match fs::read(entry.path()) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other?,
            };
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(SourceFile { path, text });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_holds_this_file_and_no_build_output() {
        let files = read(&workspace_root()).unwrap();
        assert!(files.iter().any(|file| file.path == "xtask/src/tree.rs"));
        assert!(files.iter().any(|file| file.path == "Cargo.toml"));
        assert!(
            files
                .iter()
                .all(|file| !file.path.starts_with("target/") && !file.path.contains(".git/"))
        );
    }
}
