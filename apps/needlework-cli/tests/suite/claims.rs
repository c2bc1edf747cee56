//! The ledger of claims on the command line: in short, one claim in full, as JSON and as a page; and every command that
//! it names runs.

use std::collections::BTreeSet;

use needlework_page_reader::laws;
use serde_json::Value;

use crate::setup::{case_file, json, names_in, needlework, page, run_to, stderr, stdout, unwrapped};

/// Few people: what is looked at here does not depend on how many.
const FEW: [&str; 2] = ["--people", "50"];

fn ledger() -> Value {
    json(&run_to(0, needlework(&["claims", "--json"]).args(FEW)))
}

#[test]
fn the_ledger_reads_in_eighty_columns_with_every_claim_and_verdict() {
    let printed = stdout(&run_to(0, needlework(&["claims"]).args(FEW)));
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    for number in 0..20 {
        let id = format!("C{number}");
        let heading = printed.lines().find(|line| line.split(' ').next() == Some(id.as_str()));
        let verdict = heading
            .unwrap_or_else(|| panic!("{id} is missing"))
            .trim_start_matches(id.as_str())
            .trim();
        assert!(
            ["supported", "partly", "contradicted", "unknown"].contains(&verdict),
            "{id}: {verdict}"
        );
    }
    let told = unwrapped(&printed);
    assert!(told.contains("not a medical device") && told.contains("Not yet calibrated"));
}

#[test]
fn one_claim_is_shown_in_full_and_another_name_is_explained() {
    let printed = stdout(&run_to(0, needlework(&["claims", "c9"]).args(FEW)));
    for part in [
        "C9",
        "contradicted",
        "Why",
        "Published evidence",
        "What the engine computes now",
        "$ needlework assess",
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
    assert!(!printed.contains("C10 "));
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    let complained = stderr(&run_to(2, &mut needlework(&["claims", "C99"])));
    assert!(
        complained.contains("C99") && complained.contains("C0 to C19"),
        "{complained}"
    );
}

#[test]
fn every_command_that_the_ledger_names_runs() {
    let found = ledger();
    let commands: BTreeSet<&str> = found["claims"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|claim| claim["computed"].as_array().unwrap())
        .map(|row| row["command"].as_str().unwrap())
        .collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let words: Vec<String> = command
            .split(' ')
            .skip(1)
            .map(
                |word| match word.strip_prefix("cases/").and_then(|name| name.strip_suffix(".toml")) {
                    Some(name) => case_file(name).display().to_string(),
                    None => word.to_owned(),
                },
            )
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert!(!stdout(&run_to(0, &mut needlework(&words))).is_empty(), "{command}");
    }
}

#[test]
fn the_page_and_the_data_are_written_and_replaced_and_nothing_foreign_is() {
    let place = tempfile::tempdir().unwrap();
    let goal = place.path().join("out");
    for _ in 0..2 {
        run_to(0, needlework(&["claims", "--out"]).arg(&goal).args(FEW));
        assert_eq!(names_in(&goal), ["claims.html", "claims.json"]);
    }
    let text = std::fs::read_to_string(goal.join("claims.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), ledger());
    let page = page(&goal.join("claims.html"));
    for number in 0..20 {
        let head = page.by_id(&format!("C{number}"));
        assert_eq!(head.map(|head| head.name()), Some("h2"), "C{number}");
    }
    assert_eq!(laws::alone(&page), Vec::<String>::new());
    // A report does not replace a ledger, nor a ledger a report.
    let refused = run_to(
        2,
        needlework(&["assess"])
            .arg(case_file("home-face"))
            .arg("--out")
            .arg(&goal)
            .args(FEW),
    );
    assert!(stderr(&refused).contains("claims"), "{}", stderr(&refused));
    assert_eq!(names_in(place.path()), ["out"]);
}
