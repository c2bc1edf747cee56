//! What programs can ask, described by the list of rooms and the types of what is sent: as OpenAPI 3.1, and as a page
//! that loads nothing.

use maud::{Markup, html};
use needlework_pages::schema;
use schemars::schema_for;
use serde_json::{Map, Value, json};

use crate::api::Told;
use crate::house::House;
use crate::rooms::{Field, Kind, Room, askable};
use crate::shell::Page;
use crate::words::{Words, fill};

/// The description of everything that programs can ask.
pub(crate) fn description(house: &House) -> Value {
    let words = house.words;
    let mut paths = Map::new();
    let mut schemas = Map::new();
    put(&mut schemas, "problem", schema_for!(Told).to_value());
    for room in askable() {
        if let Some(schema) = room.format.and_then(schema) {
            put(&mut schemas, room.name, schema);
        }
        paths.insert(path(room), json!({ method(room): operation(words, room) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Needlework",
            "version": house.engine.version,
            "description": words.not_a_device,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Puts a schema among the others, and beside it each of the types that it is made of: a tool looks for them there.
fn put(schemas: &mut Map<String, Value>, name: &str, mut schema: Value) {
    let parts = schema.as_object_mut().and_then(|root| root.remove("$defs"));
    if let Some(Value::Object(parts)) = parts {
        for (part, mut schema) in parts {
            refer(&mut schema, name);
            schemas.insert(format!("{name}.{part}"), schema);
        }
    }
    refer(&mut schema, name);
    schemas.insert(name.to_owned(), schema);
}

/// Turns what a schema refers to in itself into what stands beside it.
fn refer(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == "$ref" => {
                        if let Some(part) = text.strip_prefix("#/$defs/") {
                            *text = format!("#/components/schemas/{name}.{part}");
                        }
                    }
                    value => refer(value, name),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, name)),
        _ => {}
    }
}

fn path(room: &Room) -> String {
    format!("/api/v1/{}", room.name)
}

fn method(room: &Room) -> &'static str {
    match room.body() {
        Some(_) => "post",
        None => "get",
    }
}

fn operation(words: &Words, room: &Room) -> Value {
    let schema = match room.format {
        Some(_) => json!({ "$ref": format!("#/components/schemas/{}", room.name) }),
        None => json!({}),
    };
    let problem = |what: &str| {
        let schema = json!({ "$ref": "#/components/schemas/problem" });
        json!({ "description": what, "content": { "application/problem+json": { "schema": schema } } })
    };
    let said = room.all().filter(|field| !field.is_body());
    let mut operation = json!({
        "operationId": room.name,
        "summary": (room.title)(words),
        "description": (room.lead)(words),
        "parameters": said.map(|field| parameter(words, field)).collect::<Value>(),
        "responses": {
            "200": {
                "description": (room.title)(words),
                "content": {
                    "application/json": { "schema": schema },
                    "text/event-stream": { "schema": { "type": "string" } },
                },
            },
            "413": problem(words.too_large),
            "422": problem(words.wrong_input),
            "500": problem(words.failed),
            "503": problem(words.busy),
        },
    });
    if let Some(field) = room.body()
        && let Some(operation) = operation.as_object_mut()
    {
        let text = json!({ "schema": { "type": "string" } });
        let body = json!({
            "description": of_body(words, field),
            "required": !["creams", "sweep", "evidence"].contains(&room.name),
            "content": { "text/plain": text, "application/toml": text },
        });
        operation.insert("requestBody".to_owned(), body);
    }
    operation
}

/// What is sent as a body.
fn of_body(words: &Words, field: &Field) -> &'static str {
    match field.kind {
        Kind::Design => words.api_design,
        Kind::Study => words.api_study,
        _ => words.api_body,
    }
}

fn parameter(words: &Words, field: &Field) -> Value {
    let text = json!({ "type": "string" });
    let schema = match field.kind {
        Kind::One(names) => json!({ "type": "string", "enum": names }),
        Kind::Lines => json!({ "type": "array", "items": text }),
        Kind::Yes => json!({ "type": "string", "enum": ["", "yes"] }),
        _ => text,
    };
    json!({
        "name": field.name,
        "in": "query",
        "required": false,
        "description": (field.says)(words),
        "schema": schema,
    })
}

impl House {
    /// The same for people.
    pub(crate) fn for_programs(&self) -> String {
        let (words, host) = (self.words, format!("http://127.0.0.1:{}", self.guard.port));
        let example = format!("curl --data-binary @my-case.toml '{host}/api/v1/assess?people=2000' > report.json");
        self.page(&Page {
            title: words.api_title,
            brand: words.programs,
            main: html! {
                p.lead { (words.api_lead) }
                p { (words.api_try) ": " code { (example) } }
                p { (words.api_progress) }
                p { (words.api_errors) }
                p {
                    a href="/api/v1/openapi.json" { (words.api_openapi) }
                }
                @for room in askable() { (described(words, room)) }
            },
        })
    }
}

fn described(words: &Words, room: &Room) -> Markup {
    html! {
        section aria-labelledby=(room.name) {
            h2 id=(room.name) { ((room.title)(words)) }
            p {
                code { (method(room).to_uppercase()) " " (path(room)) }
            }
            p { ((room.lead)(words)) }
            @if !room.fields.is_empty() {
                h3 { (words.api_fields) }
                ul {
                    @for field in room.all() {
                        li {
                            code { (field.name) }
                            ": "
                            @if field.is_body() {
                                (of_body(words, field))
                            } @else {
                                ((field.says)(words))
                                @if !field.usual.is_empty() { "; " (fill(words.api_usual, &[("usual", field.usual)])) }
                            }
                        }
                    }
                }
            }
        }
    }
}
