//! What labels and guidelines warn of, as a table of the book: their words shortened, and the rules that hold each.
//!
//! Source: `evidence/labels.toml`. Limit: whether a rule exists is tested beside the rules; here it is only printed.

use toml::{Table, Value};

/// The table in Markdown.
///
/// # Errors
/// What is missing or wrong in the file.
pub fn table(text: &str) -> Result<String, String> {
    let file: Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut lines = vec![
        "| label or guideline | kind | says | rules |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    for label in file.get("label").and_then(Value::as_array).into_iter().flatten() {
        let word = |key: &str| {
            let word = label.get(key).and_then(Value::as_str);
            word.ok_or_else(|| format!("a label without `{key}`: {label}"))
        };
        let rules = label.get("rules").and_then(Value::as_array).into_iter().flatten();
        let rules: Vec<&str> = rules.filter_map(Value::as_str).collect();
        if rules.is_empty() {
            return Err(format!("a label without rules: {label}"));
        }
        let cells = [word("source")?, word("kind")?, word("says")?, &rules.join(", ")];
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_is_a_line_and_a_wrong_file_is_an_error() {
        let one = "[[label]]\nsource = \"A\"\nkind = \"warning\"\nsays = \"b\"\nrules = [\"R1\", \"R2\"]\n";
        assert!(table(one).unwrap().ends_with("| A | warning | b | R1, R2 |"));
        assert!(table("[[label]]\nsource = 1\nrules = [\"R1\"]\n").is_err());
        assert!(table(&one.replace("\"R1\", \"R2\"", "")).is_err());
    }
}
