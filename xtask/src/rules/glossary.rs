//! The glossary tells the truth: its names stand in the source, its links lead somewhere, and the front pages lead to
//! it.
//!
//! A row of a table in `docs/glossary.md` has its code name in the second column, between backticks. Of a path
//! (`healing::respond`) the last part counts. A name is found where it stands as a word in any Rust file outside of
//! comments that begin a line; whether it means what the row says is for a reader to judge. A word of the house that
//! ARCHITECTURE.md or DESIGN.md uses has a row; which words are such is a list here.

use std::collections::BTreeSet;

use crate::Violation;
use crate::tree::SourceFile;

/// Where the glossary stands.
const GLOSSARY: &str = "docs/glossary.md";
/// The pages that a reader comes from.
const LEAD_TO_IT: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
/// Pages whose house words must stand in the glossary.
const EXPLAINED: [&str; 2] = ["ARCHITECTURE.md", "DESIGN.md"];
/// Words that mean something else in this house than in a dictionary. A reviewer adds the next one.
const HOUSE_WORDS: &[&str] = &[
    "arm",
    "bank",
    "bed",
    "book",
    "cascade",
    "case",
    "chain",
    "course",
    "dark mark",
    "debris",
    "draw",
    "drop",
    "drum",
    "facade",
    "fidelity",
    "first chain",
    "flora",
    "front door",
    "front page",
    "gate",
    "gentler",
    "germs",
    "glance",
    "golden",
    "ground floor",
    "halo",
    "hinge",
    "hole",
    "host",
    "house rule",
    "law",
    "layer",
    "ledger",
    "link",
    "mark",
    "moment",
    "passport",
    "plain person",
    "plan",
    "posterior",
    "proof",
    "prototype",
    "reach",
    "rim",
    "rival",
    "room",
    "session",
    "signal",
    "stream",
    "swatch",
    "twin",
    "usual session",
    "watershed",
    "world",
];
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
    found.extend(unexplained(files, &glossary.text));
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

/// House words of the pages that no row of the glossary is about.
fn unexplained(files: &[SourceFile], glossary: &str) -> Vec<Violation> {
    let rows: Vec<String> = glossary
        .lines()
        .filter_map(|line| Some(line.strip_prefix('|')?.split('|').next()?.to_lowercase()))
        .collect();
    let mut found = Vec::new();
    for page in files.iter().filter(|file| EXPLAINED.contains(&file.path.as_str())) {
        for word in HOUSE_WORDS
            .iter()
            .filter(|word| !rows.iter().any(|row| has_word(row, word)))
        {
            let mut lines = (1..).zip(page.text.lines());
            if let Some((number, _)) = lines.find(|(_, line)| has_word(&line.to_lowercase(), word)) {
                let what = format!("`{word}` is a word of this house; give it a row in {GLOSSARY}");
                found.push(Violation::new(&page.path, number, what));
            }
        }
    }
    found
}

/// Does a text have a word, or several in a row, in the singular or the plural?
fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(word).any(|(at, _)| {
        let after = &text[at + word.len()..];
        let after = after.strip_prefix('s').unwrap_or(after);
        !is_letter(text[..at].chars().next_back()) && !is_letter(after.chars().next())
    })
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
    fn a_house_word_without_a_row_is_found() {
        let mut files = house("| law, world | `World` | epistemic draw | One draw. |\n");
        files[0].text += "Two twins in a world under one law, lawful.\n";
        let found = out_of_date(&files);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].to_string().contains("`twin`") && found[0].file == "ARCHITECTURE.md");
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
