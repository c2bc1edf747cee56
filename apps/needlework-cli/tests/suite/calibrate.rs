//! Worlds weighed by published results: what is said, and that a run that was killed goes on.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use crate::setup::{case_file, needlework, stderr, stdout};

/// Two parts of a bank, few people.
const TWO_PARTS: [&str; 5] = ["calibrate", "--worlds", "520", "--people", "2"];

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_killed_calibration_goes_on_to_the_bytes_of_an_uninterrupted_one() {
    let place = tempfile::tempdir().unwrap();
    let (whole, out) = (place.path().join("whole"), place.path().join("out"));
    let output = needlework(&TWO_PARTS).arg("--out").arg(&whole).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    for words in [
        "raters over-read",
        "nothing of it shows",
        "Park2012",
        "in a prior",
        "take more --worlds",
        "--particles 2000",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let mut child = Process::new(env!("CARGO_BIN_EXE_needlework"))
        .args(TWO_PARTS)
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let part = out.with_extension("part");
    // Ends: the first part is written, or the run has ended.
    while !part.join("checkpoint.bin").is_file() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    if part.exists() {
        let other = needlework(&["calibrate", "--worlds", "530", "--people", "2", "--resume", "--out"])
            .arg(&out)
            .output()
            .unwrap();
        assert_eq!(other.status.code(), Some(2));
        assert!(
            stderr(&other).contains("--worlds was 520, and now is 530"),
            "{}",
            stderr(&other)
        );
        let resumed = needlework(&TWO_PARTS)
            .args(["--threads", "1", "--resume", "--out"])
            .arg(&out)
            .output()
            .unwrap();
        assert!(resumed.status.success(), "{}", stderr(&resumed));
    }
    assert!(contents(&whole) == contents(&out), "the same bytes");
    assert_eq!(
        contents(&whole)
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["bank-0000.bin", "bank-0001.bin", "calibrate.json", "draws.csv"]
    );
}

/// Few worlds keep no gate: moved ones stand in for them, in draws that a cohort can take and by the same bytes on any
/// threads.
#[test]
fn worlds_are_moved_where_the_weights_cannot_be_trusted() {
    let place = tempfile::tempdir().unwrap();
    let made: Vec<Vec<(String, Vec<u8>)>> = ["1", "2"]
        .into_iter()
        .map(|threads| {
            let out = place.path().join(threads);
            let output = needlework(&["calibrate", "--worlds", "60", "--people", "2", "--particles", "24"])
                .args(["--threads", threads, "--out"])
                .arg(&out)
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
            let said = stdout(&output);
            assert!(said.contains("24 worlds were moved"), "{said}");
            contents(&out)
        })
        .collect();
    assert!(made[0] == made[1], "the same bytes");
    let text = fs::read_to_string(place.path().join("1").join("posterior.toml")).unwrap();
    let committed = needlework::calibration::Committed::read(&text).unwrap();
    let (draws, moved) = (&committed.posterior.draws, &committed.posterior.moved);
    assert_eq!((draws.len(), moved.steps.len(), moved.keys.len()), (24, 24, 40));
    assert!(
        draws.iter().all(|draw| draw.world < 24),
        "particles begin at the first worlds"
    );
    // What raters read is what the open arms speak of.
    assert!(
        moved.keys.iter().any(|key| key == "appearance.grading.optimism"),
        "{:?}",
        moved.keys
    );
}

#[test]
fn a_study_that_weighs_nothing_cannot_be_left_out() {
    let output = needlework(&["calibrate", "--worlds", "20", "--leave-out", "Dogra2014"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("Park2012, ArchDerm2023, Lotfi2013"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_committed_posterior_is_checked_in_seconds() {
    let output = needlework(&["calibrate", "--check"]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    for words in ["stands", "Park2012, ArchDerm2023, Lotfi2013", "first 100 worlds"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let output = needlework(&["calibrate", "--check", "--worlds", "100"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "there is nothing to weigh");
}

/// The engine block of an answer.
fn engine(arguments: &[&str]) -> serde_json::Value {
    let output = needlework(arguments).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    report["engine"]["posterior"].clone()
}

#[test]
fn answers_draw_from_the_posterior_unless_they_are_asked_for_the_prior() {
    for command in ["assess", "compare", "infect"] {
        let belly = case_file("clinic-abdomen-alba");
        let asked = [command, belly.to_str().unwrap(), "--people", "50", "--json"];
        let usual = engine(&asked);
        assert!(usual.as_str().unwrap().starts_with("1/"), "{command}: {usual}");
        assert_eq!(engine(&[&asked[..], &["--prior"]].concat()), "prior", "{command}");
    }
}
