//! Every format that is stored or sent stands in ARCHITECTURE.md, and every one that stands there is made by some code.
//!
//! A format is a text such as `needlework-report/1` in source outside tests: the name that a file or an answer bears,
//! with its version; what follows the version (the end of a line) is no part of it. Held in both directions (invariant
//! 4). Limits: marks of binary files, such as that of a checkpoint, are bytes and not seen.

use std::collections::BTreeSet;

use crate::Violation;
use crate::tree::SourceFile;
use crate::words::Word;

/// The page with the table, and the heading above it.
const PAGE: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Stored and sent";

/// Formats that stand in code or on the page alone.
pub fn on_the_page(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        return vec![Violation::new(PAGE, 1, "the page is missing")];
    };
    let mut listed = BTreeSet::new();
    let mut found = Vec::new();
    let made: Vec<(&str, &Word)> = words
        .iter()
        .filter(|word| word.quoted && !word.file.starts_with("xtask/"))
        .filter_map(|word| Some((format_of(&word.text)?, word)))
        .collect();
    let below = page.text.lines().enumerate().skip_while(|(_, line)| *line != HEADING);
    for (number, line) in below {
        for name in line.split('`').filter(|part| format_of(part) == Some(part)) {
            listed.insert(name.to_owned());
            if !made.iter().any(|(format, _)| *format == name) {
                let what = format!("no code makes or reads `{name}`; take it out");
                found.push(Violation::new(PAGE, number + 1, what));
            }
        }
    }
    for (format, word) in made.into_iter().filter(|(format, _)| !listed.contains(*format)) {
        let what = format!("the format `{format}` is missing in {PAGE} below \"{HEADING}\"");
        found.push(Violation::new(&word.file, word.line, what));
    }
    found
}

/// The name of a format with its version, such as `needlework-report/1`, with which a text begins.
fn format_of(text: &str) -> Option<&str> {
    let (name, version) = text.strip_prefix("needlework-")?.split_once('/')?;
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let digits = version.chars().take_while(char::is_ascii_digit).count();
    let end = text.len() - version.len() + digits;
    (plain && digits > 0).then(|| text.get(..end))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn a_format_on_one_side_only_is_caught() {
        let page = SourceFile::new(
            PAGE,
            "`needlework-early/1`\n## Stored and sent\n| `needlework-a/1` | x |\n| `needlework-b/2` | y |\n",
        );
        let code = SourceFile::new(
            "crates/a/src/lib.rs",
            "const A: &str = \"needlework-a/1\";\n\
             const C: &str = \"needlework-c/1\";\nconst D: &str = \"needlework-a/s\";\n\
             const E: &str = \"needlework-e/1\\n\";\n",
        );
        let files = [page, code];
        let told: Vec<String> = on_the_page(&files, &words::of(&files))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 3, "{told:?}");
        for (line, name) in told.iter().zip(["needlework-b/2", "needlework-c/1", "needlework-e/1"]) {
            assert!(line.contains(name), "{told:?}");
        }
    }
}
