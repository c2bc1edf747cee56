//! What a room exports, somebody outside of it names: an export is a promise to those who build on the room.
//!
//! Looked at is what a room's `lib.rs` exports with `pub use`, and the public items of its public modules. It is named
//! outside where another crate's code, an example, a bench or the example of a room's README imports it from the room
//! or names it behind the room or a public module of it (`channel::infect`). Tests name nothing. A type needs no name
//! where a public signature of the room has it: whoever calls the function holds it. Worked examples (`example.rs`) are
//! for tests.
//!
//! Limits: names are compared as words behind words, so a method `rate` called on a variable `channel` names `rate`; a
//! re-export counts as a name, and of a room that somebody takes whole (`::*`) any word may be one; what a type offers
//! is looked at by [`super::callers`] alone, which takes the room itself for a caller. What stays for users of the
//! library or for tests stands in [`super::for_users`].

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::Visibility;
use syn::visit::{self, Visit};

use super::callers::uncalled_names;
use super::for_users::{AHEAD, FOR_USERS, is_for_users};
use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::{SourceFile, line_of};
use crate::words::Word;

/// Where exceptions stand.
const EXCEPTIONS: &str = "xtask/src/rules/for_users.rs";

/// One export of a room.
struct Export {
    name: String,
    file: String,
    line: usize,
    is_type: bool,
}

/// A room as others see it.
struct Room {
    /// `needlework_channel`.
    krate: String,
    /// `channel`.
    short: String,
    /// Its folder, `crates/needlework-channel/`.
    folder: String,
    modules: BTreeSet<String>,
    exports: Vec<Export>,
    /// Words of its public signatures.
    signatures: BTreeSet<String>,
}

/// Exports that nobody outside of their room names.
pub fn missing(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    unnamed(files, words)
        .into_iter()
        .filter(|export| !is_for_users(&export.name))
        .filter(|export| !AHEAD.iter().any(|(room, _)| export.file.starts_with(room)))
        .map(|export| {
            let what = format!(
                "`{}` is exported and nobody outside of the room names it; keep it within, or say in FOR_USERS why it \
                 stays",
                export.name
            );
            Violation::new(&export.file, export.line, what)
        })
        .collect()
}

/// Names of `FOR_USERS` that somebody calls by now, or that are gone: they have no reason to stand there.
pub fn stale(files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    stale_in(FOR_USERS, files, words)
}

fn stale_in(list: &[(&str, &str)], files: &[SourceFile], words: &[Word]) -> Vec<Violation> {
    let mut needed = uncalled_names(files, words);
    needed.extend(unnamed(files, words).into_iter().map(|export| export.name));
    list.iter()
        .filter(|(name, _)| !needed.contains(*name))
        .map(|(name, _)| {
            let what = format!("`{name}` needs no exception; take it out of FOR_USERS");
            Violation::new(EXCEPTIONS, line_of(files, EXCEPTIONS, name), what)
        })
        .collect()
}

fn unnamed(files: &[SourceFile], words: &[Word]) -> Vec<Export> {
    let mut by_file: BTreeMap<&str, Vec<&Word>> = BTreeMap::new();
    for word in words.iter().filter(|word| !word.quoted) {
        by_file.entry(&word.file).or_default().push(word);
    }
    let mut found = Vec::new();
    for room in rooms(files) {
        let mut named = BTreeSet::new();
        let is_whole = files
            .iter()
            .any(|file| file.is_rust() && room.is_taken_whole(&file.text));
        for (file, words) in &by_file {
            if file.starts_with(&room.folder) || file.starts_with("xtask/") {
                continue;
            }
            if is_whole {
                named.extend(words.iter().map(|word| word.text.clone()));
            }
            room.names_in(words, &mut named);
        }
        for readme in files.iter().filter(|file| file.name() == "README.md") {
            if readme.text.contains(&format!("use {}::", room.krate)) {
                let text = readme
                    .text
                    .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
                named.extend(text.map(str::to_owned));
            }
        }
        let Room {
            exports, signatures, ..
        } = room;
        let is_held = |export: &Export| export.is_type && signatures.contains(&export.name);
        found.extend(
            exports
                .into_iter()
                .filter(|export| !named.contains(&export.name) && !is_held(export)),
        );
    }
    found
}

impl Room {
    /// Whether somebody takes all of the room (`use needlework::verdict::*`): then any word may be one of its names.
    fn is_taken_whole(&self, text: &str) -> bool {
        let Self { krate, short, .. } = self;
        text.contains(&format!("use {krate}::*")) || text.contains(&format!("use needlework::{short}::*"))
    }

    /// What the words of a file name of the room.
    fn names_in(&self, words: &[&Word], named: &mut BTreeSet<String>) {
        let is_use = |word: &&Word| word.imported && word.text == "use";
        let mut at = 0;
        // Ends: each turn goes on by one word at least.
        while let Some(word) = words.get(at) {
            if is_use(word) {
                let length = words[at + 1..]
                    .iter()
                    .take_while(|word| word.imported && !is_use(word))
                    .count();
                let import = &words[at + 1..at + 1 + length];
                let has = |name: &str| import.iter().any(|word| word.text == name);
                if has(&self.krate) || has("needlework") && has(&self.short) {
                    named.extend(import.iter().map(|word| word.text.clone()));
                }
                at += 1 + length;
                continue;
            }
            if (word.text == self.krate || word.text == self.short || self.modules.contains(&word.text))
                && let Some(next) = words.get(at + 1)
            {
                named.insert(next.text.clone());
            }
            at += 1;
        }
    }
}

/// Every room with its exports.
fn rooms(files: &[SourceFile]) -> Vec<Room> {
    files
        .iter()
        .filter_map(|file| {
            let name = file.path.strip_prefix("crates/")?.strip_suffix("/src/lib.rs")?;
            let krate = name.replace('-', "_");
            let folder = format!("crates/{name}/");
            let mut room = Room {
                short: krate.trim_start_matches("needlework_").to_owned(),
                krate,
                modules: BTreeSet::new(),
                exports: Vec::new(),
                signatures: BTreeSet::new(),
                folder,
            };
            room.open(files, file, &format!("{}src", room.folder));
            let source = format!("{}src/", room.folder);
            for file in files
                .iter()
                .filter(|file| file.is_rust() && file.path.starts_with(&source))
            {
                if let Ok(tree) = syn::parse_file(&file.text) {
                    Signatures(&mut room.signatures).visit_file(&tree);
                }
            }
            Some(room)
        })
        .collect()
}

impl Room {
    /// Takes what a public module exports; `below` is where the files of its modules lie.
    fn open(&mut self, files: &[SourceFile], file: &SourceFile, below: &str) {
        let Ok(tree) = syn::parse_file(&file.text) else {
            return;
        };
        for item in &tree.items {
            let (visibility, name, is_type) = match item {
                syn::Item::Use(item) if is_public(&item.vis) => {
                    self.leaves(&item.tree, file);
                    continue;
                }
                syn::Item::Mod(item) if is_public(&item.vis) && !item.attrs.iter().any(is_test_mark) => {
                    let name = item.ident.to_string();
                    let inner = format!("{below}/{name}");
                    let of_file = |path: String| files.iter().find(|file| file.path == path);
                    if name != "example"
                        && let Some(file) =
                            of_file(format!("{inner}.rs")).or_else(|| of_file(format!("{inner}/mod.rs")))
                    {
                        self.open(files, file, &inner);
                    }
                    self.modules.insert(name);
                    continue;
                }
                syn::Item::Fn(item) if !item.attrs.iter().any(is_test_mark) => (&item.vis, &item.sig.ident, false),
                syn::Item::Const(item) => (&item.vis, &item.ident, false),
                syn::Item::Static(item) => (&item.vis, &item.ident, false),
                syn::Item::Struct(item) => (&item.vis, &item.ident, true),
                syn::Item::Enum(item) => (&item.vis, &item.ident, true),
                syn::Item::Type(item) => (&item.vis, &item.ident, true),
                syn::Item::Trait(item) => (&item.vis, &item.ident, true),
                _ => continue,
            };
            // What lib.rs defines itself is no less public than what it exports.
            if is_public(visibility) {
                self.export(name, file, is_type);
            }
        }
    }

    fn leaves(&mut self, tree: &syn::UseTree, file: &SourceFile) {
        match tree {
            syn::UseTree::Path(path) => self.leaves(&path.tree, file),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.leaves(item, file)),
            syn::UseTree::Name(name) => self.leaf(&name.ident, file),
            syn::UseTree::Rename(name) => self.leaf(&name.rename, file),
            syn::UseTree::Glob(_) => {}
        }
    }

    /// A type begins with a capital and is no constant.
    fn leaf(&mut self, name: &syn::Ident, file: &SourceFile) {
        let text = name.to_string();
        let is_type = text.starts_with(char::is_uppercase) && text.contains(char::is_lowercase);
        self.export(name, file, is_type);
    }

    fn export(&mut self, name: &syn::Ident, file: &SourceFile, is_type: bool) {
        self.exports.push(Export {
            name: name.to_string(),
            file: file.path.clone(),
            line: name.span().start().line,
            is_type,
        });
    }
}

/// Gathers the words of public signatures.
struct Signatures<'a>(&'a mut BTreeSet<String>);

/// Gathers every name that it visits.
struct Names<'a>(&'a mut BTreeSet<String>);

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_ident(&mut self, name: &'ast syn::Ident) {
        self.0.insert(name.to_string());
    }
}

impl Signatures<'_> {
    fn names(&mut self) -> Names<'_> {
        Names(self.0)
    }

    fn stream(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.stream(group.stream()),
                TokenTree::Ident(name) => {
                    self.0.insert(name.to_string());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl<'ast> Visit<'ast> for Signatures<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if is_public(&item.vis) {
            self.names().visit_signature(&item.sig);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !item.attrs.iter().any(is_test_mark) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            self.names().visit_type(&field.ty);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        for variant in &item.variants {
            self.names().visit_fields(&variant.fields);
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.names().visit_type(&item.ty);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if is_public(&item.vis) {
            self.names().visit_type(&item.ty);
        }
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        if is_public(&item.vis) {
            self.names().visit_type(&item.ty);
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        for part in &item.items {
            self.names().visit_trait_item(part);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        self.stream(item.mac.tokens.clone());
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        for part in &item.items {
            match part {
                syn::ImplItem::Fn(part) if item.trait_.is_some() || is_public(&part.vis) => {
                    self.names().visit_signature(&part.sig);
                }
                syn::ImplItem::Const(part) if is_public(&part.vis) => self.names().visit_type(&part.ty),
                syn::ImplItem::Type(part) => self.names().visit_type(&part.ty),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    fn told(files: &[SourceFile]) -> Vec<String> {
        let found = missing(files, &words::of(files));
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_only_the_room_itself_or_a_test_names_is_caught() {
        let room = SourceFile::new(
            "crates/needlework-a/src/lib.rs",
            "mod b;\npub mod open;\npub use b::{Given, Kept, LIMIT, Lost, inner, named, shown};\n",
        );
        let inside = SourceFile::new(
            "crates/needlework-a/src/b.rs",
            "pub fn named() -> Given { inner(LIMIT); Given }\npub fn inner(n: u8) {}\npub fn shown() {}\n\
             pub const LIMIT: u8 = 1;\npub struct Given;\npub struct Lost;\npub struct Kept { lost: Lost }\n",
        );
        let open = SourceFile::new(
            "crates/needlework-a/src/open.rs",
            "pub fn free() {}\npub fn alone() {}\n",
        );
        let app = SourceFile::new(
            "apps/b/src/main.rs",
            "use needlework_a::{Kept, open};\nfn main() { a::named(); open::free(); }\n",
        );
        let test = SourceFile::new(
            "crates/needlework-c/tests/all.rs",
            "fn t() { needlework_a::inner(); }\n",
        );
        let readme = SourceFile::new(
            "crates/needlework-a/README.md",
            "```rust\nuse needlework_a::shown;\n```\n",
        );
        let told = told(&[room, inside, open, app, test, readme]);
        assert_eq!(told.len(), 4, "{told:?}");
        for name in ["`inner`", "`LIMIT`", "`Lost`", "`alone`"] {
            assert!(told.iter().any(|told| told.contains(name)), "{name} in {told:?}");
        }
    }

    #[test]
    fn an_exception_that_nothing_needs_is_caught() {
        let list = [("lonely", "needed"), ("used", "called"), ("gone", "no more")];
        let room = SourceFile::new("crates/a/src/lib.rs", "pub fn used() {}\npub fn lonely() {}\n");
        let app = SourceFile::new("apps/b/src/main.rs", "fn main() { a::used(); }\n");
        let files = [room, app];
        let told: Vec<String> = stale_in(&list, &files, &words::of(&files))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            told.len() == 2 && told[0].contains("`used`") && told[1].contains("`gone`"),
            "{told:?}"
        );
    }
}
