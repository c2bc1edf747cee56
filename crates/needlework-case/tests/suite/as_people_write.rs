//! Answers as people and phones write them: what is read, and what is offered where it is not.

use std::path::Path;
use std::sync::LazyLock;

use needlework_case::{AnswerKind, Case, Catalog, Diagnostic, fields, read, schema};
use needlework_units::{Dimension, spellings};

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap()
}

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::parse(&file("evidence/sites.toml"), &file("evidence/devices.toml")).unwrap());

/// A small case with one more line.
fn with(path: &str, value: &str) -> Result<Case, Vec<Diagnostic>> {
    let (section, field) = path.split_once('.').unwrap();
    let mut text = format!("[{section}]\n{field} = {value}\n");
    match path {
        "lesion.kind" => text.push_str("[regimen]\narm = \"needling\"\n"),
        _ if section == "lesion" => text.push_str("kind = \"striae\"\n"),
        _ => text.push_str("[lesion]\nkind = \"striae\"\n"),
    }
    read(&text, "case.toml", &CATALOG).map_err(|found| found.problems)
}

/// The one problem of a line.
fn problem(path: &str, value: &str) -> Diagnostic {
    let mut found = with(path, value)
        .err()
        .unwrap_or_else(|| panic!("{path} = {value} reads"));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_micrometre_in_words_is_a_micrometre() {
    for value in [
        "500 micrometer",
        "500 micrometre",
        "500 microns",
        "500 mcm",
        "500 µm",
        "500 μm",
        "0.5 ㎜",
        "0.5mm",
        "0.5 millimetres",
    ] {
        let case = with("device.needle_length", &format!("\"{value}\"")).unwrap();
        assert!(
            (case.device.needle_length.get().unwrap().um() - 500.0).abs() < 1e-9,
            "{value}"
        );
    }
}

#[test]
fn metre_for_months_is_told_and_minutes_are_never_offered() {
    for path in [
        "health.isotretinoin",
        "regimen.interval",
        "lesion.age",
        "hygiene.antiseptic_wait",
    ] {
        let problem = problem(path, "\"6 m\"");
        assert!(
            problem.message.contains("for months write `month`"),
            "{}",
            problem.message
        );
        assert_eq!(problem.nearest, None);
    }
    for value in ["6 mo", "6 mos", "6 months", "6 Monate", "6 mth"] {
        let case = with("health.isotretinoin", &format!("\"{value}\"")).unwrap();
        assert!(
            (case.health.isotretinoin.get().unwrap().time().unwrap().months() - 6.0).abs() < 1e-9,
            "{value}"
        );
    }
}

#[test]
fn a_decimal_comma_is_offered_as_a_point_and_one_of_thousands_is_not_guessed() {
    for (path, value, offered) in [
        ("device.needle_length", "1,5 mm", Some("\"1.5 mm\"")),
        ("regimen.interval", "2,5 week", Some("\"2.5 week\"")),
        ("health.isotretinoin", "2,5 months", Some("\"2.5 months\"")),
        ("person.bmi", "23,4 kg/m²", Some("\"23.4 kg/m²\"")),
        ("person.ita", "-22,5°", Some("\"-22.5 °\"")),
        ("device.needle_length", "1,500 um", None),
        ("device.needle_length", "1 500 um", Some("\"1500 um\"")),
        ("device.needle_length", "1-2 mm", None),
        ("device.needle_length", "½ mm", Some("\"0.5 mm\"")),
        ("regimen.interval", "two weeks", Some("\"2 weeks\"")),
        ("regimen.price_per_session", "€150", Some("\"150 €\"")),
        ("regimen.price_per_session", "$150", None),
    ] {
        let problem = problem(path, &format!("\"{value}\""));
        assert_eq!(problem.nearest.as_deref(), offered, "{value}: {}", problem.message);
        assert!(
            problem.message.len() > path.len() + value.len() + 10,
            "{}",
            problem.message
        );
    }
}

#[test]
fn whatever_is_offered_reads_and_is_the_amount_that_was_meant() {
    for field in fields() {
        if !matches!(field.kind, AnswerKind::Quantity | AnswerKind::Lapse) || field.path.contains("[]") {
            continue;
        }
        let dimension = Dimension::of_unit(&field.units[0]).unwrap();
        // A quote has to be escaped in a file, and the 1 of a pure number looks like a digit.
        for unit in spellings(dimension)
            .into_iter()
            .filter(|unit| !["1", "\""].contains(unit))
        {
            let problem = problem(&field.path, &format!("\"2,5 {unit}\""));
            let offered = problem
                .nearest
                .unwrap_or_else(|| panic!("{} {unit}: {}", field.path, problem.message));
            assert_eq!(offered, format!("\"2.5 {unit}\""), "{}", field.path);
        }
    }
}

#[test]
fn a_number_without_a_unit_is_told_which_units_there_are() {
    for field in fields() {
        if field.kind != AnswerKind::Quantity || field.path.contains("[]") {
            continue;
        }
        for value in ["5", "\"5\"", "2.5"] {
            let problem = problem(&field.path, value);
            assert!(
                problem.message.contains("no unit") && problem.message.contains(&field.units[0]),
                "{}: {}",
                field.path,
                problem.message
            );
        }
    }
}

#[test]
fn the_hba1c_of_a_laboratory_is_read_in_its_own_unit() {
    let case = with("health.hba1c", "\"48 mmol/mol\"").unwrap();
    assert!((case.health.hba1c.get().unwrap().percent() - 6.5).abs() < 1e-9);
    assert!(with("hygiene.numbing_strength", "\"48 mmol/mol\"").is_err());
    let problem = problem("health.hba1c", "\"500 mmol/mol\"");
    assert!(
        problem.help.contains("2 % to 20 %") || problem.message.contains("above 20 %"),
        "{problem:?}"
    );
}

#[test]
fn yes_and_no_as_phones_write_them_are_offered_as_true_and_false() {
    for field in fields().into_iter().filter(|field| field.kind == AnswerKind::YesNo) {
        let name = field.path.rsplit('.').next().unwrap();
        for (value, meant) in [
            ("False", "false"),
            ("FALSE", "false"),
            ("True", "true"),
            ("Yes", "true"),
            ("no", "false"),
            ("No", "false"),
        ] {
            let bare = problem(&field.path, value);
            assert_eq!(
                bare.nearest,
                Some(format!("{name} = {meant}")),
                "{} = {value}",
                field.path
            );
            assert!(bare.message.contains("small letters"), "{}", bare.message);
            let quoted = problem(&field.path, &format!("\"{value}\""));
            assert_eq!(quoted.nearest.as_deref(), Some(meant), "{} = \"{value}\"", field.path);
        }
    }
}

#[test]
fn words_with_a_capital_or_without_quotes_are_offered_as_they_are_taken() {
    for field in fields() {
        if field.kind != AnswerKind::Words || field.path.contains("[]") || !field.path.contains('.') {
            continue;
        }
        let name = field.path.rsplit('.').next().unwrap();
        for choice in &field.choices {
            let word = &choice.word;
            let mut capital = word.clone();
            capital.replace_range(..1, &word[..1].to_uppercase());
            for other in [
                capital.clone(),
                word.to_uppercase(),
                word.to_lowercase(),
                word.replace('_', " "),
                word.replace('_', "-"),
                format!("{word} "),
            ] {
                if field.choices.iter().any(|choice| choice.word == other) {
                    continue;
                }
                let quoted = problem(&field.path, &format!("\"{other}\""));
                assert_eq!(
                    quoted.nearest,
                    Some(format!("\"{word}\"")),
                    "{} = \"{other}\"",
                    field.path
                );
            }
            let bare = problem(&field.path, &capital);
            assert_eq!(
                bare.nearest,
                Some(format!("{name} = \"{word}\"")),
                "{} = {capital}",
                field.path
            );
            let curly = problem(&field.path, &format!("“{word}”"));
            assert_eq!(
                curly.nearest,
                Some(format!("{name} = \"{word}\"")),
                "{} = “{word}”",
                field.path
            );
        }
    }
    for value in ["\"Never\"", "\"NEVER\"", "Never"] {
        assert!(
            problem("health.isotretinoin", value)
                .nearest
                .unwrap()
                .contains("\"never\""),
            "{value}"
        );
    }
}

#[test]
fn an_empty_text_says_nothing_and_is_refused() {
    for path in ["about.title", "about.study", "about.note"] {
        for value in ["\"\"", "\"  \"", "\"\\t\\n\"", "\"\u{200b}\""] {
            assert!(problem(path, value).message.contains("is empty"), "{path} = {value}");
        }
    }
}

#[test]
fn a_start_date_far_back_or_ahead_is_refused_with_what_is_allowed() {
    for date in ["1999-12-31", "9999-12-30", "0001-01-01", "2101-01-01"] {
        let problem = problem("regimen.start_date", &format!("\"{date}\""));
        assert!(
            problem.message.contains("no day on which a plan starts"),
            "{}",
            problem.message
        );
        assert!(
            problem.help.contains("from 2000-01-01 to 2100-12-31"),
            "{}",
            problem.help
        );
    }
    assert!(with("regimen.start_date", "\"2027-01-15\"").is_ok());
}

/// The patterns of a schema, with the place of each.
fn patterns(schema: &serde_json::Value, found: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            if let Some(pattern) = object.get("pattern").and_then(serde_json::Value::as_str) {
                found.push(pattern.to_owned());
            }
            object.values().for_each(|value| patterns(value, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| patterns(item, found)),
        _ => {}
    }
}

#[test]
fn the_patterns_of_the_schema_refuse_what_the_reader_refuses() {
    let mut found = Vec::new();
    patterns(&schema(), &mut found);
    assert!(found.len() >= 10, "{}", found.len());
    for pattern in &found {
        let regex = regex_lite::Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        for text in ["1.2.3 mm", "1,5 mm", "5", "", "mm", "1 - 2 mm", "1e999 mm", "5 furlong"] {
            assert!(!regex.is_match(text), "{pattern} takes {text}");
        }
    }
    let time = found.iter().find(|pattern| pattern.contains("|month|")).unwrap();
    let regex = regex_lite::Regex::new(time).unwrap();
    assert!(!regex.is_match("9 m") && regex.is_match("9 month") && regex.is_match("9 mo"));
    let hba1c = found.iter().find(|pattern| pattern.contains("mmol")).unwrap();
    assert!(regex_lite::Regex::new(hba1c).unwrap().is_match("48 mmol/mol"));
}
