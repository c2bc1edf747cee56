//! The report as JSON, and the schema of that JSON.
//!
//! The text is what the verdict room serialises, pretty-printed with a final line feed; nothing is added or rounded. A number that is not
//! finite becomes `null`, because JSON has no word for it.

use crate::model::Report;

/// The report as pretty-printed JSON with a final line feed.
///
/// # Errors
/// When the report cannot be serialised; its own types always can, so this means a defect.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of [`json`]'s text.
#[must_use]
pub fn report_schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
