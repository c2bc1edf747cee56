//! No circle of files inside a crate: if file A needs file B, then B needs A neither directly nor through others.
//!
//! The files of a crate's `src` are the nodes. File A has an edge to file B where a `use` line or a path in A's code
//! ends at something that B defines. Names that are only passed on are followed to the file that defines them, so a
//! `mod.rs` that declares its children and re-exports them is in nobody's way. A child that uses what its parent's
//! file defines is an edge, and so is a parent that uses an item of its child for more than `pub use`. Tests are left
//! out, in a module of a file and in a file of their own.
//!
//! Each file's circles are told until none is left: the shortest first, then what remains when its edges are gone. So
//! no two reports share an edge, and somebody who opens all of them is done.
//!
//! Limits: syntax is read, not types. A method that is called on a value without naming its type is no edge; a name
//! that a macro makes is taken to stand in the module that it is asked of.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Violation;
use crate::test_mark::is_test_mark;
use crate::tree::SourceFile;

/// So often a name may be passed on before it counts as unknown; this ends two modules that re-export each other.
const LONGEST_CHAIN: usize = 16;

/// A module's path from the root of its crate; empty for `lib.rs`.
type ModulePath = Vec<String>;

/// Every circle of files of every crate.
pub fn of_files(files: &[SourceFile]) -> Vec<Violation> {
    let mut crates: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        // The root package has its folder `src` at the root.
        if file.path.starts_with("src/") {
            crates.entry("").or_default().push(file);
        } else if let Some(place) = file.path.find("/src/") {
            crates.entry(&file.path[..place]).or_default().push(file);
        }
    }
    // A program beside a library is a crate of its own, which only looks at the library.
    let lib = |folder: &str| format!("{folder}/src/lib.rs").trim_start_matches('/').to_owned();
    let main = |folder: &str| format!("{folder}/src/main.rs").trim_start_matches('/').to_owned();
    crates
        .iter_mut()
        .flat_map(|(folder, files)| {
            if files.iter().any(|file| file.path == lib(folder)) {
                files.retain(|file| file.path != main(folder));
            }
            circles(edges(folder, files))
        })
        .collect()
}

/// Which file needs which, with the line that says so first.
type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

fn edges<'a>(folder: &str, files: &[&'a SourceFile]) -> Edges<'a> {
    let mut house = House::default();
    let mut walks = Vec::new();
    for file in files {
        // What cannot be read as Rust is told by the compiler and by the rule of floats.
        let Ok(tree) = syn::parse_file(&file.text) else {
            continue;
        };
        if tree.attrs.iter().any(is_test_mark) {
            continue;
        }
        let mut walk = Walk::new(module_of(folder, &file.path));
        walk.visit_file(&tree);
        for (path, module) in std::mem::take(&mut walk.modules) {
            house.modules.insert(
                path,
                Module {
                    file: &file.path,
                    ..module
                },
            );
        }
        house
            .macros
            .extend(walk.macros.iter().map(|name| (called(name), &*file.path)));
        house.tests.append(&mut walk.tests);
        walks.push((&*file.path, walk));
    }
    let tests = std::mem::take(&mut house.tests);
    let is_test = |path: &ModulePath| tests.iter().any(|test| path.starts_with(test));
    house.modules.retain(|path, _| !is_test(path));

    let mut edges = Edges::new();
    for (file, walk) in walks.iter().filter(|(_, walk)| !is_test(&walk.here)) {
        for mention in &walk.mentions {
            let target = house.owner(&mention.from, &mention.path, LONGEST_CHAIN);
            let Some(target) = target.filter(|target| target != file) else {
                continue;
            };
            // A parent that only passes on what its children define doesn't need them.
            let below =
                mention.from.len() < house.path_of(target).len() && house.path_of(target).starts_with(&mention.from);
            if !(mention.passed_on && below) {
                let line = edges.entry(*file).or_default().entry(target).or_insert(mention.line);
                *line = mention.line.min(*line);
            }
        }
    }
    edges
}

/// A macro as it is called; so nothing else that has its name is taken for it.
fn called(name: &str) -> String {
    format!("{name}!")
}

/// A file's place in its crate's tree of modules.
fn module_of(folder: &str, path: &str) -> ModulePath {
    let inside = path
        .strip_prefix(folder)
        .and_then(|rest| rest.trim_start_matches('/').strip_prefix("src/"));
    let inside = inside.unwrap_or(path).trim_end_matches(".rs");
    let mut module: ModulePath = inside.split('/').map(str::to_owned).collect();
    let last = module.last().map(String::as_str);
    if last == Some("mod") || module.len() == 1 && matches!(last, Some("lib" | "main")) {
        module.pop();
    }
    module
}

/// The modules of one crate.
#[derive(Default)]
struct House<'a> {
    modules: BTreeMap<ModulePath, Module<'a>>,
    /// Macros by rules as they are called, `name!`, with their file: they are reached by name from everywhere.
    macros: BTreeMap<String, &'a str>,
    /// Modules that are only there in tests.
    tests: Vec<ModulePath>,
}

#[derive(Default)]
struct Module<'a> {
    file: &'a str,
    items: BTreeSet<String>,
    /// Names brought in by `use`, with the path that was written.
    names: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
}

impl<'a> House<'a> {
    fn path_of(&self, file: &str) -> &[String] {
        // A file's own module comes before the modules that are written inside it.
        let module = self.modules.iter().find(|(_, module)| module.file == file);
        module.map_or(&[], |(path, _)| path)
    }

    /// The file that defines what a path names, seen from a module; `None` for modules and for other crates' things.
    fn owner(&self, from: &[String], path: &[String], chain: usize) -> Option<&'a str> {
        let (first, mut rest) = path.split_first()?;
        let mut at = from.to_vec();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            // Whether a bare name is of this crate is only known where the module knows it.
            name if self.knows(from, name, chain) => rest = path,
            name if path.len() == 1 => return self.macros.get(name).copied(),
            _ => return None,
        }
        for (step, name) in rest.iter().enumerate() {
            if name == "super" {
                at.pop();
                continue;
            }
            if name == "self" {
                continue;
            }
            let mut below = at.clone();
            below.push(name.clone());
            let ends_here = step + 1 == rest.len();
            if self.modules.contains_key(&below) && !(ends_here && self.holds(&at, name)) {
                at = below;
                continue;
            }
            return self.item(&at, name, &rest[step + 1..], chain);
        }
        None
    }

    fn holds(&self, module: &[String], name: &str) -> bool {
        let module = self.modules.get(module);
        module.is_some_and(|module| module.items.contains(name) || module.names.contains_key(name))
    }

    /// Does a bare name mean something of this crate inside a module?
    fn knows(&self, module: &[String], name: &str, chain: usize) -> bool {
        let mut below = module.to_vec();
        below.push(name.to_owned());
        self.modules.contains_key(&below) || self.holds(module, name) || self.by_glob(module, name, chain).is_some()
    }

    /// The file of an item that is asked of a module.
    fn item(&self, at: &[String], name: &str, rest: &[String], chain: usize) -> Option<&'a str> {
        let module = self.modules.get(at)?;
        if module.items.contains(name) {
            return Some(module.file);
        }
        if let Some(written) = module.names.get(name) {
            // `use super::x` beside a child `x` must not find itself, so the written path goes on from where it stands.
            let path: Vec<String> = written.iter().chain(rest).cloned().collect();
            return if chain == 0 {
                None
            } else {
                self.elsewhere(at, name, &path, chain - 1)
            };
        }
        if let Some(file) = self.by_glob(at, name, chain) {
            return Some(file);
        }
        if let Some(file) = self.macros.get(name).or_else(|| self.macros.get(&called(name))) {
            return Some(file);
        }
        // A glob of a file that defines nothing, or a name that a macro made.
        (name != "*" || !module.items.is_empty()).then_some(module.file)
    }

    /// Follows a name that a module has from elsewhere; `use serde::x` leads out of the crate.
    fn elsewhere(&self, at: &[String], name: &str, path: &[String], chain: usize) -> Option<&'a str> {
        if path.first().is_some_and(|first| first == name) {
            let mut below = at.to_vec();
            below.push(name.to_owned());
            if !self.modules.contains_key(&below) {
                return None;
            }
        }
        self.owner(at, path, chain)
    }

    fn by_glob(&self, at: &[String], name: &str, chain: usize) -> Option<&'a str> {
        let module = self.modules.get(at)?;
        module.globs.iter().filter(|_| chain > 0).find_map(|glob| {
            let target = self.module(at, glob)?;
            if target == at {
                return None;
            }
            self.holds(&target, name)
                .then(|| self.item(&target, name, &[], chain - 1))
                .flatten()
        })
    }

    /// The module that a path of modules names.
    fn module(&self, from: &[String], path: &[String]) -> Option<ModulePath> {
        let mut at = from.to_vec();
        for name in path {
            match name.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => {
                    at.pop();
                }
                name => at.push(name.to_owned()),
            }
        }
        self.modules.contains_key(&at).then_some(at)
    }
}

/// A path that stands in a file.
struct Mention {
    from: ModulePath,
    path: Vec<String>,
    line: usize,
    /// It stands in a `pub use`.
    passed_on: bool,
}

/// What one file holds and mentions.
struct Walk {
    here: ModulePath,
    modules: BTreeMap<ModulePath, Module<'static>>,
    macros: Vec<String>,
    tests: Vec<ModulePath>,
    mentions: Vec<Mention>,
    /// Inside a function nothing is an item of the module.
    in_body: usize,
    /// The module that is being walked, `here` or one inside it.
    at: ModulePath,
}

impl Walk {
    fn new(here: ModulePath) -> Self {
        Self {
            modules: BTreeMap::from([(here.clone(), Module::default())]),
            macros: Vec::new(),
            tests: Vec::new(),
            mentions: Vec::new(),
            in_body: 0,
            at: here.clone(),
            here,
        }
    }

    fn mention(&mut self, path: Vec<String>, line: usize, passed_on: bool) {
        self.mentions.push(Mention {
            from: self.at.clone(),
            path,
            line,
            passed_on,
        });
    }

    fn defines(&mut self, name: &syn::Ident) {
        if self.in_body == 0 {
            let module = self.modules.entry(self.at.clone()).or_default();
            module.items.insert(name.to_string());
        }
    }

    fn uses(&mut self, tree: &syn::UseTree, before: &[String], passed_on: bool) {
        let line = tree.span().start().line;
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        let (path, name) = match tree {
            syn::UseTree::Path(path) => return self.uses(&path.tree, &with(&path.ident), passed_on),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.uses(tree, before, passed_on);
                }
                return;
            }
            syn::UseTree::Glob(_) => {
                let module = self.modules.entry(self.at.clone()).or_default();
                module.globs.push(before.to_vec());
                let path = before.iter().cloned().chain(["*".to_owned()]).collect();
                return self.mention(path, line, passed_on);
            }
            syn::UseTree::Name(name) if name.ident == "self" => (before.to_vec(), before.last().cloned()),
            syn::UseTree::Name(name) => (with(&name.ident), Some(name.ident.to_string())),
            syn::UseTree::Rename(rename) if rename.ident == "self" => {
                (before.to_vec(), Some(rename.rename.to_string()))
            }
            syn::UseTree::Rename(rename) => (with(&rename.ident), Some(rename.rename.to_string())),
        };
        if let Some(name) = name {
            let module = self.modules.entry(self.at.clone()).or_default();
            module.names.insert(name, path.clone());
        }
        self.mention(path, line, passed_on);
    }

    /// Paths inside a macro's call, where no tree of syntax is known.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |place: usize, sign: char| match tokens.get(place) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == sign,
            _ => false,
        };
        let mut place = 0;
        // Every turn goes on by one token at least.
        while let Some(token) = tokens.get(place) {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) if place == 0 || !is(place - 1, '.') => {
                    let mut path = vec![first.to_string()];
                    // Ends with the path: every turn takes `::` and a name.
                    while is(place + 1, ':')
                        && is(place + 2, ':')
                        && let Some(TokenTree::Ident(next)) = tokens.get(place + 3)
                    {
                        path.push(next.to_string());
                        place += 3;
                    }
                    if is(place + 1, '!')
                        && let Some(last) = path.last_mut()
                    {
                        last.push('!');
                    }
                    self.mention(path, first.span().start().line, false);
                }
                _ => {}
            }
            place += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, name): (&[syn::Attribute], Option<&syn::Ident>) = match item {
            syn::Item::Const(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            syn::Item::Static(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Type(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Union(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Impl(item) => (&item.attrs, None),
            syn::Item::Macro(item) => (&item.attrs, None),
            syn::Item::Mod(item) => (&item.attrs, None),
            syn::Item::Use(item) => (&item.attrs, None),
            _ => (&[], None),
        };
        if attributes.iter().any(is_test_mark) {
            if let syn::Item::Mod(module) = item {
                let mut test = self.at.clone();
                test.push(module.ident.to_string());
                self.tests.push(test);
            }
            return;
        }
        if let Some(name) = name {
            self.defines(name);
        }
        match item {
            syn::Item::Use(item) => {
                let passed_on = !matches!(item.vis, syn::Visibility::Inherited);
                self.uses(&item.tree, &[], passed_on);
            }
            syn::Item::Mod(module) => {
                if module.content.is_some() {
                    self.at.push(module.ident.to_string());
                    self.modules.entry(self.at.clone()).or_default();
                    visit::visit_item(self, item);
                    self.at.pop();
                }
            }
            syn::Item::Macro(rules) if rules.mac.path.is_ident("macro_rules") => {
                self.macros.extend(rules.ident.iter().map(ToString::to_string));
                visit::visit_item(self, item);
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(is_test_mark) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.in_body += 1;
        visit::visit_block(self, block);
        self.in_body -= 1;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // `::serde::x` names another crate.
        if path.leading_colon.is_none() {
            self.mention(names, path.span().start().line, false);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let mut path: Vec<String> = item
            .path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if let Some(last) = path.last_mut() {
            last.push('!');
        }
        self.mention(path, item.path.span().start().line, false);
        self.tokens(item.tokens.clone());
    }

    // Attributes carry documentation and settings of other tools.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

/// Tells circles that share no edge until none is left.
fn circles(mut edges: Edges<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    // Every turn takes at least two edges away, so this ends.
    while let Some(circle) = shortest(&edges) {
        let mut told = circle[0].to_owned();
        let mut line = 1;
        for (place, from) in circle.iter().enumerate() {
            let to = circle[(place + 1) % circle.len()];
            let at = edges.get_mut(from).and_then(|targets| targets.remove(to)).unwrap_or(1);
            if place == 0 {
                line = at;
            }
            told.push_str(&format!(" (line {at}) -> {to}"));
        }
        found.push(Violation::new(
            circle[0],
            line,
            format!(
                "files that need each other in a circle: {told}; move what they share (parameters, a layer, a state, a \
                 function) to a file of its own that needs none of them"
            ),
        ));
    }
    found
}

/// The shortest circle, from the file that comes first by name among equals.
fn shortest<'a>(edges: &Edges<'a>) -> Option<Vec<&'a str>> {
    let mut best: Option<Vec<&'a str>> = None;
    for start in edges.keys() {
        let Some(circle) = back_to(start, edges) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| circle.len() < best.len()) {
            best = Some(circle);
        }
    }
    best
}

/// The shortest way from a file back to itself, breadth first.
fn back_to<'a>(start: &'a str, edges: &Edges<'a>) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &'a str> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    // Every file waits once at most, so this ends.
    while let Some(file) = waiting.pop_front() {
        for target in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if *target == start {
                let mut way = vec![file];
                // Goes one step back to the start each turn.
                while let Some(before) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(target) {
                came_from.insert(target, file);
                waiting.push_back(target);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<SourceFile> = files
            .iter()
            .map(|(path, text)| SourceFile::new(&format!("crates/a/src/{path}"), text))
            .collect();
        of_files(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_files_that_use_each_other_are_one_circle_with_both_lines() {
        let found = told(&[
            ("lib.rs", "pub mod b;\npub mod c;"),
            ("b.rs", "//! B.\nuse crate::c::C;\npub struct B(C);"),
            ("c.rs", "use super::b::B;\npub struct C(Box<B>);"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with(
                "crates/a/src/b.rs:2: files that need each other in a circle: crates/a/src/b.rs (line 2) -> \
                 crates/a/src/c.rs (line 1) -> crates/a/src/b.rs; move"
            ),
            "{found:?}"
        );
    }

    #[test]
    fn a_circle_of_three_through_paths_in_code_and_in_macros_is_found() {
        let found = told(&[
            ("b.rs", "pub fn b() { crate::c::c() }"),
            ("c.rs", "use crate::d;\npub fn c() { println!(\"{}\", d::d()) }"),
            ("d.rs", "pub fn d() -> crate::b::B { todo() }"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("b.rs (line 1) -> crates/a/src/c.rs (line 2) -> crates/a/src/d.rs (line 1)"));
    }

    #[test]
    fn a_chain_is_no_circle_and_neither_is_a_name_of_another_crate() {
        assert!(
            told(&[
                ("b.rs", "use crate::c::C; use other::b::X;"),
                ("c.rs", "use other::b; pub struct C; fn f() { b::c(); serde::b() }"),
            ])
            .is_empty()
        );
    }

    #[test]
    fn a_parent_that_declares_and_passes_on_is_no_edge() {
        assert!(
            told(&[
                ("b/mod.rs", "mod c;\nmod d;\npub use c::C;\npub(crate) use d::D;"),
                ("b/c.rs", "use super::D;\npub struct C(D);"),
                ("b/d.rs", "pub struct D;"),
            ])
            .is_empty()
        );
    }

    #[test]
    fn a_name_that_is_passed_on_is_followed_to_where_it_stands() {
        let found = told(&[
            ("lib.rs", "mod b; mod c;\npub use b::B;\npub use c::*;"),
            ("b.rs", "use crate::C;\npub struct B(C);"),
            ("c.rs", "pub struct C(Box<crate::B>);"),
        ]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("b.rs (line 1) -> crates/a/src/c.rs (line 1)"));
    }

    #[test]
    fn a_child_and_a_parent_that_need_each_other_are_a_circle() {
        let child = ("b/c.rs", "use super::Settings;\npub struct C(Settings);");
        let parent = "mod c;\npub use c::C;\npub struct Settings;\n";
        assert!(told(&[("b.rs", parent), child]).is_empty());
        let used = format!("{parent}fn f() -> C {{ todo() }}");
        assert_eq!(told(&[("b.rs", &used), child]).len(), 1);
        let called = format!("{parent}fn f() {{ c::make() }}");
        assert_eq!(told(&[("b.rs", &called), child]).len(), 1);
    }

    #[test]
    fn a_re_export_of_a_neighbour_is_an_edge() {
        assert_eq!(
            told(&[
                ("b.rs", "pub use crate::c::C; pub struct B;"),
                ("c.rs", "use crate::b::B; pub struct C;"),
            ])
            .len(),
            1
        );
    }

    #[test]
    fn tests_may_look_anywhere() {
        assert!(
            told(&[
                (
                    "b.rs",
                    "pub struct B;\n#[cfg(test)]\nmod tests { use crate::c::C; }\n#[cfg(test)]\nmod all;"
                ),
                ("b/all.rs", "use crate::c::C; pub struct All;"),
                (
                    "c.rs",
                    "use crate::b::B; pub struct C(B);\n#[test]\nfn f() { crate::b::B }"
                ),
            ])
            .is_empty()
        );
    }

    #[test]
    fn circles_that_share_a_file_are_all_told() {
        let found = told(&[
            ("b.rs", "use crate::c::C; use crate::d::D; pub struct B;"),
            ("c.rs", "use crate::b::B; pub struct C;"),
            ("d.rs", "use crate::b::B; pub struct D;"),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_macro_belongs_to_the_file_of_its_rules() {
        assert_eq!(
            told(&[
                ("b.rs", "macro_rules! made { () => { crate::c::C } }"),
                ("c.rs", "pub struct C; fn f() { made!() }"),
            ])
            .len(),
            1
        );
        assert!(
            told(&[
                ("b.rs", "macro_rules! made { () => { crate::c::C } }"),
                ("c.rs", "pub struct C; fn f() { let made = 1; use_of(made) }"),
            ])
            .is_empty(),
            "a variable of a macro's name is no call"
        );
    }

    #[test]
    fn a_program_beside_a_library_is_another_crate() {
        assert!(
            told(&[
                ("lib.rs", "pub mod b; pub fn check() { b::b() }"),
                ("main.rs", "use a::b; fn check() {} fn main() { b::b() }"),
                ("b.rs", "pub fn b() {} fn f() { check() }"),
            ])
            .is_empty()
        );
    }

    #[test]
    fn files_of_two_crates_are_never_one_circle() {
        let files = [
            SourceFile::new("crates/a/src/b.rs", "use crate::c::C; pub struct B;"),
            SourceFile::new("crates/b/src/c.rs", "use crate::b::B; pub struct C;"),
        ];
        assert!(of_files(&files).is_empty());
    }
}
