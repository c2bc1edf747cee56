//! A small reader of JSON Schema, for the schemas that this project generates: whether a value is as its schema says.
//!
//! It knows the keywords that appear in them and panics on any other, so that nothing goes unchecked because nobody
//! taught it. A library for all of JSON Schema would bring some sixty crates along for what fits on a page.

use serde_json::Value;

/// Keywords that say nothing about a value.
const TOLD: [&str; 6] = ["$schema", "$defs", "title", "description", "default", "format"];

/// All places where a value is not as the schema says.
pub fn breaches(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(anything) = schema.as_bool() {
        if !anything {
            found.push(format!("{at}: nothing may stand here"));
        }
        return;
    }
    let told = schema.as_object().expect("a schema is an object or a truth value");
    for (keyword, wanted) in told {
        let fits_one = |all: &Value| {
            let all = all.as_array().expect("a list of schemas");
            all.iter().filter(|one| fits(root, one, value)).count()
        };
        match keyword.as_str() {
            told if TOLD.contains(&told) => {}
            "$ref" => {
                let place = wanted.as_str().expect("a place").trim_start_matches('#');
                let target = root
                    .pointer(place)
                    .unwrap_or_else(|| panic!("{place} is in the schema"));
                check(root, target, value, at, found);
            }
            "type" => {
                let types: Vec<&str> = match wanted {
                    Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
                    one => one.as_str().into_iter().collect(),
                };
                if !types.iter().any(|one| is(one, value)) {
                    found.push(format!("{at}: {value} is not {}", types.join(" or ")));
                }
            }
            "enum" if !wanted.as_array().expect("a list").contains(value) => {
                found.push(format!("{at}: {value} is not one of {wanted}"));
            }
            "enum" => {}
            "const" if wanted != value => found.push(format!("{at}: {value} is not {wanted}")),
            "const" => {}
            "anyOf" if fits_one(wanted) == 0 => found.push(format!("{at}: {value} fits none of {wanted}")),
            "oneOf" if fits_one(wanted) != 1 => found.push(format!("{at}: {value} does not fit one of {wanted}")),
            "anyOf" | "oneOf" => {}
            "required" => {
                let missing = wanted.as_array().expect("a list").iter().filter_map(Value::as_str);
                let Some(object) = value.as_object() else { continue };
                found.extend(
                    missing
                        .filter(|name| !object.contains_key(*name))
                        .map(|name| format!("{at}: {name} is missing")),
                );
            }
            "properties" => {
                let Some(object) = value.as_object() else { continue };
                for (name, inner) in wanted.as_object().expect("properties have names") {
                    if let Some(inside) = object.get(name) {
                        check(root, inner, inside, &format!("{at}/{name}"), found);
                    }
                }
                // What a schema doesn't tell of, nobody can read.
                for name in object.keys().filter(|name| wanted.get(name.as_str()).is_none()) {
                    found.push(format!("{at}: {name} is not in the schema"));
                }
            }
            "additionalProperties" => {
                let Some(object) = value.as_object() else { continue };
                let own = told.get("properties");
                for (name, inside) in object {
                    if own.is_none_or(|own| own.get(name).is_none()) {
                        check(root, wanted, inside, &format!("{at}/{name}"), found);
                    }
                }
            }
            "items" => {
                for (place, inside) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, wanted, inside, &format!("{at}/{place}"), found);
                }
            }
            "minItems" | "maxItems" => {
                let bound = wanted.as_u64().expect("a count") as usize;
                let Some(count) = value.as_array().map(Vec::len) else {
                    continue;
                };
                if (keyword == "minItems" && count < bound) || (keyword == "maxItems" && count > bound) {
                    found.push(format!("{at}: {count} items, {keyword} is {bound}"));
                }
            }
            "minimum" | "maximum" => {
                let bound = wanted.as_f64().expect("a number");
                let Some(number) = value.as_f64() else { continue };
                if (keyword == "minimum" && number < bound) || (keyword == "maximum" && number > bound) {
                    found.push(format!("{at}: {number}, {keyword} is {bound}"));
                }
            }
            other => panic!("{at}: the keyword `{other}` is not known here"),
        }
    }
}

fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "", &mut found);
    found.is_empty()
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type `{other}`"),
    }
}

#[test]
fn each_kind_of_breach_is_found() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a", "b"],
        "properties": {
            "a": { "type": "number" },
            "b": { "$ref": "#/$defs/word" },
            "c": { "anyOf": [{ "$ref": "#/$defs/word" }, { "type": "null" }] },
            "d": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "maxItems": 2 }
        },
        "$defs": { "word": { "type": "string", "enum": ["x", "y"] } }
    });
    let broken = |value: Value| !breaches(&schema, &value).is_empty();
    assert!(!broken(
        serde_json::json!({ "a": 1.5, "b": "x", "c": null, "d": [1, 2] })
    ));
    for wrong in [
        serde_json::json!({ "a": null, "b": "x" }),
        serde_json::json!({ "a": 1.0, "b": "z" }),
        serde_json::json!({ "a": 1.0 }),
        serde_json::json!({ "a": 1.0, "b": "x", "c": 3 }),
        serde_json::json!({ "a": 1.0, "b": "x", "d": [1, 2, 3] }),
        serde_json::json!({ "a": 1.0, "b": "x", "d": [-1] }),
        serde_json::json!({ "a": 1.0, "b": "x", "e": 1 }),
    ] {
        assert!(broken(wrong.clone()), "{wrong}");
    }
}
