//! What somebody does first: assess a published case, read the answer, keep the report.

use std::fs;

use serde_json::Value;

use crate::setup::{
    PERMITTED, REFUSED, assess, case_file, case_text, cases, json, names_in, needlework, page, run_to, stderr, stdout,
    unwrapped,
};

/// Columns and lines that an answer may take at most.
const COLUMNS: usize = 80;
const LINES: usize = 56;

#[test]
fn the_first_command_of_a_newcomer_prints_an_answer_and_writes_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = run_to(0, assess(PERMITTED, &["--out"]).arg(&out));
    assert_eq!(names_in(&out), ["report.html", "report.json"]);
    assert_eq!(names_in(folder.path()), ["out"], "nothing is left beside");
    let page = page(&out.join("report.html"));
    assert_eq!(page.named("main").count(), 1);
    let text = stdout(&output);
    assert!(text.lines().last().unwrap().starts_with("Report: "), "{text}");
    assert!(
        !text.contains("--out"),
        "whoever has a report is not told how to get one\n{text}"
    );
    assert_eq!(stderr(&output), "");
}

#[test]
fn json_on_the_screen_is_the_report_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = run_to(0, assess(PERMITTED, &["--json", "--out"]).arg(&out));
    assert_eq!(output.stdout, fs::read(out.join("report.json")).unwrap());
    let report = json(&output);
    assert_eq!(report["people"], 100);
    assert!(report["format"].as_str().unwrap().starts_with("needlework-report/"));
}

#[test]
fn every_published_case_is_answered_in_both_readings_verdict_first_and_on_one_screen() {
    let all = cases();
    assert!(all.len() >= 16, "{} cases", all.len());
    for case in &all {
        for reading in ["lay", "research"] {
            let folder = tempfile::tempdir().unwrap();
            let more = ["--for", reading, "--people", "50", "--threads", "1", "--out", "out"];
            let mut command = needlework(&["assess"]);
            let text = stdout(&run_to(
                0,
                command.arg(case_file(case)).args(more).current_dir(folder.path()),
            ));
            let report = fs::read_to_string(folder.path().join("out/report.json")).unwrap();
            let report: Value = serde_json::from_str(&report).unwrap();
            assert!(text.lines().count() <= LINES, "{case} {reading}:\n{text}");
            for line in text.lines() {
                assert!(line.chars().count() <= COLUMNS, "{case} {reading}: {line}");
            }
            let first = unwrapped(&text.lines().take(6).collect::<Vec<_>>().join("\n"));
            let headline = unwrapped(report["verdict"]["headline"].as_str().unwrap());
            let opening: String = headline.split(' ').take(4).collect::<Vec<_>>().join(" ");
            assert!(
                first.contains(&opening),
                "{case} {reading}: `{opening}` is not in `{first}`"
            );
            assert!(text.contains("not a medical device"), "{case} {reading}:\n{text}");
            assert!(!text.contains('\u{1b}'), "no colour where nobody looks");
        }
    }
}

#[test]
fn a_refused_plan_is_an_answer_unless_the_script_denies_it() {
    let output = run_to(0, &mut assess(REFUSED, &["--json"]));
    assert_eq!(json(&output)["verdict"]["safety"], "refuse");
    assert!(
        json(&output)["forecast"].is_null(),
        "no forecast of a refused plan for laypeople"
    );
    for (case, deny, code) in [
        (REFUSED, "refuse", 3),
        (REFUSED, "refer", 3),
        (PERMITTED, "refuse", 0),
        (PERMITTED, "refer", 0),
    ] {
        run_to(code, &mut assess(case, &["--deny", deny]));
    }
}

#[test]
fn deny_refer_stops_a_referred_plan_and_deny_refuse_lets_it_pass() {
    // An answer to a serious question is left out.
    let text = case_text(PERMITTED).replace("isotretinoin = \"never\"\n", "");
    for (deny, code) in [("refer", 3), ("refuse", 0)] {
        let mut command = needlework(&["assess", "-", "--people", "100", "--json", "--deny", deny]);
        let output = run_to(code, command.write_stdin(text.as_str()));
        assert_eq!(json(&output)["verdict"]["safety"], "refer");
    }
}

#[test]
fn a_denied_plan_still_gets_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_to(3, assess(REFUSED, &["--deny", "refuse", "--out"]).arg(&out));
    assert_eq!(names_in(&out), ["report.html", "report.json"]);
}

#[test]
fn a_case_can_come_from_standard_input() {
    let mut command = needlework(&["assess", "-", "--people", "100", "--json"]);
    let piped = json(&run_to(0, command.write_stdin(case_text(PERMITTED))));
    assert_eq!(piped, json(&run_to(0, &mut assess(PERMITTED, &["--json"]))));
}

#[test]
fn the_command_line_itself_is_checked() {
    for wrong in [
        &["--people", "0"][..],
        &["--people", "101"],
        &["--people", "1000000000"],
        &["--people", "many"],
        &["--seed", "-1"],
        &["--threads", "1025"],
        &["--for", "everybody"],
        &["--deny", "caution"],
        &["--unknown"],
    ] {
        let output = run_to(2, &mut needlework(&[&["assess", "x.toml"], wrong].concat()));
        assert!(stderr(&output).contains("error"), "{wrong:?}");
        assert_eq!(stdout(&output), "");
    }
    run_to(2, &mut needlework(&[]));
    run_to(2, &mut needlework(&["asses"]));
}
