//! Parquet and comma-separated values: what is written can be read back, and a crooked table is refused by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Seek, SeekFrom, Write};

use std::path::Path;

use needlework_files::{Column, ColumnData, FileKind, PEOPLE, Table, TableError, csv, parquet, read_parquet};

fn table(rows: usize) -> Table {
    let column = |name: &str, unit: &str, data| Column {
        name: name.into(),
        unit: unit.into(),
        doc: format!("what {name} is"),
        data,
    };
    Table {
        engine: "0.1.0".into(),
        columns: vec![
            column(
                "improvement_6",
                "%",
                ColumnData::numbers((0..rows).map(|n| match n % 7 {
                    3 => f64::NAN,
                    _ => (n as f64).sin() * 40.0,
                })),
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

fn written(table: &Table) -> Vec<u8> {
    parquet(table, PEOPLE, Vec::new()).unwrap()
}

fn read_back(bytes: &[u8]) -> Table {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    read_parquet(file).unwrap()
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
    let error = parquet(&short, PEOPLE, Vec::new()).unwrap_err();
    assert!(
        matches!(&error, TableError::Length { column, found: 1, expected: 5 } if column == "world"),
        "{error}"
    );
    let mut twice = table(5);
    twice.columns[2].name = "world".into();
    assert!(matches!(
        parquet(&twice, PEOPLE, Vec::new()),
        Err(TableError::Twice { .. })
    ));
    let none = Table {
        engine: String::new(),
        columns: vec![],
    };
    assert!(matches!(parquet(&none, PEOPLE, Vec::new()), Err(TableError::Empty)));
}

#[test]
fn a_file_that_is_not_parquet_is_an_error_and_a_full_disk_too() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"not parquet at all").unwrap();
    assert!(matches!(read_parquet(file), Err(TableError::Parquet(_))));
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(matches!(parquet(&table(5), PEOPLE, Full), Err(TableError::Parquet(_))));
}

#[test]
fn comma_separated_values_carry_units_and_read_back_equal() {
    let table = table(20);
    let text = String::from_utf8(csv(&table, Vec::new()).unwrap()).unwrap();
    // Spreadsheets take the file for another encoding without the mark, and RFC 4180 ends lines with both.
    let text = text.strip_prefix('\u{feff}').unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("improvement_6 [%],world,law"));
    let ColumnData::Numbers(numbers) = &table.columns[0].data else {
        panic!()
    };
    for (line, number) in lines.zip(numbers) {
        let field = line.split(',').next().unwrap();
        match number {
            Some(number) => assert_eq!(field.parse::<f64>().unwrap(), *number),
            None => assert_eq!(field, "", "a missing number is an empty field"),
        }
    }
}

#[test]
fn a_number_that_is_none_is_missing_and_never_written() {
    let data = ColumnData::numbers([1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0]);
    assert_eq!(data, ColumnData::Numbers(vec![Some(1.0), None, None, None, Some(0.0)]));
    let table = Table {
        engine: "0.1.0".into(),
        columns: vec![Column {
            name: "x".into(),
            unit: "1".into(),
            doc: "x".into(),
            data,
        }],
    };
    assert_eq!(read_back(&written(&table)), table);
    let text = String::from_utf8(csv(&table, Vec::new()).unwrap()).unwrap();
    assert_eq!(text, "\u{feff}x\r\n1\r\n\"\"\r\n\"\"\r\n\"\"\r\n0\r\n");
}

#[test]
fn a_file_is_what_its_ending_says_or_nothing() {
    let kind = |name: &str| FileKind::of(Path::new(name));
    assert_eq!(kind("people.parquet"), Some(FileKind::Parquet));
    assert_eq!(kind("a.b/people.CSV"), Some(FileKind::Csv));
    for neither in [
        "people",
        "people.toml",
        "people.parquet.bak",
        ".csv",
        "csv",
        "people.xlsx",
        "",
    ] {
        assert_eq!(kind(neither), None, "{neither}");
    }
    let bytes = |kind: FileKind| kind.bytes(&table(3), PEOPLE).unwrap();
    assert!(bytes(FileKind::Parquet).starts_with(b"PAR1"));
    assert!(bytes(FileKind::Csv).starts_with("\u{feff}".as_bytes()));
}
