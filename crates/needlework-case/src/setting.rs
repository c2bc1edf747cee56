//! A case of which some fields are set: what `--vary`, `--set`, the interview and a design do with one.
//!
//! A field is set in the document, and the whole is read again by the reader of cases, so that every limit, unit, name
//! and contradiction is found and explained as in a file. A named device of which one field is set is then one of its
//! own that is like it. Numbers can also be read from a case and set in one directly, in the canonical unit of the
//! models: a design that runs from one length to another reads both ends and sets what lies between.

use toml::{Table, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::{LIMITS, Limit};
use crate::read::{read, yes_or_no};
use crate::schema::AnswerKind;
use crate::{Case, Catalog, UNKNOWN, take_off_the_name};

/// Reads a case from text with some fields set anew, each by its path, such as `device.needle_length`; `file_name` is
/// only shown.
///
/// # Errors
/// [`Diagnostics`] with every problem of the case as it then stands, each at its place in it.
pub fn read_with(
    text: &str,
    file_name: &str,
    settings: &[(&str, Value)],
    catalog: &Catalog,
) -> Result<Case, Diagnostics> {
    let Ok(mut document) = text.parse::<Table>() else {
        return read(text, file_name, catalog);
    };
    for (path, value) in settings {
        let (section, field) = path.split_once('.').unwrap_or((path, ""));
        if field.is_empty() {
            document.insert(section.to_owned(), value.clone());
        } else if let Some(section) = document
            .entry(section)
            .or_insert_with(|| Value::Table(Table::new()))
            .as_table_mut()
        {
            section.insert(field.to_owned(), value.clone());
        }
    }
    let set: Vec<&str> = settings.iter().map(|(path, _)| *path).collect();
    take_off_the_name(&mut document, &set, catalog);
    match toml::to_string(&document) {
        Ok(varied) => read(&varied, file_name, catalog),
        Err(error) => {
            let problem = Diagnostic {
                message: format!("the case could not be written with these fields set: {error}"),
                path: String::new(),
                span: 0..0,
                label: "here".to_owned(),
                help: "please report this".to_owned(),
                nearest: None,
            };
            Err(Diagnostics::new(file_name, text, vec![problem], false))
        }
    }
}

/// An answer as somebody types it, in the form of its field: yes and no become true and false, whole numbers stay bare,
/// `vitamin_c 2 days, moisturiser 1 day` becomes a list, everything else a text. Whether it makes sense is for the
/// reader to say.
#[must_use]
pub fn typed_answer(answer: &str, kind: AnswerKind) -> Value {
    let text = || Value::String(answer.to_owned());
    if answer.eq_ignore_ascii_case(UNKNOWN) {
        return Value::String(UNKNOWN.to_owned());
    }
    match kind {
        AnswerKind::YesNo => yes_or_no(answer).map_or_else(text, Value::Boolean),
        AnswerKind::Whole => answer.parse().map_or_else(|_| text(), Value::Integer),
        AnswerKind::List if answer.eq_ignore_ascii_case("none") => Value::Array(Vec::new()),
        AnswerKind::List => Value::Array(answer.split(',').map(product).collect()),
        _ => text(),
    }
}

/// An item of the list of products: its name, and when it is first used.
fn product(item: &str) -> Value {
    let (product, after) = item.trim().split_once(' ').unwrap_or((item.trim(), ""));
    Value::Table(Table::from_iter([
        ("product".to_owned(), Value::String(product.to_owned())),
        ("after".to_owned(), Value::String(after.trim().to_owned())),
    ]))
}

/// The number that a case answers a question with, in the canonical unit; none where it says nothing, "unknown" or
/// "never", or where the path is no question for a number.
#[must_use]
pub fn number(case: &Case, path: &str) -> Option<f64> {
    (limit(path)?.get)(case)
}

/// Answers a question of a case with a number in the canonical unit, unchecked. Whether the path is a question for a
/// number.
pub fn set_number(case: &mut Case, path: &str, number: f64) -> bool {
    let found = limit(path);
    if let Some(limit) = found {
        (limit.set)(case, number);
    }
    found.is_some()
}

/// The least and the most that a number may be, as they are written in a case; none where the path is no question for a
/// number.
#[must_use]
pub fn bounds(path: &str) -> Option<(&'static str, &'static str)> {
    limit(path).map(|limit| (limit.least, limit.most))
}

fn limit(path: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.path == path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const BASE: &str = "[lesion]\nkind = \"striae\"\n";

    fn with(path: &str, value: Value) -> Result<Case, Diagnostics> {
        read_with(BASE, "x.toml", &[(path, value)], &Catalog::default())
    }

    #[test]
    fn every_limit_of_a_number_is_taken_where_it_is_set_and_one_beyond_is_told() {
        for limit in LIMITS {
            let whole = limit.most.parse::<i64>().ok();
            let value = |text: &str| match whole {
                Some(_) => Value::Integer(text.parse().unwrap()),
                None => Value::String(text.to_owned()),
            };
            for bound in [limit.least, limit.most] {
                let read = with(limit.path, value(bound)).unwrap_or_else(|error| panic!("{error}"));
                assert!(number(&read, limit.path).is_some(), "{}", limit.path);
                let mut again = read.clone();
                assert!(set_number(&mut again, limit.path, number(&read, limit.path).unwrap()));
                assert_eq!(again, read, "{}", limit.path);
            }
            let (amount, unit) = limit.most.split_once(' ').unwrap_or((limit.most, ""));
            let beyond = format!("{} {unit}", amount.parse::<i64>().unwrap() + 1);
            let told = with(limit.path, value(beyond.trim())).unwrap_err().to_string();
            assert!(told.contains(limit.path) && told.contains(limit.most), "{told}");
        }
    }

    #[test]
    fn a_field_that_no_case_has_is_an_error_and_never_dropped() {
        for path in ["person.smoker", "persn.age", "nothing"] {
            let told = with(path, Value::Integer(1)).unwrap_err().to_string();
            assert!(told.contains("has no "), "{told}");
        }
        assert!(!set_number(&mut Case::default(), "person.smoker", 1.0));
        assert_eq!(number(&Case::default(), "person.smoker"), None);
    }
}
