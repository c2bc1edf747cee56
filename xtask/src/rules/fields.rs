//! A text that names a field of a case, or a rule, names one that there is.
//!
//! A path such as `person.smoking` in the wrong letters is no error to a compiler: whatever looks for it finds nothing,
//! in silence. So every text in quotes that begins with a section of the case and a point is held against the types of
//! the case, and every text that looks like the name of a rule (`R41a`, `T12`) against the tables of rules and triage.
//!
//! Limits: a path that is put together at run time is not seen. What looks like a path and is none stands in
//! `NO_FIELDS` with its reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::Violation;
use crate::tree::{SourceFile, line_of};
use crate::words::Word;

/// Where the types of the case stand, and the type of a whole case.
const CASE: &str = "crates/needlework-case/src/";

/// Where rules and steps of triage stand.
const RULES: [&str; 2] = ["evidence/rules.toml", "evidence/triage.toml"];

/// This file.
const HERE: &str = "xtask/src/rules/fields.rs";

/// Texts that look like a field and are none: how they begin, where they stand, and what they are.
const NO_FIELDS: [(&str, &str, &str); 4] = [
    (
        "device.depth_ratio.",
        "crates/needlework-questions/src/insert.rs",
        "keys of the evidence",
    ),
    (
        "person.",
        "crates/needlework-cohort/src/people.rs",
        "names of streams of random numbers",
    ),
    (
        "person.habit.",
        "crates/needlework-course/src/parameters.rs",
        "names of streams of random numbers",
    ),
    (
        "device.passes_above_limit",
        "crates/needlework-rules/src/fact.rs",
        "a fact that is derived, declared in the book of rules",
    ),
];

/// Every text that looks like a field of a case and is none.
pub fn unknown_fields(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let Some(found) = no_fields(files, words) else {
        return vec![Violation::new(
            CASE,
            1,
            "no field of a case is found here; say where they stand now",
        )];
    };
    found
        .into_iter()
        .filter(|word| !NO_FIELDS.iter().any(|exception| excepts(exception, word)))
        .map(|word| {
            let what = format!(
                "`{}` is no field of a case; correct it, or say in NO_FIELDS what it is",
                word.text
            );
            Violation::new(&word.file, word.line, what)
        })
        .collect()
}

/// Rows of `NO_FIELDS` that except nothing any more.
pub fn stale(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    stale_in(&NO_FIELDS, files, words)
}

fn stale_in(list: &[(&str, &str, &str)], files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let found = no_fields(files, words).unwrap_or_default();
    list.iter()
        .filter(|exception| !found.iter().any(|word| excepts(exception, word)))
        .map(|(begin, place, _)| {
            let what = format!("no text that begins with `{begin}` needs an exception in {place}; take it out");
            Violation::new(HERE, line_of(files, HERE, begin), what)
        })
        .collect()
}

fn excepts((begin, place, _): &(&str, &str, &str), word: &Word) -> bool {
    word.file == *place && word.text.starts_with(begin)
}

/// Every text that looks like a field and is none, those of `NO_FIELDS` too; nothing where no field is found.
fn no_fields<'a>(files: &[SourceFile], words: &'a [Word]) -> Option<Vec<&'a Word>> {
    let fields = fields(files);
    if fields.is_empty() {
        return None;
    }
    let sections: BTreeSet<&str> = fields
        .iter()
        .filter_map(|path| path.split_once('.'))
        .map(|(section, _)| section)
        .collect();
    let looks_so = |text: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._[]".contains(c);
        text.split_once('.')
            .is_some_and(|(section, rest)| sections.contains(section) && !rest.is_empty() && rest.chars().all(plain))
    };
    let found = words
        .iter()
        .filter(|word| word.quoted && looks_so(&word.text))
        .filter(|word| !word.file.starts_with("xtask/") && !fields.contains(&word.text))
        .collect();
    Some(found)
}

/// Every text that looks like the name of a rule or a step of triage and is none.
pub fn unknown_rules(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let known: BTreeSet<&str> = files
        .iter()
        .filter(|file| RULES.contains(&file.path.as_str()))
        .flat_map(|file| file.text.lines())
        .filter_map(|line| line.strip_prefix("id = \"")?.trim_end().strip_suffix('"'))
        .collect();
    if known.is_empty() {
        return vec![Violation::new(
            RULES[0],
            1,
            "no rule is found here; say where they stand now",
        )];
    }
    words
        .iter()
        .filter(|word| word.quoted && is_name_of_a_rule(&word.text) && !known.contains(word.text.as_str()))
        .map(|word| {
            let what = format!("`{}` is no rule and no step of triage; correct it", word.text);
            Violation::new(&word.file, word.line, what)
        })
        .collect()
}

fn is_name_of_a_rule(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['R', 'T']) else {
        return false;
    };
    let digits = digits.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(digits);
    digits.len() == 2 && digits.chars().all(|c| c.is_ascii_digit())
}

/// Every field of a case, `section.field` and `section.list[].part`, as its types say.
fn fields(files: &[SourceFile]) -> Vec<String> {
    let mut types: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.starts_with(CASE)) {
        let Ok(tree) = syn::parse_file(&file.text) else {
            continue;
        };
        for item in tree.items {
            let syn::Item::Struct(item) = item else { continue };
            let parts = item.fields.iter().filter_map(|field| {
                let kind = &field.ty;
                Some((field.ident.as_ref()?.to_string(), quote(kind)))
            });
            types.insert(item.ident.to_string(), parts.collect());
        }
    }
    let mut found = Vec::new();
    for (section, kind) in types.get("Case").into_iter().flatten() {
        for (name, kind) in types.get(kind).into_iter().flatten() {
            found.push(format!("{section}.{name}"));
            let item = kind
                .strip_prefix("Answer<Vec<")
                .and_then(|rest| rest.strip_suffix(">>"));
            for (part, _) in item.and_then(|item| types.get(item)).into_iter().flatten() {
                found.push(format!("{section}.{name}[].{part}"));
            }
        }
    }
    found
}

/// A type as it is written, without spaces.
fn quote(kind: &syn::Type) -> String {
    let syn::Type::Path(path) = kind else {
        return String::new();
    };
    let Some(last) = path.path.segments.last() else {
        return String::new();
    };
    match &last.arguments {
        syn::PathArguments::AngleBracketed(inner) => {
            let inner = inner.args.iter().map(|argument| match argument {
                syn::GenericArgument::Type(kind) => quote(kind),
                _ => String::new(),
            });
            format!("{}<{}>", last.ident, inner.collect::<Vec<_>>().join(","))
        }
        _ => last.ident.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    fn unknown_fields_in(files: &[SourceFile]) -> Vec<Violation> {
        unknown_fields(files, &words::of(files))
    }

    fn unknown_rules_in(files: &[SourceFile]) -> Vec<Violation> {
        unknown_rules(files, &words::of(files))
    }

    fn tree(source: &str) -> Vec<SourceFile> {
        vec![
            SourceFile::new(
                "crates/needlework-case/src/case.rs",
                "pub struct Case { pub person: Person, pub aftercare: Aftercare }",
            ),
            SourceFile::new(
                "crates/needlework-case/src/person.rs",
                "pub struct Person { pub smoking: Answer<bool>, pub age: Answer<Time> }
                 pub struct Aftercare { pub topicals: Answer<Vec<Topical>> }
                 pub struct Topical { pub after: Time }",
            ),
            SourceFile::new("evidence/rules.toml", "[[rule]]\nid = \"R41a\"\n"),
            SourceFile::new("crates/a/src/lib.rs", source),
        ]
    }

    #[test]
    fn a_path_that_no_case_has_is_caught_wherever_it_stands() {
        let found = unknown_fields_in(&tree(
            "const A: &[&str] = &[\"person.smoker\", \"person.smoking\", \"aftercare.topicals[].after\"];\n\
             fn f() { g!(\"aftercare.topicals[].afer\"); h(\"a.toml\", \"person. And so on\"); }",
        ));
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("person.smoker") && told[1].contains("afer"));
    }

    #[test]
    fn an_exception_that_nothing_needs_is_caught() {
        let list = [
            ("person.s", "crates/a/src/lib.rs", "needed"),
            ("person.smoker", "crates/b/src/lib.rs", "nobody says it there"),
            ("person.smoking", "crates/a/src/lib.rs", "a field by now"),
        ];
        let files = tree("const A: &[&str] = &[\"person.smoker\", \"person.smoking\"];");
        let told: Vec<String> = stale_in(&list, &files, &words::of(&files))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            told.len() == 2 && told[0].contains("crates/b") && told[1].contains("person.smoking"),
            "{told:?}"
        );
    }

    #[test]
    fn a_rule_that_no_table_has_is_caught() {
        let found = unknown_rules_in(&tree("const A: &[&str] = &[\"R41a\", \"R99\", \"R2D2\", \"T\"];"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].to_string().contains("R99"));
    }
}
