//! Places to write: a whole report or nothing, and nobody's files are touched.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::setup::{PERMITTED, REFUSED, assess, case_file, json, names_in, run_to, stderr, stdout, unwrapped};

#[test]
fn a_foreign_folder_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "mine").unwrap();
    let output = run_to(2, assess(PERMITTED, &["--out"]).arg(&out));
    assert!(
        unwrapped(&stderr(&output)).contains("thesis.txt"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names_in(&out), ["thesis.txt"]);
    assert_eq!(fs::read_to_string(out.join("thesis.txt")).unwrap(), "mine");
    assert_eq!(names_in(folder.path()), ["out"]);
}

#[test]
fn a_folder_with_a_report_of_somebody_else_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("report.json"), "{\"format\": \"of another program\"}").unwrap();
    run_to(2, assess(PERMITTED, &["--out"]).arg(&out));
    let kept = fs::read_to_string(out.join("report.json")).unwrap();
    assert_eq!(kept, "{\"format\": \"of another program\"}");
}

#[test]
fn an_earlier_report_is_replaced_and_an_empty_folder_taken() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    run_to(0, assess(REFUSED, &["--out"]).arg(&out));
    let earlier = fs::read(out.join("report.json")).unwrap();
    run_to(0, assess(PERMITTED, &["--out"]).arg(&out));
    assert_ne!(fs::read(out.join("report.json")).unwrap(), earlier);
    assert_eq!(names_in(&out), ["report.html", "report.json"]);
    assert_eq!(names_in(folder.path()), ["out"], "the earlier report is gone");
}

#[test]
fn a_report_folder_into_which_somebody_put_a_file_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_to(0, assess(REFUSED, &["--out"]).arg(&out));
    fs::write(out.join("notes.txt"), "mine").unwrap();
    let earlier = fs::read(out.join("report.json")).unwrap();
    let output = run_to(2, assess(PERMITTED, &["--out"]).arg(&out));
    assert!(stderr(&output).contains("notes.txt"));
    assert_eq!(fs::read(out.join("report.json")).unwrap(), earlier);
    assert_eq!(names_in(&out), ["notes.txt", "report.html", "report.json"]);
}

#[test]
fn a_file_where_a_folder_is_wanted_and_a_folder_where_a_file_is_wanted_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    let output = run_to(2, assess(PERMITTED, &["--out"]).arg(&file));
    assert!(stderr(&output).contains("not a folder"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let output = run_to(2, assess(PERMITTED, &["--people-out"]).arg(folder.path()));
    assert!(stderr(&output).contains("is a folder"));
    assert_eq!(names_in(folder.path()), ["file"]);
}

#[test]
fn a_folder_that_does_not_exist_cannot_hold_a_report() {
    let folder = tempfile::tempdir().unwrap();
    for (flag, name) in [("--out", "missing/out"), ("--people-out", "missing/people.parquet")] {
        let output = run_to(1, assess(PERMITTED, &[flag]).arg(folder.path().join(name)));
        assert!(
            unwrapped(&stderr(&output)).contains("does not exist"),
            "{}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "no answer without the report that was asked for");
        assert!(names_in(folder.path()).is_empty());
    }
}

#[test]
fn the_folder_one_works_in_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    for out in [".", "..", "../inner"] {
        let output = run_to(2, assess(PERMITTED, &["--out", out]).current_dir(&inner));
        assert_eq!(stdout(&output), "");
        assert!(names_in(&inner).is_empty(), "{out}");
    }
    // Names with dots or a slash at the end are fine as long as they mean another folder.
    run_to(0, assess(PERMITTED, &["--out", "a/"]).current_dir(&inner));
    run_to(0, assess(PERMITTED, &["--out", "../b"]).current_dir(&inner));
    assert_eq!(names_in(&inner), ["a"]);
    assert_eq!(names_in(folder.path()), ["b", "inner"]);
}

#[test]
fn people_in_the_report_folder_are_refused_since_that_folder_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assess(PERMITTED, &["--out", "out", "--people-out", "out/people.parquet"]);
    let output = run_to(2, command.current_dir(folder.path()));
    assert!(unwrapped(&stderr(&output)).contains("beside"), "{}", stderr(&output));
    assert!(names_in(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_to_an_earlier_report_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    run_to(0, assess(REFUSED, &["--out"]).arg(&real));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let earlier = fs::read(real.join("report.json")).unwrap();
    run_to(0, assess(PERMITTED, &["--out"]).arg(&link));
    assert!(link.is_symlink());
    assert_ne!(fs::read(real.join("report.json")).unwrap(), earlier);
    assert_eq!(names_in(folder.path()), ["link", "real"]);
}

#[cfg(unix)]
#[test]
fn a_report_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (out, people) = (folder.path().join("out"), folder.path().join("people.parquet"));
    run_to(
        0,
        assess(PERMITTED, &["--out"]).arg(&out).arg("--people-out").arg(&people),
    );
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&out), 0o755);
    assert_eq!(mode(&people), 0o644);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nobody_may_write_is_an_error_before_any_work() {
    for (flag, place) in [("--out", "/proc/out"), ("--people-out", "/proc/people.parquet")] {
        let output = run_to(1, &mut assess(PERMITTED, &[flag, place]));
        assert!(
            unwrapped(&stderr(&output)).contains("cannot write"),
            "{}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_never_replaced_by_a_file() {
    // A pipe of ours stands for a device: were it replaced, it would be no loss.
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = run_to(2, assess(PERMITTED, &["--people-out"]).arg(&pipe));
    assert!(stderr(&output).contains("not an ordinary file"));
    assert!(!fs::metadata(&pipe).unwrap().is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_screen_is_an_error() {
    for arguments in [&["rules"][..], &["schema"], &["evidence", "--json"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_needlework"))
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(
            stderr(&output).contains("cannot write the output"),
            "{}",
            stderr(&output)
        );
    }
}

/// A limit on the size of files stands for a full disk: writing fails in the middle.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_no_part_of_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_to(0, assess(REFUSED, &["--out"]).arg(&out));
    let earlier = fs::read(out.join("report.json")).unwrap();
    for (flag, name) in [("--out", "out"), ("--out", "new"), ("--people-out", "people.parquet")] {
        // The signal is ignored, so that the writer sees the error as it would see that of a full disk.
        let output = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"",
                env!("CARGO_BIN_EXE_needlework"),
                "assess",
            ])
            .arg(case_file(PERMITTED))
            .args(["--people", "100", flag])
            .arg(folder.path().join(name))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let said = unwrapped(&stderr(&output));
        assert!(
            said.contains("cannot write") && said.contains("nothing was left behind"),
            "{said}"
        );
        assert!(
            !said.contains(".needlework-"),
            "the place beside means nothing to the reader: {said}"
        );
        assert_eq!(stdout(&output), "");
        assert_eq!(names_in(folder.path()), ["out"], "{flag} {name}");
        assert_eq!(
            fs::read(out.join("report.json")).unwrap(),
            earlier,
            "the earlier report stays"
        );
    }
}

#[test]
fn when_the_report_cannot_be_written_the_people_do_not_appear_either() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("out"), "mine").unwrap();
    let mut command = assess(PERMITTED, &["--out", "out", "--people-out", "people.parquet"]);
    run_to(2, command.current_dir(folder.path()));
    assert_eq!(names_in(folder.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_the_work_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_needlework"))
        .arg("assess")
        .arg(case_file(PERMITTED))
        .args(["--people", "100000", "--out", "out", "--people-out", "people.parquet"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Long enough to be at work, and far too short to be done.
    std::thread::sleep(std::time::Duration::from_millis(700));
    let working = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(working, "a hundred thousand people take longer");
    assert!(names_in(folder.path()).is_empty(), "{:?}", names_in(folder.path()));
}

#[test]
fn a_closed_pipe_is_no_error_and_no_message() {
    let case = case_file(PERMITTED);
    let refused = case_file(REFUSED);
    let (case, refused) = (case.to_str().unwrap(), refused.to_str().unwrap());
    for (arguments, code) in [
        (&["rules"][..], 0),
        (&["evidence"], 0),
        (&["evidence", "--json"], 0),
        (&["schema"], 0),
        (&["--help"], 0),
        (&["assess", case, "--people", "100"], 0),
        (&["assess", case, "--people", "100", "--json"], 0),
        (&["assess", refused, "--deny", "refuse"], 3),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_needlework"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_does_not_cost_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_needlework"))
        .arg("assess")
        .arg(case_file(PERMITTED))
        .args(["--people", "100", "--out"])
        .arg(&out)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(names_in(&out), ["report.html", "report.json"]);
    // And what was written is whole.
    let report: serde_json::Value = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    assert_eq!(report, json(&run_to(0, &mut assess(PERMITTED, &["--json"]))));
}
