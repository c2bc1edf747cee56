//! What a room makes public, somebody calls: public code that nothing names is read, tested and carried for nobody.
//!
//! Looked at are free and associated functions, types, constants and traits that are `pub` in `crates/`. A name counts
//! as used where it stands as a word in any other place of the workspace, in code that is no test, and in no `use`: an
//! import and a re-export call nothing. Examples and benches count as users.
//!
//! Limits: a name is compared as a word, so `new` of one type is used where `new` of any is. What is public for users
//! of the library alone, and a room that is built before its callers, stands in [`super::for_users`].

use std::collections::{BTreeMap, BTreeSet};

use syn::Visibility;
use syn::visit::{self, Visit};

use super::for_users::{AHEAD, is_for_users};
use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::SourceFile;
use crate::words::Word;

/// A public item by name, file and line.
struct Item {
    name: String,
    file: String,
    line: usize,
}

/// Public items of the rooms that nothing calls.
pub fn missing(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let found = uncalled(files, words)
        .into_iter()
        .filter(|item| !is_for_users(&item.name))
        .map(|item| {
            let what = format!(
                "`{}` is public and nothing but tests names it; use it, take it out, or say in FOR_USERS why it stays",
                item.name
            );
            Violation::new(&item.file, item.line, what)
        })
        .collect();
    without_rooms_ahead(found, files)
}

/// The names of all public items that nothing calls, those of `FOR_USERS` too.
pub(super) fn uncalled_names(files: &[SourceFile], words: &[Word]) -> BTreeSet<String> {
    uncalled(files, words).into_iter().map(|item| item.name).collect()
}

fn uncalled(files: &[SourceFile], words: &[Word]) -> Vec<Item> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.iter().filter(|word| !word.quoted && !word.imported) {
        *count.entry(&word.text).or_default() += 1;
    }
    let mut found = Vec::new();
    for file in files.iter().filter(|file| is_of_a_room(&file.path)) {
        if let Ok(tree) = syn::parse_file(&file.text) {
            let mut items = Items::default();
            items.visit_file(&tree);
            for (name, line) in items.found {
                // Once is where it is defined.
                if count.get(name.as_str()).is_some_and(|count| *count <= 1) {
                    found.push(Item {
                        name,
                        file: file.path.clone(),
                        line,
                    });
                }
            }
        }
    }
    found
}

/// What is found, without the rooms of `AHEAD`; such a room in which nothing is found has no reason to be there.
fn without_rooms_ahead(mut found: Vec<Violation>, files: &[SourceFile]) -> Vec<Violation> {
    for (room, _) in AHEAD {
        let before = found.len();
        found.retain(|violation| !violation.file.starts_with(room));
        if found.len() == before
            && let Some(file) = files.iter().find(|file| file.path.starts_with(room))
        {
            found.push(Violation::new(
                &file.path,
                1,
                "all of this room is called; take it out of AHEAD",
            ));
        }
    }
    found
}

fn is_of_a_room(path: &str) -> bool {
    let inside = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/'));
    path.ends_with(".rs") && inside.is_some_and(|(_, inside)| inside.starts_with("src/"))
}

/// The public items of a file, outside its tests.
#[derive(Default)]
struct Items {
    found: Vec<(String, usize)>,
}

impl Items {
    fn add(&mut self, visibility: &Visibility, name: &syn::Ident) {
        if matches!(visibility, Visibility::Public(_)) {
            self.found.push((name.to_string(), name.span().start().line));
        }
    }
}

impl<'ast> Visit<'ast> for Items {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            _ => return self.of_item(item),
        };
        if !attributes.iter().any(is_test_mark) {
            self.of_item(item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.vis, &item.sig.ident);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.add(&item.vis, &item.ident);
    }
}

impl Items {
    fn of_item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Fn(item) => self.add(&item.vis, &item.sig.ident),
            syn::Item::Struct(item) => self.add(&item.vis, &item.ident),
            syn::Item::Enum(item) => self.add(&item.vis, &item.ident),
            syn::Item::Const(item) => self.add(&item.vis, &item.ident),
            syn::Item::Static(item) => self.add(&item.vis, &item.ident),
            syn::Item::Type(item) => self.add(&item.vis, &item.ident),
            syn::Item::Trait(item) => self.add(&item.vis, &item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    fn of(files: &[SourceFile]) -> Vec<Violation> {
        missing(files, &words::of(files))
    }

    #[test]
    fn what_only_a_test_or_an_import_names_is_caught() {
        let room = SourceFile::new(
            "crates/a/src/lib.rs",
            "pub use b::lonely;\npub fn used() {}\npub fn lonely() {}\npub struct Gone;\n\
             impl Kept { pub fn quiet(self) {} }\nfn own() {}\n\
             #[cfg(test)]\nmod tests { fn t() { super::lonely(); } }\n",
        );
        let app = SourceFile::new("apps/b/src/main.rs", "use a::Gone;\nfn main() { a::used(); Kept; }\n");
        let test = SourceFile::new("crates/a/tests/all.rs", "fn t() { a::lonely(); x.quiet(); }\n");
        let told: Vec<String> = of(&[room, app, test]).iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        for name in ["`lonely`", "`Gone`", "`quiet`"] {
            assert!(told.iter().any(|told| told.contains(name)), "{name} in {told:?}");
        }
    }

    #[test]
    fn a_room_that_is_ahead_of_its_callers_is_free_until_all_of_it_is_called() {
        let (room, _) = AHEAD[0];
        let ahead = SourceFile::new(&format!("{room}src/a.rs"), "pub fn early() {}\npub fn late() {}\n");
        assert!(of(std::slice::from_ref(&ahead)).is_empty());
        let app = SourceFile::new("apps/b/src/main.rs", "fn main() { a::early(); a::late(); }\n");
        let told: Vec<String> = of(&[ahead, app]).iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains("AHEAD"), "{told:?}");
    }
}
