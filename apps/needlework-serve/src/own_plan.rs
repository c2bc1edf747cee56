//! What a plan itself says of a field that is to be varied: what the case states, or what the library knows of the
//! device that it names.

use needlework::case::{self, Case, Catalog, UNKNOWN};
use serde_json::Value;

/// The plan's own value of a field as it would be typed; none where nobody knows it.
pub(crate) fn own(case: &Case, catalog: &Catalog, path: &str) -> Option<String> {
    let stated = serde_json::to_value(case).ok()?;
    let device = || serde_json::to_value(case::resolve(case, catalog)).ok();
    typed(at(&stated, path)).or_else(|| typed(at(&device()?, path.strip_prefix("device.")?)))
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |at, name| at.get(name))
}

fn typed(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if text != UNKNOWN => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_named_device_has_the_length_that_the_library_knows() {
        let catalog = needlework::bundle().unwrap().catalog;
        let read = |text: &str| {
            let text = format!("format = \"needlework-case/1\"\n[lesion]\nkind = \"striae\"\n{text}");
            case::read(&text, "case", &catalog).unwrap()
        };
        let own = |case: &Case, path: &str| own(case, &catalog, path);
        let named = read("[device]\nname = \"dermaroller-mf8\"\n[regimen]\nsessions = 4\n");
        assert_eq!(own(&named, "device.needle_length").as_deref(), Some("1.5 mm"));
        assert_eq!(own(&named, "regimen.sessions").as_deref(), Some("4"));
        assert_eq!(own(&named, "regimen.interval"), None);
        let stated = read("[device]\nkind = \"roller\"\nneedle_length = \"1 mm\"\n");
        assert_eq!(own(&stated, "device.needle_length").as_deref(), Some("1 mm"));
        assert_eq!(
            own(&read("[device]\nneedle_length = \"unknown\"\n"), "device.needle_length"),
            None
        );
    }
}
