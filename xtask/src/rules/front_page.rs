//! Every source file opens with a front page: `//!` lines that say what it models or does.
//!
//! The rule asks for at least one full sentence: four words or more, closed by a full stop, colon or question mark.
//! Whether the sentence is any good is for the reviewer.

use crate::Violation;
use crate::tree::SourceFile;

/// Folders whose Rust files need a front page.
const HELD: &[&str] = &[
    "src/",
    "tests/",
    "examples/",
    "crates/",
    "apps/",
    "xtask/",
    "validation/",
    "benches/",
];

/// The fewest words that make a sentence.
const SENTENCE_WORDS: usize = 4;

/// Every Rust file that doesn't open with a full sentence in `//!` lines.
pub fn missing(files: &[SourceFile]) -> Vec<Violation> {
    files
        .iter()
        .filter(|file| file.is_rust() && HELD.iter().any(|folder| file.path.starts_with(folder)))
        .filter(|file| !has_sentence(&front_page(&file.text)))
        .map(|file| {
            Violation::new(
                &file.path,
                1,
                "opens without a front page; start with `//!` and a sentence on what this file models or does",
            )
        })
        .collect()
}

/// The text of the opening `//!` block, after a shebang, inner attributes or blank lines.
fn front_page(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with("#!"))
        .map_while(|line| line.strip_prefix("//!"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn has_sentence(page: &str) -> bool {
    let mut words = 0;
    for word in page.split_whitespace() {
        words += 1;
        if words >= SENTENCE_WORDS
            && word
                .trim_end_matches(['*', '_', '`', ')', '"'])
                .ends_with(['.', ':', '?', '!', ';'])
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_caught(text: &str) -> bool {
        !missing(&[SourceFile::new("crates/a/src/lib.rs", text)]).is_empty()
    }

    #[test]
    fn a_file_without_a_front_page_is_caught() {
        assert!(is_caught(""));
        assert!(is_caught("use std::fmt;\n//! Too late to say what this is.\n"));
        assert!(is_caught("// This is no doc comment at all.\n"));
        assert!(is_caught("//! To be written.\n"));
        assert!(is_caught("//! no sentence, only words without an end\n"));
    }

    #[test]
    fn a_sentence_after_attributes_or_over_two_lines_will_do() {
        assert!(!is_caught("//! How a channel closes after the needle.\n"));
        assert!(!is_caught(
            "#![allow(clippy::panic)]\n\n//! How a channel closes\n//! after the needle has left.\n"
        ));
    }

    #[test]
    fn text_files_need_none() {
        assert!(missing(&[SourceFile::new("crates/a/notes.txt", "")]).is_empty());
    }
}
