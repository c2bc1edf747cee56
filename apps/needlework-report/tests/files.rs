//! JSON and Parquet: what is written can be read, and says what the report says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fixture;

use std::io::{Seek, SeekFrom, Write};

use needlework_report::model::*;
use needlework_report::{
    ColumnData, PeopleColumn, PeopleError, PeopleTable, json, people_parquet, read_people_parquet, report_schema,
};

#[test]
fn json_has_the_documented_fields_and_ends_with_a_line_feed() {
    let text = json(&fixture::permitted_clinic(Reading::Research)).unwrap();
    assert!(text.ends_with("}\n"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], REPORT_FORMAT);
    assert_eq!(value["verdict"]["safety"], "caution");
    assert_eq!(value["forecast"]["treated"][4]["none"]["mean"], 0.72);
    assert_eq!(value["risks"][3]["per_1000"]["mean"], serde_json::Value::Null);
    let refused: serde_json::Value = serde_json::from_str(&json(&fixture::refused_home()).unwrap()).unwrap();
    assert!(refused["forecast"].is_null() && refused["gain25"].is_null() && refused["sensitivity"].is_null());
}

#[test]
fn the_schema_names_every_field_of_the_json() {
    let schema = report_schema();
    let value: serde_json::Value =
        serde_json::from_str(&json(&fixture::permitted_clinic(Reading::Research)).unwrap()).unwrap();
    for field in value.as_object().unwrap().keys() {
        assert!(schema["properties"][field].is_object(), "{field}");
        assert!(
            schema["properties"][field].to_string().contains("description"),
            "{field} is not described"
        );
    }
}

fn table(rows: usize) -> PeopleTable {
    let column = |name: &str, unit: &str, data| PeopleColumn {
        name: name.into(),
        unit: unit.into(),
        doc: format!("what {name} is"),
        data,
    };
    PeopleTable {
        engine: "0.1.0".into(),
        columns: vec![
            column(
                "improvement_6",
                "%",
                ColumnData::Numbers((0..rows).map(|n| (n as f64).sin() * 40.0).collect()),
            ),
            column(
                "world",
                "1",
                ColumnData::Integers((0..rows).map(|n| n as i64 / 5).collect()),
            ),
            column(
                "law",
                "1",
                ColumnData::Texts(
                    (0..rows)
                        .map(|n| ["relapse", "persistence", "ü<>"][n % 3].to_owned())
                        .collect(),
                ),
            ),
        ],
    }
}

fn written(table: &PeopleTable) -> Vec<u8> {
    people_parquet(table, Vec::new()).unwrap()
}

fn read_back(bytes: &[u8]) -> PeopleTable {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    read_people_parquet(file).unwrap()
}

#[test]
fn people_come_back_as_they_were_written_over_several_row_groups() {
    for rows in [0, 1, 2000, 70_000] {
        let table = table(rows);
        assert_eq!(read_back(&written(&table)), table, "{rows} rows");
    }
}

#[test]
fn the_same_people_give_the_same_bytes() {
    assert_eq!(written(&table(3000)), written(&table(3000)));
    let mut other = table(3000);
    other.columns[0].unit = "1".into();
    assert_ne!(written(&other), written(&table(3000)));
}

#[test]
fn a_crooked_table_is_refused_by_name() {
    let mut short = table(5);
    short.columns[1].data = ColumnData::Integers(vec![1]);
    let error = people_parquet(&short, Vec::new()).unwrap_err();
    assert!(
        matches!(&error, PeopleError::Length { column, found: 1, expected: 5 } if column == "world"),
        "{error}"
    );
    let mut twice = table(5);
    twice.columns[2].name = "world".into();
    assert!(matches!(
        people_parquet(&twice, Vec::new()),
        Err(PeopleError::Twice { .. })
    ));
    let none = PeopleTable {
        engine: String::new(),
        columns: vec![],
    };
    assert!(matches!(people_parquet(&none, Vec::new()), Err(PeopleError::Empty)));
}

#[test]
fn a_file_that_is_not_parquet_is_an_error_and_a_full_disk_too() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"not parquet at all").unwrap();
    assert!(matches!(read_people_parquet(file), Err(PeopleError::Parquet(_))));
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(matches!(people_parquet(&table(5), Full), Err(PeopleError::Parquet(_))));
}
