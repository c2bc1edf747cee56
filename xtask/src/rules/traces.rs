//! The tree carries no trace of the machine that it was written on.
//!
//! A path that exists on one machine only breaks on every other, and tells a reader nothing. Held are all text files.

use crate::Violation;
use crate::tree::SourceFile;

/// Paths of one machine. Each is written in two halves, so that this file doesn't break its own rule.
const PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/tmp/", "target"),
    concat!("/tmp/", "bash"),
    concat!("bash_", "jobs"),
    concat!(".libr", "ary/"),
    concat!("shared/", "design"),
    concat!("shared/", "evidence"),
    concat!("shared/", "seed"),
];

/// Every line that names such a path.
pub fn of_the_workshop(files: &[SourceFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(path) = PATHS.iter().find(|path| names(line, path)) {
                let what =
                    format!("`{path}` exists on one machine only; use a path from the workspace root, or an argument");
                found.push(Violation::new(&file.path, number + 1, what));
            }
        }
    }
    found
}

/// Does the line name the path, and not only an address or a longer path that contains it (`https://x.org/work/7`)?
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !path.starts_with('/') || !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        of_the_workshop(&[SourceFile::new("notes.md", text)]).len()
    }

    #[test]
    fn a_path_of_one_machine_is_caught_in_any_text_file() {
        assert_eq!(count(concat!("see /wo", "rk/main/evidence")), 1);
        assert_eq!(count(concat!("fine\nCARGO_TARGET_DIR=/tmp/", "target-house")), 1);
        assert_eq!(count(concat!("open(\"/ro", "ot/x\")")), 1);
    }

    #[test]
    fn an_address_or_a_path_of_ours_is_not() {
        assert_eq!(
            count(concat!("https://example.org/wo", "rk/7 and evidence/skin.toml")),
            0
        );
        assert_eq!(count("the work of one session at home, the root of the equation"), 0);
    }
}
