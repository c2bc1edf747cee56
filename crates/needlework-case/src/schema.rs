//! What a case file may hold: its JSON Schema, and the list of its questions that is derived from it.
//!
//! Both come from the types themselves: the comment on a field is the question, the comment on a word is its meaning.
//! The limits of `limits.rs` are written beside them, so that a form can check what the reader will check.

use std::sync::LazyLock;

use needlework_units::quantity_pattern;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::limits::LIMITS;
use crate::{Case, FORMAT, UNKNOWN, date, hba1c};

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// `true` or `false`.
    YesNo,
    /// One of a few words.
    Words,
    /// A number with its unit, in quotes.
    Quantity,
    /// `"never"`, `"now"`, or a time with its unit.
    Lapse,
    /// A whole number.
    Whole,
    /// Any text in quotes.
    Text,
    /// A list.
    List,
    /// A group of questions.
    Section,
}

/// A word that a question takes as its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The word as it is written.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// One question of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDescription {
    /// Its name in a file: `lesion.site`; `[]` stands for each item of a list.
    pub path: String,
    /// The question as a person is asked it.
    pub question: String,
    /// What kind of answer it takes.
    pub kind: AnswerKind,
    /// The words it takes, where it takes words.
    pub choices: Vec<Choice>,
    /// The units it takes, where it takes a quantity.
    pub units: Vec<String>,
    /// An answer for example, where the kind of quantity has one.
    pub example: Option<String>,
    /// Whether `"unknown"` is an answer.
    pub may_be_unknown: bool,
    /// All of this in one line.
    pub allowed: String,
}

/// The JSON Schema (draft 2020-12) of a case file.
#[must_use]
pub fn schema() -> Value {
    let generated = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Case>();
    let mut schema = generated.to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".into(), json!("urn:needlework:case:1"));
        root.insert("title".into(), json!("Needlework case"));
        root.insert("version".into(), json!(FORMAT));
    }
    drop_defaults(&mut schema);
    note_other_unit(&mut schema);
    note_days(&mut schema);
    for limit in LIMITS {
        note_limit(&mut schema, limit.path, limit.least, limit.most);
    }
    schema
}

/// Takes out the defaults: a missing answer has no value that a file could hold.
fn drop_defaults(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            // A question may be called `default` one day; only an annotation has no description in it.
            if object
                .get("default")
                .is_some_and(|default| default.get("description").is_none())
            {
                object.shift_remove("default");
            }
            object.values_mut().for_each(drop_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_defaults),
        _ => {}
    }
}

/// HbA1c is also taken in the unit of the laboratory.
fn note_other_unit(schema: &mut Value) {
    let Some(name) = section_type(schema, "health") else {
        return;
    };
    let pointer = format!("/$defs/{name}/properties/hba1c/anyOf");
    let units: Vec<String> = hba1c::SPELLINGS.iter().map(|unit| unit.replace('/', r"\/")).collect();
    let pattern = quantity_pattern(&units);
    if let Some(answers) = schema.pointer_mut(&pointer).and_then(Value::as_array_mut) {
        answers.insert(
            1,
            json!({
                "type": "string",
                "description": "HbA1c in the unit of the laboratory; it is read as percent",
                "examples": ["48 mmol/mol"],
                "pattern": pattern,
            }),
        );
    }
}

/// A date is a text of its own form; that the day exists is for the reader.
fn note_days(schema: &mut Value) {
    let Some(name) = section_type(schema, "regimen") else {
        return;
    };
    let pointer = format!("/$defs/{name}/properties/start_date");
    if let Some(property) = schema.pointer_mut(&pointer).and_then(Value::as_object_mut) {
        property.insert("x-least".into(), json!(date::FIRST));
        property.insert("x-most".into(), json!(date::LAST));
    }
}

/// Writes the limits of one question beside it: `minimum` and `maximum` for whole numbers, `x-least` and `x-most` with
/// units.
fn note_limit(schema: &mut Value, path: &str, least: &str, most: &str) {
    let Some((section, field)) = path.split_once('.') else {
        return;
    };
    let Some(name) = section_type(schema, section) else {
        return;
    };
    let pointer = format!("/$defs/{name}/properties/{field}");
    let Some(property) = schema.pointer_mut(&pointer).and_then(Value::as_object_mut) else {
        return;
    };
    property.insert("x-least".into(), json!(least));
    property.insert("x-most".into(), json!(most));
    if let (Ok(least), Ok(most)) = (least.parse::<u32>(), most.parse::<u32>())
        && let Some(whole) = property
            .get_mut("anyOf")
            .and_then(|any| any.get_mut(0))
            .and_then(Value::as_object_mut)
    {
        whole.insert("minimum".into(), json!(least));
        whole.insert("maximum".into(), json!(most));
    }
}

/// The name of the type that stands behind a section of the case.
fn section_type(schema: &Value, section: &str) -> Option<String> {
    let property = schema.pointer(&format!("/properties/{section}"))?;
    property
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/$defs/")
        .map(str::to_owned)
}

/// Every question of a case, in the order of the format; sections come before their questions.
#[must_use]
pub fn fields() -> Vec<FieldDescription> {
    FIELDS.clone()
}

/// [`fields`], worked out once: every case that is read is held against them.
pub(crate) static FIELDS: LazyLock<Vec<FieldDescription>> = LazyLock::new(|| {
    let schema = schema();
    let mut found = Vec::new();
    walk(&schema, &schema, "", &mut found);
    found
});

fn walk(root: &Value, object: &Value, prefix: &str, found: &mut Vec<FieldDescription>) {
    let Some(properties) = object.get("properties").and_then(Value::as_object) else {
        return;
    };
    for (name, property) in properties {
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        let field = describe(root, property, &path);
        let (kind, target) = (field.kind, target(root, property));
        found.push(field);
        match kind {
            AnswerKind::Section => walk(root, target, &path, found),
            AnswerKind::List => {
                if let Some(items) = target.get("items") {
                    walk(root, resolved(root, items), &format!("{path}[]"), found);
                }
            }
            _ => {}
        }
    }
}

/// The schema of the known answer: the first alternative of an answer, with references followed.
fn target<'a>(root: &'a Value, property: &'a Value) -> &'a Value {
    let known = property
        .get("anyOf")
        .and_then(Value::as_array)
        .and_then(|any| any.first())
        .unwrap_or(property);
    resolved(root, known)
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
        .unwrap_or(schema)
}

fn describe(root: &Value, property: &Value, path: &str) -> FieldDescription {
    let known = target(root, property);
    let may_be_unknown = property.get("anyOf").and_then(Value::as_array).is_some_and(|any| {
        any.iter()
            .any(|one| one.get("const").and_then(Value::as_str) == Some(UNKNOWN))
    });
    let kind = kind_of(known);
    let choices = choices_of(known);
    let example = known.pointer("/examples/0").and_then(Value::as_str).map(str::to_owned);
    let units = match kind {
        AnswerKind::Quantity => units_of(known),
        AnswerKind::Lapse => known
            .pointer("/anyOf/1")
            .map_or_else(Vec::new, |time| units_of(resolved(root, time))),
        _ => Vec::new(),
    };
    let described = text_of(property, "description").or_else(|| text_of(known, "description"));
    let (question, note) = asked_and_note(described.unwrap_or_default());
    let mut field = FieldDescription {
        path: path.to_owned(),
        question,
        kind,
        choices,
        units,
        example,
        may_be_unknown,
        allowed: String::new(),
    };
    field.allowed = allowed(&field, note.as_deref(), property);
    field
}

/// A question as anybody is asked it, and the note in brackets behind it that names code: what a file takes there.
fn asked_and_note(description: String) -> (String, Option<String>) {
    match description.split_once("? (") {
        Some((asked, note)) if note.contains('`') => (format!("{asked}?"), Some(note.trim_end_matches(')').to_owned())),
        _ => (description, None),
    }
}

fn text_of(schema: &Value, key: &str) -> Option<String> {
    schema
        .get(key)
        .and_then(Value::as_str)
        .map(|text| text.replace('\n', " "))
}

fn kind_of(known: &Value) -> AnswerKind {
    let is = |name: &str| match known.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    };
    if known.get("anyOf").is_some() && !choices_of(known).is_empty() {
        // Only a lapse of time mixes words with a quantity.
        AnswerKind::Lapse
    } else if !choices_of(known).is_empty() {
        AnswerKind::Words
    } else if is("boolean") {
        AnswerKind::YesNo
    } else if is("integer") {
        AnswerKind::Whole
    } else if is("array") {
        AnswerKind::List
    } else if is("string") && known.get("pattern").is_some() {
        AnswerKind::Quantity
    } else if is("string") {
        AnswerKind::Text
    } else {
        AnswerKind::Section
    }
}

/// The words of an enumeration, however the schema spells it: `enum`, `const`, `oneOf`, or alternatives of these.
fn choices_of(known: &Value) -> Vec<Choice> {
    let meaning = text_of(known, "description").unwrap_or_default();
    if let Some(word) = known.get("const").and_then(Value::as_str) {
        return vec![Choice {
            word: word.to_owned(),
            meaning,
        }];
    }
    if let Some(words) = known.get("enum").and_then(Value::as_array) {
        let word = |word: &Value| {
            word.as_str().map(|word| Choice {
                word: word.to_owned(),
                meaning: String::new(),
            })
        };
        return words.iter().filter_map(word).collect();
    }
    ["oneOf", "anyOf"]
        .iter()
        .filter_map(|key| known.get(*key).and_then(Value::as_array))
        .flatten()
        .flat_map(choices_of)
        .filter(|choice| choice.word != UNKNOWN)
        .collect()
}

/// The units stand at the end of the description of a quantity, behind a colon.
fn units_of(known: &Value) -> Vec<String> {
    let description = text_of(known, "description").unwrap_or_default();
    let Some((_, units)) = description.split_once(": ") else {
        return Vec::new();
    };
    units.split(", ").map(str::to_owned).collect()
}

/// What a question takes, in one line.
fn allowed(field: &FieldDescription, note: Option<&str>, property: &Value) -> String {
    let mut line = match field.kind {
        AnswerKind::YesNo => "true or false".to_owned(),
        AnswerKind::Words => field
            .choices
            .iter()
            .map(|choice| format!("\"{}\"", choice.word))
            .collect::<Vec<_>>()
            .join(", "),
        AnswerKind::Quantity => {
            let example = field.example.as_deref().unwrap_or("1 mm");
            format!(
                "a number with its unit in quotes, such as \"{example}\" (units: {})",
                field.units.join(", ")
            )
        }
        AnswerKind::Lapse => "\"never\", \"now\", or a time with its unit in quotes, such as \"10 days\"".to_owned(),
        AnswerKind::Whole => "a whole number".to_owned(),
        AnswerKind::Text => format!(
            "{} in quotes",
            note.map_or("a text".to_owned(), |note| format!("{note},"))
        ),
        AnswerKind::List => "a list, such as [{ product = \"moisturiser\", after = \"3 days\" }]".to_owned(),
        AnswerKind::Section => format!("a section, written as [{}]", field.path),
    };
    if let (Some(least), Some(most)) = (text_of(property, "x-least"), text_of(property, "x-most")) {
        line.push_str(&format!(", from {least} to {most}"));
    }
    if field.may_be_unknown {
        line.push_str(", or \"unknown\"");
    }
    line
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use serde_json::Map;

    use super::*;

    fn undescribed(properties: &Map<String, Value>) -> Vec<String> {
        properties
            .iter()
            .filter(|(_, value)| value.get("description").is_none())
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn field(path: &str) -> FieldDescription {
        fields()
            .into_iter()
            .find(|field| field.path == path)
            .unwrap_or_else(|| panic!("no field {path}"))
    }

    #[test]
    fn every_property_has_a_description() {
        let schema = schema();
        assert_eq!(
            undescribed(schema["properties"].as_object().unwrap()),
            Vec::<String>::new()
        );
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            if let Some(properties) = definition.get("properties").and_then(Value::as_object) {
                assert_eq!(undescribed(properties), Vec::<String>::new(), "in {name}");
            }
        }
        for field in fields() {
            assert!(
                !field.question.is_empty() && !field.allowed.is_empty(),
                "{}",
                field.path
            );
        }
    }

    #[test]
    fn the_schema_says_what_it_is() {
        let schema = schema();
        assert_eq!(schema["title"], "Needlework case");
        assert_eq!(schema["$id"], "urn:needlework:case:1");
        assert_eq!(schema["additionalProperties"], false);
        assert!(!schema.to_string().contains("\"default\""));
    }

    #[test]
    fn a_field_knows_its_kind_words_and_units() {
        let length = field("device.needle_length");
        assert_eq!(length.kind, AnswerKind::Quantity);
        assert!(
            length.units.contains(&"mm".to_owned()) && length.may_be_unknown,
            "{length:?}"
        );
        assert_eq!(length.question, "How long are the needles?");
        assert!(length.allowed.contains("to 5 mm"), "{}", length.allowed);
        let stage = field("lesion.stage");
        assert_eq!(stage.kind, AnswerKind::Words);
        assert_eq!(stage.choices[0].word, "rubra");
        assert_eq!(stage.choices[0].meaning, "Red or purple, early.");
        assert_eq!(field("person.fitzpatrick").choices.len(), 6);
        assert_eq!(field("health.isotretinoin").kind, AnswerKind::Lapse);
        assert!(field("health.isotretinoin").units.contains(&"week".to_owned()));
        assert_eq!(field("health.breastfeeding").kind, AnswerKind::YesNo);
        assert_eq!(field("regimen.sessions").kind, AnswerKind::Whole);
        assert_eq!(field("lesion.site").kind, AnswerKind::Text);
        assert_eq!(field("aftercare.topicals").kind, AnswerKind::List);
        assert_eq!(field("aftercare.topicals[].product").kind, AnswerKind::Words);
        assert_eq!(field("aftercare.topicals[].after").kind, AnswerKind::Quantity);
        assert_eq!(field("format").kind, AnswerKind::Words);
        assert_eq!(field("lesion").kind, AnswerKind::Section);
        assert_eq!(field("hygiene.numbing_area").kind, AnswerKind::Quantity);
    }

    #[test]
    fn every_word_that_can_be_chosen_has_a_meaning() {
        for field in fields() {
            // The name of the format is its own meaning.
            for choice in field.choices.iter().filter(|_| field.path != "format") {
                assert!(!choice.meaning.trim().is_empty(), "`{}` of {}", choice.word, field.path);
            }
        }
        let lapse = field("health.isotretinoin");
        assert_eq!(lapse.choices.len(), 2);
        assert!(lapse.units.contains(&"month".to_owned()));
    }

    #[test]
    fn whole_numbers_carry_their_limits() {
        let schema = schema();
        assert_eq!(
            schema.pointer("/$defs/Regimen/properties/sessions/anyOf/0/maximum"),
            Some(&json!(60))
        );
    }
}
