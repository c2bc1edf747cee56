//! Golden answers: a change of any main figure of a committed case is an event that a reader of the history sees.
//!
//! `cargo run -p needlework --example golden` writes the files anew; the difference then stands in the commit.

use serde_json::Value;

use crate::golden_figures::figures;
use crate::setup::{case, case_names, cases_folder, library};

/// Where two answers differ by more than a millionth, as lines `path: old → new`.
fn differences(path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old_fields), Value::Object(new_fields)) => {
            let names: std::collections::BTreeSet<&String> = old_fields.keys().chain(new_fields.keys()).collect();
            for name in names {
                differences(
                    &format!("{path}/{name}"),
                    &old[name.as_str()],
                    &new[name.as_str()],
                    found,
                );
            }
        }
        (Value::Array(old_items), Value::Array(new_items)) if old_items.len() == new_items.len() => {
            for (i, (old, new)) in old_items.iter().zip(new_items).enumerate() {
                differences(&format!("{path}/{i}"), old, new, found);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            // Both are rounded to a millionth, so numbers half a millionth apart may show a whole one.
            if (a - b).abs() > 1.5e-6 * a.abs().max(1.0) {
                found.push(format!("{path}: {a} → {b}"));
            }
        }
        (old, new) if old != new => found.push(format!("{path}: {old} → {new}")),
        _ => {}
    }
}

#[test]
fn every_case_answers_as_its_golden_file_says() {
    let mut found = Vec::new();
    for name in case_names() {
        let mut changed = Vec::new();
        let path = cases_folder().join("golden").join(format!("{name}.json"));
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let old: Value = serde_json::from_str(&text).unwrap();
                differences("", &old, &figures(&case(&name), library()), &mut changed);
            }
            Err(error) => changed.push(format!("cases/golden/{name}.json: {error}")),
        }
        if !changed.is_empty() {
            found.push(format!("{name}\n  {}", changed.join("\n  ")));
        }
    }
    assert!(
        found.is_empty(),
        "\n{}\nIf this is meant, run `cargo run -p needlework --example golden`, and say in CHANGELOG.md under Results \
            what moved.",
        found.join("\n")
    );
}

#[test]
fn no_golden_file_is_left_without_its_case() {
    let cases = case_names();
    for entry in std::fs::read_dir(cases_folder().join("golden")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(cases.contains(&name), "{}", path.display());
    }
}

#[test]
fn a_changed_figure_is_told_as_old_and_new() {
    let old = serde_json::json!({ "a": [0.5, 1.0], "b": "caution" });
    let new = serde_json::json!({ "a": [0.5, 1.1], "b": "refuse" });
    let mut found = Vec::new();
    differences("", &old, &new, &mut found);
    assert_eq!(found, ["/a/1: 1 → 1.1", "/b: \"caution\" → \"refuse\""]);
}
