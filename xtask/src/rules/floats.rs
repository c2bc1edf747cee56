//! No literature value stands in a room's code: a measured number comes from `evidence/` with its passport.
//!
//! In a room's source, outside tests, the only float literals are 0, ½, 1, 2, 3 and 4; π and its kin come from
//! `std::f64::consts`. A number of the method itself (a tolerance, a quadrature node) stands in a `const` with a
//! comment `// numerical: why`, right above the item or within it. Literals inside macros are held as well.
//!
//! A room's `proofs.rs` and `example.rs` are free, as tests are: they state worked examples, and what they hold may
//! enter no answer. So nothing else of a room but tests may name `example`.
//!
//! Limits: an integer that is turned into a float (`f64::from(7)`) is not seen; a reviewer sees it.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::SourceFile;

/// Crates in `crates/` that are no rooms of the chain: quantities, methods and formats.
const NOT_HELD: &[&str] = &["needlework-units", "needlework-numerics"];

/// Numbers that carry no knowledge.
const FREE: &[f64] = &[0.0, 0.5, 1.0, 2.0, 3.0, 4.0];

/// The comment that lets a `const` hold a number of the method; a reason must follow.
const MARK: &str = "// numerical:";

/// Files of worked examples, beside tests.
const EXAMPLES: &[&str] = &["/proofs.rs", "/example.rs"];

/// Every float literal in a room's source that isn't free, in a test, an example or a marked `const`; and every place
/// that takes an example and is none of them.
pub fn literature_values(files: &[SourceFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut test_folders = Vec::new();
    for file in files.iter().filter(|file| is_held(&file.path)) {
        match syn::parse_file(&file.text) {
            Ok(tree) => {
                let mut walk = Walk::of(file, &tree);
                test_folders.extend(walk.test_modules.iter().map(|module| module_path(&file.path, module)));
                if !tree.attrs.iter().any(is_test_mark) {
                    found.append(&mut walk.found);
                }
            }
            Err(error) => {
                let what = format!("cannot be read as Rust ({error}); the float rule has not looked at it");
                found.push(Violation::new(&file.path, error.span().start().line.max(1), what));
            }
        }
    }
    // `#[cfg(test)] mod tests;` makes a test of a file that looks like any other.
    found.retain(|violation| !test_folders.iter().any(|path| is_below(&violation.file, path)));
    found
}

/// Crates that are excepted and hold no number that would be refused.
pub fn stale(files: &[SourceFile]) -> Vec<Violation> {
    const OWN: &str = "xtask/src/rules/floats.rs";
    let needs_it = |name: &str| {
        let folder = format!("crates/{name}/src/");
        let own = files
            .iter()
            .filter(|file| file.path.starts_with(&folder) && file.path.ends_with(".rs"));
        own.filter(|file| !file.path.ends_with("/tests.rs"))
            .any(|file| syn::parse_file(&file.text).is_ok_and(|tree| !Walk::of(file, &tree).found.is_empty()))
    };
    // A tree without this file is none of ours, and has none of its crates.
    let own = files.iter().any(|file| file.path == OWN);
    NOT_HELD
        .iter()
        .filter(|name| own && !needs_it(name))
        .map(|name| {
            Violation::new(
                OWN,
                1,
                format!("{name} holds no number that NOT_HELD excepts; take it out"),
            )
        })
        .collect()
}

/// Is this a source file of a room, and not one of its integration tests?
fn is_held(path: &str) -> bool {
    if path.starts_with("src/") {
        return path.ends_with(".rs");
    }
    let Some((name, inside)) = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let example = EXAMPLES.iter().any(|name| path.ends_with(name));
    path.ends_with(".rs") && inside.starts_with("src/") && !NOT_HELD.contains(&name) && !example
}

/// Where the file of `mod module;` in `path` lies, without its ending.
fn module_path(path: &str, module: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "lib.rs" | "main.rs" | "mod.rs" => format!("{folder}/{module}"),
        _ => format!("{folder}/{}/{module}", name.trim_end_matches(".rs")),
    }
}

fn is_below(file: &str, module: &str) -> bool {
    file.strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

struct Walk<'a> {
    file: &'a SourceFile,
    lines: Vec<&'a str>,
    found: Vec<Violation>,
    test_modules: Vec<String>,
}

impl<'a> Walk<'a> {
    /// A walk through a whole file.
    fn of(file: &'a SourceFile, tree: &syn::File) -> Self {
        let mut walk = Self {
            file,
            lines: file.text.lines().collect(),
            found: Vec::new(),
            test_modules: Vec::new(),
        };
        walk.visit_file(tree);
        walk
    }

    fn judge(&mut self, digits: &str, span: Span) {
        let free = digits.parse::<f64>().is_ok_and(|value| FREE.contains(&value));
        if !free {
            let what = format!(
                "{digits} stands in a room's code; a measured or assumed number gets a passport in evidence/, a number \
                 of the method a `const` with `{MARK} why`"
            );
            self.found
                .push(Violation::new(&self.file.path, span.start().line, what));
        }
    }

    /// Does a comment `// numerical: why` stand above the item, on as many lines as it takes, or on one of its own?
    fn is_marked(&self, item: Span) -> bool {
        let own = item.start().line.saturating_sub(1);
        let above = self.lines.iter().take(own).rev();
        let comment = above.take_while(|line| line.trim_start().starts_with("//")).count();
        let first = own.saturating_sub(comment);
        let own = item.end().line.saturating_sub(first);
        self.lines
            .iter()
            .skip(first)
            .take(own)
            .any(|line| line.split_once(MARK).is_some_and(|(_, why)| !why.trim().is_empty()))
    }

    fn literal(&mut self, literal: &syn::Lit) {
        match literal {
            syn::Lit::Float(float) => self.judge(float.base10_digits(), float.span()),
            syn::Lit::Int(int) if int.suffix().starts_with('f') => self.judge(int.base10_digits(), int.span()),
            _ => {}
        }
    }

    fn example(&mut self, name: &syn::Ident) {
        if name == "example" {
            let what =
                "a worked example is taken outside of tests, proofs and examples; take the number from the evidence";
            self.found
                .push(Violation::new(&self.file.path, name.span().start().line, what));
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => self.literal(&syn::Lit::new(literal)),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[syn::Attribute] = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Static(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            _ => &[],
        };
        if attributes.iter().any(is_test_mark) {
            if let syn::Item::Mod(module) = item
                && module.content.is_none()
            {
                self.test_modules.push(module.ident.to_string());
            }
            return;
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(is_test_mark) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if !self.is_marked(item.span()) {
            visit::visit_item_const(self, item);
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        if !self.is_marked(item.span()) {
            visit::visit_impl_item_const(self, item);
        }
    }

    fn visit_trait_item_const(&mut self, item: &'ast syn::TraitItemConst) {
        if !self.is_marked(item.span()) {
            visit::visit_trait_item_const(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A variable may be called so; a module stands before what it holds.
        if path.segments.len() > 1 {
            for segment in &path.segments {
                self.example(&segment.ident);
            }
        }
        visit::visit_path(self, path);
    }

    fn visit_use_path(&mut self, path: &'ast syn::UsePath) {
        self.example(&path.ident);
        visit::visit_use_path(self, path);
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        self.example(&name.ident);
    }

    fn visit_lit(&mut self, literal: &'ast syn::Lit) {
        self.literal(literal);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.tokens(item.tokens.clone());
    }

    // Attributes carry documentation and settings of other tools, never a number of the model.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        found_in("crates/needlework-skin/src/lib.rs", text)
    }

    fn found_in(path: &str, text: &str) -> Vec<usize> {
        literature_values(&[SourceFile::new(path, text)])
            .iter()
            .map(|violation| violation.line)
            .collect()
    }

    #[test]
    fn a_measured_number_in_a_function_is_caught_at_its_line() {
        assert_eq!(lines("//! Page.\nfn depth(l: f64) -> f64 {\n    0.55 * l\n}\n"), [3]);
    }

    #[test]
    fn numbers_without_knowledge_pass_in_every_spelling() {
        assert!(
            lines("fn f() -> f64 { 0.0 + 0.5 + 1. + 2.0_f64 - 3.0 * -4.0 + 1e0 + 2f64 + std::f64::consts::PI }")
                .is_empty()
        );
    }

    #[test]
    fn a_number_hidden_in_a_macro_a_suffix_an_exponent_or_a_pattern_is_caught() {
        assert_eq!(lines("fn f() { let a = vec![0.3]; }"), [1]);
        assert_eq!(lines("fn f() -> f64 { 7f64 }"), [1]);
        assert_eq!(lines("fn f() -> f64 { 1e-6 }"), [1]);
        assert_eq!(lines("fn f(x: f64) -> bool { matches!(x, 0.0..=0.7) }"), [1]);
    }

    #[test]
    fn a_const_needs_the_mark_and_the_mark_needs_a_reason() {
        assert_eq!(lines("const A: f64 = 1e-9;"), [1]);
        assert_eq!(lines("// numerical:\nconst A: f64 = 1e-9;"), [2]);
        assert!(lines("// numerical: relative tolerance of the root\nconst A: f64 = 1e-9;").is_empty());
        assert!(lines("// numerical: a reason\n// of two lines\nconst A: f64 = 1e-9;").is_empty());
        assert!(lines("const A: f64 = 1e-9; // numerical: relative tolerance of the root").is_empty());
        assert!(lines("// numerical: relative tolerance\n// of the root\nconst A: f64 = 1e-9;").is_empty());
        assert_eq!(
            lines("// relative tolerance\n// of the root\nconst A: f64 = 1e-9;"),
            [3]
        );
        assert!(lines("/// Doc.\n// numerical: nodes of Gauss\nconst A: [f64; 2] = [\n 0.57,\n 0.21,\n];").is_empty());
        assert!(lines("impl X {\n    // numerical: step\n    const A: f64 = 0.1;\n}").is_empty());
    }

    #[test]
    fn a_mark_may_be_a_comment_of_several_lines() {
        assert!(
            lines("// numerical: a step that is short enough for\n// what changes fastest\nconst A: f64 = 0.1;")
                .is_empty()
        );
        assert_eq!(
            lines("// numerical: no neighbour\n\n// of this\nconst A: f64 = 0.1;"),
            [4]
        );
    }

    #[test]
    fn a_mark_reaches_no_further_than_its_const() {
        assert_eq!(
            lines("// numerical: step\nconst A: f64 = 0.1;\nconst B: f64 = 0.7;"),
            [3]
        );
        assert_eq!(lines("// numerical: not on a let\nfn f() { let a = 0.7; }"), [2]);
    }

    #[test]
    fn tests_are_free_wherever_they_live() {
        assert!(lines("#[cfg(test)]\nmod tests { fn f() -> f64 { 0.7 } }").is_empty());
        assert!(lines("#[test]\nfn f() { let a = 0.7; }").is_empty());
        assert!(found_in("crates/needlework-skin/tests/depth.rs", "fn f() -> f64 { 0.7 }").is_empty());
        assert_eq!(lines("#[cfg(not(test))]\nmod real { fn f() -> f64 { 0.7 } }"), [2]);
    }

    #[test]
    fn a_test_module_in_its_own_file_is_free_and_its_neighbour_is_not() {
        let files = [
            SourceFile::new("crates/needlework-skin/src/layer.rs", "#[cfg(test)]\nmod tests;"),
            SourceFile::new("crates/needlework-skin/src/layer/tests.rs", "fn f() -> f64 { 0.7 }"),
            SourceFile::new(
                "crates/needlework-skin/src/layer/tests_of_time.rs",
                "fn f() -> f64 { 0.7 }",
            ),
        ];
        let found = literature_values(&files);
        assert_eq!(found.len(), 1);
        assert!(found[0].file.ends_with("tests_of_time.rs"));
    }

    #[test]
    fn worked_examples_are_free_and_no_answer_takes_one() {
        for free in ["proofs", "example"] {
            let text = "use needlework_skin::example::skin;\nfn f() -> f64 { 0.7 }";
            assert!(found_in(&format!("crates/needlework-skin/src/{free}.rs"), text).is_empty());
        }
        assert_eq!(lines("fn f() -> f64 {\n    crate::example::skin().dermis\n}"), [2]);
        assert_eq!(lines("use needlework_skin::example::{parameters, skin};"), [1]);
        assert_eq!(lines("use needlework_skin::example;"), [1]);
        assert!(lines("pub mod example;\nfn f(example: f64) -> f64 { example }").is_empty());
        assert!(lines("#[cfg(test)]\nmod tests { use crate::example::skin; }").is_empty());
    }

    #[test]
    fn the_ground_floor_and_the_front_doors_are_not_held() {
        assert!(found_in("crates/needlework-numerics/src/lib.rs", "fn f() -> f64 { 0.7 }").is_empty());
        assert!(found_in("apps/needlework-pages/src/lib.rs", "fn f() -> f64 { 0.7 }").is_empty());
    }
}
