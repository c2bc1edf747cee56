//! What Needlework knows, as text on 80 columns and as JSON.

use std::collections::BTreeSet;

use needlework_pages::SCHEMAS;
use serde_json::Value;

use crate::setup::{json, needlework, run_to, stderr, stdout, unwrapped};

/// Every listing, and words that must be in it.
const LISTINGS: [(&[&str], &[&str]); 9] = [
    (&["sites"], &["abdomen", "axilla", "name", "place"]),
    (&["devices"], &["dermaroller-mf8", "1.5 mm", "needles"]),
    (&["conditions"], &["person.age", "question"]),
    (&["rules"], &["R25a", "refuse", "reason"]),
    (&["rules", "R25a"], &["R25a", "at home", "reason", "sources"]),
    (&["rules", "r25A"], &["R25a"]),
    (&["evidence"], &["puncture.reach.roller", "source"]),
    (
        &["evidence", "puncture.reach.roller"],
        &["value", "spread", "source", "used by"],
    ),
    (&["evidence", "puncture"], &["puncture.reach.roller", "assumed"]),
];

#[test]
fn every_listing_reads_on_80_columns() {
    for (arguments, words) in LISTINGS {
        let output = run_to(0, &mut needlework(arguments));
        let text = stdout(&output);
        for line in text.lines() {
            assert!(
                line.chars().count() <= 80,
                "{arguments:?}: {} columns: {line}",
                line.chars().count()
            );
            assert!(!line.ends_with(' '), "{arguments:?}: spaces at the end of `{line}`");
        }
        for word in words {
            assert!(
                unwrapped(&text).contains(word),
                "{arguments:?}: `{word}` is missing\n{text}"
            );
        }
        assert_eq!(stderr(&output), "");
    }
}

#[test]
fn every_listing_is_also_json() {
    for (arguments, _) in LISTINGS {
        let found = json(&run_to(0, needlework(arguments).arg("--json")));
        match found {
            Value::Array(rows) => assert!(rows.len() > 1, "{arguments:?}"),
            Value::Object(fields) => assert!(!fields.is_empty(), "{arguments:?}"),
            other => panic!("{arguments:?}: {other}"),
        }
    }
}

#[test]
fn a_rule_as_json_says_what_the_text_says() {
    let text = unwrapped(&stdout(&run_to(0, &mut needlework(&["rules", "R25a"]))));
    let rule = json(&run_to(0, &mut needlework(&["rules", "R25a", "--json"])));
    for field in ["reason", "grade", "instead"] {
        let said = unwrapped(rule[field].as_str().unwrap_or_else(|| panic!("no `{field}` in {rule}")));
        assert!(text.contains(&said), "{field}: `{said}` is not in\n{text}");
    }
}

/// The fields of each answer that a schema describes.
fn described_by(schema: &Value) -> Vec<Value> {
    let Some(variants) = schema["anyOf"].as_array() else {
        return vec![schema["properties"].clone()];
    };
    let variant = |one: &Value| {
        let name = one["$ref"].as_str().expect("a name").replace("#/$defs/", "");
        schema["$defs"][name]["properties"].clone()
    };
    variants.iter().map(variant).collect()
}

#[test]
fn the_schemas_are_json_and_describe_a_case_and_every_answer_that_is_data() {
    let described = [
        (&["schema"][..], "lesion"),
        (&["schema", "--report"], "verdict"),
        (&["schema", "--comparison"], "alternatives"),
        (&["schema", "--triage"], "level"),
        (&["schema", "--germs"], "ablation"),
        (&["schema", "--skin"], "quantities"),
        (&["schema", "--needle"], "force_at_drop_mn"),
        (&["schema", "--optics"], "colour_conditions"),
        (&["schema", "--pictures"], "pictures"),
        (&["schema", "--designs"], "aims"),
        (&["schema", "--study"], "arm"),
        (&["schema", "--trial"], "assurance"),
        (&["schema", "--plans"], "extra_sessions"),
        (&["schema", "--tissue"], "gained_in_a_column"),
        (&["schema", "--claims"], "claims"),
        (&["schema", "--creams"], "lines"),
        (&["schema", "--block"], "collagen"),
    ];
    assert_eq!(described.len(), SCHEMAS.len() + 1, "each schema has its option");
    for (arguments, field) in described {
        let schema = json(&run_to(0, &mut needlework(arguments)));
        assert!(schema["$schema"].as_str().unwrap().contains("json-schema.org"));
        assert!(described_by(&schema)[0][field].is_object(), "{arguments:?}");
        assert_eq!(schema, json(&run_to(0, needlework(arguments).arg("--json"))));
    }
}

/// Formats of ARCHITECTURE's table that have no schema here, and why.
const WITHOUT_A_SCHEMA: [(&str, &str); 12] = [
    (
        "needlework-answers/",
        "what a form carries is for the page that made it",
    ),
    ("needlework-case/", "a case has a schema of its own"),
    ("needlework-design/", "a design is read by the reader of cases"),
    ("needlework-people/", "a table says in itself what it holds"),
    ("needlework-moments/", "likewise"),
    ("needlework-compare-table/", "likewise"),
    ("needlework-sweep-table/", "likewise"),
    ("needlework-trial-table/", "likewise"),
    (
        "needlework-calibration/",
        "weights of worlds are for those who change the evidence or the model",
    ),
    ("needlework-posterior/", "draws are for the engine that wrote them"),
    (
        "needlework-blind/",
        "predictions of what is held out are for those who open it",
    ),
    (
        "needlework-v",
        "comparisons with what was measured and proofs of the method are for those who change it",
    ),
];

#[test]
fn every_format_that_is_sent_has_a_schema_or_a_reason_to_have_none() {
    let page = include_str!("../../../../ARCHITECTURE.md");
    let (_, table) = page.split_once("## Stored and sent").expect("the table");
    // Marks of folders and places of work are no answers.
    let formats: BTreeSet<&str> = table
        .split('`')
        .filter(|word| word.starts_with("needlework-") && word.contains('/'))
        .filter(|word| !word.starts_with("needlework-part/") && !word.starts_with("needlework-workplace/"))
        .collect();
    for format in &formats {
        let described = SCHEMAS.iter().any(|(name, _)| name == format);
        let excused = WITHOUT_A_SCHEMA.iter().any(|(begin, _)| format.starts_with(begin));
        assert!(described != excused, "{format}: a schema or a reason, and not both");
    }
    for (format, _) in SCHEMAS {
        assert!(formats.contains(format), "{format} is not in the table");
    }
}

#[test]
fn what_is_printed_has_the_fields_of_its_schema() {
    let design = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/designs/roller.toml");
    let study = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/trials/split-belly.toml");
    let stack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/optics/two-skins.csv");
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/clinic-abdomen-alba.toml");
    let names =
        |object: &Value| -> BTreeSet<String> { object.as_object().expect("an object").keys().cloned().collect() };
    for (option, arguments) in [
        (
            "--needle",
            &["insert", "dermaroller-mf8", "--worlds", "20", "--side", "1"][..],
        ),
        ("--optics", &["optics", stack, "--streams", "4"]),
        ("--designs", &["sweep", design, "--worlds", "8"]),
        ("--trial", &["trial", study, "--worlds", "8"]),
        ("--plans", &["plan", case, "--worlds", "8", "--sessions", "1"]),
        ("--claims", &["claims", "--people", "50"]),
        ("--creams", &["creams", "--people", "50"]),
        ("--skin", &["skin", "abdomen", "--people", "50"]),
        ("--pictures", &["render", case, "--people", "50", "--pixels", "64"]),
    ] {
        let schema = json(&run_to(0, &mut needlework(&["schema", option])));
        let answer = json(&run_to(0, needlework(arguments).arg("--json")));
        assert_eq!(names(&answer), names(&schema["properties"]), "{option}");
    }
    // A simulation is one of two answers: tissue, or what stops the plan.
    let home = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/home-roller-1.5mm.toml");
    let schema = json(&run_to(0, &mut needlework(&["schema", "--tissue"])));
    let variants = described_by(&schema);
    for (arguments, variant) in [
        (&["simulate", case, "--until", "2 month"][..], 0),
        (&["simulate", home], 1),
    ] {
        let answer = json(&run_to(0, needlework(arguments).arg("--json")));
        assert_eq!(names(&answer), names(&variants[variant]), "{arguments:?}");
    }
}

#[test]
fn a_name_that_nothing_bears_is_refused_with_what_was_meant() {
    for (arguments, nearest) in [
        (&["rules", "S25a"], "R25a"),
        (&["evidence", "puncture.raech.roller"], "puncture.reach.roller"),
        (&["evidence", "Puncture.Reach.Roller"], "puncture.reach.roller"),
    ] {
        let said = unwrapped(&stderr(&run_to(2, &mut needlework(arguments))));
        assert!(
            said.contains(&format!("did you mean `{nearest}`?")),
            "{arguments:?}: {said}"
        );
    }
    for arguments in [&["rules", "nonsense"], &["evidence", "nonsense"]] {
        let output = run_to(2, &mut needlework(arguments));
        let said = unwrapped(&stderr(&output));
        assert!(said.contains("`nonsense`") && !said.contains("did you mean"), "{said}");
        assert!(
            said.contains(&format!("`needlework {}`", arguments[0])),
            "it says where to look: {said}"
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_part_of_a_name_lists_what_has_it() {
    for (arguments, found) in [
        (["evidence", "puncture.reach.rolle"], "puncture.reach.roller"),
        (["evidence", "reach.roller"], "puncture.reach.roller"),
        (["rules", "r25"], "R25b"),
    ] {
        let text = stdout(&run_to(0, &mut needlework(&arguments)));
        assert!(text.contains(found), "{arguments:?}: {text}");
        assert!(text.lines().count() < 20, "{arguments:?}: {text}");
    }
}

#[test]
fn help_fits_the_screen_and_names_every_command() {
    let commands = [
        "assess",
        "schema",
        "sites",
        "devices",
        "conditions",
        "rules",
        "evidence",
    ];
    let help = stdout(&run_to(0, &mut needlework(&["--help"])));
    for command in commands {
        assert!(help.contains(&format!("\n  {command} ")), "{command}\n{help}");
        let own = stdout(&run_to(0, &mut needlework(&[command, "--help"])));
        assert!(own.contains("Usage: needlework"), "{own}");
        for line in own.lines().chain(help.lines()) {
            assert!(line.chars().count() <= 100, "{command}: {line}");
        }
    }
    assert!(help.contains("not a medical device"), "{help}");
    assert!(stdout(&run_to(0, &mut needlework(&["--version"]))).starts_with("needlework "));
}
