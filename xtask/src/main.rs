//! The chores of the house: `cargo run -p xtask -- check`, `plan`, `browser DIR`, `page PROGRAM`,
//! `gallery`, `book` and `dist`.
//!
//! Each chore is a function that writes to `out` and says whether it went well; [`CHORES`] is the list. Exit codes: 0
//! done, 1 a rule is broken or the work failed, 2 there is no such chore.

use std::io::{self, Write};
use std::process::ExitCode;

use xtask::{book, browser, dist, floor_plan, rules, tree, violation};

/// A chore: takes what follows its name, writes its answer and says whether all is well.
type Chore = fn(&[String], &mut dyn Write) -> io::Result<bool>;

/// Every chore, with its name and what it does.
const CHORES: &[(&str, &str, Chore)] = &[
    ("check", "hold the tree to every house rule", check),
    ("plan", "print who may look at whom", plan),
    (
        "browser",
        "audit every report below a folder in headless Chromium",
        browser::audit,
    ),
    (
        "page",
        "go through the local page of a program in headless Chromium",
        browser::page,
    ),
    ("gallery", "take the pictures of docs/gallery anew", browser::gallery),
    (
        "book",
        "write the generated parts of the book; --check, --html DIR",
        book::book,
    ),
    ("dist", "pack the program for who has no Rust; --check", dist::dist),
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let mut out = io::stdout().lock();
    let done = match CHORES.iter().find(|(chore, _, _)| *chore == name) {
        Some((_, _, chore)) => chore(&rest, &mut out),
        None => {
            let listed = CHORES
                .iter()
                .try_for_each(|(chore, what, _)| writeln!(out, "cargo run -p xtask -- {chore}   {what}"));
            return if listed.is_ok() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            };
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // With nowhere left to write there is nobody to tell; the exit code still says it.
            let _ = writeln!(io::stderr(), "xtask {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every rule on the tree and prints what is broken.
fn check(_: &[String], out: &mut dyn Write) -> io::Result<bool> {
    let files = tree::read(&tree::workspace_root())?;
    let mut broken = 0;
    for (rule, violations) in rules::all(&files) {
        let sign = if violations.is_empty() { "ok    " } else { "BROKEN" };
        writeln!(out, "{sign} {rule}")?;
        write!(out, "{}", violation::listing(&violations))?;
        broken += violations.len();
    }
    writeln!(out, "{} files, {broken} violations", files.len())?;
    Ok(broken == 0)
}

/// Prints the floor plan as the Markdown table of ARCHITECTURE.md.
fn plan(_: &[String], out: &mut dyn Write) -> io::Result<bool> {
    write!(out, "{}", floor_plan::as_markdown())?;
    Ok(true)
}
