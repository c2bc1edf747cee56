//! One name, one type: a reader who meets a public type of a room needs not ask of which room.
//!
//! Looked at are public structs, enums, traits and types of the rooms, outside tests. Names that two files give stand
//! in `DOUBLED` with the reason why they still may; a name that stands once by now must leave it, so it only shrinks.
//! Limits: a type that a macro makes (`parameters!`) is not seen, and facade and front doors are not looked at.

use std::collections::BTreeMap;

use syn::Visibility;

use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::{SourceFile, line_of};

/// This file.
const HERE: &str = "xtask/src/rules/one_meaning.rs";

/// Every room has its own, named by the room: `skin::PersonDraws`.
const CONVENTION: &str = "one in each room, by convention";
/// `Report` says what a room computed in words and units of its own, for programs that read it.
const OF_THE_REPORT: &str = "what the report says of the room's value, under the name that its format has";
/// What a case says, and what a room computes with.
const OF_THE_CASE: &str = "what a case says of it, and what the room computes with";
/// Nobody has told them apart yet.
const OPEN: &str = "two things; the narrower wants another name";

/// Names that several files give to public types, each with its reason.
const DOUBLED: &[(&str, &str)] = &[
    ("Axis", OPEN),
    ("Belief", OPEN),
    ("Bleeding", OF_THE_REPORT),
    ("Chance", OPEN),
    ("Choice", OPEN),
    ("Condition", OPEN),
    ("Device", OF_THE_CASE),
    ("Draws", OPEN),
    ("Driver", OF_THE_REPORT),
    ("Expected", OPEN),
    ("Field", OPEN),
    ("Forecast", OPEN),
    ("HoleMap", OF_THE_REPORT),
    ("Hypothesis", OPEN),
    ("Infection", OPEN),
    ("Kind", OPEN),
    ("Layer", OPEN),
    ("Layers", OPEN),
    ("Means", OPEN),
    ("Measure", OPEN),
    ("Moment", OPEN),
    ("Named", OPEN),
    ("Outcome", OPEN),
    ("Person", OF_THE_CASE),
    ("PersonDraws", CONVENTION),
    ("Pooled", OPEN),
    ("Question", OPEN),
    ("Report", OPEN),
    ("Row", OPEN),
    ("Safety", OF_THE_REPORT),
    ("Screening", OPEN),
    ("Sex", OF_THE_CASE),
    ("Site", OF_THE_CASE),
    ("Stage", OF_THE_CASE),
    ("Step", OPEN),
    ("Study", OPEN),
    ("Tested", OF_THE_REPORT),
    ("Tissue", OPEN),
    ("Told", OPEN),
    ("Wait", OPEN),
];

/// Names that two files give to public types and that are not in `DOUBLED`, and names there that stand once by now.
pub fn doubled(files: &[SourceFile]) -> Vec<Violation> {
    doubled_but(DOUBLED, files)
}

fn doubled_but(list: &[(&str, &str)], files: &[SourceFile]) -> Vec<Violation> {
    let homes = homes(files);
    let mut found = Vec::new();
    for (name, places) in homes.iter().filter(|(_, places)| places.len() > 1) {
        if !list.iter().any(|(free, _)| free == name) {
            let (first, _) = &places[0];
            found.extend(places[1..].iter().map(|(file, line)| {
                let what = format!("`{name}` is a type of {first} too; give the narrower of both a name of its own");
                Violation::new(file, *line, what)
            }));
        }
    }
    let stands_once = |name: &&(&str, &str)| homes.get(name.0).is_none_or(|places| places.len() < 2);
    found.extend(list.iter().filter(stands_once).map(|(name, _)| {
        let what = format!("`{name}` has one meaning by now; take it out of DOUBLED");
        Violation::new(HERE, line_of(files, HERE, name), what)
    }));
    found
}

/// Public types of the rooms by name, each with file and line.
fn homes(files: &[SourceFile]) -> BTreeMap<String, Vec<(String, usize)>> {
    let mut homes: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    let is_of_a_room = |path: &str| path.starts_with("crates/") && path.contains("/src/");
    for file in files.iter().filter(|file| file.is_rust() && is_of_a_room(&file.path)) {
        let Ok(tree) = syn::parse_file(&file.text) else {
            continue;
        };
        for item in &tree.items {
            let (visibility, name, attributes) = match item {
                syn::Item::Struct(item) => (&item.vis, &item.ident, &item.attrs),
                syn::Item::Enum(item) => (&item.vis, &item.ident, &item.attrs),
                syn::Item::Trait(item) => (&item.vis, &item.ident, &item.attrs),
                syn::Item::Type(item) => (&item.vis, &item.ident, &item.attrs),
                _ => continue,
            };
            if matches!(visibility, Visibility::Public(_)) && !attributes.iter().any(is_test_mark) {
                let place = (file.path.clone(), name.span().start().line);
                homes.entry(name.to_string()).or_default().push(place);
            }
        }
    }
    homes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_meaning_is_caught_and_so_is_an_exception_without_need() {
        let one = SourceFile::new(
            "crates/a/src/lib.rs",
            "pub struct Arm;\npub struct Site;\nstruct Own;\n",
        );
        let two = SourceFile::new(
            "crates/b/src/lib.rs",
            "pub enum Arm { No }\npub struct Site;\npub struct Own;\n#[cfg(test)]\nmod tests { pub struct Site; }\n",
        );
        let list = [("Site", OF_THE_CASE), ("Own", OPEN)];
        let told: Vec<String> = doubled_but(&list, &[one, two])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            told.len() == 2 && told[0].contains("crates/b/src/lib.rs:1") && told[1].contains("`Own`"),
            "{told:?}"
        );
    }
}
