//! What front doors work on: the screen, problems and how they are shown, folders and files that are written whole and
//! never over what isn't ours, the memory that can be had, and what people name and vary, as they write it.
//!
//! Nothing here knows a command: `needlework-cli` says what is computed and what is written. Everything that is printed
//! is cleaned in [`screen`]; everything that is written goes through [`folder`], [`file`](mod@file) or [`making`].
//! Limits: what a system does not tell (locks, memory) is not looked at.

mod complaint;
pub mod file;
pub mod folder;
pub mod layout;
pub mod making;
pub mod memory;
pub mod named;
pub mod needle;
pub mod number;
pub mod problem;
pub mod screen;
pub mod vary;
pub mod wanted;
pub mod workplace;
