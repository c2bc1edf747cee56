//! A file is one concept, a crate is one room: neither grows without end.
//!
//! Lines are lines as an editor counts them, comments and tests included, because a reader has to pass those too.

use crate::Violation;
use crate::manifests::Manifest;
use crate::tree::SourceFile;

/// The longest Rust file we allow, in lines.
pub const FILE_LINES: usize = 800;

/// The largest crate we allow, in lines below its `src/`.
pub const CRATE_LINES: usize = 5_000;

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

/// Every crate with more than [`CRATE_LINES`] lines below `src/`.
pub fn large_crates(files: &[SourceFile], manifests: &[Manifest]) -> Vec<Violation> {
    manifests
        .iter()
        .filter_map(|manifest| {
            let source = format!("{}src/", manifest.folder());
            let lines: usize = files
                .iter()
                .filter(|file| file.is_rust() && file.path.starts_with(&source))
                .map(|file| file.text.lines().count())
                .sum();
            let what = format!(
                "`{}` has {lines} lines, at most {CRATE_LINES}; it asks to be split",
                manifest.name
            );
            (lines > CRATE_LINES).then(|| Violation::new(&manifest.file, 1, what))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_crate_of_many_short_files_can_still_be_too_large() {
        let manifest = Manifest {
            file: "crates/a/Cargo.toml".into(),
            name: "a".into(),
            dependencies: vec![],
        };
        let files: Vec<_> = (0..7).map(|i| lines(&format!("crates/a/src/f{i}.rs"), 800)).collect();
        assert_eq!(large_crates(&files, std::slice::from_ref(&manifest)).len(), 1);
        assert!(large_crates(&files[..6], &[manifest]).is_empty());
    }
}
