//! Names that say nothing are not names.
//!
//! A crate or module called `utils` collects what nobody gave a place; a `Manager` is a function that lost its verb.
//! Held are names that we give: crates, files, modules, types, functions. Names that come with a library
//! (`parquet::util`) are left alone.

use proc_macro2::{TokenStream, TokenTree};

use crate::Violation;
use crate::manifests::Manifest;
use crate::tree::SourceFile;

/// Names that no crate, file or module bears.
const EMPTY: &[&str] = &[
    "types", "common", "util", "utils", "helper", "helpers", "misc", "manager", "managers",
];

/// Words that no identifier contains, as a camel-case word of it.
const DOERS: &[&str] = &["Manager", "Managers", "Helper", "Helpers", "Util", "Utils"];

/// Every crate, file or module whose name says nothing.
pub fn empty_names(files: &[SourceFile], manifests: &[Manifest]) -> Vec<Violation> {
    let mut found = Vec::new();
    for manifest in manifests {
        if let Some(word) = manifest.name.split(['-', '_']).find(|word| EMPTY.contains(word)) {
            found.push(Violation::new(
                &manifest.file,
                1,
                format!("a crate called `{word}` says nothing; name it after its noun"),
            ));
        }
    }
    for file in files.iter().filter(|file| file.is_rust()) {
        let parts = file.path.trim_end_matches(".rs").split('/');
        if let Some(word) = parts.into_iter().find(|part| EMPTY.contains(part)) {
            found.push(Violation::new(
                &file.path,
                1,
                format!("a file or folder called `{word}` says nothing; name it after what it holds"),
            ));
        }
        for (number, line) in file.text.lines().enumerate() {
            if let Some(word) = inline_module(line).filter(|word| EMPTY.contains(word)) {
                found.push(Violation::new(
                    &file.path,
                    number + 1,
                    format!("a module called `{word}` says nothing; name it after what it holds"),
                ));
            }
        }
    }
    found
}

/// The name in `mod name {` or `mod name;`, whatever its visibility.
fn inline_module(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    (words.next()? == "mod").then(|| words.next().map(|name| name.trim_end_matches([';', '{'])))?
}

/// Every identifier with `Manager`, `Helper` or `Util` as one of its words, at its first place in each file.
pub fn doers(files: &[SourceFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        // A file that cannot be split into tokens doesn't compile either; the compiler says so better.
        let Ok(tokens) = file.text.parse::<TokenStream>() else {
            continue;
        };
        let mut seen = Vec::new();
        identifiers(tokens, &mut seen);
        for (name, line) in seen {
            if camel_words(&name).iter().any(|word| DOERS.contains(&word.as_str())) {
                found.push(Violation::new(
                    &file.path,
                    line,
                    format!("`{name}` names a doer; name the thing, or make it a function with a verb"),
                ));
            }
        }
    }
    found.dedup_by(|a, b| a.file == b.file && a.what == b.what);
    found
}

fn identifiers(tokens: TokenStream, seen: &mut Vec<(String, usize)>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => seen.push((ident.to_string(), ident.span().start().line)),
            TokenTree::Group(group) => identifiers(group.stream(), seen),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// `HoleManager` → `Hole`, `Manager`; `Utility` stays one word.
fn camel_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && letter != '_'
        {
            word.push(letter);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(path: &str, text: &str) -> Vec<SourceFile> {
        vec![SourceFile::new(path, text)]
    }

    #[test]
    fn a_crate_a_file_a_folder_and_a_module_that_say_nothing_are_caught() {
        let manifest = Manifest {
            file: "crates/x/Cargo.toml".into(),
            name: "needlework-utils".into(),
            dependencies: vec![],
        };
        assert_eq!(empty_names(&[], &[manifest]).len(), 1);
        assert_eq!(empty_names(&rust("crates/x/src/helpers.rs", ""), &[]).len(), 1);
        assert_eq!(empty_names(&rust("crates/x/tests/common/mod.rs", ""), &[]).len(), 1);
        let found = empty_names(&rust("crates/x/src/lib.rs", "\npub(crate) mod misc {}\n"), &[]);
        assert_eq!((found.len(), found[0].line), (1, 2));
    }

    #[test]
    fn names_that_say_something_pass() {
        assert!(
            empty_names(
                &rust(
                    "crates/x/src/hole.rs",
                    "mod roll;\nuse parquet::util;\n// a mod types here"
                ),
                &[]
            )
            .is_empty()
        );
        assert!(doers(&rust("a.rs", "struct Utility; fn help() {} // a Manager in a comment")).is_empty());
    }

    #[test]
    fn a_doer_is_caught_even_inside_a_macro() {
        let found = doers(&rust("a.rs", "struct A;\nstruct HoleManager;\n"));
        assert_eq!((found.len(), found[0].line), (1, 2));
        assert_eq!(doers(&rust("a.rs", "make! { struct HelperOfHoles; }")).len(), 1);
        assert_eq!(doers(&rust("a.rs", "use x::DepthUtils;")).len(), 1);
    }
}
