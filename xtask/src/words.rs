//! What stands in Rust source outside of its tests: texts in quotes and names, each with its line.
//!
//! Tokens are read, not the tree, so that what stands inside a macro is seen as well. Left out are integration tests,
//! what is marked `#[cfg(test)]` or `#[test]`, files of modules that are so marked, and comments. Limits: raw and byte
//! strings are not read.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::test_mark::is_test_meta;
use crate::tree::SourceFile;

/// One text in quotes, or one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The text without its quotes, or the name.
    pub text: String,
    /// Is it a text in quotes?
    pub quoted: bool,
    /// Does it stand in a `use`, which calls nothing?
    pub imported: bool,
}

/// Every text and name of the Rust files, outside of tests. A file that is no Rust has none: the compiler says so.
pub fn of(files: &[SourceFile]) -> Vec<Word> {
    let mut walk = Walk::default();
    for file in files
        .iter()
        .filter(|file| file.is_rust() && !file.path.split('/').any(|part| part == "tests"))
    {
        if let Ok(tokens) = file.text.parse::<TokenStream>() {
            walk.file.clone_from(&file.path);
            walk.stream(tokens, false);
        }
    }
    let tests = walk.test_files;
    walk.found.retain(|word| !tests.contains(&word.file));
    walk.found
}

#[derive(Default)]
struct Walk {
    file: String,
    found: Vec<Word>,
    test_files: BTreeSet<String>,
}

impl Walk {
    fn stream(&mut self, tokens: TokenStream, imported: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut imported = imported;
        // Ends: each turn goes on by one token at least.
        while let Some(token) = tokens.get(at) {
            if let Some(attribute) = attribute(&tokens[at..]) {
                at += 2;
                if is_test(attribute) {
                    at += self.skip_item(&tokens[at..]);
                }
                continue;
            }
            // An attribute of the whole file, such as its front page.
            if let [TokenTree::Punct(hash), TokenTree::Punct(bang), TokenTree::Group(_), ..] = &tokens[at..]
                && hash.as_char() == '#'
                && bang.as_char() == '!'
            {
                at += 3;
                continue;
            }
            match token {
                TokenTree::Group(group) => self.stream(group.stream(), imported),
                TokenTree::Ident(name) => {
                    imported |= name == "use";
                    self.add(name.span().start().line, name.to_string(), false, imported);
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if let Some(text) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
                        self.add(literal.span().start().line, text.to_owned(), true, imported);
                    }
                }
                TokenTree::Punct(mark) => imported &= mark.as_char() != ';',
            }
            at += 1;
        }
    }

    fn add(&mut self, line: usize, text: String, quoted: bool, imported: bool) {
        self.found.push(Word {
            file: self.file.clone(),
            line,
            text,
            quoted,
            imported,
        });
    }

    /// How many tokens the item takes that begins here: up to its body or its semicolon.
    fn skip_item(&mut self, tokens: &[TokenTree]) -> usize {
        let mut module = None;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(name) if name == "mod" => {
                    module = tokens.get(at + 1).map(ToString::to_string);
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return at + 1,
                TokenTree::Punct(mark) if mark.as_char() == ';' => {
                    // `#[cfg(test)] mod tests;` makes a test of a file that looks like any other.
                    if let Some(module) = module {
                        let folder = folder_of_modules(&self.file);
                        self.test_files.insert(format!("{folder}/{module}.rs"));
                        self.test_files.insert(format!("{folder}/{module}/mod.rs"));
                    }
                    return at + 1;
                }
                _ => {}
            }
        }
        tokens.len()
    }
}

/// Where the files of the modules of a file lie.
fn folder_of_modules(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    }
}

/// What stands between the brackets of an attribute that begins here; comments are attributes too to a reader of
/// tokens.
pub(crate) fn attribute(tokens: &[TokenTree]) -> Option<TokenStream> {
    let [TokenTree::Punct(mark), TokenTree::Group(group), ..] = tokens else {
        return None;
    };
    let is_attribute = mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket;
    is_attribute.then(|| group.stream())
}

/// Is it the attribute of a test?
pub(crate) fn is_test(attribute: TokenStream) -> bool {
    syn::parse2(attribute).is_ok_and(|meta| is_test_meta(&meta))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_names_are_found_in_macros_and_not_in_tests_or_comments() {
        let file = SourceFile::new(
            "crates/a/src/lib.rs",
            "//! \"front\"\nuse b::Gone;\nconst A: &str = \"one\";\nfn f() { g!(\"two\", H); }\n\
             #[cfg(test)]\nmod tests { \
             const T: &str = \"three\"; }\n#[cfg(test)]\nmod more;\nfn last() {}\n",
        );
        let test = SourceFile::new("crates/a/src/more.rs", "const T: &str = \"four\";");
        let found = of(&[file, test]);
        let texts: Vec<&str> = found
            .iter()
            .filter(|word| word.quoted)
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(texts, ["one", "two"]);
        let called = |name: &str| found.iter().any(|word| word.text == name && !word.imported);
        assert!(called("H") && called("last") && !called("Gone") && !called("T"));
        assert_eq!(
            found.iter().find(|word| word.text == "two").map(|word| word.line),
            Some(4)
        );
    }
}
