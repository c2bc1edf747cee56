//! The file of virtual people: one row a person, and every share of the report can be computed from it again.

use std::fs::File;

use needlework_files::{ColumnData, Table, read_parquet};
use needlework_pages::{month_after_last_of_column, month_of_column};
use serde_json::Value;

use crate::setup::{
    PERMITTED, REFUSED, assess, case_file, cases, json, names_in, needlework, run, run_to, stderr, unwrapped,
};

/// How close a mean of the report must be to the same mean over the rows.
const CLOSE: f64 = 1e-12;

/// Assesses a case and gives the report with the table of its people.
fn simulated(case: &str, people: &str, more: &[&str]) -> (Value, Table) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.parquet");
    let mut command = needlework(&["assess", "--json", "--people", people]);
    command.args(more).arg("--people-out").arg(&file).arg(case_file(case));
    let report = json(&run_to(0, &mut command));
    assert_eq!(names_in(folder.path()), ["people.parquet"]);
    (report, read_parquet(File::open(&file).unwrap()).unwrap())
}

fn column<'a>(table: &'a Table, name: &str) -> &'a ColumnData {
    let found = table.columns.iter().find(|column| column.name == name);
    &found.unwrap_or_else(|| panic!("no column `{name}`")).data
}

fn numbers(table: &Table, name: &str) -> Vec<f64> {
    match column(table, name) {
        ColumnData::Numbers(values) => {
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            assert_eq!(known.len(), values.len(), "`{name}` has missing numbers");
            known
        }
        other => panic!("`{name}` is {other:?}"),
    }
}

fn integers<'a>(table: &'a Table, name: &str) -> &'a [i64] {
    match column(table, name) {
        ColumnData::Integers(values) => values,
        other => panic!("`{name}` is {other:?}"),
    }
}

fn texts<'a>(table: &'a Table, name: &str) -> &'a [String] {
    match column(table, name) {
        ColumnData::Texts(values) => values,
        other => panic!("`{name}` is {other:?}"),
    }
}

fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|&&value| holds(value)).count() as f64 / values.len() as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn assert_close(reported: &Value, computed: f64, what: &str) {
    let reported = reported
        .as_f64()
        .unwrap_or_else(|| panic!("{what}: {reported} is no number"));
    assert!(
        (reported - computed).abs() <= CLOSE * computed.abs().max(1.0),
        "{what}: {reported} and {computed}"
    );
}

/// The shares of the five classes over rows against those of the report, and the median of the severity beside them.
fn assert_classes(reported: &Value, improvement: &[f64], what: &str) {
    for (class, low, high) in [
        ("worse", f64::NEG_INFINITY, -10.0),
        ("none", -10.0, 25.0),
        ("some", 25.0, 50.0),
        ("clear", 50.0, 75.0),
        ("strong", 75.0, f64::INFINITY),
    ] {
        let computed = share(improvement, |value| low <= value && value < high);
        assert_close(&reported[class]["mean"], computed, &format!("{what}: {class}"));
    }
    let mut severity: Vec<f64> = improvement.iter().map(|value| 1.0 - value / 100.0).collect();
    severity.sort_by(f64::total_cmp);
    let at = 0.5 * (severity.len() - 1) as f64;
    let (below, above) = (severity[at.floor() as usize], severity[at.ceil() as usize]);
    assert_close(
        &reported["severity"]["p50"],
        (below + above) / 2.0,
        &format!("{what}: median severity"),
    );
}

fn assert_report_follows_from(report: &Value, table: &Table) {
    let forecast = &report["forecast"];
    let months: Vec<f64> = forecast["months"]
        .as_array()
        .unwrap()
        .iter()
        .map(|month| month.as_f64().unwrap())
        .collect();
    assert!(!months.is_empty());
    for (at, month) in months.iter().enumerate() {
        let month = month_of_column(*month);
        for arm in ["treated", "untreated"] {
            let improvement = numbers(table, &format!("{arm}_{month}"));
            assert_classes(&forecast[arm][at], &improvement, &format!("{arm} at {month}"));
        }
        for law in forecast["by_hypothesis"].as_array().unwrap() {
            let name = law["name"].as_str().unwrap();
            let improvement = numbers(table, &format!("{name}_{month}"));
            assert_classes(&law["treated"][at], &improvement, &format!("{name} at {month}"));
        }
    }

    let gain = &report["gain25"];
    let moment = match gain["month"].as_f64() {
        Some(month) => month_of_column(month),
        None => month_after_last_of_column(gain["month_after_last"].as_f64().unwrap()),
    };
    let treated = numbers(table, &format!("treated_{moment}"));
    let untreated = numbers(table, &format!("untreated_{moment}"));
    let difference: Vec<f64> = treated
        .iter()
        .zip(untreated)
        .map(|(with, without)| with - without)
        .collect();
    assert_close(
        &gain["share"]["mean"],
        share(&difference, |points| points >= 25.0),
        "gain of 25 points",
    );

    let puncture = &report["puncture"];
    assert_close(
        &puncture["reaches_dermis"]["mean"],
        mean(&numbers(table, "reaches_dermis")),
        "reaches the dermis",
    );
    assert_close(
        &puncture["holes_per_cm2"]["mean"],
        mean(&numbers(table, "holes")),
        "holes",
    );
    assert_close(
        &puncture["injured_fraction"]["mean"],
        mean(&numbers(table, "injured")),
        "injured fraction",
    );
    for risk in report["risks"].as_array().unwrap() {
        let name = risk["name"].as_str().unwrap();
        if name != "infection" && !risk["per_1000"]["mean"].is_null() {
            let computed = 1000.0 * mean(&numbers(table, name));
            assert_close(&risk["per_1000"]["mean"], computed, &format!("risk of {name}"));
        }
    }

    // The law of a person's world is the one that their treated course follows.
    let laws = texts(table, "law");
    for month in &months {
        let month = month_of_column(*month);
        let treated = numbers(table, &format!("treated_{month}"));
        for (row, law) in laws.iter().enumerate() {
            assert_eq!(
                treated[row],
                numbers(table, &format!("{law}_{month}"))[row],
                "row {row}, {month}"
            );
        }
    }
}

#[test]
fn the_shares_of_the_report_follow_from_the_rows() {
    let (report, table) = simulated(PERMITTED, "1000", &[]);
    assert_eq!(texts(&table, "law").len(), 1000, "one row a person");
    assert_report_follows_from(&report, &table);
}

#[test]
fn the_shares_of_a_study_with_unknown_stage_follow_from_the_rows() {
    let (report, table) = simulated("park-2012", "500", &["--for", "research", "--seed", "7"]);
    assert_report_follows_from(&report, &table);
    let stages = texts(&table, "stage");
    assert!(stages.iter().any(|stage| stage == "rubra") && stages.iter().any(|stage| stage == "alba"));
}

#[test]
fn the_laws_share_the_worlds_near_their_weights() {
    let (report, table) = simulated(PERMITTED, "2000", &[]);
    let laws = texts(&table, "law");
    for law in report["forecast"]["by_hypothesis"].as_array().unwrap() {
        let (name, weight) = (law["name"].as_str().unwrap(), law["weight"].as_f64().unwrap());
        let found = laws.iter().filter(|law| *law == name).count() as f64 / laws.len() as f64;
        // Four standard errors of a share over 400 worlds.
        let allowed = 4.0 * (weight * (1.0 - weight) / 400.0).sqrt();
        assert!(
            (found - weight).abs() < allowed,
            "{name}: {found} of the rows, weight {weight}"
        );
    }
}

#[test]
fn five_people_live_in_each_world_and_share_its_law() {
    let (report, table) = simulated(PERMITTED, "100", &[]);
    assert_eq!(report["worlds"], 20);
    let (worlds, laws) = (integers(&table, "world"), texts(&table, "law"));
    for (row, world) in worlds.iter().enumerate() {
        assert_eq!(*world, row as i64 / 5);
        assert_eq!(laws[row], laws[row / 5 * 5]);
    }
    for column in &table.columns {
        assert!(!column.doc.is_empty(), "{} explains itself", column.name);
    }
}

#[test]
fn every_simulated_case_can_give_its_people() {
    for case in cases() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.parquet");
        let mut command = needlework(&[
            "assess",
            "--for",
            "research",
            "--people",
            "50",
            "--threads",
            "1",
            "--people-out",
        ]);
        let output = run(command.arg(&file).arg(case_file(&case)));
        if output.status.success() {
            let table = read_parquet(File::open(&file).unwrap()).unwrap();
            assert_eq!(texts(&table, "law").len(), 50, "{case}");
        } else {
            let said = unwrapped(&stderr(&output));
            assert!(
                said.contains("only needling and doing nothing are simulated"),
                "{case}: {said}"
            );
            assert!(names_in(folder.path()).is_empty(), "{case}");
        }
    }
}

#[test]
fn what_the_lay_reading_holds_back_does_not_leave_as_people() {
    for case in [REFUSED, "home-roller-0.2mm"] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = assess(case, &["--out", "out", "--people-out", "people.parquet"]);
        let output = run_to(2, command.current_dir(folder.path()));
        assert!(
            unwrapped(&stderr(&output)).contains("--for research"),
            "{case}: {}",
            stderr(&output)
        );
        assert!(names_in(folder.path()).is_empty(), "{case}");
    }
}

/// Every column of a table, as it is written in either kind of file: with a unit that is known, a sentence on what it
/// is, and no number that is none.
fn assert_in_order(table: &Table, what: &str) {
    let mut names = std::collections::BTreeSet::new();
    for column in &table.columns {
        let name = &column.name;
        assert!(names.insert(name.clone()), "{what}: `{name}` stands twice");
        assert!(!column.doc.is_empty(), "{what}: `{name}` explains itself");
        if let ColumnData::Numbers(values) = &column.data {
            assert!(!column.unit.is_empty(), "{what}: `{name}` has no unit");
            assert!(
                values.iter().flatten().all(|value| value.is_finite()),
                "{what}: `{name}`"
            );
        }
    }
}

/// A file of comma-separated values as a program reads it.
fn read_csv(bytes: &[u8]) -> (Vec<String>, Vec<csv::StringRecord>) {
    assert!(
        bytes.starts_with("\u{feff}".as_bytes()),
        "spreadsheets need the byte order mark"
    );
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (head, reader.records().map(Result::unwrap).collect())
}

#[test]
fn people_are_the_same_in_both_kinds_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| {
        let file = folder.path().join(name);
        let mut command = needlework(&["assess", "--people", "50", "--people-out"]);
        run_to(0, command.arg(&file).arg(case_file(PERMITTED)));
        file
    };
    let table = read_parquet(File::open(of("people.parquet")).unwrap()).unwrap();
    assert_in_order(&table, "people");
    let (head, rows) = read_csv(&std::fs::read(of("people.csv")).unwrap());
    assert_eq!((head.len(), rows.len()), (table.columns.len(), 50));
    for (at, column) in table.columns.iter().enumerate() {
        assert!(head[at].starts_with(&column.name));
        if let ColumnData::Numbers(values) = &column.data {
            for (row, value) in rows.iter().zip(values) {
                assert_eq!(row[at].parse::<f64>().ok(), *value, "`{}`", column.name);
            }
        }
    }
    // What a person is and what their world drew stands there, beside what becomes of them.
    for name in [
        "skin_type",
        "graded_treated_month_6",
        "texture_treated_month_6",
        "width_untreated_month_6",
        "papillary_gain_treated_month_6",
    ] {
        column(&table, name);
    }
    let drawn = table
        .columns
        .iter()
        .filter(|column| column.name.starts_with("world_"))
        .count();
    assert!(drawn > 50, "{drawn}");
}

#[test]
fn a_file_of_people_that_says_it_is_something_else_is_refused_before_the_work() {
    for name in ["people.toml", "people", "people.xlsx", "people.parquet.txt"] {
        for command in [["assess", "cases"], ["skin", "abdomen"]] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(name);
            let mut asked = needlework(&[command[0], "--people-out"]);
            asked.arg(&file);
            match command[0] {
                "assess" => asked.arg(case_file(PERMITTED)),
                _ => asked.arg(command[1]),
            };
            let output = run_to(2, &mut asked);
            assert!(
                unwrapped(&stderr(&output)).contains("neither .parquet nor .csv"),
                "{name}"
            );
            assert!(names_in(folder.path()).is_empty());
        }
    }
}

#[test]
fn every_table_that_a_folder_gets_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let second = case_file("clinic-thigh-rubra");
    let few = folder.path().join("few.toml");
    std::fs::write(
        &few,
        "format = \"needlework-design/1\"\ndevice = \"dermaroller-mf8\"\n[geometry]\nneedle_length = [\"500 um\", \
            \"1.5 mm\"]\nneedles = [96, 192]\n",
    )
    .unwrap();
    let mut compared = needlework(&["compare", "--people", "50"]);
    run_to(0, compared.arg(case_file(REFUSED)).arg(&second).arg("--out").arg(&out));
    let table = read_parquet(File::open(out.join("compare.parquet")).unwrap()).unwrap();
    assert_in_order(&table, "compare");
    let ColumnData::Numbers(values) = column(&table, "little_or_none") else {
        panic!()
    };
    assert!(
        values[0].is_none() && values[1].is_some(),
        "what is not shown is missing: {values:?}"
    );
    std::fs::remove_dir_all(&out).unwrap();
    run_to(
        0,
        needlework(&["sweep"])
            .arg(&few)
            .args(["--worlds", "20", "--out"])
            .arg(&out),
    );
    let table = read_parquet(File::open(out.join("sweep.parquet")).unwrap()).unwrap();
    assert_in_order(&table, "sweep");
    assert_eq!(numbers(&table, "needle_length"), [0.5, 0.5, 1.5, 1.5]);
    assert_eq!(numbers(&table, "needles"), [96.0, 192.0, 96.0, 192.0]);
    let unit = |name: &str| {
        table
            .columns
            .iter()
            .find(|column| column.name == name)
            .unwrap()
            .unit
            .clone()
    };
    assert_eq!(
        (unit("needle_length"), unit("needles")),
        ("mm".to_owned(), "1".to_owned())
    );
    let (head, rows) = read_csv(&std::fs::read(out.join("sweep.csv")).unwrap());
    assert_eq!((head[0].as_str(), &rows[0][0]), ("needle_length [mm]", "0.5"));
}
