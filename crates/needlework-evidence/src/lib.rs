//! Passports of numbers: every literature value that a room uses, with its unit, spread, source and how it was seen.
//!
//! This crate holds the types, the parser and the checks; the numbers stand in `evidence/*.toml`, and the facade
//! bundles them. A room declares what it needs with [`parameters!`]; a [`Book`] fills it; the caller passes it on.
//!
#![cfg_attr(any(doc, doctest), doc = include_str!("../README.md"))]

mod arm;
mod book;
mod change;
mod conflict;
mod error;
mod passport;
mod possible;
mod prior;
mod source;
mod target;

pub use arm::{PublishedArm, parse_arms};
pub use book::Book;
pub use conflict::Conflict;
pub use error::BookError;
pub use needlework_numerics::Distribution;
pub use needlework_units::{Canonical, Dimension};
pub use passport::{Passport, Scope, Seen, Spread, Used};
pub use prior::{Declared, Prior};
pub use source::Source;
pub use target::{Observable, Target, parse_targets};
