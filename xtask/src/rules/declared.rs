//! What a crate declares it uses: a dependency that no file of the crate names makes every build wait for it.
//!
//! Looked at are all tables of dependencies, those of tests too. A name counts as used where it stands as a word in any
//! source file of the crate; a crate that is only there for its macros or its features would need an exception here,
//! and there is none.

use toml::Table;

use crate::tree::SourceFile;
use crate::{Violation, manifests};

/// The tables that are looked at.
const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Dependencies that are declared and not used.
pub fn unused(files: &[SourceFile]) -> Vec<Violation> {
    let manifests = files.iter().filter(|file| file.name() == "Cargo.toml");
    manifests.flat_map(|manifest| of_manifest(manifest, files)).collect()
}

fn of_manifest(manifest: &SourceFile, files: &[SourceFile]) -> Vec<Violation> {
    // What cannot be read is told by the rule of manifests.
    let Ok(table) = manifest.text.parse::<Table>() else {
        return Vec::new();
    };
    if !table.contains_key("package") {
        return Vec::new();
    }
    let sources: Vec<&SourceFile> = files
        .iter()
        .filter(|file| file.is_rust() && manifests::belongs(&manifest.path, &file.path))
        .collect();
    manifests::entries(&table, &KINDS)
        .into_iter()
        .map(|(alias, _)| alias)
        .filter(|alias| {
            let name = alias.replace('-', "_");
            !sources.iter().any(|file| names(&file.text, &name))
        })
        .map(|alias| {
            Violation::new(
                &manifest.path,
                manifests::line_of(&manifest.text, alias, &KINDS),
                format!("`{alias}` is declared, and no file of the crate names it; take the line out"),
            )
        })
        .collect()
}

/// Whether a text holds a name as a word.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_that_nothing_names_is_found_and_one_that_a_test_names_is_not() {
        let manifest = SourceFile::new(
            "crates/a/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nserde.workspace = true\nneedlework-skin.workspace = true\n\
             [dev-dependencies]\ntempfile = \"3\"\ninsta = \"1\"\n",
        );
        let room = SourceFile::new(
            "crates/a/src/lib.rs",
            "use needlework_skin::Skin;\n// No serde_json here.\n",
        );
        let test = SourceFile::new("crates/a/tests/files.rs", "let folder = tempfile::tempdir();\n");
        let elsewhere = SourceFile::new("crates/ab/src/lib.rs", "use serde::Serialize;\n");
        let found = unused(&[manifest, room, test, elsewhere]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].to_string().contains("insta") || found[1].to_string().contains("insta"));
        assert!(found.iter().any(|one| one.to_string().contains("`serde`")));
    }
}
