//! Every loop that no list bounds says why it ends.
//!
//! A `for` over a list ends with the list. A `loop`, a `while`, and an iterator over a range without an end (`(0..)`)
//! end for a reason that only a reader sees: in the source of rooms and front doors, outside tests, a comment
//! `// Ends: why` stands on the line above, or on one of the three above where the loop is part of a longer expression.
//!
//! Limits: recursion, and loops inside of macros, are not seen. That the reason is true is for a reviewer; a hang of a
//! library is for a test.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::SourceFile;

/// The comment; a reason must follow.
const MARK: &str = "// Ends:";

/// So many lines above a loop are looked at.
const ABOVE: usize = 3;

/// Every loop that doesn't say why it ends.
pub fn without_end(files: &[SourceFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| is_held(&file.path)) {
        // A file that is no Rust is told by the rule of floats.
        let Ok(tree) = syn::parse_file(&file.text) else {
            continue;
        };
        if tree.attrs.iter().any(is_test_mark) {
            continue;
        }
        let mut walk = Walk {
            file,
            lines: file.text.lines().collect(),
            found: Vec::new(),
        };
        walk.visit_file(&tree);
        found.append(&mut walk.found);
    }
    found
}

/// Is this a source file of a room or a front door, and not one of its integration tests?
fn is_held(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    path.ends_with(".rs")
        && matches!(parts[..], ["src", ..] | ["crates" | "apps", _, "src", ..])
        && !path.ends_with("/tests.rs")
}

struct Walk<'a> {
    file: &'a SourceFile,
    lines: Vec<&'a str>,
    found: Vec<Violation>,
}

impl Walk<'_> {
    fn judge(&mut self, what: &str, span: Span) {
        let line = span.start().line;
        let from = line.saturating_sub(1 + ABOVE);
        let said = self.lines.iter().skip(from).take(line - from);
        let ends = said.filter_map(|line| line.split_once(MARK));
        if !ends.into_iter().any(|(_, why)| !why.trim().is_empty()) {
            let what = format!("{what} says nowhere why it ends; write `{MARK} why` above it");
            self.found.push(Violation::new(&self.file.path, line, what));
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !item.attrs.iter().any(is_test_mark) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !item.attrs.iter().any(is_test_mark) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_expr_loop(&mut self, expression: &'ast syn::ExprLoop) {
        self.judge("a `loop`", expression.span());
        visit::visit_expr_loop(self, expression);
    }

    fn visit_expr_while(&mut self, expression: &'ast syn::ExprWhile) {
        self.judge("a `while`", expression.span());
        visit::visit_expr_while(self, expression);
    }

    fn visit_expr_method_call(&mut self, expression: &'ast syn::ExprMethodCall) {
        if let syn::Expr::Paren(paren) = &*expression.receiver
            && let syn::Expr::Range(range) = &*paren.expr
            && range.end.is_none()
        {
            self.judge("a range without an end", expression.span());
        }
        visit::visit_expr_method_call(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(code: &str) -> Vec<Violation> {
        without_end(&[SourceFile {
            path: "crates/needlework-skin/src/x.rs".to_owned(),
            text: code.to_owned(),
        }])
    }

    #[test]
    fn each_kind_of_loop_must_say_why_it_ends() {
        for code in [
            "fn f() { loop { break; } }",
            "fn f() { while g() {} }",
            "fn f() { while let Some(x) = g() {} }",
            "fn f() { let a = (0..).map(g); }",
            "// Ends:\nfn f() { loop {} }",
        ] {
            assert_eq!(broken(code).len(), 1, "{code}");
        }
        for code in [
            "fn f() {\n    // Ends: at once.\n    loop { break; }\n}",
            "fn f() { for x in list {} }",
            "fn f() { let a = &list[1..]; let b = (0..9).map(g); }",
            "#[cfg(test)]\nmod tests { fn f() { loop {} } }",
        ] {
            assert!(broken(code).is_empty(), "{code}");
        }
    }
}
