//! Every format that is stored or sent stands in ARCHITECTURE.md, and every one that stands there is made by some code.
//!
//! A format is a text such as `needlework-report/1` in source outside tests: the name that a file or an answer bears,
//! with its version. Held in both directions (invariant 4).

use std::collections::BTreeSet;

use crate::Violation;
use crate::tree::SourceFile;
use crate::words;

/// The page with the table, and the heading above it.
const PAGE: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Stored and sent";

/// Formats that stand in code or on the page alone.
pub fn on_the_page(files: &[SourceFile]) -> Vec<Violation> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        return Vec::new();
    };
    let mut listed = BTreeSet::new();
    let mut found = Vec::new();
    let made: Vec<words::Word> = words::of(files)
        .into_iter()
        .filter(|word| word.quoted && is_format(&word.text) && !word.file.starts_with("xtask/"))
        .collect();
    let below = page.text.lines().enumerate().skip_while(|(_, line)| *line != HEADING);
    for (number, line) in below {
        for name in line.split('`').filter(|part| is_format(part)) {
            listed.insert(name.to_owned());
            if !made.iter().any(|word| word.text == name) {
                let what = format!("no code makes or reads `{name}`; take it out");
                found.push(Violation::new(PAGE, number + 1, what));
            }
        }
    }
    for word in made.iter().filter(|word| !listed.contains(&word.text)) {
        let what = format!("the format `{}` is missing in {PAGE} below \"{HEADING}\"", word.text);
        found.push(Violation::new(&word.file, word.line, what));
    }
    found
}

/// Is this the name of a format with its version, such as `needlework-report/1`?
fn is_format(text: &str) -> bool {
    text.strip_prefix("needlework-")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(name, version)| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && version.parse::<u32>().is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_on_one_side_only_is_caught() {
        let page = SourceFile::new(
            PAGE,
            "`needlework-early/1`\n## Stored and sent\n| `needlework-a/1` | x |\n| `needlework-b/2` | y |\n",
        );
        let code = SourceFile::new(
            "crates/a/src/lib.rs",
            "const A: &str = \"needlework-a/1\";\n\
             const C: &str = \"needlework-c/1\";\nconst D: &str = \"needlework-a/s\";\n",
        );
        let told: Vec<String> = on_the_page(&[page, code]).iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("needlework-b/2") && told[1].contains("needlework-c/1"));
    }
}
