//! `needlework skin`: the table, the JSON, the page and the file of people say the same, and what is asked of the
//! people is kept.

use std::fs::File;

use needlework_files::{ColumnData, Table, read_parquet};
use serde_json::Value;

use crate::setup::{json, names_in, needlework, page, run, run_to, stderr, whole};

fn sampled(site: &str, more: &[&str]) -> Value {
    let mut command = needlework(&["skin", site, "--json", "--people", "500"]);
    json(&run_to(0, command.args(more)))
}

fn quantity<'a>(sample: &'a Value, name: &str) -> &'a Value {
    let all = sample["quantities"].as_array().unwrap();
    all.iter()
        .find(|one| one["name"] == name)
        .unwrap_or_else(|| panic!("no quantity `{name}`"))
}

fn median(sample: &Value, name: &str) -> f64 {
    quantity(sample, name)["p50"].as_f64().unwrap()
}

fn numbers(table: &Table, name: &str) -> Vec<f64> {
    match &table.columns.iter().find(|column| column.name == name).unwrap().data {
        ColumnData::Numbers(values) => values.iter().map(|value| value.unwrap()).collect(),
        other => panic!("`{name}` is {other:?}"),
    }
}

#[test]
fn the_file_of_people_gives_the_medians_of_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("skin.parquet");
    let mut command = needlework(&["skin", "thigh_outer", "--json", "--people", "500", "--people-out"]);
    let sample = json(&run_to(0, command.arg(&file)));
    let table = read_parquet(File::open(&file).unwrap()).unwrap();
    for one in sample["quantities"].as_array().unwrap() {
        let name = one["name"].as_str().unwrap();
        let mut values = numbers(&table, name);
        values.sort_by(f64::total_cmp);
        let middle = 0.5 * (values[249] + values[250]);
        assert!(
            (one["p50"].as_f64().unwrap() - middle).abs() <= 1e-9 * middle.abs().max(1e-3),
            "{name}"
        );
        assert!(one["p5"].as_f64() <= one["p50"].as_f64() && one["p50"].as_f64() <= one["p95"].as_f64());
    }
}

#[test]
fn a_folder_holds_the_page_with_its_pictures_and_the_json() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_to(
        0,
        needlework(&["skin", "abdomen", "--people", "100", "--out"]).arg(&out),
    );
    assert_eq!(names_in(&out), ["skin.html", "skin.json"]);
    let page = page(&out.join("skin.html"));
    assert_eq!(page.named("svg").count(), 3);
    let pictures = whole(&page, "svg");
    assert!(
        pictures.contains("Horny layer") && pictures.contains("Depth, µm"),
        "{pictures}"
    );
    assert!(!whole(&page, "html").contains("NaN"));
    // An earlier sample of ours is replaced, a foreign folder is not.
    run_to(
        0,
        needlework(&["skin", "abdomen", "--people", "100", "--out"]).arg(&out),
    );
    std::fs::write(out.join("mine.txt"), "mine").unwrap();
    run_to(
        2,
        needlework(&["skin", "abdomen", "--people", "100", "--out"]).arg(&out),
    );
}

#[test]
fn what_is_asked_of_the_people_is_kept_and_moves_their_skin() {
    let woman = ["--sex", "female", "--age", "30 years", "--bmi", "24 kg/m2"];
    let start = sampled("abdomen", &woman);
    let heavier = sampled(
        "abdomen",
        &["--sex", "female", "--age", "30 years", "--bmi", "34 kg/m2"],
    );
    assert!(median(&heavier, "fat") > median(&start, "fat") + 2.0);
    assert!(median(&heavier, "dermis") > median(&start, "dermis") + 0.1);
    let man = sampled("abdomen", &["--sex", "male", "--age", "30 years", "--bmi", "24 kg/m2"]);
    assert!(median(&man, "fat") < median(&start, "fat"));
    let dark = sampled("abdomen", &["--skin-type", "VI"]);
    let light = sampled("abdomen", &["--skin-type", "I"]);
    assert!(median(&dark, "melanin") > 2.0 * median(&light, "melanin"));
    let shin = sampled("shin", &woman);
    assert!(median(&shin, "slide") < 0.5 * median(&start, "slide"));
    let armpit = sampled("axilla", &[]);
    assert!(median(&armpit, "germs") > median(&start, "germs") + 1.0);
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let with = |threads: &str, seed: &str| {
        run(&mut needlework(&[
            "skin",
            "abdomen",
            "--json",
            "--people",
            "200",
            "--threads",
            threads,
            "--seed",
            seed,
        ]))
        .stdout
    };
    assert_eq!(with("1", "4"), with("3", "4"));
    assert_ne!(with("1", "4"), with("1", "5"));
}

#[test]
fn a_wrong_site_or_a_number_without_a_unit_is_told_before_anything_is_computed() {
    let site = run(&mut needlework(&["skin", "abdomn"]));
    assert_eq!(site.status.code(), Some(2));
    assert!(stderr(&site).contains("did you mean `abdomen`"), "{}", stderr(&site));
    let age = run(&mut needlework(&["skin", "abdomen", "--age", "31"]));
    assert_eq!(age.status.code(), Some(2));
    assert!(stderr(&age).contains("no unit"), "{}", stderr(&age));
}
