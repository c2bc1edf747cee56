//! The house rules, held by tests, and the chores of the house.
//!
//! A rule is a plain function from files to a list of [`Violation`]s: file, line, what is wrong and what to do. It
//! reads no file itself ([`tree`] does that), so every rule is tested on a planted violation given as a string. The
//! integration test `house` runs all of them on the real tree; `cargo run -p xtask -- check` prints the same list.
//!
//! | module | holds |
//! |---|---|
//! | [`book`] | (a chore) the book, whose every figure is what the program prints |
//! | [`browser`] | (a chore) reports as a browser sees them, and the gallery |
//! | [`dist`] | (a chore) one archive for this platform, and a look at it where there is nothing else |
//! | [`floor_plan`] | who may look at whom, as one table |
//! | [`manifests`] | what the `Cargo.toml` files say |
//! | [`words`] | what stands in Rust source outside of its tests |
//! | [`rules::edges`] | no dependency outside the floor plan, no front-door library in a room |
//! | [`rules::circles`] | no files of a crate that need each other in a circle |
//! | [`rules::declared`] | every dependency that is declared is used |
//! | [`rules::callers`] | what a room makes public, somebody calls |
//! | [`rules::fields`] | a text that names a field of a case or a rule names one that there is |
//! | [`rules::formats`] | every format stands in ARCHITECTURE.md |
//! | [`rules::size`] | no file over 800 lines, no line over 120 columns |
//! | [`rules::loops`] | every loop says why it ends |
//! | [`rules::glossary`] | the glossary names what there is |
//! | [`rules::front_page`] | every file opens by saying what it is |
//! | [`rules::names`] | no `utils`, no `Manager` |
//! | [`rules::floats`] | no literature value in a room's code |
//! | [`rules::traces`] | no path of the machine that the tree was written on |
//!
//! Limits: the rules read text and syntax, not types. They catch a slip, not somebody who wants to get around them.

pub mod book;
pub mod browser;
pub mod dist;
pub mod floor_plan;
pub mod labels;
pub mod manifests;
pub mod rules;
mod test_mark;
pub mod tree;
pub mod violation;
pub mod words;

pub use violation::Violation;
