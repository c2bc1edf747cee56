//! The answer on paper: page, terminal, calendar and files say what the report says, and nothing else.
//!
//! * `page`: the page as a reader, a screen reader and a browser get it
//! * `figures`: pictures draw what the report carries
//! * `compare`: a comparison as page, terminal, JSON and table
//! * `terminal`: the summary on a screen
//! * `calendar`: the calendar as a program reads it
//! * `files`: what is written can be read
//! * `fixture`: what they share: reports as the engine would give them
//!
//! One program for all of it, so that the crate is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a test reads the committed cases")]

mod calendar;
mod compare;
mod figures;
mod files;
mod fixture;
mod page;
mod terminal;
