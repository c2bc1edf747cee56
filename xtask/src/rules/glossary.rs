//! The glossary tells the truth: its names stand in the source, its links lead somewhere, and the front pages lead to
//! it.
//!
//! A row of a table in `docs/glossary.md` has its code name in the second column, between backticks. Of a path
//! (`healing::respond`) the last part counts. A name is found where it stands as a word in any Rust file outside of
//! comments that begin a line; whether it means what the row says is for a reader to judge.

use std::collections::BTreeSet;

use crate::Violation;
use crate::tree::SourceFile;

/// Where the glossary stands.
const GLOSSARY: &str = "docs/glossary.md";
/// The pages that a reader comes from.
const LEAD_TO_IT: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
/// The facade's front page.
const FACADE: &str = "src/lib.rs";

/// Names that no source file has, links that lead nowhere, and pages that don't lead to the glossary.
pub fn out_of_date(files: &[SourceFile]) -> Vec<Violation> {
    let Some(glossary) = files.iter().find(|file| file.path == GLOSSARY) else {
        return vec![Violation::new(GLOSSARY, 1, "the glossary is missing")];
    };
    let words = words_of_the_code(files);
    let mut found = Vec::new();
    for (number, line) in (1..).zip(glossary.text.lines()) {
        if let Some(name) = code_name(line)
            && !words.contains(name)
        {
            found.push(Violation::new(
                GLOSSARY,
                number,
                format!("no Rust file has the name `{name}`; give the one that it has now"),
            ));
        }
        for link in links(line) {
            let path = link.split('#').next().unwrap_or_default().trim_start_matches("../");
            if !files.iter().any(|file| file.path == path) {
                found.push(Violation::new(
                    GLOSSARY,
                    number,
                    format!("the link to `{link}` leads nowhere"),
                ));
            }
        }
    }
    let leads = |page: &str| {
        let mut pages = files.iter().filter(|file| file.path == page);
        pages.any(|file| file.text.contains(GLOSSARY))
    };
    if !leads(FACADE) {
        found.push(Violation::new(
            FACADE,
            1,
            format!("the facade's page doesn't lead to {GLOSSARY}"),
        ));
    }
    for page in LEAD_TO_IT {
        if !leads(page) {
            found.push(Violation::new(page, 1, format!("this page doesn't lead to {GLOSSARY}")));
        }
    }
    found
}

fn words_of_the_code(files: &[SourceFile]) -> BTreeSet<&str> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(|file| file.text.lines())
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')))
        .collect()
}

/// The code name of a row: the last part of what stands between backticks in the second column.
fn code_name(line: &str) -> Option<&str> {
    let cell = line.strip_prefix('|')?.split('|').nth(1)?.trim();
    let path = cell.strip_prefix('`')?.strip_suffix('`')?;
    path.rsplit("::").next()
}

/// The goals of a line's links that stay within the project.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(row: &str) -> Vec<SourceFile> {
        let mut files: Vec<SourceFile> = LEAD_TO_IT
            .iter()
            .chain(&[FACADE])
            .map(|page| SourceFile::new(page, "// See docs/glossary.md.\n"))
            .collect();
        files.push(SourceFile::new(
            "crates/a/src/lib.rs",
            "/// A Twin is no word of the code.\npub struct World;\n",
        ));
        files.push(SourceFile::new(GLOSSARY, row));
        files
    }

    #[test]
    fn a_name_that_only_a_comment_has_and_a_link_to_nowhere_are_found() {
        let good =
            house("See [the plan](../ARCHITECTURE.md).\n| world | `cohort::World` | epistemic draw | One draw. |\n");
        assert_eq!(out_of_date(&good), vec![]);
        let bad = out_of_date(&house("See [it](gone.md).\n| twin | `Twin` | control | Untreated. |\n"));
        assert_eq!(bad.len(), 2, "{bad:?}");
        assert!(bad[0].to_string().contains("gone.md") && bad[1].to_string().contains("`Twin`"));
    }

    #[test]
    fn a_page_that_does_not_lead_to_the_glossary_is_found() {
        let mut files = house("");
        files[0].text.clear();
        let found = out_of_date(&files);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].file, LEAD_TO_IT[0]);
    }
}
