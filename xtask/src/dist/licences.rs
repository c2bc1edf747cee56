//! The licences of what is built into a program: who, under which terms, and the texts.
//!
//! Asked is `cargo metadata` for one platform: from the program's crate the normal dependencies are followed, not those
//! of tests and build scripts. Macros are among them: what they write ends in the program. A crate without a licence,
//! or with one that asks more of whoever passes the program on than a notice, is refused.
//!
//! Limits: features are those of the whole workspace, so a crate may be named that the program does without. Texts are
//! the files in the root of a crate's source that are named as such files are; what a crate says of them elsewhere is
//! not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Licences that ask for a notice at most.
const PERMISSIVE: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// How files with such texts begin, in capitals.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Something that is built in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuiltIn {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as SPDX writes it; empty where it names none.
    pub licence: String,
    /// Who wrote it and where, as far as it says so.
    pub origin: String,
    /// Where its source lies.
    pub folder: PathBuf,
    /// A file with the text that it names itself.
    pub file: Option<String>,
}

impl BuiltIn {
    fn called(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// What is built into the program of a crate, without the crates of the workspace; sorted.
///
/// # Errors
/// What was answered is not what `cargo metadata` answers.
pub fn built_into(crate_name: &str, metadata: &Value) -> io::Result<Vec<BuiltIn>> {
    let strange = |what: &str| io::Error::other(format!("cargo metadata: {what}; is this another version of cargo?"));
    let list = |value: &Value, what: &str| value.as_array().cloned().ok_or_else(|| strange(what));
    let id = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<String, Value> = list(&metadata["packages"], "no list of packages")?
        .into_iter()
        .map(|package| (id(&package), package))
        .collect();
    let nodes: BTreeMap<String, Value> = list(&metadata["resolve"]["nodes"], "no graph of dependencies")?
        .into_iter()
        .map(|node| (id(&node), node))
        .collect();
    let root = packages.iter().find(|(_, package)| package["name"] == crate_name);
    let (root, _) = root.ok_or_else(|| strange(&format!("no crate {crate_name}")))?;
    let mut seen = BTreeSet::new();
    let mut open = vec![root.clone()];
    // Ends: every crate is opened once.
    while let Some(next) = open.pop() {
        if !seen.insert(next.clone()) {
            continue;
        }
        let node = nodes.get(&next).ok_or_else(|| strange(&format!("{next} is missing")))?;
        for dependency in list(&node["deps"], "a crate without dependencies")? {
            let kinds = list(&dependency["dep_kinds"], "a dependency without kinds")?;
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(dependency["pkg"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    let from_elsewhere = seen.iter().filter_map(|id| packages.get(id));
    let mut found: Vec<BuiltIn> = from_elsewhere
        .filter(|package| !package["source"].is_null())
        .map(built_in)
        .collect();
    found.sort();
    Ok(found)
}

fn built_in(package: &Value) -> BuiltIn {
    let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    let authors = package["authors"].as_array().into_iter().flatten();
    let authors: Vec<&str> = authors.filter_map(Value::as_str).collect();
    let origin = [authors.join(", "), text("repository")];
    let origin: Vec<String> = origin.into_iter().filter(|part| !part.is_empty()).collect();
    let manifest = text("manifest_path");
    let folder = Path::new(&manifest).parent().unwrap_or(Path::new(""));
    BuiltIn {
        name: text("name"),
        version: text("version"),
        licence: text("license"),
        origin: origin.join("; "),
        folder: folder.to_owned(),
        file: package["license_file"].as_str().map(str::to_owned),
    }
}

/// What may not be passed on as freely as the program itself, each with the reason.
pub fn refused(all: &[BuiltIn]) -> Vec<String> {
    all.iter()
        .filter_map(|one| Some(format!("{}: {}", one.called(), refusal(&one.licence)?)))
        .collect()
}

/// Why a licence is not taken; nothing where it is.
fn refusal(licence: &str) -> Option<String> {
    if licence.is_empty() {
        return Some("it names no licence".to_owned());
    }
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Err(error) => Some(format!("its licence `{licence}` cannot be read: {}", error.reason)),
        Ok(read) if read.evaluate(|one| PERMISSIVE.contains(&one.to_string().as_str())) => None,
        Ok(_) => Some(format!(
            "its licence `{licence}` is none of those that ask for a notice at most ({})",
            PERMISSIVE.join(", ")
        )),
    }
}

/// The page with all licences; texts that are the same stand once, with all who have them.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn page(program: &str, all: &[BuiltIn]) -> io::Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for one in all {
        let found = texts_of(one)?;
        if found.is_empty() {
            without.push(one);
        }
        for text in found {
            texts.entry(text).or_default().insert(one.called());
        }
    }
    let rows: Vec<String> = all
        .iter()
        .map(|one| format!("{:<40} {}\n", one.called(), one.licence))
        .collect();
    let mut page = format!(
        "Licences of what is built into {program}\n\n\
        {} parts from elsewhere: what is linked into the program, and macros that wrote code of it. A few are named\n\
        that the program may do without. Where a part can be had under one of several licences, each is named; the\n\
        texts follow, each once. Rust's own library has a file of its own.\n\n{}",
        all.len(),
        rows.concat()
    );
    if !without.is_empty() {
        page.push_str("\nParts that come without a text of their licence, with who wrote them:\n\n");
        for one in without {
            page.push_str(&format!("{}: {}; {}\n", one.called(), one.licence, one.origin));
        }
    }
    // In the order of those who have them, so that a page can be compared with the next.
    let mut by_owner: Vec<(Vec<String>, String)> = texts
        .into_iter()
        .map(|(text, owners)| (owners.into_iter().collect(), text))
        .collect();
    by_owner.sort();
    for (owners, text) in by_owner {
        page.push_str(&format!(
            "\n{}\n{}\n\n{text}\n",
            "=".repeat(100),
            wrapped(&owners.join(", "))
        ));
    }
    Ok(page)
}

/// Names with their commas, on lines of a hundred characters.
fn wrapped(names: &str) -> String {
    let mut lines = vec![String::new()];
    for name in names.split(", ") {
        if let Some(line) = lines.last_mut().filter(|line| line.len() + name.len() < 98) {
            if !line.is_empty() {
                line.push_str(", ");
            }
            line.push_str(name);
        } else {
            lines.push(name.to_owned());
        }
    }
    lines.join(",\n")
}

/// The texts in the root of a source, without differences of line ends and of space around them.
fn texts_of(one: &BuiltIn) -> io::Result<Vec<String>> {
    let mut files = BTreeSet::new();
    files.extend(one.file.as_ref().map(|file| one.folder.join(file)));
    for entry in fs::read_dir(&one.folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if NAMES.iter().any(|begin| name.starts_with(begin)) && entry.path().is_file() {
            files.insert(entry.path());
        }
    }
    let mut texts = Vec::new();
    for file in files {
        let bytes =
            fs::read(&file).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = lines.join("\n").trim_matches('\n').to_owned();
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn crate_of(name: &str, licence: &str, folder: &Path) -> BuiltIn {
        BuiltIn {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            origin: "A. Writer".to_owned(),
            folder: folder.to_owned(),
            file: None,
        }
    }

    #[test]
    fn normal_dependencies_are_followed_and_those_of_tests_and_build_scripts_are_not() {
        let package = |name: &str, source: Value| {
            json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source,
                "authors": [], "manifest_path": format!("/{name}/Cargo.toml")})
        };
        let edge = |to: &str, kind: Value| json!({"pkg": to, "dep_kinds": [{"kind": kind}]});
        let elsewhere = || json!("registry");
        let metadata = json!({
            "packages": [
                package("program", Value::Null), package("room", Value::Null), package("far", elsewhere()),
                package("near", elsewhere()), package("tested", elsewhere()), package("script", elsewhere()),
                package("stranger", elsewhere()),
            ],
            "resolve": {"nodes": [
                {"id": "program", "deps": [
                    edge("room", Value::Null), edge("tested", json!("dev")), edge("script", json!("build"))]},
                {"id": "room", "deps": [edge("near", Value::Null)]},
                {"id": "near", "deps": [edge("far", Value::Null), edge("room", Value::Null)]},
                {"id": "far", "deps": []},
            ]},
        });
        let names: Vec<String> = built_into("program", &metadata)
            .unwrap()
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(names, ["far", "near"]);
        assert!(built_into("nobody", &metadata).is_err());
        assert!(built_into("program", &json!({})).is_err());
    }

    #[test]
    fn what_asks_for_more_than_a_notice_is_refused_and_a_choice_is_enough() {
        for taken in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert_eq!(refusal(taken), None, "{taken}");
        }
        for left in ["GPL-3.0", "MPL-2.0", "MIT AND LGPL-2.1-only", "mine", ""] {
            assert!(refusal(left).is_some(), "{left}");
        }
        let all = [
            crate_of("good", "MIT", Path::new("")),
            crate_of("bare", "", Path::new("")),
            crate_of("strict", "GPL-3.0-only", Path::new("")),
        ];
        let said = refused(&all);
        assert_eq!(said.len(), 2);
        assert!(
            said[0].contains("bare 1.0.0") && said[0].contains("no licence"),
            "{said:?}"
        );
        assert!(
            said[1].contains("strict 1.0.0") && said[1].contains("Apache-2.0"),
            "{said:?}"
        );
    }

    #[test]
    fn a_text_that_several_have_stands_once_with_all_of_them() {
        let place = tempfile::tempdir().unwrap();
        let of = |name: &str, files: &[(&str, &str)]| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).unwrap();
            for (file, text) in files {
                fs::write(folder.join(file), text).unwrap();
            }
            crate_of(name, "MIT", &folder)
        };
        let all = [
            of(
                "one",
                &[("LICENSE-MIT", "the same words\r\n"), ("README", "no licence")],
            ),
            of(
                "two",
                &[("license.txt", "\nthe same words"), ("NOTICE", "a notice of two")],
            ),
            of("three", &[]),
        ];
        let page = page("it", &all).unwrap();
        assert_eq!(page.matches("the same words").count(), 1, "{page}");
        assert!(page.contains("one 1.0.0, two 1.0.0\n\nthe same words"), "{page}");
        assert!(
            page.contains("a notice of two") && !page.contains("no licence"),
            "{page}"
        );
        assert!(page.contains("three 1.0.0: MIT; A. Writer"), "{page}");
    }

    #[test]
    fn long_lists_of_names_are_wrapped() {
        let names = ["a-name-of-some-length 1.0.0"; 9].join(", ");
        let text = wrapped(&names);
        assert!(
            text.lines().all(|line| line.len() <= 100) && text.lines().count() > 2,
            "{text}"
        );
        assert_eq!(text.replace(",\n", ", "), names);
    }
}
