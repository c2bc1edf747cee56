//! Running the binary, and what a run must never show.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use needlework_page_reader::Page;
use serde_json::Value;

/// The case of the README: inside the reach, stopped by no rule.
pub const PERMITTED: &str = "clinic-abdomen-alba";
/// A case that a rule refuses.
pub const REFUSED: &str = "home-face";

/// The binary, with fewer people than a reader would want: enough where the number does not matter.
pub fn needlework(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_needlework"));
    command.args(arguments);
    command
}

/// `assess` of a published case with few people.
pub fn assess(case: &str, more: &[&str]) -> Command {
    let mut command = needlework(&["assess"]);
    command.arg(case_file(case)).args(["--people", "100"]).args(more);
    command
}

/// Where a published case lies.
pub fn case_file(name: &str) -> PathBuf {
    root().join("cases").join(format!("{name}.toml"))
}

/// The text of a published case.
pub fn case_text(name: &str) -> String {
    std::fs::read_to_string(case_file(name)).unwrap()
}

/// All published cases, by name.
pub fn cases() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A page that was written, as a browser holds it.
pub fn page(file: &Path) -> Page {
    Page::read(&std::fs::read_to_string(file).unwrap()).unwrap_or_else(|wrong| panic!("{}: {wrong}", file.display()))
}

/// All text in the elements of a name, descriptions of pictures included.
pub fn whole(page: &Page, name: &str) -> String {
    page.named(name)
        .map(|element| element.told())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Runs to the end and checks what holds of every run: no panic, and an exit code that we give on purpose.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = stderr(&output);
    assert!(!said.contains("panicked"), "{said}");
    assert!(
        matches!(output.status.code(), Some(0..=3)),
        "{:?}: {said}",
        output.status
    );
    output
}

/// Runs and expects an exit code.
pub fn run_to(code: i32, command: &mut Command) -> Output {
    let output = run(command);
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{}", stderr(&output));
    output
}

/// What was printed.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What was complained.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What was printed, as JSON.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Text with its lines joined and its spaces counted once: wrapping does not matter, nor the bar that is drawn before a
/// line that goes on.
pub fn unwrapped(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "|");
    words.collect::<Vec<_>>().join(" ")
}

/// The names in a folder, hidden ones among them.
pub fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
