//! JSON: what is written can be read, and says what the report says.

use crate::fixture;
use needlework_pages::model::*;
use needlework_pages::{json, schema};

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
    let schema = schema(needlework::verdict::REPORT_FORMAT).unwrap();
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
