//! `needlework compare` as a program: files, exit codes, the same bytes.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../cases/{name}.toml"))
}

fn needlework() -> Command {
    Command::cargo_bin("needlework").unwrap()
}

#[test]
fn a_folder_holds_page_data_and_table_and_threads_change_no_byte() {
    let room = tempfile::tempdir().unwrap();
    let written = |threads: &str| {
        let out = room.path().join("out");
        needlework()
            .args([
                "compare",
                "--people",
                "50",
                "--threads",
                threads,
                "--vary",
                "regimen.sessions=1,3",
                "--vary",
            ])
            .args(["device.needle_length=1 mm,2 mm", "--out"])
            .args([&out, &case("clinic-abdomen-alba")])
            .assert()
            .success();
        ["compare.html", "compare.json", "compare.parquet"].map(|name| std::fs::read(out.join(name)).unwrap())
    };
    let one = written("1");
    assert!(
        one == written("2"),
        "the earlier comparison is replaced by the same bytes"
    );
    let json: serde_json::Value = serde_json::from_slice(&one[1]).unwrap();
    let labels: Vec<&str> = json["alternatives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["label"].as_str().unwrap())
        .collect();
    assert_eq!(
        labels,
        [
            "sessions 1, needle length 1 mm",
            "sessions 1, needle length 2 mm",
            "sessions 3, needle length 1 mm",
            "sessions 3, needle length 2 mm",
            "Doing nothing"
        ]
    );
}

#[test]
fn wrong_variations_exit_with_2_and_name_what_is_meant() {
    for (vary, said) in [
        ("device.needle_lenght=1 mm", "device.needle_length"),
        ("lesion.site=abdomne", "abdomen"),
        ("device.needle_length=2", "has no unit"),
        ("health.pregnant=yes,no", "not a choice"),
        ("regimen.sessions", "names no value"),
        (
            "regimen.sessions=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25",
            "25 alternatives",
        ),
    ] {
        let room = tempfile::tempdir().unwrap();
        let out = room.path().join("out");
        let run = needlework()
            .args(["compare", "--vary", vary, "--out"])
            .args([&out, &case("clinic-abdomen-alba")])
            .assert()
            .code(2);
        let complaint = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        let complaint = complaint.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(complaint.contains(said), "{vary}: {complaint}");
        assert!(!out.exists(), "{vary}");
    }
}

#[test]
fn a_report_folder_is_not_replaced_by_a_comparison() {
    let room = tempfile::tempdir().unwrap();
    let out = room.path().join("out");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("report.json"), "{ \"format\": \"needlework-report/1\" }").unwrap();
    needlework()
        .args(["compare", "--people", "50", "--out"])
        .args([&out, &case("clinic-abdomen-alba")])
        .assert()
        .code(2);
    assert!(out.join("report.json").exists());
}
