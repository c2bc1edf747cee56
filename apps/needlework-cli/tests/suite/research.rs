//! Trials, and all plans of a case: what is printed, written and refused.

use std::fs;
use std::path::{Path, PathBuf};

use crate::setup::{case_file, json, names_in, needlework, page, run_to, stderr, stdout, unwrapped};

fn study(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases/trials")
        .join(name)
}

#[test]
fn a_trial_is_the_same_on_any_number_of_threads_and_writes_a_page_and_tables() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |threads: &str| {
        let mut command = needlework(&["trial", "--worlds", "8", "--threads", threads, "--out"]);
        run_to(0, command.arg(&out).arg(study("split-belly.toml")));
        ["trial.csv", "trial.html", "trial.json", "trial.parquet"].map(|name| fs::read(out.join(name)).unwrap())
    };
    let one = run("1");
    assert_eq!(one, run("3"));
    assert_eq!(
        names_in(&out),
        ["trial.csv", "trial.html", "trial.json", "trial.parquet"]
    );
    let csv = String::from_utf8(one[0].clone()).unwrap();
    // Eight worlds, two visits, two sides, twenty people, and the head.
    assert_eq!(csv.lines().count(), 8 * 2 * 2 * 20 + 1);
    let shown = page(&out.join("trial.html")).text();
    for words in [
        "assurance",
        "What such a study would print",
        "not a medical device",
        "needled side",
    ] {
        assert!(shown.contains(words), "{words}");
    }
}

#[test]
fn a_trial_says_what_it_may_find_and_where_the_published_value_falls() {
    let said = unwrapped(&stdout(&run_to(
        0,
        needlework(&["trial", "--worlds", "40"]).arg(study("park-2012.toml")),
    )));
    for words in [
        "assurance",
        "wrong sign (type S)",
        "Park2012",
        "used for calibration",
        "Not yet calibrated",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let mut worded = needlework(&["trial", "--worlds", "8", "--json"]);
    let answer = json(&run_to(0, worded.arg(study("parallel-thigh.toml"))));
    assert_eq!(answer["format"], "needlework-trial/1");
    assert_eq!(answer["study"]["people"], 40);
}

#[test]
fn a_wrong_study_is_told_with_line_caret_and_suggestion() {
    let right = fs::read_to_string(study("split-belly.toml")).unwrap();
    let wrong = right.replace("people = 20", "peeple = 20");
    let said = stderr(&run_to(2, needlework(&["trial", "-"]).write_stdin(wrong)));
    assert!(said.contains("peeple") && said.contains("people"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.toml");
    fs::write(&path, &right).unwrap();
    let said = unwrapped(&stderr(&run_to(2, needlework(&["trial"]).arg(&path))));
    assert!(
        said.contains("cannot be read") && said.contains("from the folder of the study"),
        "{said}"
    );
}

#[test]
fn plans_are_the_same_on_any_number_of_threads_and_a_stopped_case_has_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |threads: &str| {
        let mut command = needlework(&[
            "plan",
            "--worlds",
            "8",
            "--sessions",
            "2",
            "--for",
            "research",
            "--threads",
            threads,
        ]);
        let output = run_to(0, command.arg("--out").arg(&out).arg(case_file("clinic-abdomen-alba")));
        let files = ["plan.html", "plan.json"].map(|name| fs::read(out.join(name)).unwrap());
        (output.stdout, files)
    };
    assert_eq!(run("1"), run("3"));
    assert_eq!(names_in(&out), ["plan.html", "plan.json"]);
    let shown = page(&out.join("plan.html")).text();
    for words in [
        "Doing nothing",
        "published, not simulated",
        "(yours)",
        "not a medical device",
    ] {
        assert!(shown.to_lowercase().contains(&words.to_lowercase()), "{words}");
    }
    let mut stopped = needlework(&["plan", "--out"]);
    let said = unwrapped(&stdout(&run_to(
        0,
        stopped.arg(&out).arg(case_file("home-roller-1.5mm")),
    )));
    assert!(
        said.contains("Rules stop every plan") && said.contains("R25a"),
        "{said}"
    );
    assert!(!said.contains("points or more"), "{said}");
}
