//! `--vary key=a,b,c`: one case becomes several, each read again as a case of its own.
//!
//! A key is a question of the case format, such as `device.needle_length`; values are written as in a case file,
//! without quotes. The varied case is read by the reader of cases with fields set ([`case::read_with`]), so that every
//! limit, unit and contradiction is found and explained as in a file. A named device of which one field is varied is
//! then one of its own that is like it; a kind that contradicts the name is an error. In the lay reading only what one
//! can choose is varied (the device, the plan, hygiene, aftercare, the mark), never an answer about health: which
//! answer would pass is not for trying out.

use needlework::case::{self, AnswerKind, Case, Catalog, FieldDescription, UNKNOWN, path, yes_or_no};
use needlework::questions::Varied;
use needlework::units::{Dimension, mended};
use needlework::verdict::Reading;

use crate::named::unknown_name;
use crate::problem::Problem;

/// The most alternatives of one comparison.
pub const MOST: usize = 24;

/// Sections of the case that hold choices and not answers about the person.
const CHOICES: [&str; 5] = ["lesion", "device", "regimen", "hygiene", "aftercare"];

/// Answers about what is or was, in sections that otherwise hold choices.
const NO_CHOICES: [&str; 4] = [
    path!(lesion.warning_signs),
    path!(regimen.last_session),
    path!(regimen.sessions_so_far),
    path!(regimen.visible_change),
];

/// One field and the values that it takes in turn.
#[derive(Debug)]
pub struct Variation {
    field: FieldDescription,
    values: Vec<String>,
}

impl Variation {
    /// The field as people say it: `needle length`.
    pub fn words(&self) -> String {
        field_in_words(&self.field.path)
    }
}

/// Reads what was asked to be varied.
///
/// # Errors
/// [`Problem`] naming the part that is wrong, with the nearest field.
pub fn variations(flag: &str, asked: &[String], reading: Reading) -> Result<Vec<Variation>, Problem> {
    let known = case::fields();
    let mut found: Vec<Variation> = Vec::new();
    for text in asked {
        let Some((key, values)) = text.split_once('=') else {
            return Err(Problem::input(
                format!("`{flag} {text}` names no value"),
                format!("write it as {flag} key=value, such as {flag} \"device.needle_length=1.5 mm\""),
            ));
        };
        let key = key.trim();
        let field = field(key, &known)?;
        if reading == Reading::Lay && !is_choice(key) {
            return Err(Problem::input(
                format!("`{key}` is an answer about a person, not a choice"),
                "answer it as it is in the case file; researchers vary it with --for research",
            ));
        }
        if found.iter().any(|earlier| earlier.field.path == key) {
            return Err(Problem::input(
                format!("`{key}` is varied twice"),
                "give all its values in one --vary",
            ));
        }
        decimal_commas(key, values, field)?;
        let values: Vec<String> = values.split(',').map(|value| as_taken(value.trim(), field)).collect();
        if let Some(at) = values.iter().position(String::is_empty) {
            return Err(Problem::input(
                format!("value {} of `--vary {key}` is empty", at + 1),
                format!("allowed: {}", field.allowed),
            ));
        }
        if let Some(twice) = (1..values.len()).find(|&at| values[..at].contains(&values[at])) {
            return Err(Problem::input(
                format!("`--vary {key}` names `{}` twice", values[twice]),
                "give each value once",
            ));
        }
        found.push(Variation {
            field: field.clone(),
            values,
        });
    }
    Ok(found)
}

/// A comma separates values; one inside a number leaves a value without its unit, which is said as what it is.
fn decimal_commas(key: &str, values: &str, field: &FieldDescription) -> Result<(), Problem> {
    let bare = |value: &&str| value.trim().parse::<f64>().is_ok();
    let parts: Vec<&str> = values.split(',').collect();
    let is_quantity = matches!(field.kind, AnswerKind::Quantity | AnswerKind::Lapse);
    let Some(value) = parts.iter().find(|part| bare(part)).filter(|_| is_quantity) else {
        return Ok(());
    };
    let value = value.trim();
    let dimension = field.units.first().and_then(|unit| Dimension::of_unit(unit));
    let meant = parts.windows(2).find_map(|pair| {
        let joined = format!("{},{}", pair[0].trim(), pair[1].trim());
        if bare(&pair[0]) {
            mended(&joined, dimension?)
        } else {
            None
        }
    });
    let unit = parts
        .iter()
        .find_map(|part| part.trim().rsplit_once(' ').map(|(_, unit)| unit))
        .or(field.units.first().map(String::as_str))
        .unwrap_or_default();
    let point = meant.map_or_else(String::new, |meant| format!("; for a decimal write a point: {meant}"));
    Err(Problem::input(
        format!("`{value}` in `{key}={values}` has no unit: a comma separates values"),
        format!("give each value its unit, such as {value} {unit}{point}"),
    ))
}

/// A value as the case takes it: yes and no, and words in whatever case, since nothing on a command line tells a word
/// from a text.
fn as_taken(value: &str, field: &FieldDescription) -> String {
    if field.kind == AnswerKind::YesNo
        && let Some(yes) = yes_or_no(value)
    {
        return yes.to_string();
    }
    let folded = |word: &str| word.to_lowercase().replace([' ', '-'], "_");
    let choices = field.choices.iter().map(|choice| choice.word.as_str()).chain([UNKNOWN]);
    let mut same = choices.filter(|word| folded(word) == folded(value));
    match (same.next(), same.next()) {
        (Some(word), None) => word.to_owned(),
        _ => value.to_owned(),
    }
}

/// The question that a key names.
fn field<'a>(key: &str, known: &'a [FieldDescription]) -> Result<&'a FieldDescription, Problem> {
    let answerable = |field: &&FieldDescription| {
        field.path.contains('.')
            && !field.path.contains("[]")
            && !matches!(field.kind, AnswerKind::Section | AnswerKind::List)
    };
    match known.iter().find(|field| field.path == key) {
        Some(field) if answerable(&field) => Ok(field),
        Some(field) => Err(Problem::input(
            format!("`{key}` cannot be varied on the command line: it is {}", field.allowed),
            "vary one of its questions, or compare two case files",
        )),
        None => {
            let paths = || known.iter().filter(answerable).map(|field| field.path.as_str());
            let what = format!("a case has no field `{key}`");
            let list = "`needlework schema` describes all fields";
            // A field without its section is the commonest slip.
            if let Some(whole) = paths().find(|path| path.rsplit('.').next() == Some(key)) {
                return Err(Problem::input(what, format!("did you mean `{whole}`? {list}")));
            }
            Err(unknown_name(&what, key, paths(), list))
        }
    }
}

fn is_choice(key: &str) -> bool {
    let section = key.split('.').next().unwrap_or_default();
    CHOICES.contains(&section) && !NO_CHOICES.contains(&key)
}

/// How many alternatives the variations make of one case.
pub fn count(variations: &[Variation]) -> usize {
    variations
        .iter()
        .fold(1, |count, variation| count.saturating_mul(variation.values.len()))
}

/// Every combination of the values, the last field moving fastest.
pub fn combinations(variations: &[Variation]) -> Vec<Vec<Varied>> {
    let mut all = vec![Vec::new()];
    for variation in variations {
        all = all
            .iter()
            .flat_map(|settings: &Vec<Varied>| {
                variation.values.iter().map(move |value| {
                    let mut longer = settings.clone();
                    longer.push(Varied {
                        field: variation.field.path.clone(),
                        value: value.clone(),
                    });
                    longer
                })
            })
            .collect();
    }
    all
}

/// The case with each of some fields set to one value; `several` says so where one names more. The case as it stands
/// must have been read, so that a mistake in it is told at its own place.
///
/// # Errors
/// [`Problem`] as [`variations`] and [`read`], or `several`.
pub fn set(
    flag: &str,
    asked: &[String],
    (text, name): (&str, &str),
    catalog: &Catalog,
    several: Problem,
) -> Result<Case, Problem> {
    let variations = variations(flag, asked, Reading::Research)?;
    // Counted before they are made: many values of many fields would fill the memory.
    if count(&variations) != 1 {
        return Err(several);
    }
    let settings = combinations(&variations).into_iter().next().unwrap_or_default();
    read(flag, text, name, &settings, &variations, catalog)
}

/// The case with some fields set, read anew.
///
/// # Errors
/// [`Problem`] with every problem of the varied case, each at its place in it.
pub fn read(
    flag: &str,
    text: &str,
    name: &str,
    settings: &[Varied],
    variations: &[Variation],
    catalog: &Catalog,
) -> Result<Case, Problem> {
    let set: Vec<_> = settings
        .iter()
        .zip(variations)
        .map(|(setting, variation)| {
            let value = case::typed_answer(&setting.value, variation.field.kind);
            (setting.field.as_str(), value)
        })
        .collect();
    let with: Vec<String> = settings
        .iter()
        .map(|one| format!("{}={}", one.field, one.value))
        .collect();
    let name = format!("{name} with {flag} {}", with.join(&format!(" {flag} ")));
    case::read_with(text, &name, &set, catalog).map_err(Problem::Case)
}

/// A setting as people say it: `needle length 1.5 mm`.
pub fn in_words(settings: &[Varied]) -> String {
    let one = |setting: &Varied| {
        let field = field_in_words(&setting.field);
        match setting.value.as_str() {
            "true" => format!("{field}: yes"),
            "false" => format!("{field}: no"),
            value => format!("{field} {}", value.replace('_', " ")),
        }
    };
    settings.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The last part of a field, in words.
fn field_in_words(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().replace('_', " ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn vary(asked: &[&str], reading: Reading) -> Result<Vec<Variation>, String> {
        let asked: Vec<String> = asked.iter().map(|&text| text.to_owned()).collect();
        variations("--vary", &asked, reading).map_err(|problem| match problem {
            Problem::Input { what, help } => format!("{what}; {help}"),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn several_fields_make_their_cross_product_in_order() {
        let found = vary(
            &["device.needle_length=1 mm, 2 mm", "regimen.sessions=1,3,6"],
            Reading::Lay,
        )
        .unwrap();
        assert_eq!(count(&found), 6);
        let all = combinations(&found);
        assert_eq!(in_words(&all[0]), "needle length 1 mm, sessions 1");
        assert_eq!(in_words(&all[1]), "needle length 1 mm, sessions 3");
        assert_eq!(in_words(&all[5]), "needle length 2 mm, sessions 6");
    }

    #[test]
    fn a_wrong_key_finds_the_one_that_was_meant() {
        for (key, meant) in [
            ("device.needle_lenght=1 mm", "`device.needle_length`"),
            ("sessions=1,2", "`regimen.sessions`"),
        ] {
            let problem = vary(&[key], Reading::Lay).unwrap_err();
            assert!(problem.contains(meant), "{problem}");
        }
        for key in [
            "device=roller",
            "aftercare.topicals=x",
            "aftercare.topicals[].after=1 day",
        ] {
            assert!(vary(&[key], Reading::Research).is_err(), "{key}");
        }
        assert!(
            vary(&["regimen.sessions"], Reading::Lay)
                .unwrap_err()
                .contains("names no value")
        );
        assert!(
            vary(&["regimen.sessions=1,,2"], Reading::Lay)
                .unwrap_err()
                .contains("value 2")
        );
        assert!(
            vary(&["regimen.sessions=1,1"], Reading::Lay)
                .unwrap_err()
                .contains("twice")
        );
        assert!(
            vary(&["regimen.sessions=1", "regimen.sessions=2"], Reading::Lay)
                .unwrap_err()
                .contains("varied twice")
        );
    }

    #[test]
    fn a_comma_in_a_number_is_told_from_one_between_values() {
        for (asked, part) in [
            ("regimen.interval=2,5 week", "2.5 week"),
            ("regimen.interval=4 week,2,5 week", "2.5 week"),
            ("device.needle_length=1,5 mm,2 mm", "1.5 mm"),
            ("device.needle_length=1,2 mm", "1 mm"),
            ("device.needle_length=1", "1 nm"),
        ] {
            let problem = vary(&[asked], Reading::Lay).unwrap_err();
            assert!(
                problem.contains("a comma separates values") && problem.contains(part),
                "{problem}"
            );
        }
        assert_eq!(count(&vary(&["regimen.sessions=1,5"], Reading::Lay).unwrap()), 2);
        assert_eq!(
            count(&vary(&["device.needle_length=1 mm,1.5 mm"], Reading::Lay).unwrap()),
            2
        );
    }

    #[test]
    fn yes_no_and_words_are_taken_in_any_case() {
        let found = vary(
            &["hygiene.numbing=Yes,no", "regimen.setting=Home,CLINIC,Unknown"],
            Reading::Lay,
        )
        .unwrap();
        assert_eq!(found[0].values, ["true", "false"]);
        assert_eq!(found[1].values, ["home", "clinic", "unknown"]);
        assert!(
            vary(&["hygiene.numbing=yes,true"], Reading::Lay)
                .unwrap_err()
                .contains("twice")
        );
    }

    #[test]
    fn a_layperson_cannot_try_out_which_answer_passes() {
        for key in [
            "health.pregnant=yes,no",
            "person.age=17 years,18 years",
            "about.screening=by study",
        ] {
            assert!(
                vary(&[key], Reading::Lay).unwrap_err().contains("not a choice"),
                "{key}"
            );
            assert!(vary(&[key], Reading::Research).is_ok(), "{key}");
        }
    }

    #[test]
    fn values_are_read_as_a_case_reads_them() {
        let library = needlework::bundle().unwrap();
        let text = "[lesion]\nkind = \"striae\"\n[regimen]\narm = \"needling\"\n";
        let read_with = |key: &str| {
            let asked = vary(&[key], Reading::Research).unwrap();
            read(
                "--vary",
                text,
                "x.toml",
                &combinations(&asked)[0],
                &asked,
                &library.catalog,
            )
        };
        let case = read_with("regimen.sessions=3").unwrap();
        assert_eq!(case.regimen.sessions.get(), Some(3));
        let case = read_with("hygiene.numbing=true").unwrap();
        assert_eq!(case.hygiene.numbing.get(), Some(true));
        let case = read_with("device.needle_length=1500 um").unwrap();
        assert_eq!(case.device.needle_length.get().unwrap().mm(), 1.5);
        for (wrong, meant) in [
            ("regimen.sessions=many", "regimen.sessions"),
            ("device.needle_length=1 furlong", "device.needle_length"),
            ("device.needle_length=-1 mm", "device.needle_length"),
            ("lesion.stage=albba", "\"alba\""),
        ] {
            let Err(Problem::Case(found)) = read_with(wrong) else {
                panic!("{wrong}")
            };
            assert!(found.to_string().contains(meant), "{found}");
            assert!(found.file_name.contains(wrong), "{}", found.file_name);
        }
    }
}
