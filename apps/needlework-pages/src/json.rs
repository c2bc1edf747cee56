//! The report as JSON.
//!
//! The text is what the verdict room serialises, pretty-printed with a final line feed; nothing is added or rounded. A
//! number that is not finite is an error (see `finite.rs`), so that the text is as the schema says.

use crate::model::Report;

/// The report as pretty-printed JSON with a final line feed.
///
/// # Errors
/// When the report cannot be serialised; its own types always can, so this means a defect.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    crate::finite::text(report)
}

/// A JSON text without its quotes; anything else as JSON.
#[must_use]
pub fn word(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
