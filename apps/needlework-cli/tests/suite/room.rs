//! Memory and time are looked at before the start: what does not fit is refused with a reason, and long work says so.

use std::process::{Command, Output};

use crate::setup::{PERMITTED, case_file, needlework, run_to, stderr, stdout, unwrapped};

/// Runs under a limit of the address space, in kilobytes.
#[cfg(target_os = "linux")]
fn within(kilobytes: u32, arguments: &[&str]) -> Output {
    let script = format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_needlework")])
        .args(arguments)
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn what_does_not_fit_within_a_limit_is_refused_with_the_cause() {
    let case = case_file(PERMITTED);
    let case = case.to_str().unwrap();
    for line in [
        &["assess", case, "--people", "100000"][..],
        &[
            "compare",
            case,
            "--vary",
            "regimen.sessions=1,2,3,4",
            "--people",
            "100000",
        ],
        &["infect", case, "--people", "100000"],
        &["creams", case, "--people", "100000"],
        &["skin", "abdomen", "--people", "100000"],
        &["claims", "--people", "100000"],
        &[
            "evidence",
            "puncture.reach.roller",
            "--set",
            "0.5",
            "--people",
            "100000",
        ],
        &[
            "insert",
            "dermaroller-mf8",
            "--passes",
            "50",
            "--sessions",
            "60",
            "--side",
            "10",
        ],
        &["simulate", case, "--fidelity", "patch", "--side", "10 mm"],
        &["render", case, "--people", "100000"],
    ] {
        let output = within(900_000, line);
        let said = unwrapped(&stderr(&output));
        assert_eq!(output.status.code(), Some(2), "{line:?}: {said}");
        assert!(
            said.contains("of memory") && said.contains("ulimit"),
            "{line:?}: {said}"
        );
        assert_eq!(stdout(&output), "", "{line:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_threads_within_a_limit_are_no_fault() {
    let case = case_file(PERMITTED);
    let case = case.to_str().unwrap();
    for line in [
        &["assess", case, "--people", "50"][..],
        &["simulate", case, "--fidelity", "cell", "--coarse", "--until", "1 day"],
    ] {
        let plain = needlework(line).output().unwrap();
        let output = within(900_000, &[line, &["--threads", "1024"]].concat());
        assert_eq!(output.status.code(), Some(0), "{line:?}: {}", stderr(&output));
        assert_eq!(stdout(&plain), stdout(&output), "the same for any number of threads");
    }
}

#[test]
fn more_needles_than_can_be_laid_are_refused_and_many_are_announced() {
    let lay = |passes: &str, sessions: &str, side: &str| {
        let mut command = needlework(&["insert", "dermaroller-mf8", "--worlds", "20"]);
        command.args(["--passes", passes, "--sessions", sessions, "--side", side]);
        command
    };
    let said = unwrapped(&stderr(&run_to(2, &mut lay("50", "60", "20"))));
    assert!(said.contains("million needles") && said.contains("--side"), "{said}");
    let said = unwrapped(&stderr(&run_to(0, &mut lay("10", "30", "10"))));
    assert!(said.contains("This may take a while: laying about"), "{said}");
    assert_eq!(stderr(&run_to(0, &mut lay("4", "1", "2"))), "");
}
