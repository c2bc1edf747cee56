//! A file is one concept: it does not grow without end. A crate may: its walls are drawn by what it is about, not by a
//! count of lines.
//!
//! Lines are lines as an editor counts them, comments and tests included, because a reader has to pass those too.

use crate::Violation;
use crate::tree::SourceFile;

/// The longest Rust file we allow, in lines.
pub const FILE_LINES: usize = 800;
/// The longest line of a Rust file, in characters: as far as `cargo fmt` breaks code.
pub const COLUMNS: usize = 120;

/// Every Rust file with more than [`FILE_LINES`] lines.
pub fn long_files(files: &[SourceFile]) -> Vec<Violation> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let what = format!("{lines} lines, at most {FILE_LINES}; give its second concept a file of its own");
            (lines > FILE_LINES).then(|| Violation::new(&file.path, FILE_LINES + 1, what))
        })
        .collect()
}

/// Every line with more than [`COLUMNS`] characters: `cargo fmt` breaks neither comments nor what stands in a macro.
pub fn wide_lines(files: &[SourceFile]) -> Vec<Violation> {
    let wide = |file: &SourceFile| -> Vec<Violation> {
        let lines = file.text.lines().enumerate();
        lines
            .map(|(at, line)| (at + 1, line.chars().count()))
            .filter(|(_, columns)| *columns > COLUMNS)
            .map(|(line, columns)| {
                let what = format!("{columns} columns, at most {COLUMNS}; break the line");
                Violation::new(&file.path, line, what)
            })
            .collect()
    };
    files.iter().filter(|file| file.is_rust()).flat_map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_121st_column_is_one_too_many() {
        let file = |columns: usize| SourceFile::new("crates/a/src/lib.rs", &format!("// a\n{}\n", "µ".repeat(columns)));
        assert!(wide_lines(&[file(120)]).is_empty());
        let found = wide_lines(&[file(121)]);
        assert_eq!((found.len(), found[0].line), (1, 2));
    }

    fn lines(path: &str, count: usize) -> SourceFile {
        SourceFile::new(path, &"//! Long.\n".repeat(count))
    }

    #[test]
    fn the_801st_line_is_one_too_many() {
        assert!(long_files(&[lines("crates/a/src/lib.rs", 800)]).is_empty());
        let found = long_files(&[lines("crates/a/src/lib.rs", 801)]);
        assert_eq!((found.len(), found[0].line), (1, 801));
        assert!(
            long_files(&[lines("evidence/long.toml", 900)]).is_empty(),
            "only code is held"
        );
    }
}
