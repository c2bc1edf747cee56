//! The words of the rules: a reason starts at the person, a referring rule has a question that can be said aloud, no
//! refusal tells how to do it better, no text fits one severity and is shown at another, and every waiting time stands
//! in one place.

use crate::plans::book;
use needlework_rules::{Rule, RuleSeverity, fill};
use toml::{Table, Value};

const RULES: &str = include_str!("../../../../evidence/rules.toml");
const ADVICE: &str = include_str!("../../../../evidence/advice.toml");
const CREAMS: &str = include_str!("../../../../evidence/creams.toml");

fn can(rule: &Rule, severity: RuleSeverity) -> bool {
    rule.home == severity || rule.clinic == severity
}

#[test]
fn every_reason_begins_with_what_this_person_plans_or_said() {
    for rule in book().rules() {
        let starts = ["You plan ", "You said ", "You would ", "Your "];
        assert!(
            starts.iter().any(|start| rule.reason.starts_with(start)),
            "{}: {}",
            rule.id,
            rule.reason
        );
        assert!(rule.reason.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn every_rule_that_can_refer_has_a_question_to_say_aloud() {
    for rule in book().rules() {
        let refers = can(rule, RuleSeverity::Refer);
        assert_eq!(refers, rule.ask.is_some(), "{}", rule.id);
        let Some(ask) = &rule.ask else { continue };
        assert!(ask.ends_with('?'), "{}: {ask}", rule.id);
        let mut own = ask.split(|letter: char| !letter.is_alphabetic());
        assert!(
            own.any(|word| ["I", "my", "My", "me"].contains(&word)),
            "{}: {ask}",
            rule.id
        );
        assert!(
            !ask.starts_with("Are you") && !ask.starts_with("Do you"),
            "{}: {ask}",
            rule.id
        );
        assert!(!ask.contains(&rule.reason) && !ask.contains('“'), "{}: {ask}", rule.id);
        assert!(ask.len() < 200, "{}: too long to say", rule.id);
    }
}

#[test]
fn what_can_stop_a_plan_says_what_to_do_in_its_place_and_not_how_to_do_it() {
    let how_to = [
        "disinfect",
        "soak",
        "rinse",
        "wash the",
        "roll with",
        "stretch the",
        "press ",
        "passes over",
        "sharpen",
        "insert",
    ];
    for rule in book().rules() {
        if [rule.home, rule.clinic]
            .iter()
            .all(|severity| *severity < RuleSeverity::Refer)
        {
            continue;
        }
        let instead = rule
            .instead
            .as_deref()
            .unwrap_or_else(|| panic!("{} leaves people alone", rule.id));
        let lower = instead.to_lowercase();
        if can(rule, RuleSeverity::Refuse) || can(rule, RuleSeverity::Urgent) {
            let found: Vec<_> = how_to.iter().filter(|word| lower.contains(**word)).collect();
            assert!(found.is_empty(), "{}: {instead} ({found:?})", rule.id);
        }
    }
}

#[test]
fn a_text_fits_every_device_and_every_severity_at_which_it_is_shown() {
    for rule in book().rules() {
        let shown = [Some(rule.reason.as_str()), rule.instead.as_deref(), rule.ask.as_deref()];
        for text in shown.into_iter().flatten() {
            let words = text.to_lowercase();
            // A stamp is not rolled, and a pen does not heat.
            assert!(
                !words.contains("roll ") && !words.contains("rolling"),
                "{}: {text}",
                rule.id
            );
            let heat = ["radiofrequency", "that heat", "burns,"]
                .iter()
                .any(|word| words.contains(word));
            assert!(!heat || rule.id.starts_with("R27"), "{}: {text}", rule.id);
            for never in ["heals", "up to", "success rate", "safe for you", "1 in "] {
                assert!(!words.contains(never), "{}: {text}", rule.id);
            }
        }
    }
    let pen = book().rule("R27").unwrap().reason.clone();
    assert!(!pen.contains("burn") && !pen.contains("heat"), "{pen}");
}

/// Units of time as a text says them.
const UNITS: [&str; 14] = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "h", "day", "days", "week", "weeks", "months", "month",
    "years",
];

/// Numbers as a text says them.
const NUMBERS: [&str; 14] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "second", "half", "few",
];

/// Times that are no waiting times: how long something lasted or was, not how long to wait.
const OTHER_TIMES: [&str; 6] = [
    "about ten weeks",
    "rises after two days",
    "for a few seconds",
    "younger than a year",
    "ten weeks to be recognised",
    "15 October 2025",
];

/// The times that a text spells out itself.
fn spelt_out(text: &str) -> Vec<String> {
    let text = OTHER_TIMES
        .iter()
        .fold(text.to_owned(), |text, other| text.replace(other, ""));
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '.' | ':' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &str| word.parse::<f64>().is_ok() || NUMBERS.contains(&word);
    words
        .windows(2)
        .filter(|pair| is_number(pair[0]) && UNITS.contains(&pair[1]))
        .map(|pair| pair.join(" "))
        .collect()
}

#[test]
fn no_text_states_a_waiting_time_of_its_own() {
    let mut found = Vec::new();
    let rules: Table = RULES.parse().unwrap();
    for rule in rules["rule"].as_array().unwrap() {
        for key in ["reason", "instead", "ask"] {
            if let Some(text) = rule.get(key).and_then(Value::as_str) {
                found.extend(
                    spelt_out(text)
                        .into_iter()
                        .map(|time| format!("{}: {time}", rule["id"])),
                );
            }
        }
    }
    let advice: Table = ADVICE.parse().unwrap();
    for line in advice["advice"].as_array().unwrap() {
        found.extend(spelt_out(line["text"].as_str().unwrap()));
    }
    let creams: Table = CREAMS.parse().unwrap();
    for cream in creams["cream"].as_array().unwrap() {
        found.extend(spelt_out(cream["harm"].as_str().unwrap()));
    }
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(spelt_out("wait 24 hours, or two weeks"), ["24 hours", "two weeks"]);
}

#[test]
fn no_predicate_states_a_time_of_its_own_but_age() {
    let rules: Table = RULES.parse().unwrap();
    let mut bounds = Vec::new();
    fn walk(value: &Value, bounds: &mut Vec<String>) {
        match value {
            Value::Table(table) => {
                let field = table
                    .get("field")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned();
                for (key, inner) in table {
                    let is_bound = ["within", "below", "at_most", "above", "at_least"].contains(&key.as_str());
                    if let (true, Some(text)) = (is_bound, inner.as_str())
                        && needlework_units::Time::parse(text).is_ok()
                        && field != "person.age"
                    {
                        bounds.push(format!("{field} {text}"));
                    }
                    walk(inner, bounds);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, bounds)),
            _ => {}
        }
    }
    for rule in rules["rule"].as_array().unwrap() {
        walk(&rule["when"], &mut bounds);
    }
    assert_eq!(bounds, Vec::<String>::new());
}

#[test]
fn each_waiting_time_is_used_and_its_words_say_its_time() {
    let book = book();
    for wait in book.waits() {
        let name = format!("{{{}", wait.key);
        assert!(
            RULES.contains(&name) || ADVICE.contains(&name),
            "{} is used by nothing",
            wait.key
        );
        let time = wait.length().unwrap();
        let spoken = match wait.words.as_str() {
            "half a minute" => "30 s".to_owned(),
            words => {
                let (count, unit) = words.split_once(' ').unwrap();
                let place = NUMBERS.iter().take(10).position(|number| *number == count);
                let count = match (count, place) {
                    ("a", _) => "1".to_owned(),
                    (_, Some(place)) => (place + 1).to_string(),
                    (digits, None) => digits.to_owned(),
                };
                let unit = match unit.trim_end_matches('s') {
                    "hour" => "h",
                    "minute" => "min",
                    other => other,
                };
                format!("{count} {unit}")
            }
        };
        let spoken = needlework_units::Time::parse(&spoken).unwrap_or_else(|error| panic!("{}: {error}", wait.key));
        assert!(
            (spoken.days() / time.days() - 1.0).abs() < 0.02,
            "{}: {} is not {}",
            wait.key,
            wait.words,
            wait.time
        );
    }
    assert!(fill("{nothing}", book.waits()).is_err());
}

/// One line of the table of labels.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    source: String,
    kind: String,
    says: String,
    rules: Vec<String>,
}

#[test]
fn every_contraindication_of_a_label_has_a_rule_that_cites_a_source_and_weighs_something() {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Labels {
        label: Vec<Label>,
    }
    let book = book();
    let labels = toml::from_str::<Labels>(include_str!("../../../../evidence/labels.toml"))
        .unwrap()
        .label;
    let kinds = ["contraindication", "warning", "precaution", "guideline"];
    for label in &labels {
        let name = format!("{}: {}", label.source, label.says);
        assert!(kinds.contains(&label.kind.as_str()) && !label.says.is_empty(), "{name}");
        assert!(book.sources().iter().any(|source| source.key == label.source), "{name}");
        let severities: Vec<RuleSeverity> = label
            .rules
            .iter()
            .map(|id| book.rule(id).unwrap_or_else(|| panic!("{name}: no rule {id}")))
            .map(|rule| rule.home.max(rule.clinic))
            .collect();
        let weighs = severities.iter().any(|severity| *severity >= RuleSeverity::Caution);
        assert!(weighs, "{name} is held by nothing that weighs");
        if label.kind == "contraindication" {
            let stops = severities.iter().any(|severity| *severity >= RuleSeverity::Refer);
            assert!(stops || label.says.contains("moles"), "{name} stops nothing");
        }
    }
    // Each label and regulator that rules cite stands in the table.
    for source in book
        .sources()
        .iter()
        .filter(|source| source.seen.as_deref() == Some("official") || source.key.contains("-CI"))
    {
        let only_context = ["ARTICLE"].contains(&source.key.as_str());
        let listed = labels.iter().any(|label| label.source == source.key);
        assert!(listed || only_context, "{} is missing from the table", source.key);
    }
}
