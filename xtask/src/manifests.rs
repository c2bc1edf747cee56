//! What the `Cargo.toml` files say about who depends on whom.
//!
//! Read are `[dependencies]`, `[build-dependencies]` and the same tables under `[target.*]`; `[dev-dependencies]` are
//! free. A dependency that is renamed (`package = …`, in the crate or in the workspace table) counts by its real name.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::Violation;
use crate::tree::SourceFile;

/// The tables of what a crate is built from.
const BUILT: [&str; 2] = ["dependencies", "build-dependencies"];

/// One dependency of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Real name of the package.
    pub name: String,
    /// Line in the manifest, from 1.
    pub line: usize,
}

/// One crate of the workspace, as its manifest describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Path of the `Cargo.toml` from the workspace root.
    pub file: String,
    /// Name of the package.
    pub name: String,
    /// All dependencies but the dev-dependencies.
    pub dependencies: Vec<Dependency>,
}

impl Manifest {
    /// Is the crate a room: does it stand in `crates/`, or is it the facade, which is the root package?
    pub fn is_room(&self) -> bool {
        self.file.starts_with("crates/") || self.file == "Cargo.toml"
    }
}

/// Folders of the root package that hold Rust; whatever else lies at the root belongs to no crate or to another one.
pub const ROOT_SOURCES: [&str; 3] = ["src/", "tests/", "examples/"];

/// Does a file belong to the crate whose manifest this is?
pub fn belongs(manifest: &str, path: &str) -> bool {
    match manifest.strip_suffix("Cargo.toml") {
        Some("") => ROOT_SOURCES.iter().any(|folder| path.starts_with(folder)),
        Some(folder) => path.starts_with(folder),
        None => false,
    }
}

/// Reads all packages among `files`. A manifest that cannot be read comes back as a violation.
pub fn read(files: &[SourceFile]) -> (Vec<Manifest>, Vec<Violation>) {
    let mut manifests = Vec::new();
    let mut broken = Vec::new();
    let renamed = files
        .iter()
        .find(|file| file.path == "Cargo.toml")
        .map(renamed_in_workspace)
        .unwrap_or_default();
    for file in files.iter().filter(|file| file.name() == "Cargo.toml") {
        match file.text.parse::<Table>() {
            Ok(table) => manifests.extend(manifest(file, &table, &renamed)),
            Err(error) => broken.push(Violation::new(
                &file.path,
                1,
                format!("not readable as TOML: {}", error.message()),
            )),
        }
    }
    (manifests, broken)
}

/// The workspace table's aliases: the name used in manifests → the package's real name.
fn renamed_in_workspace(root: &SourceFile) -> BTreeMap<String, String> {
    let Ok(table) = root.text.parse::<Table>() else {
        return BTreeMap::new();
    };
    let shared = table
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(Value::as_table);
    shared
        .into_iter()
        .flatten()
        .filter_map(|(alias, value)| Some((alias.clone(), value.get("package")?.as_str()?.to_owned())))
        .collect()
}

fn manifest(file: &SourceFile, table: &Table, renamed: &BTreeMap<String, String>) -> Option<Manifest> {
    // A manifest without a package has nothing that could depend on anything.
    let name = table.get("package")?.get("name")?.as_str()?.to_owned();
    let dependencies = entries(table, &BUILT)
        .into_iter()
        .map(|(alias, value)| {
            let own = value.get("package").and_then(Value::as_str);
            let real = own.or(renamed.get(alias).map(String::as_str)).unwrap_or(alias);
            Dependency {
                name: real.to_owned(),
                line: line_of(&file.text, alias, &BUILT),
            }
        })
        .collect();
    Some(Manifest {
        file: file.path.clone(),
        name,
        dependencies,
    })
}

/// What is declared in the tables of these kinds, also those of a target, by the name that sources use.
pub fn entries<'a>(table: &'a Table, kinds: &[&str]) -> Vec<(&'a String, &'a Value)> {
    let targets = table.get("target").and_then(Value::as_table);
    let of_targets = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    std::iter::once(table)
        .chain(of_targets)
        .flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)))
        .filter_map(Value::as_table)
        .flatten()
        .collect()
}

/// The line on which a dependency is declared in a table of these kinds; 1 if it is written in a way that the search
/// doesn't know.
pub fn line_of(text: &str, alias: &str, kinds: &[&str]) -> usize {
    let mut in_dependencies = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            let mut parts = line.trim_matches(['[', ']']).split('.');
            in_dependencies = parts.any(|part| kinds.contains(&part));
            if in_dependencies && line.trim_end_matches(']').ends_with(&format!(".{alias}")) {
                return number + 1;
            }
        }
        let key = line.split(['.', '=', ' ']).next().unwrap_or_default().trim_matches('"');
        if in_dependencies && key == alias {
            return number + 1;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_dependency_counts_by_its_real_name_and_dev_dependencies_are_free() {
        let root = SourceFile::new(
            "Cargo.toml",
            "[workspace.dependencies]\nflat = { path = \"x\", package = \"needlework-skin\" }\n",
        );
        let member = SourceFile::new(
            "crates/a/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nflat.workspace = true\nb = { package = \"clap\", version = \"4\" \
                }\n\
             [dev-dependencies]\nproptest = \"1\"\n[target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n",
        );
        let (manifests, broken) = read(&[root, member]);
        assert!(broken.is_empty());
        assert_eq!(manifests.len(), 1, "a manifest without a package is no crate");
        let found: Vec<_> = manifests[0]
            .dependencies
            .iter()
            .map(|d| (d.name.as_str(), d.line))
            .collect();
        assert_eq!(
            found,
            [("clap", 5), ("needlework-skin", 4), ("tokio", 9)]
                .map(|x| x)
                .to_vec()
                .as_slice()
        );
    }

    #[test]
    fn the_facade_at_the_root_is_a_room_and_owns_its_own_sources_only() {
        let root = SourceFile::new("Cargo.toml", "[package]\nname = \"needlework\"\n[workspace]\n");
        let (manifests, _) = read(&[root]);
        assert!(manifests[0].is_room());
        assert!(belongs("Cargo.toml", "src/lib.rs"));
        assert!(!belongs("Cargo.toml", "crates/a/src/lib.rs"));
        assert!(belongs("crates/a/Cargo.toml", "crates/a/src/lib.rs"));
        assert!(!belongs("crates/a/Cargo.toml", "crates/ab/src/lib.rs"));
    }

    #[test]
    fn a_manifest_that_is_not_toml_is_a_violation() {
        let (_, broken) = read(&[SourceFile::new("crates/a/Cargo.toml", "[package\n")]);
        assert_eq!(broken.len(), 1);
    }
}
