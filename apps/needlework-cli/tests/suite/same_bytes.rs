//! The same case and seed give the same bytes, whatever the number of threads; another seed gives others.

use std::fs;
use std::path::Path;

use crate::setup::{PERMITTED, assess, json, run_to, stdout};

/// What a run prints and writes: the screen, the page, the report, the people.
fn all(folder: &Path, name: &str, more: &[&str]) -> [Vec<u8>; 4] {
    let (out, people) = (folder.join("out"), folder.join("people.parquet"));
    let mut command = assess(PERMITTED, more);
    command.arg("--out").arg(&out).arg("--people-out").arg(&people);
    let output = run_to(0, &mut command);
    let read = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    [
        output.stdout,
        read(&out.join("report.html")),
        read(&out.join("report.json")),
        read(&people),
    ]
}

#[test]
fn threads_change_no_byte_and_a_seed_changes_all_files() {
    let folder = tempfile::tempdir().unwrap();
    let one = all(folder.path(), "one thread", &["--threads", "1"]);
    let two = all(folder.path(), "two threads", &["--threads", "2"]);
    let every = all(folder.path(), "all threads", &[]);
    let other = all(folder.path(), "another seed", &["--threads", "2", "--seed", "2"]);
    for (at, what) in ["screen", "page", "report", "people"].into_iter().enumerate() {
        assert!(one[at] == two[at], "the {what} differs between one and two threads");
        assert!(one[at] == every[at], "the {what} differs between one and all threads");
        // The screen is rounded, so another seed may show the same there.
        assert!(at == 0 || one[at] != other[at], "another seed gives another {what}");
    }
}

#[test]
fn the_report_names_the_seed_and_not_the_threads() {
    let output = run_to(
        0,
        &mut assess(PERMITTED, &["--json", "--seed", "12345", "--threads", "2"]),
    );
    assert_eq!(json(&output)["seed"], 12345);
    assert!(!stdout(&output).contains("thread"));
}
